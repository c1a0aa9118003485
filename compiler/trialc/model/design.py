"""What is given to whom, and what must not happen yet."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.declared import Declared, Duration
from trialc.model.expression import Condition, NoEvent
from trialc.model.node import Node


class Portion(Node):
    """A part of a dose: what is given at a time of the day ("morning"), or the amount of one of the
    substances of a combination ("trimethoprim", or "" where it has no name here).
    """

    amount: float
    text: str
    unit: str
    time: str = ""
    substance: str = ""


class Dose(Node):
    """A fixed amount, one per unit of an element ("1e6 cell/kg of weight measured at M0"), several
    `portions`, or the derived number `number`, which is then all there is beside the unit.
    """

    amount: float | None
    text: str
    unit: str
    number: str = ""
    element: str = ""
    measured_at: str = ""
    portions: tuple[Portion, ...] = ()
    """What is given at each time of a day, or of each substance; () for one amount."""

    @property
    def times(self) -> int:
        """At how many times of a day it is given; 0 where it does not say."""
        return sum(bool(portion.time) for portion in self.portions)


class StepRule(Node):
    """When the dose goes one step up or down: at a rhythm, until something, or when something."""

    every: Duration | None = None
    until: str = ""
    when: str = ""


class Titration(Node):
    """Doses from the least to the highest, and what leads from one to the next."""

    steps: tuple[Dose, ...]
    up: StepRule | None = None
    down: StepRule | None = None


class Intervention(Declared):
    type: str
    route: str
    dose: Dose | None = None
    loading_dose: Dose | None = None
    """What is given instead of the dose the first time."""
    one_of: tuple[str, ...] = ()
    """It is one of these interventions, and says nothing of its own; (): it is given itself."""
    chosen_by: str = ""
    """The role that chooses among them; "": not stated."""
    maximum: str = ""
    """The most that is given at a time, whatever the dose comes to: "800 mg"."""
    rounded: str = ""
    """What the dose is rounded to a multiple of, before its maximum: "50 mg"."""
    titration: Titration | None = None
    frequency: str = ""
    """How often it is given: "twice daily", "every 3 weeks"; "" where it is not stated."""
    instructions: str = ""
    """How to take or give it: "fasted, with 240 mL of water"."""
    half_life: str = ""
    """As stated: "9 h"."""
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
    frequency: str = ""
    """How often it is given here, where that is not how often the intervention is."""
    length: Duration | None = None
    """How long it goes on from that visit; None: once, or not stated."""
    until: str = ""
    """What ends it, in words: "disease progression"."""
    cycles: int = 0
    """How many cycles `length` is, where the text counts these; 0: it does not."""
    when: Condition | None = None
    """Only those are given it of whom this holds; None: all participants of the arm."""
    everyone: str = ""
    """The declaration by which every arm gives it, such as a run-in; "" for what the arm says."""


class Everyone(Declared):
    """What is given to everybody, whatever the arm; spelled out in every arm."""

    gives: tuple[Administration, ...]


class Entry(Node):
    """How participants come into an arm that nothing randomises: at a visit, from other arms."""

    sources: tuple[str, ...]
    visit: str
    when: str = ""
    """What must have happened, in words; "": nothing."""


class Arm(Declared):
    """In a crossover a sequence: its occasions are the periods. `entry`: None where participants
    are randomised into it. `populations`: those who enter are eligible for these.
    """

    type: str
    gives: tuple[Administration, ...]
    entry: Entry | None = None
    populations: tuple[str, ...] = ()


class Washout(Node):
    """How long nothing is given before a period; from 0 to 0 where there is none."""

    least: int
    most: int
    unit: Only["hour", "day", "week", "month"]


class Period(Declared):
    """A part of a crossover, from one visit to another one, in which a sequence gives something.

    Both days belong to it; where the next period begins at its last visit, it ends there.
    """

    first: str
    last: str
    length: Duration | None = None
    """How long it goes on; None: at one visit only, or as long as the visits happen to be apart."""
    washout: Washout | None = None
    """None: not stated."""


class Masking(Declared):
    """`open_label`: the text says that nobody is masked; otherwise an empty `masked` is silence."""

    masked: tuple[str, ...]
    unmasked: tuple[str, ...]
    absent: tuple[str, ...] = ()
    """Masked roles who are not there when anything is given."""
    open_label: bool = False
    unblinded: tuple[str, ...] = ()
    """After these things happen, in words, the masked roles know the arm of the participant."""


class Allocation(Node):
    """How many of a block go to an arm; of those of a group only (`of`), "" of everybody else."""

    arm: str
    count: int
    of: str = ""


class Cap(Node):
    """The most participants, or the highest share of them, that are of a group."""

    count: int = 0
    percent: str = ""
    """As stated: "10"; "" where `count` is."""
    of: str


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
    caps: tuple[Cap, ...] = ()
    method: str = ""
    """Permuted blocks, minimisation; "" where it is not stated."""
    block_sizes: tuple[int, ...] = ()
    """Sizes of permuted blocks. Where somebody is masked, no document for everybody has them."""
    shown_to: tuple[str, ...] = ()
    """Roles that may know the sizes of the blocks."""
    populations: tuple[str, ...] = ()
    """Who is randomised: those eligible for these populations; () where it is not said."""


class Attribute(Node):
    """A fact reported with an event, by its codes; `ordered`: from the lowest to the highest."""

    name: str
    title: str
    options: tuple[str, ...]
    ordered: bool = False


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
    cohorts: tuple[str, ...] = ()
    """In a gate per cohort, those that it holds; (): all."""


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
    stops: Condition | None = None
    """Its stopping rule as it is written; `condition` has what is so while that is not met."""
    opens: Condition | None = None
    """What must be shown beside a stopping rule; None: nothing."""


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


class ModificationRow(Node):
    """What becomes of the dose when a report is so; `when` None: otherwise."""

    label: str
    action: Only["continue", "hold", "reduce", "hold_and_reduce", "stop"]
    when: Condition | None = None


class Modification(Declared):
    """A table of what becomes of doses after an event; `unique`: no two rows hold together."""

    interventions: tuple[str, ...]
    event: str
    unique: bool
    rows: tuple[ModificationRow, ...]
