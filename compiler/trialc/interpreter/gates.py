"""Whether a gate of the trial is open, held or closed: semantics section 7, word for word."""

from __future__ import annotations

from typing import Any

from trialc.interpreter.escalations import outcome
from trialc.interpreter.evaluation import Model
from trialc.interpreter.participants import Whom
from trialc.interpreter.transitions import Question
from trialc.model.guarded_blocks import deciders, guarded_blocks, guarded_cohorts
from trialc.model.occasion_order import occasion_order
from trialc.model.protocol import Protocol
from trialc.model.wording import Wording
from trialc_runtime.trial_log import EventKind, TrialLog, Vocabulary, read_log

STATES = {True: "open", False: "held", None: "closed"}


class Gates:
    """The gates of one protocol. Made once, asked about many logs."""

    def __init__(self, protocol: Protocol) -> None:
        self.model = Model(protocol)
        self.wording = Wording(protocol)
        self.gates = {gate.id: gate for gate in protocol.gates}
        self.events = {event.id: event for event in protocol.events}
        self.occasions = tuple(given.occasion for arm in protocol.arms for given in arm.gives)
        self.roles = tuple(role.id for role in protocol.roles)
        self.orders = occasion_order(protocol)
        self.levels = tuple(level.id for level in protocol.levels)
        self.deciders = deciders(protocol)
        self.randomisation = protocol.blocked
        self.plans = {plan.id: plan for plan in protocol.escalations}

    def ask(
        self,
        name: str,
        log: Any,
        *,
        block: int | None = None,
        participant: str | None = None,
        cohort: str | None = None,
    ) -> dict[str, Any]:
        """The state of a gate for a block, cohort or participant: gate, state, missing, because.

        RecordRefused for a log with faults; ValueError for a question that makes no sense.
        """
        gate = self.gates.get(name)
        if gate is None:
            raise ValueError(f"no gate is called `{name}`")
        given = {"block": block, "participant": participant, "cohort": cohort}
        for kind, whom in given.items():
            if (gate.per == kind) != (whom is not None):
                raise ValueError(f"the gate `{name}` is asked per {gate.per}: see `{kind}`")
        if cohort is not None and (type(cohort) is not str or not cohort):
            raise ValueError("a cohort is named by a text")
        if block is not None and (type(block) is not int or block < 1):
            raise ValueError("a block is a whole number from 1")
        blocks = guarded_blocks(gate, self.randomisation)
        if block is not None and blocks and not blocks[0] <= block <= blocks[1]:
            raise ValueError(f"the gate `{name}` does not stand before block {block}")
        cohorts = guarded_cohorts(gate)
        if cohort is not None and cohorts and cohort not in cohorts:
            raise ValueError(f"the gate `{name}` does not stand before cohort {cohort}")
        known = self.read(log)
        whom = Whom(block=block, cohort=cohort)
        if participant is not None:
            if participant not in known.blocks:
                raise ValueError(f"participant `{participant}` is not in the log")
            whom = Whom.of(participant, known)
        found = Question(self, known, whom).find(gate.condition, gate.id)
        return {
            "gate": name,
            "state": STATES[found.truth],
            "missing": list(dict.fromkeys(found.missing)),
            "because": found.node,
        }

    def escalated(self, escalation: str, log: TrialLog) -> dict[str, Any]:
        """What an escalation has come to."""
        return outcome(self, self.plans[escalation], log)

    def per(self, gate: str) -> str:
        """What a gate is asked for."""
        return self.gates[gate].per

    def read(self, log: Any) -> TrialLog:
        """What is known on the log's `as_of`; RecordRefused for a log with faults."""
        kinds = {
            event.id: EventKind(
                event.id,
                event.title,
                {item.name: item.options for item in event.attributes},
                (),
                event.by,
            )
            for event in self.events.values()
        }
        occasions = tuple(dict.fromkeys(self.occasions))
        words = (occasions, self.roles, self.orders, self.levels, self.deciders)
        return read_log(log, Vocabulary(kinds, *words))
