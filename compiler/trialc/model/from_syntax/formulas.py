"""What published formulas need: numbers without their unit, and functions of numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from trialc.diagnostics.catalog.formulas import FUNCTION_ARGUMENTS, OUTSIDE_DOMAIN
from trialc.model.data import Data
from trialc.model.expression import Arithmetic, Function, Literal, Number
from trialc.model.from_syntax.quantities import find_unit, mismatch
from trialc.model.intervals import is_defined, takes_least
from trialc.model.units import Unit, compatible, conversion, mass_substance, unit
from trialc.syntax import tree

if TYPE_CHECKING:
    from trialc.model.from_syntax.numbers import Numbers


def in_unit(expression: tree.InUnit, numbers: Numbers) -> Number | None:
    """`demo.weight [kg]`: the number divided by one of the unit, which is exact."""
    number = numbers.value(expression.name)
    wanted = find_unit(expression.unit, expression.where, numbers.found)
    if number is None or wanted is None:
        return None
    own = numbers.unit_of(number)
    # A scale with its own zero has a number in its own unit; converted, it would be shifted.
    if own is None or own.code != wanted.code or numbers.is_score(number):
        own = numbers.operand(number, expression.where)
    if own is None:
        return None
    if own.code != wanted.code and wanted.offset:
        numbers.own_zero(wanted, expression.where)
        return None
    ratio = _ratio(own, wanted, numbers.element(number))
    if ratio is None:
        sides = expression.name.text, own.display, "the formula", wanted.display
        numbers.found.append(mismatch(expression.where, *sides))
        return None
    one = Literal(value=1.0, unit=wanted.code, text=f"1 {expression.unit}")
    fields = {"operator": "/", "left": number, "right": one, "unit": "1"}
    scale = dict(zip(("numerator", "denominator"), ratio, strict=True))
    return Arithmetic.model_validate({**fields, **scale, "where": expression.where})


def _ratio(own: Unit, wanted: Unit, element: Data | None) -> tuple[int, int] | None:
    """What a number is multiplied with and divided by in another unit; None if it has none."""
    if own.code == wanted.code:
        return 1, 1
    if compatible(own, wanted):
        return conversion(own, wanted)[:2]
    mass = Fraction(element.molar_mass) if element is not None and element.molar_mass else None
    found = mass_substance(own, wanted, mass) if mass is not None else None
    return found[:2] if found is not None else None


ONE = "one pure number"
WANTED = {
    "power": "a pure number and a fixed exponent",
    "round": "a pure number and the number of decimal places",
    "min": "two numbers or more",
    "max": "two numbers or more",
}
EXAMPLES = {
    "power": "write for example `power(lab.creatinine [mg/dL], -1.154)`",
    "round": "write for example `round(a)` or `round(a, 1)`",
    "min": "write for example `min(a, b)`",
    "max": "write for example `max(a, b)`",
}


def function(expression: tree.Function, numbers: Numbers) -> Number | None:
    """`min`, `max` of numbers of one unit; all else of one pure number."""
    name, arguments, exponent = expression.name, expression.arguments, ""
    fits = len(arguments) == 1
    if name in ("min", "max"):
        fits = len(arguments) > 1
    elif name in ("power", "round") and len(arguments) == 2:
        exponent, arguments = _fixed(arguments[1], name), arguments[:1]
        fits = bool(exponent)
    elif name == "power":
        fits = False
    if not fits:
        advice = EXAMPLES.get(name, f"write for example `{name}(a)`")
        wanted = WANTED.get(name, ONE)
        found = FUNCTION_ARGUMENTS.at(expression.where, name=name, wanted=wanted, help=advice)
        numbers.found.append(found)
        return None
    inside: list[Number] = []
    units: list[Unit] = []
    for argument in arguments:
        number = numbers.number(argument)
        own = None if number is None else numbers.operand(number, argument.where)
        if number is None or own is None:
            return None
        inside.append(number)
        units.append(own)
    if not _of_one_unit(expression, units, numbers):
        return None
    fields = {"name": name, "arguments": tuple(inside), "exponent": exponent}
    made = Function.model_validate({**fields, "unit": units[0].code, "where": expression.where})
    return made if _exists(made, expression, numbers) else None


MOST_PLACES = 12


def _fixed(expression: tree.Expression, name: str) -> str:
    """The text of a fixed exponent, "-1.154" or "1/3", or of a number of decimal places."""
    if isinstance(expression, tree.Quantity) and not expression.unit:
        is_count = expression.number.isdecimal() and int(expression.number) <= MOST_PLACES
        return expression.number if name == "power" or is_count else ""
    if name == "power" and isinstance(expression, tree.Arithmetic) and len(expression.rest) == 1:
        (operator, below), above = expression.rest[0], _fixed(expression.first, "power")
        divisor = _fixed(below, "power") if operator == "/" else ""
        is_ratio = above and divisor and "/" not in above + divisor and float(divisor) > 0
        return f"{above}/{divisor}" if is_ratio else ""
    return ""


def _of_one_unit(expression: tree.Function, units: list[Unit], numbers: Numbers) -> bool:
    """Whether the arguments go together, and are pure where they must be; else a diagnostic."""
    name = expression.name
    if name in ("min", "max"):
        for own, argument in zip(units[1:], expression.arguments[1:], strict=True):
            if own.code != units[0].code:
                shown = units[0].display, "another one", own.display
                numbers.found.append(mismatch(argument.where, "the first number", *shown))
                return False
        return True
    one = unit("1")
    if one is None or units[0].code == one.code:
        return True
    advice = f"write the unit of the formula behind the element: `{name}(a [{units[0].display}])`"
    where = expression.arguments[0].where
    numbers.found.append(
        FUNCTION_ARGUMENTS.at(where, name=name, wanted=WANTED.get(name, ONE), help=advice)
    )
    return False


def _exists(made: Function, expression: tree.Function, numbers: Numbers) -> bool:
    """Whether the function has a value whatever its argument is; else a diagnostic."""
    if is_defined(made, numbers.intervals.of(made.arguments[0])):
        return True
    least = "below zero" if takes_least(made) else "that is zero or less"
    where, name, related = numbers.blamed(made.arguments[0], expression.arguments[0].where)
    advice = f"give {name} a `range` {'above zero' if 'or' in least else 'from zero on'}"
    numbers.found.append(
        OUTSIDE_DOMAIN.at(where, name=made.name, least=least, help=advice, related=related)
    )
    return False
