"""What is given for some time, or until something: does the schedule show that it goes on?"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import repeats as kinds
from trialc.graph.invariants.timing import Timing, timing
from trialc.graph.study import Study
from trialc.model.protocol import Activity, Administration, Protocol, Visit
from trialc.model.visit_days import ANCHORS, later


def what_goes_on_is_shown(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """The activities that give an occasion go on as long as the arms say."""
    protocol, times = study.protocol, timing(study)
    periods = {period.id for period in protocol.periods}
    given: dict[str, list[Administration]] = {}
    for arm in protocol.arms:
        for one in arm.gives:
            if (one.until or one.length is not None) and one.occasion not in periods:
                given.setdefault(one.occasion, []).append(one)
    found: list[Diagnostic] = []
    for occasion, ones in given.items():
        giving = [item for item in protocol.activities if occasion in item.gives]
        if giving:
            unseen = _unseen(protocol, times, ones, giving)
            found += unseen or _contradicted(times, ones, giving)
    return study, tuple(found)


# ---- shown at its first visit only


def _unseen(
    protocol: Protocol, times: Timing, ones: list[Administration], giving: list[Activity]
) -> list[Diagnostic]:
    """A remark where all activities stop at the visit at which it begins, and others follow."""
    longest = next((one for one in ones if one.until), ones[0])
    shown = {name for item in giving for name in item.visits}
    if shown != {longest.visit} or any(item.repetition for item in giving):
        return []
    missing = [visit for visit in protocol.visits if _is_within(times, visit, longest)]
    if not missing:
        return []
    activity = giving[0]
    cycles = [visit.id for visit in missing if visit.every is not None]
    names = (longest.visit, *(cycles or [visit.id for visit in missing]))
    place = f"at {', '.join(names)}"
    name = "dosing" if activity.does or len(activity.gives) > 1 else activity.id
    return [
        kinds.GOES_ON_UNSEEN.at(
            activity.where,
            occasion=longest.occasion,
            end=_how_long(longest),
            visit=longest.visit,
            help=f"to show it: `activity {name} ... {place} {{ gives: {longest.occasion} }}`"
            if not _goes_on_after(times, missing, longest)
            else f"to show it: let `{longest.occasion}` end with visits that do: `every ... times`",
            related=[Related(longest.where, "said here")],
        )
    ]


def _goes_on_after(times: Timing, visits: list[Visit], given: Administration) -> bool:
    """Whether one of the visits is a cycle that goes on when it is not given any more."""
    if given.until:
        return False
    return any(
        visit.every is not None
        and all(
            _latest(times, visit.id, anchor) >= _end(times, given, anchor) for anchor in ANCHORS
        )
        for visit in visits
    )


def _is_within(times: Timing, visit: Visit, given: Administration) -> bool:
    """Whether it certainly still goes on at a visit; until something: whether the visit is certain
    to come later, and part of a cycle: of other visits nobody can say whether it still goes on.
    """
    if not times.is_after(visit.id, given.visit):
        return False
    if given.until:
        return visit.every is not None or bool(visit.each)
    return times.comparable(visit.id, given.visit) and all(
        times.span(visit.id, anchor)[1] < _end(times, given, anchor) for anchor in ANCHORS
    )


def _how_long(given: Administration) -> str:
    if given.until:
        return f"until {given.until}"
    length = given.length
    assert length is not None
    if given.cycles:
        return f"for {given.cycles} cycle{'s' if given.cycles != 1 else ''}"
    return f"for {length.amount} {length.unit}{'s' if length.amount != 1 else ''}"


# ---- shown for another time


def _contradicted(
    times: Timing, ones: list[Administration], giving: list[Activity]
) -> Iterator[Diagnostic]:
    """A span that ends before it does, or a visit after its end."""
    if any(one.until or not _has_days(times, one) for one in ones):
        return
    longest = max(ones, key=lambda one: _end(times, one, ANCHORS[0]))
    ends = [_end(times, longest, anchor) for anchor in ANCHORS]
    for item in giving:
        names = [name for name in item.visits if times.comparable(name, longest.visit)]
        late = [
            name
            for name in names
            if all(
                # A span may end on the day after the last dose.
                _latest(times, name, anchor) >= end + bool(item.last)
                for anchor, end in zip(ANCHORS, ends, strict=True)
            )
        ]
        if late:
            yield _differs(longest, item, f"at `{late[0]}`, which is later")
        elif item.last in names and len(giving) == 1 and _stops_early(times, item.last, ends):
            yield _differs(longest, item, f"to `{item.last}`, which is earlier")


def _latest(times: Timing, name: str, anchor: int) -> float:
    """The first day on which a visit can be; of a cycle, its last repeat."""
    visit = times.visits[name]
    day = times.stated(name, anchor)[0]
    if visit.every is None:
        return day
    if not visit.most:
        return inf
    target = times.day(name, anchor)
    last = later(target, (visit.most - 1) * visit.every.amount, visit.every.unit)
    return day + last - target


def _has_days(times: Timing, one: Administration) -> bool:
    is_dated = bool(times.roots.get(one.visit)) and times.in_days(one.visit)
    return is_dated and one.length is not None and one.length.unit != "hour"


def _stops_early(times: Timing, name: str, ends: list[float]) -> bool:
    """Whether a visit is certainly before the last day; that is the day before the end."""
    return all(
        times.stated(name, anchor)[1] < end - 1 for anchor, end in zip(ANCHORS, ends, strict=True)
    )


def _differs(given: Administration, item: Activity, place: str) -> Diagnostic:
    return kinds.GOES_ON_OTHERWISE.at(
        item.where,
        occasion=given.occasion,
        length=_how_long(given),
        visit=given.visit,
        activity=item.id,
        place=place,
        help="mend the length in the arm, or the visits of the activity",
        related=[Related(given.where, "said here")],
    )


def _end(times: Timing, one: Administration, anchor: int) -> float:
    """The first day on which it is not given any more."""
    length = one.length
    assert length is not None
    return later(times.day(one.visit, anchor), length.amount, length.unit)
