"""What decides who is given what is collected before; masked people see the same conditions."""

from __future__ import annotations

import pytest

from trialc.graph.invariants import INVARIANTS

from .conftest import study_of

TEXT = """\
language 1
protocol small { title: "Small" version: "1" }
role subject "Participant"
data chosen "Chosen" : choice {first, second}
intervention one "One" { type: drug route: oral form: tablet }
intervention two "Two" { type: drug route: oral form: capsule }
visit SCREEN "Screening" before D1
visit D1 "Day 1" anchor
visit W9 "Week 9" at D1 + 9 weeks
arm a "A" experimental {
  give one as tablets at D1 when chosen = first
  give two as tablets at D1 when chosen = second
}
arm b "B" active_comparator {
  give two as tablets at D1 when chosen = second
  give one as tablets at D1 when chosen = first
}
randomisation main "Randomisation" { ratio: a 1, b 1 at: D1 }
masking double "Double" { masked: subject }
activity asking "Choice" at SCREEN { collects: chosen }
activity dosing "Dosing" at D1 { does: randomisation gives: tablets }
activity care "Care" at W9, SCREEN { note: "None." }
"""


def errors(*changes: str) -> list[str]:
    text = TEXT
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    study = study_of(text)
    found = (one for check in INVARIANTS for one in check(study)[1])
    return [one.kind.code for one in found if one.kind.code not in ("W0519", "W0604")]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("at SCREEN {", "at SCREEN {", []),
        ("at SCREEN {", "at D1 {", []),
        ("at SCREEN {", "at W9 {", ["E0513"]),
        ("{ collects: chosen }", '{ note: "None." }', []),  # nothing is said of what is collected
        (
            "{ collects: chosen }",
            '{ collects: more }\ndata more "More" : boolean',
            ["E0512"],
        ),
    ],
)
def test_it_is_collected_before(old: str, new: str, codes: list[str]) -> None:
    assert errors(old, new) == codes


def test_through_a_definition() -> None:
    named = ("chosen = first", "the_first")
    define = '\ndefine the_first "First" = chosen = first\nintervention one'
    assert errors(*named, "\nintervention one", define, "at SCREEN {", "at W9 {") == ["E0513"]


def test_arms_have_the_same_conditions() -> None:
    swapped = "chosen = first\n  give one as tablets at D1 when chosen = second\n}"
    ours = "chosen = second\n  give one as tablets at D1 when chosen = first\n}"
    assert errors(ours, swapped) == ["E0517"]
