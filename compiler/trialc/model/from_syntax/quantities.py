"""Numbers with units, as written, to literals in the unit that is needed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import types as kinds
from trialc.model.expression import Literal
from trialc.model.protocol import Data, Duration
from trialc.model.units import Unit, compatible, convert_exact, mass_substance, suggestions, unit
from trialc.source import Span
from trialc.syntax import tree

PLAIN = ("{score}", "1")
"""Units in which a number may stand without one."""


def find_unit(spelling: str, where: Span, found: list[Diagnostic]) -> Unit | None:
    """The unit of a spelling, or None and a diagnostic."""
    known = unit(spelling)
    if known is None:
        guesses = suggestions(spelling)
        advice = (
            f"did you mean `{guesses[0]}`?" if guesses else "see the list of units in docs/units.md"
        )
        found.append(kinds.UNKNOWN_UNIT.at(where, unit=spelling, help=advice))
    return known


def written(quantity: tree.Quantity) -> str:
    """A quantity in the words of the author: "11 g/dL"."""
    return f"{quantity.number} {quantity.unit}".strip()


def literal(
    quantity: tree.Quantity,
    code: str,
    name: str,
    found: list[Diagnostic],
    element: Data | None = None,
) -> Literal | None:
    """A quantity as a number in unit `code`, the unit of `name`; converted exactly, rounded once."""
    wanted = unit(code)
    if not quantity.unit:
        if code not in PLAIN and wanted is not None:
            found.append(
                kinds.NEEDS_UNIT.at(
                    quantity.where,
                    number=quantity.number,
                    name=name,
                    unit=wanted.display,
                    help=f"write `{quantity.number} {wanted.display}`",
                )  # fmt: skip
            )
            return None
        exact = Fraction(Decimal(quantity.number))
    else:
        own = find_unit(quantity.unit, quantity.where, found)
        if own is None or wanted is None:
            return None
        converted = _convert(quantity.number, own, wanted, element)
        if converted is None:
            found.append(
                kinds.UNIT_MISMATCH.at(
                    quantity.where,
                    left=name,
                    left_unit=wanted.display,
                    right=written(quantity),
                    right_unit=own.display,
                )
            )
            return None
        exact = converted
    value = Literal(value=float(exact), unit=code, text=written(quantity), where=quantity.where)
    if element is not None:
        _check_range(exact, value, element, found)
    return value


def _convert(number: str, own: Unit, wanted: Unit, element: Data | None) -> Fraction | None:
    if compatible(own, wanted):
        return convert_exact(number, own, wanted)
    if element is not None and element.molar_mass:
        ratio = mass_substance(own, wanted, Fraction(element.molar_mass))
        if ratio is not None:
            numerator, denominator, shift, below = ratio
            return Fraction(Decimal(number)) * numerator / denominator + Fraction(shift, below)
    return None


def _check_range(exact: Fraction, value: Literal, element: Data, found: list[Diagnostic]) -> None:
    """A threshold must lie in the element's range and on its grid."""
    low, high = element.low, element.high
    if (low is not None and exact < Fraction(str(low))) or (
        high is not None and exact > Fraction(str(high))
    ):
        found.append(
            kinds.OUT_OF_RANGE.at(
                value.where,
                number=value.text,
                name=element.id,
                low=plain(low),
                high=plain(high),
                help="change the threshold, or the `range` of the element",
            )  # fmt: skip
        )
    elif element.resolution and (exact / Fraction(Decimal(element.resolution))).denominator != 1:
        found.append(
            kinds.OFF_GRID.at(
                value.where,
                number=value.text,
                name=element.id,
                step=element.resolution,
                help="write a value that can be reported, or declare a finer `resolution`",
            )  # fmt: skip
        )


def plain(number: float | None) -> str:
    """A number for people: no trailing `.0`; "any" where there is no limit."""
    if number is None:
        return "any"
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


CALENDAR = ("hour", "day", "week", "month", "year")


def duration(quantity: tree.Quantity, found: list[Diagnostic], sign: str = "") -> Duration | None:
    """A whole number of calendar units, signed."""
    word = quantity.unit.removesuffix("s")
    if word not in CALENDAR:
        found.append(
            kinds.NOT_CALENDAR.at(
                quantity.where, text=written(quantity), help="write for example `3 months`"
            )
        )
        return None
    number = Decimal(quantity.number)
    if number != int(number) or number > 100_000:
        found.append(kinds.NOT_WHOLE.at(quantity.where, number=quantity.number))
        return None
    amount = -int(number) if sign == "-" else int(number)
    return Duration.model_validate({"amount": amount, "unit": word, "where": quantity.where})
