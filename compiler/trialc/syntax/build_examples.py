"""Builders of example participants and tests."""

from __future__ import annotations

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.build_expressions import whole
from trialc.syntax.building import Parts, builds, present


@builds("patient")
def patient(parts: Parts, where: Span) -> tree.Declaration:
    name, title, *assignments = parts
    return tree.Declaration("patient", name, title=title, body=tuple(assignments), where=where)


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
    name, title, whom, given, changes, (verdict, by, needing, expected) = parts
    names = whom.names if whom else ()
    head = tree.TestHead(given, changes or (), verdict, by, needing, names, where=expected)
    return tree.Declaration("test", name, title=title, head=head, where=where)


@builds("participant")
def participant(parts: Parts, where: Span) -> int | None:
    return whole(parts[0]) if parts else None


@builds("event_step")
def event_step(parts: Parts, where: Span) -> tree.TrialStep:
    event, who, on, attributes = parts
    return tree.TrialStep(event, False, who, on, attributes or (), where=where)


@builds("absence_step")
def absence_step(parts: Parts, where: Span) -> tree.TrialStep:
    event, who, on = parts
    return tree.TrialStep(event, True, who, on, where=where)


@builds("expected_state")
def expected_state(parts: Parts, where: Span) -> tree.TrialExpectation:
    gate, state, on, who = parts
    return tree.TrialExpectation(gate, state.text, on, whole(who) if who else None, where=where)


@builds("trial_given")
def trial_given(parts: Parts, where: Span) -> Parts:
    return parts


@builds("trial_test")
def trial_test(parts: Parts, where: Span) -> tree.Declaration:
    name, title, (block, size, occasion, first, every), *rest = parts
    steps = tuple(part for part in rest if isinstance(part, tree.TrialStep))
    expects = tuple(part for part in rest if isinstance(part, tree.TrialExpectation))
    head = tree.TrialHead(
        whole(block), whole(size), occasion, first, every, steps, expects, where=name.where
    )
    return tree.Declaration("trial test", name, title=title, head=head, where=where)
