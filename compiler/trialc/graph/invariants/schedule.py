"""Visits: one day 0, no two at a time, something to do at each, at one place in all the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.invariants.timing import Timing, timing
from trialc.graph.study import Study
from trialc.model.protocol import Activity, Administration, Protocol, Visit
from trialc.model.visit_days import ANCHORS
from trialc.source import Span
from trialc_runtime.calendar import iso


def one_anchor(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Exactly one day 0, as soon as a visit is counted from another one."""
    visits = study.protocol.visits
    anchors = [visit for visit in visits if visit.timing == "anchor"]
    counted = [visit for visit in visits if visit.timing != "unscheduled"]
    if not anchors and counted:
        help_ = "write `anchor` after the title of the visit that is day 0"
        return study, (kinds.ANCHOR_COUNT.at(counted[0].where, count="none", help=help_),)
    return study, tuple(
        kinds.ANCHOR_COUNT.at(
            visit.where,
            count=len(anchors),
            help=f"count it from `{anchors[0].id}`, for example `at {anchors[0].id} + 7 days`",
            related=[Related(anchors[0].where, "the first anchor")],
        )
        for visit in anchors[1:]
    )


# ---- dates


def visits_keep_apart(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Visits follow one another in one order, and their windows do not meet."""
    visits = study.protocol.visits
    arms = {name for visit in visits for name in visit.arms}
    place = _places_of_epochs(study.protocol)
    found: dict[Diagnostic, None] = {}
    # Visits of different arms never meet in one participant; "" stands for all other arms.
    for arm in sorted({*arms, ""}):
        here = [visit for visit in visits if not visit.arms or arm in visit.arms]
        found.update(dict.fromkeys(_meetings(timing(study), here, place)))
    return study, tuple(found)


def _meetings(
    times: Timing, course: Iterable[Visit], place: Mapping[str, int]
) -> Iterator[Diagnostic]:
    groups: dict[str, list[Visit]] = {}
    for visit in course:
        if times.roots[visit.id]:
            groups.setdefault(times.roots[visit.id], []).append(visit)
    for visits in groups.values():
        # In February most visits are in the order that they have in every other month, too.
        visits.sort(key=lambda visit: times.days[visit.id][0])
        # A span is meant to hold other visits.
        for first, second in pairwise(visit for visit in visits if visit.timing != "span"):
            yield from _changes(times, first, second) or _overlaps(times, first, second)
        for one, other in combinations(sorted(visits, key=lambda visit: visit.where.start), 2):
            if "span" in (one.timing, other.timing):
                yield from _meets_span(times, one, other, place)


def _changes(times: Timing, first: Visit, second: Visit) -> list[Diagnostic]:
    """Whether the order of two visits depends on the month."""
    pairs = zip(times.days[first.id], times.days[second.id], ANCHORS, strict=True)
    before, after = "", ""
    for one, other, anchor in pairs:
        before = before or (iso(anchor) if one < other else "")
        after = after or (iso(anchor) if one > other else "")
    if not before or not after:
        return []
    later = max(first, second, key=lambda visit: visit.where.start)
    related = [Related(visit.where, "and this one") for visit in (first, second)]
    return [
        kinds.CHANGE_PLACES.at(
            later.where,
            first=first.id,
            second=second.id,
            start=_start(times, first),
            one=before,
            other=after,
            help="count both in days, or both in months",
            related=[each for each in related if each.where != later.where],
        )
    ]


def _overlaps(times: Timing, first: Visit, second: Visit) -> list[Diagnostic]:
    """Whether one day can belong to both; visits that hours apart share a day on purpose."""
    if not times.in_days(first.id) or not times.in_days(second.id):
        return []
    for anchor in ANCHORS:
        one, other = times.stated(first.id, anchor), times.stated(second.id, anchor)
        start = max(one[0], other[0])
        if start <= min(one[1], other[1]):
            return [
                kinds.OVERLAP.at(
                    second.where,
                    first=first.id,
                    second=second.id,
                    day=iso(int(start)),
                    start=_start(times, first),
                    anchor=iso(anchor),
                    help="make the windows smaller, or put both into one visit",
                    related=[Related(first.where, "the visit before it")],
                )
            ]
    return []


def _meets_span(
    times: Timing, one: Visit, other: Visit, place: Mapping[str, int]
) -> list[Diagnostic]:
    """Whether two visits that can meet, one of which is a span, are in another order than their
    epochs, or the text, say. `one` is declared first; a span may hold visits of its own epoch that
    are declared behind it. Spans of which both ends are in order may meet.
    """
    first, second = one, other
    order = place.get(one.epoch, -1), place.get(other.epoch, -1)
    is_of_two = -1 not in order and order[0] != order[1]
    if is_of_two and order[0] > order[1]:
        first, second = other, one
    for k, anchor in enumerate(ANCHORS):
        start, end = times.days[first.id][k], times.ends[first.id][k]
        begin, last = times.days[second.id][k], times.ends[second.id][k]
        is_held = first.timing == "span" and start <= begin and not is_of_two
        if start <= last and begin <= end and (begin < start or last < end) and not is_held:
            return [_out_of_order(times, first, second, max(start, begin), anchor)]
    return []


def _start(times: Timing, visit: Visit) -> str:
    """What a visit is counted from in the end, before its date: "day 0 is", "`V5` is on"."""
    root = times.roots[visit.id]
    return "day 0 is" if times.visits[root].timing == "anchor" else f"`{root}` is on"


def _out_of_order(
    times: Timing, first: Visit, second: Visit, day: float, anchor: int
) -> Diagnostic:
    return kinds.OVERLAP.at(
        second.where,
        first=first.id,
        second=second.id,
        day=iso(int(day)),
        start=_start(times, first),
        anchor=iso(anchor),
        help=f"begin `{second.id}` when `{first.id}` is over, or put them in the order of time",
        related=[Related(first.where, "the visit before it")],
    )


def _places_of_epochs(protocol: Protocol) -> dict[str, int]:
    return {epoch.id: number for number, epoch in enumerate(protocol.epochs)}


def epochs_follow_one_another(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """No visit of a later epoch is certainly before one of an earlier epoch."""
    place = _places_of_epochs(study.protocol)
    visits = [visit for visit in study.protocol.visits if visit.epoch in place]
    found: list[Diagnostic] = []
    for visit in visits:
        earlier = (one for one in visits if place[one.epoch] < place[visit.epoch])
        other = next((one for one in earlier if timing(study).is_after(one.id, visit.id)), None)
        if other is not None:
            found.append(
                kinds.EPOCH_ORDER.at(
                    visit.where,
                    visit=visit.id,
                    epoch=visit.epoch,
                    other=other.id,
                    before=other.epoch,
                    help="declare the epochs in the order of time, or mend the visit",
                    related=[Related(other.where, "the other visit")],
                )
            )
    return study, tuple(found)


# ---- what is done


def visits_have_a_purpose(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Something takes place at every visit, or another visit is counted from it."""
    if not study.protocol.activities:
        return study, ()
    bases = {base for visit in study.protocol.visits for base in visit.bases}
    written: dict[Span, list[Visit]] = {}  # the repeats of a visit are written once
    for visit in study.protocol.visits:
        written.setdefault(visit.where, []).append(visit)
    found: list[Diagnostic] = []
    for where, visits in written.items():
        empty = [
            visit.id
            for visit in visits
            if visit.id not in bases and not any(study.predecessors(f"visit:{visit.id}", "at"))
        ]
        # What repeats are counted from is not empty for that.
        if empty and (len(visits) == 1 or not _is_done(study, visits)):
            name = empty[0] if len(visits) == 1 else empty[0].rpartition(".")[0]
            help_ = f"name it in an activity: `activity ... at {name}`, or leave it out"
            found.append(kinds.EMPTY_VISIT.at(where, visit=name, help=help_))
        elif empty:
            help_ = f"name it in an activity: `activity ... at {', '.join(empty)}`, or repeat less"
            found.append(kinds.EMPTY_VISIT.at(where, visit=empty[0], help=help_))
    return study, tuple(found)


def _is_done(study: Study, visits: Iterable[Visit]) -> bool:
    return any(any(study.predecessors(f"visit:{visit.id}", "at")) for visit in visits)


def places_agree(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Arms, randomisation and activities say the same about what is done at which visit."""
    return study, (*_randomising(study.protocol), *_occasions(study), *_missing(study))


def _randomising(protocol: Protocol) -> Iterator[Diagnostic]:
    stated = [item for item in protocol.randomisations if item.at]
    if not stated or len(stated) < len(protocol.randomisations):
        return
    visits = [item.at for item in stated]
    for activity in protocol.activities:
        if "randomisation" in activity.does and not set(visits) & set(activity.visits):
            yield _elsewhere(activity, "randomisation", visits, stated[0].where)


def _occasions(study: Study) -> Iterator[Diagnostic]:
    protocol = study.protocol
    planned: dict[str, dict[str, Span]] = {}
    for arm in protocol.arms:
        first: dict[str, Administration] = {}
        for given in arm.gives:
            before = first.setdefault(given.occasion, given)
            visit = before.visit
            if visit != given.visit:
                where = planned[given.occasion][visit]
                yield kinds.DONE_ELSEWHERE.at(
                    given.where,
                    what=f"`{given.occasion}`",
                    planned=f"`{visit}`",
                    done=f"`{given.visit}`",
                    help=_two_times(before, given),
                    related=[Related(where, "first given here")],
                )
            planned.setdefault(given.occasion, {}).setdefault(given.visit, given.where)
    for activity in protocol.activities:
        for occasion in activity.gives:
            places = planned.get(occasion, {})
            if places and not set(places) & set(activity.visits):
                if _is_handed_out(study, occasion, places, activity):
                    continue
                where = next(iter(places.values()))
                way_out = ""
                if timing(study).all_after(activity.visits, places):
                    begins = f"`activity ... at {', '.join(places)} {{ gives: {occasion} }}`"
                    way_out = (
                        '; what is handed out later goes on, `until "..."` in the arm, and begins '
                        f"in an activity of its own: {begins}"
                    )
                yield _elsewhere(activity, f"`{occasion}`", places, where, way_out)


def _is_handed_out(study: Study, occasion: str, places: Iterable[str], activity: Activity) -> bool:
    """Whether an activity hands out more, later, of what goes on, and another one begins it."""
    protocol = study.protocol
    given = (one for arm in protocol.arms for one in arm.gives if one.occasion == occasion)
    goes_on = any(one.until or one.length is not None for one in given)
    begins = any(
        occasion in other.gives and not set(other.visits).isdisjoint(places)
        for other in protocol.activities
    )
    return goes_on and begins and timing(study).all_after(activity.visits, places)


def _two_times(first: Administration, second: Administration) -> str:
    """The way out where one occasion has two visits in an arm."""
    if first.intervention != second.intervention:
        return "an occasion is one point in time: give the second one another name"
    name = first.occasion
    given = f"give {first.intervention} as {name} at {first.visit}"
    shown = f"activity ... at {first.visit}, {second.visit} {{ gives: {name} }}"
    goes_on = f'if it goes on, write it once, `{given} until "..."`, and show it: `{shown}`'
    return f"{goes_on}; else give the second one another name"


def _elsewhere(
    activity: Activity, what: str, planned: Iterable[str], where: Span, way_out: str = ""
) -> Diagnostic:
    visits = list(planned)
    return kinds.DONE_ELSEWHERE.at(
        activity.where,
        what=what,
        planned=_listed(visits),
        done=_listed(activity.visits) or "no visit",
        help=f"write `at {', '.join(visits)}`, or change it there{way_out}",
        related=[Related(where, "said here")],
    )


def _missing(study: Study) -> Iterator[Diagnostic]:
    """Occasions that the arms give at a visit where no activity gives them."""
    protocol = study.protocol
    seen: set[tuple[str, str]] = set()
    for given in (given for arm in protocol.arms for given in arm.gives):
        place = given.occasion, given.visit
        activities = [item for item in protocol.activities if given.occasion in item.gives]
        # Activities at none of the planned visits are in contradiction, not missing.
        wrong = activities and not any(
            set(study.successors(f"occasion:{given.occasion}", "at"))
            & {f"visit:{visit}" for visit in item.visits}
            for item in activities
        )
        there = any(given.visit in item.visits for item in activities)
        if protocol.activities and not there and not wrong and place not in seen:
            yield kinds.NOT_SCHEDULED.at(
                given.where,
                visit=given.visit,
                occasion=given.occasion,
                help=f"add an activity at {given.visit} with `gives: {given.occasion}`",
            )
        seen.add(place)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
