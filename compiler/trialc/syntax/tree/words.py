"""Words of a protocol text: names, strings, quantities, dates."""

from __future__ import annotations

from dataclasses import dataclass, field

from trialc.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Syntax:
    """Every part of the tree has a place; the place is no part of equality."""

    where: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Name(Syntax):
    text: str


@dataclass(frozen=True, slots=True)
class FirstOf(Name):
    """The first measurement of what may be repeated, and not the one that rules read."""


@dataclass(frozen=True, slots=True)
class Itself(Name):
    """What is asked under a name itself, without the members of the class that it is."""


@dataclass(frozen=True, slots=True)
class Text(Syntax):
    """A string: its value, escapes undone, without the quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Quantity(Syntax):
    """A number as written, and its unit as written ("" for a plain number)."""

    number: str
    unit: str = ""
    also: Quantity | None = None
    """The same in another unit, as it stands in parentheses behind it."""
    plus: bool = field(default=False, compare=False)
    """Whether a plus sign stands before it."""


@dataclass(frozen=True, slots=True)
class DateText(Syntax):
    text: str


@dataclass(frozen=True, slots=True)
class Range(Syntax):
    low: Quantity
    high: Quantity


@dataclass(frozen=True, slots=True)
class Limits(Syntax):
    """A range of which one end at least has a name: `lab.k.lln .. lab.k.uln`."""

    low: Name | Quantity
    high: Name | Quantity


@dataclass(frozen=True, slots=True)
class Options(Syntax):
    """Codes, and beside each its title or None; no titles where codes are only named."""

    names: tuple[Name, ...]
    titles: tuple[Text | None, ...] = ()


Term = Name | Text | Quantity | DateText | Range | Limits | Options
