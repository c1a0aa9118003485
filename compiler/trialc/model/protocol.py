"""The resolved protocol: what a protocol text says, typed and complete.

Terms of USDM and ICH M11 where they exist. The classes stand in modules by subject; this one has
them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from trialc.model.data import (
    Cause,
    CauseInput,
    ConditionDefinition,
    Criterion,
    Data,
    Judgement,
    NumberDefinition,
    Role,
    ValidityWindow,
)
from trialc.model.decisions import Alternative, Decision, Patch
from trialc.model.declared import Code, Declared, Duration, Quote
from trialc.model.design import (
    Action,
    Administration,
    Allocation,
    Arm,
    Attribute,
    Dose,
    Escalation,
    Event,
    Gate,
    Guard,
    Intervention,
    Level,
    LevelDose,
    Masking,
    Outcome,
    Randomisation,
    Stratum,
)
from trialc.model.examples import (
    Assignment,
    DueExpectation,
    GateExpectation,
    LogDecision,
    LogGroup,
    LogStep,
    Participant,
    Test,
    TrialTest,
)
from trialc.model.metadata import (
    Aside,
    Endpoint,
    Identifier,
    Library,
    Metadata,
    Narrative,
    Objective,
)
from trialc.model.node import Node
from trialc.model.timeline import Activity, Epoch, Timepoint, Visit, Window


class Protocol(Node):
    """A whole protocol. Tuples keep the order of the text."""

    language: int
    file: str
    sha256: str
    metadata: Metadata
    libraries: tuple[Library, ...] = ()
    objectives: tuple[Objective, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    causes: tuple[Cause, ...] = ()
    roles: tuple[Role, ...] = ()
    windows: tuple[ValidityWindow, ...] = ()
    data: tuple[Data, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    cause_inputs: tuple[CauseInput, ...] = ()
    numbers: tuple[NumberDefinition, ...] = ()
    conditions: tuple[ConditionDefinition, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    arms: tuple[Arm, ...] = ()
    masking: Masking | None = None
    randomisations: tuple[Randomisation, ...] = ()
    events: tuple[Event, ...] = ()
    levels: tuple[Level, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    gates: tuple[Gate, ...] = ()
    epochs: tuple[Epoch, ...] = ()
    visits: tuple[Visit, ...] = ()
    activities: tuple[Activity, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    decisions: tuple[Decision, ...] = ()
    participants: tuple[Participant, ...] = ()
    tests: tuple[Test, ...] = ()
    trial_tests: tuple[TrialTest, ...] = ()
    retired: tuple[str, ...] = ()
    """Ids that were used once and must not be used again."""

    @property
    def blocked(self) -> Randomisation | None:
        """The randomisation in blocks, which gates speak of; there is one at most."""
        return next((item for item in self.randomisations if item.blocks), None)

    def declarations(self) -> Iterator[Declared]:
        """Everything that has an identity, in the order of the fields."""
        for name in type(self).model_fields:
            value: object = getattr(self, name)
            members = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
            yield from (item for item in members if isinstance(item, Declared))


__all__ = [
    "Action",
    "Activity",
    "Administration",
    "Allocation",
    "Alternative",
    "Arm",
    "Aside",
    "Assignment",
    "Attribute",
    "Cause",
    "CauseInput",
    "Code",
    "ConditionDefinition",
    "Criterion",
    "Data",
    "Decision",
    "Declared",
    "Dose",
    "DueExpectation",
    "Duration",
    "Endpoint",
    "Epoch",
    "Escalation",
    "Event",
    "Gate",
    "GateExpectation",
    "Guard",
    "Identifier",
    "Intervention",
    "Judgement",
    "Level",
    "LevelDose",
    "Library",
    "LogDecision",
    "LogGroup",
    "LogStep",
    "Masking",
    "Metadata",
    "Narrative",
    "Node",
    "NumberDefinition",
    "Objective",
    "Outcome",
    "Participant",
    "Patch",
    "Protocol",
    "Quote",
    "Randomisation",
    "Role",
    "Stratum",
    "Test",
    "Timepoint",
    "TrialTest",
    "ValidityWindow",
    "Visit",
    "Window",
]
