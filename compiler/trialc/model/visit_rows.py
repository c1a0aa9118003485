"""Visits in the form in which `trialc_runtime.schedule` dates them."""

from __future__ import annotations

from trialc.model.timeline import Visit

Moments = tuple[tuple[str, str, int, str], ...]
Row = tuple[
    str, str, str, str, int, str, tuple[int | None, int | None, str] | None,
    tuple[int, str] | None, tuple[int, str, bool, int] | None, tuple[str, Moments] | None,
    str,
]  # fmt: skip


def visit_row(visit: Visit) -> Row:
    """id, title, kind, base, amount, unit, window, last day of a span, step of a cycle with how
    often at most, moments, the cycle that it is repeated with.
    """
    offset, window, last, every = visit.offset, visit.window, visit.last, visit.every
    return (
        visit.id,
        visit.title,
        visit.timing,
        visit.base,
        offset.amount if offset else 0,
        offset.unit if offset else "day",
        (window.early, window.late, window.unit) if window else None,
        (last.amount, last.unit) if last else None,
        (every.amount, every.unit, visit.chained, visit.most) if every else None,
        (visit.whichever, _moments(visit)) if visit.moments else None,
        visit.each,
    )


def _moments(visit: Visit) -> Moments:
    return tuple(
        (item.kind, item.name, item.offset.amount, item.offset.unit) for item in visit.moments
    )
