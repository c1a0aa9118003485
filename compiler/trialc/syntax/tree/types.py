"""What can be known of a participant, or of one course: the types of elements."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.syntax.tree.words import Options, Quantity, Range, Syntax

COURSES = "courses"
"""The type of `up to 6`: several of one kind, each with the same attributes."""


@dataclass(frozen=True, slots=True)
class TypeHead(Syntax):
    """`most`: of `courses`, how many there can be."""

    type: str
    unit: str = ""
    options: Options | None = None
    range: Range | None = None
    most: Quantity | None = None
