"""Changes against an earlier value, as arithmetic: `x falls by at least 30 % from x0`."""

from __future__ import annotations

from collections.abc import Callable

from trialc.diagnostics.catalog import recorded
from trialc.diagnostics.catalog import values as kinds
from trialc.model import expression as model
from trialc.model.expression import Arithmetic, Compare, Condition, Literal, Number
from trialc.model.from_syntax.normal_ranges import joined
from trialc.model.from_syntax.numbers import Numbers
from trialc.model.from_syntax.quantities import exactly, literal, mismatch, shown_unit, written
from trialc.syntax import tree

_PERCENT = ("%", "%pred")


def changed(expression: tree.Changed, numbers: Numbers) -> Condition | None:
    """The difference of two values, compared with an amount or with a part of the earlier one."""
    later, base = numbers.value(expression.name), numbers.value(expression.base)
    if later is None or base is None:
        return None
    first, second = (numbers.operand(each, expression.where) for each in (later, base))
    if first is None or second is None:
        return None
    if first.code != second.code:
        sides = expression.name.text, first.display, expression.base.text, second.display
        numbers.found.append(mismatch(expression.base.where, *sides))
        return None
    limit = _limit(expression, base, first.code, numbers)
    if limit is None:
        return None

    def compared(left: Number, right: Number) -> Condition:
        fields = {"operator": "-", "left": left, "right": right, "unit": first.code}
        difference = Arithmetic.model_validate({**fields, "where": expression.where})
        sides = {"relation": expression.relation, "left": difference, "right": limit}
        return Compare.model_validate({**sides, "where": expression.where})

    return _in_direction(expression.direction, later, base, compared)


def _in_direction(
    direction: str, later: Number, base: Number, compared: Callable[[Number, Number], Condition]
) -> Condition:
    if direction == "falls":
        return compared(base, later)
    if direction == "rises":
        return compared(later, base)
    return joined([compared(later, base), compared(base, later)], "any")


def _limit(
    expression: tree.Changed, base: Number, code: str, numbers: Numbers
) -> model.Number | None:
    """How much it must change by; None and a diagnostic."""
    amount = expression.amount
    if exactly(amount) <= 0:
        numbers.found.append(kinds.CHANGE_AMOUNT.at(amount.where, amount=written(amount)))
        return None
    if amount.unit not in _PERCENT:
        return literal(amount, code, expression.name.text, numbers.found)
    if shown_unit(code).startswith("%"):
        advice = f"write for example `{expression.base.text} - {expression.name.text} >= ...`"
        kind = kinds.PERCENT_OF_PERCENT
        numbers.found.append(kind.at(amount.where, amount=written(amount), help=advice))
        return None
    low, _ = numbers.intervals.of(base)
    if low <= 0:
        name, shown = expression.base.text, written(amount)
        advice = f"give `{name}` a `range` above zero, or compare with a fixed amount"
        kind, place = recorded.PERCENT_OF_NOTHING, expression.base.where
        numbers.found.append(kind.at(place, name=name, amount=shown, help=advice))
        return None
    part = Literal(
        value=float(exactly(amount) / 100), unit="1", text=written(amount), where=amount.where
    )
    fields = {"operator": "*", "left": part, "right": base, "unit": code}
    return Arithmetic.model_validate({**fields, "where": amount.where})
