"""Criteria that are assessed at a repeated visit, and what is said of repeats once."""

from __future__ import annotations

from trialc.analyses.figures import check_figures
from trialc.emitters.document_appendix import bites
from trialc.graph.from_model import link
from trialc.graph.invariants.schedule import visits_have_a_purpose

from .conftest import HEAD, resolved

TEXT = (
    HEAD
    + """
data lab.anc "Neutrophils" : quantity [10^9/L] { range: 0 .. 100 10^9/L }
population enter "Enter" { kind: entry assessed: D1 }
population next "Next cycle" { kind: entry assessed: IND }
inclusion low [1] "Neutrophils" for enter { require lab.anc >= 1.0 10^9/L }
inclusion high [2] "Neutrophils" for next { require lab.anc >= 1.5 10^9/L }
inclusion both [3] "Both" { assessed: D1, IND require lab.anc < 20 10^9/L }
visit D1 "Day 1" anchor
visit IND "Induction" at D1 + 21 days every 21 days 3 times { decided ours }
decision ours "Ours" { reading: "21 days." because: "So." status: open }
activity check "Check" at D1PLACES { collects: lab.anc does: eligibility }
"""
)


def test_at_all_of_them() -> None:
    protocol = resolved(TEXT.replace("PLACES", ", IND")).protocol
    repeats = ("IND.1", "IND.2", "IND.3")
    assert [item.assessed for item in protocol.populations] == [("D1",), repeats]
    assert [item.assessed for item in protocol.criteria] == [("D1",), repeats, ("D1", *repeats)]


def test_one_of_them_can_be_named() -> None:
    text = TEXT.replace("PLACES", ", IND").replace("assessed: IND", "assessed: IND.2")
    assert resolved(text).protocol.populations[1].assessed == ("IND.2",)


def empty(places: str) -> list[str]:
    study = link(resolved(TEXT.replace("PLACES", places)).protocol)
    return [one.message for one in visits_have_a_purpose(study)[1]]


def test_an_empty_visit_is_told_once() -> None:
    study = link(
        resolved(TEXT.replace("PLACES", "").replace("assessed: IND", "assessed: D1")
                 .replace("D1, IND", "D1")).protocol
    )  # fmt: skip
    assert [one.message for one in visits_have_a_purpose(study)[1]] == [
        "nothing is done at visit `IND`"
    ]
    assert empty(", IND") == []


def test_of_some_repeats_the_empty_ones_are_named() -> None:
    text = TEXT.replace("PLACES", ", IND.1, IND.3").replace("assessed: IND", "assessed: IND.1")
    study = link(resolved(text.replace("D1, IND ", "D1 ")).protocol)
    found = visits_have_a_purpose(study)[1]
    assert [one.message for one in found] == ["nothing is done at visit `IND.2`"]


def test_a_decision_names_the_visit_once() -> None:
    protocol = resolved(TEXT.replace("PLACES", ", IND")).protocol
    assert [words for words in bites(protocol, "ours") if "Visit" in words] == ["Visit: Induction"]


def test_a_source_counts_for_all_repeats() -> None:
    text = TEXT.replace("PLACES", ", IND").replace(
        'version: "1"', 'version: "1" text: "source/x.txt"'
    )
    quoted = text.replace("times { decided ours }", 'times { source """every 21 days""" }')
    for written, count in ((quoted, 0), (text.replace("times { decided ours }", "times"), 1)):
        found = check_figures(link(resolved(written).protocol))[1]
        told = [one for one in found if one.kind.code == "W0605" and "IND" in one.message]
        assert len(told) == count
