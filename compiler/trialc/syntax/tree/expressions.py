"""Conditions and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.syntax.tree.words import DateText, Name, Options, Quantity, Syntax


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
    """quantifier: all, any, none, at_least, at_most."""

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
    low: Limit
    high: Limit


@dataclass(frozen=True, slots=True)
class Summary(Syntax):
    """`mean of x`: mean, sum, highest, lowest, latest of several measurements; of those done."""

    which: str
    name: Name
    done: bool


@dataclass(frozen=True, slots=True)
class Each(Syntax):
    """`at least 2 of x > 470 ms`: how many of several measurements; `test` is that of `name`, or,
    of what is yes or no, `name` itself.
    """

    quantifier: str
    count: int
    name: Name
    done: bool
    test: Comparison | Between | Member | Normal | Name


@dataclass(frozen=True, slots=True)
class OfCourses(Syntax):
    """`at most 2 of therapy.line where setting = metastatic`, `latest therapy.line has ...`: the
    quantifier is that of a group, `latest` or `first`.

    `where_each` is what is asked of each, as written. Spelled out, it is gone, and `tests` ask the
    same of each course by its own name.
    """

    quantifier: str
    count: int
    name: Name
    where_each: Expression | None = None
    tests: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class CountOf(Syntax):
    """`count of therapy.line`: how many courses there are."""

    name: Name


@dataclass(frozen=True, slots=True)
class Confirmed(Syntax):
    """A comparison that two measurements fulfil, so long after one another."""

    operand: Expression
    length: Quantity


@dataclass(frozen=True, slots=True)
class Changed(Syntax):
    """`x falls by at least 30 % from x0`; direction: falls, rises, changes; relation: >=, >."""

    name: Name
    direction: str
    relation: str
    amount: Quantity
    base: Name


@dataclass(frozen=True, slots=True)
class Normal(Syntax):
    """`lab.k in normal range`; place: in, outside, above, below."""

    value: Expression
    place: str


@dataclass(frozen=True, slots=True)
class Extreme(Syntax):
    """`longer of (30 days, 5 half-lives)`, or `shorter of`."""

    longer: bool
    lengths: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Within(Syntax):
    """`value within length before anchor`; side: before, after, of (on either side)."""

    value: Expression
    length: Quantity | Extreme
    side: str
    anchor: Name


@dataclass(frozen=True, slots=True)
class Except(Syntax):
    """A class of histories without some of its members: `drug.biologic except drug.rituximab`."""

    name: Name
    members: tuple[Name, ...]


Fact = Name | Except


@dataclass(frozen=True, slots=True)
class Ongoing(Syntax):
    """A history that has not ended; `length`: for at least so long, or `unchanged` so long."""

    name: Fact
    length: Quantity | None = None
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Suspected(Syntax):
    """A history that does not go on as far as is known, and may."""

    name: Fact


@dataclass(frozen=True, slots=True)
class Planned(Syntax):
    """A history that is planned; `length` and `anchor`: no later than so long after a day."""

    name: Fact
    length: Quantity | None = None
    anchor: Name | None = None


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
class InUnit(Syntax):
    """The number of an element in a unit, without that unit: `demo.weight [kg]`."""

    name: Name
    unit: str


@dataclass(frozen=True, slots=True)
class OfCriterion(Syntax):
    """The outcome of a criterion: `criterion poor_adherence`."""

    name: Name


@dataclass(frozen=True, slots=True)
class Function(Syntax):
    """min, max, power, sqrt, ln, log10, exp, round."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Case(Syntax):
    """A number that counts when a condition holds, or (None) `otherwise`."""

    label: Name
    value: Expression
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Table(Syntax):
    """`first of` or, with `unique`, `unique of` its cases."""

    unique: bool
    cases: tuple[Case, ...]


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
class Scope(Syntax):
    """A set of participants. kind: block (`name` is "this", "previous" or a number), trial, cohort
    and level ("" for the one that is asked about), first (of those `given`, in the scope `inside`).
    """

    kind: str
    name: str = ""
    first: Quantity | None = None
    given: Name | None = None
    inside: Scope | None = None


@dataclass(frozen=True, slots=True)
class CountEvents(Syntax):
    """`count of participants in SCOPE with EVENT within LENGTH after OCCASION <= n`."""

    scope: Scope
    reported: bool
    absence: NoEvent
    relation: str
    count: Quantity


@dataclass(frozen=True, slots=True)
class Gap(Syntax):
    """`gap between OCCASION of participants in SCOPE >= LENGTH`."""

    occasion: Name
    scope: Scope
    relation: str
    amount: Quantity


@dataclass(frozen=True, slots=True)
class DecidedBy(Syntax):
    """The latest decision of a role on the gate is to open it."""

    role: Name


@dataclass(frozen=True, slots=True)
class MtdDeclared(Syntax):
    """An escalation has come to its maximum tolerated dose."""

    escalation: Name


@dataclass(frozen=True, slots=True)
class CountGiven(Syntax):
    scope: Scope
    occasion: Name
    relation: str
    count: Quantity


@dataclass(frozen=True, slots=True)
class Every(Syntax):
    scope: Scope
    condition: Expression


Limit = Quantity | DateText | Name | Arithmetic
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
    | Within
    | Ongoing
    | Suspected
    | Planned
    | Except
    | Normal
    | Summary
    | Each
    | OfCourses
    | CountOf
    | Confirmed
    | Changed
    | Arithmetic
    | Elapsed
    | InUnit
    | OfCriterion
    | Function
    | Table
    | Score
    | NoEvent
    | Since
    | CountGiven
    | CountEvents
    | Gap
    | DecidedBy
    | MtdDeclared
    | Every
)
