"""How an intervention looks when it is given: what two of them show that is not alike.

Seen are the kind of thing that is done, the route, form, vehicle and volume, and a dose that shows:
a number of tablets does, milligrams or cells in the same volume do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from trialc.model.code_lists import ACTS
from trialc.model.protocol import Intervention
from trialc.model.units import unit

SUBSTANCES = ("drug", "biological", "genetic", "dietary_supplement")
"""Types of the registry that look as their route, form and volume do."""

SILENT = ("other", "placebo", "sham", "combination_product")
"""Types that say nothing of how a thing looks: a placebo looks like what it stands for."""

COUNTED = ("kind:tablet", "kind:capsule", "kind:puff")
"""Dimensions of units in which whoever is there counts along."""

VOLUME = (("length", 3),)

Look = object
"""What two appearances are compared by; None where nothing is stated."""


@dataclass(frozen=True)
class Difference:
    """One thing that differs, in words. `certain`: both sides state it, and it shows."""

    name: str
    first: str
    second: str
    certain: bool

    @property
    def stated(self) -> bool:
        """Whether both sides say something."""
        return bool(self.first and self.second)


def differences(first: Intervention, second: Intervention) -> Iterator[Difference]:
    """What is seen of one intervention and not of the other."""
    if first.id == second.id:
        return
    types = first.type, second.type
    if types[0] != types[1]:
        certain, alike = _apart(*types), all(_is_given(kind) for kind in types)
        if not alike:
            yield Difference("type", first.type, second.type, certain)
        if certain:
            return  # surgery has no route; that tablets have one is no news beside it
    ours, theirs = _looks(first), _looks(second)
    for name, (word, look) in ours.items():
        other, seen = theirs[name]
        if look != seen:
            yield Difference(name, word, other, None not in (look, seen))


def unstated(first: Intervention, second: Intervention) -> str:
    """What neither of two substances states, so that nobody can tell whether they look alike."""
    if first.id == second.id or not (_is_given(first.type) and _is_given(second.type)):
        return ""
    sides = _looks(first), _looks(second)
    stated = {name for side in sides for name, (_, look) in side.items() if look is not None}
    size = bool(stated & {"form", "volume", "number"})
    if "route" in stated:
        return "" if size else "the form or volume"
    return "the route" if size else "the route, form or volume"


def _is_given(kind: str) -> bool:
    return kind in SUBSTANCES or kind in SILENT


def _apart(first: str, second: str) -> bool:
    """Whether nobody takes the one for the other: an act and a substance."""
    return (first in ACTS and second in SUBSTANCES) or (first in SUBSTANCES and second in ACTS)


def _looks(item: Intervention) -> dict[str, tuple[str, Look]]:
    """Each thing that is seen, as it is written and as it is compared."""
    dose = item.dose
    own = unit(dose.unit) if dose is not None else None
    volume, number = item.volume, ""
    if dose is not None and own is not None:
        if any(name in COUNTED for name, _ in own.dimension):
            number = dose.text
        elif own.dimension == VOLUME and not dose.element:
            volume = volume or dose.text  # what is drawn up, if nothing is added to it
    per = dose.element if dose is not None and number else ""
    return {
        "route": (item.route, _words(item.route)),
        "form": (item.form, _words(item.form)),
        "vehicle": (item.vehicle, _words(item.vehicle)),
        "volume": (volume, _quantity(volume)),
        "number": (number, (_quantity(number), per) if number else None),
    }


def _words(text: str) -> Look:
    return " ".join(text.casefold().split()) or None


def _quantity(text: str) -> Look:
    """The amount in base units: 50 mL and 0.05 L are one."""
    number, _, spelling = text.partition(" ")
    known = unit(spelling) if spelling else None
    if known is None:
        return _words(text)
    return Fraction(number) * known.factor, known.dimension
