"""Lengths of time between what has a day and perhaps a time of day (docs/semantics.md section 7).

Hours are counted as the clock at the site shows them. Where a time is not known, it may be any
minute of its day: what follows is true of every one of them, or it is not said.
"""

from __future__ import annotations

from trialc_runtime.calendar import add, iso

_MINUTES = 1440
_LAST = 1439

TYPE_CHECKING = False
if TYPE_CHECKING:
    Moment = tuple[int, int | None]  # day number, minute of the day


def earliest(moment: Moment) -> int:
    """The first minute that a moment can be."""
    return moment[0] * _MINUTES + (moment[1] or 0)


def latest(moment: Moment) -> int:
    """The last minute that a moment can be."""
    return moment[0] * _MINUTES + (_LAST if moment[1] is None else moment[1])


def passed(start: Moment, amount: int, unit: str, end: Moment) -> bool | None:
    """Whether so much time lies between two moments: calendar units by the day, hours by the
    minute; None where it depends on a time that is not known.
    """
    if unit != "hour":
        return add(start[0], amount, unit) <= end[0]
    if earliest(end) - latest(start) >= 60 * amount:
        return True
    return None if latest(end) - earliest(start) >= 60 * amount else False


def due(start: Moment, amount: int, unit: str) -> str:
    """When so much time after a moment is reached, in words: a date, with hours also a time."""
    if unit != "hour":
        return iso(add(start[0], amount, unit))
    day, minute = divmod(latest(start) + 60 * amount, _MINUTES)
    words = f"{iso(day)} at {minute // 60:02d}:{minute % 60:02d}"
    return words if start[1] is not None else f"{words} at the latest"
