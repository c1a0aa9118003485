"""Every case that some conditions can tell apart: one value from between all limits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from trialc.model import expression as e
from trialc.model.cells import points_between
from trialc.model.expression import Condition, Number
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.quantities import PLAIN, shown_unit
from trialc.model.inputs import parts
from trialc.model.wording import quantity_words

MOST = 20_000
"""Cases that are tried: more take longer than an author waits."""

Values = Mapping[str, bool | float | str]


class NotEnumerableError(Exception):
    """Why the cases cannot be enumerated, in words."""


class TellingApart:
    """The inputs of some conditions with their values; NotEnumerableError where there are too many
    or where limits are not fixed numbers.
    """

    def __init__(self, conditions: Sequence[Condition], context: Context) -> None:
        self.conditions = conditions
        self.context = context
        self.limits: dict[str, set[float]] = {}
        self.values: dict[str, Sequence[bool | float | str]] = {}
        for condition in conditions:
            self._collect(condition)
        for name, limits in self.limits.items():
            self.values[name] = self._points(name, sorted(limits))
        if math.prod(map(len, self.values.values())) > MOST:
            raise NotEnumerableError("there are too many combinations")

    def cases(self) -> Iterator[tuple[Values, list[bool]]]:
        """Each combination of values, with the truth of every condition."""
        names = list(self.values)
        for chosen in product(*self.values.values()):
            values = dict(zip(names, chosen, strict=True))
            yield values, [self._holds(condition, values) for condition in self.conditions]

    def words(self, values: Values) -> str:
        """A combination in words: "`demo.age` is 36 months"."""
        return " and ".join(f"`{name}` is {self._shown(name, values[name])}" for name in values)

    def _shown(self, name: str, value: bool | float | str) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, str):
            return f"`{value}`"
        element = self.context.data.get(name)
        code = element.unit if element else self.context.number_units.get(name, "1")
        unit = "" if code in PLAIN else shown_unit(code)
        return quantity_words(f"{value:.10g} {unit}".strip())

    # ---- inputs and limits

    def _collect(self, condition: Condition) -> None:
        match condition:
            case e.Refer():
                if condition.name not in self.context.conditions:
                    raise NotEnumerableError  # within a circle, which is reported as such
                self._collect(self.context.conditions[condition.name])
            case e.Holds():
                self.values[condition.path] = (False, True)
            case e.OneOf():
                self.values[condition.path] = self.context.data[condition.path].options
            case e.Compare(left=left, right=e.Literal() as limit):
                self._limit(left, limit.value)
            case e.Within(value=value, low=e.Literal() as low, high=e.Literal() as high):
                self._limit(value, low.value)
                self._limit(value, high.value)
            case e.Compare() | e.Within():
                raise NotEnumerableError("a condition compares with something else than a number")
            case e.Attributed() | e.Done():
                raise NotEnumerableError("a condition asks for a cause, or for what was done")
            case _:
                for part in parts(condition):
                    self._collect(part)

    def _limit(self, number: Number, limit: float) -> None:
        if not isinstance(number, e.Value | e.NumberOf):
            raise NotEnumerableError("a condition calculates: give the number a name with `derive`")
        name = number.path if isinstance(number, e.Value) else number.name
        self.limits.setdefault(name, set()).add(limit)

    def _points(self, name: str, limits: list[float]) -> tuple[float, ...]:
        element = self.context.data.get(name)
        if element is not None:
            return points_between(limits, element.low, element.high, element.type == "score")
        if name in self.context.scores:
            return points_between(limits, 0.0, None, is_whole=True)
        low, high = self.context.intervals.of(e.NumberOf(name=name, unit="1"))
        lowest = low if math.isfinite(low) else None
        return points_between(limits, lowest, high if math.isfinite(high) else None)

    # ---- truth

    def _holds(self, condition: Condition, values: Values) -> bool:
        match condition:
            case e.Refer():
                return self._holds(self.context.conditions[condition.name], values)
            case e.Junction():
                truths = [self._holds(branch.condition, values) for branch in condition.branches]
                if condition.quantifier == "all":
                    return all(truths)
                if condition.quantifier == "at_least":
                    return sum(truths) >= condition.count
                return any(truths) is (condition.quantifier == "any")
            case e.Not():
                return not self._holds(condition.operand, values)
            case e.Unless():
                kept = self._holds(condition.operand, values)
                return kept and not self._holds(condition.exception, values)
            case e.Applies():
                if not self._holds(condition.condition, values):
                    return condition.neutral
                return self._holds(condition.operand, values)
            case _:
                return _atom(condition, values)


def _atom(condition: Condition, values: Values) -> bool:
    match condition:
        case e.Holds():
            return values[condition.path] is True
        case e.OneOf():
            return values[condition.path] in condition.codes
        case e.Within(value=value, low=e.Literal() as low, high=e.Literal() as high):
            return low.value <= _number(value, values) <= high.value
        case e.Compare(left=left, right=e.Literal() as limit):
            return _related(_number(left, values), condition.relation, limit.value)
        case _:
            raise TypeError(f"{condition.kind} is no condition of a table")


def _number(number: Number, values: Values) -> float:
    assert isinstance(number, e.Value | e.NumberOf)
    return float(values[number.path if isinstance(number, e.Value) else number.name])


def _related(left: float, relation: str, right: float) -> bool:
    if relation in ("=", "!="):
        return (left == right) is (relation == "=")
    if relation in ("<", "<="):
        return left < right or (relation == "<=" and left == right)
    return left > right or (relation == ">=" and left == right)
