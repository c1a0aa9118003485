"""Is there anything that the trial would not miss?"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.study import Study
from trialc.model.expression import Condition, NoEvent
from trialc.model.inputs import inputs_of, walk
from trialc.model.protocol import Declared

THINGS = {
    "data": ("data element", "read it in a rule, or add `collects: {name}` to an activity"),
    "judgement": ("judgement", "read it in a rule, or add `collects: {name}` to an activity"),
    "definition": ("definition", "read it in a rule, or leave it out"),
    "cause": ("cause", "write `attributed to {name}` where it is asked, or leave it out"),
    "window": ("window", "write `valid: {name}` in the elements that it is meant for"),
    "role": ("role", "leave it out, or say what it does"),
    "intervention": ("intervention", "write `give {name} as ... at ...` in an arm"),
    "period": ("period", "write `give ... in {name}` in every sequence"),
    "event": ("event", "write `no {name} after ...` in a gate, or `reviews: {name}`"),
}
"""Kinds of nodes that something else must point to: in words, and what to do."""


def everything_is_used(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Whatever is declared in the protocol is read, collected, given or named by something.

    A library is there for many protocols; what one of them does not use of it is not counted.
    """
    elsewhere = _read_by_alternatives(study)
    attested = bool(study.protocol.cause_inputs)
    found: list[Diagnostic] = []
    for node in study.nodes(*THINGS):
        kind, _, name = node.partition(":")
        item = study.declared[name]
        if item.where.file != study.protocol.file:
            continue
        # Any role may attest a cause, and any declared cause may be chosen.
        if kind in ("role", "cause") and attested:
            continue
        if item.id not in elsewhere and not _has_users(study, node):
            found.append(_unused(item, *THINGS[kind]))
    return study, tuple(found)


def _unused(item: Declared, thing: str, help_: str) -> Diagnostic:
    return kinds.UNUSED.at(item.where, thing=thing, name=item.id, help=help_.format(name=item.id))


def _has_users(study: Study, node: str) -> bool:
    """Whether anything but a decision points to it: a decision interprets, it does not use."""
    return any(kind != "interprets" for _, _, kind in study.graph.in_edges(node, keys=True))


def _read_by_alternatives(study: Study) -> set[str]:
    """What only another reading of a decision would use is there to be chosen."""
    return {
        name
        for decision in study.protocol.decisions
        for alternative in decision.alternatives
        for patch in alternative.patches
        for name in _names(patch.condition)
    }


def _names(condition: Condition) -> Iterator[str]:
    yield from inputs_of(condition)
    for inner in walk(condition):
        if isinstance(inner, NoEvent):
            yield inner.event


def objectives_are_measured(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every objective has an endpoint, as soon as there are endpoints at all."""
    endpoints = study.protocol.endpoints
    return study, tuple(
        kinds.NO_ENDPOINT.at(
            objective.where,
            name=objective.id,
            help=f"write `objective: {objective.id}` in the endpoint that measures it",
        )
        for objective in study.protocol.objectives
        if endpoints and not any(study.predecessors(f"objective:{objective.id}", "part_of"))
    )
