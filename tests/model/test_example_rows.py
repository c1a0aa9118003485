"""Tests with rows, participants like others."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = """
data lab.hb "Haemoglobin" : quantity [g/dL]
data mi "Infarction" : history
cause ckd "kidney disease"
exclusion anaemia [1] "Anaemia" { exclude when lab.hb < 8 g/dL attributed to ckd }
exclusion heart [2] "Heart" { exclude when mi within 6 months before as_of }
patient ann "Ann" { as_of: 2027-01-04 lab.hb: 10 g/dL mi: never }
"""
ROWS = """
test hb "Limit" {
  given ann but { cause of anaemia: ckd lab.hb: 12 g/dL }
  lab.hb: 7.9 g/dL expect ineligible by anaemia
  lab.hb: 8 g/dL expect eligible
  cause of anaemia: unknown
  lab.hb: 79 g/L on 2027-01-02 expect undetermined needing cause of anaemia
}
"""


def test_each_row_is_a_test(small: Any) -> None:
    tests = small(TEXT + ROWS).protocol.tests
    assert [test.id for test in tests] == ["hb.1", "hb.2", "hb.3"]
    assert tests[0].title == "Limit (lab.hb: 7.9 g/dL)"
    assert tests[2].title == "Limit (cause of anaemia: unknown, lab.hb: 79 g/L on 2027-01-02)"
    assert [test.verdict for test in tests] == ["ineligible", "eligible", "undetermined"]
    assert tests[0].by == ("anaemia",)
    assert tests[2].needing == ("anaemia.cause",)


def test_a_row_changes_what_the_test_changes(small: Any) -> None:
    said = [(c.path, c.value) for c in small(TEXT + ROWS).protocol.tests[1].changes]
    assert said == [("anaemia.cause", "ckd"), ("lab.hb", 8)]


def test_a_participant_like_another_one(small: Any) -> None:
    text = """
patient ben "Ben" like cleo but { lab.hb: 9 g/dL }
patient cleo "Cleo" like ann but { mi: 2026-12-01 }
"""
    ann, ben, cleo = small(TEXT + text).protocol.participants
    assert (ben.id, ben.title, ben.as_of) == ("ben", "Ben", "2027-01-04")
    values = {each.path: each.value for each in ben.assignments}
    assert values["lab.hb"] == 9
    assert values["mi"] is True
    assert values["mi.last"] == "2026-12-01"
    assert {each.path for each in ann.assignments} == {each.path for each in cleo.assignments}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('patient ben "Ben" like ben but { mi: never }', [("E0459", "ben")]),
        (
            'patient ben "Ben" like cleo but { mi: never }\n'
            'patient cleo "Cleo" like ben but { mi: never }',
            [("E0459", "ben")],
        ),
        ('patient ben "Ben" like anna but { mi: never }', [("E0302", "anna")]),
        (ROWS.replace("8 g/dL", "7.9 g/dL"), [("E0460", "lab.hb: 7.9 g/dL")]),
        (ROWS + 'test hb.2 "Again" { given ann expect eligible }', [("E0301", "hb.2")]),
    ],
)
def test_mistakes(small: Any, text: str, faults: list[tuple[str, str]]) -> None:
    assert small(TEXT + text).faults == faults


def test_like_may_be_a_name(small: Any) -> None:
    text = (
        'patient like "Like" like ann but { mi: never }\ntest t "T" { given like expect eligible }'
    )
    assert small(TEXT + text).protocol.tests[0].given == "like"
