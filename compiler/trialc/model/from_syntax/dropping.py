"""Rules that keep out more participants than they say: where an operand drops out, or an exception
is taken away from what is required.

An operand that drops out of `and` counts as true. In an exclusion that leaves the other operands
to exclude by themselves: `childbearing and not adequate` excludes a man for `not adequate`. An
operand that drops out of `or` counts as false, and so does its negation: of `not on_insulin or
stable`, required, only `stable` is left where `on_insulin` does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import types as kinds
from trialc.diagnostics.catalog import verdicts
from trialc.model.data import Data
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
from trialc.model.from_syntax.applicability import either
from trialc.model.inputs import walk
from trialc.model.protocol import Protocol
from trialc.model.typed import as_typed
from trialc.model.wording import Wording


def widening(protocol: Protocol) -> tuple[Diagnostic, ...]:
    """A warning for each operand that may drop out where the rest would keep out alone."""
    search = _Search(protocol.named_conditions, {item.id: item for item in protocol.data})
    for criterion in protocol.criteria:
        search.look(criterion.condition, harmful=criterion.type == "exclusion")
    wording = Wording(protocol)
    widened = (
        kinds.WIDENED.at(
            operand.where, text=wording.phrase(operand.operand), help=_narrower(operand)
        )
        for operand in search.found
    )
    negated = (
        kinds.NEGATION_DROPS_OUT.at(
            operand.where, text=wording.phrase(operand.operand), help=_wider(operand)
        )
        for operand in search.negated
    )
    required = (
        kinds.UNLESS_REQUIRED.at(
            unless.where,
            text=wording.phrase(unless.exception),
            help="write `... or ...` if it lets in, `... and not ...` if it keeps out",
        )
        for unless in search.required
    )
    thrown = (
        verdicts.THROWN_AWAY.at(operand.where, help="write `if done` behind each of them")
        for operand in search.thrown
    )
    return (*widened, *negated, *required, *thrown)


def _narrower(operand: Applies) -> str:
    if _is_of_done(operand):
        return "put the whole `and` into parentheses before `if done`"
    typed = as_typed(operand.condition)
    beside = f"add `{typed}` as a condition beside it"
    return beside if typed else "add as a condition beside it for whom it exists"


def _is_of_done(operand: Applies) -> bool:
    """Whether the author wrote `if done`, and so thought of what was not."""
    return any(isinstance(part, Done) for part in walk(operand.condition))


def _wider(operand: Applies) -> str:
    typed = as_typed(Not(operand=operand.condition))
    beside = f"add `{typed}` as an alternative beside it"
    return beside if typed else "add an alternative beside it for whom it does not exist"


class _Search:
    """Follows conditions and the definitions they name, each once for being harmful or not."""

    def __init__(self, definitions: Mapping[str, Condition], data: Mapping[str, Data]) -> None:
        self.definitions = definitions
        self.data = data
        self.seen: set[tuple[str, bool]] = set()
        self.found: list[Applies] = []
        """Operands of `and` beside which the others keep out alone."""
        self.negated: list[Applies] = []
        """Negations among alternatives of which one must hold."""
        self.required: list[Unless] = []
        """What a criterion itself requires unless something holds."""
        self.thrown: list[Applies] = []
        """Groups of which nothing counts where one part was not done."""
        self.is_inside = False
        """Whether a definition is looked at: `unless` may belong to what it is the name of."""

    def look(self, condition: Condition, harmful: bool) -> None:
        """`harmful`: the condition keeps participants out by being true."""
        if isinstance(condition, Junction):
            if harmful and condition.quantifier == "all":
                self.found += _dropping(condition)
            if condition.quantifier in ("none",) * harmful + ("any", "at_least") * (not harmful):
                self.negated += self._missed(condition)
            inner = harmful != (condition.quantifier == "none")
            for branch in condition.branches:
                self.look(branch.condition, inner)
        elif isinstance(condition, Not):
            self.look(condition.operand, not harmful)
        elif isinstance(condition, Unless):
            if not (harmful or self.is_inside):
                self.required.append(condition)
            self.look(condition.operand, harmful)
            self.look(condition.exception, not harmful)
        elif isinstance(condition, Attributed | Applies):
            if isinstance(condition, Applies) and self._throws_away(condition, harmful):
                self.thrown.append(condition)
            self.look(condition.operand, harmful)
        elif isinstance(condition, Every):
            self.look(condition.condition, harmful)
        elif isinstance(condition, Refer) and (condition.name, harmful) not in self.seen:
            self.seen.add((condition.name, harmful))
            before, self.is_inside = self.is_inside, True
            self.look(self.definitions[condition.name], harmful)
            self.is_inside = before

    def _throws_away(self, operand: Applies, harmful: bool) -> bool:
        """Whether one part that keeps out by itself is thrown away because another was not done."""
        asked = operand.condition
        if not (isinstance(asked, Junction) and asked.quantifier == "all" and _is_of_done(operand)):
            return False
        group = operand.operand
        if isinstance(group, Refer):
            group = self.definitions[group.name]
        if isinstance(group, Not):
            group, harmful = group.operand, not harmful
        if not isinstance(group, Junction):
            return False
        alone = ("any", "at_least") if harmful else ("all", "none", "at_least")
        return group.quantifier in alone

    def _missed(self, group: Junction) -> Iterator[Applies]:
        """Negations that count as false where they drop out, unless another alternative holds."""
        operands = [branch.condition for branch in group.branches]
        for operand in operands:
            if (
                isinstance(operand, Applies)
                and isinstance(operand.operand, Not)
                and not _is_of_done(operand)
            ):
                absent = Not(operand=operand.condition)
                others = (other for other in operands if other is not operand)
                if not any(self._covers(other, absent) for other in others):
                    yield operand

    def _covers(self, other: Condition, absent: Not) -> bool:
        """Whether an alternative holds, or asks in words of its own, where something is absent."""
        if isinstance(other, Refer):
            other = self.definitions[other.name]
        if other == absent or (isinstance(absent.operand, Not) and absent.operand.operand == other):
            return True
        return either([other, absent.operand], self.data) is None


def _dropping(group: Junction) -> Iterator[Applies]:
    """The operands that may drop out beside one that cannot, unless a third one says when. What
    never happened does not drop out of what asks for a history: that is not so.
    """
    operands = [branch.condition for branch in group.branches]
    dropping = [one for one in operands if isinstance(one, Applies) and one.neutral]
    kept_beside = [
        one.condition for one in operands if isinstance(one, Applies) and not one.neutral
    ]
    if len(dropping) < len(operands):
        said = (*operands, *kept_beside)
        yield from (one for one in dropping if one.condition not in said)
