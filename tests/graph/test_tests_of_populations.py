"""A test exercises the criteria that are asked of its participant, and no others."""

from __future__ import annotations

import pytest

TEXT = """language 1
protocol small { title: "Small" version: "1" }
population first "First" { kind: entry }
population later "Later" { kind: entry }
data hb "Haemoglobin" : quantity [g/dL]
exclusion low [1] "Low" for first { exclude when hb < 8 g/dL }
exclusion lower [1] "Lower" for later { exclude when hb < 7 g/dL }
exclusion high [2] "High" { exclude when hb > 20 g/dL }
patient ann "Ann" { as_of: 2027-01-04  hb: 12 g/dL }
test t "T" %s { given ann but { hb: 9 g/dL } expect %s }
"""


@pytest.mark.parametrize(
    ("whom", "verdict", "expected"),
    [
        ("for first", "eligible", {"low", "high"}),
        ("for later", "eligible", {"lower", "high"}),
        ("", "eligible", {"low", "lower", "high"}),
    ],
)
def test_what_a_test_exercises(study, whom: str, verdict: str, expected: set[str]) -> None:
    linked = study(TEXT % (whom, verdict))
    found = {name.partition(":")[2] for name in linked.successors("test:t", "exercises")}
    assert found == expected
