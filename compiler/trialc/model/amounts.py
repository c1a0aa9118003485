"""Amounts of doses, compared by value."""

from __future__ import annotations

from fractions import Fraction

from trialc.model.design import Dose
from trialc.model.units import Unit, compatible, unit


def given_unit(dose: Dose) -> Unit | None:
    """The unit of what is given in the end: of `5 mg/kg` of a weight it is mg."""
    return unit(dose.unit.split("/")[0]) if dose.element else unit(dose.unit)


def amount_of(text: str) -> tuple[Fraction, Unit] | None:
    """ "50 mg" as a number in base units, with its unit; None for anything else."""
    number, _, spelling = text.partition(" ")
    known = unit(spelling) if spelling else None
    return (Fraction(number) * known.factor, known) if known is not None else None


def is_more(one: str, other: str) -> bool:
    """Whether the first amount is certainly more than the second: 1 g is more than 800 mg."""
    first, second = amount_of(one), amount_of(other)
    if first is None or second is None or not compatible(first[1], second[1]):
        return False
    return first[0] > second[0]


def is_multiple(one: str, other: str) -> bool:
    """Whether the first is a whole number of times the second; True where nothing is known."""
    first, second = amount_of(one), amount_of(other)
    if first is None or second is None or not compatible(first[1], second[1]):
        return True
    return (first[0] / second[0]).denominator == 1
