"""Why a condition has its truth, and what is still to be asked (docs/semantics.md 5 and 6)."""

from __future__ import annotations

from trialc_runtime.values import Reported, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from trialc_runtime.evaluate import Evaluation
    from trialc_runtime.program import Condition, Number, Truth
    from trialc_runtime.values import Reading

    Node = dict[str, Any]

_WITHOUT_VALUES = ("junction", "not", "attributed", "unless", "applies", "refer")


class Explanation:
    """Explains the conditions of one evaluation with the values as they were reported."""

    __slots__ = ("evaluation", "reading")

    def __init__(self, evaluation: Evaluation, reading: Reading) -> None:
        self.evaluation = evaluation
        self.reading = reading

    def criterion(self, condition: Condition, path: str, outcome: Truth) -> Node:
        """The node of a criterion; its truth is the outcome, even if found by case splitting."""
        node = self.node(condition, path)
        node["truth"] = outcome
        return node

    def node(self, condition: Condition, path: str = "") -> Node:
        """The node of a condition: path, text, truth, values, and the nodes that decide it."""
        condition = self.evaluation.whole(condition)
        return {
            "path": path,
            "text": condition[-1],
            "truth": self.evaluation.truth(condition),
            "values": self._values(condition),
            "because": self._because(condition),
        }

    # ---- what decides

    def _because(self, condition: Condition) -> list[Node]:
        operator = condition[0]
        if operator == "junction":
            return self._deciding(condition)
        if operator == "not":
            return [self.node(condition[1])]
        if operator == "refer":
            return [self.node(self.evaluation.program.conditions[condition[1]])]
        if operator == "attributed":
            return self._attributed(condition)
        if operator == "unless":
            first = self.node(condition[1])
            return [first] if first["truth"] is False else [first, self.node(condition[2])]
        if operator == "applies":
            dropped = self.evaluation.truth(condition[1]) is False
            return [self.node(condition[1] if dropped else condition[2])]
        return []

    def _deciding(self, condition: Condition) -> list[Node]:
        """The operands whose truth decides a group."""
        _, quantifier, _, branches, _ = condition
        truth = self.evaluation.truth(condition)
        if quantifier == "none" and truth is not None:
            truth = not truth
        everything = quantifier != "at_least" and truth is (quantifier == "all")
        return [
            self.node(branch, path)
            for path, branch in branches
            if everything or self.evaluation.truth(branch) is truth
        ]

    def _attributed(self, condition: Condition) -> list[Node]:
        first = self.node(condition[1])
        if first["truth"] is False:
            return [first]
        cause: Node = {
            "path": "",
            "text": condition[-2],
            "truth": self.evaluation.cause(condition),
            "values": [self._value(condition[2])],
            "because": [],
        }
        return [first, cause]

    # ---- the values behind an atom

    def _values(self, condition: Condition) -> list[Node]:
        operator = condition[0]
        if operator in _WITHOUT_VALUES:
            return []
        if operator not in ("compare", "within"):
            return [self._value(condition[1])]
        values: dict[str, Node] = {}
        for number in _numbers_of(condition):
            for name in self._names(number):
                self._show(name, values)
        return list(values.values())

    def _show(self, name: str, values: dict[str, Node]) -> None:
        """A value, and behind a definition the values of all that it reads, each once."""
        program = self.evaluation.program
        if name in values:
            return
        if name in program.numbers:
            values[name] = self._derived(name)
            inner = self._names(program.numbers[name])
        elif name in program.conditions:
            inner = self._read_by(program.conditions[name])
        else:
            values[name] = self._value(name)
            return
        for other in inner:
            self._show(other, values)

    def _derived(self, name: str) -> Node:
        bounds = self.evaluation.bounds(self.evaluation.program.numbers[name])
        known = bounds is not None and bounds[0] == bounds[1]
        return {"input": name, "value": bounds[0]} if known and bounds else {"input": name}

    def _value(self, name: str) -> Node:
        found = self.reading.values[name]
        if isinstance(found, Unknown):
            return {"input": name, "reason": found.reason}
        node: Node = {"input": name, "value": found.reported}
        if found.unit:
            node["unit"] = found.unit
        if found.on:
            node["on"] = found.on
        if found.by:
            node["by"] = list(found.by)
        return node

    # ---- what conditions and numbers read, in reading order

    def _names(self, number: Number) -> Iterator[str]:
        operator = number[0]
        if operator in ("value", "number_of"):
            yield number[1]
        elif operator == "arithmetic":
            yield from self._names(number[2])
            yield from self._names(number[3])
        elif operator == "elapsed":
            yield from (name for name in number[2:] if name != "as_of")
        elif operator == "score":
            for points, inner in number[2]:
                yield from self._names(inner) if points is None else self._read_by(inner)

    def _read_by(self, condition: Condition) -> Iterator[str]:
        condition = self.evaluation.whole(condition)
        operator = condition[0]
        if operator in ("holds", "one_of", "done", "refer"):
            yield condition[1]
        elif operator in ("compare", "within"):
            for number in _numbers_of(condition):
                yield from self._names(number)
        else:
            for inner in operands(condition):
                yield from self._read_by(inner)
            if operator == "attributed":
                yield condition[2]

    # ---- what is still to be asked

    def needs(self, condition: Condition) -> Iterator[str]:
        """Unknown inputs that can still matter to a condition, in reading order, some repeated."""
        condition = self.evaluation.whole(condition)
        if self.evaluation.truth(condition) is not None:
            return
        operator = condition[0]
        if operator == "attributed":
            yield from list(self.needs(condition[1])) or [condition[2]]
        elif operator in ("unless", "applies"):
            yield from list(self.needs(condition[1])) or self.needs(condition[2])
        elif operator == "refer":
            yield from self.needs(self.evaluation.program.conditions[condition[1]])
        elif operator in ("holds", "one_of", "done"):
            yield condition[1]
        elif operator in ("compare", "within"):
            for number in _numbers_of(condition):
                yield from self._needs_of_number(number)
        else:
            for inner in operands(condition):
                yield from self.needs(inner)

    def _needs_of_number(self, number: Number) -> Iterator[str]:
        operator = number[0]
        if operator == "number_of":
            yield from self._needs_of_number(self.evaluation.program.numbers[number[1]])
        elif operator == "arithmetic":
            yield from self._needs_of_number(number[2])
            yield from self._needs_of_number(number[3])
        elif operator == "score":
            for points, inner in number[2]:
                yield from self._needs_of_number(inner) if points is None else self.needs(inner)
        else:
            for name in self._names(number):
                if not isinstance(self.reading.values[name], Reported):
                    yield name


def operands(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition, in order."""
    operator = condition[0]
    if operator == "junction":
        return tuple(branch for _, branch in condition[3])
    if operator in ("not", "attributed"):
        return (condition[1],)
    return (condition[1], condition[2]) if operator in ("unless", "applies") else ()


def _numbers_of(condition: Condition) -> tuple[Number, ...]:
    return (condition[1], condition[3]) if condition[0] == "compare" else (condition[1],)
