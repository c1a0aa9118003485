"""Functions of numbers by section 2: to 50 digits, then rounded to binary64.

In its own way, so that the runtime, which calculates powers by logarithms, is judged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction

DIGITS, KEPT = 110, 50

FUNCTIONS: Mapping[str, Callable[[Context, Decimal], Decimal]] = {
    "sqrt": Context.sqrt,
    "ln": Context.ln,
    "log10": Context.log10,
    "exp": Context.exp,
}


def of_function(name: str, arguments: Sequence[float], exponent: str = "") -> float:
    """The function of finite numbers; NaN where it has no value, or none within binary64."""
    if name == "min":
        return min(arguments) + 0.0
    if name == "max":
        return max(arguments) + 0.0
    number = Decimal(repr(arguments[0]))
    if name == "round":
        return _rounded(Fraction(number), int(exponent or 0))
    exact = _context(DIGITS)
    if (number < 0 and name != "exp") or (number == 0 and name in ("ln", "log10")):
        return math.nan
    try:
        if name == "power":
            found = _power(exact, number, Fraction(exponent))
        else:
            found = FUNCTIONS[name](exact, number)
        result = float(_context(KEPT).plus(found)) + 0.0
    except ArithmeticError:
        return math.nan
    return result if math.isfinite(result) else math.nan


def _power(context: Context, number: Decimal, exponent: Fraction) -> Decimal:
    ratio = context.divide(Decimal(exponent.numerator), Decimal(exponent.denominator))
    return context.power(number, ratio)


def _rounded(number: Fraction, places: int) -> float:
    """Halves away from zero."""
    scale = 10**places
    whole = math.floor(abs(number) * scale + Fraction(1, 2))
    return math.copysign(float(Fraction(whole, scale)), number) if whole else 0.0


def _context(digits: int) -> Context:
    signals = [InvalidOperation, DivisionByZero, Overflow]
    return Context(digits, ROUND_HALF_EVEN, -999_999, 999_999, 1, 0, [], signals)
