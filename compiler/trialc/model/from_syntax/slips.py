"""What an author probably meant by a comparison that cannot be."""

from __future__ import annotations

from trialc.diagnostics import Diagnostic
from trialc.model.from_syntax.quantities import DAYS, not_a_number, written
from trialc.source import SourceText
from trialc.syntax import tree
from trialc.syntax.foreign_dates import date_around


def plainly(comparison: tree.Comparison, is_history: bool) -> str:
    """How to ask for a yes or a no: not by a comparison."""
    name, right = comparison.left, comparison.right
    assert isinstance(name, tree.Name)
    if is_history and isinstance(right, tree.Quantity) and right.unit.rstrip("s") in DAYS:
        return f"write `{name.text} within {written(right)} before as_of`"
    said = right.text.lower() if isinstance(right, tree.Name) else ""
    is_yes = {"yes": True, "true": True, "no": False, "false": False}.get(said)
    if is_yes is None or comparison.relation not in ("=", "!="):
        return f"write `{name.text}`, or `not {name.text}`"
    plain = is_yes == (comparison.relation == "=")
    return f"write `{name.text}`" if plain else f"write `not {name.text}`"


def foreign_date(right: tree.Expression) -> Diagnostic:
    """01/06/2015, which reads like a division."""
    text = _together(right)
    date = date_around(SourceText("", text), 0)
    advice = date[1] if date else "dates are written year-month-day, such as 2027-01-04"
    return not_a_number(right.where, text if date else "this", "a number", "a date", advice)


def _together(expression: tree.Expression) -> str:
    """Numbers and the signs between them, as they stand."""
    if isinstance(expression, tree.Arithmetic):
        rest = (f"{sign}{_together(operand)}" for sign, operand in expression.rest)
        return "".join((_together(expression.first), *rest))
    return expression.number if isinstance(expression, tree.Quantity) else "?"
