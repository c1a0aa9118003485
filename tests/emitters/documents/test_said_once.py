"""Headings, places of assessment and long decisions: each once, and where they are looked for."""

from __future__ import annotations

import pytest

from trialc.emitters import document
from trialc.pipeline import Compilation, compile_protocol
from trialc.source import SourceText

TRIAL = """language 1
protocol p { title: "P" version: "1" text: "words.txt" enrolment: 8 }
role board "Board"
data hb "Haemoglobin" : quantity [g/dL]
intervention drug "Drug" { type: drug }
everyone lead "Lead-in" { give drug as lead_in at V1 }
arm a "A" experimental { give drug as dose at V2  decided long }
visit V1 "Visit 1" anchor
visit V2 "Visit 2" at V1 + 7 days
activity review "Review" at V1, V2 { collects: hb  does: eligibility }
activity dosing "Dosing" at V1, V2 { gives: lead_in, dose }
inclusion low [1] "Low" { decided long  require hb < 11 g/dL }
inclusion high [2] "High" { assessed: V2  require hb > 6 g/dL }
gate g "G" per trial { guards everything  opens when decided by board }
stopping s "Futility" { when: "no benefit"  action: stop  scope: trial }
decision long "Long" { reading: "LONG"  status: open }
"""
LONG = "All that the text leaves open. " * 7


def compiled(text: str) -> Compilation:
    def read(path: str) -> SourceText | None:
        return SourceText(path, "Words.") if path.endswith("words.txt") else None

    return compile_protocol(SourceText("p.proto.txt", text), read, lambda: 0.0)


@pytest.fixture(params=["protocol.md", "protocol.html"])
def page(request: pytest.FixtureRequest) -> str:
    study = compiled(TRIAL.replace("LONG", LONG)).study
    assert study is not None
    return next(one.text for one in document.emit(study) if one.path == request.param)


def test_a_section_has_one_heading(page: str) -> None:
    text = page.replace("&ensp;", " ")
    assert text.count("4.3 Trial stopping rules and gates") == 1
    assert text.count("6.3 Administration, to everybody and by arm") == 1
    assert "4.3 Trial stopping rules:" not in text


def test_a_criterion_for_every_review_says_where(page: str) -> None:
    assert "Assessed at: Visit 1; Visit 2" in page
    assert "Assessed at: Visit 2" in page


def test_a_long_decision_is_printed_in_full_once(page: str) -> None:
    assert page.count(LONG.strip()) == 1
    assert "Its reading stands in section 12.4." in page


def test_a_title_page_without_registered_words_is_told() -> None:
    told = [one.message for one in compiled(TRIAL).diagnostics if one.kind.code == "W0605"]
    assert "`p` quotes no registered words and names no decision" in told
    bare = [one.message for one in compiled(TRIAL.replace("enrolment: 8", "")).diagnostics]
    assert "`p` quotes no registered words and names no decision" not in bare
