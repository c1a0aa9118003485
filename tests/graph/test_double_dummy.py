"""What becomes of doses after an event, in arms that give a placebo of each other's drug."""

from __future__ import annotations

import pytest

from trialc.graph.invariants.masking import arms_look_the_same

from .conftest import study_of

TEXT = """\
language 1
protocol dd { title: "Double dummy" version: "1" }
role subject "Participant"
intervention x "X" { type: drug route: oral form: tablet }
intervention y "Y" { type: drug route: oral form: capsule }
intervention px "X placebo" { type: placebo route: oral form: tablet }
intervention py "Y placebo" { type: placebo route: oral form: capsule }
event liver "Liver" { reports grade "Grade" {g2, g3} }
visit D1 "Day 1" anchor
arm a "A" experimental { give x as morning at D1 give py as SECOND at D1 }
arm b "B" active_comparator { give px as morning at D1 give y as SECOND at D1 }
randomisation main "R" { ratio: a 1, b 1 at: D1 }
masking double "Double" { masked: subject }
modification m "M" {
  intervention: NAMES
  event: liver
  actions: first of { worse: stop when event.grade = g3 rest: continue otherwise }
}
"""


def found(names: str, second: str) -> list[tuple[str, str]]:
    study = study_of(TEXT.replace("NAMES", names).replace("SECOND", second))
    return [(one.kind.code, one.message) for one in arms_look_the_same(study)[1]]


@pytest.mark.parametrize("second", ["morning", "evening"])
@pytest.mark.parametrize(
    ("names", "codes"),
    [
        ("x, y", ["E0517"]),
        ("x, px", []),
        ("y, py", []),
        ("x, y, px, py", []),
        ("x, py", ["E0517"]),
        ("x, y, px", ["E0517"]),
        ("x", ["E0517"]),
    ],
)
def test_what_is_modified_looks_the_same(second: str, names: str, codes: list[str]) -> None:
    # x and py are all that arm a is given: nothing in arm b is modified
    assert [code for code, _ in found(names, second)] == codes


def test_it_is_said_what() -> None:
    assert found("x, y", "morning") == [
        (
            "E0517",
            "after `liver`, of what is given as `morning`, `x` is modified in arm `a` and `y` in "
            "arm `b`: a masked `subject` can tell the arm from it",
        )
    ]
    assert found("x, y", "evening")[0][1].startswith(
        "after `liver`, of what is given as `morning`, `x` is modified in arm `a` and nothing in"
    )


def test_two_tables_that_say_the_same_are_one() -> None:
    other = """modification n "N" {
  intervention: px, py
  event: liver
  actions: first of { bad: stop when event.grade = g3 more: continue otherwise }
}
"""
    text = TEXT.replace("NAMES", "x, y").replace("SECOND", "evening") + other
    assert arms_look_the_same(study_of(text))[1] == ()
