"""Trial tests: logs with dated events and decisions, and the states that gates should have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from trialc.diagnostics.catalog import entered_arms as giving
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import tests as kinds
from trialc.diagnostics.catalog import transitions
from trialc.model.design import Event, Gate
from trialc.model.examples import (
    DueExpectation,
    GateExpectation,
    LogDecision,
    LogGroup,
    LogStep,
    TrialTest,
)
from trialc.model.expression import DecidedBy
from trialc.model.from_syntax.body import Body, date, distinct
from trialc.model.from_syntax.choices import unknown_code
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gate_conditions import occasion
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import duration
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.guarded_blocks import guarded_blocks, guarded_cohorts
from trialc.model.inputs import walk
from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.spelling import listed


def trial_test(
    symbol: Symbol, context: Context, events: Mapping[str, Event], gates: Mapping[str, Gate]
) -> TrialTest | None:
    """Groups of participants with dated events, and the expected states of gates."""
    head = symbol.declaration.head
    assert isinstance(head, tree.TrialHead)
    body = Body(symbol.declaration, context.found)
    groups = [_group(group, symbol, context) for group in head.groups]
    size = sum(group.size for group in head.groups)
    steps = [
        _step(one, size, symbol, context, events)
        for step in head.steps
        for one in _in_cohort(step, head.groups, context)
    ]
    about = _About(size, symbol, context, gates)
    decisions = [about.decision(decision) for decision in head.decisions]
    expects = [about.expectation(expected) for expected in head.expects]
    dues = [about.due(expected) for expected in head.dues]
    known = [group for group in groups if group is not None]
    if len(known) < len(groups):
        return None
    fields = {
        **known[0].model_dump(exclude={"where"}),
        "given_where": known[0].where,
        "others": tuple(known[1:]),
        "steps": tuple(step for step in steps if step is not None),
        "decisions": tuple(item for item in decisions if item is not None),
        "expects": tuple(item for item in expects if item is not None),
        "dues": tuple(item for item in dues if item is not None),
    }
    return TrialTest.model_validate({**declared(symbol, body, context), **fields})


def _group(group: tree.TrialGroup, symbol: Symbol, context: Context) -> LogGroup | None:
    given = occasion(group.occasion, context)
    every = duration(group.every, context.found)
    level = context.names.find(group.level, symbol.unit, ("level",)) if group.level else None
    if given is None or every is None or (group.level and level is None):
        return None
    return LogGroup(
        block=group.block,
        cohort=group.cohort.text if group.cohort else "",
        level=level.id if level else "",
        size=group.size,
        occasion=given,
        first=date(group.first, context.found),
        every=every,
        where=group.where,
    )


def _in_cohort(
    step: tree.TrialStep, groups: Sequence[tree.TrialGroup], context: Context
) -> tuple[tree.TrialStep, ...]:
    """What happens in a whole cohort, spelled out for each of its participants."""
    if step.cohort is None:
        return (step,)
    names = [
        group.cohort.text if group.cohort else "" for group in groups for _ in range(group.size)
    ]
    members = [number for number, name in enumerate(names, 1) if name == step.cohort.text]
    if not members:
        known = listed(dict.fromkeys(name for name in names if name)) or "none"
        fault = transitions.NO_SUCH_COHORT.at(
            step.cohort.where, cohort=step.cohort.text, help=f"cohorts of this test: {known}"
        )
        context.found.append(fault)
    return tuple(replace(step, participant=number, cohort=None) for number in members)


def _is_member(number: int | None, size: int, where: Span, context: Context) -> bool:
    if number is None or 1 <= number <= size:
        return True
    context.found.append(kinds.NO_SUCH_PARTICIPANT.at(where, number=number, size=size))
    return False


def _step(
    step: tree.TrialStep,
    size: int,
    symbol: Symbol,
    context: Context,
    events: Mapping[str, Event],
) -> LogStep | None:
    found = context.names.find(step.event, symbol.unit, ("event",))
    event = events.get(found.id) if found else None
    if not _is_member(step.participant, size, step.where, context) or event is None:
        return None
    return LogStep(
        step="absence" if step.absence else "event",
        event=event.id,
        participant=step.participant,
        on=date(step.on, context.found),
        attributes=_reported(step.attributes, event, context),
        where=step.where,
    )


def _reported(
    items: Sequence[tree.Assignment], event: Event, context: Context
) -> tuple[tuple[str, str], ...]:
    """What is reported of an event: attributes with their codes."""
    known = {attribute.name: attribute.options for attribute in event.attributes}
    made: dict[str, str] = {}
    distinct([item.path for item in items], context.found)
    for item in items:
        name, value = item.path.text, item.value
        if item.cause or name not in known:
            guess = context.names.guess(name, known)
            reported = f"`{event.id}` reports {listed(known)}"
            advice = f"did you mean `{guess}`?" if guess else reported
            context.found.append(
                name_kinds.UNKNOWN_NAME.at(item.path.where, name=name, help=advice)
            )
        elif not isinstance(value, tree.Name) or value.text not in known[name]:
            word = value if isinstance(value, tree.Name) else tree.Name("this", where=value.where)
            context.found.append(unknown_code(word, name, known[name], context))
        else:
            made[name] = value.text
    return tuple(made.items())


class _About:
    """What a trial test says of gates: decisions on them, states that they should have."""

    def __init__(
        self, size: int, symbol: Symbol, context: Context, gates: Mapping[str, Gate]
    ) -> None:
        self.size = size
        self.symbol = symbol
        self.context = context
        self.gates = gates

    def expectation(self, expected: tree.TrialExpectation) -> GateExpectation | None:
        """The state that a gate should have on a day."""
        found = self.gate(expected.gate, expected.whom)
        if found is None:
            return None
        day = date(expected.on, self.context.found)
        return GateExpectation.model_validate(
            {**found, "state": expected.state, "on": day, "where": expected.where}
        )

    def due(self, expected: tree.TrialDue) -> DueExpectation | None:
        """The step of an escalation that should be due on a day."""
        find, module = self.context.names.find, self.symbol.unit
        escalation = find(expected.escalation, module, ("escalation",))
        level = find(expected.to, module, ("level",)) if expected.to else None
        if escalation is None or (expected.to and level is None):
            return None
        day = date(expected.on, self.context.found)
        fields = {"escalation": escalation.id, "step": expected.step, "on": day}
        return DueExpectation.model_validate(
            {**fields, "to": level.id if level else "", "where": expected.where}
        )

    def decision(self, made: tree.TrialDecision) -> LogDecision | None:
        """What a role decides on a gate on a day."""
        role = self.context.names.find(made.role, self.symbol.unit, ("role",))
        found = self.gate(made.gate, made.whom)
        if found is None or role is None:
            return None
        gate = self.gates[found["gate"]]
        if role.id not in {a.role for a in walk(gate.condition) if isinstance(a, DecidedBy)}:
            self.context.found.append(
                transitions.NOT_DECIDED_BY.at(made.role.where, role=role.id, gate=gate.id)
            )
            return None
        day = date(made.on, self.context.found)
        fields = {**found, "role": role.id, "decision": made.decision, "on": day}
        return LogDecision.model_validate({**fields, "where": made.where})

    def gate(self, name: tree.Name, whom: tree.Asked | None) -> dict[str, Any] | None:
        """A gate, and for whom it is asked; None where it is not asked so."""
        symbol = self.context.names.find(name, self.symbol.unit, ("gate",))
        if symbol is None or (gate := self.gates.get(symbol.id)) is None:
            return None
        kind = whom.kind if whom else ""
        if kind != gate.per and (kind or gate.per in ("cohort", "participant")):
            wanted = f"write `for {gate.per} ...`" if gate.per != "trial" else "leave out `for`"
            place = whom.where if whom else name.where
            fault = transitions.ASKED_FOR.at(place, gate=gate.id, per=gate.per, help=wanted)
            self.context.found.append(fault)
            return None
        if whom is not None and not _stands_before(gate, kind, whom.name):
            fault = giving.NOT_BEFORE.at(
                whom.where, gate=gate.id, what=f"{kind} {whom.name}", help="ask it for another one"
            )
            self.context.found.append(fault)
            return None
        found: dict[str, Any] = {"gate": gate.id}
        if whom is not None and kind == "cohort":
            found["cohort"] = whom.name
        elif whom is not None:
            number = found[kind] = int(whom.name)
            if kind == "participant" and not _is_member(
                number, self.size, whom.where, self.context
            ):
                return None
        return found


def _stands_before(gate: Gate, kind: str, name: str) -> bool:
    """Whether a gate holds what it guards in a block or a cohort."""
    if kind == "cohort":
        return name in (guarded_cohorts(gate) or (name,))
    blocks = guarded_blocks(gate, None) if kind == "block" else None
    return blocks is None or blocks[0] <= int(name) <= blocks[1]
