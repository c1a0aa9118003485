"""Between which bounds a derived number lies, by the ranges of what it is made of."""

from __future__ import annotations

import math
from collections.abc import Mapping

from trialc.model.data import Data
from trialc.model.expression import Arithmetic, Elapsed, Literal, Number, NumberOf, Value

Interval = tuple[float, float]
ANYTHING: Interval = (-math.inf, math.inf)


class Intervals:
    """Interval arithmetic over the declared ranges of `data`; `numbers` are the definitions."""

    def __init__(self, data: Mapping[str, Data], numbers: Mapping[str, Number]) -> None:
        self.data = data
        self.numbers = numbers
        self._known: dict[str, Interval] = {}

    def has_zero(self, number: Number) -> bool:
        """Whether the ranges leave it open that a number is zero."""
        low, high = self.of(number)
        return low <= 0 <= high

    def surely_exists(self, number: Number) -> bool:
        """Whether there is such a number whatever its inputs turn out to be.

        There is none where a date comes after the one it is counted to, where the divisor is zero,
        and beyond the numbers that a computer has.
        """
        return all(map(math.isfinite, self.of(number)))

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
