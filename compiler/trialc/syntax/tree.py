"""The syntax tree: what a protocol text says, word for word, before any name is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field

from trialc.source import NOWHERE, SourceText, Span


@dataclass(frozen=True, slots=True)
class Syntax:
    """Every part of the tree has a place; the place is no part of equality."""

    where: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


# ---- words


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    text: str


@dataclass(frozen=True, slots=True)
class Text(Syntax):
    """A string: its value, escapes undone, without the quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Quantity(Syntax):
    """A number as written, and its unit as written ("" for a plain number)."""

    number: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DateText(Syntax):
    text: str


@dataclass(frozen=True, slots=True)
class Range(Syntax):
    low: Quantity
    high: Quantity


@dataclass(frozen=True, slots=True)
class Options(Syntax):
    names: tuple[Name, ...]


Term = Name | Text | Quantity | DateText | Range | Options

# ---- conditions and numbers


@dataclass(frozen=True, slots=True)
class Operators(Syntax):
    """`and`, `or` between operands."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Item(Syntax):
    label: Name
    number: str
    body: Expression


@dataclass(frozen=True, slots=True)
class Group(Syntax):
    """quantifier: all, any, none, at_least."""

    quantifier: str
    count: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Not(Syntax):
    operand: Expression


@dataclass(frozen=True, slots=True)
class Unless(Syntax):
    operand: Expression
    exception: Expression


@dataclass(frozen=True, slots=True)
class Attributed(Syntax):
    operand: Expression
    cause: Name
    other: bool


@dataclass(frozen=True, slots=True)
class IfDone(Syntax):
    operand: Expression


@dataclass(frozen=True, slots=True)
class Comparison(Syntax):
    left: Expression
    relation: str
    right: Expression


@dataclass(frozen=True, slots=True)
class Member(Syntax):
    left: Expression
    options: Options


@dataclass(frozen=True, slots=True)
class Between(Syntax):
    left: Expression
    low: Quantity | DateText
    high: Quantity | DateText


@dataclass(frozen=True, slots=True)
class Arithmetic(Syntax):
    """first, then (operator, operand) from left to right."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Elapsed(Syntax):
    unit: str
    start: Name
    end: Name


@dataclass(frozen=True, slots=True)
class ScoreItem(Syntax):
    """Either points and when, or a nested score."""

    label: Name
    points: Quantity | None = None
    when: Expression | None = None
    score: Score | None = None


@dataclass(frozen=True, slots=True)
class Score(Syntax):
    combine: str
    items: tuple[ScoreItem, ...]


@dataclass(frozen=True, slots=True)
class NoEvent(Syntax):
    event: Name
    within: Quantity | None
    after: Name


@dataclass(frozen=True, slots=True)
class Since(Syntax):
    occasion: Name
    relation: str
    amount: Quantity


@dataclass(frozen=True, slots=True)
class CountGiven(Syntax):
    scope: Name
    occasion: Name
    relation: str
    count: Quantity


@dataclass(frozen=True, slots=True)
class Every(Syntax):
    scope: Name
    condition: Expression


Expression = (
    Name
    | Quantity
    | DateText
    | Operators
    | Group
    | Not
    | Unless
    | Attributed
    | IfDone
    | Comparison
    | Member
    | Between
    | Arithmetic
    | Elapsed
    | Score
    | NoEvent
    | Since
    | CountGiven
    | Every
)

# ---- statements: what stands in the braces of a declaration


@dataclass(frozen=True, slots=True)
class Source(Syntax):
    """The words between the triple quotation marks, untouched; `text` is the place of the words."""

    words: str
    text: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Aside(Syntax):
    reason: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Names(Syntax):
    """`decided a, b` and `renamed from a`."""

    verb: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Rule(Syntax):
    """require, exclude, opens, counts, applies, when."""

    verb: str
    condition: Expression


@dataclass(frozen=True, slots=True)
class Give(Syntax):
    intervention: Name
    occasion: Name
    visit: Name


@dataclass(frozen=True, slots=True)
class Guards(Syntax):
    occasion: Name | None = None
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Otherwise(Syntax):
    actions: tuple[tuple[str, Name | None], ...]


@dataclass(frozen=True, slots=True)
class Reports(Syntax):
    name: Name
    title: Text
    options: Options


@dataclass(frozen=True, slots=True)
class Replacement(Syntax):
    path: Name
    condition: Expression


@dataclass(frozen=True, slots=True)
class Alternative(Syntax):
    text: Text
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Property(Syntax):
    """`label: terms, terms`."""

    label: Name
    values: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class Assignment(Syntax):
    path: Name
    cause: bool
    value: Name | Quantity | DateText
    on: DateText | None = None


Statement = (
    Source
    | Aside
    | Names
    | Rule
    | Give
    | Guards
    | Otherwise
    | Reports
    | Alternative
    | Property
    | Assignment
)

# ---- heads: what stands between the title and the braces


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
class FormulaHead(Syntax):
    unit: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class DurationHead(Syntax):
    amount: Quantity


@dataclass(frozen=True, slots=True)
class VisitHead(Syntax):
    """timing: anchor, unscheduled, before, offset. A sign is "+", "-" or ""."""

    timing: str
    base: Name | None = None
    sign: str = ""
    offset: Quantity | None = None
    window: tuple[tuple[str, Quantity], tuple[str, Quantity]] | None = None


@dataclass(frozen=True, slots=True)
class TestHead(Syntax):
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
    | FormulaHead
    | DurationHead
    | VisitHead
    | TestHead
    | TrialHead
)


@dataclass(frozen=True, slots=True)
class Declaration(Syntax):
    """One declaration. `number` is the printed label of a criterion, without its brackets."""

    keyword: str
    name: Name | None = None
    number: str = ""
    title: Text | None = None
    head: Head | None = None
    body: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """All declarations of a text that could be parsed, in order."""

    source: SourceText
    declarations: tuple[Declaration, ...]
