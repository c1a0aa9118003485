"""Layers for the drawing of a graph: columns by topological generation, rows by neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Place = tuple[float, float]

WIDTH = 216.0
ROW = 27.0
_GAP = 90.0
_SWEEPS = 6


def layout(graph: nx.MultiDiGraph[str]) -> tuple[dict[str, Place], float, float]:
    """The upper left corner of every node, then width and height of the whole.

    Nodes without edges stand in rows at the foot. Nodes of a cycle share a column. The rows come
    from a few sweeps that move every node towards the mean of its neighbours (Sugiyama's
    barycentre method): fewer crossings, always the same.
    """
    loose = [name for name in graph.nodes if not graph.degree[name]]
    columns = _columns(graph, frozenset(loose))
    rows = {name: float(i) for column in columns for i, name in enumerate(column)}
    for sweep in range(_SWEEPS):
        ordered = columns if sweep % 2 == 0 else list(reversed(columns))
        for column in ordered:
            column.sort(key=lambda name: (_mean(graph, rows, name), rows[name]))
            offset = _centre(column, columns)
            rows.update({name: i + offset for i, name in enumerate(column)})
    top = min(rows.values(), default=0.0)
    places = {
        name: (10 + i * (WIDTH + _GAP), 10 + (rows[name] - top) * ROW)
        for i, column in enumerate(columns)
        for name in column
    }
    height = 20 + ROW * max((len(column) for column in columns), default=0)
    across = max(len(columns), 4)
    for i, name in enumerate(loose):
        places[name] = (10 + i % across * (WIDTH + _GAP), height + i // across * ROW)
    if loose:
        height += 10 + ROW * ((len(loose) - 1) // across + 1)
        columns.extend([] for _ in range(across - len(columns)))
    return places, 20 + max(1, len(columns)) * (WIDTH + _GAP) - _GAP, height


def _columns(graph: nx.MultiDiGraph[str], without: frozenset[str]) -> list[list[str]]:
    import networkx as nx

    order = {name: i for i, name in enumerate(graph.nodes)}
    connected = graph.subgraph([name for name in order if name not in without])
    condensed: Any = nx.condensation(connected)
    members: dict[Any, set[str]] = dict(condensed.nodes(data="members"))
    columns: list[list[str]] = []
    generations: Any = nx.topological_generations(condensed)
    for generation in generations:
        names = [name for group in generation for name in members[group]]
        columns.append(sorted(names, key=lambda name: order[name]))
    return _sources_moved(graph, columns)


def _sources_moved(graph: nx.MultiDiGraph[str], columns: list[list[str]]) -> list[list[str]]:
    """Nodes that nobody points to stand beside what they point to, not all in the first column."""
    place = {name: i for i, column in enumerate(columns) for name in column}
    for name in tuple(place):
        nearest = min((place[other] for other in graph.successors(name)), default=0)
        if place[name] == 0 and nearest > 0 and graph.in_degree(name) == 0:
            place[name] = nearest - 1
    moved: list[list[str]] = [[] for _ in columns]
    for name in (name for name in graph.nodes if name in place):
        moved[place[name]].append(name)
    return [column for column in moved if column]


def _centre(column: list[str], columns: list[list[str]]) -> float:
    return (max(len(other) for other in columns) - len(column)) / 2


def _mean(graph: nx.MultiDiGraph[str], rows: dict[str, float], name: str) -> float:
    near = [rows[other] for other in (*graph.predecessors(name), *graph.successors(name))]
    return sum(near) / len(near) if near else rows[name]
