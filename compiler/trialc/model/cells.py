"""The few values of an input that any condition can tell apart, and the inputs that feed several.

Completing an unknown input with one value from each cell between its thresholds covers every value
it can have: what case splitting needs (docs/semantics.md section 5), and what boundary tests are
made of.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import cast

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, parts
from trialc.model.intervals import Intervals
from trialc.model.protocol import Data, Protocol

Leaf = tuple[Condition, int]
"""An atom or an attribution, and how many times it is used."""
Completion = bool | float | str | None
"""A value of a cell. None: the input turns out not to be done, which is a cell of its own where a
condition asks whether it was."""


class Cells:
    """Cells of one protocol's inputs and derived numbers."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.data = {item.id: item for item in protocol.data}
        self.numbers = {item.id: item.number for item in protocol.numbers}
        self.conditions = protocol.named_conditions

        self._opened: dict[str, tuple[Leaf, ...]] = {}

    # ---- leaves

    def atoms(self, condition: Condition) -> Iterator[Leaf]:
        """Every atom that a condition comes down to, definitions opened, with its uses."""
        return (leaf for leaf in self.leaves(condition) if not isinstance(leaf[0], e.Attributed))

    def leaves(self, condition: Condition) -> Iterator[Leaf]:
        """The atoms, and the attributions: each of these asks for a cause, as an atom would.

        Each once for every place of the text that leads to it, with the times that it is used.
        """
        if isinstance(condition, e.Refer):
            yield from self._of_definition(condition.name)
            return
        inside = parts(condition)
        if not inside or isinstance(condition, e.Attributed):
            yield condition, 1
        for part in inside:
            yield from self.leaves(part)
        # The possible sums have gaps, which bounds do not show: as if used twice.
        times = 2 if _asks_for_one_value(condition) else 1
        for number in numbers(condition):
            yield from ((leaf, times * uses) for leaf, uses in self._of_number(number))

    def _of_number(self, number: Number) -> Iterator[Leaf]:
        """The leaves of a score; other numbers have none."""
        if isinstance(number, e.NumberOf):
            yield from self._of_definition(number.name)
        elif isinstance(number, e.Score):
            for item in number.items:
                if item.when is not None:
                    yield from self.leaves(item.when)
                if item.score is not None:
                    yield from self._of_number(item.score)

    def _of_definition(self, name: str) -> tuple[Leaf, ...]:
        """The leaves behind a name, each once: definitions that name others twice would double."""
        if name not in self._opened:
            if name in self.conditions:
                leaves = self.leaves(self.conditions[name])
            else:
                leaves = self._of_number(self.numbers[name])
            counted: dict[int, Leaf] = {}
            for leaf, uses in leaves:
                # All live as long as the protocol, so an id names one of them.
                counted[id(leaf)] = leaf, uses + counted.get(id(leaf), (leaf, 0))[1]
            self._opened[name] = tuple(counted.values())
        return self._opened[name]

    def shared(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """Inputs and derived numbers with cells that feed more than one atom or attribution.

        In the order of the protocol.
        """
        uses: Counter[str] = Counter()
        for condition in conditions:
            uses.update(self.uses(condition))
        return self.several(uses)

    def several(self, uses: Mapping[str, int]) -> tuple[str, ...]:
        """What is used more than once and has cells, in the order of the protocol."""
        several = [name for name, count in uses.items() if count > 1 and name in self.by_name]
        return tuple(sorted(several, key=self._order.__getitem__))

    @cached_property
    def _order(self) -> dict[str, int]:
        """The place of each input in the protocol."""
        return {name: place for place, name in enumerate(self.by_name)}

    def uses(self, condition: Condition) -> Counter[str]:
        """How many atoms and attributions each input and derived number feeds.

        What one value answers like every other counts twice: completing it decides.
        """
        uses: Counter[str] = Counter()
        for leaf, times in self.leaves(condition):
            for name in set(self.inputs(leaf)):
                uses[name] += times * (2 if self.is_foregone(leaf, name) else 1)
        return uses

    def is_foregone(self, leaf: Condition, name: str) -> bool:
        """Whether every value that an input can have gives an atom the same truth."""
        values = self._values.get(name, ())
        if not values:
            return False
        if isinstance(leaf, e.OneOf):
            return len({value in leaf.codes for value in values}) == 1
        constants = _constants(leaf)
        if not constants:
            return False
        relation = leaf.relation if isinstance(leaf, e.Compare) else "in"
        return _count(cast("tuple[float, ...]", values), relation, constants) in (0, len(values))

    def inputs(self, leaf: Condition) -> Iterator[str]:
        """What one atom compares with constants or asks for; a derived number is one thing.

        What arithmetic and calendar distances read is not among them.
        """
        if isinstance(leaf, e.Holds | e.OneOf | e.Done | e.Attributed):
            yield leaf.path
        for number in numbers(leaf):
            if isinstance(number, e.Value):
                yield number.path
            elif isinstance(number, e.NumberOf):
                yield number.name

    # ---- cells

    @cached_property
    def by_name(self) -> dict[str, tuple[Completion, ...]]:
        """For each input with finitely many cells, one value of each cell."""
        thresholds, uncut, asked = self._thresholds()
        causes = (*(cause.id for cause in self.protocol.causes), "other")
        found: dict[str, tuple[Completion, ...]] = {}
        for name, element in self.data.items():
            if element.type == "boolean":
                found[name] = (False, True)
            elif element.type == "choice":
                found[name] = element.options
            elif element.type in ("quantity", "score") and name not in uncut:
                found[name] = _points(sorted(thresholds.get(name, ())), element)
        found.update({item.id: (False, True) for item in self.protocol.judgements})
        found.update({item.id: causes for item in self.protocol.cause_inputs})
        intervals = Intervals(self.data, self.numbers, self.conditions)
        for name, number in self.numbers.items():
            # A number that may turn out to conflict leaves the outcome open: it has no cells.
            if name not in uncut and intervals.surely_exists(number):
                found[name] = _points(sorted(thresholds.get(name, ())), None)
        found.update({name: (*found[name], None) for name in found if name in asked})
        return found

    @cached_property
    def _values(self) -> dict[str, tuple[Completion, ...]]:
        """The cells in which an input has a value."""
        return {
            name: tuple(value for value in values if value is not None)
            for name, values in self.by_name.items()
        }

    def _thresholds(self) -> tuple[dict[str, set[float]], set[str], set[str]]:
        """Constants that each number is compared with; numbers that are compared with something
        else; inputs of which it is asked whether they were done.
        """
        thresholds: dict[str, set[float]] = {}
        uncut: set[str] = set()
        asked: set[str] = set()
        protocol = self.protocol
        for condition in (*(c.condition for c in protocol.criteria), *self._conditions_of_data()):
            for atom, _ in self.atoms(condition):
                constants = _constants(atom)
                if numbers(atom) and not constants:
                    uncut.update(self.inputs(atom))
                if isinstance(atom, e.Done):
                    asked.add(atom.path)
                for name in self.inputs(atom):
                    thresholds.setdefault(name, set()).update(constants)
        return thresholds, uncut, asked

    def _conditions_of_data(self) -> Iterator[Condition]:
        return (item.applies for item in self.protocol.data if item.applies is not None)


def _asks_for_one_value(atom: Condition) -> bool:
    """Whether a number must be one of some values, rather than above or below one."""
    return isinstance(atom, e.Within) or (
        isinstance(atom, e.Compare) and atom.relation in ("=", "!=")
    )


def _count(values: tuple[float, ...], relation: str, constants: list[float]) -> int:
    """How many of some values, in order, are where a comparison or a range wants them."""
    below, not_above = bisect_left(values, constants[0]), bisect_right(values, constants[-1])
    return {
        "<": below,
        "<=": not_above,
        ">": len(values) - not_above,
        ">=": len(values) - below,
        "=": not_above - below,
        "!=": len(values) - not_above + below,
        "in": not_above - below,
    }[relation]


def _constants(atom: Condition) -> list[float]:
    """The constants of an atom that compares one number with constants; none otherwise."""
    if isinstance(atom, e.Within):
        limits = [side.value for side in (atom.low, atom.high) if isinstance(side, e.Literal)]
        return limits if len(limits) == 2 else []
    if isinstance(atom, e.Compare) and isinstance(atom.right, e.Literal):
        return [atom.right.value] if isinstance(atom.left, e.Value | e.NumberOf) else []
    return []


def _points(cuts: list[float], element: Data | None) -> tuple[float, ...]:
    """One value below, at, between and above the cuts, within the element's range."""
    low = element.low if element else None
    high = element.high if element else None
    return points_between(cuts, low, high, element is not None and element.type == "score")


def points_between(
    cuts: list[float], low: float | None, high: float | None, is_whole: bool = False
) -> tuple[float, ...]:
    """One value below, at, between and above the cuts, which are in order, from low to high."""
    if not cuts:
        return ((low if low is not None else (high if high is not None else 0.0)),)
    if is_whole:
        points = [value for cut in cuts for value in _whole_numbers(cut)]
    else:
        between = [cut / 2 + after / 2 for cut, after in pairwise(cuts)]
        # A step of 1 is lost on a number above 2**53.
        below = min(cuts[0] - 1, math.nextafter(cuts[0], -math.inf))
        above = max(cuts[-1] + 1, math.nextafter(cuts[-1], math.inf))
        points = [below, *cuts, *between, above]
    points += [end for end in (low, high) if end is not None]
    inside = (p for p in points if (low is None or p >= low) and (high is None or p <= high))
    return tuple(sorted(set(inside)))


def _whole_numbers(cut: float) -> Iterator[float]:
    """The whole numbers around a cut, which need not be one itself."""
    yield float(math.ceil(cut) - 1)
    if cut == math.floor(cut):
        yield cut
    yield float(math.floor(cut) + 1)
