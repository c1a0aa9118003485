"""Days that are called by their number: titles agree, and what is done on one can be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import numbered_days as kinds
from trialc.graph.invariants.timing import Timing, timing
from trialc.graph.study import Study
from trialc.model.protocol import Activity, Visit
from trialc.model.visit_days import ANCHORS
from trialc.source import Span

_TITLE = re.compile(r"\bday\s+([-−–]?\d+)\b(?!\s*(?:,|and|or|to|through|-|–)\s*[-−–]?\d)", re.I)
STATE_IT = "write `anchor day 1`, or `anchor day 0`, at the visit that is the first day"


def titles_agree(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """A visit that is called Day 15 takes place on day 15. Of repeats the first one counts."""
    told: set[Span] = set()
    found: list[Diagnostic] = []
    for visit in study.protocol.visits:
        days = {int(re.sub("[−–]", "-", day)) for day in _TITLE.findall(visit.title)}
        stated = {int(day) for day in (visit.day, visit.last_day) if day}
        is_later_repeat, _ = visit.where in told, told.add(visit.where)
        if len(days) == 1 and stated and days.isdisjoint(stated) and not is_later_repeat:
            help_ = f"write `day {min(days)}` in its timing, or mend the title"
            fault = kinds.CALLED_OTHERWISE.at(
                visit.where, visit=visit.id, title=min(days), day=visit.day, help=help_
            )
            found.append(fault)
    return study, tuple(found)


def days_are_there(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every day of an activity lies within one of its visits; no visit is without one."""
    anchor = next((one for one in study.protocol.visits if one.timing == "anchor"), None)
    found = (
        fault
        for activity in study.protocol.activities
        if activity.days and anchor is not None
        for fault in _days(activity, anchor, timing(study))
    )
    return study, tuple(found)


def _days(activity: Activity, anchor: Visit, times: Timing) -> Iterator[Diagnostic]:
    if not anchor.day:
        day = f"day {activity.days[0]}"
        yield kinds.NO_FIRST_DAY.at(activity.where, day=day, help=STATE_IT)
        return
    if 0 in activity.days and anchor.day == "1":
        help_ = "write -1 for the day before day 1"
        yield kinds.NO_DAY_0.at(activity.where, anchor=anchor.id, help=help_)
        return
    there = {
        name: {day for day in activity.days if _has(times, name, day, anchor)}
        for name in activity.visits
    }
    for day in activity.days:
        if not any(day in days for days in there.values()):
            yield _not_there(
                activity, day, f"its visits ({_listed(there)}) are on other days", times
            )
    for name, days in there.items():
        if not days:
            others = f"no day that is named lies within `{name}`"
            yield _not_there(activity, activity.days[0], others, times)


def _has(times: Timing, name: str, day: int, anchor: Visit) -> bool:
    """Whether a visit can be on a day, whatever the month. What is not counted from the anchor, or
    goes on in cycles, has no numbers that anybody could know.
    """
    visit = times.visits[name]
    if times.roots.get(name) != anchor.id or visit.every is not None or visit.each:
        return False
    away = day - int(anchor.day) if day > 0 else day
    spans = ((start, times.span(name, start)) for start in ANCHORS)
    return all(first <= start + away <= last for start, (first, last) in spans)


def _not_there(activity: Activity, day: int, why: str, times: Timing) -> Diagnostic:
    related = [Related(times.visits[name].where, "this visit") for name in activity.visits[:1]]
    help_ = "mend the day, or name the visit that is on it"
    return kinds.DAY_NOT_THERE.at(
        activity.where, activity=activity.id, day=day, why=why, help=help_, related=related
    )


def _listed(names: dict[str, set[int]]) -> str:
    return ", ".join(f"`{name}`" for name in names)
