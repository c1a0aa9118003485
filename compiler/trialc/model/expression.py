"""Conditions and numbers of the model: resolved, typed, free of syntax.

Every node says what it means by itself; docs/semantics.md sections 2, 4 and 7 say how it is
evaluated. Numbers are in the unit that the node names (UCUM code); `Literal.value` is already in
the unit of what it is compared with.
"""

from __future__ import annotations

from typing import Annotated
from typing import Literal as Only

from pydantic import Field

from trialc.model.node import Node

# ---- numbers and dates


class Literal(Node):
    """A number of the protocol. `text` is how the author wrote it, unit included: "11 g/dL"."""

    kind: Only["literal"] = "literal"
    value: float
    unit: str
    text: str


class Date(Node):
    """A civil date, ISO 8601."""

    kind: Only["date"] = "date"
    value: str


class Value(Node):
    """The value of a data element of type quantity, score or date."""

    kind: Only["value"] = "value"
    path: str
    unit: str


class NumberOf(Node):
    """The value of a derived element (`derive`) or a score definition, by name."""

    kind: Only["number_of"] = "number_of"
    name: str
    unit: str


class Arithmetic(Node):
    """`left operator right`, scaled by numerator/denominator (semantics section 2)."""

    kind: Only["arithmetic"] = "arithmetic"
    operator: Only["+", "-", "*", "/"]
    left: Number
    right: Number
    numerator: int = 1
    denominator: int = 1
    unit: str


class Elapsed(Node):
    """Calendar units from one date to another; each is the path of a date element, `as_of`, or
    `day_of:` and the path of an input: the day on which that was measured or attested.
    """

    kind: Only["elapsed"] = "elapsed"
    unit: Only["year", "month", "week", "day"]
    start: str
    end: str


class Day(Node):
    """A day so many calendar units after (`amount` below zero: before) the day of `start`: the path
    of a date element, `as_of`, or `day_of:` and an input (see Elapsed). Counted from there, so a
    month before 31 March is 28 February.
    """

    kind: Only["day"] = "day"
    start: str
    amount: int = 0
    step: Only["day", "week", "month", "year"] = "day"
    text: str = ""
    """The length as the author wrote it, where it was calculated: "5 half-lives"."""
    unit: Only["date"] = "date"


class Function(Node):
    """A function of pure numbers; the least and the greatest of numbers of one unit.

    `exponent`: of `power`, a decimal text, or two with a "/" between; of `round`, decimal places.
    """

    kind: Only["function"] = "function"
    name: Only["min", "max", "power", "sqrt", "ln", "log10", "exp", "round"]
    arguments: tuple[Number, ...]
    exponent: str = ""
    unit: str


class Case(Node):
    """A number that a table comes to; `when` None: in all cases that are left."""

    label: str
    path: str
    when: Condition | None = None
    value: Number


class Choose(Node):
    """A table: the number of the first case that holds.

    `unique`: no two cases ever hold together, so that any that holds decides. The compiler has
    proved it, and that some case always holds.
    """

    kind: Only["choose"] = "choose"
    unique: bool
    cases: tuple[Case, ...]
    unit: str


class ScoreItem(Node):
    """Points that count when a condition holds, or a nested score."""

    label: str
    path: str
    points: int = 0
    when: Condition | None = None
    score: Score | None = None


class Score(Node):
    """`sum of` or `highest of` its items, in points."""

    kind: Only["score"] = "score"
    combine: Only["sum", "highest"]
    items: tuple[ScoreItem, ...]
    unit: str = "{score}"


Number = Annotated[
    Literal | Date | Value | NumberOf | Arithmetic | Elapsed | Day | Function | Choose | Score,
    Field(discriminator="kind"),
]

# ---- conditions


class Branch(Node):
    """An operand. Labelled ones have a path, their identity, and may have a printed number."""

    label: str | None = None
    number: str | None = None
    path: str = ""
    condition: Condition


class Junction(Node):
    """`all of`, `any of`, `none of`, `at least n of`; `and` is `all`, `or` is `any`, unlabelled."""

    kind: Only["junction"] = "junction"
    quantifier: Only["all", "any", "none", "at_least"]
    count: int = 0
    branches: tuple[Branch, ...]


class Not(Node):
    kind: Only["not"] = "not"
    operand: Condition


class Holds(Node):
    """A boolean data element or a judgement is true."""

    kind: Only["holds"] = "holds"
    path: str


class OneOf(Node):
    """A choice element has one of these codes."""

    kind: Only["one_of"] = "one_of"
    path: str
    codes: tuple[str, ...]


class Compare(Node):
    """Two numbers of one unit, or two dates."""

    kind: Only["compare"] = "compare"
    relation: Only["<", "<=", ">", ">=", "=", "!="]
    left: Number
    right: Number


class Within(Node):
    """low <= value <= high."""

    kind: Only["within"] = "within"
    value: Number
    low: Limit
    high: Limit


class Attributed(Node):
    """The operand, and its attested cause is (`other` false) or is not (`other` true) `cause`.

    `path` is the input that holds the attestation: `<path of the branch>.cause`.
    """

    kind: Only["attributed"] = "attributed"
    operand: Condition
    cause: str
    other: bool
    path: str


class Unless(Node):
    """The operand, and not the exception."""

    kind: Only["unless"] = "unless"
    operand: Condition
    exception: Condition


class Applies(Node):
    """An operand that drops out, as `neutral`, when `condition` is false (semantics section 4)."""

    kind: Only["applies"] = "applies"
    condition: Condition
    operand: Condition
    neutral: bool


class Done(Node):
    """The element was measured: false only when the record says `not_done`."""

    kind: Only["done"] = "done"
    path: str


class Refer(Node):
    """A named condition (`define`)."""

    kind: Only["refer"] = "refer"
    name: str


# ---- conditions of gates, over a trial's dated events (semantics section 7)


class GivenIn(Node):
    """Those in a scope who were given an occasion; `first`: the first so many and who may be."""

    occasion: str
    scope: str
    first: int = 0


Scope = str | GivenIn
"""A set of participants. `previous`, `this` or a number: of a block. `trial`. `cohort`, `level`: of
the cohort or the dose level that is asked about; `cohort:NAME`, `level:NAME`.
"""


class CountGiven(Node):
    """How many participants in a scope were given an occasion, compared with `equals`."""

    kind: Only["count_given"] = "count_given"
    scope: Scope
    occasion: str
    equals: int
    relation: Only["=", ">=", "<="] = "="
    written: str = ""
    """The number in the text, where it is another one: `< 2` is at most 1."""


class Every(Node):
    """Every participant in a scope satisfies a condition."""

    kind: Only["every"] = "every"
    scope: Scope
    condition: Condition


class Since(Node):
    """At least this much calendar time has passed since an occasion."""

    kind: Only["since"] = "since"
    occasion: str
    amount: int
    unit: Only["hour", "day", "week", "month", "year"]


class NoEvent(Node):
    """No event of this kind after an occasion, within a time, or (amount 0) until now."""

    kind: Only["no_event"] = "no_event"
    event: str
    occasion: str
    amount: int = 0
    unit: Only["day", "week", "month", "year"] = "day"


class CountEvents(Node):
    """The number of participants in a scope of whom the absence of an event is false.

    `reported`: what nobody reported did not happen; else an absence counts once it is attested.
    """

    kind: Only["count_events"] = "count_events"
    scope: Scope
    absence: NoEvent
    reported: bool = False
    relation: Only["=", ">=", "<="]
    count: int
    written: str = ""


class Gap(Node):
    """Everybody else in a scope who was given an occasion before the participant that is asked
    about was given it so long before.
    """

    kind: Only["gap"] = "gap"
    scope: str
    occasion: str
    amount: int
    unit: Only["hour", "day", "week", "month", "year"]


class OnDay(Node):
    """The day of asking, compared with a date."""

    kind: Only["on_day"] = "on_day"
    relation: Only["<", "<=", ">", ">="]
    day: str


class DecidedBy(Node):
    """The latest decision of a role on this gate, for whom it is asked, is to open it; and what it
    follows held on its day.
    """

    kind: Only["decided_by"] = "decided_by"
    gate: str
    role: str
    follows: Condition | None = None
    """The evidence beside it, which must have been there before it; None: it stands alone."""


class MtdDeclared(Node):
    """An escalation has declared a maximum tolerated dose; false once it stopped without one."""

    kind: Only["mtd_declared"] = "mtd_declared"
    escalation: str


Limit = Annotated[Literal | Date | Day, Field(discriminator="kind")]

Condition = Annotated[
    Junction
    | Not
    | Holds
    | OneOf
    | Compare
    | Within
    | Attributed
    | Unless
    | Applies
    | Done
    | Refer
    | CountGiven
    | Every
    | Since
    | NoEvent
    | CountEvents
    | Gap
    | OnDay
    | DecidedBy
    | MtdDeclared,
    Field(discriminator="kind"),
]


def without_unit(number: Number) -> str:
    """The unit of which a pure number is the number: "kg" for `weight / 1 kg`; "" for others."""
    if isinstance(number, Arithmetic) and number.operator == "/" and number.unit == "1":
        one = number.right
        if (
            isinstance(one, Literal)
            and one.value == 1
            and isinstance(number.left, Value | NumberOf)
        ):
            return "" if one.unit == "1" else one.unit
    return ""
