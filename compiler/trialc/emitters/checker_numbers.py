"""Arithmetic as plain Python where it cannot go wrong, and as a guarded call where it could."""

from __future__ import annotations

from trialc.emitters.checker_scope import Vocabulary
from trialc.model import expression as e
from trialc.model.expression import Number

SAFE = 1e150
"""Numbers of at most this size have products within binary64, and their inverses are above zero."""

Extent = tuple[float, float]


def arithmetic(number: e.Arithmetic, left: str, right: str, words: Vocabulary) -> str:
    """The expression for `left operator right`, in the order of docs/semantics.md section 2."""
    n, d = number.numerator, number.denominator
    if extent(number, words) is None:
        ratio = f", {n}, {d}" if (n, d) != (1, 1) else ""
        return f"calculated({number.operator!r}, {left}, {right}{ratio})"
    if number.operator in ("+", "-"):
        return f"{left} {number.operator} {right}"
    times, over = (f" * {float(n)!r}" if n != 1 else ""), float(d)
    if number.operator == "*":
        return f"{left} * {right}{times}" + (f" / {over!r}" if d != 1 else "")
    return f"{left}{times} / " + (f"({right} * {over!r})" if d != 1 else right)


def extent(number: Number, words: Vocabulary) -> Extent | None:
    """The least and the greatest value by the ranges of its inputs; None unless both are sure.

    None too where a division by zero or an overflow cannot be excluded.
    """
    match number:
        case e.Literal():
            return _sure(number.value, number.value)
        case e.Value():
            return _sure(*words.ranges[number.path]) if number.path in words.ranges else None
        case e.NumberOf():
            return extent(words.numbers[number.name], words)
        case e.Arithmetic():
            left, right = extent(number.left, words), extent(number.right, words)
            return None if left is None or right is None else _operate(number, left, right)
        case _:
            return None


def _operate(number: e.Arithmetic, left: Extent, right: Extent) -> Extent | None:
    if number.operator == "+":
        return _sure(left[0] + right[0], left[1] + right[1])
    if number.operator == "-":
        return _sure(left[0] - right[1], left[1] - right[0])
    n, d = float(number.numerator), float(number.denominator)
    if number.operator == "*":
        corners = [a * b * n / d for a in left for b in right]
        within = _sure(min(corners), max(corners)) and _sure(min(corners) * d, max(corners) * d)
        return _sure(min(corners), max(corners)) if within else None
    divisors = sorted(b * d for b in right)
    if divisors[0] * divisors[1] <= 0 or _sure(*sorted(1 / b for b in divisors)) is None:
        return None
    if _sure(*divisors) is None or _sure(*sorted(a * n for a in left)) is None:
        return None
    corners = [a * n / b for a in left for b in divisors]
    return _sure(min(corners), max(corners))


def _sure(low: float, high: float) -> Extent | None:
    return (low, high) if -SAFE <= low <= high <= SAFE else None
