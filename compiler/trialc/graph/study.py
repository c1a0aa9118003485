"""The study: the protocol, its graph, and what the analyses found out. What every emitter takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import networkx as nx

from trialc.diagnostics import Diagnostic
from trialc.model.protocol import Declared, Protocol
from trialc.source import SourceText


@dataclass(frozen=True)
class Study:
    """`graph` has nodes such as `data:lab.esr`; its attributes and edges are in docs/graph.md.

    `evidence` holds the results of analyses by name, for the emitters; an analysis adds to it by
    returning a new study.
    """

    protocol: Protocol
    graph: nx.MultiDiGraph[str]
    texts: tuple[SourceText, ...] = ()
    """The protocol's own text first, then the libraries it uses."""
    registered: SourceText | None = None
    evidence: dict[str, Any] = field(default_factory=dict)

    def nodes(self, *kinds: str) -> Iterator[str]:
        """The nodes of some kinds, in the order of the graph."""
        return (node for node, found in self.graph.nodes.items() if found["kind"] in kinds)

    def edges(self, kind: str) -> Iterator[tuple[str, str]]:
        """All edges of one kind, in order of insertion (the order of the text)."""
        return ((a, b) for a, b, key in self.graph.edges(keys=True) if key == kind)

    def successors(self, node: str, kind: str) -> Iterator[str]:
        """Nodes that `node` points to by edges of one kind."""
        return (b for _, b, key in self.graph.out_edges(node, keys=True) if key == kind)

    def predecessors(self, node: str, kind: str) -> Iterator[str]:
        """Nodes that point to `node` by edges of one kind."""
        return (a for a, _, key in self.graph.in_edges(node, keys=True) if key == kind)

    @cached_property
    def declared(self) -> dict[str, Declared]:
        """Every declaration by its id."""
        return {item.id: item for item in self.protocol.declarations()}

    def title(self, name: str) -> str:
        """The printed title of a declaration, or its id where it has none."""
        declaration = self.declared.get(name)
        return declaration.title if declaration and declaration.title else name


Pass = Callable[[Study], tuple[Study, tuple[Diagnostic, ...]]]
"""The one shape of every check on the graph and every analysis."""
