"""Where a protocol's numbers and dates are cut: what the values of test records gather around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import inputs_of, names_of_number, numbers, parts
from trialc.model.protocol import Protocol


class Thresholds:
    """Constants that inputs and calendar distances are compared with, by input."""

    def __init__(self, protocol: Protocol) -> None:
        self.definitions = {item.id: item.number for item in protocol.numbers}
        self.of_inputs: dict[str, set[float]] = {}
        self.of_dates: dict[str, set[str]] = {}
        self.of_distances: dict[str, set[tuple[str, float]]] = {}
        """By date: unit and length."""
        everything = [
            *(item.condition for item in protocol.criteria),
            *(item.condition for item in protocol.conditions),
            *(item.applies for item in protocol.data if item.applies is not None),
        ]
        for condition in everything:
            self._visit(condition)
        for number in self.definitions.values():
            self._visit_number(number)

    def _visit(self, condition: Condition) -> None:
        for inner in parts(condition):
            self._visit(inner)
        sides = list(numbers(condition))
        if isinstance(condition, e.Within):
            sides += [condition.low, condition.high]
        for number in sides:
            self._visit_number(number)
            self._cut(number, sides)

    def _visit_number(self, number: Number) -> None:
        for item in _items(number):
            if item.when is not None:
                self._visit(item.when)

    def _cut(self, number: Number, sides: list[Number]) -> None:
        if isinstance(number, e.NumberOf):
            number = self.definitions[number.name]
        constants = {side.value for side in sides if isinstance(side, e.Literal)}
        if isinstance(number, e.Value):
            self.of_inputs.setdefault(number.path, set()).update(constants)
            dates = {side.value for side in sides if isinstance(side, e.Date)}
            self.of_dates.setdefault(number.path, set()).update(dates)
        elif isinstance(number, e.Elapsed):
            for name in (number.start, number.end):
                lengths = {(number.unit, constant) for constant in constants}
                self.of_distances.setdefault(name, set()).update(lengths)


def inputs_of_criteria(protocol: Protocol) -> list[set[str]]:
    """What each criterion reads, definitions opened."""
    definitions = {item.id: list(inputs_of(item.condition)) for item in protocol.conditions}
    definitions |= {item.id: list(names_of_number(item.number)) for item in protocol.numbers}

    def opened(names: Iterable[str]) -> Iterator[str]:
        for name in names:
            if name in definitions:
                yield from opened(definitions[name])
            else:
                yield name

    return [set(opened(inputs_of(item.condition))) for item in protocol.criteria]


def _items(number: Number | None) -> Iterator[e.ScoreItem]:
    if isinstance(number, e.Score):
        for item in number.items:
            yield item
            yield from _items(item.score)
    elif isinstance(number, e.Arithmetic):
        yield from _items(number.left)
        yield from _items(number.right)
