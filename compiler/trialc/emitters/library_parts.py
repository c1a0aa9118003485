"""What a protocol uses of its libraries: documents print nothing else of them."""

from __future__ import annotations

from typing import TypeVar

import networkx as nx

from trialc.graph import walks
from trialc.graph.invariants.unused import read_by_alternatives
from trialc.graph.study import Study
from trialc.model.protocol import Declared, Protocol

Item = TypeVar("Item", bound=Declared)


def with_used_parts(study: Study) -> Protocol:
    """The protocol with only those parts of its libraries that something of its own comes to, or
    another reading of a decision would. What one declaration stands for stays together.
    """
    protocol = study.protocol
    unused = _unused(study)

    def kept(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(item for item in items if item.id not in unused)

    asked = tuple(
        cause
        for cause in protocol.cause_inputs
        if not any(f"{cause.branch}.".startswith(f"{name}.") for name in unused)
    )
    return protocol.model_copy(
        update={
            "data": kept(protocol.data),
            "judgements": kept(protocol.judgements),
            "numbers": kept(protocol.numbers),
            "conditions": kept(protocol.conditions),
            "cause_inputs": asked,
        }
    )


def library_of(protocol: Protocol, item: Declared) -> str:
    """The library that something is of: "kdigo_ckd 2012.1"; "" for what is the protocol's own."""
    for library in protocol.libraries:
        if library.file == item.where.file:
            return f"{library.name} {library.version}"
    return ""


def _unused(study: Study) -> set[str]:
    """The ids of what is a library's and not used."""
    ways = _ways(study)
    asked = read_by_alternatives(study)
    start = "the protocol itself"
    for node in list(ways):
        name = node.partition(":")[2]
        item = study.declared.get(name)
        if name in asked or (item is not None and not library_of(study.protocol, item)):
            ways.add_edge(start, node)
    reached = walks.reached(ways, start) if start in ways else set[str]()
    used = {node.partition(":")[2] for node in reached}
    places = {study.declared[name].where for name in used if name in study.declared}
    return {
        name
        for name, item in study.declared.items()
        if library_of(study.protocol, item) and name not in used and item.where not in places
    }


def _ways(study: Study) -> nx.DiGraph[str]:
    """From everything to what it uses and to its labelled parts."""
    ways: nx.DiGraph[str] = nx.DiGraph()
    ways.add_nodes_from(study.graph)
    for start, end, kind in study.graph.edges(keys=True):
        if kind == "part_of":
            ways.add_edge(end, start)
        elif kind != "interprets":
            ways.add_edge(start, end)
    return ways
