"""Who is randomised where: populations in time for it, visits that do it, one limit of a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import design as kinds_of_design
from trialc.diagnostics.catalog import populations as kinds
from trialc.graph.invariants.inputs_read import doing, visits_of
from trialc.graph.invariants.timing import timing
from trialc.graph.study import Study
from trialc.model.design import Cap
from trialc.model.expression import Holds, Refer
from trialc.model.populations import Population, Quota
from trialc.model.protocol import Criterion, Protocol, Randomisation
from trialc.source import Span


def populations_are_looked_at_in_time(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """No population is looked at only after the randomisation that it is for."""
    found: list[Diagnostic] = []
    for population in study.protocol.populations:
        candidates = _of(population, study.protocol)
        late = list(_late(study, population, population.where, population.assessed, candidates))
        found += late
        for item in () if late else study.protocol.criteria:
            if _is_only_for(item, population, study.protocol):
                found += _late(study, item, item.where, item.assessed, candidates)
    return study, tuple(found)


class Way(NamedTuple):
    """How those who are eligible go on: a randomisation, or an arm that they enter."""

    id: str
    at: str
    where: Span


def _of(population: Population, protocol: Protocol) -> list[Way]:
    """The randomisations, and the arms that are entered, that a population can be for: those that
    name it; where none does and it is entered, randomisations that name nobody.
    """
    named = [item for item in protocol.randomisations if population.id in item.populations]
    stated = [Way(item.id, item.at, item.where) for item in named]
    for arm in protocol.arms:
        if arm.entry is not None and population.id in arm.populations:
            stated.append(Way(arm.id, arm.entry.visit, arm.entry.where))
    if stated or population.type != "entry":
        return stated
    free = [item for item in protocol.randomisations if not item.populations]
    return [Way(item.id, item.at, item.where) for item in free]


def _late(
    study: Study,
    item: Population | Criterion,
    where: Span,
    assessed: Sequence[str],
    candidates: Sequence[Way],
) -> Iterator[Diagnostic]:
    """Whether something is assessed after all randomisations that it can be for."""
    if not assessed or not candidates or any(not one.at for one in candidates):
        return
    times = timing(study)
    if all(times.all_after(assessed, [one.at]) for one in candidates):
        last = candidates[-1]
        is_one = isinstance(item, Criterion)
        yield kinds.LOOKED_AT_LATE.at(
            where,
            what=f"criterion `{item.id}` is" if is_one else f"the criteria of `{item.id}` are",
            visits=", ".join(f"`{name}`" for name in assessed),
            randomisation=last.id,
            at=last.at,
            help=f"assess {'it' if is_one else 'them'} at {last.at} or before, or name the other "
            "randomisation that it is for: `population: ...`",
            related=[Related(one.where, "randomised here") for one in candidates],
        )


def _is_only_for(item: Criterion, population: Population, protocol: Protocol) -> bool:
    """Whether a criterion is for one population, of the choice that this is of."""
    choice = protocol.population_choices[population.element]
    return [name for name in item.populations if name in choice] == [population.id]


def randomisations_are_done(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """An activity does each randomisation, at the visit that it names."""
    protocol = study.protocol
    stated = [item for item in protocol.randomisations if item.at]
    done = visits_of(doing(study, "randomisation"))
    is_each_stated = len(stated) == len(protocol.randomisations)
    elsewhere = is_each_stated and done and set(done).isdisjoint(item.at for item in stated)
    if elsewhere or not any(activity.does for activity in protocol.activities):
        return study, ()  # said of the activities, or the schedule says nothing of such steps
    return study, tuple(
        kinds_of_design.RANDOMISATION_NOT_DONE.at(
            item.where,
            name=item.id,
            visit=item.at,
            help=f"add `does: randomisation` to an activity at {item.at}",
        )
        for item in stated
        if item.at not in done
    )


# ---- limits


def limits_agree(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """A quota and the cap of a randomisation say the same of one group."""
    protocol = study.protocol
    found: list[Diagnostic] = []
    for quota in protocol.quotas:
        for item in protocol.randomisations:
            for cap in item.caps:
                if _is_of(quota, cap, protocol) and _differ(quota, cap):
                    found.append(_two_limits(quota, item, cap))
    return study, tuple(found)


def _two_limits(quota: Quota, item: Randomisation, cap: Cap) -> Diagnostic:
    return kinds.TWO_LIMITS.at(
        quota.where,
        quota=quota.id,
        one=quota.words,
        randomisation=item.id,
        other=f"{cap.percent} %" if cap.percent else f"{cap.count} participants",
        help="leave one of them out, or write the same number in both",
        related=[Related(cap.where, "the other limit")],
    )


def _is_of(quota: Quota, cap: Cap, protocol: Protocol) -> bool:
    """Whether both are about one group."""
    named = next((one.condition for one in protocol.conditions if one.id == cap.of), None)
    return quota.condition in (Refer(name=cap.of), Holds(path=cap.of)) or quota.condition == named


def _differ(quota: Quota, cap: Cap) -> bool:
    """Whether two limits of one unit cannot both be meant."""
    share = quota.share
    mine, theirs = float(share.percent or share.participants), float(cap.percent or cap.count)
    if share.percent and share.of and not cap.percent:
        mine = mine * share.of / 100
    elif bool(share.percent) != bool(cap.percent):
        return False
    return mine != theirs if quota.bound == "most" else mine > theirs
