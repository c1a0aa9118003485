"""When visits take place, as far as the protocol says: by the calendar, for every kind of month.

Dates are counted as in the runtime (docs/semantics.md section 3), from day 0 on many days of the
year: what holds for all of them holds for every participant.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import networkx as nx

from trialc.graph.study import Study
from trialc.model.protocol import Visit
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


def timing(study: Study) -> Timing:
    """The timing of a study's visits, made once for all checks."""
    return _timing(study.protocol.visits)


@lru_cache(maxsize=4)
def _timing(visits: tuple[Visit, ...]) -> Timing:
    return Timing(visits)


class Timing:
    """`root` of a visit: the visit that its date is counted from in the end: the anchor, or one
    whose own date nobody can tell beforehand. Visits with one root can be compared.
    """

    def __init__(self, visits: Iterable[Visit]) -> None:
        self.visits = {visit.id: visit for visit in visits}
        self.roots = {name: self._root(name) for name in self.visits}
        self.days = {
            name: tuple(self.day(name, start) for start in ANCHORS)
            for name, root in self.roots.items()
            if root
        }
        self.order = self._order()

    def _root(self, name: str) -> str:
        """ "" where a circle of visits has no root."""
        seen: set[str] = set()
        while name in self.visits and self.visits[name].timing == "offset":
            if name in seen:
                return ""
            seen.add(name)
            name = self.visits[name].base
        return name if name in self.visits else ""

    def day(self, name: str, start: int) -> float:
        """The target day, if the root is on day `start`; hours are fractions of a day."""
        links: list[Visit] = []
        visit = self.visits[name]
        while visit.timing == "offset":
            links.append(visit)
            visit = self.visits[visit.base]
        day = float(start)
        for link in reversed(links):
            if link.offset is not None:
                day = _later(day, link.offset.amount, link.offset.unit)
        return day

    def span(self, name: str, start: int) -> tuple[float, float]:
        """The first and the last day of the window; where none is stated, of the target itself."""
        target, window = self.day(name, start), self.visits[name].window
        if window is None or name == self.roots[name]:
            return target, target
        first, last = (_later(target, end, window.unit) for end in (window.early, window.late))
        return first, last

    def comparable(self, one: str, other: str) -> bool:
        """Whether both are counted from one day."""
        return bool(self.roots.get(one)) and self.roots[one] == self.roots.get(other)

    def in_days(self, name: str) -> bool:
        """Whether nothing about the date is counted in hours."""
        visit = self.visits[name]
        while True:
            window, offset = visit.window, visit.offset
            if (window and window.unit == "hour") or (offset and offset.unit == "hour"):
                return False
            if visit.timing != "offset":
                return True
            visit = self.visits[visit.base]

    def is_after(self, one: str, other: str) -> bool:
        """Whether a visit is certainly later than another one, for every participant."""
        if one not in self.order or other not in self.order:
            return False
        return nx.has_path(self.order, other, one) and not nx.has_path(self.order, one, other)

    def all_after(self, ones: Iterable[str], others: Iterable[str]) -> bool:
        """Whether every one of some visits is certainly later than every one of some others."""
        pairs = [(one, other) for other in others for one in ones]
        return bool(pairs) and all(self.is_after(one, other) for one, other in pairs)

    def _order(self) -> nx.DiGraph[str]:
        """An edge to each visit that is at the same time or later."""
        order: nx.DiGraph[str] = nx.DiGraph()
        order.add_nodes_from(self.days)
        for one, days in self.days.items():
            for other, later in self.days.items():
                if one == other or not self.comparable(one, other):
                    continue
                if all(a <= b for a, b in zip(days, later, strict=True)):
                    order.add_edge(one, other)
            if self.visits[one].timing == "before" and self.visits[one].base in self.days:
                order.add_edge(one, self.visits[one].base)
        return order


def _later(day: float, amount: int, unit: str) -> float:
    if unit == "hour":
        return day + amount / 24
    whole = int(day // 1)
    return add(whole, amount, unit) + (day - whole)
