"""The dates of a participant's visits, counted from the anchor (docs/semantics.md section 3)."""

from __future__ import annotations

from trialc_runtime.calendar import FIRST_YEAR, LAST_YEAR, add, date_fault, iso, parse_date, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Visit = tuple[str, str, str, str, int, str, tuple[int, int, str] | None]
    """id, title, kind (anchor, offset, before, unscheduled), base, amount, unit, window.

    The amount is signed. The window is (early, late, unit), both signed, around the target; None
    where the source states none.
    """


def dated_visits(visits: Sequence[Visit], anchor: str) -> list[dict[str, Any]]:
    """Every visit, in the protocol's order, with `target`, `earliest` and `latest` as ISO dates.

    Each is None where the protocol does not state it: an unscheduled visit and one that is merely
    before another have no target, and what has no window has no earliest and latest day. `anchor`
    is the date of day 0; ValueError if it is none, and if a date would lie in no year that records
    know (1900 to 2200). Offsets in hours need an instant, which a date is not: their target is
    None.
    """
    day_0 = parse_date(anchor)
    if day_0 is None:
        raise ValueError(f"the anchor: {date_fault(anchor)}")
    by_id = {visit[0]: visit for visit in visits}
    dated: list[dict[str, Any]] = []
    for visit in visits:
        target = _target(visit, by_id, day_0)
        first, last = _around(visit, target)
        for day in (target, first, last):
            if day is not None and parse_date(iso(day)) is None:
                years = f"dates are in the years {FIRST_YEAR} to {LAST_YEAR}"
                raise ValueError(f"visit `{visit[0]}` would be on {iso(day)}: {years}")
        dated.append(
            {
                "visit": visit[0],
                "title": visit[1],
                "target": _written(target),
                "earliest": _written(first),
                "latest": _written(last),
            }
        )
    return dated


def _target(visit: Visit, by_id: Mapping[str, Visit], day_0: int) -> int | None:
    """The target day; from the anchor, link by link, where visits hang on other visits."""
    links: list[Visit] = []
    while visit[2] == "offset" and len(links) <= len(by_id):
        links.append(visit)
        visit = by_id[visit[3]]
    if visit[2] != "anchor" or any(link[5] == "hour" for link in links):
        return None
    target = day_0
    for _, _, _, _, amount, unit, _ in reversed(links):
        target = add(target, amount, unit)
    return target


def _around(visit: Visit, target: int | None) -> tuple[int | None, int | None]:
    stated = visit[6]
    if target is None or stated is None or stated[2] == "hour":
        return None, None
    return window(target, *stated)


def _written(day: int | None) -> str | None:
    return None if day is None else iso(day)
