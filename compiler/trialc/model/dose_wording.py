"""A derived number that is a dose, in words, without the names of its cases."""

from __future__ import annotations

from trialc.model.expression import Choose, Literal, Number
from trialc.model.protocol import Protocol
from trialc.model.wording import number_words, wording_of


def amount_words(number: Number, protocol: Protocol) -> str:
    """ "200 mg when weight < 15 kg; 400 mg otherwise"."""
    if not isinstance(number, Choose):
        return number_words(number, protocol)
    wording = wording_of(protocol)
    return "; ".join(
        f"{number_words(case.value, protocol)} "
        + (f"when {wording.phrase(case.when)}" if case.when is not None else "otherwise")
        for case in number.cases
    )


def is_fixed(number: Number) -> bool:
    """Whether it is a table of fixed amounts."""
    return isinstance(number, Choose) and all(
        isinstance(case.value, Literal) for case in number.cases
    )
