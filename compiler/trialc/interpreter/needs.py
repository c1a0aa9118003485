"""What must still be asked before a condition can be decided (semantics section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from trialc.interpreter.evaluation import Evaluation, Model
from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import inputs_of, names_of_number, numbers, sides
from trialc_runtime.values import Unknown


class Needs:
    """The needs of the conditions and numbers of one evaluation, in reading order, some repeated.

    Mostly unknown inputs. Where everything is known and there is still no number (a division by
    zero, an end before its start), the known inputs that lead to it: they conflict.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation

    def of(self, condition: Condition) -> list[str]:
        """The needs of a condition; none if its truth is known."""
        if self.evaluation.truth(condition) is not None:
            return []
        return self.CONDITIONS[type(condition)](self, condition)

    def _junction(self, junction: e.Junction) -> list[str]:
        return [name for branch in junction.branches for name in self.of(branch.condition)]

    def _not(self, condition: e.Not) -> list[str]:
        return self.of(condition.operand)

    def _refer(self, refer: e.Refer) -> list[str]:
        return self.of(self.evaluation.model.conditions[refer.name])

    def _attributed(self, attributed: e.Attributed) -> list[str]:
        if self.evaluation.truth(attributed.operand) is None:
            return self.of(attributed.operand)
        return [attributed.path]

    def _unless(self, unless: e.Unless) -> list[str]:
        if self.evaluation.truth(unless.operand) is None:
            return self.of(unless.operand)
        return self.of(unless.exception)

    def _applies(self, applies: e.Applies) -> list[str]:
        if self.evaluation.truth(applies.condition) is None:
            return self.of(applies.condition)
        return self.of(applies.operand)

    def _input(self, atom: e.Holds | e.OneOf | e.Done) -> list[str]:
        return [atom.path]

    def _numbers(self, atom: e.Compare | e.Within) -> list[str]:
        return [name for number in numbers(atom) for name in self.of_number(number)]

    # ---- numbers

    def of_number(self, number: Number) -> list[str]:
        """The needs of a number; none if it is known."""
        if self.evaluation.exact(number) is not None:
            return []
        if isinstance(number, e.NumberOf):
            return self.of_number(self.evaluation.model.numbers[number.name])
        if isinstance(number, e.Score):
            return [name for item in number.items for name in self._item(item)]
        if isinstance(number, e.Arithmetic | e.Function):
            needed = [name for side in sides(number) for name in self.of_number(side)]
        elif isinstance(number, e.Choose):
            needed = self._table(number)
        else:
            needed = [name for name in names_of_number(number) if self.is_unknown(name)]
        return needed or [
            name
            for name in inputs_behind(number, self.evaluation.model)
            if not self.is_unknown(name)
        ]

    def _table(self, table: e.Choose) -> list[str]:
        """What decides which case it is; then what its number needs."""
        case = self.evaluation.case(table)
        if case is not None:
            return self.of_number(case.value)
        rules = (case.when for case in table.cases if case.when is not None)
        needed = [found for found in map(self.of, rules) if found]
        return [name for found in (needed if table.unique else needed[:1]) for name in found]

    def _item(self, item: e.ScoreItem) -> list[str]:
        if item.score is not None:
            return self.of_number(item.score)
        assert item.when is not None
        return self.of(item.when)

    def is_conflicting(self, number: Number) -> bool:
        """Whether there is no such number although all that it needs is known."""
        return self.evaluation.bounds(number) is None and not any(
            self.is_unknown(name) for name in self.of_number(number)
        )

    def is_unknown(self, name: str) -> bool:
        """Whether the record has no value for an input."""
        return isinstance(self.evaluation.input(name), Unknown)

    # ---- which method is for what

    CONDITIONS: ClassVar[dict[type, Callable[[Needs, Any], list[str]]]] = {
        e.Junction: _junction,
        e.Not: _not,
        e.Refer: _refer,
        e.Attributed: _attributed,
        e.Unless: _unless,
        e.Applies: _applies,
        e.Holds: _input,
        e.OneOf: _input,
        e.Done: _input,
        e.Compare: _numbers,
        e.Within: _numbers,
    }


def inputs_behind(number: Number, model: Model) -> Iterator[str]:
    """Every input that a number comes from, definitions opened, in reading order."""
    for name in names_of_number(number):
        yield from _opened(name, model)


def _opened(name: str, model: Model) -> Iterator[str]:
    if name in model.numbers:
        yield from inputs_behind(model.numbers[name], model)
    elif name in model.conditions:
        for inner in inputs_of(model.conditions[name]):
            yield from _opened(inner, model)
    else:
        yield name
