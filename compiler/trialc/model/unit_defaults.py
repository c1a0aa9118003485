"""What a data element takes from its unit where it states no `range` and no `typical` of its own.

The low end is physics: nothing weighs, lasts or counts less than nothing, and no temperature is
below absolute zero. Signed kinds have none. High ends only where the unit itself ends: nobody is
150 years old. Narrower limits belong to the element, and an element that can be negative after all
(a base excess, a change from baseline) says so with a `range`.
"""

from __future__ import annotations

from fractions import Fraction

from trialc.model.units import Unit

SIGNED = {
    "angle",
    "kind:dioptre",
    "kind:hounsfield",
    "kind:log_copy",
    "kind:log_iu",
    "kind:score",
    "kind:t_score",
    "kind:z_score",
}
"""Dimensions whose values lie on both sides of zero; so do pure numbers."""

HIGHEST = {
    "a": 150,
    "mo": 150 * 12,
    "wk": 150 * 53,
    "d": 150 * 366,
    "[pH]": 14,
    "{letters}": 100,
}
"""By unit code."""

TYPICAL = {
    "a": "50",
    "kg": "70",
    "m": "1.7",
    "cm": "170",
    "kg/m2": "24",
    "Cel": "36.8",
    "[degF]": "98.2",
    "K": "310",
    "mm[Hg]": "120",
    "[pH]": "7.4",
    "{INR}": "1",
    "%{predicted}": "100",
    "{x_ULN}": "0.5",
    "{x_LLN}": "1.5",
    "{x_baseline}": "1",
    "mL/min/{1.73_m2}": "90",
}
"""Of units that nearly always measure one thing: its usual value in an adult, by unit code."""


def physical_range(unit: Unit) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest value that anything measured in a unit can have; None: no end."""
    highest = HIGHEST.get(unit.code)
    signed = not unit.dimension or any(name in SIGNED for name, _ in unit.dimension)
    # In the coherent base all scales begin at zero: absolute zero is -273.15 °C.
    lowest = None if signed else -unit.offset / unit.factor
    return lowest, None if highest is None else Fraction(highest)
