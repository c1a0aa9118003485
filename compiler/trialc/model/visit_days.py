"""On which days visits are, as far as the protocol says: by the calendar, for every kind of month.

Dates are counted as in the runtime (docs/semantics.md section 3), from day 0 on many days of the
year: what holds for all of them holds for every participant.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from trialc.model.timeline import Visit
from trialc_runtime.calendar import add, day_number, days_in_month

YEARS = (2027, 2028)
"""One without and one with a leap day; windows reach into the year after."""

ANCHORS = tuple(
    day_number(year, month, day)
    for year in YEARS
    for month in range(1, 13)
    for day in (1, 15, 28, 29, 30, 31)
    if day <= days_in_month(year, month)
)
"""Days 0 that show every length of month, from its beginning, its middle and its ends."""


class VisitDays:
    """`root` of a visit: the visit that its date is counted from in the end: the anchor, or one
    whose own date nobody can tell beforehand, such as a span, a later anchor, or what is counted
    from an actual day. Visits with one root can be compared.
    """

    def __init__(self, visits: Iterable[Visit]) -> None:
        self.visits = {visit.id: visit for visit in visits}
        self.roots = {name: self._root(name) for name in self.visits}

    def _root(self, name: str) -> str:
        """ "" where a circle of visits has no root."""
        seen: set[str] = set()
        if name in self.visits and self.visits[name].timing == "span":
            name = self.visits[name].base
        while name in self.visits and self.visits[name].timing == "offset":
            if name in seen:
                return ""
            seen.add(name)
            name = self.visits[name].base
        return name if name in self.visits else ""

    def day(self, name: str, start: int) -> float:
        """The target day, if the root is on day `start`, of a span its first; hours are fractions
        of a day.
        """
        links: list[Visit] = []
        visit = self.visits[name]
        if visit.timing == "span":
            links.append(visit)
            visit = self.visits[visit.base]
        while visit.timing == "offset":
            links.append(visit)
            visit = self.visits[visit.base]
        day = float(start)
        for link in reversed(links):
            if link.offset is not None:
                day = later(day, link.offset.amount, link.offset.unit)
        return day

    def span(self, name: str, start: int) -> tuple[float, float]:
        """The first and the last day of the window; where none is stated, of the target itself;
        without limit on a side that the window leaves open.
        """
        visit = self.visits[name]
        target, window = self.day(name, start), visit.window
        if visit.last is not None:
            return target, later(self.day(visit.base, start), visit.last.amount, visit.last.unit)
        if window is None or visit.timing not in ("offset", "counted"):
            return target, target
        first = -inf if window.early is None else later(target, window.early, window.unit)
        last = inf if window.late is None else later(target, window.late, window.unit)
        return first, last

    def comparable(self, one: str, other: str) -> bool:
        """Whether both are counted from one day."""
        return bool(self.roots.get(one)) and self.roots[one] == self.roots.get(other)


def later(day: float, amount: int, unit: str) -> float:
    """A day moved by civil units; hours are fractions of a day."""
    if unit == "hour":
        return day + amount / 24
    whole = int(day // 1)
    return add(whole, amount, unit) + (day - whole)
