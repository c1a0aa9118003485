"""The order of a study's visits: which is certainly later than which."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import inf

import networkx as nx

from trialc.graph.from_model import in_order
from trialc.graph.study import Study
from trialc.model.protocol import Visit
from trialc.model.visit_days import ANCHORS, VisitDays


def timing(study: Study) -> Timing:
    """The timing of a study's visits, made once for all checks."""
    return _timing(study.protocol.visits)


@lru_cache(maxsize=4)
def _timing(visits: tuple[Visit, ...]) -> Timing:
    return Timing(visits)


class Timing(VisitDays):
    """The days of visits, and their order."""

    def __init__(self, visits: Iterable[Visit]) -> None:
        super().__init__(visits)
        self.days = {
            name: tuple(self.day(name, start) for start in ANCHORS)
            for name, root in self.roots.items()
            if root
        }
        self.ends = {
            name: tuple(self.span(name, start)[1] for start in ANCHORS)
            if self.visits[name].timing == "span"
            else days
            for name, days in self.days.items()
        }
        """The last day of spans; of all others the target, too."""
        self.order = self._order()

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

    def stated(self, name: str, start: int) -> tuple[float, float]:
        """The window as far as it is stated: a side without limit ends at the target."""
        first, last = self.span(name, start)
        target = self.day(name, start)
        return (first if first > -inf else target), (last if last < inf else target)

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
        for one, days in self.ends.items():
            for other, later in self.days.items():
                if one == other or not self.comparable(one, other):
                    continue
                if all(a <= b for a, b in zip(days, later, strict=True)):
                    order.add_edge(one, other)
            if self.visits[one].timing in ("before", "after", "counted"):
                order.add_edges_from(
                    pair for pair in in_order(self.visits[one]) if self.days.keys() >= set(pair)
                )
        return order
