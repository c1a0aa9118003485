"""In which order a participant is given the occasions, as far as the schedule states it.

One comes after another where its visit does, in every arm and every month: the windows of visits
that are counted from one day do not cross, or a visit is `before` another one. Visits whose dates
nobody can tell beforehand, and two occasions of one visit, have no order.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from trialc.model.protocol import Arm, Protocol, Visit
from trialc.model.visit_days import ANCHORS, VisitDays

Order = tuple[str, tuple[tuple[str, bool], ...]]
"""An occasion, and those right before it, each with whether both may be on one day."""


def occasion_order(protocol: Protocol) -> tuple[Order, ...]:
    """Every occasion that comes after another one, itself after all of those before it."""
    return _occasion_order(protocol.arms, protocol.visits)


@lru_cache(maxsize=8)
def _occasion_order(arms: tuple[Arm, ...], visits: tuple[Visit, ...]) -> tuple[Order, ...]:
    places: dict[str, set[str]] = {}
    for arm in arms:
        for given in arm.gives:
            places.setdefault(given.occasion, set()).add(given.visit)
    schedule = _Schedule(visits)
    before: dict[str, dict[str, bool]] = {occasion: {} for occasion in places}
    for one, here in places.items():
        for other, there in places.items():
            found = [schedule.after(visit, later) for visit in here for later in there]
            if one != other and None not in found:
                before[other][one] = True in found
    return tuple(
        (occasion, tuple((one, before[occasion][one]) for one in _nearest(occasion, before)))
        for occasion in sorted(places, key=lambda name: len(before[name]))
        if before[occasion]
    )


def _nearest(occasion: str, before: dict[str, dict[str, bool]]) -> Iterator[str]:
    """Those with no other one between: what comes before them comes before it anyway."""
    between = {name for one in before[occasion] for name in before[one]}
    return (one for one in before[occasion] if one not in between)


class _Schedule:
    """Which visit comes after which, for every participant who keeps to the windows."""

    def __init__(self, visits: tuple[Visit, ...]) -> None:
        self.days = VisitDays(visits)
        self.before = [
            (visit.id, visit.base) if visit.timing == "before" else (visit.base, visit.id)
            for visit in visits
            if visit.timing in ("before", "after")
        ]
        self.spans = {
            name: [self.days.span(name, anchor) for anchor in ANCHORS]
            for name, root in self.days.roots.items()
            if root
        }
        self.known: dict[tuple[str, str], bool | None] = {}

    def after(self, one: str, other: str) -> bool | None:
        """Whether the other one, which comes after the first, may be on the same day; None where
        the schedule does not say that it comes after.
        """
        key = one, other
        if key not in self.known:
            self.known[key] = None  # where visits go in a circle, that one is no answer
            self.known[key] = self._after(one, other)
        return self.known[key]

    def _after(self, one: str, other: str) -> bool | None:
        if one == other:
            return None
        if self.days.comparable(one, other):
            return self._counted(one, other)
        for before, behind in self.before:
            # up to the visit that is before another one, and on from there
            first = True if one == before else self.after(one, before)
            last = True if other == behind else self.after(behind, other)
            if first is not None and last is not None:
                return first and last
        return None

    def _counted(self, one: str, other: str) -> bool | None:
        ours, theirs = self.spans[one], self.spans[other]
        gaps = [begin - end for (_, end), (begin, _) in zip(ours, theirs, strict=True)]
        if min(gaps) < 0 or ours == theirs:
            return None
        return min(gaps) < 1
