"""The study graph as DOT, as Mermaid and as SVG, for `protoc graph`.

All three show the same nodes and edges: shape and colour by kind of node, line by kind of edge,
and a legend. `kinds` keeps only nodes of these kinds. The SVG needs no other program: its layers
are made by `graph_layout`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trialc import __version__
from trialc.emitters import svg_shapes as shapes
from trialc.emitters.document_escaping import one_line, xml_text
from trialc.emitters.graph_layout import ROW, WIDTH, layout
from trialc.graph.study import Study

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """`shape` is Graphviz's name; `brackets` are Mermaid's."""

    shape: str
    fill: str
    brackets: tuple[str, str]


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """`dash` is SVG's; an empty one is a solid line."""

    colour: str
    dash: str = ""


_BOX, _ROUND, _STADIUM = ("[", "]"), ("(", ")"), ("([", "])")
_DIAMOND, _HEXAGON, _SUBROUTINE = ("{", "}"), ("{{", "}}"), ("[[", "]]")

NODES = {
    "criterion": NodeStyle("box", "#cfe0ee", _BOX),
    "branch": NodeStyle("box", "#e6eff6", _ROUND),
    "data": NodeStyle("ellipse", "#e8f4ee", _STADIUM),
    "judgement": NodeStyle("ellipse", "#d3ebdd", _STADIUM),
    "cause": NodeStyle("ellipse", "#c1e0cf", _STADIUM),
    "definition": NodeStyle("note", "#eee9f7", _SUBROUTINE),
    "decision": NodeStyle("octagon", "#fff4e0", _HEXAGON),
    "level": NodeStyle("box", "#e6ddf2", _BOX),
    "escalation": NodeStyle("diamond", "#e6ddf2", _DIAMOND),
    "gate": NodeStyle("diamond", "#ffdf9e", _DIAMOND),
    "event": NodeStyle("hexagon", "#fbdcd6", _HEXAGON),
    "arm": NodeStyle("box", "#dfe3e8", _BOX),
    "intervention": NodeStyle("box", "#cdd4dc", _ROUND),
    "occasion": NodeStyle("ellipse", "#dfe3e8", _STADIUM),
    "randomisation": NodeStyle("diamond", "#dfe3e8", _DIAMOND),
    "epoch": NodeStyle("box", "#bfe0e6", _ROUND),
    "estimand": NodeStyle("box", "#bfe0e6", _ROUND),
    "interim": NodeStyle("box", "#bfe0e6", _ROUND),
    "stopping": NodeStyle("box", "#bfe0e6", _ROUND),
    "everyone": NodeStyle("box", "#dfe3e8", _BOX),
    "modification": NodeStyle("box", "#bfe0e6", _ROUND),
    "period": NodeStyle("box", "#bfe0e6", _ROUND),
    "visit": NodeStyle("box", "#d8eef2", _ROUND),
    "activity": NodeStyle("box", "#ebf7f9", _ROUND),
    "narrative": NodeStyle("note", "#f4f7f9", _BOX),
    "test": NodeStyle("component", "#f4f7f9", _SUBROUTINE),
}
EDGES = {
    "uses": EdgeStyle("#4a5866"),
    "part_of": EdgeStyle("#17456b"),
    "decides": EdgeStyle("#8a5200", "5 3"),
    "precedes": EdgeStyle("#0b6b7a", "8 3"),
    "gives": EdgeStyle("#111111"),
    "guards": EdgeStyle("#b00020", "8 3"),
    "interprets": EdgeStyle("#8a5200", "5 3"),
    "collects": EdgeStyle("#1f5f3f"),
    "at": EdgeStyle("#0b6b7a", "2 3"),
    "reviews": EdgeStyle("#b00020", "2 3"),
    "exercises": EdgeStyle("#7a7a7a", "1 3"),
}
_OTHER_NODE = NodeStyle("box", "#ffffff", _BOX)
_OTHER_EDGE = EdgeStyle("#4a5866")


def dot(study: Study, kinds: Iterable[str] | None = None) -> str:
    """Graphviz DOT; labels are quoted, so that no text of the protocol is read as DOT or HTML."""
    graph = selected(study, kinds)
    lines = [f"// {_origin(study)}", "digraph protocol {", "  rankdir=LR;"]
    lines.append('  node [style=filled, fontname="Helvetica", fontsize=10];')
    for name, node in graph.nodes(data=True):
        style = NODES.get(_kind(node), _OTHER_NODE)
        looks = (
            f'label={_quoted(_label(name, node))}, shape={style.shape}, fillcolor="{style.fill}"'
        )
        lines.append(f"  {_quoted(name)} [{looks}];")
    for a, b, edge in graph.edges(data=True):
        style = EDGES.get(_kind(edge), _OTHER_EDGE)
        drawn = "dashed" if style.dash else "solid"
        looks = f'color="{style.colour}", style={drawn}, tooltip={_quoted(_kind(edge))}'
        lines.append(f"  {_quoted(a)} -> {_quoted(b)} [{looks}];")
    lines.extend(_dot_legend(graph))
    return "\n".join([*lines, "}", ""])


def mermaid(study: Study, kinds: Iterable[str] | None = None) -> str:
    """A Mermaid flow chart; nodes are numbered, labels hold the text as entities."""
    graph = selected(study, kinds)
    numbers = {name: f"n{i}" for i, name in enumerate(graph.nodes)}
    # `%%{` would begin a directive, also within a comment.
    lines = [f"%% {_origin(study).replace('%%', '% %')}", "flowchart LR"]
    for name, node in graph.nodes(data=True):
        left, right = NODES.get(_kind(node), _OTHER_NODE).brackets
        label = _entities(_label(name, node))
        lines.append(f'  {numbers[name]}{left}"{label}"{right}:::{_class(_kind(node))}')
    for a, b, edge in graph.edges(data=True):
        joint = "-.->" if EDGES.get(_kind(edge), _OTHER_EDGE).dash else "-->"
        lines.append(f'  {numbers[a]} {joint}|"{_entities(_kind(edge))}"| {numbers[b]}')
    for kind in _kinds(graph):
        fill = NODES.get(kind, _OTHER_NODE).fill
        lines.append(f"  classDef {_class(kind)} fill:{fill},stroke:#17456b,color:#1c2733")
    lines.append("  subgraph legend [Legend]")
    lines.extend(
        f'    legend{i}["{_entities(kind)}"]:::{_class(kind)}'
        for i, kind in enumerate(_kinds(graph))
    )
    return "\n".join([*lines, "  end", ""])


def svg(study: Study, kinds: Iterable[str] | None = None) -> str:
    """A self-contained picture in layers: whoever points to a node stands to the left of it."""
    graph = selected(study, kinds)
    places, width, height = layout(graph)
    legend = tuple(_svg_legend(graph, height + 20))
    parts = [_curve(places[a], places[b], _kind(edge)) for a, b, edge in graph.edges(data=True)]
    parts.extend(_node(places[name], name, node) for name, node in graph.nodes(data=True))
    parts.extend(legend)
    rows = 1 + max(len(_kinds(graph)), len(_edge_kinds(graph)))
    title = f"Graph of {study.protocol.metadata.acronym or study.protocol.metadata.id}"
    size = max(width, 560.0), height + 40 + rows * 18.0
    return shapes.drawing(*size, title, f"{len(places)} nodes. {_origin(study)}", parts)


def selected(study: Study, kinds: Iterable[str] | None) -> nx.MultiDiGraph[str]:
    """The part of the graph with nodes of these kinds, in the order of the graph."""
    import networkx as nx

    wanted = None if kinds is None else frozenset(kinds)
    kept: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, node in study.graph.nodes(data=True):
        if wanted is None or _kind(node) in wanted:
            kept.add_node(name, **node)
    for a, b, edge in study.graph.edges(data=True):
        if a in kept and b in kept:
            kept.add_edge(a, b, key=_kind(edge), **edge)
    return kept


def _kind(found: dict[str, Any]) -> str:
    return str(found.get("kind", ""))


def _label(name: str, node: dict[str, Any]) -> str:
    return one_line(str(node.get("title") or name.partition(":")[2] or name))


def _kinds(graph: nx.MultiDiGraph[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_kind(node) for _, node in graph.nodes(data=True)))


def _edge_kinds(graph: nx.MultiDiGraph[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_kind(edge) for _, _, edge in graph.edges(data=True)))


def _origin(study: Study) -> str:
    protocol = study.protocol
    return one_line(f"{protocol.file}, SHA-256 {protocol.sha256}, trialc {__version__}")


# ---- escaping for the two languages that only this module writes


def _quoted(text: str) -> str:
    return '"' + one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _entities(text: str) -> str:
    """Mermaid reads `#60;` as a character: so stand all but letters, digits and plain signs."""
    return "".join(
        c if c.isalnum() or c in " .,:_-+/%()=" else f"#{ord(c)};" for c in one_line(text)
    )


def _class(kind: str) -> str:
    return "kind_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in kind)


# ---- parts of the pictures


def _dot_legend(graph: nx.MultiDiGraph[str]) -> Iterable[str]:
    yield '  subgraph cluster_legend { label="Legend"; fontname="Helvetica";'
    for kind in _kinds(graph):
        style = NODES.get(kind, _OTHER_NODE)
        looks = f'label={_quoted(kind)}, shape={style.shape}, fillcolor="{style.fill}"'
        yield f"    {_quoted('legend ' + kind)} [{looks}];"
    for kind in _edge_kinds(graph):
        looks = f'label={_quoted("→ " + kind)}, shape=plaintext, fillcolor="white"'
        yield f"    {_quoted('legend edge ' + kind)} [{looks}];"
    yield "  }"


def _node(place: tuple[float, float], name: str, node: dict[str, Any]) -> str:
    x, y = place
    kind = _kind(node)
    fill = NODES.get(kind, _OTHER_NODE).fill
    radius = 2 if kind in ("criterion", "arm", "gate") else 9
    stroke = shapes.AMBER if kind in ("decision", "gate") else shapes.NAVY
    outline = shapes.box(x, y, WIDTH, ROW - 6, fill=fill, stroke=stroke, radius=radius)
    text = shapes.wrapped(_label(name, node), WIDTH - 10, 10.5, 1)
    hover = f"<title>{xml_text(name)}</title>"
    words = shapes.label(x + 7, y + 14, text, size=10.5, anchor="start")
    return f"<g>{hover}{outline}{words}</g>"


def _curve(start: tuple[float, float], end: tuple[float, float], kind: str) -> str:
    style = EDGES.get(kind, _OTHER_EDGE)
    x1, y1 = start[0] + WIDTH, start[1] + (ROW - 6) / 2
    x2, y2 = end[0], end[1] + (ROW - 6) / 2
    bend = max(40.0, abs(x2 - x1) / 2)
    numbers = (x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2)
    path = "M{} {} C{} {} {} {} {} {}".format(*(shapes.number(n) for n in numbers))
    dash = shapes.attributes(stroke_dasharray=style.dash) if style.dash else ""
    looks = shapes.attributes(d=path, fill="none", stroke=style.colour, stroke_width=1, opacity=0.5)
    return f"<path{looks}{dash}/>"


def _svg_legend(graph: nx.MultiDiGraph[str], top: float) -> Iterable[str]:
    yield shapes.label(10, top + 12, ("Legend",), size=11, anchor="start", weight="bold")
    for i, kind in enumerate(_kinds(graph)):
        y = top + 18 + i * 18
        fill = NODES.get(kind, _OTHER_NODE).fill
        yield shapes.box(10, y, 22, 13, fill=fill) + shapes.label(
            40, y + 11, (kind,), size=10.5, anchor="start"
        )
    for i, kind in enumerate(_edge_kinds(graph)):
        y = top + 25 + i * 18
        style = EDGES.get(kind, _OTHER_EDGE)
        yield shapes.line(((200, y), (240, y)), colour=style.colour, dash=style.dash)
        yield shapes.label(248, y + 4, (kind.replace("_", " "),), size=10.5, anchor="start")
