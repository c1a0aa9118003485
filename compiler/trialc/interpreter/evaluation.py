"""The truth of conditions and the value of numbers over one record: semantics sections 2 and 4, word for word."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property

from trialc_runtime.calendar import elapsed, parse_date
from trialc_runtime.truth import all_of, any_of, at_least, negate, none_of
from trialc_runtime.values import Unknown

from trialc.model import expression as e
from trialc.model.cells import Cells
from trialc.model.expression import Condition, Number
from trialc.model.protocol import Protocol

Truth = bool | None
Known = bool | float | str
Bounds = tuple[float, float]
"""Lowest and highest value that a number can still have; equal for a known number."""

RELATIONS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


class Model:
    """A protocol with its definitions at hand; made once, used for many records."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.numbers = {item.id: item.number for item in protocol.numbers}
        self.conditions = {item.id: item.condition for item in protocol.conditions}
        self.cells = Cells(protocol)

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """Inputs that feed several atoms of the criteria taken together."""
        return self.cells.shared(criterion.condition for criterion in self.protocol.criteria)

    @cached_property
    def shared_in(self) -> dict[str, tuple[str, ...]]:
        """Inputs that feed several atoms of one criterion."""
        return {item.id: self.cells.shared([item.condition]) for item in self.protocol.criteria}


class Evaluation:
    """One record: `values` maps inputs to what is known of them, in canonical units.

    `completed` gives further values, also to derived numbers; case splitting tries them (section 5).
    """

    def __init__(
        self,
        model: Model,
        values: Mapping[str, Known | Unknown],
        as_of: str,
        completed: Mapping[str, Known] | None = None,
    ) -> None:
        self.model = model
        self.values = values
        self.as_of = as_of
        self.completed = completed or {}

    def input(self, name: str) -> Known | Unknown:
        """What is known of an input."""
        if name in self.completed:
            return self.completed[name]
        return self.values.get(name, Unknown("missing"))

    # ---- conditions

    def truth(self, condition: Condition) -> Truth:
        """True, false, or None for unknown."""
        if isinstance(condition, e.Junction):
            return self._junction(condition)
        if isinstance(condition, e.Not):
            return negate(self.truth(condition.operand))
        if isinstance(condition, e.Attributed):
            return all_of((self.truth(condition.operand), self.cause(condition)))
        if isinstance(condition, e.Unless):
            return all_of((self.truth(condition.operand), negate(self.truth(condition.exception))))
        if isinstance(condition, e.Applies):
            return self._applies(condition)
        if isinstance(condition, e.Refer):
            return self.truth(self.model.conditions[condition.name])
        return self._atom(condition)

    def _junction(self, junction: e.Junction) -> Truth:
        truths = [self.truth(branch.condition) for branch in junction.branches]
        if junction.quantifier == "all":
            return all_of(truths)
        if junction.quantifier == "any":
            return any_of(truths)
        if junction.quantifier == "none":
            return none_of(truths)
        return at_least(junction.count, truths)

    def _applies(self, applies: e.Applies) -> Truth:
        exists, operand = self.truth(applies.condition), self.truth(applies.operand)
        if applies.neutral:
            return any_of((negate(exists), operand))
        return all_of((exists, operand))

    def cause(self, attributed: e.Attributed) -> Truth:
        """Whether the attested cause is the one that the attribution asks for."""
        cause = self.input(attributed.path)
        if isinstance(cause, Unknown):
            return None
        return (cause == attributed.cause) != attributed.other

    def _atom(self, condition: Condition) -> Truth:
        if isinstance(condition, e.Holds):
            held = self.input(condition.path)
            return None if isinstance(held, Unknown) else bool(held)
        if isinstance(condition, e.OneOf):
            code = self.input(condition.path)
            return None if isinstance(code, Unknown) else code in condition.codes
        if isinstance(condition, e.Done):
            value = self.input(condition.path)
            if isinstance(value, Unknown):
                return False if value.reason == "not_done" else None
            return True
        if isinstance(condition, e.Within):
            low = self._compare(">=", condition.value, condition.low)
            return all_of((low, self._compare("<=", condition.value, condition.high)))
        if isinstance(condition, e.Compare):
            return self._compare(condition.relation, condition.left, condition.right)
        raise TypeError(f"{condition.kind} is no condition of a participant's record")

    def _compare(self, relation: str, left: Number, right: Number) -> Truth:
        first, second = self.bounds(left), self.bounds(right)
        if first is None or second is None:
            return None
        holds = RELATIONS[relation]
        ends = {holds(a, b) for a in first for b in second}
        if relation in ("=", "!=") and (first[0] != first[1] or second[0] != second[1]):
            return None if first[0] <= second[1] and second[0] <= first[1] else relation == "!="
        return ends.pop() if len(ends) == 1 else None

    # ---- numbers

    def bounds(self, number: Number) -> Bounds | None:
        """What a number can be; None where nothing is known. Dates are days since year 1."""
        if isinstance(number, e.Literal):
            return number.value, number.value
        if isinstance(number, e.Score):
            return self._score(number)
        if isinstance(number, e.NumberOf):
            if number.name in self.completed:
                value = float(self.completed[number.name])
                return value, value
            return self.bounds(self.model.numbers[number.name])
        found = self._value(number)
        return None if found is None or math.isnan(found) or math.isinf(found) else (found, found)

    def _value(self, number: Number) -> float | None:
        if isinstance(number, e.Date):
            return self._day(number.value)
        if isinstance(number, e.Elapsed):
            return self._elapsed(number)
        if isinstance(number, e.Arithmetic):
            return self._arithmetic(number)
        assert isinstance(number, e.Value)
        value = self.input(number.path)
        if isinstance(value, Unknown):
            return None
        return self._day(value) if isinstance(value, str) else float(value)

    def _arithmetic(self, number: e.Arithmetic) -> float | None:
        left, right = self.bounds(number.left), self.bounds(number.right)
        if left is None or right is None:
            return None
        a, b, n, d = left[0], right[0], number.numerator, number.denominator
        if number.operator == "*":
            product = a * b
            product = product * n if n != 1 else product
            return product / d if d != 1 else product
        if number.operator == "/":
            dividend = a * n if n != 1 else a
            divisor = b * d if d != 1 else b
            return dividend / divisor if divisor != 0 else None
        return a + b if number.operator == "+" else a - b

    def _elapsed(self, number: e.Elapsed) -> float | None:
        start, end = self._moment(number.start), self._moment(number.end)
        if start is None or end is None:
            return None
        first, last = parse_date(start), parse_date(end)
        return None if first is None or last is None or last < first else elapsed(number.unit, first, last)

    def _moment(self, name: str) -> str | None:
        if name == "as_of":
            return self.as_of
        value = self.input(name)
        return value if isinstance(value, str) else None

    def _day(self, text: str) -> float | None:
        day = parse_date(text)
        return None if day is None else float(day.toordinal())

    def _score(self, score: e.Score) -> Bounds:
        low = high = 0.0
        for item in score.items:
            part = self._item(item)
            if score.combine == "sum":
                low, high = low + part[0], high + part[1]
            else:
                low, high = max(low, part[0]), max(high, part[1])
        return low, high

    def _item(self, item: e.ScoreItem) -> Bounds:
        if item.score is not None:
            return self._score(item.score)
        assert item.when is not None
        truth = self.truth(item.when)
        return (float(item.points) if truth else 0.0), (0.0 if truth is False else float(item.points))
