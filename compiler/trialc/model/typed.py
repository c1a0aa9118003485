"""Conditions as an author would type them, for helps; wording.py has them for readers."""

from __future__ import annotations

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.measured_days import measured
from trialc.model.measurements import DAY

_JOINS = {"all": "and", "any": "or"}


def as_typed(condition: Condition) -> str:
    """A condition in the language, in parentheses where it stands beside others; "" where it needs
    labels or what only the compiler writes, so that a name must be given to it first.
    """
    if isinstance(condition, e.Junction):
        return _joined(condition)
    if isinstance(condition, e.Not):
        inner = as_typed(condition.operand)
        return f"not {inner if _is_closed(condition.operand) else f'({inner})'}" if inner else ""
    if isinstance(condition, e.Holds):
        return condition.path
    if isinstance(condition, e.Refer):
        return condition.name
    if isinstance(condition, e.OneOf):
        several = len(condition.codes) > 1
        codes = ", ".join(condition.codes)
        return f"{condition.path} in {{{codes}}}" if several else f"{condition.path} = {codes}"
    if isinstance(condition, e.Compare):
        left, right = _number(condition.left), _number(condition.right)
        return f"{left} {condition.relation} {right}" if left and right else ""
    if isinstance(condition, e.Applies):
        return as_typed(condition.operand)
    return ""


def _joined(group: e.Junction) -> str:
    word = _JOINS.get(group.quantifier)
    parts = [as_typed(branch.condition) for branch in group.branches]
    if word is None or not all(parts) or any(branch.label for branch in group.branches):
        return ""
    return f"({f' {word} '.join(parts)})"


def _is_closed(condition: Condition) -> bool:
    """Whether a condition reads as one behind `not`."""
    return isinstance(condition, e.Holds | e.Refer | e.Junction)


def _number(number: Number) -> str:
    if isinstance(number, e.Literal):
        return number.text
    if isinstance(number, e.Date):
        return number.value
    if isinstance(number, e.Value):
        return number.path
    if isinstance(number, e.NumberOf):
        return number.name
    if isinstance(number, e.Day):
        sign = "-" if number.amount < 0 else "+"
        ahead = f" {sign} {abs(number.amount)} {number.step}{'s' * (abs(number.amount) != 1)}"
        path = measured(number.start)
        return (f"{path}.{DAY}" if path else number.start) + ahead * bool(number.amount)
    return ""
