"""DOT, Mermaid and SVG of the study graph."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from trialc.emitters import graph_drawing
from trialc.emitters.trial_schema import trial_schema
from trialc.graph.study import Study

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = (graph_drawing.dot, graph_drawing.mermaid, graph_drawing.svg)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_kinds_filter_the_nodes(study: Study, draw) -> None:
    everything, arms = draw(study), draw(study, ["arm", "intervention"])
    assert "Severe disease" in everything
    assert "Severe disease" not in arms
    assert "Two infusions" in arms
    assert draw(study) == everything
    assert "ab" * 32 in arms


def test_svg_is_well_formed_and_shows_every_node(study: Study, hostile_study: Study) -> None:
    for each in (study, hostile_study):
        root = ElementTree.fromstring(graph_drawing.svg(each))
        assert len(root.findall(f"{SVG}g")) == len(each.graph)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            "svg", "title", "desc", "g", "rect", "text", "tspan", "path", "line", "polygon",
        }  # fmt: skip


def test_no_node_covers_another(study: Study) -> None:
    root = ElementTree.fromstring(graph_drawing.svg(study))
    corners = [
        (g.find(f"{SVG}rect").get("x"), g.find(f"{SVG}rect").get("y"))
        for g in root.findall(f"{SVG}g")
    ]  # type: ignore[union-attr]
    assert len(corners) == len(set(corners))


def test_a_cycle_can_be_drawn(study: Study) -> None:
    graph = study.graph.copy()
    graph.add_edge("visit:M1", "visit:M0", kind="precedes")
    assert graph_drawing.svg(replace(study, graph=graph)).startswith("<svg")


def test_hostile_labels_are_quoted_in_dot(hostile_study: Study) -> None:
    for line in graph_drawing.dot(hostile_study).splitlines():
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
        assert '"' not in bare
        if not line.startswith("//"):
            assert "script" not in bare


def test_hostile_labels_are_entities_in_mermaid(hostile_study: Study) -> None:
    for line in graph_drawing.mermaid(hostile_study).splitlines():
        if line.startswith("  n") and "-->" not in line and "-.->" not in line:
            inside = re.fullmatch(r'  n\d+[\[({]+"([^"<>`|\\]*)"[\])}]+:::kind_\w+', line)
            assert inside, line


def test_the_trial_schema_is_well_formed(study: Study, hostile_study: Study) -> None:
    for each in (study, hostile_study):
        root = ElementTree.fromstring(trial_schema(each.protocol))
        assert root.get("role") == "img"
        assert root.find(f"{SVG}desc") is not None
