"""Is what endpoints compare collected at the visits at which they compare it?"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import giving as kinds
from trialc.graph.invariants.inputs_read import inputs_behind, places_of
from trialc.graph.invariants.timing import timing
from trialc.graph.study import Study
from trialc.model.protocol import Endpoint


def endpoints_can_be_measured(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Data are collected at each visit of an endpoint, and time goes forward in it."""
    found: list[Diagnostic] = []
    for endpoint in study.protocol.endpoints:
        if study.protocol.activities:
            found += _collected(study, endpoint)
        change = endpoint.change
        if endpoint.first != endpoint.last:
            what = f"the time frame of `{endpoint.id}` goes back in time"
            found += _backwards(study, endpoint, endpoint.first, endpoint.last, what)
        if change is not None:
            what = f"`{endpoint.id}` compares `{change.first}` with a visit that is not later"
            found += _backwards(study, endpoint, change.first, change.last, what)
    return study, tuple(found)


def _collected(study: Study, endpoint: Endpoint) -> Iterator[Diagnostic]:
    change = endpoint.change
    visits = (change.first, change.last) if change is not None else endpoint.visits
    for node in inputs_behind(study, f"endpoint:{endpoint.id}"):
        name = node.partition(":")[2]
        for visit in visits:
            if visit not in places_of(study, node):
                yield kinds.NOT_MEASURED_THERE.at(
                    endpoint.where,
                    endpoint=endpoint.id,
                    name=name,
                    visit=visit,
                    help=f"add `collects: {name}` to an activity at {visit}",
                    related=[Related(study.declared[name].where, "declared here")],
                )


def _backwards(
    study: Study, endpoint: Endpoint, first: str, last: str, what: str
) -> Iterator[Diagnostic]:
    if first == last or timing(study).all_after([first], [last]):
        help_ = f"write `{last}` first, or name another visit"
        yield kinds.TIME_FRAME.at(endpoint.where, what=what, help=help_)
