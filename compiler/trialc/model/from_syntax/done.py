"""What `if done` asks of an element that is spelled out in several.

A history was asked, and a result with retests was measured, where its first element was; several
measurements were done where one of them was. What is known of the rest then decides, or is needed:
an `if done` never throws away a result because another one like it is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from trialc.model.from_syntax.context import Context
from trialc.model.histories import all_of


def measured_as_one(names: Iterable[str], context: Context) -> Iterator[tuple[str, ...]]:
    """For each declaration among elements, once: the elements of which one must have been done."""
    together: dict[object, list[str]] = {}
    for element in context.data.values():
        together.setdefault(element.where, []).append(element.id)
    seen: set[object] = set()
    for name in names:
        place = context.data[name].where
        if place in seen:
            continue
        seen.add(place)
        parts = together[place]
        first = min(parts, key=len)
        is_whole = all(part == first or part.startswith(f"{first}.") for part in parts)
        yield (first,) if is_whole else tuple(part for part in parts if not _is_day(part, parts))


def _is_day(name: str, parts: Iterable[str]) -> bool:
    """Whether an element is a part of a measurement: the day on which it was taken."""
    return any(name.startswith(f"{part}.") for part in parts)


def asked_together(names: Collection[str], context: Context) -> tuple[str, str] | None:
    """A class among elements, and one of its members that is asked, too; None where there is none.

    Its members are of the author's making, each asked by itself: where nobody asked for one of
    them, a result of another one must not be thrown away.
    """
    for name in names:
        members = all_of(name, context.classes)[1:]
        asked = next((member for member in members if member in names), None)
        if asked is not None:
            return name, asked
    return None
