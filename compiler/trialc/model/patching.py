"""The protocol that another reading of a decision would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from trialc.model import expression as e
from trialc.model.data import CauseInput, Criterion
from trialc.model.decisions import Patch
from trialc.model.design import Event, Gate
from trialc.model.expression import Condition
from trialc.model.inputs import numbers, parts, rules
from trialc.model.protocol import Protocol

Owner = TypeVar("Owner", Criterion, Event, Gate)
"""A declaration with a rule that alternatives may replace."""


def patched(protocol: Protocol, decision_id: str, alternative: int) -> Protocol:
    """The protocol under an alternative reading, complete: conditions replaced, the attestations
    they need asked for, others no longer. Definitions stay. LookupError where there is no such
    decision or alternative; an alternative without patches changes nothing.
    """
    decision = next((item for item in protocol.decisions if item.id == decision_id), None)
    if decision is None:
        raise LookupError(f"no decision is called {decision_id!r}")
    patches = decision.alternatives[alternative].patches
    changed = protocol.model_copy(
        update={
            "criteria": tuple(_patch(item, patches) for item in protocol.criteria),
            "events": tuple(_patch(item, patches) for item in protocol.events),
            "gates": tuple(_patch(item, patches) for item in protocol.gates),
        }
    )
    known = {
        cause.id: cause
        for cause in (*protocol.cause_inputs, *(c for patch in patches for c in patch.causes))
    }
    return changed.model_copy(update={"cause_inputs": asked(changed, known)})


def _patch(owner: Owner, patches: Sequence[Patch]) -> Owner:
    condition = owner.condition
    for patch in patches:
        if patch.path == owner.id:
            condition = patch.condition
        elif patch.path.startswith(f"{owner.id}."):
            condition = replaced(condition, patch.path, patch.condition)
    return owner.model_copy(update={"condition": condition})


def replaced(condition: Condition, path: str, by: Condition) -> Condition:
    """The condition with another one at the labelled branch `path`; itself where there is none."""
    if isinstance(condition, e.Junction):
        branches = tuple(
            branch.model_copy(
                update={
                    "condition": by
                    if branch.label and branch.path == path
                    else replaced(branch.condition, path, by)
                }
            )
            for branch in condition.branches
        )
        return condition.model_copy(update={"branches": branches})
    if isinstance(condition, e.Not | e.Attributed | e.Applies):
        return condition.model_copy(update={"operand": replaced(condition.operand, path, by)})
    if isinstance(condition, e.Unless):
        inside = {
            "operand": replaced(condition.operand, path, by),
            "exception": replaced(condition.exception, path, by),
        }
        return condition.model_copy(update=inside)
    if isinstance(condition, e.Every):
        return condition.model_copy(update={"condition": replaced(condition.condition, path, by)})
    return condition


def branches(condition: Condition) -> Iterator[e.Branch]:
    """Every labelled branch within a condition, in the order of the text."""
    if isinstance(condition, e.Junction):
        for branch in condition.branches:
            if branch.label:
                yield branch
            yield from branches(branch.condition)
    else:
        for part in parts(condition):
            yield from branches(part)


# ---- attestations


def attributions(condition: Condition) -> Iterator[str]:
    """The inputs that hold the attestations of a condition, scores included, in reading order."""
    for part in parts(condition):
        yield from attributions(part)
    for number in numbers(condition):
        yield from _attributions_of_number(number)
    if isinstance(condition, e.Attributed):
        yield condition.path


def _attributions_of_number(number: e.Number) -> Iterator[str]:
    if isinstance(number, e.Score):
        for item in number.items:
            if item.when is not None:
                yield from attributions(item.when)
            if item.score is not None:
                yield from _attributions_of_number(item.score)
    elif isinstance(number, e.Choose):
        for _, rule in rules(number):
            yield from attributions(rule)


def asked(protocol: Protocol, known: dict[str, CauseInput]) -> tuple[CauseInput, ...]:
    """The attestations that a protocol asks for, in the order of its rules."""
    found: list[str] = []
    for element in protocol.data:
        if element.applies is not None:
            found += attributions(element.applies)
    for number in protocol.numbers:
        found += _attributions_of_number(number.number)
    for definition in (*protocol.conditions, *protocol.criteria, *protocol.quotas):
        found += attributions(definition.condition)
    for activity in protocol.activities:
        if activity.when is not None:
            found += attributions(activity.when)
    for given in (given for arm in protocol.arms for given in arm.gives):
        if given.when is not None:
            found += attributions(given.when)
    return tuple(known[path] for path in dict.fromkeys(found))
