"""Rules that ask for the last day of what may go on.

`mi.last` exists for nobody in whom it goes on, so a rule that counts from it passes them over: an
exclusion of recent treatment would let in who is being treated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import types as kinds
from trialc.model.expression import Applies, Condition
from trialc.model.histories import LAST, ONGOING
from trialc.model.inputs import inputs_of, parts
from trialc.model.opened import Opened
from trialc.model.protocol import Protocol


def passed_over(protocol: Protocol, histories: Collection[str]) -> Iterator[Diagnostic]:
    """A warning for each criterion that asks for a last day and never whether it goes on."""
    opened = Opened(protocol)
    for criterion in protocol.criteria:
        asked = set(opened.names_of(_asked(criterion.condition)))
        for history in sorted(histories):
            name = f"{history}.{LAST}"
            if name in asked and f"{history}.{ONGOING}" not in asked:
                advice = f"write `{history} within ... before ...`, or ask `{history} ongoing`, too"
                yield kinds.PASSED_OVER.at(criterion.where, name=name, help=advice)


def _asked(condition: Condition) -> Iterator[str]:
    """What a condition asks, without what only says for whom it exists."""
    if isinstance(condition, Applies):
        yield from _asked(condition.operand)
        return
    inside = parts(condition)
    if not inside:
        yield from inputs_of(condition)
    for part in inside:
        yield from _asked(part)
