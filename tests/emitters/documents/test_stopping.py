"""A stopping rule is printed as it is written, and its numbers are those of the text."""

from __future__ import annotations

import pytest

from trialc.emitters import document
from trialc.pipeline import Compilation, compile_protocol
from trialc.source import SourceText

TRIAL = """language 1
protocol p { title: "P" version: "1" text: "words.txt" }
role investigator "Investigator"
intervention drug "Drug" { type: drug }
arm a "A" experimental { give drug as first_dose at D1 }
event sae "Serious event" { attested by investigator }
visit D1 "Day 1" anchor
visit D29 "Day 29" at D1 + 28 days
activity dosing "Dosing" at D1 { gives: first_dose }
activity safety "Safety" at D1, D29 { reviews: sae }
"""
STOPS = """gate enough "Enough" per trial {
  source \"\"\"
    The trial ends when 10 participants had the event.
  \"\"\"
  stops when count of participants in trial with reported sae after first_dose >= 10
}
"""
WORDS = "The trial ends when 10 participants had the event. The first 5 are sentinels."


def compiled(text: str) -> Compilation:
    def read(path: str) -> SourceText | None:
        return SourceText(path, WORDS) if path.endswith("words.txt") else None

    return compile_protocol(SourceText("p.proto.txt", TRIAL + text), read, lambda: 0.0)


def printed(text: str) -> str:
    study = compiled(text).study
    assert study is not None
    return next(page.text for page in document.emit(study) if page.path.endswith(".md"))


def test_it_stops_when_it_says_and_the_end_of_the_trial_is_told() -> None:
    page = printed(STOPS)
    assert "**Stops when** at least 10 participants in the trial with a reported Serious" in page
    assert "**Opens when**" not in page
    assert "- **Then**: stop" in page
    assert "4.4 Start of trial and end of trial, but for the stopping rules above" in page


def test_what_must_be_shown_beside_it_is_printed_by_itself() -> None:
    page = printed(STOPS.replace("  stops", "  opens when as_of >= 2027-01-04\n  stops"))
    assert "**Opens when** it is 2027-01-04 or later" in page
    assert "**Stops when** at least 10 participants" in page
    assert "- **Otherwise**: stop" in page


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("< 2", "fewer than 2 participants in the trial"),
        ("<= 1", "at most 1 participant in the trial"),
        ("< 1", "no participant in the trial"),
        ("> 2", "more than 2 participants in the trial"),
        (">= 3", "at least 3 participants in the trial"),
    ],
)
def test_a_count_reads_as_it_is_written(rule: str, words: str) -> None:
    gate = f"""gate g "G" per trial {{
      guards everything
      opens when count of participants in trial with reported sae after first_dose {rule}
    }}"""
    assert f"**Opens when** {words} with a reported" in printed(gate)


@pytest.mark.parametrize(("written", "missed"), [("10", []), ("11", ["11"]), ("9", ["9"])])
def test_the_number_of_the_text_is_looked_for(written: str, missed: list[str]) -> None:
    found = compiled(STOPS.replace(">= 10", f">= {written}")).diagnostics
    said = [one.message for one in found if one.kind.code == "W0606"]
    assert [one.split("`")[1] for one in said] == missed


def test_a_rule_that_is_met_by_few_is_no_negation() -> None:
    few = STOPS.replace(">= 10", "<= 10")
    found = [one for one in compiled(few).diagnostics if one.kind.code == "W0538"]
    assert [("negation" in one.message, one.help) for one in found] == [
        (False, "stop when so many had it, or more: write `>=`")
    ]


@pytest.mark.parametrize(("first", "missed"), [("5", []), ("6", ["6"])])
def test_a_sentinel_group_is_looked_for_by_its_number(first: str, missed: list[str]) -> None:
    gate = f"""gate g "G" per participant {{
      source \"\"\"
        The first 5 are sentinels.
      \"\"\"
      guards give first_dose
      sentinel {first} participants in trial observed 5 days
    }}"""
    said = [one.message for one in compiled(gate).diagnostics if one.kind.code == "W0606"]
    assert [one.split("`")[1] for one in said] == missed
