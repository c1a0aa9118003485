"""The statements of straight-line programs, and the functions that they make up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trialc.lowering.nodes import Amount, Local, Test
from trialc.model.protocol import Criterion


@dataclass(frozen=True, slots=True)
class Load:
    """An input of the record into a local; `mark`: whether it is marked as not done."""

    local: Local
    path: str
    kind: Literal["amount", "other", "mark"]


@dataclass(frozen=True, slots=True)
class Set:
    """What an expression comes to, into a local."""

    local: Local
    value: Amount | Test


@dataclass(frozen=True, slots=True)
class Heading:
    """What follows decides this criterion."""

    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Outcome:
    """Into a local: true where one test holds, false where the other does, else unknown.

    `likely` is the outcome to ask for first.
    """

    local: Local
    true: Test
    false: Test
    likely: bool


@dataclass(frozen=True, slots=True)
class Shortly:
    """`likely` into a local where a test holds; else what other statements come to."""

    local: Local
    likely: bool
    test: Test
    otherwise: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Settle:
    """A local that is unknown, and one of these tests holds (if there are any): by completions."""

    local: Local
    position: int
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Go on where one test holds; else ineligible where the other does, else undecided."""

    passes: Test
    fails: Test


@dataclass(frozen=True, slots=True)
class Unless:
    """Statements for whom a test does not hold."""

    test: Test
    statements: tuple[Statement, ...]


Statement = Load | Set | Heading | Outcome | Shortly | Settle | Judge | Unless


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A function that gives the outcomes of some criteria, in order."""

    statements: tuple[Statement, ...]
    results: tuple[Local, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A function that judges by some criteria."""

    statements: tuple[Statement, ...]
