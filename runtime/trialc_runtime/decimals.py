"""Exact conversion and calculation: the shortest decimal texts, integers, one rounding.

docs/semantics.md section 2. So a value that sits on a threshold sits on it in every unit, and so
does one that is calculated: 0.57 g/dL is 5.7 g/L, and 0.1 + 0.2 is 0.3, although 0.57 * 10 is not
5.7 in binary arithmetic, nor is that sum.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
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
