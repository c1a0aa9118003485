"""Operands that may drop out: when a condition exists, and how a group guards what may not.

The rules are those of semantics section 4. What is written here as `applies` is all that later
stages see of them: they know only Kleene's logic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from trialc.model.data import Data
from trialc.model.expression import Applies, Branch, Condition, Junction, Not, OneOf, Unless


class Resolved(NamedTuple):
    """A condition, and when it exists (None: always)."""

    condition: Condition
    applies: Condition | None


def guard(resolved: Resolved, neutral: bool) -> Condition:
    """The condition as a whole: where it drops out it counts as `neutral`."""
    if resolved.applies is None:
        return resolved.condition
    return Applies(
        condition=resolved.applies,
        operand=resolved.condition,
        neutral=neutral,
        where=resolved.condition.where,
    )


def guard_all(
    parts: Sequence[Resolved], neutral: bool, data: Mapping[str, Data]
) -> tuple[list[Condition], Condition | None]:
    """The operands of a group, guarded, and when the group itself exists."""
    reasons = list(dict.fromkeys(part.applies for part in parts))
    if len(reasons) == 1:  # all of them or none: one guard outside is enough
        return [part.condition for part in parts], reasons[0]
    return [guard(part, neutral) for part in parts], either(reasons, data)


def both(reasons: Iterable[Condition | None]) -> Condition | None:
    """When everything exists that exists under these conditions."""
    distinct = _flat((reason for reason in reasons if reason is not None), "all")
    return _junction("all", distinct) if distinct else None


def given(resolved: Resolved, known: Condition) -> Resolved:
    """What is resolved, where `known` is asked beside it anyway: it is not asked again inside."""
    reasons = () if resolved.applies is None else _flat([resolved.applies], "all")
    kept = (_given(reason, known) for reason in reasons if reason != known)
    applies = both(reason for reason in kept if not _says(reason, known))
    return Resolved(_given(resolved.condition, known), applies)


def _says(reason: Condition, known: Condition) -> bool:
    """Whether a condition holds wherever another one does, because it is one of its choices."""
    if not isinstance(reason, Junction) or reason.quantifier != "any":
        return False
    return any(branch.condition == known for branch in reason.branches)


def _given(condition: Condition, known: Condition) -> Condition:
    match condition:
        case Applies():
            operand = _given(condition.operand, known)
            if condition.condition == known or _says(condition.condition, known):
                return operand
            when = _given(condition.condition, known)
            return condition.model_copy(update={"condition": when, "operand": operand})
        case Junction():
            branches = tuple(
                branch.model_copy(update={"condition": _given(branch.condition, known)})
                for branch in condition.branches
            )
            return condition.model_copy(update={"branches": branches})
        case Not():
            return condition.model_copy(update={"operand": _given(condition.operand, known)})
        case Unless():
            sides = {
                "operand": _given(condition.operand, known),
                "exception": _given(condition.exception, known),
            }
            return condition.model_copy(update=sides)
        case _:
            return condition


def either(reasons: Iterable[Condition | None], data: Mapping[str, Data]) -> Condition | None:
    """When at least one thing exists of those that exist under these conditions."""
    known: list[Condition] = []
    for reason in reasons:
        if reason is None:
            return None
        known.append(reason)
    distinct = _flat(known, "any")
    return None if _covers(distinct, data) else _junction("any", distinct)


def _flat(reasons: Iterable[Condition], quantifier: str) -> list[Condition]:
    """The conditions, each once, those of inner groups of the same kind among them."""
    found: dict[Condition, None] = {}
    for reason in reasons:
        if isinstance(reason, Junction) and reason.quantifier == quantifier:
            found.update(dict.fromkeys(branch.condition for branch in reason.branches))
        else:
            found[reason] = None
    return list(found)


def _junction(quantifier: str, conditions: Sequence[Condition]) -> Condition:
    if len(conditions) == 1:
        return conditions[0]
    branches = tuple(Branch(condition=condition) for condition in conditions)
    return Junction.model_validate({"quantifier": quantifier, "branches": branches})


def _covers(conditions: Sequence[Condition], data: Mapping[str, Data]) -> bool:
    """Whether the conditions together name every code of one choice: "female, or male"."""
    choices = [condition for condition in conditions if isinstance(condition, OneOf)]
    paths = {choice.path for choice in choices}
    if len(choices) < len(conditions) or len(paths) != 1:
        return False
    element = data.get(paths.pop())
    named = {code for choice in choices for code in choice.codes}
    return element is not None and named >= set(element.options)


def size(condition: Condition) -> int:
    """The number of conditions within a condition, itself included."""
    from trialc.model.inputs import walk

    return sum(1 for _ in walk(condition))
