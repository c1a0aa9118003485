"""Lengths of time by half-lives of a medicine, and the longer or the shorter of several.

A half-life is stated, or an element or a derived number holds it: then a length is a number of the
participant, and is compared with the days that have passed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from trialc.diagnostics.catalog import recorded
from trialc.diagnostics.catalog import values as kinds
from trialc.model.data import Data
from trialc.model.declared import Duration
from trialc.model.expression import (
    Arithmetic,
    Condition,
    Holds,
    Junction,
    Literal,
    NumberOf,
    Value,
)
from trialc.model.from_syntax.body import Body, Terms, quantity_term
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import duration, exactly, written
from trialc.model.histories import LAST
from trialc.model.units import unit
from trialc.syntax import tree

HALF_LIVES = ("half-lives", "half-life")
"""The unit of a length that is counted by a medicine."""
WASHED_OUT = 5
"""Half-lives after which about 97 % of a medicine have left the body."""
_DAYS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}
"""The fewest and the most days that a unit of the calendar can have."""
_IN_DAYS = {"wk": Fraction(7), "d": Fraction(1), "h": Fraction(1, 24), "min": Fraction(1, 1440)}
HALF_LIFE_FORM = (
    "a time in hours, days or weeks, for example `7 days`, or the name of what holds it: "
    "`half_life: therapy.half_life`"
)


class Length(NamedTuple):
    """A length of time; `text`: as written, where it was calculated, else ""."""

    time: Duration
    text: str = ""

    @property
    def days(self) -> tuple[int, int]:
        """The fewest and the most days that it can be."""
        least, most = _DAYS[self.time.unit]
        return self.time.amount * least, self.time.amount * most


class HalfLives(NamedTuple):
    """So many half-lives of which a participant's own number says how long they are, in days."""

    days: Arithmetic


def half_life(body: Body) -> tree.Quantity | tree.Name | None:
    """The half-life that is stated, or the name of what holds it; None where there is none."""
    found: tree.Quantity | tree.Name | None = body.one("half_life", HALF_LIFE_FORM, _time)
    return found


def holder(half_life: tree.Quantity | tree.Name | None, symbol: Symbol, context: Context) -> str:
    """The id of the element or the derived number that holds a half-life; "" where none does."""
    if not isinstance(half_life, tree.Name):
        return ""
    found = context.names.find(half_life, symbol.unit, ("data", "derive"))
    return found.id if found is not None else ""


def in_half_lives(length: tree.Quantity | tree.Extreme) -> bool:
    """Whether a length, or one of several, is counted by a medicine."""
    each = length.lengths if isinstance(length, tree.Extreme) else (length,)
    return any(one.unit in HALF_LIVES for one in each)


def _time(terms: Terms) -> tree.Quantity | tree.Name | None:
    if len(terms) == 1 and isinstance(terms[0], tree.Name):
        return terms[0]
    stated = quantity_term(terms)
    return stated if stated is not None and exactly(stated) > 0 and _in_days(stated) else None


def _in_days(stated: tree.Quantity) -> Fraction | None:
    """Minutes, hours, days and weeks as days; months are none."""
    own = unit(stated.unit)
    length = _IN_DAYS.get(own.code) if own is not None else None
    return None if length is None else exactly(stated) * length


class Washouts:
    """Reads the lengths of `within` in one protocol."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.found = context.found

    def lengths(
        self, length: tree.Quantity | tree.Extreme, path: str
    ) -> tuple[bool, Sequence[Length | HalfLives]] | None:
        """The length that is meant, for the element `path`; several where it depends on the
        calendar or on the participant which is the longer (True) or the shorter one (False). None
        and a diagnostic for what is no length.
        """
        longer = not isinstance(length, tree.Extreme) or length.longer
        each = length.lengths if isinstance(length, tree.Extreme) else (length,)
        made = [self._length(one, path) for one in each]
        known = [one for one in made if one is not None]
        if len(known) < len(made):
            return None
        held = [one for one in known if isinstance(one, HalfLives)]
        fixed = [one for one in known if isinstance(one, Length)]
        left = _left(fixed, longer) if fixed else ()
        if not held:
            self._short(left, longer, length, path)
        return longer, (*left, *held)

    def _length(self, length: tree.Quantity, path: str) -> Length | HalfLives | None:
        if length.unit not in HALF_LIVES:
            time = duration(length, self.found)
            return Length(time) if time is not None else None
        element = self._medicine(path)
        if element is not None and element.half_life_of:
            return self._held(length, element.half_life_of)
        half = self._half_life(path)
        if half is None:
            advice = "state it where it is declared: `half_life: 7 days`"
            if path in self.context.classes:
                advice = (
                    "it is asked of what is none of the members, too: state the longest that is "
                    "possible, `half_life: 30 days`, or ask each member"
                )
            self.found.append(kinds.HALF_LIFE_MISSING.at(length.where, name=path, help=advice))
            return None
        days = math.ceil(exactly(length) * half)
        time = duration(tree.Quantity(str(days), "days", where=length.where), self.found)
        return Length(time, written(length)) if time is not None else None

    def _half_life(self, path: str) -> Fraction | None:
        element = self._medicine(path)
        if element is None or not element.half_life:
            return None
        number, _, spelling = element.half_life.partition(" ")
        return _in_days(tree.Quantity(number, spelling))

    def _medicine(self, path: str) -> Data | None:
        """The history, or the history whose last day it is."""
        return self.context.data.get(path.removesuffix(f".{LAST}"))

    def _held(self, length: tree.Quantity, holder: str) -> HalfLives | None:
        """So many times the half-life that a number holds; None where that is none, which is
        reported where the medicine is declared.
        """
        number = number_that_holds(holder, self.context)
        in_days = _IN_DAYS.get(number.unit) if number is not None else None
        if number is None or in_days is None:
            return None
        times = Literal(
            value=float(exactly(length)), unit="1", text=length.number, where=length.where
        )
        ratio = {"numerator": in_days.numerator, "denominator": in_days.denominator}
        fields = {"operator": "*", "left": times, "right": number, "unit": "d", **ratio}
        return HalfLives(Arithmetic.model_validate({**fields, "where": length.where}))

    def _short(
        self,
        left: Sequence[Length],
        longer: bool,
        length: tree.Quantity | tree.Extreme,
        path: str,
    ) -> None:
        """Warn of a washout after which the medicine is still there."""
        half = self._half_life(path)
        most = (max if longer else min)(one.days[1] for one in left)
        if half is None or most >= WASHED_OUT * half:
            return
        needed = math.ceil(WASHED_OUT * half)
        stated = written(length) if isinstance(length, tree.Quantity) else "..."
        advice = f"write `longer of ({stated}, {WASHED_OUT} half-lives)` if more is meant"
        name = path.removesuffix(f".{LAST}")
        self.found.append(
            kinds.SHORT_WASHOUT.at(
                length.where, name=name, days=_days(most), needed=_days(needed), help=advice
            )
        )


def _left(lengths: Sequence[Length], longer: bool) -> Sequence[Length]:
    """The longest or the shortest; all that may be it where months decide differently."""
    if longer:
        floor = max(one.days[0] for one in lengths)
        best = [one for one in lengths if one.days[1] >= floor]
    else:
        ceiling = min(one.days[1] for one in lengths)
        best = [one for one in lengths if one.days[0] <= ceiling]
    exact = {one.days for one in best}
    return best[:1] if len(exact) == 1 and best[0].days[0] == best[0].days[1] else best


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


# ---- half-lives that a participant's own number holds


def number_that_holds(name: str, context: Context) -> Value | NumberOf | None:
    """The number that is called so; None for what is no quantity."""
    element = context.data.get(name)
    if element is not None:
        is_one = element.type == "quantity" and name not in context.retests
        return Value(path=name, unit=element.unit) if is_one else None
    code = context.number_units.get(name)
    return NumberOf(name=name, unit=code) if code else None


def check_holders(context: Context) -> None:
    """Report what holds a half-life and is no time; once all elements and units are known."""
    for element in context.data.values():
        name = element.half_life_of
        if not name or context.is_unresolved(name):
            continue
        number = number_that_holds(name, context)
        if number is None or number.unit not in _IN_DAYS:
            advice = "declare it in days or hours: `quantity [d]`"
            kind = recorded.HALF_LIFE_HELD
            found = kind.at(element.where, name=name, medicine=element.id, help=advice)
            context.found.append(found)


def check_who_has_one(context: Context) -> None:
    """Report a half-life that does not exist for everybody who had the medicine."""
    for element in context.data.values():
        name = element.half_life_of
        exists = context.applicable.get(name) if name else None
        if exists is None:
            continue
        last = context.applicable.get(f"{element.id}.{LAST}")
        allowed = [*_all_of(context.applicable.get(element.id)), *_all_of(last)]
        allowed.append(Holds(path=element.id))
        if not all(one in allowed for one in _all_of(exists)):
            advice = f"write `applies when {element.id}` there, or nothing"
            kind = recorded.HALF_LIFE_ABSENT
            found = kind.at(element.where, name=name, medicine=element.id, help=advice)
            context.found.append(found)


def _all_of(condition: Condition | None) -> tuple[Condition, ...]:
    """A condition, or those that it asks together."""
    if isinstance(condition, Junction) and condition.quantifier == "all":
        return tuple(branch.condition for branch in condition.branches)
    return () if condition is None else (condition,)
