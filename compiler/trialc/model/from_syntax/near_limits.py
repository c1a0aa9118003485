"""A retest that is allowed near the limit only: near it the latest one counts, else the first."""

from __future__ import annotations

from fractions import Fraction

from trialc.model.expression import (
    Compare,
    Condition,
    Literal,
    Not,
    NumberOf,
    Value,
    Within,
)
from trialc.model.from_syntax.normal_ranges import joined
from trialc.model.from_syntax.quantities import PLAIN
from trialc.model.units import unit
from trialc.source import Span


def near_the_limit(
    first: Value, latest: NumberOf, relation: str, limit: Literal, near: Fraction, where: Span
) -> Condition:
    """`first` within `near` of the limit, and the latest one compared; or not, and the first."""
    low, high = sorted(
        (_end(limit, sign * near) for sign in (-1, 1)), key=lambda literal: literal.value
    )
    within = Within(value=first, low=low, high=high, where=where)
    fields = {"relation": relation, "right": limit, "where": where}
    later = Compare.model_validate({**fields, "left": latest})
    plain = Compare.model_validate({**fields, "left": first})
    beyond = Not(operand=within, where=where)
    return joined([joined([within, later], "all"), joined([beyond, plain], "all")], "any")


def _end(limit: Literal, part: Fraction) -> Literal:
    """The limit and a part of it more: "10 % below 10 g/dL (9 g/dL)"."""
    exact = (1 + part) * Fraction(repr(limit.value))
    own = unit(limit.unit)
    shown = f"{float(exact):.15g} {own.display if own and own.code not in PLAIN else ''}".strip()
    side = "below" if part < 0 else "above"
    percent = f"{float(abs(part) * 100):.15g} %"
    text = f"{percent} {side} {limit.text.partition(' (')[0]} ({shown})"
    return limit.model_copy(update={"value": float(exact), "text": text})
