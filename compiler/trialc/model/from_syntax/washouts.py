"""Lengths of time by half-lives of a medicine, and the longer or the shorter of several."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from trialc.diagnostics.catalog import values as kinds
from trialc.model.declared import Duration
from trialc.model.from_syntax.body import Body, Terms, quantity_term
from trialc.model.from_syntax.context import Context
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
    "a time in hours, days or weeks, for example `7 days`; of one that an element holds, write "
    "`days_ago - 1 d < 5 * therapy.half_life` with `derive days_ago`"
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


def half_life(body: Body) -> str:
    """The stated half-life, as written; "" where none is."""
    stated: tree.Quantity | None = body.one("half_life", HALF_LIFE_FORM, _time)
    return written(stated) if stated else ""


def _time(terms: Terms) -> tree.Quantity | None:
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
    ) -> tuple[bool, Sequence[Length]] | None:
        """The length that is meant, for the element `path`; several where it depends on the
        calendar which is the longer (True) or the shorter one (False). None and a diagnostic for
        what is no length.
        """
        longer = not isinstance(length, tree.Extreme) or length.longer
        each = length.lengths if isinstance(length, tree.Extreme) else (length,)
        made = [self._length(one, path) for one in each]
        known = [one for one in made if one is not None]
        if len(known) < len(made):
            return None
        left = _left(known, longer)
        self._short(left, longer, length, path)
        return longer, left

    def _length(self, length: tree.Quantity, path: str) -> Length | None:
        if length.unit not in HALF_LIVES:
            time = duration(length, self.found)
            return Length(time) if time is not None else None
        half = self._half_life(path)
        if half is None:
            advice = "state it where the history is declared: `half_life: 7 days`"
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
        """Days, of a history or of the history whose last day it is."""
        element = self.context.data.get(path.removesuffix(f".{LAST}"))
        if element is None or not element.half_life:
            return None
        number, _, spelling = element.half_life.partition(" ")
        return _in_days(tree.Quantity(number, spelling))

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
