"""Criteria that are assessed at visits of their own: is all that they ask there by then?"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.invariants.collection import Late, collected, too_late
from trialc.graph.invariants.inputs_read import doing, readers, visits_of
from trialc.graph.invariants.timing import timing
from trialc.graph.study import Study
from trialc.model.protocol import Criterion


def stages_are_possible(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Reviewed where they are assessed, on values that are known by then, before treatment."""
    protocol = study.protocol
    if not any(activity.collects or activity.does for activity in protocol.activities):
        return study, ()
    found: list[Diagnostic] = []
    reported: set[str] = set()
    late: list[Late] = []
    for criterion in protocol.criteria:
        if criterion.assessed:
            found += _unreviewed(study, criterion)
            found += _after_treatment(study, criterion)
            found += _unknown_by_then(study, criterion, reported, late)
    return study, (*found, *too_late(late))


def _unreviewed(study: Study, criterion: Criterion) -> Iterator[Diagnostic]:
    reviewed = visits_of(doing(study, "eligibility"))
    for visit in criterion.assessed:
        if reviewed and visit not in reviewed:
            advice = f"add `does: eligibility` to an activity at {visit}"
            yield kinds.STAGE_NOT_REVIEWED.at(
                criterion.where, name=criterion.id, visit=visit, help=advice
            )


def _after_treatment(study: Study, criterion: Criterion) -> Iterator[Diagnostic]:
    times = timing(study)
    entries = _entries(study, criterion)
    given = [
        given
        for arm in study.protocol.arms
        for given in arm.gives
        if not given.everyone and (not entries or not times.all_after(entries, [given.visit]))
    ]
    first = next((one for one in given if times.all_after(criterion.assessed, [one.visit])), None)
    if first is not None:
        yield kinds.STAGE_TOO_LATE.at(
            criterion.where,
            name=criterion.id,
            visit=criterion.assessed[0],
            occasion=first.occasion,
            help=f"assess it at {first.visit} or before",
            related=[Related(first.where, "given here")],
        )


def _entries(study: Study, criterion: Criterion) -> list[str]:
    """Where those enter a later randomisation of whom alone a criterion is asked: what they were
    given before is no obstacle.
    """
    entered = [item for item in study.protocol.populations if item.id in criterion.populations]
    is_later = bool(entered) and all(item.type == "entry" for item in entered)
    return [visit for item in entered for visit in item.assessed] if is_later else []


def _unknown_by_then(
    study: Study, criterion: Criterion, reported: set[str], late: list[Late]
) -> Iterator[Diagnostic]:
    """Each input once, at the first criterion and the first visit that lack it."""
    related = [Related(criterion.where, "assessed here")]
    for node in readers(study, [f"criterion:{criterion.id}"]):
        for visit in criterion.assessed:
            if node not in reported:
                reader = f"criterion `{criterion.id}`"
                before = len(late)
                found = tuple(collected(study, node, reader, [visit], related, late))
                reported.update([node] if found or len(late) > before else [])
                yield from found
