"""Do dose levels say rising doses, once, and is the toxicity looked for through its window?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import dose_levels as kinds
from trialc.graph.invariants.gate_times import review_gap
from trialc.graph.study import Study
from trialc.model.amounts import amount_of, is_more
from trialc.model.protocol import Dose, Escalation, Level
from trialc.model.units import compatible


def dose_levels_are_sound(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every level has a dose and is listed; along an escalation no dose falls."""
    protocol = study.protocol
    levels = {level.id: level for level in protocol.levels}
    listed = {name for plan in protocol.escalations for name in plan.levels}
    found: list[Diagnostic] = []
    for level in protocol.levels:
        if not level.doses:
            help_ = "write `{ dose of ...: ... }` with an intervention and an amount"
            found.append(kinds.LEVEL_WITHOUT_DOSE.at(level.where, level=level.id, help=help_))
        is_named = any(study.predecessors(f"level:{level.id}", "uses"))
        if level.id not in listed and (protocol.escalations or not is_named):
            help_ = "write it in `levels:`, where its dose belongs, or leave it out"
            found.append(kinds.LEVEL_NOT_LISTED.at(level.where, level=level.id, help=help_))
    for plan in protocol.escalations:
        for lower, higher in pairwise(levels[name] for name in plan.levels):
            found += _rising(plan, lower, higher)
    return study, tuple(found)


def _rising(plan: Escalation, lower: Level, higher: Level) -> Iterator[Diagnostic]:
    """Of two neighbours: of several drugs, one may fall while another one rises."""
    before = {item.intervention: item.dose for item in lower.doses}
    pairs = [
        (item.intervention, _amount(before[item.intervention]), _amount(item.dose))
        for item in higher.doses
        if item.intervention in before
    ]
    if any(is_more(more, less) for _, less, more in pairs):
        return
    related = [Related(lower.where, "the lower level"), Related(plan.where, "listed here")]
    for drug, less, more in pairs:
        if is_more(less, more):
            yield kinds.DOSES_FALL.at(
                higher.where,
                drug=drug,
                lower=lower.id,
                less=less,
                higher=higher.id,
                more=more,
                help="write `levels` from the lowest dose to the highest, or mend the doses",
                related=related,
            )
            return
    if pairs and len(pairs) == len(before) == len(higher.doses) and all(map(_are_same, pairs)):
        fields = {"lower": lower.id, "higher": higher.id}
        yield kinds.SAME_DOSES.at(
            higher.where, help="mend one of the doses", related=related, **fields
        )


def _are_same(pair: tuple[str, str, str]) -> bool:
    """Whether two amounts are one, in whatever units they are written."""
    _, one, other = pair
    first, second = amount_of(one), amount_of(other)
    if first is None or second is None:
        return one == other != ""
    return compatible(first[1], second[1]) and first[0] == second[0]


def _amount(dose: Dose) -> str:
    """A dose as written, of `5 mg/kg of a weight` only `5 mg/kg`; "" for a calculated one."""
    return " ".join(dose.text.split()[:2]) if dose.amount is not None else ""


def levels_alone_say_the_dose(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """What levels say a dose of has no dose of its own, and none where an escalation counts."""
    protocol = study.protocol
    found: list[Diagnostic] = []
    levels = {level.id: level for level in protocol.levels}
    for plan in protocol.escalations:
        of_levels = {
            item.intervention: levels[name] for name in plan.levels for item in levels[name].doses
        }
        stated = [(item.id, item.dose, item.where) for item in protocol.interventions]
        stated += [
            (given.intervention, given.dose, given.where)
            for arm in protocol.arms
            for given in arm.gives
            if given.occasion == plan.toxicity.occasion
        ]
        found += [
            kinds.TWO_DOSES.at(
                dose.where if dose.where.end > dose.where.start else where,
                drug=drug,
                dose=dose.text,
                level=of_levels[drug].id,
                help="leave it out here; outside the escalation, `give ... as ...` says a dose",
                related=[Related(of_levels[drug].where, "the dose of a level")],
            )
            for drug, dose, where in stated
            if dose is not None and drug in of_levels
        ]
    return study, tuple(dict.fromkeys(found))


def toxicities_are_reviewed(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Some activity reviews the toxicity when its window ends."""
    found: list[Diagnostic] = []
    for plan in study.protocol.escalations if study.protocol.activities else ():
        gap = review_gap(study, plan.toxicity, [])
        if gap is not None:
            found.append(
                kinds.TOXICITY_NOT_REVIEWED.at(
                    plan.toxicity.where,
                    escalation=plan.id,
                    event=plan.toxicity.event,
                    why=gap.why,
                    help=gap.help,
                    related=gap.related,
                )
            )
    return study, tuple(found)
