"""The resolved protocol: what a protocol text says, typed and complete. USDM and ICH M11 terms where they exist."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.expression import Condition, Number
from trialc.model.node import Node

# ---- pieces that many declarations share


class Quote(Node):
    """Registered words behind a declaration: one clause a line, verbatim."""

    clauses: tuple[str, ...]


class Declared(Node):
    """What every declaration has: identity, printed title, the words it stands on, its open points."""

    id: str
    title: str = ""
    sources: tuple[Quote, ...] = ()
    decided: tuple[str, ...] = ()
    """Ids of the decisions that interpret this declaration."""


class Code(Node):
    """A concept in a published terminology."""

    system: Only["loinc", "snomed", "ucum", "meddra", "icd10", "ncit"]
    code: str


class Duration(Node):
    """A length of civil time; units are never converted into one another."""

    amount: int
    unit: Only["hour", "day", "week", "month", "year"]


# ---- metadata


class Identifier(Node):
    """A number under which a registry or an authority knows the trial."""

    registry: str
    value: str


class Metadata(Node):
    """Title page and synopsis (ICH M11 sections 0 and 1)."""

    id: str
    title: str
    acronym: str = ""
    version: str
    identifiers: tuple[Identifier, ...] = ()
    registered_text: str = ""
    """Path of the registered text, relative to the protocol."""
    status: str = ""
    phases: tuple[str, ...] = ()
    study_type: str = ""
    purpose: str = ""
    allocation: str = ""
    intervention_model: str = ""
    conditions: tuple[str, ...] = ()
    enrolment: int | None = None
    sites: int | None = None
    sex: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    healthy_volunteers: bool | None = None
    sponsor: str = ""
    funder: str = ""
    contact: str = ""
    sources: tuple[Quote, ...] = ()
    asides: tuple[Aside, ...] = ()


class Aside(Node):
    """Registered text that is no part of the protocol, and why: page furniture, a notice."""

    reason: str
    quote: Quote


class Library(Node):
    """A shared text that the protocol uses, at an exact version."""

    name: str
    alias: str
    version: str
    title: str
    citation: str
    file: str
    sha256: str


class Objective(Declared):
    level: Only["primary", "secondary", "exploratory"]


class Endpoint(Declared):
    level: Only["primary", "secondary", "exploratory"]
    objective: str = ""
    measure: str = ""
    """Empty where the source states none."""


class Cause(Declared):
    """Something a finding can be attributed to."""


class Role(Declared):
    """A person or body with a part in the trial."""


# ---- data


class Data(Declared):
    """A data element. Numbers are in `unit` (UCUM code); scores are whole numbers in `{score}`."""

    type: Only["quantity", "score", "boolean", "choice", "date"]
    unit: str = ""
    low: float | None = None
    high: float | None = None
    resolution: str = ""
    """The step at which the value is reported, decimal text, in `unit`."""
    typical: str = ""
    """A value an ordinary participant may have, as a record would state it."""
    options: tuple[str, ...] = ()
    window: Duration | None = None
    """How old a value may be on the day of the verdict."""
    molar_mass: str = ""
    """g/mol, decimal text: allows mass and substance concentrations to be converted."""
    codes: tuple[Code, ...] = ()
    by: tuple[str, ...] = ()
    """Roles that report it."""
    applies: Condition | None = None
    """The element exists only for participants of whom this is true."""


class Judgement(Declared):
    """A question that named roles answer yes or no, with their name and the date."""

    by: tuple[str, ...]


class CauseInput(Declared):
    """The attestation behind one `attributed to`: asked only where the finding is present."""

    branch: str
    """Path of the branch or criterion whose finding is attributed."""


class NumberDefinition(Declared):
    """A derived number or a score."""

    unit: str
    number: Number


class ConditionDefinition(Declared):
    """A named condition."""

    condition: Condition


# ---- eligibility


class Criterion(Declared):
    """`condition` true means: an inclusion is met; an exclusion applies."""

    type: Only["inclusion", "exclusion"]
    number: str
    condition: Condition


# ---- design


class Dose(Node):
    """An amount per unit of a data element ("1e6 cell/kg of body weight measured at M0"), or a fixed amount."""

    amount: float
    text: str
    unit: str
    element: str = ""
    measured_at: str = ""


class Intervention(Declared):
    type: str
    route: str
    dose: Dose | None = None
    vehicle: str = ""
    volume: str = ""


class Administration(Node):
    """An intervention given in an arm: the occasion is what masked people see of it."""

    intervention: str
    occasion: str
    visit: str


class Arm(Declared):
    type: str
    gives: tuple[Administration, ...]


class Masking(Declared):
    masked: tuple[str, ...]
    unmasked: tuple[str, ...]


class Allocation(Node):
    """How many of a block go to an arm."""

    arm: str
    count: int


class Randomisation(Declared):
    blocks: int
    block_size: int
    ratio: tuple[Allocation, ...]
    order: Only["successive", "concurrent"]
    at: str = ""


class Attribute(Node):
    """A fact reported with an event, by its codes."""

    name: str
    title: str
    options: tuple[str, ...]


class Event(Declared):
    """A kind of event. A report counts when `condition` holds of its attributes (paths `event.<name>`)."""

    attributes: tuple[Attribute, ...]
    condition: Condition


class Guard(Node):
    """What a gate stands before: randomisation in blocks `first` to `last`, or giving an occasion."""

    action: Only["randomise", "give"]
    occasion: str = ""
    first: int = 0
    last: int = 0


class Action(Node):
    verb: Only["hold", "withhold", "notify", "continue", "stop"]
    object: str = ""


class Gate(Declared):
    """A guarded transition over a set of participants (`per`)."""

    per: Only["block", "participant", "trial"]
    guards: tuple[Guard, ...]
    condition: Condition
    otherwise: tuple[Action, ...]


# ---- schedule


class Window(Node):
    """Days (or hours ...) around a target date: `early` before and `late` after, both counted as stated, signed."""

    early: int
    late: int
    unit: Only["hour", "day", "week", "month"]


class Visit(Declared):
    """`timing`: `anchor` (day 0), `offset` from `base`, `before` base (no offset stated), `unscheduled`."""

    timing: Only["anchor", "offset", "before", "unscheduled"]
    base: str = ""
    offset: Duration | None = None
    """Signed amount: negative is before the base."""
    window: Window | None = None
    """None: the source states none."""


class Activity(Declared):
    """What is done at visits."""

    visits: tuple[str, ...]
    collects: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    """Occasions."""
    reviews: tuple[str, ...] = ()
    """Events."""
    does: tuple[Only["consent", "eligibility", "randomisation"], ...] = ()
    when: Condition | None = None


# ---- decisions


class Patch(Node):
    """Replace the condition at a path: what an alternative reading would change."""

    path: str
    condition: Condition


class Alternative(Node):
    text: str
    patches: tuple[Patch, ...] = ()


class Decision(Declared):
    """A typo or an ambiguity of the registered text, and how this protocol reads it."""

    quotes: tuple[str, ...] = ()
    reading: str = ""
    alternatives: tuple[Alternative, ...] = ()
    because: str = ""
    status: Only["open", "assumed", "confirmed"]
    by: str = ""
    on: str = ""


# ---- examples


class Assignment(Node):
    """One input of an example participant: a value as a record states it, or the reason why it is unknown."""

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
    verdict: Only["eligible", "ineligible", "undetermined"]
    by: tuple[str, ...] = ()
    needing: tuple[str, ...] = ()


class LogStep(Node):
    """Something that happens in a trial test: an event, or the attested absence of one."""

    step: Only["event", "absence"]
    event: str
    participant: int | None = None
    """Counted from 1 within the block; None: everybody in the block."""
    on: str
    attributes: tuple[tuple[str, str], ...] = ()
    """What is reported of the event; where nothing is said, it is one that counts."""


class GateExpectation(Node):
    gate: str
    state: Only["open", "closed", "held"]
    on: str
    participant: int | None = None


class TrialTest(Declared):
    """A block of participants with dated events, and the states of gates that the author expects."""

    block: int
    size: int
    occasion: str
    first: str
    every: Duration
    steps: tuple[LogStep, ...]
    expects: tuple[GateExpectation, ...]


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
    data: tuple[Data, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    cause_inputs: tuple[CauseInput, ...] = ()
    numbers: tuple[NumberDefinition, ...] = ()
    conditions: tuple[ConditionDefinition, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    arms: tuple[Arm, ...] = ()
    masking: Masking | None = None
    randomisation: Randomisation | None = None
    events: tuple[Event, ...] = ()
    gates: tuple[Gate, ...] = ()
    visits: tuple[Visit, ...] = ()
    activities: tuple[Activity, ...] = ()
    decisions: tuple[Decision, ...] = ()
    participants: tuple[Participant, ...] = ()
    tests: tuple[Test, ...] = ()
    trial_tests: tuple[TrialTest, ...] = ()
    retired: tuple[str, ...] = ()
    """Ids that were used once and must not be used again."""
