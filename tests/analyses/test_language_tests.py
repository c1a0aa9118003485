"""Tests of the language pass, fail, are refused, and are counted branch by branch."""

from __future__ import annotations

from collections.abc import Callable

from trialc.analyses.language_tests import BranchCount, run_tests
from trialc.analyses.patients import check_patients
from trialc.graph.study import Study

Linked = Callable[..., Study]

RULES = """
data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL  valid: 28 days }
data demo.age "Age" : quantity [year] { range: 0 .. 120 years }
inclusion fit [1] "Fit" {
  require all of {
    hb: lab.hb >= 11 g/dL
    adult: demo.age >= 18 years
  }
}
patient ann "Ann" {
  as_of: 2027-01-04
  lab.hb: 12 g/dL
  demo.age: 40 years
}
"""


def messages(linked: Linked, *tests: str) -> list[str]:
    study, found = check_patients(linked(RULES + "\n".join(tests) + "\n"))
    study, more = run_tests(study)
    assert len(study.evidence["tests"]) == sum(text.startswith("test") for text in tests)
    return [f"{one.kind.code} {one.message}" for one in (*found, *more)]


def test_what_passes(linked: Linked) -> None:
    assert messages(
        linked,
        'test a "a" { given ann expect eligible }',
        'test b "b" { given ann but { lab.hb: 109.9 g/L } expect ineligible by fit }',
        'test c "c" { given ann but { lab.hb: unknown } expect undetermined needing lab.hb }',
        'test d "d" { given ann but { lab.hb: stale } expect undetermined needing lab.hb }',
    ) == []  # fmt: skip


def test_what_fails_says_what_was_found(linked: Linked) -> None:
    assert messages(
        linked,
        'test a "a" { given ann expect ineligible }',
        'test b "b" { given ann but { demo.age: 17 years } expect eligible }',
        'test c "c" { given ann but { lab.hb: unknown } expect undetermined needing demo.age }',
    ) == [
        "E0703 test `a` fails: expected ineligible; it is eligible",
        "E0703 test `b` fails: expected eligible; it is ineligible by fit",
        "E0703 test `c` fails: expected undetermined needing demo.age; "
        "it is undetermined needing lab.hb",
    ]  # fmt: skip


def test_all_that_is_needed_is_named(linked: Linked) -> None:
    test = "given ann but { lab.hb: unknown demo.age: unknown } expect undetermined needing"
    assert messages(linked, f'test a "a" {{ {test} demo.age, lab.hb }}') == []
    (some,) = messages(linked, f'test a "a" {{ {test} lab.hb }}')
    assert some.endswith("it is undetermined needing lab.hb, demo.age")


def test_a_participant_who_cannot_be(linked: Linked) -> None:
    (refused,) = messages(
        linked, 'test a "a" { given ann but { lab.hb: 30 g/dL } expect eligible }'
    )
    assert refused.startswith("E0704 test `a` makes an impossible participant: `lab.hb`")


def test_a_patient_who_cannot_be_is_told_once_at_the_value(linked: Linked) -> None:
    old = 'patient old "Old" {\n  as_of: 2027-01-04\n  demo.age: 200 years\n}\n'
    tests = 'test a "a" { given old expect eligible }\ntest b "b" { given old expect eligible }\n'
    study = linked(RULES + old + tests)
    _, (found,) = check_patients(study)
    assert found.message.startswith("`old` is no possible participant: `demo.age`")
    assert study.texts[0].text[found.where.start : found.where.end] == "demo.age: 200 years"
    assert [item[:5] for item in messages(linked, old, *tests.splitlines())] == ["E0705"]


def test_branches_are_counted(linked: Linked) -> None:
    study, _ = run_tests(
        linked(
            RULES
            + 'test a "a" { given ann expect eligible }\n'
            + 'test b "b" { given ann but { lab.hb: 9 g/dL } expect ineligible }\n'
            + 'test c "c" { given ann but { demo.age: unknown } expect undetermined }\n'
        )
    )
    assert study.evidence["branch_coverage"] == (
        BranchCount("fit", 1, 1, 1),
        BranchCount("fit.hb", 2, 1, 0),
        BranchCount("fit.adult", 2, 0, 1),
    )


def test_branches_of_definitions_are_counted(linked: Linked) -> None:
    """Those that criteria rest on, items of scores among them; nothing that nobody asks."""
    study, _ = run_tests(
        linked(
            RULES
            + 'define weak "Weak" = any of { pale: lab.hb < 9 g/dL  old: demo.age > 80 years }\n'
            + 'define unasked "Unasked" = any of { young: demo.age < 20 years }\n'
            + 'derive risk "Risk" [points] = sum of { age: 1 points when demo.age > 60 years }\n'
            + 'exclusion frail [1] "Frail" { exclude when weak or risk >= 1 }\n'
            + 'test a "a" { given ann expect eligible }\n'
            + 'test b "b" { given ann but { lab.hb: 8 g/dL } expect ineligible by fit, frail }\n'
        )
    )
    assert study.evidence["branch_coverage"] == (
        BranchCount("fit", 1, 1, 0),
        BranchCount("fit.hb", 1, 1, 0),
        BranchCount("fit.adult", 2, 0, 0),
        BranchCount("frail", 1, 1, 0),
        BranchCount("weak", 1, 1, 0),
        BranchCount("weak.pale", 1, 1, 0),
        BranchCount("weak.old", 0, 2, 0),
        BranchCount("risk.age", 0, 2, 0),
    )
