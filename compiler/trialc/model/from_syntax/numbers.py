"""Numbers and dates in expressions: names bound, units computed."""

from __future__ import annotations

from trialc.diagnostics.catalog import types as kinds
from trialc.model.expression import (
    Arithmetic,
    Condition,
    Date,
    Elapsed,
    Literal,
    Number,
    NumberOf,
    Score,
    ScoreItem,
    Value,
)
from trialc.model.from_syntax import body
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import THINGS, Module
from trialc.model.from_syntax.quantities import PLAIN, find_unit, literal
from trialc.model.protocol import Data
from trialc.model.units import Unit, compatible, conversion, product, quotient, unit
from trialc.syntax import tree

DATE = "date"
"""What stands in the place of a unit for dates."""


class Numbers:
    """Resolves the numbers of one text. `conditions` resolves those inside scores."""

    def __init__(self, context: Context, module: Module) -> None:
        self.context = context
        self.module = module
        self.found = context.found

    def value(self, name: tree.Name) -> Number | None:
        """A data element or a derived number, by name."""
        symbol = self.context.names.find(name, self.module, ("data", "derive"))
        if symbol is None:
            return None
        if symbol.kind == "derive":
            self.context.settle(symbol.id)
            unit_code = self.context.number_units.get(symbol.id)
            return NumberOf(name=symbol.id, unit=unit_code, where=name.where) if unit_code else None
        element = self.context.data.get(symbol.id)
        if element is None:
            return None
        if element.type not in ("quantity", "score", "date"):
            found = "a choice" if element.type == "choice" else "a yes-or-no element"
            self.found.append(kinds.NOT_A_NUMBER.at(name.where, text=name.text, found=found))
            return None
        return Value(
            path=symbol.id, unit=DATE if element.type == "date" else element.unit, where=name.where
        )

    def element(self, number: Number) -> Data | None:
        """The data element behind a plain value, for its range and grid."""
        return self.context.data.get(number.path) if isinstance(number, Value) else None

    def number(self, expression: tree.Expression) -> Number | None:
        """A number with its unit, or None and a diagnostic. Plain numbers are pure."""
        if isinstance(expression, tree.Name):
            return self.value(expression)
        if isinstance(expression, tree.Quantity):
            return self._free_literal(expression)
        if isinstance(expression, tree.DateText):
            return Date(value=body.date(expression, self.found), where=expression.where)
        if isinstance(expression, tree.Arithmetic):
            return self._arithmetic(expression)
        if isinstance(expression, tree.Elapsed):
            return self._elapsed(expression)
        text = " ".join(str(type(expression).__name__).lower().split("_"))
        self.found.append(kinds.NOT_A_NUMBER.at(expression.where, text=text, found="a condition"))
        return None

    def _free_literal(self, quantity: tree.Quantity) -> Literal | None:
        """A literal that nothing asks to be in another unit."""
        if not quantity.unit:
            return literal(quantity, "1", "a pure number", self.found)
        own = find_unit(quantity.unit, quantity.where, self.found)
        return literal(quantity, own.code, "", self.found) if own else None

    def _elapsed(self, expression: tree.Elapsed) -> Elapsed | None:
        ends: list[str] = []
        for name in (expression.start, expression.end):
            if name.text == "as_of":
                ends.append("as_of")
                continue
            value = self.value(name)
            if value is None:
                return None
            if not isinstance(value, Value) or value.unit != DATE:
                self.found.append(
                    kinds.NOT_A_NUMBER.at(name.where, text=name.text, found="not a date")
                )
                return None
            ends.append(value.path)
        return Elapsed.model_validate(
            {"unit": expression.unit, "start": ends[0], "end": ends[1], "where": expression.where}
        )

    # ---- arithmetic

    def _arithmetic(self, expression: tree.Arithmetic) -> Number | None:
        left = self.number(expression.first)
        for operator, operand in expression.rest:
            right = self.number(operand)
            if left is None or right is None:
                return None
            left = self._operate(operator, left, right, expression)
        return left

    def _operate(
        self, operator: str, left: Number, right: Number, whole: tree.Arithmetic
    ) -> Number | None:
        first, second = self.unit_of(left), self.unit_of(right)
        if first is None or second is None:
            self.found.append(
                kinds.NOT_A_NUMBER.at(whole.where, text="this", found="a date or a score")
            )
            return None
        if operator in "+-":
            if first.code != second.code:
                shown = {"left_unit": first.display, "right_unit": second.display}
                self.found.append(
                    kinds.UNIT_MISMATCH.at(
                        whole.where, left="the first", right="the second", **shown
                    )
                )
                return None
            result = first
        else:
            result = product(first, second) if operator == "*" else quotient(first, second)
        if operator == "/" and self.can_be_zero(right):
            self.found.append(
                kinds.DIVISOR_ZERO.at(
                    right.where or whole.where, help="give it a `range` above zero"
                )
            )
        fields = {
            "operator": operator,
            "left": left,
            "right": right,
            "unit": result.code,
            "where": whole.where,
        }
        return Arithmetic.model_validate(fields)

    def unit_of(self, number: Number) -> Unit | None:
        """The unit of a number, recomputed for products; None for dates and scores."""
        if isinstance(number, Date | Score):
            return None
        if isinstance(number, Arithmetic):
            left, right = self.unit_of(number.left), self.unit_of(number.right)
            if left is None or right is None or number.operator in "+-":
                return left
            return product(left, right) if number.operator == "*" else quotient(left, right)
        return unit(number.unit) if number.unit != DATE else None

    def can_be_zero(self, number: Number) -> bool:
        """Whether ranges leave it open that this number is zero. Products of what is above zero are above zero."""
        if isinstance(number, Literal):
            return number.value == 0
        if isinstance(number, Value):
            low = self.context.data[number.path].low
            return low is None or low <= 0
        if isinstance(number, Arithmetic) and number.operator in "*/+":
            return self.can_be_zero(number.left) or self.can_be_zero(number.right)
        return True

    def into(self, number: Number, code: str, name: str) -> Number | None:
        """The number in another unit of its dimension: the declared unit of a derived number."""
        own, wanted = self.unit_of(number), unit(code)
        if own is None or wanted is None or not compatible(own, wanted):
            shown = {
                "left_unit": wanted.display if wanted else code,
                "right_unit": own.display if own else "a date",
            }
            self.found.append(
                kinds.UNIT_MISMATCH.at(number.where, left=name, right="the formula", **shown)
            )
            return None
        numerator, denominator, shift, _ = conversion(own, wanted)
        if (numerator, denominator, shift) == (1, 1, 0):
            return (
                number.model_copy(update={"unit": code})
                if isinstance(number, Arithmetic)
                else number
            )
        if isinstance(number, Arithmetic) and number.operator in "*/":
            scale = {"numerator": numerator, "denominator": denominator, "unit": code}
            return number.model_copy(update=scale)
        one = Literal(value=1.0, unit="1", text="1")
        return Arithmetic(
            operator="*", left=number, right=one, numerator=numerator, denominator=denominator, unit=code,
            where=number.where,
        )  # fmt: skip


class Scores:
    """Resolves weighted scores; each item's condition is resolved by `condition(expression, path)`."""

    def __init__(self, numbers: Numbers, condition: object) -> None:
        self.numbers = numbers
        self.condition = condition

    def score(self, expression: tree.Score, path: str) -> Score:
        items: list[ScoreItem] = []
        for item in expression.items:
            inner = f"{path}.{item.label.text}"
            if item.score is not None:
                nested = self.score(item.score, inner)
                items.append(
                    ScoreItem(label=item.label.text, path=inner, score=nested, where=item.where)
                )
                continue
            assert item.points is not None and item.when is not None
            points = literal(item.points, "{score}", "a score", self.numbers.found)
            when: Condition | None = self.condition(item.when, inner)  # type: ignore[operator]
            if points is None or when is None:
                continue
            whole = body.whole(
                tree.Quantity(item.points.number, where=item.points.where), self.numbers.found
            )
            items.append(
                ScoreItem(
                    label=item.label.text,
                    path=inner,
                    points=whole or 0,
                    when=when,
                    where=item.where,
                )
            )
        return Score.model_validate(
            {"combine": expression.combine, "items": items, "where": expression.where}
        )


def shown(kind: str) -> str:
    """A kind of name in words, for messages."""
    return THINGS[kind]


__all__ = ["DATE", "PLAIN", "Numbers", "Scores", "shown"]
