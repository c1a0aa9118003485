"""Example participants and tests."""

from __future__ import annotations

from typing import Literal as Only

from pydantic import Field

from trialc.model.declared import Declared, Duration
from trialc.model.node import Node
from trialc.source import NOWHERE, Span


class Assignment(Node):
    """One input of a participant: a value as a record states it, or why it is unknown."""

    path: str
    value: bool | int | float | str | None = None
    unit: str = ""
    on: str = ""
    unknown: str = ""


class Participant(Declared):
    """An example participant (`patient`)."""

    as_of: str
    assignments: tuple[Assignment, ...]


class Test(Declared):
    """A participant, changed in places, and the verdict that the author expects."""

    given: str
    changes: tuple[Assignment, ...] = ()
    as_of: str = ""
    """Another day of the verdict than the participant's own; "" where it is the same."""
    verdict: Only["eligible", "ineligible", "undetermined"]
    by: tuple[str, ...] = ()
    needing: tuple[str, ...] = ()
    expects_where: Span = Field(default=NOWHERE, exclude=True, repr=False)
    """Where the verdict is expected."""


class LogStep(Node):
    """Something that happens in a trial test: an event, or the attested absence of one."""

    step: Only["event", "absence"]
    event: str
    participant: int | None = None
    """Counted from 1 within the block; None: everybody in the block."""
    on: str
    attributes: tuple[tuple[str, str], ...] = ()
    """What is reported of the event; what is not said is unknown."""


class LogDecision(Node):
    """What a role decides on a gate in a trial test, and for whom it is asked."""

    gate: str
    role: str
    decision: Only["open", "hold"]
    on: str
    participant: int | None = None
    cohort: str = ""
    block: int | None = None


class GateExpectation(Node):
    gate: str
    state: Only["open", "closed", "held"]
    on: str
    participant: int | None = None
    cohort: str = ""
    block: int | None = None


class DueExpectation(Node):
    """The step of an escalation that should be due on a day; `to`: and its level, where stated."""

    escalation: str
    step: Only["escalate", "stay", "de_escalate", "eliminate", "stop", "declare", "nothing"]
    to: str = ""
    on: str


class LogGroup(Node):
    """Participants of a trial test who are given an occasion one after another. They are of a block
    (0: of none), or of a cohort and perhaps at a dose level ("": of none).
    """

    block: int = 0
    cohort: str = ""
    level: str = ""
    size: int
    occasion: str
    first: str
    every: Duration


class TrialTest(Declared):
    """Groups of participants with dated events, and the states that gates should have.

    The fields of the first group stand here, those of the `others` by themselves; participants are
    counted through all of them.
    """

    block: int
    size: int
    occasion: str
    first: str
    every: Duration
    cohort: str = ""
    level: str = ""
    others: tuple[LogGroup, ...] = ()
    steps: tuple[LogStep, ...]
    decisions: tuple[LogDecision, ...] = ()
    expects: tuple[GateExpectation, ...]
    dues: tuple[DueExpectation, ...] = ()
    given_where: Span = Field(default=NOWHERE, exclude=True, repr=False)
    """The place of the first group."""

    @property
    def groups(self) -> tuple[LogGroup, ...]:
        """All groups, in the order of the text."""
        names = ("block", "size", "occasion", "first", "every", "cohort", "level")
        first = LogGroup.model_validate({name: getattr(self, name) for name in names})
        return (first, *self.others)
