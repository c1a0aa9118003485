"""For which conditions a checker must split cases, because Kleene's logic alone is too cautious.

Kleene's logic is exact for an unknown input if some value of it leaves of a condition the same as
not knowing it does: for being true, and (perhaps another value) for being false. Then no answer
common to all completions escapes it. docs/semantics.md section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, cast

from trialc.model import expression as e
from trialc.model.cells import Cells
from trialc.model.expression import Condition, Number

MOST_WORK = 300_000
"""Atoms looked at for one condition; beyond, the checker may split at run time without need."""

Left = Any
"""What is left of a rail: True, False, an atom, ("and" | "or", parts), ("count", n, parts)."""
UNKNOWN, NOT_DONE = object(), object()
Given = Mapping[str, Any]
"""An input or derived number: one of its values, UNKNOWN or NOT_DONE."""


class Splitting:
    """Answers for one protocol."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def shared(self, condition: Condition) -> tuple[str, ...]:
        """The inputs to complete for a condition; () if completing them never helps.

        All inputs that feed several atoms, or none of them: so that the checker counts the same
        completions as the reference interpreter.
        """
        names = self.cells.shared([condition])
        return () if self._is_exact(condition, names) else names

    def _is_exact(self, condition: Condition, names: Sequence[str]) -> bool:
        """Whether Kleene's logic finds whatever completions of these inputs would."""
        done = {atom.path for atom, _ in self.cells.atoms(condition) if isinstance(atom, e.Done)}
        states = [(None, UNKNOWN, NOT_DONE) if n in done else (None, UNKNOWN) for n in names]
        work = sum(times for _, times in self.cells.atoms(condition))
        for name, options in zip(names, states, strict=True):
            work *= 1 + (len(options) - 1) * len(self.cells.by_name[name])
        if work > MOST_WORK or any(self._is_within_score(condition, name) for name in names):
            return False
        for chosen in product(*states):
            given = {n: s for n, s in zip(names, chosen, strict=True) if s is not None}
            if given and not self._is_exact_for(condition, given):
                return False
        return True

    def _is_exact_for(self, condition: Condition, given: Given) -> bool:
        true, false = self._left(condition, given)
        true_found = false_found = False
        completions = (self._completions(name, state) for name, state in given.items())
        for values in product(*completions):
            case = self._left(condition, dict(zip(given, values, strict=True)))
            true_found = true_found or case[0] == true
            false_found = false_found or case[1] == false
            if true_found and false_found:
                return True
        return False

    def _completions(self, name: str, state: Any) -> list[Any]:
        """What an input may turn out to be; what was not done stays so."""
        if state is NOT_DONE:
            return [NOT_DONE]
        return [NOT_DONE if value is None else value for value in self.cells.by_name[name]]

    def _is_within_score(self, condition: Condition, name: str) -> bool:
        """Whether an input feeds a score: what is left of scores is not worked out here."""
        for atom, _ in self.cells.atoms(condition):
            for number in _sides(atom):
                if isinstance(number, e.NumberOf):
                    number = self.cells.numbers[number.name]
                if isinstance(number, e.Score) and name in self._names_in(number):
                    return True
        return False

    def _names_in(self, score: e.Score) -> Iterator[str]:
        for item in score.items:
            if item.score is not None:
                yield from self._names_in(item.score)
            if item.when is not None:
                for leaf, _ in self.cells.leaves(item.when):
                    yield from self.cells.inputs(leaf)

    # ---- what is left of a condition when some inputs are given

    def _left(self, condition: Condition, given: Given) -> tuple[Left, Left]:
        match condition:
            case e.Junction():
                return self._junction(condition, given)
            case e.Not():
                true, false = self._left(condition.operand, given)
                return false, true
            case e.Attributed():
                return _all([self._left(condition.operand, given), _cause(condition, given)])
            case e.Unless():
                exception = self._left(condition.exception, given)
                return _all([self._left(condition.operand, given), exception[::-1]])
            case e.Applies():
                exists = self._left(condition.condition, given)
                operand = self._left(condition.operand, given)
                return (
                    _any([exists[::-1], operand]) if condition.neutral else _all([exists, operand])
                )
            case e.Refer():
                return self._left(self.cells.conditions[condition.name], given)
            case _:
                return _atom(condition, given)

    def _junction(self, condition: e.Junction, given: Given) -> tuple[Left, Left]:
        parts = [self._left(branch.condition, given) for branch in condition.branches]
        if condition.quantifier == "all":
            return _all(parts)
        if condition.quantifier == "any":
            return _any(parts)
        if condition.quantifier == "none":
            return _any(parts)[::-1]
        wanted, too_many = condition.count, len(parts) - condition.count + 1
        return _count(wanted, [p[0] for p in parts]), _count(too_many, [p[1] for p in parts])


def _cause(condition: e.Attributed, given: Given) -> tuple[Left, Left]:
    if condition.path not in given:
        cause = ("cause", condition.path, condition.cause, condition.other)
        return ("true", cause), ("false", cause)
    found = given[condition.path]
    held = None if found is UNKNOWN else (found == condition.cause) is not condition.other
    return held is True, held is False


def _atom(atom: Condition, given: Given) -> tuple[Left, Left]:
    known = [name for name in _names(atom) if name in given]
    if not known:
        return ("true", atom), ("false", atom)
    value = given[known[0]]
    if isinstance(atom, e.Done):
        return value not in (UNKNOWN, NOT_DONE), value is NOT_DONE
    if value is UNKNOWN or value is NOT_DONE:
        return False, False
    held = _holds(atom, value)
    # An atom that compares two inputs: what is left of it is not worked out, and equals nothing.
    return (object(), object()) if held is None else (held, not held)


def _holds(atom: Condition, value: bool | float | str) -> bool | None:
    match atom:
        case e.Holds():
            return bool(value)
        case e.OneOf():
            return value in atom.codes
        case e.Within(low=e.Literal() as low, high=e.Literal() as high):
            return low.value <= float(value) <= high.value
        case e.Compare(left=e.Value() | e.NumberOf(), right=e.Literal() as limit):
            return _relation(atom.relation, float(value), limit.value)
        case _:
            return None


def _relation(relation: str, left: float, right: float) -> bool:
    if relation in ("=", "!="):
        return (left == right) is (relation == "=")
    if relation in ("<", "<="):
        return left < right or (relation == "<=" and left == right)
    return left > right or (relation == ">=" and left == right)


def _sides(atom: Condition) -> tuple[Number, ...]:
    if isinstance(atom, e.Compare):
        return (atom.left, atom.right)
    return (atom.value,) if isinstance(atom, e.Within) else ()


def _names(atom: Condition) -> tuple[str, ...]:
    """The inputs and derived numbers that an atom is about; two where it compares two."""
    if isinstance(atom, e.Holds | e.OneOf | e.Done):
        return (atom.path,)
    return tuple(
        side.path if isinstance(side, e.Value) else side.name
        for side in _sides(atom)
        if isinstance(side, e.Value | e.NumberOf)
    )


def _all(parts: list[tuple[Left, Left]]) -> tuple[Left, Left]:
    return _joined("and", [p[0] for p in parts]), _joined("or", [p[1] for p in parts])


def _any(parts: list[tuple[Left, Left]]) -> tuple[Left, Left]:
    return _joined("or", [p[0] for p in parts]), _joined("and", [p[1] for p in parts])


def _joined(word: str, parts: list[Left]) -> Left:
    neutral = word == "and"
    if (not neutral) in parts:
        return not neutral
    kept: dict[Left, None] = {}
    for part in parts:
        if isinstance(part, tuple) and part[0] == word:
            kept.update((inner, None) for inner in cast("tuple[Left, ...]", part[1]))
        elif part is not neutral:
            kept[part] = None
    return neutral if not kept else next(iter(kept)) if len(kept) == 1 else (word, tuple(kept))


def _count(wanted: int, parts: list[Left]) -> Left:
    """At least so many of some rails hold."""
    wanted -= sum(part is True for part in parts)
    open_ = tuple(part for part in parts if part is not True and part is not False)
    if wanted <= 0:
        return True
    return False if len(open_) < wanted else ("count", wanted, open_)
