"""Statements: what stands in the braces of a declaration."""

from __future__ import annotations

from dataclasses import dataclass, field

from trialc.source import NOWHERE, Span
from trialc.syntax.tree.expressions import Expression, NoEvent, Scope, Table
from trialc.syntax.tree.types import TypeHead
from trialc.syntax.tree.words import DateText, Name, Options, Quantity, Syntax, Term, Text


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
    """require, exclude, opens, stops, counts, applies, when."""

    verb: str
    condition: Expression


@dataclass(frozen=True, slots=True)
class Give(Syntax):
    """`dose` and `frequency` as they would stand behind `dose:` and `frequency:`."""

    intervention: Name
    occasion: Name
    visit: Name
    dose: tuple[Term, ...] = ()
    frequency: tuple[Term, ...] = ()
    length: Quantity | None = None
    until: Text | None = None
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Entered(Syntax):
    """`entered from control at X1 when "progression"`: how participants come into an arm that
    nothing randomises.
    """

    sources: tuple[Name, ...]
    visit: Name
    when: Text | None = None


@dataclass(frozen=True, slots=True)
class Unblinded(Syntax):
    """`unblinded when "progression"`: from then on, who is masked learns the arm."""

    when: Text


@dataclass(frozen=True, slots=True)
class Gift(Syntax):
    """One of the things that are given in a period, with a dose and a frequency of its own."""

    intervention: Name
    dose: tuple[Term, ...] = ()
    frequency: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class GiveIn(Syntax):
    """`give a, b 5 mg in p2`: what a sequence gives in a period."""

    gifts: tuple[Gift, ...]
    period: Name


@dataclass(frozen=True, slots=True)
class Guards(Syntax):
    """Randomisation in blocks, an occasion (of some `cohorts`), or `everything`."""

    occasion: Name | None = None
    everything: bool = False
    first: int = 0
    last: int = 0
    cohorts: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentinel(Syntax):
    """The first participants of a set are watched, then the others follow."""

    first: Quantity
    scope: Scope | None
    observed: Quantity
    without: Name | None
    apart: Quantity | None


@dataclass(frozen=True, slots=True)
class Toxicity(Syntax):
    """`toxicity EVENT within LENGTH after OCCASION`, of an escalation."""

    absence: NoEvent


@dataclass(frozen=True, slots=True)
class Outcome(Syntax):
    """A row of an escalation's table: `low .. high of participants`, or a relation of the share of
    toxicities to a rate, or (neither) `otherwise`.
    """

    step: str
    low: Quantity | None = None
    high: Quantity | None = None
    participants: Quantity | None = None
    relation: str = ""
    rate: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Outcomes(Syntax):
    rows: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class LevelDose(Syntax):
    """`dose of INTERVENTION: AMOUNT`, of a dose level."""

    intervention: Name
    dose: Quantity


@dataclass(frozen=True, slots=True)
class Otherwise(Syntax):
    actions: tuple[tuple[str, Name | None], ...]


@dataclass(frozen=True, slots=True)
class Attested(Syntax):
    """`attested by a, b`: who may attest that an event did not occur."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Reports(Syntax):
    name: Name
    title: Text
    options: Options
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Reuse(Syntax):
    """`reuse if within 28 days`: a result that young is not asked for again."""

    length: Quantity


@dataclass(frozen=True, slots=True)
class Replacement(Syntax):
    """`replacing path by condition`; without one, `dropping path`."""

    path: Name
    condition: Expression | None


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
class BranchProperty(Syntax):
    """`failure of BRANCH: temporary`, `recheck of BRANCH: after 28 days`."""

    label: Name
    branch: Name
    value: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Measured(Syntax):
    """`measure: CONDITION at W24` of an endpoint."""

    label: Name
    expression: Expression
    visits: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredChange(Syntax):
    """`measure: percent change in lab.hb from D1 to W24`."""

    label: Name
    percent: bool
    number: Name
    first: Name
    last: Name


@dataclass(frozen=True, slots=True)
class Tabled(Syntax):
    """`label: first of { ... }`."""

    label: Name
    table: Table


@dataclass(frozen=True, slots=True)
class Attribute(Syntax):
    """`kind "Kind" : choice {a, b}`: what is known of each of several courses."""

    name: Name
    title: Text
    head: TypeHead
    body: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class OneOfThem(Syntax):
    """`{ kind: platinum  ended: 2026-01-02 }`: what an example says of one course."""

    said: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Started(Syntax):
    """`ongoing since 2026-01-02 unchanged since 2026-03-01`, with one of the days at least."""

    word: Name
    since: DateText | None
    unchanged: DateText | None = None


@dataclass(frozen=True, slots=True)
class Assignment(Syntax):
    path: Name
    cause: bool
    value: Given
    on: DateText | None = None
    more: tuple[Given, ...] = ()
    """Values of the measurements, or of the courses, after the first."""


Given = Name | Quantity | DateText | Started | OneOfThem
"""What an example says of one input, or of one course."""
Statement = (
    Source
    | Aside
    | Names
    | Rule
    | Give
    | GiveIn
    | Guards
    | LevelDose
    | BranchProperty
    | Outcomes
    | Sentinel
    | Toxicity
    | Otherwise
    | Attested
    | Reports
    | Reuse
    | Entered
    | Unblinded
    | Alternative
    | Property
    | Tabled
    | Attribute
    | Measured
    | MeasuredChange
    | Assignment
)
