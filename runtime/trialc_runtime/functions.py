"""Functions of numbers: to 50 digits, then rounded once to binary64 (docs/semantics.md 2)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Context, Decimal

_FUNCTION_DIGITS, _KEPT_DIGITS = 70, 50
_ALL_DIGITS = 700  # of the longest decimal text: from 1e308 to 5e-324


def apply(name: str, arguments: tuple[float, ...], exponent: str = "") -> float | None:
    """A function of finite numbers, calculated on their shortest decimal texts.

    The same on every machine: `decimal` rounds roots, logarithms and powers of e correctly. None
    where there is no result.
    """
    if name in ("min", "max"):
        return float(min(arguments) if name == "min" else max(arguments)) + 0.0
    from decimal import Decimal  # late: most checkers calculate no function

    try:
        # Digits to spare, so that what is exact comes out exactly: the square root of 9 is 3.
        exact = _applied(name, Decimal(repr(arguments[0])), exponent)
        found = float(_context(_KEPT_DIGITS).plus(exact))
    except ArithmeticError:
        return None
    return found + 0.0 if abs(found) != float("inf") else None


def _applied(name: str, number: Decimal, exponent: str) -> Decimal:
    from decimal import ROUND_HALF_UP, Decimal

    context = _context(_FUNCTION_DIGITS)
    if name == "sqrt":
        return context.sqrt(number)
    if name == "exp":
        return context.exp(number)
    if name == "power":
        above, _, below = exponent.partition("/")
        power = context.divide(Decimal(above), Decimal(below or "1"))
        if number == 0 and power > 0:
            return number
        return context.exp(context.multiply(_logarithm(context.ln, number), power))
    if name == "round":
        step, wide = Decimal(f"1e-{exponent or 0}"), _context(_ALL_DIGITS)
        steps = wide.divide(number, step).to_integral_value(ROUND_HALF_UP, wide)
        return wide.multiply(steps, step)
    return _logarithm(context.ln if name == "ln" else context.log10, number)


def _logarithm(logarithm: Callable[[Decimal], Decimal], number: Decimal) -> Decimal:
    if number <= 0:
        raise ZeroDivisionError
    return logarithm(number)


def _context(digits: int) -> Context:
    """Everything stated: programs around this one may have changed the defaults."""
    from decimal import ROUND_HALF_EVEN, Context, DivisionByZero, InvalidOperation, Overflow

    signals = [InvalidOperation, DivisionByZero, Overflow]
    return Context(digits, ROUND_HALF_EVEN, -999_999, 999_999, 1, 0, [], signals)
