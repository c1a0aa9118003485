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
from trialc.source import Span


def near_the_limit(
    first: Value, latest: NumberOf, relation: str, limit: Literal, near: Fraction, where: Span
) -> Condition:
    """`first` within `near` of the limit, and the latest one compared; or not, and the first."""
    ends = sorted((1 + sign * near) * Fraction(repr(limit.value)) for sign in (-1, 1))
    low, high = (_literal(end, limit) for end in ends)
    within = Within(value=first, low=low, high=high, where=where)
    fields = {"relation": relation, "right": limit, "where": where}
    later = Compare.model_validate({**fields, "left": latest})
    plain = Compare.model_validate({**fields, "left": first})
    beyond = Not(operand=within, where=where)
    return joined([joined([within, later], "all"), joined([beyond, plain], "all")], "any")


def _literal(exact: Fraction, limit: Literal) -> Literal:
    spelling = limit.text.partition(" (")[0].partition(" ")[2]
    text = f"{float(exact):.15g} {spelling}".strip()
    return limit.model_copy(update={"value": float(exact), "text": text})
