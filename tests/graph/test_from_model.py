"""The graph that a protocol becomes."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from trialc.emitters import graph_drawing
from trialc.graph.study import Study
from trialc.graph.walks import reached, reading

TEXT = """\
language 1

protocol small { title: "Small" version: "1" decided shape }

objective aim primary "Aim"
endpoint end primary "End" { objective: aim  measure: not stated }

role subject "Participant"
role nurse "Nurse" { decided shape }
cause ckd "kidney disease"
window recent "Recent" = 28 days

data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL  valid: recent  by: nurse }
data lab.crp "CRP" : quantity [mg/L] { range: 0 .. 500 mg/L }
data demo.sex "Sex" : choice {female, male}
data demo.weight "Weight" : quantity [kg] { range: 20 .. 300 kg }
data preg.positive "Pregnant" : boolean { applies when demo.sex = female }
data birth "Birth" : date

judgement fit "Fit" by nurse

derive age "Age" [year] = years from birth to as_of
derive points "Points" [points] = sum of {
  heavy: 2 points when demo.weight > 100 kg
  old: highest of { very: 3 points when age > 80 years }
}
define frail "Frail" = points >= 3 points

inclusion anaemia [1] "Anaemia" {
  require all of {
    low [a]: lab.hb < 11 g/dL attributed to ckd
    other_signs: any of { thin: demo.weight < 40 kg  judged: not fit }
  }
}
exclusion weak [1] "Weak" { exclude when frail or preg.positive }

intervention drug "Drug" { type: drug  dose: 1e6 cell/kg of demo.weight at D0 }
arm active "Active" experimental { give drug as dose_1 at D0 }
randomisation blocks "Blocks" { blocks: 2 of 2  ratio: active 2  at: D0 }
masking single "Single" { masked: subject }

event sae "SAE" { reports grade "Grade" {mild, severe} counts when event.grade = severe }
gate next_block "Next" per block {
  guards randomise in block 2 .. 2
  opens when all of {
    dosed: count of participants in previous block given dose_1 = 2
    safe: every participant in previous block satisfies no sae after dose_1
  }
  otherwise hold, notify nurse
}

visit SCREEN "Screening" before D0
visit EARLY "Early" at D0 - 3 days
visit D0 "Day 0" anchor
visit W1 "Week 1" at D0 + 1 week

activity review "Review" at SCREEN {
  collects: lab.hb
  does: eligibility
  when lab.hb < 9 g/dL
}
activity randomising "Randomising" at D0 { does: randomisation }
activity dosing "Dosing" at D0 { gives: dose_1 }
activity safety "Safety" at W1 { reviews: sae }

decision shape "Shape" { status: assumed }

patient ann "Ann" { as_of: 2027-01-04  lab.hb: 10 g/dL }
test low "Low" {
  given ann but { lab.hb: 9 g/dL }
  expect undetermined needing fit, cause of anaemia.low
}
test all_of_it "All" { given ann expect undetermined needing fit }
trial test waits "Waits" {
  given block 1 of 2 participants with dose_1 from 2027-01-04 every 1 day
  expect next_block closed on 2027-01-05
}
"""  # fmt: skip


@pytest.fixture
def small(study) -> Study:
    return study(TEXT)


def out_of(linked: Study, node: str) -> dict[str, list[str]]:
    """The edges that leave a node: kind to ends."""
    found: dict[str, list[str]] = {}
    for _, end, kind in linked.graph.out_edges(node, keys=True):
        found.setdefault(kind, []).append(end)
    return found


EDGES = {
    "endpoint:end": {"part_of": ["objective:aim"]},
    "data:lab.hb": {"uses": ["window:recent", "role:nurse"]},
    "data:preg.positive": {"uses": ["data:demo.sex"]},
    "judgement:fit": {"uses": ["role:nurse"]},
    "definition:age": {"uses": ["data:birth"]},
    "definition:points": {},
    "branch:points.heavy": {"part_of": ["definition:points"], "uses": ["data:demo.weight"]},
    "branch:points.old": {"part_of": ["definition:points"]},
    "branch:points.old.very": {"part_of": ["branch:points.old"], "uses": ["definition:age"]},
    "definition:frail": {"uses": ["definition:points"]},
    "criterion:anaemia": {"decides": ["activity:review"]},
    "branch:anaemia.low": {
        "part_of": ["criterion:anaemia"],
        "uses": ["data:lab.hb", "cause:anaemia.low.cause"],
    },
    "cause:anaemia.low.cause": {"uses": ["cause:ckd"]},
    "branch:anaemia.other_signs": {"part_of": ["criterion:anaemia"]},
    "branch:anaemia.other_signs.judged": {
        "part_of": ["branch:anaemia.other_signs"],
        "uses": ["judgement:fit"],
    },
    "criterion:weak": {
        "decides": ["activity:review"],
        "uses": ["definition:frail", "data:demo.sex", "data:preg.positive"],
    },
    "intervention:drug": {"uses": ["data:demo.weight"], "at": ["visit:D0"]},
    "arm:active": {"gives": ["intervention:drug", "occasion:dose_1"]},
    "occasion:dose_1": {"at": ["visit:D0"]},
    "randomisation:blocks": {
        "decides": ["arm:active"],
        "at": ["visit:D0", "activity:randomising"],
    },
    "masking:single": {"uses": ["role:subject"]},
    "event:sae": {},
    "gate:next_block": {"guards": ["randomisation:blocks"], "uses": ["role:nurse"]},
    "branch:next_block.dosed": {"part_of": ["gate:next_block"], "uses": ["occasion:dose_1"]},
    "branch:next_block.safe": {
        "part_of": ["gate:next_block"],
        "uses": ["event:sae", "occasion:dose_1"],
    },
    "visit:SCREEN": {"precedes": ["visit:D0"]},
    "visit:EARLY": {"precedes": ["visit:D0"]},
    "visit:D0": {"precedes": ["visit:W1"]},
    "activity:review": {
        "at": ["visit:SCREEN"],
        "collects": ["data:lab.hb"],
        "uses": ["data:lab.hb"],
    },
    "activity:dosing": {"at": ["visit:D0"], "gives": ["occasion:dose_1"]},
    "activity:safety": {"at": ["visit:W1"], "reviews": ["event:sae"]},
    "decision:shape": {"interprets": ["protocol:small", "role:nurse"]},
    "test:low": {"uses": ["participant:ann"], "exercises": ["criterion:anaemia"]},
    "test:waits": {"exercises": ["gate:next_block"]},
}


@pytest.mark.parametrize("node", EDGES)
def test_edges(small: Study, node: str) -> None:
    assert out_of(small, node) == EDGES[node]


def test_every_declaration_has_a_node_with_its_kind_and_title(small: Study) -> None:
    names = {node.partition(":")[2] for node in small.graph}
    assert set(small.declared) <= names
    for node, attributes in small.graph.nodes.items():
        assert set(attributes) == {"kind", "title"}
        assert node.startswith(f"{attributes['kind']}:")
        assert attributes["title"]
    assert small.graph.nodes["branch:anaemia.low"]["title"] == "low [a]"
    assert small.graph.nodes["occasion:dose_1"]["title"] == "dose 1"


def test_the_order_is_that_of_the_text(small: Study, study) -> None:
    data = [f"data:{item.id}" for item in small.protocol.data]
    assert list(small.nodes("data")) == data
    again = study(TEXT)
    assert list(again.graph.edges(keys=True)) == list(small.graph.edges(keys=True))


def test_edges_by_kind(small: Study) -> None:
    assert ("arm:active", "occasion:dose_1") in list(small.edges("gives"))
    assert list(small.successors("activity:safety", "reviews")) == ["event:sae"]
    assert list(small.predecessors("visit:W1", "at")) == ["activity:safety"]
    # The same two nodes with edges of two kinds: the review collects what it asks for.
    assert list(small.graph["activity:review"]["data:lab.hb"]) == ["collects", "uses"]


def test_what_a_criterion_depends_on(small: Study) -> None:
    inputs = {"data:lab.hb", "cause:anaemia.low.cause", "data:demo.weight", "judgement:fit"}
    reads = reading(small.graph)
    assert inputs <= reached(reads, "criterion:anaemia")
    assert "data:birth" in reached(reads, "criterion:weak")
    assert nx.ancestors(reads, "data:birth") == {
        "definition:age",
        "branch:points.old.very",
        "branch:points.old",
        "definition:points",
        "definition:frail",
        "criterion:weak",
    }


def test_drawings_of_the_real_graph(small: Study) -> None:
    for draw in (graph_drawing.dot, graph_drawing.mermaid, graph_drawing.svg):
        assert "Anaemia" in draw(small)


def test_the_example_of_the_page(study) -> None:
    page = (Path(__file__).parents[2] / "docs" / "graph.md").read_text(encoding="utf-8")
    example = page.partition("## Example")[2]
    text = example.partition("```protocol\n")[2].partition("```")[0]
    shown = example.partition("```text\n")[2].partition("```")[0]
    edges = study(text).graph.edges(keys=True)
    assert {tuple(line.split()) for line in shown.splitlines()} == {(a, k, b) for a, b, k in edges}


def test_an_empty_protocol(study) -> None:
    linked = study('language 1\nprotocol small { title: "Small" version: "1" }\n')
    assert list(linked.graph) == ["protocol:small"]
    assert linked.title("nobody") == "nobody"
