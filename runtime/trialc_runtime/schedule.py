"""The dates of a participant's visits, counted from the anchor (docs/semantics.md section 3)."""

from __future__ import annotations

from trialc_runtime.calendar import FIRST_YEAR, LAST_YEAR, add, date_fault, iso, parse_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    Visit = tuple[
        str,
        str,
        str,
        str,
        int,
        str,
        tuple[int | None, int | None, str] | None,
        tuple[int, str] | None,
        tuple[int, str, bool, int] | None,
        tuple[str, tuple[tuple[str, str, int, str], ...]] | None,
        str,
    ]
    """id, title, kind (anchor, after, offset, span, counted, before, unscheduled), base, amount,
    unit, window, last day of a span (counted from the base as the amount is), step of a cycle (with
    whether it is counted from the actual day of the one before, and how often it is at most, 0 for
    no limit), moments, the cycle that it is repeated with ("" for none).

    Amounts are signed. The window is (early, late, unit), both signed, around the target; None
    where the source states none, or no limit on that side. Moments are ("", "earlier" or "later";
    each: kind (planned, actual, last_dose, happening), name, amount, unit).
    """

    Day = tuple[int | None, tuple[str, ...]]
    """A day, if there is one, and the days that it depends on and that have not come."""

NO_DAY: Day = (None, ())


def dated_visits(
    visits: Sequence[Visit], anchor: str, cycles: int = 3, actual: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Every visit, in the protocol's order, with `target`, `earliest`, `latest` and `actual` as ISO
    dates.

    `of` is the protocol's name of the visit. A cycle is shown so many times as `name.1`, `name.2`
    and so on, each counted from the first, or from the one before where the protocol says so, and
    goes on; what is counted from a cycle is shown as often, each from the cycle of its number.
    `waits_for` are the names of days that have not come, and that the date depends on: it
    is then a plan, or None. A span has no target, nor has what is counted from one: its days are
    those from which it can be counted, moved, with its window around them. Each date is None where
    the protocol does not state it: an unscheduled visit and one that is merely before another have
    no target, and what has no window has no earliest and latest day. `anchor` is the date of day 0;
    ValueError if it is none, and if a date would lie in no year that records know (1900 to 2200).
    Offsets in hours need an instant, which a date is not: their target is None.

    `actual` are days that have come: of visits by their names, of a later anchor by its name, of
    the last dose as "last dose" or "last <occasion or intervention>", of what a protocol says in
    words by these words. What counts from an actual day moves with it, and counts from the planned
    one until it is known; what counts from a dose or a happening has no date until then. ValueError
    for a name that the protocol does not have, and for what is no date.
    """
    day_0 = parse_date(anchor)
    if day_0 is None:
        raise ValueError(f"the anchor: {date_fault(anchor)}")
    shown = list(_shown(visits, cycles))
    known = _actual(visits, [name for _, name, _, _ in shown], day_0, actual or {})
    if any(day < day_0 for day in known.values()):
        _come_in_order(dated_visits(visits, anchor, cycles), visits, day_0, known)
    of_cycles = [_targets(visits, day_0, known, time) for time in range(max(1, cycles))]
    spans = [_spans(visits, targets, time) for time, targets in enumerate(of_cycles)]
    dated: list[dict[str, Any]] = []
    for visit, name, title, time in shown:
        target, waits = of_cycles[time][visit[0]]
        first, last = _around(visit, target, spans[time])
        for day in (target, first, last):
            if day is not None and parse_date(iso(day)) is None:
                years = f"dates are in the years {FIRST_YEAR} to {LAST_YEAR}"
                raise ValueError(f"visit `{name}` would be on {iso(day)}: {years}")
        dated.append(
            {
                "visit": name,
                "of": visit[0],
                "title": title,
                "target": _written(target),
                "earliest": _written(first),
                "latest": _written(last),
                "actual": _written(known.get(name)),
                "waits_for": list(waits),
            }
        )
    return dated


def _shown(visits: Sequence[Visit], cycles: int) -> Iterator[tuple[Visit, str, str, int]]:
    """Each visit with its name and title, and the how manieth of its repeats it is, from 0."""
    for visit in visits:
        if not _is_repeated(visit):
            yield visit, visit[0], visit[1], 0
            continue
        for time in range(min(cycles, _most(visit, visits) or cycles)):
            yield visit, f"{visit[0]}.{time + 1}", f"{visit[1]} ({time + 1})", time


def _actual(
    visits: Sequence[Visit], names: Sequence[str], day_0: int, given: Mapping[str, str]
) -> dict[str, int]:
    """The days that have come, by the names that are asked for."""
    moments = [moment for visit in visits for moment in (visit[9] or ("", ()))[1]]
    others = [_name_of(one) for one in moments if one[0] in ("last_dose", "happening")]
    askable = dict.fromkeys((*names, *others))
    days = {visit[0]: day_0 for visit in visits if visit[2] == "anchor"}
    for name, date in given.items():
        day = parse_date(date)
        if name not in askable:
            raise ValueError(f"there is no `{name}` here; there are {', '.join(askable)}")
        if day is None:
            raise ValueError(f"the actual day of `{name}`: {date_fault(date)}")
        if days.get(name, day) != day:
            raise ValueError(f"`{name}` is day 0, which is {iso(day_0)}, not {date}")
        days[name] = day
    return days


def _come_in_order(
    planned: Sequence[dict[str, Any]], visits: Sequence[Visit], day_0: int, known: Mapping[str, int]
) -> None:
    """ValueError for an actual day before day 0 of a visit that is planned after it."""
    bases = {visit[0]: visit[3] for visit in visits if visit[2] == "after"}
    targets = {row["visit"]: row["target"] for row in planned}
    for row in planned:
        day, least = known.get(row["visit"], day_0), row["earliest"] or row["target"]
        if row["of"] in bases:
            least = targets.get(bases[row["of"]])
        if day < day_0 and least is not None and least >= iso(day_0):
            raise ValueError(
                f"the actual day of `{row['visit']}`, {iso(day)}, is before day 0, {iso(day_0)}: "
                "it is planned for a later day"
            )


def _name_of(moment: tuple[str, str, int, str]) -> str:
    """Under which name the day of a moment is given."""
    kind, name = moment[:2]
    return f"last {name or 'dose'}" if kind == "last_dose" else name


# ---- target days


def _most(visit: Visit, visits: Sequence[Visit]) -> int:
    """How often a cycle, or what is repeated with it, takes place at most; 0: no limit."""
    cycle = next((one for one in visits if one[0] == visit[10]), visit)
    return cycle[8][3] if cycle[8] else 0


def _is_repeated(visit: Visit) -> bool:
    return visit[8] is not None or bool(visit[10])


def _targets(
    visits: Sequence[Visit], day_0: int, known: Mapping[str, int], time: int
) -> dict[str, Day]:
    """The target day of every visit, of cycles and what is counted from them that of the so
    manieth; from the anchor, link by link.
    """
    targets: dict[str, Day] = {}
    repeats = {visit[0]: f"{visit[0]}.{time + 1}" for visit in visits if _is_repeated(visit)}
    waiting = list(visits)
    while waiting:
        later: list[Visit] = []
        for visit in waiting:
            if all(name in targets for name in _bases(visit)):
                first = _target(visit, targets, day_0, known, repeats)
                targets[visit[0]] = _repeat(visit, time, first, known)
            else:
                later.append(visit)
        if len(later) == len(waiting):  # a circle: the compiler refuses it
            targets.update((visit[0], NO_DAY) for visit in later)
            break
        waiting = later
    return targets


def _bases(visit: Visit) -> list[str]:
    """The visits whose target is needed first."""
    if visit[2] == "offset":
        return [visit[3]]
    moments = (visit[9] or ("", ()))[1]
    return [moment[1] for moment in moments if moment[0] in ("planned", "actual")]


def _target(
    visit: Visit,
    targets: Mapping[str, Day],
    day_0: int,
    known: Mapping[str, int],
    repeats: Mapping[str, str],
) -> Day:
    name, _, kind, base = visit[:4]
    if kind == "anchor":
        return day_0, ()
    if kind == "after":
        return (known[name], ()) if name in known else (None, (name,))
    if kind == "offset":
        return _moved(targets[base], visit[4], visit[5])
    if visit[9] is None:
        return NO_DAY
    which, moments = visit[9]
    days: list[int] = []
    waits: list[str] = []
    is_open = False
    for moment in moments:
        day, more = _moved(_day_of(moment, targets, known, repeats), *moment[2:])
        waits += [name for name in more if name not in waits]
        if day is not None:
            days.append(day)
        elif which != "earlier" or moment[0] != "happening":
            is_open = True  # what has not happened yet is not the earlier one so far
    if is_open or not days:
        return None, tuple(waits)
    return max(days) if which == "later" else min(days), tuple(waits)


def _day_of(
    moment: tuple[str, str, int, str],
    targets: Mapping[str, Day],
    known: Mapping[str, int],
    repeats: Mapping[str, str],
) -> Day:
    kind, name = moment[:2]
    if kind == "planned":
        return targets[name]
    if kind != "actual":
        asked = _name_of(moment)
        return (known[asked], ()) if asked in known else (None, (asked,))
    asked = repeats.get(name, name)
    return (known[asked], ()) if asked in known else (targets[name][0], (asked,))


def _moved(day: Day, amount: int, unit: str) -> Day:
    there, waits = day
    return (None if there is None or unit == "hour" else add(there, amount, unit)), waits


def _repeat(visit: Visit, time: int, first: Day, known: Mapping[str, int]) -> Day:
    """The target of a repeat of a cycle."""
    if visit[8] is None or not time:
        return first
    amount, unit, chained, _ = visit[8]
    if not chained:
        return _moved(first, time * amount, unit)
    day = first
    for number in range(1, time + 1):
        before = f"{visit[0]}.{number}"
        day = (known[before], ()) if before in known else (day[0], (before,))
        day = _moved(day, amount, unit)
    return day


# ---- windows


def _spans(
    visits: Sequence[Visit], targets: Mapping[str, Day], time: int
) -> dict[str, tuple[int, int]]:
    """The first and the last day of every span, and of what is counted from one; of cycles those of
    the so manieth.
    """
    spans: dict[str, tuple[int, int]] = {}
    waiting = list(visits)
    while waiting:
        later: list[Visit] = []
        for visit in waiting:
            base = targets.get(visit[3], NO_DAY)[0]
            ends = spans.get(visit[3]) if base is None else (base, base)
            last = visit[7] or ((visit[4], visit[5]) if visit[2] == "offset" else None)
            if ends is None or last is None or "hour" in (visit[5], last[1]):
                later.append(visit)
            elif visit[7] is not None or base is None:
                days = add(ends[0], visit[4], visit[5]), add(ends[1], *last)
                amount, step = (visit[8][0] * time, visit[8][1]) if visit[8] else (0, "day")
                spans[visit[0]] = add(days[0], amount, step), add(days[1], amount, step)
        if len(later) == len(waiting):
            return spans
        waiting = later
    return spans


def _around(
    visit: Visit, target: int | None, spans: Mapping[str, tuple[int, int]]
) -> tuple[int | None, int | None]:
    """The window around a target; without one, the days of a span."""
    early, late, unit = visit[6] or (0, 0, "day")
    if target is not None and visit[2] != "span":
        first = last = target
        if visit[6] is None:
            return None, None
    elif visit[0] in spans:
        first, last = spans[visit[0]]
    else:
        return None, None
    if unit == "hour":
        return None, None
    return (
        None if early is None else add(first, early, unit),
        None if late is None else add(last, late, unit),
    )


def _written(day: int | None) -> str | None:
    return None if day is None else iso(day)
