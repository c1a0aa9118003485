"""Tests of the language pass, fail, are refused, and are counted branch by branch."""

from __future__ import annotations

from collections.abc import Callable

from trialc.analyses.language_tests import BranchCount, run_tests
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
    study, found = run_tests(linked(RULES + "\n".join(tests) + "\n"))
    assert len(study.evidence["tests"]) == len(tests)
    return [f"{one.kind.code} {one.message}" for one in found]


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
        "E0703 test `a` fails: the verdict is eligible",
        "E0703 test `b` fails: the verdict is ineligible (fit)",
        "E0703 test `c` fails: demo.age is not asked for, but lab.hb",
    ]  # fmt: skip


def test_a_participant_who_cannot_be(linked: Linked) -> None:
    (refused,) = messages(
        linked, 'test a "a" { given ann but { lab.hb: 30 g/dL } expect eligible }'
    )
    assert refused.startswith("E0704 the participant of `a` is not a possible record: lab.hb")


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
