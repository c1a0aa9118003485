"""Plans against one another and against the number of participants."""

from __future__ import annotations

import pytest

TRIAL = """\
language 1
protocol small { title: "Small" version: "1" enrolment: 60  replacement: any, up to 4 }
objective o primary "Objective"
endpoint e primary "Endpoint" { objective: o measure: not stated }
intervention drug "Drug" { type: drug }
visit V1 "V1" anchor
arm x "X" experimental { give drug as dose_1 at V1 }
estimand one "One" {
  endpoint: e population: "All" treatment: x summary: "Mean"
  intercurrent_event: "Rescue" by treatment_policy, "Death" by composite
}
estimand two "Two" {
  endpoint: e population: "All" treatment: x summary: "Mean"
  intercurrent_event: "Death" by composite, "Rescue" by hypothetical
}
interim i "I" when 60 participants completed V1
"""


def test_plans_that_fit(check) -> None:
    assert check(text=TRIAL) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("hypothetical", "treatment_policy", [("I0596", "two")]),
        ("when 60 participants", "when 61 participants", [("W0599", "i")]),
        ("when 60 participants", "when 59 participants", []),
        ("up to 4", "up to 60", []),
        ("up to 4", "up to 61", [("W0599", "small")]),
        ("enrolment: 60 ", "enrolment: 3 actual ", []),
    ],
)
def test_plans_that_do_not(check, old: str, new: str, expected: object) -> None:
    assert check(old, new, text=TRIAL) == expected
