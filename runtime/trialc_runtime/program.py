"""The tables that a checker is made of, and the form of the conditions in them.

A condition is a tuple; its first item is the operator, its last the words that explanations show:

    ("junction", "all" | "any" | "none" | "at_least", count, ((path, condition), ...), text)
    ("not", condition, text)                   ("unless", condition, exception, text)
    ("holds", input, text)                     ("one_of", input, (code, ...), text)
    ("done", input, text)                      ("refer", name in `conditions`, text)
    ("compare", number, relation, number, text)
    ("within", number, lowest, highest, text)  all three are numbers
    ("attributed", condition, input, cause, other than it, text of the attestation, text)
    ("applies", condition, operand, neutral, text)
    ("part", name in `parts`)

A number is a tuple too:

    ("literal", value)      ("value", input)      ("number_of", name in `numbers`)
    ("arithmetic", operator, left, right, numerator, denominator)
    ("elapsed", unit, from, to)                   moments
    ("day", moment, amount, unit)                 so long after it; before it if below zero
    ("function", name, (number, ...), exponent of "power")
    ("choose", no two cases hold together, ((label, number, condition or None), ...))
    ("score", "sum" | "highest", ((points, condition) or (None, score), ...))

A moment is a date input, "as_of", or "day_of:" and an input: the day on which it was measured.
What they mean: docs/semantics.md sections 2 and 4. Dates are day numbers. A part is a piece of a
condition that stands on its own only because it lies too deep for a Python text.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from trialc_runtime.inputs import Input
    from trialc_runtime.standing import Standing

    Truth = bool | None
    Condition = tuple[Any, ...]
    Number = tuple[Any, ...]
    Case = tuple[Any, ...]
    Values = dict[str, Any]


class Criterion:
    """One inclusion or exclusion criterion.

    `shared` are the inputs and derived numbers that feed several of its atoms, so that Kleene's
    logic may leave it open although every completion agrees (docs/semantics.md section 5). `uses`:
    how many of its atoms each input feeds that feeds several atoms of all criteria together.
    `standing`: what a result says of it beside its outcome, if anything.
    """

    __slots__ = (
        "condition", "id", "kind", "number", "shared", "source", "standing", "title", "uses",
    )  # fmt: skip

    def __init__(
        self,
        id: str,
        kind: str,
        number: str,
        title: str,
        source: str,
        condition: Condition,
        shared: tuple[str, ...] = (),
        uses: dict[str, int] | None = None,
        standing: Standing | None = None,
    ) -> None:
        self.id = id
        self.kind = kind
        self.number = number
        self.title = title
        self.source = source
        self.condition = condition
        self.shared = shared
        self.uses = uses or {}
        self.standing = standing

    def fails(self, outcome: Truth) -> bool:
        """Whether this outcome alone makes the participant ineligible."""
        return outcome is (self.kind == "exclusion")


class Program:
    """Everything that `screen` needs to know of a protocol.

    `shared` are the inputs that feed several atoms of the criteria taken together; `cells` has for
    each shared input one value of every cell that the conditions can tell apart; `units` the units
    of the derived numbers that have one. `stages` are the ids of the criteria that are assessed at
    each visit.
    """

    __slots__ = (
        "cells",
        "conditions",
        "criteria",
        "inputs",
        "numbers",
        "parts",
        "roles",
        "shared",
        "stages",
        "units",
    )

    def __init__(
        self,
        *,
        inputs: tuple[Input, ...],
        criteria: tuple[Criterion, ...],
        numbers: dict[str, Number] | None = None,
        conditions: dict[str, Condition] | None = None,
        parts: dict[str, Condition] | None = None,
        shared: tuple[str, ...] = (),
        cells: dict[str, tuple[Any, ...]] | None = None,
        roles: tuple[str, ...] = (),
        stages: dict[str, tuple[str, ...]] | None = None,
        units: dict[str, str] | None = None,
    ) -> None:
        self.inputs = inputs
        self.criteria = criteria
        self.numbers = numbers or {}
        self.conditions = conditions or {}
        self.parts = parts or {}
        self.shared = shared
        self.cells = cells or {}
        self.roles = roles
        self.stages = stages or {}
        self.units = units or {}

    def at(self, visit: str) -> Program:
        """The same with the criteria that are assessed at a visit; ValueError where none are."""
        if visit not in self.stages:
            places = ", ".join(self.stages)
            raise ValueError(f"no criterion is assessed at {visit}; they are at {places}")
        return Program(
            inputs=self.inputs,
            criteria=tuple(item for item in self.criteria if item.id in self.stages[visit]),
            numbers=self.numbers,
            conditions=self.conditions,
            parts=self.parts,
            shared=self.shared,
            cells=self.cells,
            roles=self.roles,
            units=self.units,
        )
