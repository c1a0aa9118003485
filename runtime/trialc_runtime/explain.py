"""Why a condition has its truth, and what is still to be asked (docs/semantics.md 5 and 6)."""

from __future__ import annotations

from trialc_runtime.inputs import DAY_OF
from trialc_runtime.values import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from trialc_runtime.evaluate import Evaluation
    from trialc_runtime.program import Case, Condition, Number, Truth
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
            exists = self.evaluation.truth(condition[1])
            first = [] if exists is True else [self.node(condition[1])]
            return first if exists is False else [*first, self.node(condition[2])]
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
        elif name not in program.conditions:
            values[name] = self._value(name)
        for other in self._shown_behind(name):
            self._show(other, values)

    def _shown_behind(self, name: str) -> Iterator[str]:
        """What a definition names; of a table, what decided it."""
        number = self.evaluation.program.numbers.get(name)
        case = number and number[0] == "choose" and self.evaluation.case(number)
        if not number or not case:
            yield from self._read_by_definition(name)
            return
        _, unique, cases = number
        if unique and case[2] is not None:
            yield from self._names_of_case(case)
            return
        for other in cases:
            if other is case:
                yield from self._names_of_case(case)
                return
            yield from self._read_by(other[2])

    def _derived(self, name: str) -> Node:
        number = self.evaluation.program.numbers[name]
        known = self._exact(number)
        if known is not None:
            node: Node = {"input": name, "value": known}
            if unit := self.evaluation.program.units.get(name):
                node["unit"] = unit
            case = self.evaluation.case(number) if number[0] == "choose" else None
            return {**node, "case": case[0]} if case else node
        if self.evaluation.bounds(number) is None and not any(
            self._is_unknown(needed) for needed in self._needs_of_number(number)
        ):
            return {"input": name, "reason": "conflicting"}
        return {"input": name}

    def _exact(self, number: Number) -> float | None:
        bounds = self.evaluation.bounds(number)
        return bounds[0] if bounds is not None and bounds[0] == bounds[1] else None

    def _is_unknown(self, name: str) -> bool:
        return isinstance(self.reading.values[name], Unknown)

    def _value(self, name: str) -> Node:
        found = self.reading.values[name]
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

    # ---- what conditions and numbers read, in reading order

    def _names(self, number: Number) -> Iterator[str]:
        operator = number[0]
        if operator in ("value", "number_of"):
            yield number[1]
        elif operator == "arithmetic":
            yield from self._names(number[2])
            yield from self._names(number[3])
        elif operator == "function":
            for argument in number[2]:
                yield from self._names(argument)
        elif operator == "choose":
            for case in number[2]:
                yield from self._names_of_case(case)
        elif operator == "elapsed":
            yield from map(_input, (name for name in number[2:] if name != "as_of"))
        elif operator == "day":
            yield from map(_input, (name for name in number[1:2] if name != "as_of"))
        elif operator == "score":
            for points, inner in number[2]:
                yield from self._names(inner) if points is None else self._read_by(inner)

    def _names_of_case(self, case: Case) -> Iterator[str]:
        yield from self._names(case[1])
        if case[2] is not None:
            yield from self._read_by(case[2])

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

    def _read_by_definition(self, name: str) -> Iterator[str]:
        """What a definition names; nothing for an input."""
        program = self.evaluation.program
        if name in program.numbers:
            yield from self._names(program.numbers[name])
        elif name in program.conditions:
            yield from self._read_by(program.conditions[name])

    def _inputs_behind(self, number: Number) -> Iterator[str]:
        """The inputs that a number comes from, definitions opened."""
        waiting, seen = list(self._names(number)), set[str]()
        for name in waiting:
            if name not in seen:
                seen.add(name)
                waiting += self._read_by_definition(name)
                if name in self.reading.values:
                    yield name

    # ---- what is still to be asked

    def needs(self, condition: Condition) -> Iterator[str]:
        """Inputs that can still matter to a condition, in reading order, some repeated.

        Unknown ones, and known ones that together lead to a number that cannot be.
        """
        condition = self.evaluation.whole(condition)
        if self.evaluation.truth(condition) is not None:
            return
        operator = condition[0]
        if operator in ("attributed", "unless", "applies"):
            if self.evaluation.truth(condition[1]) is None:
                yield from self.needs(condition[1])
            elif operator == "attributed":
                yield condition[2]
            else:
                yield from self.needs(condition[2])
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
        if self._exact(number) is not None:
            return
        if operator == "number_of":
            yield from self._needs_of_number(self.evaluation.program.numbers[number[1]])
        elif operator == "score":
            for points, inner in number[2]:
                yield from self._needs_of_number(inner) if points is None else self.needs(inner)
        else:
            if operator == "arithmetic":
                needed = [n for side in number[2:4] for n in self._needs_of_number(side)]
            elif operator == "function":
                needed = [n for side in number[2] for n in self._needs_of_number(side)]
            elif operator == "choose":
                needed = list(self._needs_of_table(number))
            else:
                needed = [name for name in self._names(number) if self._is_unknown(name)]
            # Everything is known, and there is no such number: what led to it conflicts.
            behind = (name for name in self._inputs_behind(number) if not self._is_unknown(name))
            yield from needed or behind

    def _needs_of_table(self, number: Number) -> Iterator[str]:
        """What decides which case it is; then what its number needs."""
        case = self.evaluation.case(number)
        if case is not None:
            yield from self._needs_of_number(case[1])
            return
        _, unique, cases = number
        for _, _, condition in cases:
            if condition is not None and self.evaluation.truth(condition) is None:
                yield from self.needs(condition)
                if not unique:
                    return


def operands(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition, in order."""
    operator = condition[0]
    if operator == "junction":
        return tuple(branch for _, branch in condition[3])
    if operator in ("not", "attributed"):
        return (condition[1],)
    return (condition[1], condition[2]) if operator in ("unless", "applies") else ()


def _input(moment: str) -> str:
    """The input of which a day is, or on the day of which something was measured."""
    return moment.removeprefix(DAY_OF)


def _numbers_of(condition: Condition) -> tuple[Number, ...]:
    return (condition[1], condition[3]) if condition[0] == "compare" else condition[1:4]
