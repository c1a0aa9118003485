"""Conditions on several courses in words: "any of Prior lines where Setting is metastatic"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trialc.model import expression as e
from trialc.model.courses import NUMBER, lead
from trialc.model.expression import Condition

Phrase = Callable[[Condition, Mapping[str, str]], str]
"""The words of a condition, with some titles instead of those of the protocol."""


@dataclass(frozen=True)
class Asked:
    """What is asked of each course: those of which title, which one of them, and the condition."""

    what: str
    one: str
    test: str

    def words(self, group: str) -> str:
        """The words behind a quantifier: "at most 2 of"."""
        if self.one:
            return f"the {self.one} of {self.what}: {self.test}"
        return f"{group} {self.what} where {self.test}"


def of_courses(
    group: e.Junction, rooms: Mapping[str, float | None], titles: Mapping[str, str], phrase: Phrase
) -> Asked | None:
    """What a group asks of each of several courses; None for any other group.

    `rooms`: how many there can be of what is counted. A branch asks whether there are so many
    courses, unless that is told already, and then of this one what the others ask of theirs.
    """
    guards = [_guard(branch.condition) for branch in group.branches]
    counts = {(one.path, one.relation) for one in guards if one is not None}
    if len(counts) != 1 or any(branch.label is not None for branch in group.branches):
        return None
    path, relation = counts.pop()
    size = len(group.branches)
    is_first = size == 1 and relation == ">="
    numbers = [one.number if one is not None else k for k, one in enumerate(guards, 1)]
    if numbers != [*range(1, size + 1)] or not (is_first or rooms.get(path) == size):
        return None
    title = titles.get(path, "")
    what = title.removesuffix(NUMBER)
    tests: set[str] = set()
    for k, (branch, guard) in enumerate(zip(group.branches, guards, strict=True), 1):
        asked = branch.condition
        if guard is not None and isinstance(asked, e.Applies):
            asked = asked.operand
        tests.add(phrase(asked, _of_one(titles, path, lead(what, k), k)))
    if what == title or len(tests) != 1:
        return None
    one = "latest" if relation == "=" else "first" if is_first else ""
    return Asked(what, one, tests.pop())


@dataclass(frozen=True)
class _Guard:
    path: str
    relation: str
    number: int


def _guard(condition: Condition) -> _Guard | None:
    """The number of courses that a branch asks for, first of all."""
    if not isinstance(condition, e.Applies):
        return None
    first = condition.condition
    if isinstance(first, e.Applies):  # courses that only some participants are asked about
        first = first.operand
    match first:
        case e.Compare(left=e.Value(path=path), relation=relation, right=e.Literal(value=value)):
            return _Guard(path, relation, int(value)) if relation in (">=", "=") else None
        case _:
            return None


def _of_one(titles: Mapping[str, str], path: str, beginning: str, number: int) -> dict[str, str]:
    """The titles of one course's attributes, as the author wrote them."""
    own = f"{path}.{number}."
    return {
        name: title.removeprefix(beginning)
        for name, title in titles.items()
        if name.startswith(own)
    }
