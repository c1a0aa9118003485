"""Is everything that a rule asks collected by a visit, and before it is asked?

Eligibility is asked at the visits of the activities that do `eligibility`; what an activity asks
by its `when` (or by the `applies when` of what it collects) is asked at its own visits; a dose is
asked when the intervention is given. "Later" is only what is later for every participant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.invariants.inputs_read import (
    collectors_of,
    doing,
    inputs_among,
    node_of,
    places_of,
    readers,
    rules_read,
    visits_of,
)
from trialc.graph.invariants.timing import timing
from trialc.graph.study import Study
from trialc.graph.walks import reached
from trialc.model.protocol import Activity, Criterion, Dose, Intervention
from trialc.source import Span

STEPS = ("consent", "eligibility", "randomisation")
WORDS = {
    "consent": "consent",
    "eligibility": "the eligibility review",
    "randomisation": "randomisation",
}


def needs_of_criteria_are_collected(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every input that an eligible verdict can need, no later than the eligibility review."""
    protocol = study.protocol
    if not any(activity.collects or activity.does for activity in protocol.activities):
        return study, ()  # the schedule does not say yet what is collected
    reviews = doing(study, "eligibility")
    found: list[Diagnostic] = []
    if protocol.criteria and not reviews:
        help_ = "add `does: eligibility` to the activity in which the criteria are checked"
        found.append(kinds.NO_REVIEW.at(protocol.activities[0].where, help=help_))
    more, late, _ = _of_criteria(study)
    return study, (*found, *more, *too_late(late))


def _of_criteria(study: Study) -> tuple[list[Diagnostic], list[Late], set[str]]:
    """The inputs that a criterion lacks, each at the first that does: what nobody collects, what is
    collected too late, and the nodes of both.
    """
    reviews = doing(study, "eligibility")
    found: list[Diagnostic] = []
    late: list[Late] = []
    lacked: set[str] = set()
    # Those with the same first reviews are asked together: the graph is walked once for them.
    together: dict[tuple[str, ...], dict[str, Criterion]] = {}
    for criterion in study.protocol.criteria:
        if not criterion.assessed:  # `stages`
            needed = tuple(_first_reviews(study, criterion))
            together.setdefault(needed, {})[f"criterion:{criterion.id}"] = criterion
    for needed, criteria in together.items():
        for node, rule in readers(study, criteria).items():
            criterion = criteria[rule]
            related = [Related(criterion.where, "needed here")]
            if reviews:
                related.append(Related(reviews[0].where, "eligibility is reviewed here"))
            if node not in lacked:
                said = len(found) + len(late)
                reader = f"criterion `{criterion.id}`"
                found += collected(study, node, reader, list(needed), related, late)
                lacked.update([node] if len(found) + len(late) > said else [])
    return found, late, lacked


def _first_reviews(study: Study, criterion: Criterion) -> list[str]:
    """The first reviews of eligibility at which those are looked at of whom a criterion is asked;
    several where nobody knows which of them is the first.
    """
    reviews, times = reviews_of(study, criterion), timing(study)
    return [one for one in reviews if not any(times.is_after(one, other) for other in reviews)]


def reviews_of(study: Study, criterion: Criterion) -> list[str]:
    """The reviews of eligibility at which those are looked at of whom a criterion is asked."""
    protocol = study.protocol
    reviews = visits_of(doing(study, "eligibility"))
    asked = [item for item in protocol.populations if item.id in criterion.populations]
    choices = {item.element for item in asked}
    ours = {visit for item in asked for visit in item.assessed}
    theirs = {
        visit
        for item in protocol.populations
        if item.element in choices and item not in asked
        for visit in item.assessed
    }
    return [visit for visit in reviews if visit in ours or visit not in theirs] or reviews


def needs_of_activities_are_collected(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """What decides whether an activity takes place is known when it does."""
    reads = rules_read(study.graph)
    criteria = readers(study, [f"criterion:{item.id}" for item in study.protocol.criteria])
    _, _, lacked = _of_criteria(study)
    reviewed = visits_of(doing(study, "eligibility"))
    found: list[Diagnostic] = []
    late: list[Late] = []
    for activity in study.protocol.activities:
        node = f"activity:{activity.id}"
        starts = [node, *(node_of(study, name) for name in activity.collects)]
        asked = set[str]().union(*(reached(reads, start) for start in starts))
        for need in inputs_among(study, asked):
            # What the criteria need as well is reported there, unless it is needed earlier here.
            if need in criteria and not collectors_of(study, need):
                continue
            at_reviews = need in criteria and timing(study).all_after(
                places_of(study, need), reviewed
            )
            if at_reviews or need in lacked:
                continue
            related = [Related(activity.where, "needed here")]
            reader = f"activity `{activity.id}`"
            found += collected(study, need, reader, activity.visits, related, late)
    return study, (*found, *too_late(late))


class Late(NamedTuple):
    """An input that is collected only after it is needed."""

    name: str
    collectors: list[Activity]
    reader: str
    needed: tuple[str, ...]
    related: list[Related]


def too_late(late: Iterable[Late]) -> Iterator[Diagnostic]:
    """Each activity at the wrong visit once, with all that it collects too late."""
    groups: dict[tuple[object, ...], list[Late]] = {}
    for one in late:
        places = tuple(visits_of(one.collectors))
        groups.setdefault((one.collectors[0].id, places, one.needed), []).append(one)
    for group in groups.values():
        first, several = group[0], len(group) > 1
        readers_ = ", ".join(dict.fromkeys(one.reader for one in group))
        where = first.collectors[0].where
        them = "them" if several else "it"
        yield kinds.COLLECTED_TOO_LATE.at(
            where,
            names=f"{_listed(one.name for one in group)} {'are' if several else 'is'}",
            collected=_listed(visits_of(first.collectors)),
            readers=f"{readers_} {'need' if ',' in readers_ else 'needs'} {them}",
            needed=_listed(first.needed),
            help=f"collect {them} at {_listed(first.needed)}, too",
            related=[each for each in first.related if each.where != where],
        )


def collected(
    study: Study,
    node: str,
    reader: str,
    needed: Sequence[str],
    related: list[Related],
    late: list[Late],
) -> Iterator[Diagnostic]:
    """Whether an input is collected at all; those that are collected too late go to `late`."""
    item = study.declared[node.partition(":")[2]]
    collectors = collectors_of(study, node)
    ours = item.where.file == study.protocol.file
    if not collectors:
        # What a library declares is asked for by a rule of the protocol: that is where to look.
        where = item.where if ours else related[0].where
        yield kinds.NEVER_COLLECTED.at(
            where,
            name=item.id,
            reader=reader,
            help=f"add `collects: {item.id}` to an activity",
            related=[each for each in related if each.where != where],
        )
    elif timing(study).all_after(visits_of(collectors), needed):
        late.append(Late(item.id, collectors, reader, tuple(needed), related))


# ---- doses


def doses_are_measured(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """The element of a dose is collected where the dose says, and before the intervention."""
    if not study.protocol.activities:
        return study, ()
    found: list[Diagnostic] = []
    for intervention in study.protocol.interventions:
        for dose in (intervention.dose, intervention.loading_dose):
            if dose is None:
                continue
            for node in _read_by_dose(study, dose):
                found += _dose(study, intervention, dose, node)
    return study, tuple(found)


def _given_as(study: Study, name: str) -> set[str]:
    """An intervention, and the choices of which it is one."""
    return {name, *(item.id for item in study.protocol.interventions if name in item.one_of)}


def _read_by_dose(study: Study, dose: Dose) -> Iterator[str]:
    """The inputs that a dose is worked out from."""
    if dose.element:
        yield f"data:{dose.element}"
    elif dose.number:
        yield from inputs_among(
            study, reached(rules_read(study.graph), f"definition:{dose.number}")
        )


def _dose(study: Study, intervention: Intervention, dose: Dose, node: str) -> Iterator[Diagnostic]:
    name = node.partition(":")[2]
    element, places = study.declared[name], places_of(study, node)
    shown = {"intervention": intervention.id, "element": name}
    where = dose.where or intervention.where
    related = [Related(element.where, "declared here")]
    if dose.measured_at and dose.measured_at not in places:
        yield kinds.DOSE_NOT_MEASURED.at(
            where,
            **shown,
            why=f"and no activity collects it at `{dose.measured_at}`",
            help=f"add `collects: {name}` to an activity at {dose.measured_at}",
            related=related,
        )
        return
    if not places:
        help_ = f"add `collects: {name}` to an activity before it is given"
        why = "and no activity collects it"
        yield kinds.DOSE_NOT_MEASURED.at(where, **shown, why=why, help=help_, related=related)
        return
    measured = [dose.measured_at] if dose.measured_at else places
    for given in (given for arm in study.protocol.arms for given in arm.gives):
        if given.intervention in _given_as(study, intervention.id) and timing(study).all_after(
            measured, [given.visit]
        ):
            yield kinds.DOSE_NOT_MEASURED.at(
                where,
                **shown,
                why=f"which is measured at {_listed(measured)}, after `{given.occasion}` at "
                f"`{given.visit}`",
                help=f"measure it at {given.visit} or before",
                related=[Related(given.where, "given here")],
            )
            return


# ---- order


def steps_are_in_order(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Consent, eligibility, randomisation, first intervention: none of them after the next one."""
    protocol, times = study.protocol, timing(study)
    steps: list[tuple[str, list[str], Span]] = []
    for step in STEPS:
        steppers = doing(study, step)
        visits = visits_of(steppers)
        place = steppers[0].where if steppers else Span("", 0, 0)
        stated = [item for item in protocol.randomisations if item.at]
        if step == "randomisation" and stated:
            visits = list(dict.fromkeys((*visits, *(item.at for item in stated))))
            place = place or stated[0].where
        if visits:
            steps.append((WORDS[step], visits, place))
    # A run-in is given to everybody, before or after randomisation.
    # Who enters an arm after an event was given something before.
    arms = [arm for arm in protocol.arms if arm.entry is None]
    given = [given for arm in arms for given in arm.gives if not given.everyone]
    if given:
        visits = list(dict.fromkeys(one.visit for one in given))
        first = [one for one in visits if not any(times.is_after(one, two) for two in visits)]
        steps.append((f"`{given[0].occasion}`", first, given[0].where))
    return study, tuple(
        kinds.STEPS.at(
            place,
            first=name,
            one=_listed(visits),
            second=later,
            other=_listed(others),
            help="move one of them to another visit",
            related=[Related(there, f"{later} is here")],
        )
        for (name, visits, place), (later, others, there) in pairwise(steps)
        if times.all_after(visits, others)
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
