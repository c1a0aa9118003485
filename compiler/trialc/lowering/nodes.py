"""What straight-line programs are made of: tests, which hold or do not, and amounts.

An unknown amount is a number of which no test holds (NaN; NULL in SQL); any other unknown value is
none of the values that a test names. So no test asks for an unknown, but for `Known`, `Unknown`
and `Marked`, which ask for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Local:
    """A variable that a statement before has set."""

    name: str


# ---- tests


@dataclass(frozen=True, slots=True)
class Always:
    """Holds, or never does."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """A test whose result is in a local."""

    local: Local


@dataclass(frozen=True, slots=True)
class Is:
    """A yes-or-no value is this one."""

    local: Local
    truth: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A code is one of these, one at least."""

    local: Local
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """There is a value."""

    local: Local
    is_amount: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no value."""

    local: Local
    is_amount: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """The record says that it was not done."""

    local: Local


@dataclass(frozen=True, slots=True)
class Relation:
    """Two amounts. Neither holds where one is unknown."""

    operator: Literal["<", "<=", ">", ">=", "=="]
    left: Amount
    right: Amount


@dataclass(frozen=True, slots=True)
class FromTo:
    """An amount from one limit to another; `<` where a limit does not belong to it."""

    low: Amount
    first: Literal["<", "<="]
    value: Amount
    second: Literal["<", "<="]
    high: Amount


@dataclass(frozen=True, slots=True)
class All:
    """Every one holds; there are several."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One holds; there are several."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    part: Test


@dataclass(frozen=True, slots=True)
class Count:
    """At least so many of some tests hold."""

    parts: tuple[Test, ...]
    operator: Literal[">", ">="]
    number: int


Test = (
    Always
    | Holds
    | Is
    | Member
    | Known
    | Unknown
    | Marked
    | Relation
    | FromTo
    | All
    | Any
    | Not
    | Count
)

# ---- amounts


@dataclass(frozen=True, slots=True)
class Constant:
    """A number of the protocol, or a day number; whole points are `int`."""

    value: float


@dataclass(frozen=True, slots=True)
class Nothing:
    """The unknown amount."""


@dataclass(frozen=True, slots=True)
class Exactly:
    """left operator right, scaled by numerator/denominator: one exact step (semantics 2)."""

    operator: Literal["+", "-", "*", "/"]
    left: Amount
    right: Amount
    numerator: int = 1
    denominator: int = 1


@dataclass(frozen=True, slots=True)
class Roughly:
    """left * factor operator right, in binary arithmetic."""

    operator: Literal["+", "-", "*", "/"]
    left: Amount
    right: Amount
    factor: float = 1


@dataclass(frozen=True, slots=True)
class Days:
    """The days from one day number to another."""

    start: Local
    end: Local


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """Calendar units from one day number to another; unknown where the end comes first."""

    unit: str
    start: Local
    end: Local


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """The day number so many calendar units after one; before it if below zero."""

    start: Local
    amount: int
    step: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A function (semantics 2); `exponent` of `power`, decimal places of `round`."""

    name: str
    arguments: tuple[Amount, ...]
    exponent: str = ""


@dataclass(frozen=True, slots=True)
class If:
    """One amount where a test holds, else another."""

    test: Test
    then: Amount
    otherwise: Amount


@dataclass(frozen=True, slots=True)
class Sum:
    """Of whole points."""

    parts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Greatest:
    """Of whole points."""

    parts: tuple[Amount, ...]


Amount = (
    Local
    | Constant
    | Nothing
    | Exactly
    | Roughly
    | Days
    | CalendarTime
    | CalendarDay
    | Applied
    | If
    | Sum
    | Greatest
)
