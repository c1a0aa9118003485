"""Numbers and dates in expressions: names bound, units computed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import types as kinds
from trialc.diagnostics.catalog.formulas import TABLE_PLACE
from trialc.diagnostics.catalog.values import NEAR_NO_LIMIT
from trialc.model.data import Data
from trialc.model.expression import (
    Arithmetic,
    Condition,
    Date,
    Day,
    Elapsed,
    Function,
    Literal,
    Number,
    NumberOf,
    Score,
    ScoreItem,
    Value,
    without_unit,
)
from trialc.model.from_syntax import body, formulas, of_courses
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.days import AS_OF, DATE, day_of_value, is_day_of_value, moved
from trialc.model.from_syntax.names import Module
from trialc.model.from_syntax.quantities import (
    find_unit,
    literal,
    mismatch,
    not_a_number,
    shown_unit,
    written,
)
from trialc.model.from_syntax.retests import LATEST
from trialc.model.inputs import names_of_number
from trialc.model.units import (
    Unit,
    compatible,
    conversion,
    mass_substance,
    product,
    quotient,
    unit,
)
from trialc.source import Span
from trialc.syntax import tree


class Numbers:
    """Resolves the numbers of one text; of an event's report there are none."""

    def __init__(self, context: Context, module: Module, of_event: bool = False) -> None:
        self.context = context
        self.module = module
        self.of_event = of_event
        self.found = context.found
        self.intervals = context.intervals

    def value(self, name: tree.Name) -> Number | None:
        """A data element or a derived number, by name."""
        if self.of_event:
            place = "of what is reported of an event"
            self.found.append(kinds.MISPLACED_CONDITION.at(name.where, text=name.text, place=place))
            return None
        if name.text == AS_OF:
            return Day(start=AS_OF, where=name.where)
        if is_day_of_value(name, self.context, self.module):
            moment = day_of_value(name, self.context, self.module)
            return Day(start=moment, where=name.where) if moment else None
        symbol = self.context.names.find(name, self.module, ("data", "derive"))
        if symbol is None or symbol.id in self.context.unresolved:
            return None
        if symbol.kind == "derive":
            code = self.context.number_units.get(symbol.id)
            return NumberOf(name=symbol.id, unit=code, where=name.where) if code else None
        element = self.context.data.get(symbol.id)
        if element is None:
            return None
        if element.type not in ("quantity", "score", "date"):
            found = "a choice" if element.type == "choice" else "a yes-or-no element"
            self.found.append(not_a_number(name.where, name.text, found))
            return None
        retest = self.context.retests.get(symbol.id)
        if retest is not None and not isinstance(name, tree.FirstOf):
            if retest.near is not None:
                advice = "compare it with a fixed number: `<`, `<=`, `>` or `>=`"
                self.found.append(NEAR_NO_LIMIT.at(name.where, name=name.text, help=advice))
                return None
            return self.latest(symbol.id, name.where)
        code = DATE if element.type == "date" else element.unit
        return Value(path=symbol.id, unit=code, where=name.where)

    def latest(self, path: str, where: Span) -> NumberOf:
        """What rules read of an element that may be repeated."""
        unit_ = self.context.data[path].unit
        return NumberOf(name=f"{path}.{LATEST}", unit=unit_, where=where)

    def element(self, number: Number) -> Data | None:
        """The data element behind a plain value, for its range and grid."""
        if isinstance(number, NumberOf) and number.name.endswith(f".{LATEST}"):
            first = number.name.removesuffix(f".{LATEST}")
            return self.context.data[first] if first in self.context.retests else None
        return self.context.data.get(number.path) if isinstance(number, Value) else None

    def is_score(self, number: Number) -> bool:
        """Whether a number is a span of points while its items are unknown."""
        return isinstance(number, NumberOf) and number.name in self.context.scores

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
        if isinstance(expression, tree.InUnit):
            return formulas.in_unit(expression, self)
        if isinstance(expression, tree.CountOf):
            of_courses.room(expression.name, self.context, self.module)  # reported there
            return None
        if isinstance(expression, tree.Summary):
            from trialc.model.from_syntax.summaries import summary  # which needs numbers

            return summary(expression, self)
        if isinstance(expression, tree.Function):
            return formulas.function(expression, self)
        if isinstance(expression, tree.Table):
            self.found.append(TABLE_PLACE.at(expression.where, help="give it a name with `derive`"))
            return None
        if isinstance(expression, tree.Score):
            self.found.append(
                kinds.SCORE_COMPARISON.at(expression.where, help="give it a name with `derive`")
            )
            return None
        self.found.append(not_a_number(expression.where, "this", "a condition"))
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
            if name.text == AS_OF:
                ends.append(AS_OF)
                continue
            value = self.value(name)
            if value is None:
                return None
            if isinstance(value, Day):
                ends.append(value.start)
                continue
            if not isinstance(value, Value) or value.unit != DATE:
                self.found.append(not_a_number(name.where, name.text, "a number", "a date"))
                return None
            ends.append(value.path)
        fields = {"unit": expression.unit, "start": ends[0], "end": ends[1]}
        return Elapsed.model_validate({**fields, "where": expression.where})

    # ---- arithmetic

    def _arithmetic(self, expression: tree.Arithmetic) -> Number | None:
        left = self.number(expression.first)
        for operator, operand in expression.rest:
            if left is not None and is_date(left) and operator in "+-":
                left = moved(left, operator, operand, self.context)
                continue
            right = self.number(operand)
            if left is None or right is None:
                return None
            left = self._operate(operator, left, right, expression)
        return left

    def _operate(
        self, operator: str, left: Number, right: Number, whole: tree.Arithmetic
    ) -> Number | None:
        first = self.operand(left, whole.where)
        second = self.operand(right, whole.where) if first is not None else None
        if first is None or second is None:
            return None
        if operator in "+-":
            if first.code != second.code:
                units = first.display, second.display
                self.found.append(
                    mismatch(whole.where, "the first", units[0], "the second", units[1])
                )
                return None
            result = first
        else:
            result = product(first, second) if operator == "*" else quotient(first, second)
        if operator == "/" and self.intervals.has_zero(right):
            where, name, related = self.blamed(right, right.where or whole.where)
            advice = f"give {name} a `range` above zero"
            self.found.append(kinds.DIVISOR_ZERO.at(where, help=advice, related=related))
        fields = {"operator": operator, "left": left, "right": right, "unit": result.code}
        return Arithmetic.model_validate({**fields, "where": whole.where})

    def blamed(self, number: Number, where: Span) -> tuple[Span, str, list[Related]]:
        """Whose range is too wide for a formula, and where to look. The formula of a library is
        right: what the protocol lets stand for one of its elements is not.
        """
        for path in self.context.elements_of(names_of_number(number)):
            low = self.context.data[path].low
            if path in self.module.bound and (low is None or low <= 0):
                related = [Related(where, "calculated here")]
                return self.module.bound[path], f"`{path}`", related
        return where, "it", []

    def operand(self, number: Number, whole: Span) -> Unit | None:
        """The unit of a number that can be calculated with, or None and a diagnostic."""
        where = number.where or whole
        if self.is_score(number):
            self.found.append(kinds.SCORE_COMPARISON.at(where))
            return None
        own = self.unit_of(number)
        if own is None:
            self.found.append(not_a_number(where, "this", "a date", "a number"))
        elif own.offset:
            self.own_zero(own, where)
            return None
        return own

    def own_zero(self, own: Unit, where: Span) -> None:
        """Report a unit that cannot be calculated with."""
        advice = "compare the element itself with a number"
        self.found.append(kinds.OWN_ZERO.at(where, unit=own.display, help=advice))

    def unit_of(self, number: Number) -> Unit | None:
        """The unit of a number, recomputed for products; None for dates and scores."""
        if isinstance(number, Elapsed):
            return unit(number.unit)
        if isinstance(number, Date | Score) or number.unit == DATE:
            return None
        if isinstance(number, Function) and number.name in ("min", "max"):
            return self.unit_of(number.arguments[0])
        if isinstance(number, Arithmetic) and not without_unit(number):
            left, right = self.unit_of(number.left), self.unit_of(number.right)
            if left is None or right is None or number.operator in "+-":
                return left
            return product(left, right) if number.operator == "*" else quotient(left, right)
        return unit(number.unit)

    def into(self, number: Number, code: str, name: str, molar_mass: str = "") -> Number | None:
        """The number in another unit of its dimension: the declared unit of a derived number. With
        the molar mass of what it is a number of, mass and substance convert, too.
        """
        own, wanted = self.unit_of(number), unit(code)
        if molar_mass and own is not None and wanted is not None and not compatible(own, wanted):
            ratio = mass_substance(own, wanted, Fraction(molar_mass))
            if ratio is not None:
                return _scaled(number, ratio[:2], code)
        if own is None or wanted is None or not compatible(own, wanted):
            found = own.display if own else "a date"
            advice = "check what is multiplied and divided"
            if unit(found) is not None:
                advice += f", or declare the unit that it comes to: `[{found}]`"
            sides = name, shown_unit(code), "the formula", found
            self.found.append(mismatch(number.where, *sides, advice if own else ""))
            return None
        if own.code == wanted.code:
            return _labelled(number, code)
        if own.offset or wanted.offset:
            self.own_zero(own if own.offset else wanted, number.where)
            return None
        numerator, denominator, _, _ = conversion(own, wanted)
        if (numerator, denominator) == (1, 1):
            return _labelled(number, code)
        return _scaled(number, (numerator, denominator), code)


def _scaled(number: Number, ratio: tuple[int, int], code: str) -> Number:
    """The number times a ratio, in one exact step."""
    numerator, denominator = ratio
    scale = {"numerator": numerator, "denominator": denominator, "unit": code}
    if isinstance(number, Arithmetic) and number.operator in "*/":
        return number.model_copy(update=scale)
    one = Literal(value=1.0, unit="1", text="1")
    fields = {"operator": "*", "left": number, "right": one, **scale}
    return Arithmetic.model_validate({**fields, "where": number.where})


def is_date(number: Number) -> bool:
    """Whether it is a day rather than an amount."""
    return isinstance(number, Date) or getattr(number, "unit", "") == DATE


def _labelled(number: Number, code: str) -> Number:
    """A calculated number under the declared name of its unit."""
    is_calculated = isinstance(number, Arithmetic | Function)
    return number.model_copy(update={"unit": code}) if is_calculated else number


class Scores:
    """Resolves weighted scores; `condition` resolves those of their items, below a path."""

    def __init__(
        self, numbers: Numbers, condition: Callable[[tree.Expression, str], Condition | None]
    ) -> None:
        self.found = numbers.found
        self.condition = condition

    def score(
        self, expression: tree.Score, above: str, path: Callable[[str, tree.Name], str]
    ) -> Score | None:
        """`path` gives the path of a label. None where an item cannot be resolved."""
        items: list[ScoreItem] = []
        for item in expression.items:
            inner = path(above, item.label)
            fields: dict[str, object] | None
            if item.score is not None:
                nested = self.score(item.score, inner, path)
                fields = {"score": nested} if nested is not None else None
            else:
                fields = self._item(item, inner)
            if fields is not None:
                label = {"label": item.label.text, "path": inner, "where": item.where}
                items.append(ScoreItem.model_validate({**label, **fields}))
        if len(items) < len(expression.items):
            return None
        return Score.model_validate(
            {"combine": expression.combine, "items": items, "where": expression.where}
        )

    def _item(self, item: tree.ScoreItem, path: str) -> dict[str, object] | None:
        assert item.points is not None
        assert item.when is not None
        points = literal(item.points, "{score}", "a score", self.found)
        when = self.condition(item.when, path)
        if points is None or when is None:
            return None
        if points.value < 0 or points.value != int(points.value):
            self.found.append(kinds.NOT_WHOLE.at(item.points.where, number=written(item.points)))
            return None
        return {"points": int(points.value), "when": when}
