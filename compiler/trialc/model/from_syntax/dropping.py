"""Exclusions that get wider where an operand drops out.

An operand that drops out of `and` counts as true. In an exclusion that leaves the other operands
to exclude by themselves: `childbearing and not adequate` excludes a man for `not adequate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import types as kinds
from trialc.model.expression import (
    Applies,
    Attributed,
    Condition,
    Done,
    Every,
    Junction,
    Not,
    Refer,
    Unless,
)
from trialc.model.inputs import walk
from trialc.model.protocol import Protocol
from trialc.model.wording import Wording


def widening(protocol: Protocol) -> tuple[Diagnostic, ...]:
    """A warning for each operand of `and` that may drop out where the rest would exclude."""
    definitions = protocol.named_conditions
    search = _Search(definitions)
    for criterion in protocol.criteria:
        search.look(criterion.condition, harmful=criterion.type == "exclusion")
    wording = Wording(protocol)
    return tuple(
        kinds.WIDENED.at(
            operand.where,
            text=wording.phrase(operand.operand),
            help=_advice(operand, wording),
        )
        for operand in search.found
    )


def _advice(operand: Applies, wording: Wording) -> str:
    if any(isinstance(part, Done) for part in walk(operand.condition)):
        return "put the whole `and` into parentheses before `if done`"
    return f"add `{wording.phrase(operand.condition)}` as a condition beside it"


class _Search:
    """Follows conditions and the definitions they name, each once for being harmful or not."""

    def __init__(self, definitions: Mapping[str, Condition]) -> None:
        self.definitions = definitions
        self.seen: set[tuple[str, bool]] = set()
        self.found: list[Applies] = []

    def look(self, condition: Condition, harmful: bool) -> None:
        """`harmful`: the condition keeps participants out by being true."""
        if isinstance(condition, Junction):
            if harmful and condition.quantifier == "all":
                self.found += _dropping(condition)
            inner = harmful != (condition.quantifier == "none")
            for branch in condition.branches:
                self.look(branch.condition, inner)
        elif isinstance(condition, Not):
            self.look(condition.operand, not harmful)
        elif isinstance(condition, Unless):
            self.look(condition.operand, harmful)
            self.look(condition.exception, not harmful)
        elif isinstance(condition, Attributed | Applies):
            self.look(condition.operand, harmful)
        elif isinstance(condition, Every):
            self.look(condition.condition, harmful)
        elif isinstance(condition, Refer) and (condition.name, harmful) not in self.seen:
            self.seen.add((condition.name, harmful))
            self.look(self.definitions[condition.name], harmful)


def _dropping(group: Junction) -> Iterator[Applies]:
    """The operands that may drop out beside one that cannot, unless a third one says when."""
    operands = [branch.condition for branch in group.branches]
    if all(isinstance(operand, Applies) for operand in operands):
        return
    for operand in operands:
        if isinstance(operand, Applies) and operand.condition not in operands:
            yield operand
