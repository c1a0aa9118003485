"""Between which bounds a derived number lies, by the ranges of what it is made of."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from trialc.model import expression as e
from trialc.model.data import Data
from trialc.model.expression import (
    Arithmetic,
    Choose,
    Condition,
    Elapsed,
    Function,
    Literal,
    Number,
    NumberOf,
    Score,
    Value,
)
from trialc.model.inputs import numbers as numbers_in
from trialc.model.inputs import parts, rules, sides

Interval = tuple[float, float]
ANYTHING: Interval = (-math.inf, math.inf)


class Intervals:
    """Interval arithmetic over the declared ranges of `data`; the others are definitions."""

    def __init__(
        self,
        data: Mapping[str, Data],
        numbers: Mapping[str, Number],
        conditions: Mapping[str, Condition],
    ) -> None:
        self.data = data
        self.numbers = numbers
        self.conditions = conditions
        self._known: dict[str, Interval] = {}

    def has_zero(self, number: Number) -> bool:
        """Whether the ranges leave it open that a number is zero."""
        low, high = self.of(number)
        return low <= 0 <= high

    def surely_exists(self, number: Number) -> bool:
        """Whether there is such a number whatever its inputs turn out to be.

        There is none where a date comes after the one it is counted to, where the divisor is zero,
        and beyond the numbers that a computer has; nor where a table asks for such a number.
        """
        return all(map(math.isfinite, self.of(number))) and self._is_chosen(number)

    def _is_chosen(self, number: Number) -> bool:
        """Whether all tables behind a number come to a case, whatever the inputs turn out to be."""
        if isinstance(number, NumberOf):
            return number.name in self.numbers and self._is_chosen(self.numbers[number.name])
        decided = all(self._is_decided(rule) for _, rule in rules(number))
        return decided and all(map(self._is_chosen, sides(number)))

    def _is_decided(self, condition: Condition) -> bool:
        """Whether a condition is true or false once all inputs are known."""
        if isinstance(condition, e.Refer):
            opened = self.conditions.get(condition.name)
            return opened is not None and self._is_decided(opened)
        known = all(map(self._is_comparable, numbers_in(condition)))
        return known and all(map(self._is_decided, parts(condition)))

    def _is_comparable(self, number: Number) -> bool:
        """Whether there is something to compare once all inputs are known."""
        named = self.numbers.get(number.name) if isinstance(number, NumberOf) else None
        if isinstance(number, Score) or isinstance(named, Score):
            return self._is_chosen(number)
        return isinstance(number, Value | Literal | e.Date) or self.surely_exists(number)

    def of(self, number: Number) -> Interval:
        """The lowest and the highest value that a number can have; infinite where none is known."""
        if isinstance(number, Literal):
            return number.value, number.value
        if isinstance(number, Value):
            element = self.data[number.path]
            low = -math.inf if element.low is None else element.low
            return low, math.inf if element.high is None else element.high
        if isinstance(number, NumberOf):
            return self._of_definition(number.name)
        if isinstance(number, Elapsed):
            return 0.0, math.inf
        if isinstance(number, Arithmetic):
            left, right = self.of(number.left), self.of(number.right)
            return _scaled(_calculated(number.operator, left, right), number)
        if isinstance(number, Choose):
            return _around([self.of(case.value) for case in number.cases])
        if isinstance(number, Function):
            return _of_function(number, [self.of(side) for side in number.arguments])
        return ANYTHING

    def _of_definition(self, name: str) -> Interval:
        if name not in self._known:
            if name not in self.numbers:  # one with an error of its own, or not resolved so far
                return ANYTHING
            self._known[name] = self.of(self.numbers[name])
        return self._known[name]


def _calculated(operator: str, left: Interval, right: Interval) -> Interval:
    if operator == "+":
        return left[0] + right[0], left[1] + right[1]
    if operator == "-":
        return left[0] - right[1], left[1] - right[0]
    if operator == "/":
        if right[0] <= 0 <= right[1]:
            return ANYTHING
        right = (1 / right[1], 1 / right[0])
    ends = [_times(a, b) for a in left for b in right]
    return min(ends), max(ends)


def _times(a: float, b: float) -> float:
    """A product in which nothing times everything is nothing: both are ends of closed ranges."""
    return 0.0 if a == 0 or b == 0 else a * b


def _scaled(interval: Interval, number: Arithmetic) -> Interval:
    factor = number.numerator / number.denominator
    return interval[0] * factor, interval[1] * factor


def _around(intervals: Sequence[Interval]) -> Interval:
    return min(low for low, _ in intervals), max(high for _, high in intervals)


LEAST = {"power": 0.0, "sqrt": 0.0, "ln": 0.0, "log10": 0.0}
"""The lowest number that a function takes."""
_WIDENED = 1e-12
"""How much wider, relatively, an interval is than what binary arithmetic makes of its ends."""


def exponent_of(number: Function) -> float:
    """The exponent of a power, which may be written as a ratio: "1/3"."""
    above, _, below = number.exponent.partition("/")
    return float(above) / float(below or "1")


def takes_least(number: Function) -> bool:
    """Whether a function takes the lowest number of its domain, too: `sqrt` takes 0."""
    return number.name == "sqrt" or (number.name == "power" and exponent_of(number) > 0)


def is_defined(number: Function, argument: Interval) -> bool:
    """Whether a function has a value for everything that its argument can be."""
    least = LEAST.get(number.name)
    low = argument[0]
    return least is None or low > least or (low == least and takes_least(number))


def _of_function(number: Function, arguments: Sequence[Interval]) -> Interval:
    if number.name in ("min", "max"):
        choose = min if number.name == "min" else max
        return choose(low for low, _ in arguments), choose(high for _, high in arguments)
    if not is_defined(number, arguments[0]):
        return ANYTHING
    if number.name == "round":
        low, high = arguments[0]
        return low - 1, high + 1
    first, second = (_applied(number, end) for end in arguments[0])
    low, high = min(first, second), max(first, second)
    return low - abs(low) * _WIDENED, high + abs(high) * _WIDENED


def _applied(number: Function, end: float) -> float:
    """A function of one end of an interval; every one of them rises or falls throughout."""
    if math.isinf(end):
        return _of_infinity(number, end)
    try:
        match number.name:
            case "power":
                return math.pow(end, exponent_of(number))
            case "sqrt":
                return math.sqrt(end)
            case "ln":
                return math.log(end)
            case "log10":
                return math.log10(end)
            case _:
                return math.exp(end)
    except OverflowError:
        return math.inf


def _of_infinity(number: Function, end: float) -> float:
    if number.name == "power" and exponent_of(number) < 0:
        return 0.0
    return 0.0 if number.name == "exp" and end < 0 else end
