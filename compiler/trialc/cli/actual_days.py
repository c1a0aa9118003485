"""Days that have come, against what the protocol plans: what cannot be, and what is remarkable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialc.model.protocol import Protocol


def impossible(protocol: Protocol, visits: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Anchors that took place before the visit which they follow. ISO dates sort as they are."""
    rows = {row["visit"]: row for row in visits}
    for visit in protocol.visits:
        own, base = rows.get(visit.id), rows.get(visit.base)
        if visit.timing != "after" or own is None or base is None or not own["actual"]:
            continue
        before = base["actual"] or base["earliest"] or base["target"]
        if before and own["actual"] < before:
            there = "took place on" if base["actual"] else "is planned for no day before"
            way_out = "" if base["actual"] else f"; say when that was: `--actual {visit.base}=...`"
            yield (
                f"`{visit.id}` follows `{visit.base}`, which {there} {before}, and cannot have "
                f"taken place on {own['actual']}{way_out}"
            )


def remarks(visits: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Visits that took place outside of their window."""
    for row in visits:
        day, first, last = row["actual"], row["earliest"], row["latest"]
        if day and first and day < first:
            yield f"{row['visit']} took place on {day}, before its window, which begins on {first}"
        if day and last and day > last:
            yield f"{row['visit']} took place on {day}, after its window, which ended on {last}"
