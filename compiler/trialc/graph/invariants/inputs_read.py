"""What is read, and where it is collected: questions to the graph that several checks ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import networkx as nx

from trialc.graph.study import Study
from trialc.graph.walks import reached, reading
from trialc.model.protocol import Activity

INPUTS = ("data", "judgement")


@lru_cache(maxsize=4)
def rules_read(graph: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """How the rules of a whole graph are read, made once for all that ask."""
    return reading(graph)


def readers(study: Study, rules: Iterable[str]) -> dict[str, str]:
    """The inputs that rules depend on, each with the first rule that does, in order of the text."""
    reads = rules_read(study.graph)
    found: dict[str, str] = {}
    for rule in rules:
        for node in reached(reads, rule):
            found.setdefault(node, rule)
    return {node: found[node] for node in inputs_among(study, set(found))}


def inputs_among(study: Study, nodes: set[str]) -> Iterator[str]:
    """The inputs that can be collected among some nodes, in the order of the graph. For which
    population somebody is looked at is no finding: whoever asks for the verdict says it.
    """
    asked = {f"data:{name}" for name in study.protocol.population_choices}
    return (node for node in study.nodes(*INPUTS) if node in nodes and node not in asked)


def node_of(study: Study, name: str) -> str:
    return next(node for kind in INPUTS if (node := f"{kind}:{name}") in study.graph)


def collectors_of(study: Study, node: str) -> list[Activity]:
    """The activities that collect an input for certain at their visits."""
    by_node = {f"activity:{item.id}": item for item in study.protocol.activities}
    found = (by_node[name] for name in study.predecessors(node, "collects"))
    return [item for item in found if item.is_certain]


def inputs_behind(study: Study, node: str) -> tuple[str, ...]:
    """The nodes of elements and judgements that a node reads, also through definitions."""
    return tuple(inputs_among(study, reached(rules_read(study.graph), node)))


def places_of(study: Study, node: str) -> list[str]:
    """The visits at which an input is collected for certain."""
    return visits_of(collectors_of(study, node))


def doing(study: Study, step: str) -> list[Activity]:
    return [item for item in study.protocol.activities if step in item.does]


def visits_of(activities: Iterable[Activity]) -> list[str]:
    return list(dict.fromkeys(visit for item in activities for visit in item.visits))
