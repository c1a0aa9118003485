"""Why a condition has its truth: the deciding nodes, with the values behind them.

Semantics section 6, word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from trialc.interpreter.evaluation import Evaluation, Truth
from trialc.interpreter.needs import Needs
from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import inputs_of, names_of_case, names_of_number, numbers
from trialc.model.wording import Wording
from trialc_runtime.values import Reported, Unknown

Node = dict[str, Any]


class Explanation:
    """Explains the conditions of one evaluation with the values as they were reported."""

    def __init__(
        self, evaluation: Evaluation, wording: Wording, reported: Mapping[str, Reported | Unknown]
    ) -> None:
        self.evaluation = evaluation
        self.wording = wording
        self.reported = reported
        self.needs = Needs(evaluation)

    def criterion(self, condition: Condition, path: str, outcome: Truth) -> Node:
        """The node of a criterion: its truth is the outcome, also where case splitting found it."""
        return {**self.node(condition, path), "truth": outcome}

    def node(self, condition: Condition, path: str = "") -> Node:
        """The node of a condition."""
        explain = self.BECAUSE.get(type(condition))
        return {
            "path": path,
            "text": self.wording.condition(condition),
            "truth": self.evaluation.truth(condition),
            "values": [] if explain else self._values(condition),
            "because": explain(self, condition) if explain else [],
        }

    # ---- what decides

    def _junction(self, junction: e.Junction) -> list[Node]:
        """The branches whose truth decides a group."""
        truth = self.evaluation.truth(junction)
        return [
            self.node(branch.condition, branch.path)
            for branch in junction.branches
            if decides(self.evaluation.truth(branch.condition), junction.quantifier, truth)
        ]

    def _not(self, condition: e.Not) -> list[Node]:
        return [self.node(condition.operand)]

    def _refer(self, refer: e.Refer) -> list[Node]:
        return [self.node(self.evaluation.model.conditions[refer.name])]

    def _attributed(self, attributed: e.Attributed) -> list[Node]:
        finding = self.node(attributed.operand)
        if finding["truth"] is False:
            return [finding]
        cause: Node = {
            "path": "",
            "text": self.wording.cause_atom(attributed),
            "truth": self.evaluation.cause(attributed),
            "values": [self._value(attributed.path)],
            "because": [],
        }
        return [finding, cause]

    def _unless(self, unless: e.Unless) -> list[Node]:
        first = self.node(unless.operand)
        return [first] if first["truth"] is False else [first, self.node(unless.exception)]

    def _applies(self, applies: e.Applies) -> list[Node]:
        exists = self.evaluation.truth(applies.condition)
        if exists is True:
            return [self.node(applies.operand)]
        if exists is False:
            return [self.node(applies.condition)]
        return [self.node(applies.condition), self.node(applies.operand)]

    # ---- the values behind an atom

    def _values(self, atom: Condition) -> list[Node]:
        if isinstance(atom, e.Holds | e.OneOf | e.Done):
            return [self._value(atom.path)]
        shown: dict[str, Node] = {}
        for number in numbers(atom):
            for name in names_of_number(number):
                self._show(name, shown)
        return list(shown.values())

    def _show(self, name: str, shown: dict[str, Node]) -> None:
        """A value, and behind a definition the values of all that it reads, each once."""
        if name in shown:
            return
        number = self.evaluation.model.numbers.get(name)
        condition = self.evaluation.model.conditions.get(name)
        if number is not None:
            shown[name] = self._derived(name, number)
            for inner in self._deciding(number):
                self._show(inner, shown)
        elif condition is not None:
            for inner in inputs_of(condition):
                self._show(inner, shown)
        else:
            shown[name] = self._value(name)

    def _deciding(self, number: Number) -> Iterator[str]:
        """What a number reads; of a table that came to a case, what decided it."""
        case = self.evaluation.case(number) if isinstance(number, e.Choose) else None
        if case is None or not isinstance(number, e.Choose):
            yield from names_of_number(number)
            return
        if not (number.unique and case.when is not None):
            for before in number.cases[: number.cases.index(case)]:
                assert before.when is not None
                yield from inputs_of(before.when)
        yield from names_of_case(case)

    def _derived(self, name: str, number: Number) -> Node:
        value = self.evaluation.exact(number)
        if value is not None:
            unit = self.evaluation.model.units.get(name)
            case = self.evaluation.case(number) if isinstance(number, e.Choose) else None
            in_unit = {"unit": unit} if unit else {}
            which = {"case": case.label} if case is not None else {}
            return {"input": name, "value": value, **in_unit, **which}
        if self.needs.is_conflicting(number):
            return {"input": name, "reason": "conflicting"}
        return {"input": name}

    def _value(self, name: str) -> Node:
        found = self.reported[name]
        if isinstance(found, Unknown):
            why: Node = {"input": name, "reason": found.reason}
            return {**why, "on": found.on} if found.on else why
        node: Node = {"input": name, "value": found.reported}
        if found.unit:
            node["unit"] = found.unit
        if found.on:
            node["on"] = found.on
        if found.by:
            node["by"] = list(found.by)
        return node

    # ---- which method is for what

    BECAUSE: ClassVar[dict[type, Callable[[Explanation, Any], list[Node]]]] = {
        e.Junction: _junction,
        e.Not: _not,
        e.Refer: _refer,
        e.Attributed: _attributed,
        e.Unless: _unless,
        e.Applies: _applies,
    }


def decides(branch: Truth, quantifier: str, whole: Truth) -> bool:
    """Whether a branch is one of those that decide its group."""
    if whole is None:
        return branch is None
    if quantifier == "at_least":
        return branch is whole
    if quantifier == "all":
        return whole or branch is False
    some = whole if quantifier == "any" else not whole
    return branch is True if some else True
