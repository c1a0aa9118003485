"""Faults, completions and explanations of the interpreter, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from trialc_runtime.records import RecordRefused

from .small import asked, attested, excluded_when, outcome, record, screening

PREGNANT = excluded_when("preg")


def faults(body: str, **values: Any) -> list[str]:
    with pytest.raises(RecordRefused) as refused:
        screening(body).screen(record(**values))
    return [fault.field for fault in refused.value.faults]


# ---- faults of a record


def test_only_declared_roles_attest() -> None:
    body = excluded_when("judged")
    assert faults(body, judged=attested(True, "subject", "nobody")) == ["judged.by"]
    assert asked(body, judged=attested(True, "investigator", "subject"))[0] == "ineligible"


def test_a_value_of_what_does_not_exist_is_a_fault_even_if_stale() -> None:
    stale = {"value": True, "on": "2020-01-01"}
    assert faults(PREGNANT, demo__sex="male", preg=True) == ["preg"]
    assert faults(PREGNANT, demo__sex="male", preg=stale) == ["preg"]
    assert asked(PREGNANT, demo__sex="male", preg={"unknown": "pending"}) == ("eligible", [])
    assert asked(PREGNANT, demo__sex="female", preg=stale)[1] == [("preg", "stale")]


def test_every_fault_at_once() -> None:
    values = {"demo.sex": "male", "preg": True, "lab.hb": "much", "lab.hbb": 1}
    assert sorted(faults(PREGNANT, **values)) == ["lab.hb", "lab.hbb", "preg"]


# ---- completions


def test_completions_decide_what_kleene_leaves_open() -> None:
    assert outcome("lab.hb < 11 g/dL or lab.hb >= 8 g/dL") is True
    assert outcome("lab.hb < 8 g/dL or lab.hb > 11 g/dL") is None
    assert outcome("demo.sex = female or demo.sex = male") is True
    assert outcome("demo.sex in {female, male}") is True
    assert outcome("bmi > 20 kg/m2 or bmi <= 20 kg/m2") is True


def test_a_number_that_may_conflict_is_not_completed() -> None:
    either = "duration > 2 years or duration <= 2 years"
    assert outcome(either, onset="2026-01-04") is True
    assert outcome(either) is None  # an onset after today would leave it open
    body = excluded_when(f"not ({either})")
    assert asked(body, onset="2027-02-04") == ("undetermined", [("onset", "conflicting")])


def test_completions_of_several_criteria() -> None:
    body = excluded_when("lab.hb < 8 g/dL") + '\ninclusion b [1] "B" { require lab.hb < 7 g/dL }'
    assert asked(body) == ("ineligible", [])
    assert screening(body).screen(record())["by"] == ["only", "b"]
    assert asked(body, lab__hb=7.5) == ("ineligible", [])


def test_criteria_that_exclude_together_are_named() -> None:
    """Everybody breaks one of the first two; the others are not needed for that."""
    body = """
inclusion low [1] "Low" { require lab.hb < 8 g/dL }
inclusion high [2] "High" { require lab.hb >= 8 g/dL or crisis }
inclusion more [3] "More" { require lab.hb > 9 g/dL or lab.esr > 5 mm/h }
exclusion crisis_now [4] "Crisis" { exclude when crisis }
"""
    found = screening(body).screen(record(crisis=False, lab__esr=100))
    assert (found["verdict"], found["by"]) == ("ineligible", ["low", "high"])
    found = screening(body).screen(record(lab__esr=100))
    assert (found["verdict"], found["by"]) == ("ineligible", ["low", "high", "crisis_now"])
    assert {item["outcome"] for item in found["criteria"] if item["id"] in found["by"]} == {None}


def test_a_completion_stands_for_a_cell_and_is_not_calculated_with() -> None:
    # The cells of the weight are 25, 50 and 250 kg, of which none has an index from 9 to 10 at 2 m.
    condition = "(demo.weight <= 50 kg or demo.weight > 50 kg) and bmi in 9 .. 10 kg/m2"
    assert outcome(condition, demo__height=2) is None
    assert outcome(condition, demo__height=2, demo__weight=38) is True


def test_what_is_missing_may_turn_out_not_done() -> None:
    either = "any of { low: cath < 25 mmHg if done  high: cath >= 25 mmHg if done }"
    assert outcome(f"({either}) or crisis", cath=30) is True
    assert outcome(f"({either}) or crisis", cath={"unknown": "not_done"}, crisis=False) is False
    assert outcome(f"({either}) or crisis", crisis=False) is None


# ---- explanations


def because(body: str, **values: Any) -> dict[str, Any]:
    node: dict[str, Any] = screening(body).screen(record(**values))["criteria"][0]["because"]
    return node


def test_the_values_behind_an_atom() -> None:
    body = excluded_when("duration > 2 years")
    onset = {"input": "onset", "value": "2020-01-04", "on": "2027-01-04"}
    assert because(body, onset="2020-01-04")["values"] == [
        {"input": "duration", "value": 7.0, "unit": "a"},
        onset,
    ]
    missing = [{"input": "duration"}, {"input": "onset", "reason": "missing"}]
    assert because(body)["values"] == missing
    assert because(body, onset="2028-01-01")["values"][0] == {
        "input": "duration",
        "reason": "conflicting",
    }


def test_the_branches_that_decide() -> None:
    body = excluded_when("any of { a: crisis  b: risky  c: lab.hb < 11 g/dL }")
    found = because(body, crisis=True, risky=attested(False), lab__hb=10)
    assert [node["path"] for node in found["because"]] == ["only.a", "only.c"]
    found = because(body, crisis=False, risky=attested(False), lab__hb=12)
    assert [node["path"] for node in found["because"]] == ["only.a", "only.b", "only.c"]
    found = because(body, crisis=False)
    assert [node["truth"] for node in found["because"]] == [None, None]


def test_applicability_is_shown_while_it_is_open() -> None:
    def texts(**values: Any) -> list[str]:
        return [node["text"] for node in because(PREGNANT, **values)["because"]]

    assert texts() == ["Sex is female", "Pregnant"]
    assert texts(demo__sex="male") == ["Sex is female"]
    assert texts(demo__sex="female") == ["Pregnant"]
