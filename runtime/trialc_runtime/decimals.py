"""Exact conversion and calculation: the shortest decimal texts, integers, one rounding.

docs/semantics.md section 2. So a value that sits on a threshold sits on it in every unit, and so
does one that is calculated: 0.57 g/dL is 5.7 g/L, and 0.1 + 0.2 is 0.3, although 0.57 * 10 is not
5.7 in binary arithmetic, nor is that sum.
"""

from __future__ import annotations

import decimal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Factor = tuple[int, int, int, int]

SAME_UNIT = (1, 1, 0, 1)
_LARGEST_BITS = 1100  # binary64 ends below 2**1024
_LARGEST_WHOLE = 1e15  # up to it the text of a whole number has all of its digits


def decimal_of(number: float) -> tuple[int, int]:
    """(m, e): the number is m * 10**e, by the shortest decimal text that reads back as it.

    Finite numbers only.
    """
    if isinstance(number, int):
        return int(number), 0
    if number.is_integer() and -_LARGEST_WHOLE < number < _LARGEST_WHOLE:
        return int(number), 0
    text = float.__repr__(number)
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    return int(whole + fraction), int(exponent or 0) - len(fraction)


def convert(number: float, factor: Factor) -> float:
    """A number in another unit: number * num / den + off_num / off_den, rounded once to binary64.

    `factor` is (num, den, off_num, off_den). OverflowError where the result is beyond binary64.
    """
    if isinstance(number, int) and number.bit_length() > _LARGEST_BITS:
        raise OverflowError
    if factor == SAME_UNIT:
        return float(number)
    mantissa, exponent = decimal_of(number)
    num, den, shift_num, shift_den = factor
    above, below = mantissa * num * shift_den, den * shift_den
    shift = shift_num * den
    if exponent < 0:
        scale = 10**-exponent
        return (above + shift * scale) / (below * scale)
    return (above * 10**exponent + shift) / below


def calculate(
    operator: str, left: float, right: float, numerator: int = 1, denominator: int = 1
) -> float | None:
    """`left operator right`, scaled by numerator/denominator: exact, then rounded to binary64.

    Finite numbers only. None where there is no result: a division by zero, an overflow.
    """
    above, power = decimal_of(left)
    other, exponent = decimal_of(right)
    below = 1
    if operator == "*":
        above, below, power = above * other * numerator, denominator, power + exponent
    elif operator == "/":
        above, below, power = above * numerator, other * denominator, power - exponent
    else:
        if operator == "-":
            other = -other
        least = min(power, exponent)
        above = above * 10 ** (power - least) + other * 10 ** (exponent - least)
        power = least
    try:
        found = above * 10**power / below if power >= 0 else above / (below * 10**-power)
        return found + 0.0  # there is one zero: 0 divided by -5 would be another one
    except (ZeroDivisionError, OverflowError):
        return None


_FUNCTION_DIGITS, _KEPT_DIGITS = 70, 50
_ALL_DIGITS = 700  # of the longest decimal text: from 1e308 to 5e-324


def apply(name: str, arguments: tuple[float, ...], exponent: str = "") -> float | None:
    """A function of finite numbers: to 50 digits of the shortest decimal texts, then rounded to
    binary64. The same on every machine: `decimal` rounds roots, logarithms and powers of e
    correctly. None where there is no result.
    """
    if name in ("min", "max"):
        return float(min(arguments) if name == "min" else max(arguments)) + 0.0
    number = decimal.Decimal(repr(arguments[0]))
    try:
        # Digits to spare, so that what is exact comes out exactly: the square root of 9 is 3.
        found = float(_context(_KEPT_DIGITS).plus(_applied(name, number, exponent)))
    except ArithmeticError:
        return None
    return found + 0.0 if -_INFINITE < found < _INFINITE else None


def _applied(name: str, number: decimal.Decimal, exponent: str) -> decimal.Decimal:
    context = _context(_FUNCTION_DIGITS)
    if name == "sqrt":
        return context.sqrt(number)
    if name == "exp":
        return context.exp(number)
    if name == "power":
        above, _, below = exponent.partition("/")
        power = context.divide(decimal.Decimal(above), decimal.Decimal(below or "1"))
        if number == 0 and power > 0:
            return number
        return context.exp(context.multiply(_logarithm(context.ln, number), power))
    if name == "round":
        step, wide = decimal.Decimal(f"1e-{exponent or 0}"), _context(_ALL_DIGITS)
        steps = wide.divide(number, step).to_integral_value(decimal.ROUND_HALF_UP, wide)
        return wide.multiply(steps, step)
    return _logarithm(context.ln if name == "ln" else context.log10, number)


def _logarithm(
    logarithm: Callable[[decimal.Decimal], decimal.Decimal], number: decimal.Decimal
) -> decimal.Decimal:
    if number <= 0:
        raise ZeroDivisionError
    return logarithm(number)


_INFINITE = float("inf")


def _context(digits: int) -> decimal.Context:
    """Everything stated: programs around this one may have changed the defaults."""
    signals = [decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow]
    return decimal.Context(
        digits, decimal.ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999, capitals=1, clamp=0,
        flags=[], traps=signals,
    )  # fmt: skip
