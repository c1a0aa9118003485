"""Is there a branch that another one implies, by its limit or its codes alone?

Only branches of one group that compare the same element with constants are looked at: whatever the
element is, and also where it is unknown, the group comes out the same without the branch.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from math import inf

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import against_words as kinds
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition, Junction
from trialc.model.inputs import walk
from trialc.model.protocol import Protocol
from trialc.model.wording import Wording

Ends = tuple[float, bool, float, bool]
"""From, that included; to, that included."""
Values = Ends | frozenset[str]
"""What an element can be for an atom to hold: a stretch of numbers, or some of its codes."""


def check_implied(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Branches of the protocol's own rules that change nothing."""
    wording = Wording(study.protocol)
    found: list[Diagnostic] = []
    for condition in _conditions(study.protocol):
        for inside in walk(condition):
            if isinstance(inside, Junction) and inside.quantifier != "at_least":
                found += _implied(inside, wording, study.protocol.file)
    return study, tuple(found)


def _conditions(protocol: Protocol) -> Iterator[Condition]:
    for item in (*protocol.criteria, *protocol.conditions, *protocol.quotas):
        yield item.condition
    yield from (item.when for item in protocol.activities if item.when is not None)
    yield from (item.applies for item in protocol.data if item.applies is not None)


def _implied(junction: Junction, wording: Wording, file: str) -> Iterator[Diagnostic]:
    atoms = [branch.condition for branch in junction.branches]
    known = [(atom, *one) for atom in atoms if (one := _values(atom)) is not None]
    is_all = junction.quantifier == "all"
    gone: set[int] = set()
    for (one, name, values), (other, its_name, its_values) in permutations(reversed(known), 2):
        if id(one) in gone or id(other) in gone or one.where.file != file or name != its_name:
            continue
        if one.where == other.where:  # spelled out from one phrase
            continue
        if _holds(its_values, values) if not is_all else _holds(values, its_values):
            gone.add(id(one))
            yield _said(one, other, is_all, wording)


def _said(one: Condition, other: Condition, is_all: bool, wording: Wording) -> Diagnostic:
    text, its_text = wording.condition(one), wording.condition(other)
    wider = f"it holds wherever `{its_text}` does"
    return kinds.IMPLIED.at(
        one.where,
        text=text,
        because=wider if is_all else f"wherever it holds, `{its_text}` does",
        related=[Related(other.where, "this one decides")],
        help="leave it out, or say for whom or for which element it is",
    )


def _holds(outer: Values, inner: Values) -> bool:
    """Whether the outer values have all of the inner ones among them."""
    if isinstance(outer, frozenset) or isinstance(inner, frozenset):
        return isinstance(outer, frozenset) and isinstance(inner, frozenset) and inner <= outer
    low, has_low, high, has_high = outer
    its_low, its_has_low, its_high, its_has_high = inner
    from_there = its_low > low or (its_low == low and (has_low or not its_has_low))
    to_there = its_high < high or (its_high == high and (has_high or not its_has_high))
    return from_there and to_there


def _values(atom: Condition) -> tuple[str, Values] | None:
    """The element of an atom, and for which of its values it holds; None for other conditions."""
    if isinstance(atom, e.OneOf):
        return atom.path, frozenset(atom.codes)
    if isinstance(atom, e.Within):
        low, high, name = atom.low, atom.high, _element(atom.value)
        if name and isinstance(low, e.Literal) and isinstance(high, e.Literal):
            return name, (low.value, True, high.value, True)
    if isinstance(atom, e.Compare) and isinstance(atom.right, e.Literal):
        limit = atom.right.value
        ends: dict[str, Ends] = {
            "<": (-inf, False, limit, False),
            "<=": (-inf, False, limit, True),
            ">": (limit, False, inf, False),
            ">=": (limit, True, inf, False),
            "=": (limit, True, limit, True),
        }
        if atom.relation in ends and (name := _element(atom.left)):
            return name, ends[atom.relation]
    return None


def _element(number: e.Number) -> str:
    if isinstance(number, e.Value):
        return number.path
    return number.name if isinstance(number, e.NumberOf) else ""
