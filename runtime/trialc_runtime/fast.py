"""Numbers of the fast path of a checker, in which an unknown number is NaN."""

from __future__ import annotations

from trialc_runtime.calendar import add, elapsed
from trialc_runtime.decimals import calculate
from trialc_runtime.functions import apply

NAN = float("nan")


def calendar_time(unit: str, start: float, end: float) -> float:
    """`calendar.elapsed` of two day numbers; NaN where one is unknown or the end comes first."""
    if start != start or end != end:
        return NAN
    found = elapsed(unit, int(start), int(end))
    return NAN if found is None else found


def calendar_day(start: float, amount: int, unit: str) -> float:
    """`calendar.add` to a day number; NaN where it is unknown."""
    return start if start != start else add(int(start), amount, unit)


def calculated(
    operator: str, left: float, right: float, numerator: int = 1, denominator: int = 1
) -> float:
    """`decimals.calculate`; NaN where there is no result, or an operand is unknown."""
    if left != left or right != right:
        return NAN
    found = calculate(operator, left, right, numerator, denominator)
    return NAN if found is None else found


def applied(name: str, arguments: tuple[float, ...], exponent: str = "") -> float:
    """`functions.apply`; NaN where there is no result, or an argument is unknown."""
    if any(argument != argument for argument in arguments):
        return NAN
    found = apply(name, arguments, exponent)
    return NAN if found is None else found
