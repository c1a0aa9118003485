"""Heads: what stands between the title of a declaration and its braces."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.syntax.tree.expressions import Expression
from trialc.syntax.tree.statements import Assignment
from trialc.syntax.tree.types import TypeHead
from trialc.syntax.tree.words import DateText, Name, Quantity, Syntax, Text


@dataclass(frozen=True, slots=True)
class NumberHead(Syntax):
    """language 1"""

    number: str


@dataclass(frozen=True, slots=True)
class UseHead(Syntax):
    version: Text
    alias: Name | None
    bindings: tuple[tuple[Name, Name], ...]


@dataclass(frozen=True, slots=True)
class WordHead(Syntax):
    """A level, a kind of arm, what a gate is per, a library's version."""

    word: Name | Text


@dataclass(frozen=True, slots=True)
class NamesHead(Syntax):
    """Roles of a judgement, populations of a criterion, retired ids."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class CourseHead(Syntax):
    """From one visit to another one; both are the same where there is only one."""

    first: Name
    last: Name


@dataclass(frozen=True, slots=True)
class DueHead(Syntax):
    """`50 % of participants completed V8`, `60 participants randomised`, `9 events of relapse`."""

    amount: Quantity
    milestone: Name | None = None
    at: Name | None = None
    event: Name | None = None


@dataclass(frozen=True, slots=True)
class FormulaHead(Syntax):
    unit: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class QuotaHead(Syntax):
    """Who counts, and at most or at least how many of them; `of`: of how many a percentage is."""

    expression: Expression
    bound: str
    amount: Quantity
    of: Quantity | None = None


@dataclass(frozen=True, slots=True)
class DurationHead(Syntax):
    amount: Quantity


@dataclass(frozen=True, slots=True)
class Repeat(Syntax):
    """`every 21 days 6 times`, or `until` something (`at most` so many times), or `until week 48`
    (`last`: 48 weeks); none of them: without end. `chained`: each is counted from the one before.
    """

    every: Quantity
    times: int = 0
    until: Text | None = None
    chained: bool = False
    most: int | None = None
    last: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Moment(Syntax):
    """What a date is counted from: the `planned` or `actual` day of a visit, the `last_dose` of
    something, a `happening` in words. A sign is "+", "-" or "".
    """

    kind: str
    name: Name | Text
    sign: str = ""
    offset: Quantity | None = None


Bound = tuple[str, Quantity]
"""One end of a window: its sign, its length."""


@dataclass(frozen=True, slots=True)
class VisitHead(Syntax):
    """timing: anchor, after (an anchor of its own), unscheduled, before, offset, span (to `last`),
    counted (from `moments`; of several, `whichever` is earlier or later). A sign is "+", "-" or "".
    """

    timing: str
    base: Name | None = None
    sign: str = ""
    offset: Quantity | None = None
    window: tuple[Bound | None, Bound | None] | None = None
    repeat: Repeat | None = None
    last: VisitHead | None = None
    moments: tuple[Moment, ...] = ()
    whichever: str = ""
    arms: tuple[Name, ...] = ()
    first_day: str = ""
    """What the day of an anchor is called, "0" or "1"; the same in visits on a numbered day."""
    day_from_base: bool = False
    """The number of the day counts from the base that is written: `day 9 of CYCLE`."""
    is_numbered: bool = False
    """The offset is the number of a day, and not yet a distance."""
    each: Name | None = None
    """Never written: the open-ended visit that it is repeated with."""


@dataclass(frozen=True, slots=True)
class Trigger(Syntax):
    """`on trsae within 24 h`: an event, or words."""

    what: Name | Text
    within: Quantity | None = None


@dataclass(frozen=True, slots=True)
class ActivityHead(Syntax):
    """At visits, at all from the first to the `last`, or whenever something triggers it."""

    visits: tuple[Name, ...] = ()
    last: Name | None = None
    trigger: Trigger | None = None
    repeat: Repeat | None = None
    arms: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class LikeHead(Syntax):
    """The participant that another one is like, but for what is changed."""

    name: Name


@dataclass(frozen=True, slots=True)
class TestRow(Syntax):
    """What a line of a test changes, and what is then expected. `where`: of the expectation."""

    changes: tuple[Assignment, ...]
    verdict: str
    by: tuple[Name, ...]
    needing: tuple[tuple[bool, Name], ...]
    """(it is the cause of, name)"""


@dataclass(frozen=True, slots=True)
class TestHead(Syntax):
    """`where` is that of the expectation; of a test with rows, that of the name."""

    given: Name
    changes: tuple[Assignment, ...]
    verdict: str
    by: tuple[Name, ...]
    needing: tuple[tuple[bool, Name], ...]
    """(it is the cause of, name)"""
    whom: tuple[Name, ...] = ()
    """The populations for which the verdict is asked."""
    rows: tuple[TestRow, ...] = ()
    """The tests that it stands for, where there are several: what they expect is theirs."""


@dataclass(frozen=True, slots=True)
class TrialStep(Syntax):
    """participant None: everybody of the test, or of the cohort."""

    event: Name
    absence: bool
    participant: int | None
    on: DateText
    attributes: tuple[Assignment, ...] = ()
    cohort: Name | None = None


@dataclass(frozen=True, slots=True)
class Asked(Syntax):
    """For whom a gate is asked: kind participant, cohort or block."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class TrialDecision(Syntax):
    role: Name
    gate: Name
    decision: str
    on: DateText
    whom: Asked | None


@dataclass(frozen=True, slots=True)
class TrialExpectation(Syntax):
    gate: Name
    state: str
    on: DateText
    whom: Asked | None


@dataclass(frozen=True, slots=True)
class TrialDue(Syntax):
    """The step of an escalation that should be due on a day."""

    escalation: Name
    step: str
    to: Name | None
    on: DateText


@dataclass(frozen=True, slots=True)
class TrialGroup(Syntax):
    """Participants of a block (0: of none), or of a cohort and perhaps a dose level."""

    block: int
    cohort: Name | None
    level: Name | None
    size: int
    occasion: Name
    first: DateText
    every: Quantity


@dataclass(frozen=True, slots=True)
class TrialHead(Syntax):
    groups: tuple[TrialGroup, ...]
    steps: tuple[TrialStep, ...]
    decisions: tuple[TrialDecision, ...]
    expects: tuple[TrialExpectation, ...]
    dues: tuple[TrialDue, ...] = ()


Head = (
    NumberHead
    | UseHead
    | WordHead
    | TypeHead
    | NamesHead
    | CourseHead
    | DueHead
    | FormulaHead
    | DurationHead
    | QuotaHead
    | VisitHead
    | ActivityHead
    | TestHead
    | LikeHead
    | TrialHead
)
