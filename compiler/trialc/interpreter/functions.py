"""Functions of numbers by section 2: to 50 digits, then rounded to binary64.

In its own way, so that the runtime, which calculates powers by logarithms, is judged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

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
    exact = _context(DIGITS)
    if number < 0 and name != "exp" or number == 0 and name in ("ln", "log10"):
        return math.nan
    try:
        if name == "power":
            found = exact.power(number, Decimal(exponent))
        else:
            found = FUNCTIONS[name](exact, number)
        result = float(_context(KEPT).plus(found)) + 0.0
    except ArithmeticError:
        return math.nan
    return result if math.isfinite(result) else math.nan


def _context(digits: int) -> Context:
    signals = [InvalidOperation, DivisionByZero, Overflow]
    return Context(digits, ROUND_HALF_EVEN, -999_999, 999_999, 1, 0, [], signals)
