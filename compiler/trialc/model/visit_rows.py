"""Visits in the form in which `trialc_runtime.schedule` dates them."""

from __future__ import annotations

from trialc.model.timeline import Visit

Row = tuple[
    str, str, str, str, int, str, tuple[int, int, str] | None, tuple[int, str] | None,
    tuple[int, str] | None,
]  # fmt: skip


def visit_row(visit: Visit) -> Row:
    """id, title, kind, base, amount, unit, window, last day of a span, step of a cycle."""
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
        (every.amount, every.unit) if every else None,
    )
