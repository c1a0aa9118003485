"""In which order visits stand in a table: roughly by time.

Units are not converted into one another anywhere else; here rough lengths only decide who stands to
the left of whom, and equal ones keep the order of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from trialc.model.design import Administration, Arm
from trialc.model.timeline import Activity, Moment, Visit

ROUGH_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
_LONG = 1_000_000.0
"""Days: what is merely before, or after, another visit stands apart from it."""
_LATE = 1e9
"""Days until something happens of which nobody knows when: after all planned visits."""


def in_time_order(
    visits: Sequence[Visit], arms: Sequence[Arm] = (), activities: Sequence[Activity] = ()
) -> tuple[Visit, ...]:
    """The scheduled visits from first to last, unscheduled ones at the end. `arms` and what
    `activities` give say when the last dose is: after all planned visits where it is given until
    something happens.
    """
    order = _Order(visits, arms, activities)
    return tuple(sorted(visits, key=lambda visit: order.rough(visit.id, frozenset())))


class _Order:
    def __init__(
        self, visits: Sequence[Visit], arms: Sequence[Arm], activities: Sequence[Activity]
    ) -> None:
        self.visits = {visit.id: visit for visit in visits}
        self.given = [given for arm in arms for given in arm.gives]
        self.giving = [item for item in activities if item.gives]
        self.known: dict[str, float] = {}

    def rough(self, name: str, above: frozenset[str]) -> float:
        """A number of days; a circle of visits is cut where it closes."""
        if name not in self.visits or name in above:
            return 0.0
        if name not in self.known:
            self.known[name] = self._rough(self.visits[name], above | {name})
        return self.known[name]

    def _rough(self, visit: Visit, above: frozenset[str]) -> float:
        if visit.timing == "unscheduled":
            return inf
        if visit.moments:
            days = [self._moment(moment, above) for moment in visit.moments]
            return max(days) if visit.whichever == "later" else min(days)
        start = self.rough(visit.base, above)
        if visit.timing in ("before", "after"):
            return start - _LONG if visit.timing == "before" else start + 0.5
        if visit.offset is None:
            return start
        return start + visit.offset.amount * ROUGH_DAYS[visit.offset.unit]

    def _moment(self, moment: Moment, above: frozenset[str]) -> float:
        more = moment.offset.amount * ROUGH_DAYS[moment.offset.unit]
        if moment.kind == "happening":
            return _LATE + more
        if moment.kind == "last_dose":
            doses = [
                self._last_dose(given, above)
                for given in self.given
                if not moment.name or moment.name in (given.occasion, given.intervention)
            ]
            return max(doses, default=_LATE) + more
        return self.rough(moment.name, above) + more

    def _last_dose(self, given: Administration, above: frozenset[str]) -> float:
        """When what is given at a visit, and as long as it goes on, is given for the last time."""
        if given.until:
            return _LATE
        start = self.rough(given.visit, above)
        if given.length is not None:
            start += given.length.amount * ROUGH_DAYS[given.length.unit]
        later = [start]
        for item in self.giving:
            if given.occasion in item.gives:
                for name in (*item.visits, *([item.last] if item.last else ())):
                    visit = self.visits.get(name)
                    goes_on = visit is not None and (visit.every is not None or visit.each)
                    later.append(_LATE if goes_on else self.rough(name, above))
        # What is given at an unscheduled visit is given at no time that is known.
        return max((day for day in later if day < inf), default=_LATE)
