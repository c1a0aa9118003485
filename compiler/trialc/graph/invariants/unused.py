"""Is there anything that the trial would not miss?"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import study as kinds
from trialc.diagnostics.catalog.safety import RETEST_UNREAD
from trialc.graph.study import Study
from trialc.model.expression import Condition, NoEvent
from trialc.model.from_syntax.retests import LATEST
from trialc.model.inputs import inputs_of, walk
from trialc.model.protocol import Declared
from trialc.source import Span

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

    A library is there for many protocols; what one of them does not use of it is not counted. One
    declaration that is spelled out in several elements is used where one of them is.
    """
    elsewhere = read_by_alternatives(study)
    # A member that no question asks still says what is not "any other" of its class.
    elsewhere |= {member for item in study.protocol.data for member in item.members}
    attested = bool(study.protocol.cause_inputs)
    nodes = tuple(study.nodes(*THINGS))
    names = {node: node.partition(":")[2] for node in nodes}
    used = {node for node in nodes if names[node] in elsewhere or _has_users(study, node)}
    places = {_where(study, node) for node in used if node.startswith("data:")}
    found: list[Diagnostic] = []
    for node in sorted(nodes, key=lambda node: len(names[node])):
        kind, _, name = node.partition(":")
        item = study.declared[name]
        if item.where.file != study.protocol.file:
            continue
        # Any role may attest a cause, and any declared cause may be chosen.
        if kind in ("role", "cause") and attested:
            continue
        if item.id in study.protocol.population_choices:
            continue  # it is there to be answered
        if node not in used and item.where not in places:
            places.add(item.where)
            found.append(_unused(item, *THINGS[kind]))
    return study, tuple(found)


def retests_are_read(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Which of several measurements counts is asked by some rule. `hb.latest` is spelled out for
    `hb` and reads all of them, so that each looks used.
    """
    elsewhere = read_by_alternatives(study)
    found: list[Diagnostic] = []
    for item in study.protocol.numbers:
        name, _, part = item.id.rpartition(".")
        first = study.declared.get(name)
        is_spelled_out = part == LATEST and first is not None and first.where == item.where
        if not is_spelled_out or item.where.file != study.protocol.file or item.id in elsewhere:
            continue
        if not _has_users(study, f"definition:{item.id}"):
            advice = f"read `{name}` in a rule, or leave `retest` out"
            found.append(RETEST_UNREAD.at(item.where, name=name, help=advice))
    return study, tuple(found)


def _unused(item: Declared, thing: str, help_: str) -> Diagnostic:
    return kinds.UNUSED.at(item.where, thing=thing, name=item.id, help=help_.format(name=item.id))


def _has_users(study: Study, node: str) -> bool:
    """Whether anything else points to it. A decision interprets, it does not use; and elements of
    one declaration that ask for each other are not used for that, nor is a table by its own cases.
    """
    where = _where(study, node)
    return any(
        kind not in ("interprets", "part_of")
        and not (user.startswith("data:") and _where(study, user) == where)
        for user, _, kind in study.graph.in_edges(node, keys=True)
    )


def _where(study: Study, node: str) -> Span:
    return study.declared[node.partition(":")[2]].where


def read_by_alternatives(study: Study) -> set[str]:
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
