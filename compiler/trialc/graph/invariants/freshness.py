"""Are values young enough where they are asked: at reviews of eligibility, and at assessments?"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.invariants.collection import reviews_of
from trialc.graph.invariants.inputs_read import collectors_of, doing, places_of, readers
from trialc.graph.invariants.timing import Timing, timing
from trialc.graph.study import Study
from trialc.model.declared import Duration
from trialc.model.protocol import Activity, Criterion, Data
from trialc.model.visit_days import ANCHORS
from trialc.source import Span
from trialc_runtime.calendar import add


def values_are_fresh(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """A value collected as planned is not yet too old wherever a criterion that asks it is looked
    at: at reviews of eligibility, and at the visits at which it is `assessed`.
    """
    found: dict[str, Diagnostic] = {}
    for asked, visit, where, what in _looked_at(study):
        needed = readers(study, [f"criterion:{item.id}" for item in asked])
        for element in study.protocol.data:
            node, window = f"data:{element.id}", element.window
            if window is None or node not in needed or element.id in found:
                continue
            if _is_stale_at(study, node, window, visit):
                collector = collectors_of(study, node)[0]
                found[element.id] = _stale(
                    element, window, visit, collector, Related(where, f"{what} here")
                )
    ordered = (found.get(element.id) for element in study.protocol.data)
    return study, tuple(one for one in ordered if one is not None)


def _looked_at(study: Study) -> Iterator[tuple[list[Criterion], str, Span, str]]:
    """Criteria, the visit at which they are looked at, where the text says so, and what it says."""
    general = [item for item in study.protocol.criteria if not item.assessed]
    for review in doing(study, "eligibility"):
        for visit in review.visits:
            asked = [item for item in general if visit in reviews_of(study, item)]
            yield asked, visit, review.where, "reviewed"
    for criterion in study.protocol.criteria:
        for visit in criterion.assessed:
            yield [criterion], visit, criterion.where, "assessed"


def _is_stale_at(study: Study, node: str, window: Duration, review: str) -> bool:
    """Whether what is collected up to a review is always too old at it."""
    times = timing(study)
    places = [place for place in places_of(study, node) if not times.is_after(place, review)]
    return bool(places) and _always_stale(times, window, places, review)


def _stale(
    element: Data, window: Duration, visit: str, collector: Activity, looked_at: Related
) -> Diagnostic:
    length = f"{window.amount} {window.unit}{'' if window.amount == 1 else 's'}"
    return kinds.STALE.at(
        collector.where,
        name=element.id,
        window=length,
        visit=f"`{visit}`",
        help=f"collect it within {length} before {visit}, too",
        related=[Related(element.where, f"valid for {length}"), looked_at],
    )


def _always_stale(times: Timing, window: Duration, places: list[str], review: str) -> bool:
    # An anchor of its own is not before the visit that it follows.
    while times.visits[review].timing == "after":
        review = times.visits[review].base
    if window.unit == "hour" or not all(times.comparable(place, review) for place in places):
        return False
    return all(
        times.span(place, start)[1] < _back(times.span(review, start)[0], window)
        for place in places
        for start in ANCHORS
    )


def _back(day: float, window: Duration) -> float:
    """The first day from which a value is still valid on a day."""
    return day if day == -inf else add(int(day), -window.amount, window.unit)
