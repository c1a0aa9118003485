"""What is given to whom, and what must not happen yet."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.declared import Declared, Duration
from trialc.model.expression import Condition, NoEvent
from trialc.model.node import Node


class Dose(Node):
    """A fixed amount, or one per unit of an element: "1e6 cell/kg of weight measured at M0"."""

    amount: float
    text: str
    unit: str
    element: str = ""
    measured_at: str = ""


class Intervention(Declared):
    type: str
    route: str
    dose: Dose | None = None
    frequency: str = ""
    """How often it is given: "twice daily", "every 3 weeks"; "" where it is not stated."""
    instructions: str = ""
    """How to take or give it: "fasted, with 240 mL of water"."""
    form: str = ""
    """What it is like: tablet, capsule, solution."""
    vehicle: str = ""
    volume: str = ""


class Administration(Node):
    """An intervention given in an arm: the occasion is what masked people see of it."""

    intervention: str
    occasion: str
    visit: str
    dose: Dose | None = None
    """The dose at this occasion, where it is not that of the intervention."""
    length: Duration | None = None
    """How long it goes on from that visit; None: once, or not stated."""
    until: str = ""
    """What ends it, in words: "disease progression"."""


class Arm(Declared):
    type: str
    gives: tuple[Administration, ...]


class Masking(Declared):
    """`open_label`: the text says that nobody is masked; otherwise an empty `masked` is silence."""

    masked: tuple[str, ...]
    unmasked: tuple[str, ...]
    absent: tuple[str, ...] = ()
    """Masked roles who are not there when anything is given."""
    open_label: bool = False


class Allocation(Node):
    """How many of a block go to an arm."""

    arm: str
    count: int


class Stratum(Node):
    """What a randomisation is stratified by: an input or a named condition, or words ("site")."""

    name: str = ""
    text: str = ""


class Randomisation(Declared):
    """`blocks` and `block_size` are 0 where participants are not randomised in blocks."""

    blocks: int
    block_size: int
    ratio: tuple[Allocation, ...]
    order: Only["successive", "concurrent", ""]
    """Whether blocks follow one another or run together; "" where it is not stated."""
    at: str = ""
    strata: tuple[Stratum, ...] = ()
    cap: int = 0
    """The most participants that are randomised; 0: not stated."""


class Attribute(Node):
    """A fact reported with an event, by its codes."""

    name: str
    title: str
    options: tuple[str, ...]


class Event(Declared):
    """A kind of event. A report counts when `condition` holds of its facts (`event.<name>`)."""

    attributes: tuple[Attribute, ...]
    condition: Condition
    by: tuple[str, ...] = ()
    """Roles of whom one attests that it did not occur; () where any role may."""


class Guard(Node):
    """What a gate stands before: randomisation in blocks `first` to `last`, an occasion, everything
    that is done in the trial.
    """

    action: Only["randomise", "give", "everything"]
    occasion: str = ""
    first: int = 0
    last: int = 0


class Action(Node):
    """`pause` has as its object `randomisation`, `dosing` or `cohort`."""

    verb: Only["hold", "withhold", "notify", "continue", "stop", "pause"]
    object: str = ""


class Gate(Declared):
    """A guarded transition over a set of participants (`per`)."""

    per: Only["block", "cohort", "participant", "trial"]
    guards: tuple[Guard, ...]
    condition: Condition
    otherwise: tuple[Action, ...]


class LevelDose(Node):
    """How much of an intervention is given at a dose level."""

    intervention: str
    dose: Dose


class Level(Declared):
    """A dose level of an escalation."""

    doses: tuple[LevelDose, ...] = ()


Step = Only["escalate", "stay", "de_escalate", "eliminate", "stop", "declare"]


class Outcome(Node):
    """What is done when so many participants were treated at a level, of whom `low` to `high` had
    the toxicity.
    """

    participants: int
    low: int
    high: int
    step: Step


class Escalation(Declared):
    """A dose escalation: its levels from the lowest up, and a step for every outcome of a level.

    `toxicity` is the absence that is counted. `maximum`: the most participants of a level, in
    cohorts of `cohort`. `lowest`: what `de_escalate` does at the lowest level.
    """

    levels: tuple[str, ...]
    start: str
    cohort: int
    maximum: int
    toxicity: NoEvent
    lowest: Only["stop", "stay"] = "stop"
    rows: tuple[Outcome, ...]
