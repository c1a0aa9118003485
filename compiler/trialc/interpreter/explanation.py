"""Why a condition has its truth: the deciding nodes, with the values behind them (semantics section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from trialc_runtime.values import Reported, Unknown

from trialc.interpreter.evaluation import Evaluation, Truth
from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import inputs_of, names_of_number, numbers
from trialc.model.wording import Wording

Node = dict[str, Any]


class Explanation:
    """Explains the conditions of one evaluation."""

    def __init__(
        self, evaluation: Evaluation, wording: Wording, reported: Mapping[str, Reported | Unknown]
    ) -> None:
        self.evaluation = evaluation
        self.wording = wording
        self.reported = reported

    def node(self, condition: Condition, path: str = "", truth: Truth | str = "own") -> Node:
        """The node of a condition. `truth` replaces Kleene's where case splitting decided."""
        own = self.evaluation.truth(condition) if truth == "own" else truth
        return {
            "path": path,
            "text": self.wording.condition(condition),
            "truth": own,
            "values": self._values(condition),
            "because": self._because(condition, self.evaluation.truth(condition)),
        }

    # ---- what decides

    def _because(self, condition: Condition, truth: Truth) -> list[Node]:
        if isinstance(condition, e.Junction):
            return self._deciding(condition, truth)
        if isinstance(condition, e.Not):
            return [self.node(condition.operand)]
        if isinstance(condition, e.Refer):
            return [self.node(self.evaluation.model.conditions[condition.name])]
        if isinstance(condition, e.Attributed):
            return self._attributed(condition)
        if isinstance(condition, e.Unless):
            first = self.node(condition.operand)
            return [first] if first["truth"] is False else [first, self.node(condition.exception)]
        if isinstance(condition, e.Applies):
            dropped = self.evaluation.truth(condition.condition) is False
            return [self.node(condition.condition if dropped else condition.operand)]
        return []

    def _deciding(self, junction: e.Junction, truth: Truth) -> list[Node]:
        """The children whose truth decides a group."""
        nodes = [self.node(branch.condition, branch.path) for branch in junction.branches]
        decisive: Truth = truth
        if junction.quantifier == "none":
            decisive = None if truth is None else not truth
        everything = truth is not None and decisive is (junction.quantifier == "all")
        if everything and junction.quantifier != "at_least":
            return nodes
        return [node for node in nodes if node["truth"] is decisive]

    def _attributed(self, condition: e.Attributed) -> list[Node]:
        first = self.node(condition.operand)
        if first["truth"] is False:
            return [first]
        cause = {
            "path": "",
            "text": self.wording.cause_atom(condition),
            "truth": self.evaluation.cause(condition),
            "values": [self._value(condition.path)],
            "because": [],
        }
        return [first, cause]

    # ---- the values behind an atom

    def _values(self, condition: Condition) -> list[Node]:
        if isinstance(condition, e.Holds | e.OneOf | e.Done):
            return [self._value(condition.path)]
        shown: dict[str, Node] = {}
        for number in numbers(condition):
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
            for inner in names_of_number(number):
                self._show(inner, shown)
        elif condition is not None:
            for inner in inputs_of(condition):
                self._show(inner, shown)
        else:
            shown[name] = self._value(name)

    def _derived(self, name: str, number: Number) -> Node:
        bounds = self.evaluation.bounds(number)
        known = bounds is not None and bounds[0] == bounds[1]
        return {"input": name, "value": bounds[0]} if known and bounds else {"input": name}

    def _value(self, name: str) -> Node:
        found = self.reported.get(name, Unknown("missing"))
        if isinstance(found, Unknown):
            return {"input": name, "reason": found.reason}
        details = {"value": found.reported, "unit": found.unit, "on": found.on, "by": found.by}
        return {"input": name, **{key: value for key, value in details.items() if value not in (None, "", ())}}


def needs(evaluation: Evaluation, condition: Condition) -> list[str]:
    """Unknown inputs that can still matter to a condition, in reading order; several times if read so."""
    if evaluation.truth(condition) is not None:
        return []
    if isinstance(condition, e.Attributed):
        first = needs(evaluation, condition.operand)
        return first or [condition.path]
    if isinstance(condition, e.Unless):
        return needs(evaluation, condition.operand) or needs(evaluation, condition.exception)
    if isinstance(condition, e.Applies):
        return needs(evaluation, condition.condition) or needs(evaluation, condition.operand)
    if isinstance(condition, e.Junction):
        return [name for branch in condition.branches for name in needs(evaluation, branch.condition)]
    if isinstance(condition, e.Not):
        return needs(evaluation, condition.operand)
    if isinstance(condition, e.Refer):
        return needs(evaluation, evaluation.model.conditions[condition.name])
    return _needs_of_atom(evaluation, condition)


def _needs_of_atom(evaluation: Evaluation, condition: Condition) -> list[str]:
    if isinstance(condition, e.Holds | e.OneOf | e.Done):
        return [condition.path]
    return [name for number in numbers(condition) for name in _needs_of_number(evaluation, number)]


def _needs_of_number(evaluation: Evaluation, number: Number) -> list[str]:
    if isinstance(number, e.NumberOf):
        return _needs_of_number(evaluation, evaluation.model.numbers[number.name])
    if isinstance(number, e.Arithmetic):
        return _needs_of_number(evaluation, number.left) + _needs_of_number(evaluation, number.right)
    if isinstance(number, e.Score):
        found: list[str] = []
        for item in number.items:
            found += needs(evaluation, item.when) if item.when is not None else []
            found += _needs_of_number(evaluation, item.score) if item.score is not None else []
        return found
    names = cast("list[str]", list(names_of_number(number)))
    return [name for name in names if isinstance(evaluation.input(name), Unknown)]
