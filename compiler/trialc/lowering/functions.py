"""The fast path of a checker: `outcomes` and `verdict`, straight-line programs of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialc.lowering.nodes import Local, Test
from trialc.lowering.rails import rails
from trialc.lowering.scope import Scope, Vocabulary, count_uses, vocabulary
from trialc.lowering.statements import (
    Heading,
    Judge,
    Outcome,
    Outcomes,
    Settle,
    Shortly,
    Unless,
    Verdict,
)
from trialc.lowering.witness import witness
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import inputs_of, names_of_number, walk
from trialc.model.protocol import Criterion, Protocol
from trialc_runtime.program import Program

SPARED = 2
"""Look-ups that a short cut must spare to be worth its own test."""
MOST_CRITERIA = 60
MOST_CONDITIONS = 1500
"""Bounds of one function."""


class Functions:
    """Writes the functions of one protocol.

    `program` says what needs completions; `reserved` are the words that no local may be called.
    """

    def __init__(self, protocol: Protocol, program: Program, reserved: frozenset[str]) -> None:
        self.criteria = protocol.criteria
        self.words: Vocabulary = vocabulary(protocol)
        self.split = {item.id: item.shared for item in program.criteria if item.shared}
        """For each criterion that needs case splitting, the inputs to complete."""
        self.is_split = bool(self.split or program.shared)
        """Whether a verdict that Kleene's logic leaves open may still be settled."""
        self.reserved = reserved
        self.position = {item.id: index for index, item in enumerate(self.criteria)}

    # ---- outcomes

    def outcomes(self) -> tuple[Outcomes, ...]:
        """The outcomes of all criteria: those of these functions, one after the other."""
        return tuple(self._outcomes_of(group) for group in self._groups())

    def _outcomes_of(self, group: Sequence[Criterion]) -> Outcomes:
        scope = self._scope(group)
        results: list[Local] = []
        for item in group:
            scope.statements.append(Heading(item))
            result = scope.local(f"{item.id} outcome")
            likely = item.type == "inclusion"
            short, inner = self._short_cut(item, scope, likely)
            found = rails(item.condition, inner)
            inner.statements.append(Outcome(result, found.true, found.false, likely))
            if short is not None:
                otherwise = tuple(inner.statements)
                scope.statements.append(Shortly(result, likely, short, otherwise))
            if item.id in self.split:
                unknown = self._some_unknown(item, scope)
                scope.statements.append(Settle(result, self.position[item.id], unknown))
            results.append(result)
        return Outcomes(tuple(scope.statements), tuple(results))

    def _scope(self, group: Sequence[Criterion]) -> Scope:
        uses = count_uses((item.condition for item in group), self.words)
        return Scope(self.words, uses, self.reserved)

    def _short_cut(self, item: Criterion, scope: Scope, likely: bool) -> tuple[Test | None, Scope]:
        """A test that settles a criterion with few inputs, and the scope for the full one.

        None and the scope itself where that would not spare enough look-ups.
        """
        trial = scope.branch()
        short = witness(item.condition, trial, likely)
        if short is None or trial.count_missing(self._inputs(item.condition)) < SPARED:
            return None, scope
        # The same once more, in the program itself, whose locals everything after it may use.
        return witness(item.condition, scope, likely), scope.branch()

    def _inputs(self, condition: Condition) -> Iterator[str]:
        """Every input that a condition can read, with those of the definitions it names."""
        waiting, opened = list(inputs_of(condition)), set[str]()
        while waiting:
            name = waiting.pop()
            if name in opened:
                continue
            opened.add(name)
            if name in self.words.conditions:
                waiting += inputs_of(self.words.conditions[name])
            elif name in self.words.numbers:
                waiting += names_of_number(self.words.numbers[name])
            else:
                yield name

    def _some_unknown(self, item: Criterion, scope: Scope) -> tuple[Test, ...]:
        """Only where one of the inputs to complete is unknown is there anything to split."""
        names = self.split[item.id]
        if any(name in self.words.numbers for name in names):
            return ()
        return tuple(scope.unknown(name) for name in names)

    # ---- verdict

    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict by all criteria: by those of each function."""
        return tuple(self._verdict_of(group) for group in self._groups())

    def _verdict_of(self, group: Sequence[Criterion]) -> Verdict:
        scope = self._scope(group)
        for item in group:
            scope.statements.append(Heading(item))
            likely = item.type == "inclusion"
            short, inner = self._short_cut(item, scope, likely)
            found = rails(item.condition, inner)
            passes, fails = found if likely else found.swapped
            inner.statements.append(Judge(passes, fails))
            if short is not None:
                scope.statements.append(Unless(short, tuple(inner.statements)))
        return Verdict(tuple(scope.statements))

    # ---- sizes

    def _groups(self) -> Iterator[tuple[Criterion, ...]]:
        """The criteria, in order, in groups that make functions of bounded size."""
        group: list[Criterion] = []
        size = 0
        for item in self.criteria:
            weight = self._weight(item.condition)
            if group and (len(group) == MOST_CRITERIA or size + weight > MOST_CONDITIONS):
                yield tuple(group)
                group, size = [], 0
            group.append(item)
            size += weight
        yield tuple(group)

    def _weight(self, condition: Condition) -> int:
        """How many conditions a criterion comes to, the definitions it names among them."""
        opened: set[str] = set()
        waiting, weight = [condition], 0
        while waiting:
            for inner in walk(waiting.pop()):
                weight += 1
                if isinstance(inner, e.Refer) and inner.name not in opened:
                    opened.add(inner.name)
                    waiting.append(self.words.conditions[inner.name])
        return weight
