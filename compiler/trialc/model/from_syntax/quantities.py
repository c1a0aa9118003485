"""Numbers with units, as written, to literals in the unit that is needed."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import types as kinds
from trialc.diagnostics.catalog.values import TWO_UNITS
from trialc.model.data import Data
from trialc.model.declared import Duration
from trialc.model.expression import Literal
from trialc.model.units import Unit, compatible, convert_exact, mass_substance, suggestions, unit
from trialc.source import Span
from trialc.syntax import tree

PLAIN = ("{score}", "1")
"""Units in which a number may stand without one."""


def find_unit(spelling: str, where: Span, found: list[Diagnostic]) -> Unit | None:
    """The unit of a spelling, or None and a diagnostic."""
    known = unit(spelling)
    if known is None:
        guesses = suggestions(spelling) if len(spelling) <= LONGEST_GUESSED else ()
        advice = (
            f"did you mean `{guesses[0]}`?"
            if guesses
            else "units are UCUM codes and their everyday spellings"
        )
        found.append(kinds.UNKNOWN_UNIT.at(where, unit=spelling, help=advice))
    return known


LONGEST_GUESSED = 40
"""Characters of a spelling for which a near one is sought: more are no slip of the finger."""


def shown_unit(code: str) -> str:
    """A unit as documents print it."""
    known = unit(code)
    return known.display if known is not None else code


def mismatch(
    where: Span, left: str, left_unit: str, right: str, right_unit: str, advice: str = ""
) -> Diagnostic:
    """Two units that do not go together."""
    return kinds.UNIT_MISMATCH.at(
        where, left=_side(left), left_unit=left_unit, right=_side(right), right_unit=right_unit,
        help=advice or _alike(left_unit, right_unit) or _both_in(left_unit, right_unit),
    )  # fmt: skip


SURFACE = "/1.73 m²"


def _alike(left: str, right: str) -> str:
    """Units that only look alike: of the participant, and of a standard body surface."""
    if left.removesuffix(SURFACE) != right.removesuffix(SURFACE):
        return ""
    return (
        f"{right} and {left} are different measures: one is for a body surface of 1.73 m², the "
        "other the participant's own; write the one that the element is reported in"
    )


def _both_in(left: str, right: str) -> str:
    """The way out for two units; of mass and of substance, that a molar mass connects them."""
    counted = right.rstrip("s")
    if left.rstrip("s") in DAYS and counted in DAYS:
        return f"write it in {left}, or count in {counted}s: `{counted}s from A to B`"
    advice = f"write both in {left}, or in a unit that converts into it"
    one, other = unit(left), unit(right)
    if one is not None and other is not None and mass_substance(one, other, Fraction(1)):
        advice += "; mass and substance convert where the element states `molar_mass`"
    return advice


def _side(text: str) -> str:
    """What the author wrote in backticks; what we call it, "the formula", without."""
    return text if text.startswith("the ") else f"`{text}`"


def range_reversed(where: Span, text: str) -> Diagnostic:
    """A range whose ends stand the wrong way round, or are the same."""
    low, _, high = text.partition(" .. ")
    unit_ = high.partition(" ")[2]
    if unit_ and " " not in low:  # "89 .. 30 mL/min": the unit is that of both
        low, high = f"{low} {unit_}", high.partition(" ")[0]
    advice = f"swap the ends: `{high} .. {low}`" if low != high else "write two different ends"
    return kinds.RANGE_REVERSED.at(where, range=text, help=advice)


def not_a_number(
    where: Span, text: str, found: str, wanted: str = "a number or a date", help: str = ""
) -> Diagnostic:
    """Something else than what is compared or calculated here."""
    return kinds.NOT_A_NUMBER.at(where, text=text, found=found, wanted=wanted, help=help)


def written(quantity: tree.Quantity) -> str:
    """A quantity in the words of the author: "11 g/dL"."""
    return f"{quantity.number} {quantity.unit}".strip()


def exactly(quantity: tree.Quantity) -> Fraction:
    """The number of a quantity, in its own unit."""
    return Fraction(Decimal(quantity.number))


def literal(
    quantity: tree.Quantity,
    code: str,
    name: str,
    found: list[Diagnostic],
    element: Data | None = None,
) -> Literal | None:
    """A quantity as a number in unit `code`, that of `name`; converted exactly, rounded once."""
    exact = in_unit(quantity, unit(code), name, found, element)
    if exact is None:
        return None
    own = unit(code)
    text = written(quantity)
    if quantity.also is not None:
        if not _agrees(quantity, quantity.also, element, found):
            return None
        text = f"{text} ({written(quantity.also)})"
    value = Literal(
        value=float(exact),
        unit=own.code if own else code,
        text=text,
        where=quantity.where,
    )
    if element is not None:
        check_range(exact, value, element, found)
    return value


def _agrees(
    first: tree.Quantity, second: tree.Quantity, element: Data | None, found: list[Diagnostic]
) -> bool:
    """Whether a quantity is what stands in parentheses behind it, as far as that is printed."""
    own = find_unit(first.unit, first.where, found)
    other = find_unit(second.unit, second.where, found)
    if own is None or other is None:
        return False
    exact = _convert(first.number, own, other, element)
    if exact is None:
        found.append(
            mismatch(second.where, written(first), own.display, written(second), other.display)
        )
        return False
    step = Fraction(1, 10 ** max(0, -int(Decimal(second.number).as_tuple().exponent)))
    if abs(exact - exactly(second)) * 2 <= step:
        return True
    shown = format(float(round(exact / step) * step), ".15g")
    converted = f"{shown} {other.display}"
    advice = f"write `{written(first)} ({converted})`, or the limit that is meant"
    found.append(
        TWO_UNITS.at(
            second.where, first=written(first), converted=converted, second=written(second),
            help=advice,
        )
    )  # fmt: skip
    return False


def in_unit(
    quantity: tree.Quantity,
    wanted: Unit | None,
    name: str,
    found: list[Diagnostic],
    element: Data | None = None,
) -> Fraction | None:
    """The exact number in the unit of `name`, or None and a diagnostic."""
    if not quantity.unit:
        return None if lacks_unit(quantity, wanted, name, found) else exactly(quantity)
    own = find_unit(quantity.unit, quantity.where, found)
    if own is None or wanted is None:
        return None
    converted = _convert(quantity.number, own, wanted, element)
    if converted is None:
        right = written(quantity)
        found.append(mismatch(quantity.where, name, wanted.display, right, own.display))
    return converted


def lacks_unit(
    quantity: tree.Quantity, wanted: Unit | None, name: str, found: list[Diagnostic]
) -> bool:
    """Whether a number stands alone where it needs the unit of `name`; that is reported."""
    if quantity.unit or wanted is None or wanted.code in PLAIN:
        return False
    found.append(
        kinds.NEEDS_UNIT.at(
            quantity.where,
            number=quantity.number,
            name=name,
            unit=wanted.display,
            help=f"write `{quantity.number} {wanted.display}`",
        )
    )
    return True


def _convert(number: str, own: Unit, wanted: Unit, element: Data | None) -> Fraction | None:
    if compatible(own, wanted):
        return convert_exact(number, own, wanted)
    if element is not None and element.molar_mass:
        ratio = mass_substance(own, wanted, Fraction(element.molar_mass))
        if ratio is not None:
            numerator, denominator, shift, below = ratio
            return Fraction(Decimal(number)) * numerator / denominator + Fraction(shift, below)
    return None


def check_range(
    exact: Fraction,
    value: Literal,
    element: Data,
    found: list[Diagnostic],
    on_grid: bool = True,
) -> None:
    """A threshold must lie in the element's range and on its grid."""
    low, high = element.low, element.high
    below = low is not None and exact < Fraction(str(low))
    above = high is not None and exact > Fraction(str(high))
    if below or above:
        own = unit(element.unit)
        printed = f" {own.display}" if own is not None and own.code not in PLAIN else ""
        advice = "change the threshold, or the `range` of the element"
        if printed and not value.text.endswith(printed):
            advice = f"`{value.text}` is {value.value:g}{printed}: {advice}"
        found.append(
            kinds.OUT_OF_RANGE.at(
                value.where,
                number=value.text,
                name=element.id,
                range=f"{element.range_words}{printed}",
                help=advice,
            )
        )
    elif on_grid and element.resolution and (exact / Fraction(element.resolution)).denominator != 1:
        found.append(
            kinds.OFF_GRID.at(
                value.where,
                number=value.text,
                name=element.id,
                step=element.resolution,
                help="write a value that can be reported, or declare a finer `resolution`",
            )
        )


def _in_calendar_units(quantity: tree.Quantity, units: Collection[str]) -> str:
    """What to write instead of a time that is none of the calendar."""
    known = unit(quantity.unit)
    parts = _OF_A_DAY.get(known.code) if known is not None else None
    if parts is None or "day" not in units or Decimal(quantity.number) <= 0:
        example = "3 months" if "month" in units else f"3 {next(iter(units))}s"
        return f"write for example `{example}`"
    days = Fraction(Decimal(quantity.number)) / parts
    choice = [int(days)] if days.denominator == 1 else [int(days), int(days) + 1]
    told = [f"`{count} day`" if count == 1 else f"`{count} days`" for count in choice if count]
    return (
        f"write {' or '.join(told)}: dates are those of the calendar, without a time of day, and "
        "the last day counts whole"
    )


_OF_A_DAY = {"h": 24, "min": 1440, "s": 86400}
"""How many of a unit make a day."""
DAYS = ("day", "week", "month", "year")
"""Units that a calendar of days counts."""
LONGEST_TIME = 100_000


def duration(
    quantity: tree.Quantity,
    found: list[Diagnostic],
    sign: str = "",
    units: Collection[str] = DAYS,
    least: int = 0,
) -> Duration | None:
    """A whole number of calendar units, signed by `sign`, or None and a diagnostic."""
    word = quantity.unit.removesuffix("s")
    number = Decimal(quantity.number)
    if word not in units or number < least or quantity.also is not None:
        advice = _in_calendar_units(quantity, units)
        found.append(kinds.NOT_CALENDAR.at(quantity.where, text=written(quantity), help=advice))
        return None
    if number != int(number) or number > LONGEST_TIME:
        found.append(kinds.NOT_WHOLE.at(quantity.where, number=quantity.number))
        return None
    amount = -int(number) if sign == "-" else int(number)
    return Duration.model_validate({"amount": amount, "unit": word, "where": quantity.where})
