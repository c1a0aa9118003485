"""Does anything depend on itself? Definitions by what they use, visits by what they count from."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.diagnostics.diagnostic import Kind
from trialc.graph.study import Study
from trialc.graph.walks import circle, reading, within
from trialc.model.protocol import Visit

DEFINED = ("data", "definition", "criterion", "branch")
"""Kinds of nodes that stand for something else: elements by `applies when`, criteria whose outcome
others ask for, parts of a rule.
"""


def no_circular_definitions(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Named conditions, derived numbers, and elements that exist for some participants only."""
    reads = reading(study.graph)
    defined = within(reads, set(study.nodes(*DEFINED)))
    help_ = "take one of them out of the rule of the other"
    return study, tuple(_circles(study, defined, kinds.CIRCULAR_DEFINITION, help_))


def no_circular_visits(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Visits by the visit that they are counted from: `precedes` goes by time, this does not."""
    bases: nx.DiGraph[str] = nx.DiGraph()
    for visit in study.protocol.visits:
        for base in (*visit.bases, *_last_given(study, visit)):
            if f"visit:{base}" in study.graph:  # else an error was reported where it is declared
                bases.add_edge(f"visit:{visit.id}", f"visit:{base}")
    help_ = "count one of them from the anchor, for example `at M0 + 1 month`"
    return study, tuple(_circles(study, bases, kinds.CIRCULAR_VISITS, help_))


def _last_given(study: Study, visit: Visit) -> Iterator[str]:
    """The visits at which is given whose last dose the visit is counted from."""
    for moment in visit.moments:
        if moment.kind == "last_dose":
            for given in (given for arm in study.protocol.arms for given in arm.gives):
                if not moment.name or moment.name in (given.occasion, given.intervention):
                    yield given.visit


def _circles(study: Study, graph: nx.DiGraph[str], kind: Kind, help_: str) -> Iterator[Diagnostic]:
    """One finding for each knot of circles, at its first declaration, with one way around."""
    order = {node: place for place, node in enumerate(study.graph)}
    knots: list[set[str]] = list(nx.strongly_connected_components(graph))
    for knot in sorted(knots, key=lambda knot: min(order[node] for node in knot)):
        first = min(knot, key=order.__getitem__)
        if len(knot) == 1 and not graph.has_edge(first, first):
            continue
        inside = within(graph, knot)
        if len(knot) > 1:  # the way through others says more than "a depends on a"
            inside.remove_edges_from([(node, node) for node in knot])
        way = circle(inside, first)
        # Labelled parts are no declarations: the rule that they are part of stands for them.
        names = [node.partition(":")[2] for node in way]
        found = [study.declared[name] for name in names if name in study.declared]
        if found:
            path = " -> ".join(item.id for item in (*found, found[0]))
            yield kind.at(
                found[0].where,
                name=found[0].id,
                path=path,
                help=help_,
                related=[Related(item.where, "declared here") for item in found[1:]],
            )
