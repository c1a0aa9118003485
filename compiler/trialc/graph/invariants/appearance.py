"""How an intervention looks when it is given: what two of them show that is not alike.

Seen are the kind of thing that is done, how often, the route, form, vehicle and volume, and a dose
that shows: a number of tablets, a volume or an area does, also for each kilogram; milligrams or
cells in the same volume do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from trialc.model.code_lists import ACTS
from trialc.model.protocol import Intervention
from trialc.model.units import Unit, unit

SUBSTANCES = ("drug", "biological", "genetic", "dietary_supplement")
"""Types of the registry that look as their route, form and volume do."""

SILENT = ("other", "placebo", "sham", "combination_product")
"""Types that say nothing of how a thing looks: a placebo looks like what it stands for."""

COUNTED = ("kind:tablet", "kind:capsule", "kind:puff")
"""Dimensions of units in which whoever is there counts along."""

SHOWING = {"volume": (("length", 3),), "area": (("length", 2),)}
"""Dimensions of doses that are seen."""

SIZES = (*SHOWING, "number")

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
    size = bool(stated & {"form", *SIZES})
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
    sizes = _of_dose(item)
    if item.volume:  # what it is diluted to
        sizes["volume"] = item.volume, (_quantity(item.volume), "")
    return {
        "frequency": _frequency(item),
        "route": (item.route, _words(item.route)),
        "form": (item.form, _words(item.form)),
        "vehicle": (item.vehicle, _words(item.vehicle)),
        "titration": _titration(item),
        "loading dose": _loading(item),
        **{name: sizes.get(name, ("", None)) for name in SIZES},
    }


OFTEN = {1: "once daily", 2: "twice daily", 3: "three times daily", 4: "four times daily"}
"""Frequencies that the times of a day come to."""


def _frequency(item: Intervention) -> tuple[str, Look]:
    """How often it is given, said or counted from the times of its dose."""
    times = item.dose.times if item.dose is not None else 0
    words = item.frequency or OFTEN.get(times, f"{times} times daily" if times else "")
    return words, _words(words)


def _loading(item: Intervention) -> tuple[str, Look]:
    """A first dose of its own, where that shows."""
    loading = item.loading_dose
    sizes = _of_dose(item.model_copy(update={"dose": loading})) if loading is not None else {}
    return next(iter(sizes.values()), ("", None))


def _of_dose(item: Intervention) -> dict[str, tuple[str, Look]]:
    """What a dose shows of itself, with the element that it goes by: tablets, 5 mL/kg of the body
    weight, a patch of 10 cm².
    """
    dose = item.dose
    given = unit(dose.unit.split("/")[0]) if dose is not None and dose.unit else None
    if dose is None or given is None:
        return {}
    if dose.portions:
        parts = tuple((one.time, _quantity(one.text)) for one in dose.portions)
        return _shown(given, (dose.text, parts))
    # A maximum shows in those whose dose would be higher; a fixed dose is never above it.
    limits = (item.maximum, item.rounded) if dose.element or dose.number else ("", "")
    text = ", ".join((dose.text, *(limit for limit in limits if limit)))
    amount = (_quantity(dose.text), dose.element)
    shown: tuple[str, Look] = (text, (*amount, *map(_quantity, limits)) if any(limits) else amount)
    return _shown(given, shown)


def _shown(given: Unit, shown: tuple[str, Look]) -> dict[str, tuple[str, Look]]:
    """What is seen of an amount in a unit; nothing of milligrams."""
    if any(name in COUNTED for name, _ in given.dimension):
        return {"number": shown}
    return {name: shown for name, size in SHOWING.items() if given.dimension == size}


def _titration(item: Intervention) -> tuple[str, Look]:
    """When the dose goes up or down; and to how much, where that shows."""
    found = item.titration
    if found is None:
        return "", None
    rules = tuple(rule and (rule.every, rule.until, rule.when) for rule in (found.up, found.down))
    steps = tuple(_of_dose(item.model_copy(update={"dose": step})) for step in found.steps)
    looks = tuple(tuple((name, look) for name, (_, look) in step.items()) for step in steps)
    return f"{len(found.steps)} steps from {found.steps[0].text}", (len(steps), rules, looks)


def _words(text: str) -> Look:
    return " ".join(text.casefold().split()) or None


def _quantity(text: str) -> Look:
    """The amount in base units: 50 mL and 0.05 L are one."""
    number, _, spelling = text.partition(" ")
    known = unit(spelling) if spelling else None
    if known is None:
        return _words(text)
    return Fraction(number) * known.factor, known.dimension
