"""How deep conditions and numbers nest and how many parts they come to, definitions opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog.syntax import TOO_DEEP
from trialc.diagnostics.catalog.types import TOO_LONG
from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, parts, rules, sides
from trialc.source import Span
from trialc.syntax.building import DEEPEST

LONGEST = 10_000
"""Parts: an explanation shows them all, once for each way that leads to them."""


class Extent(NamedTuple):
    """Levels and parts."""

    levels: int
    parts: int


Extents = Mapping[str, Extent]
"""Of definitions, by name; one that is not among them has errors of its own."""
NONE = Extent(0, 0)


def extent(condition: Condition, definitions: Extents) -> Extent:
    """The extent of a condition."""
    return _around(_inside(condition, definitions))


def extent_of_number(number: Number, definitions: Extents) -> Extent:
    """The extent of a number."""
    return _around(_inside_number(number, definitions))


def too_much(found: Extent, where: Span) -> Diagnostic | None:
    """The diagnostic of what nobody could follow; None for all else."""
    advice = "define in fewer steps"
    if found.levels > DEEPEST:
        return TOO_DEEP.at(where, limit=DEEPEST, help=advice)
    if found.parts > LONGEST:
        return TOO_LONG.at(where, count=f"{found.parts:,}", limit=f"{LONGEST:,}", help=advice)
    return None


def _around(inside: Iterator[Extent]) -> Extent:
    levels = count = 0
    for each in inside:
        levels, count = max(levels, each.levels), count + each.parts
    return Extent(levels + 1, count + 1)


def _inside(condition: Condition, definitions: Extents) -> Iterator[Extent]:
    if isinstance(condition, e.Refer):
        yield definitions.get(condition.name, NONE)
    for part in parts(condition):
        yield extent(part, definitions)
    for number in numbers(condition):
        yield extent_of_number(number, definitions)


def _inside_number(number: Number, definitions: Extents) -> Iterator[Extent]:
    if isinstance(number, e.NumberOf):
        yield definitions.get(number.name, NONE)
    for _, rule in rules(number):
        yield extent(rule, definitions)
    for side in sides(number):
        yield extent_of_number(side, definitions)
