"""The dates of a participant's visits, counted from the anchor (docs/semantics.md section 3)."""

from __future__ import annotations

from trialc_runtime.calendar import FIRST_YEAR, LAST_YEAR, add, date_fault, iso, parse_date, window

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
        tuple[int, int, str] | None,
        tuple[int, str] | None,
        tuple[int, str] | None,
    ]
    """id, title, kind (anchor, offset, span, before, unscheduled), base, amount, unit, window, last
    day of a span (counted from the base as the amount is), step of a cycle.

    Amounts are signed. The window is (early, late, unit), both signed, around the target; None
    where the source states none.
    """


def dated_visits(visits: Sequence[Visit], anchor: str, cycles: int = 3) -> list[dict[str, Any]]:
    """Every visit, in the protocol's order, with `target`, `earliest` and `latest` as ISO dates.

    `of` is the protocol's name of the visit. A cycle is shown so many times as `name.1`, `name.2`
    and so on, each counted from the first, and goes on. A span has no target. Each date is None
    where the protocol does not state it: an unscheduled visit and one that is merely before another
    have no target, and what has no window has no earliest and latest day. `anchor` is the date of
    day 0; ValueError if it is none, and if a date would lie in no year that records know (1900 to
    2200). Offsets in hours need an instant, which a date is not: their target is None.
    """
    day_0 = parse_date(anchor)
    if day_0 is None:
        raise ValueError(f"the anchor: {date_fault(anchor)}")
    by_id = {visit[0]: visit for visit in visits}
    dated: list[dict[str, Any]] = []
    for visit, name, title, more in _shown(visits, cycles):
        target = _target(visit, by_id, day_0)
        if target is not None and more:
            target = add(target, *more)
        first, last = _around(visit, target, by_id, day_0)
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
            }
        )
    return dated


def _shown(
    visits: Sequence[Visit], cycles: int
) -> Iterator[tuple[Visit, str, str, tuple[int, str] | None]]:
    """Each visit with its name and title, and how long after its first time it is."""
    for visit in visits:
        every = visit[8]
        if every is None:
            yield visit, visit[0], visit[1], None
            continue
        for time in range(cycles):
            more = (time * every[0], every[1])
            yield visit, f"{visit[0]}.{time + 1}", f"{visit[1]} {time + 1}", more


def _target(visit: Visit, by_id: Mapping[str, Visit], day_0: int) -> int | None:
    """The target day; from the anchor, link by link, where visits hang on other visits."""
    links: list[Visit] = []
    while visit[2] == "offset" and len(links) <= len(by_id):
        links.append(visit)
        visit = by_id[visit[3]]
    if visit[2] != "anchor" or any(link[5] == "hour" for link in links):
        return None
    target = day_0
    for link in reversed(links):
        target = add(target, link[4], link[5])
    return target


def _around(
    visit: Visit, target: int | None, by_id: Mapping[str, Visit], day_0: int
) -> tuple[int | None, int | None]:
    stated, last = visit[6], visit[7]
    if last is not None:
        base = _target(by_id[visit[3]], by_id, day_0)
        if base is None or "hour" in (visit[5], last[1]):
            return None, None
        return add(base, visit[4], visit[5]), add(base, *last)
    if target is None or stated is None or stated[2] == "hour":
        return None, None
    return window(target, *stated)


def _written(day: int | None) -> str | None:
    return None if day is None else iso(day)
