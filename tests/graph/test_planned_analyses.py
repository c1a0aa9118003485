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


def test_no_masked_role_sees_results(check) -> None:
    roles = 'role nurse "Nurse"\nrole board "Board"\nmasking m "M" { masked: nurse }\ninterim i'
    seen = changed(
        TRIAL, 'arm x "X"', 'arm y "Y" experimental { give drug as dose_1 at V1 }\narm x "X"'
    )
    for by, expected in (("nurse", [("W0556", "i")]), ("board", [])):
        text = seen.replace("completed V1", f"completed V1 {{ by: {by} }}")
        found = check("interim i", roles, text=text)
        assert [one for one in found if one[0] == "W0556"] == expected


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)
