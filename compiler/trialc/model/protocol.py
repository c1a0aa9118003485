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
    TemporaryBranch,
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
    Cap,
    Dose,
    Escalation,
    Event,
    Everyone,
    Gate,
    Guard,
    Intervention,
    Level,
    LevelDose,
    Masking,
    Modification,
    ModificationRow,
    Outcome,
    Period,
    Portion,
    Randomisation,
    StepRule,
    Stratum,
    Titration,
    Washout,
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
from trialc.model.expression import Condition
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
from trialc.model.planned_analyses import (
    Estimand,
    IntercurrentEvent,
    Interim,
    Replaced,
    Replacement,
    Stopping,
)
from trialc.model.populations import Population, Quota, Share
from trialc.model.timeline import (
    Activity,
    Calculated,
    Epoch,
    Moment,
    Repetition,
    Timepoint,
    Trigger,
    Visit,
    Window,
)


class Protocol(Node):
    """A whole protocol. Tuples keep the order of the text."""

    language: int
    file: str
    sha256: str
    metadata: Metadata
    libraries: tuple[Library, ...] = ()
    objectives: tuple[Objective, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    estimands: tuple[Estimand, ...] = ()
    causes: tuple[Cause, ...] = ()
    roles: tuple[Role, ...] = ()
    windows: tuple[ValidityWindow, ...] = ()
    data: tuple[Data, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    cause_inputs: tuple[CauseInput, ...] = ()
    numbers: tuple[NumberDefinition, ...] = ()
    conditions: tuple[ConditionDefinition, ...] = ()
    populations: tuple[Population, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    quotas: tuple[Quota, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    periods: tuple[Period, ...] = ()
    everyone: tuple[Everyone, ...] = ()
    arms: tuple[Arm, ...] = ()
    masking: Masking | None = None
    randomisations: tuple[Randomisation, ...] = ()
    events: tuple[Event, ...] = ()
    levels: tuple[Level, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    modifications: tuple[Modification, ...] = ()
    gates: tuple[Gate, ...] = ()
    interims: tuple[Interim, ...] = ()
    stopping_rules: tuple[Stopping, ...] = ()
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

    @property
    def sequences(self) -> tuple[Arm, ...]:
        """The arms that give something in periods."""
        periods = {period.id for period in self.periods}
        return tuple(a for a in self.arms if any(g.occasion in periods for g in a.gives))

    @property
    def named_conditions(self) -> dict[str, Condition]:
        """What a condition can refer to by name: definitions, and other criteria."""
        return {item.id: item.condition for item in (*self.conditions, *self.criteria)}

    @property
    def population_choices(self) -> dict[str, tuple[str, ...]]:
        """The inputs by which a record says whom it is looked at for, with their populations."""
        found: dict[str, tuple[str, ...]] = {}
        for item in self.populations:
            found[item.element] = (*found.get(item.element, ()), item.id)
        return found

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
    "Calculated",
    "Cap",
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
    "Estimand",
    "Event",
    "Everyone",
    "Gate",
    "GateExpectation",
    "Guard",
    "Identifier",
    "IntercurrentEvent",
    "Interim",
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
    "Modification",
    "ModificationRow",
    "Moment",
    "Narrative",
    "Node",
    "NumberDefinition",
    "Objective",
    "Outcome",
    "Participant",
    "Patch",
    "Period",
    "Population",
    "Portion",
    "Protocol",
    "Quota",
    "Quote",
    "Randomisation",
    "Repetition",
    "Replaced",
    "Replacement",
    "Role",
    "Share",
    "StepRule",
    "Stopping",
    "Stratum",
    "TemporaryBranch",
    "Test",
    "Timepoint",
    "Titration",
    "TrialTest",
    "Trigger",
    "ValidityWindow",
    "Visit",
    "Washout",
    "Window",
]
