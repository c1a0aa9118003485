"""Does anything depend on itself? Definitions by what they use, visits by what they count from."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.diagnostics.diagnostic import Kind
from trialc.graph.study import Study
from trialc.graph.walks import circle, reading

DEFINED = ("data", "definition", "branch")
"""Kinds of nodes that stand for something else: elements by `applies when`, parts of a rule."""


def no_circular_definitions(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Named conditions, derived numbers, and elements that exist for some participants only."""
    reads = reading(study.graph)
    defined = reads.subgraph(study.nodes(*DEFINED))
    return study, tuple(_circles(study, defined, kinds.CIRCULAR_DEFINITION))


def no_circular_visits(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Visits by the visit that they are counted from: `precedes` goes by time, this does not."""
    bases: nx.DiGraph[str] = nx.DiGraph()
    for visit in study.protocol.visits:
        if visit.base:
            bases.add_edge(f"visit:{visit.id}", f"visit:{visit.base}")
    return study, tuple(_circles(study, bases, kinds.CIRCULAR_VISITS))


def _circles(study: Study, graph: nx.DiGraph[str], kind: Kind) -> Iterator[Diagnostic]:
    """One finding for each knot of circles, at its first declaration, with one way around."""
    order = {node: place for place, node in enumerate(study.graph)}
    knots: list[set[str]] = list(nx.strongly_connected_components(graph))
    for knot in sorted(
        (sorted(knot, key=order.__getitem__) for knot in knots), key=lambda k: order[k[0]]
    ):
        way = [node.partition(":")[2] for node in circle(graph.subgraph(knot), knot[0])]
        # Labelled parts are no declarations: the rule that they are part of stands for them.
        found = [study.declared[name] for name in way if name in study.declared]
        if found:
            first, *others = found
            path = " -> ".join(item.id for item in (*found, first))
            related = [Related(item.where, "declared here") for item in others]
            yield kind.at(first.where, name=first.id, path=path, related=related)
