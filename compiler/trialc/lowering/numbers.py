"""Calculated numbers: exactly, and roughly in binary arithmetic where that is surely close.

Exact arithmetic takes ten times as long as binary. Of products and quotients within sure ranges,
binary arithmetic is wrong by some parts in 10**16, which matters only beside a limit.
"""

from __future__ import annotations

from trialc.lowering.nodes import Amount, Constant, Exactly, Roughly
from trialc.lowering.scope import Scope, Vocabulary
from trialc.model import expression as e
from trialc.model.expression import Number

SAFE = 1e150
"""Numbers of at most this size have products within binary64, and their inverses are above zero."""

Extent = tuple[float, float]


def is_itself(number: e.Arithmetic) -> bool:
    """Whether a calculation changes nothing: a number without its unit, or with it again."""
    one = isinstance(number.right, e.Literal) and number.right.value == 1
    return one and number.operator in "*/" and number.numerator == number.denominator == 1


def is_product(number: Number, words: Vocabulary) -> bool:
    """Whether a number is a calculation to which binary arithmetic is surely close."""
    if isinstance(number, e.NumberOf):
        number = words.numbers[number.name]
    return isinstance(number, e.Arithmetic) and extent(number, words) is not None


def exactly(number: Number, scope: Scope) -> Amount:
    """A product, exactly."""
    match number:
        case e.NumberOf():
            return exactly(scope.words.numbers[number.name], scope)
        case e.Arithmetic():
            return step(number, exactly(number.left, scope), exactly(number.right, scope))
        case _:
            return _operand(number, scope)


def step(number: e.Arithmetic, left: Amount, right: Amount) -> Exactly:
    """`left operator right`, exact (docs/semantics.md section 2)."""
    return Exactly(number.operator, left, right, number.numerator, number.denominator)


def roughly(number: Number, scope: Scope) -> Amount:
    """A product in binary arithmetic."""
    match number:
        case e.NumberOf():
            return roughly(scope.words.numbers[number.name], scope)
        case e.Arithmetic():
            left, right = roughly(number.left, scope), roughly(number.right, scope)
            return Roughly(number.operator, left, right, number.numerator / number.denominator)
        case _:
            return _operand(number, scope)


def _operand(number: Number, scope: Scope) -> Amount:
    if isinstance(number, e.Value):
        return scope.number(number.path)
    assert isinstance(number, e.Literal)
    return Constant(number.value)


def extent(number: Number, words: Vocabulary) -> Extent | None:
    """The least and the greatest value of a product, by the ranges of its inputs.

    None for everything else, and where a division by zero or an overflow cannot be excluded.
    """
    match number:
        case e.Literal():
            return _sure(number.value, number.value)
        case e.Value():
            return _sure(*words.ranges[number.path]) if number.path in words.ranges else None
        case e.NumberOf():
            return extent(words.numbers[number.name], words)
        case e.Arithmetic(operator="*" | "/"):
            left, right = extent(number.left, words), extent(number.right, words)
            return None if left is None or right is None else _operate(number, left, right)
        case _:
            return None


def _operate(number: e.Arithmetic, left: Extent, right: Extent) -> Extent | None:
    factor = number.numerator / number.denominator
    scaled = _sure(*sorted(a * factor for a in left))
    if scaled is None:
        return None
    if number.operator == "/":
        if right[0] * right[1] <= 0:
            return None
        right = 1 / right[1], 1 / right[0]
    corners = [a * b for a in scaled for b in right]
    return _sure(min(corners), max(corners))


def _sure(low: float, high: float) -> Extent | None:
    return (low, high) if -SAFE <= low <= high <= SAFE else None
