"""Estimands that ask the same; analyses and replacements beyond the planned participants."""

from __future__ import annotations

from itertools import combinations

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import design as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Estimand


def estimands_differ(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Two estimands of an endpoint differ in some attribute."""
    return study, tuple(
        kinds.ESTIMAND_REPEATED.at(
            two.where,
            one=one.id,
            two=two.id,
            endpoint=one.endpoint,
            help="leave one of them out, or mend what was meant to differ",
            related=[Related(one.where, "the other one")],
        )
        for one, two in combinations(study.protocol.estimands, 2)
        if _asked(one) == _asked(two)
    )


def _asked(item: Estimand) -> tuple[object, ...]:
    events = frozenset((one.event, one.strategy) for one in item.intercurrent_events)
    treatment = frozenset(item.arms), item.treatment
    return item.endpoint, item.population, treatment, events, item.summary


def results_stay_masked(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """No masked role sees the results of an interim analysis."""
    masking = study.protocol.masking
    if masking is None:
        return study, ()
    return study, tuple(
        kinds.MASKED_SEES_RESULTS.at(
            item.where,
            role=item.by,
            interim=item.id,
            help="name a role that is not masked in `by`",
            related=[Related(masking.where, "masked here")],
        )
        for item in study.protocol.interims
        if item.by in masking.masked
    )


def plans_fit_the_enrolment(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """No analysis waits for more participants than are planned, nor are more replaced."""
    about, found = study.protocol.metadata, list[Diagnostic]()
    if about.enrolment is None or about.enrolment_type == "actual":
        return study, ()
    related = [Related(about.where, "`enrolment` is stated in here")]
    help_ = "mend the number, or `enrolment` of the protocol"
    for item in study.protocol.interims:
        if item.of == "participants" and item.amount > about.enrolment:
            what = (
                f"`{item.id}` waits for {item.amount:g} participants, {about.enrolment} are planned"
            )
            found.append(
                kinds.MORE_THAN_PLANNED.at(item.where, what=what, help=help_, related=related)
            )
    for group in study.protocol.populations:
        if group.enrolment > about.enrolment:
            what = f"`{group.id}` has {group.enrolment} participants, {about.enrolment} are planned"
            found.append(
                kinds.MORE_THAN_PLANNED.at(group.where, what=what, help=help_, related=related)
            )
    replaced = about.replacement
    if replaced is not None and replaced.most is not None and replaced.most > about.enrolment:
        what = f"up to {replaced.most} participants are replaced, {about.enrolment} are planned"
        found.append(kinds.MORE_THAN_PLANNED.at(about.where, what=what, help=help_))
    return study, tuple(found)
