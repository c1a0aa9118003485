"""Visits and activities of some arms only: are these arms there, and is anybody in them by then?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import course as kinds
from trialc.graph.invariants.timing import timing
from trialc.graph.study import Study
from trialc.model.protocol import Activity, Administration, Arm, Visit


def what_is_of_some_arms_is_possible(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """After randomisation, for participants that the visit has, with all that they are given."""
    protocol = study.protocol
    found: list[Diagnostic] = []
    for visit in protocol.visits:
        found += _too_early(study, visit, [visit.id])
    for activity in protocol.activities:
        found += _too_early(study, activity, activity.visits)
        found += _for_nobody(study, activity)
    for arm in protocol.arms:
        for given in arm.gives:
            found += _not_there(study, arm, given)
    return study, tuple(found)


def _too_early(study: Study, item: Visit | Activity, visits: Iterable[str]) -> Iterator[Diagnostic]:
    if not item.arms:
        return
    for randomisation in study.protocol.randomisations:
        if not randomisation.at or not set(item.arms) & {one.arm for one in randomisation.ratio}:
            continue
        for visit in visits:
            if timing(study).is_after(randomisation.at, visit):
                is_visit = isinstance(item, Visit)
                yield kinds.ARM_TOO_EARLY.at(
                    item.where,
                    what=f"visit `{item.id}`" if is_visit else f"`{item.id}` at `{visit}`",
                    arms=listed(item.arms),
                    help=f"leave `for` out, or put it at `{randomisation.at}` or later",
                    related=[Related(randomisation.where, "randomised here")],
                )
                return


def _for_nobody(study: Study, activity: Activity) -> Iterator[Diagnostic]:
    visits = {visit.id: visit for visit in study.protocol.visits}
    for name in activity.visits if activity.arms and not activity.first else ():
        visit = visits.get(name)
        if visit is not None and visit.arms and not set(visit.arms) & set(activity.arms):
            yield kinds.FOR_NOBODY.at(
                activity.where,
                activity=activity.id,
                ours=listed(activity.arms),
                visit=name,
                theirs=listed(visit.arms),
                help=f"leave `{name}` out, or change the arms of one of them",
                related=[Related(visit.where, "the visit")],
            )


def _not_there(study: Study, arm: Arm, given: Administration) -> Iterator[Diagnostic]:
    protocol = study.protocol
    visit = next((item for item in protocol.visits if item.id == given.visit), None)
    giving = [
        item
        for item in protocol.activities
        if given.occasion in item.gives and given.visit in item.visits
    ]
    lacking: Visit | Activity | None = None
    what = "the visit takes place"
    if visit is not None and visit.arms and arm.id not in visit.arms:
        lacking = visit
    elif giving and all(item.arms and arm.id not in item.arms for item in giving):
        lacking, what = giving[0], "it is done"
    if lacking is not None:
        yield kinds.ARM_NOT_THERE.at(
            given.where,
            arm=arm.id,
            occasion=given.occasion,
            visit=given.visit,
            what=what,
            arms=listed(lacking.arms),
            help=f"add `{arm.id}` to `for` there, or give it at another visit",
            related=[Related(lacking.where, "declared here")],
        )


def listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
