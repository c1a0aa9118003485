"""Visits that are counted from a day that the text calls Day 1: its Day 23 is 22 days later."""

from __future__ import annotations

import re
from collections.abc import Mapping

from trialc.model.declared import Duration
from trialc.model.protocol import Protocol, Visit

_DAY_1 = re.compile(r"\bday[\s_]*0?1\b", re.IGNORECASE)
_CALLED_DAY_1 = re.compile(r"D(?:AY)?_?0?1", re.IGNORECASE)
_ONE = r"[-−–]?\d+(?![\d.])(?!\s*(?:hour|day|week|month|year))"
_NUMBERED = re.compile(
    rf"\bdays?\s+{_ONE}(?:\s*(?:,\s*and|,|and|or|to|through|-|–)\s*(?:day\s+)?{_ONE})*",
    re.IGNORECASE,
)
_DAY = re.compile(r"[-−–]?\d+")
_DAYS = {"day": 1, "week": 7}


def day_numbers(words: str) -> set[int]:
    """The days that some words number: "Day 23", "Days 1, 8 and 15"."""
    found: set[int] = set()
    for phrase in _NUMBERED.findall(words):
        for text in _DAY.findall(phrase):
            found |= {int(text.lstrip("-−–")), int(re.sub("[−–]", "-", text))}
    return found


def without_day_numbers(words: str) -> str:
    """The words without the days that they number: in these a number is a length of time."""
    return _NUMBERED.sub(" ", words)


class DayOne:
    """The visits of a protocol, if its anchor is the Day 1 of the text."""

    def __init__(self, protocol: Protocol) -> None:
        self.visits: Mapping[str, Visit] = {visit.id: visit for visit in protocol.visits}
        anchors = (visit for visit in protocol.visits if visit.timing == "anchor")
        self.anchors = {v.id for v in anchors if is_day_1(v)}

    def states(self, visit: Visit, offset: Duration, words: str) -> bool | None:
        """Whether words number the day so far from the visit's base; None where days cannot be
        numbered. A day before Day 1 is Day 0 in some texts and Day -1 in others.
        """
        if number := number_of(visit, offset):
            return int(number) in day_numbers(words)
        start = self._days(visit.base)
        if start is None or offset.unit not in _DAYS:
            return None
        day = start + offset.amount * _DAYS[offset.unit]
        return not day_numbers(words).isdisjoint({day + 1} if day >= 0 else {day, day + 1})

    def _days(self, base: str) -> int | None:
        """How many days after Day 1 a visit is; None where nobody can tell."""
        days, seen = 0, set[str]()
        while base not in self.anchors:
            visit = self.visits.get(base)
            if visit is None or base in seen or visit.timing != "offset" or visit.offset is None:
                return None
            if visit.offset.unit not in _DAYS:
                return None
            seen.add(base)
            days += visit.offset.amount * _DAYS[visit.offset.unit]
            base = visit.base
        return days


def number_of(visit: Visit, offset: Duration) -> str:
    """What the protocol calls the day of a visit, or the last one of a span; "" where it does not
    number it.
    """
    return visit.last_day if offset is visit.last else visit.day


def is_day_1(visit: Visit) -> bool:
    """Whether a visit is Day 1: `anchor day 1`; where it does not say, by its name: `D1`, "Baseline
    (Day 1)".
    """
    if visit.day:
        return visit.day == "1"
    return bool(_CALLED_DAY_1.fullmatch(visit.id) or _DAY_1.search(visit.title))
