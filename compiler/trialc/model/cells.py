"""The few values of an input that any condition can tell apart, and the inputs that feed several atoms.

Completing an unknown input with one value from each cell between its thresholds covers every value it can have: what
case splitting needs (docs/semantics.md section 5), and what boundary tests are made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, parts
from trialc.model.protocol import Data, Protocol

Completion = bool | float | str


class Cells:
    """Cells of one protocol's inputs and derived numbers."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.data = {item.id: item for item in protocol.data}
        self.judgements = {item.id for item in protocol.judgements}
        self.numbers = {item.id: item.number for item in protocol.numbers}
        self.conditions = {item.id: item.condition for item in protocol.conditions}

    # ---- atoms

    def atoms(self, condition: Condition) -> Iterator[Condition]:
        """Every atom that a condition comes down to, definitions opened; one that is used twice comes twice."""
        if isinstance(condition, e.Refer):
            inner = self.conditions.get(condition.name)
            if inner is not None:
                yield from self.atoms(inner)
            return
        inside = parts(condition)
        if not inside:
            yield condition
        for part in inside:
            yield from self.atoms(part)
        for number in numbers(condition):
            for when in self._score_conditions(number):
                yield from self.atoms(when)

    def _score_conditions(self, number: Number | None) -> Iterator[Condition]:
        if isinstance(number, e.NumberOf):
            number = self.numbers.get(number.name)
        if isinstance(number, e.Score):
            for item in number.items:
                if item.when is not None:
                    yield item.when
                yield from self._score_conditions(item.score)

    def shared(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """Inputs and derived numbers with cells that feed more than one atom, in the order of the protocol."""
        uses: Counter[str] = Counter()
        for condition in conditions:
            for atom in self.atoms(condition):
                uses.update(set(self.inputs(atom)))
        return tuple(name for name in self.by_name if uses[name] > 1)

    def inputs(self, atom: Condition) -> Iterator[str]:
        """What one atom depends on: elements, judgements, derived numbers (as inputs of their own)."""
        if isinstance(atom, e.Holds | e.OneOf | e.Done):
            yield atom.path
        for number in numbers(atom):
            if isinstance(number, e.Value):
                yield number.path
            elif isinstance(number, e.NumberOf):
                yield number.name

    # ---- cells

    @cached_property
    def by_name(self) -> dict[str, tuple[Completion, ...]]:
        """For each input with finitely many cells, one value of each cell."""
        thresholds, uncut = self._thresholds()
        found: dict[str, tuple[Completion, ...]] = {}
        for name, element in self.data.items():
            if element.type == "boolean":
                found[name] = (False, True)
            elif element.type == "choice":
                found[name] = element.options
            elif element.type in ("quantity", "score") and name not in uncut:
                found[name] = _values(sorted(thresholds.get(name, ())), element)
        found.update(dict.fromkeys(sorted(self.judgements), (False, True)))
        for name, number in self.numbers.items():
            if not isinstance(number, e.Score) and name not in uncut:
                found[name] = _values(sorted(thresholds.get(name, ())), None)
        return found

    def _thresholds(self) -> tuple[dict[str, set[float]], set[str]]:
        """Constants that each number is compared with; numbers that are compared with something else."""
        thresholds: dict[str, set[float]] = {}
        uncut: set[str] = set()
        protocol = self.protocol
        for condition in (*(c.condition for c in protocol.criteria), *self._conditions_of_data()):
            for atom in self.atoms(condition):
                sides = numbers(atom)
                constants = _constants(atom)
                if sides and not constants:
                    uncut.update(self.inputs(atom))
                for name in self.inputs(atom):
                    thresholds.setdefault(name, set()).update(constants)
        return thresholds, uncut

    def _conditions_of_data(self) -> Iterator[Condition]:
        return (item.applies for item in self.protocol.data if item.applies is not None)


def _constants(atom: Condition) -> list[float]:
    """The constants of an atom that compares one number with constants; none otherwise."""
    if isinstance(atom, e.Within) and isinstance(atom.low, e.Literal) and isinstance(atom.high, e.Literal):
        return [atom.low.value, atom.high.value]
    if isinstance(atom, e.Compare) and isinstance(atom.right, e.Literal):
        return [atom.right.value] if isinstance(atom.left, e.Value | e.NumberOf) else []
    return []


def _values(cuts: list[float], element: Data | None) -> tuple[float, ...]:
    """One value below, at, between and above the cuts, within the element's range."""
    low = element.low if element else None
    high = element.high if element else None
    whole = element is not None and element.type == "score"
    if not cuts:
        return ((low if low is not None else (high if high is not None else 0.0)),)
    step = 1.0 if whole else 0.0
    points: list[float] = [low if low is not None else cuts[0] - 1]
    for cut, after in zip(cuts, [*cuts[1:], None], strict=True):
        if whole:
            points += [cut - step, cut, cut + step]
        else:
            points += [cut] if after is None else [cut, (cut + after) / 2]
    points.append(high if high is not None else cuts[-1] + 1)
    inside = (p for p in points if (low is None or p >= low) and (high is None or p <= high))
    return tuple(sorted(set(inside)))
