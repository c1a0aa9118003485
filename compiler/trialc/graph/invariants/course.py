"""What is done at one visit: in which order, how near to its time, with which older results."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import networkx as nx

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import course as kinds
from trialc.graph.study import Study
from trialc.graph.walks import circle
from trialc.model.protocol import Activity, Duration, Timepoint, Visit
from trialc.model.visit_days import ANCHORS, later

MINUTES_OF = {"min": 1, "minute": 1, "minutes": 1, "h": 60, "hour": 60, "hours": 60}


def activities_follow_one_another(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """`after`, `before` and a binding order of the text leave a first activity at every visit."""
    activities = study.protocol.activities
    found = [one for item in activities for one in _apart(study, item)]
    told: set[frozenset[str]] = set()
    for visit in study.protocol.visits:
        here = [item for item in activities if visit.id in item.visits]
        order = _order(visit, here)
        knots = (knot for knot in nx.strongly_connected_components(order) if len(knot) > 1)
        loops = (frozenset((node,)) for node in order if order.has_edge(node, node))
        for knot in (*map(frozenset, knots), *loops):
            if knot not in told:
                told.add(knot)
                found.append(_circle(study, visit, order, knot))
    return study, tuple(found)


def _apart(study: Study, item: Activity) -> Iterator[Diagnostic]:
    for word, names in (("after", item.after), ("before", item.before)):
        for name in names:
            other = study.declared[name]
            assert isinstance(other, Activity)
            if not set(item.visits) & set(other.visits):
                yield kinds.ORDER_APART.at(
                    item.where,
                    one=item.id,
                    other=other.id,
                    word=word,
                    help=f"leave `{word}: {name}` out, or put both at one visit",
                    related=[Related(other.where, "the other activity")],
                )


def _order(visit: Visit, here: list[Activity]) -> nx.DiGraph[str]:
    """An edge to each activity that is done later."""
    names = {item.id for item in here}
    order: nx.DiGraph[str] = nx.DiGraph()
    for item in here:
        order.add_edges_from((one, item.id) for one in item.after if one in names)
        order.add_edges_from((item.id, one) for one in item.before if one in names)
    if visit.in_order:
        order.add_edges_from((one.id, other.id) for one, other in pairwise(here))
    return order


def _circle(study: Study, visit: Visit, order: nx.DiGraph[str], knot: frozenset[str]) -> Diagnostic:
    place = {item.id: number for number, item in enumerate(study.protocol.activities)}
    first = min(knot, key=place.__getitem__)
    way = circle(nx.DiGraph(order.subgraph(knot)), first)
    return kinds.ORDER_CIRCLE.at(
        study.declared[first].where,
        visit=visit.id,
        path=" -> ".join((*way, way[0])),
        help="take one `after`, `before` or `order: binding` away",
        related=[
            *(Related(study.declared[name].where, "declared here") for name in way[1:]),
            Related(visit.where, "at this visit"),
        ],
    )


def timepoints_keep_apart(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """What is on time for one timepoint is not later than what is on time for the next one."""
    found: list[Diagnostic] = []
    for item in study.protocol.activities:
        for first, second in pairwise(item.timepoints) if item.tolerance else ():
            if _latest(item, first) > _earliest(item, second):
                found.append(
                    kinds.WIDE_TOLERANCE.at(
                        second.where,
                        tolerance=item.tolerance,
                        first=first.text,
                        second=second.text,
                        help="make the tolerance smaller",
                    )
                )
                break
    return study, tuple(found)


def _latest(item: Activity, point: Timepoint) -> Fraction:
    return Fraction(str(point.minutes)) + _tolerance(item, point)


def _earliest(item: Activity, point: Timepoint) -> Fraction:
    return Fraction(str(point.minutes)) - _tolerance(item, point)


def _tolerance(item: Activity, point: Timepoint) -> Fraction:
    number, _, unit = item.tolerance.partition(" ")
    if unit == "%":
        return abs(Fraction(str(point.minutes))) * Fraction(number) / 100
    return Fraction(number) * MINUTES_OF[unit]


def reused_results_are_valid(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """A result that may be reused is not yet too old for what asks for it."""
    valid = {item.id: item for item in study.protocol.data}
    found: list[Diagnostic] = []
    for activity in study.protocol.activities:
        for name in activity.collects if activity.reuse else ():
            element = valid.get(name)
            if element is None or element.window is None or activity.reuse is None:
                continue
            if any(_back(day, activity.reuse) < _back(day, element.window) for day in ANCHORS):
                found.append(
                    kinds.STALE_REUSE.at(
                        activity.reuse.where,
                        name=name,
                        reuse=_length(activity.reuse),
                        valid=_length(element.window),
                        help=f"write `reuse if within {_length(element.window)}`",
                        related=[Related(element.where, "valid for so long")],
                    )
                )
    return study, tuple(found)


def _back(day: int, length: Duration) -> float:
    return later(day, -length.amount, length.unit)


def _length(length: Duration) -> str:
    return f"{length.amount} {length.unit}{'' if length.amount == 1 else 's'}"
