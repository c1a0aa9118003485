"""Ways through a graph: what a rule depends on, what can be reached, how something leads back."""

from __future__ import annotations

import networkx as nx


def reading(graph: nx.MultiDiGraph[str]) -> nx.DiGraph[str]:
    """The rules as they are read: from a rule to its labelled parts, and from each part to what it
    uses. The descendants of a criterion are all that its outcome can depend on.
    """
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(graph)
    for start, end, kind in graph.edges(keys=True):
        if kind == "uses":
            found.add_edge(start, end)
        elif kind == "part_of":
            found.add_edge(end, start)
    return found


def within(graph: nx.DiGraph[str], nodes: set[str]) -> nx.DiGraph[str]:
    """The part of a graph with these nodes, in the order of the graph: a view of networkx would go
    through a set, in another order in every run.
    """
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(node for node in graph if node in nodes)
    found.add_edges_from((a, b) for a, b in graph.edges if a in nodes and b in nodes)
    return found


def reached(graph: nx.DiGraph[str], start: str) -> set[str]:
    """All nodes that can be reached from one, itself not among them."""
    return {after for _, after in nx.bfs_edges(graph, start)}


def circle(graph: nx.DiGraph[str], node: str) -> list[str]:
    """The nodes of a shortest way from a node back to itself, the node first; [] where none is."""
    ways: list[list[str]] = []
    for after in graph.successors(node):
        if nx.has_path(graph, after, node):
            before = dict(nx.bfs_predecessors(graph, after))
            way = [node]
            while way[-1] != after:
                way.append(before[way[-1]])
            ways.append([node, *reversed(way[1:])])
    return min(ways, key=len) if ways else []
