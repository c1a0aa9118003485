"""Heads: what stands between the title of a declaration and its braces."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.syntax.tree.expressions import Expression
from trialc.syntax.tree.statements import Assignment
from trialc.syntax.tree.words import DateText, Name, Options, Quantity, Range, Syntax, Text


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
class TypeHead(Syntax):
    type: str
    unit: str = ""
    options: Options | None = None
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class NamesHead(Syntax):
    """Roles of a judgement, visits of an activity, retired ids."""

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
class DurationHead(Syntax):
    amount: Quantity


@dataclass(frozen=True, slots=True)
class Repeat(Syntax):
    """`every 21 days 6 times`, or `until` something; neither: without end."""

    every: Quantity
    times: int = 0
    until: Text | None = None


@dataclass(frozen=True, slots=True)
class VisitHead(Syntax):
    """timing: anchor, unscheduled, before, offset, span (to `last`). A sign is "+", "-" or ""."""

    timing: str
    base: Name | None = None
    sign: str = ""
    offset: Quantity | None = None
    window: tuple[tuple[str, Quantity], tuple[str, Quantity]] | None = None
    repeat: Repeat | None = None
    last: VisitHead | None = None


@dataclass(frozen=True, slots=True)
class TestHead(Syntax):
    """`where` is that of the expectation."""

    given: Name
    changes: tuple[Assignment, ...]
    verdict: str
    by: tuple[Name, ...]
    needing: tuple[tuple[bool, Name], ...]
    """(it is the cause of, name)"""


@dataclass(frozen=True, slots=True)
class TrialStep(Syntax):
    """participant None: the whole block."""

    event: Name
    absence: bool
    participant: int | None
    on: DateText
    attributes: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class TrialExpectation(Syntax):
    gate: Name
    state: str
    on: DateText
    participant: int | None


@dataclass(frozen=True, slots=True)
class TrialHead(Syntax):
    block: int
    size: int
    occasion: Name
    first: DateText
    every: Quantity
    steps: tuple[TrialStep, ...]
    expects: tuple[TrialExpectation, ...]


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
    | VisitHead
    | TestHead
    | TrialHead
)
