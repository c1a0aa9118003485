"""Gates per cohort that hold some cohorts only, and those that wait for themselves."""

from __future__ import annotations

import pytest

from trialc.graph.invariants.gates import gates_can_open
from trialc.interpreter.gates import Gates

from .conftest import study_of

TEXT = """\
language 1
protocol small { title: "Small" version: "1" }
event dlt "Toxicity"
population older "Older" { kind: cohort }
population younger "Younger" { kind: cohort }
intervention drug "Drug" { type: drug }
visit D1 "Day 1" anchor
arm a "A" experimental { give drug as dose_1 at D1 }
activity dosing "Dosing" at D1 { gives: dose_1 }
gate next "Next" per cohort {
  guards give dose_1 in cohort younger
  opens when every participant in cohort older satisfies elapsed since dose_1 >= 28 days
}
"""
OPENS = "every participant in cohort older satisfies elapsed since dose_1 >= 28 days"


def codes(guards: str, opens: str) -> list[str]:
    text = TEXT.replace("guards give dose_1 in cohort younger", guards).replace(OPENS, opens)
    return [one.kind.code for one in gates_can_open(study_of(text))[1]]


@pytest.mark.parametrize(
    ("guards", "opens", "found"),
    [
        ("guards give dose_1 in cohort younger", OPENS, []),
        ("guards give dose_1", OPENS, ["E0508"]),
        ("guards give dose_1 in cohort older", OPENS, ["E0508"]),
        ("guards give dose_1 in cohort younger, older", OPENS, ["E0508"]),
        ("guards give dose_1", f"({OPENS}) or as_of >= 2027-01-01", []),
        (
            "guards give dose_1",
            "every participant in cohort older satisfies no dlt within 7 days after dose_1",
            ["E0508"],
        ),
        (
            "guards give dose_1",
            "count of participants in cohort older given dose_1 >= 1",
            ["E0508"],
        ),
        ("guards give dose_1", "count of participants in cohort older given dose_1 <= 1", []),
        ("guards give dose_1", "count of participants in this cohort given dose_1 >= 1", []),
        ("guards give dose_1", "count of participants in trial given dose_1 >= 1", []),
    ],
)
def test_a_cohort_that_waits_for_itself(guards: str, opens: str, found: list[str]) -> None:
    assert codes(guards, opens) == found


def test_other_cohorts_are_refused() -> None:
    gates = Gates(study_of(TEXT).protocol)
    day = {"as_of": "2027-03-01", "participants": [{"id": "P1", "cohort": "older"}]}
    log = {**day, "given": [{"participant": "P1", "occasion": "dose_1", "on": "2027-01-04"}]}
    assert gates.ask("next", log, cohort="younger")["state"] == "open"
    with pytest.raises(ValueError, match="does not stand before cohort older"):
        gates.ask("next", log, cohort="older")
