"""Builders of example participants and tests."""

from __future__ import annotations

from typing import Any

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.build_expressions import whole
from trialc.syntax.build_transitions import step_word
from trialc.syntax.building import Parts, builds, present


@builds("patient")
def patient(parts: Parts, where: Span) -> tree.Declaration:
    name, title, other, *assignments = parts
    head = tree.LikeHead(other, where=other.where) if other else None
    body = tuple(assignments)
    return tree.Declaration("patient", name, title=title, head=head, body=body, where=where)


@builds("need")
def need(parts: Parts, where: Span) -> tuple[bool, tree.Name]:
    return False, parts[0]


@builds("cause_need")
def cause_need(parts: Parts, where: Span) -> tuple[bool, tree.Name]:
    return True, parts[0]


@builds("expectation")
def expectation(
    parts: Parts, where: Span
) -> tuple[str, tuple[tree.Name, ...], tuple[tuple[bool, tree.Name], ...], Span]:
    verdict, *rest = present(parts)
    by = tuple(part for part in rest if isinstance(part, tree.Name))
    needing = tuple(part for part in rest if not isinstance(part, tree.Name))
    return verdict.text, by, needing, where


@builds("test")
def test(parts: Parts, where: Span) -> tree.Declaration:
    name, title, whom, given, changes, *expected = parts
    names = whom.names if whom else ()
    if isinstance(expected[0], tree.TestRow):
        rows = tuple(expected)
        head = tree.TestHead(given, changes or (), "", (), (), names, rows, where=name.where)
    else:
        verdict, by, needing, place = expected[0]
        head = tree.TestHead(given, changes or (), verdict, by, needing, names, where=place)
    return tree.Declaration("test", name, title=title, head=head, where=where)


@builds("row")
def row(parts: Parts, where: Span) -> tree.TestRow:
    *changes, (verdict, by, needing, expected) = parts
    return tree.TestRow(tuple(changes), verdict, by, needing, where=expected)


@builds("participant")
def participant(parts: Parts, where: Span) -> int | None:
    return whole(parts[0]) if parts else None


@builds("of_cohort")
def of_cohort(parts: Parts, where: Span) -> tree.Name:
    return parts[0]


@builds("event_step")
def event_step(parts: Parts, where: Span) -> tree.TrialStep:
    event, who, on, attributes = parts
    return _step(event, False, who, on, attributes or (), where)


def _step(
    event: tree.Name,
    absence: bool,
    who: int | tree.Name | None,
    on: tree.DateText,
    attributes: tuple[tree.Assignment, ...],
    where: Span,
) -> tree.TrialStep:
    if isinstance(who, tree.Name):
        return tree.TrialStep(event, absence, None, on, attributes, who, where=where)
    return tree.TrialStep(event, absence, who, on, attributes, where=where)


@builds("absence_step")
def absence_step(parts: Parts, where: Span) -> tree.TrialStep:
    event, who, on = parts
    return _step(event, True, who, on, (), where)


@builds("decision_step")
def decision_step(parts: Parts, where: Span) -> tree.TrialDecision:
    role, gate, decision, on, whom = parts
    return tree.TrialDecision(role, gate, decision.text, on, whom, where=where)


@builds("whom_participant")
def whom_participant(parts: Parts, where: Span) -> tree.Asked:
    return tree.Asked("participant", str(whole(parts[0])), where=where)


@builds("whom_block")
def whom_block(parts: Parts, where: Span) -> tree.Asked:
    return tree.Asked("block", str(whole(parts[0])), where=where)


@builds("whom_cohort")
def whom_cohort(parts: Parts, where: Span) -> tree.Asked:
    return tree.Asked("cohort", parts[0].text, where=where)


@builds("expected_state")
def expected_state(parts: Parts, where: Span) -> tree.TrialExpectation:
    gate, state, on, whom = parts
    return tree.TrialExpectation(gate, state.text, on, whom, where=where)


@builds("expected_due")
def expected_due(parts: Parts, where: Span) -> tree.TrialDue:
    escalation, due, to, on = parts
    return tree.TrialDue(escalation, step_word(due.text), to, on, where=where)


@builds("trial_given")
def trial_given(parts: Parts, where: Span) -> tree.TrialGroup:
    block, size, *given = parts
    return tree.TrialGroup(whole(block), None, None, whole(size), *given, where=where)


@builds("cohort_given")
def cohort_given(parts: Parts, where: Span) -> tree.TrialGroup:
    cohort, level, size, *given = parts
    return tree.TrialGroup(0, cohort, level, whole(size), *given, where=where)


@builds("trial_test")
def trial_test(parts: Parts, where: Span) -> tree.Declaration:
    name, title, *rest = parts

    def all_of(kind: type) -> tuple[Any, ...]:
        return tuple(part for part in rest if isinstance(part, kind))

    head = tree.TrialHead(
        all_of(tree.TrialGroup),
        all_of(tree.TrialStep),
        all_of(tree.TrialDecision),
        all_of(tree.TrialExpectation),
        all_of(tree.TrialDue),
        where=name.where,
    )
    return tree.Declaration("trial test", name, title=title, head=head, where=where)
