"""What titrations, modifications and run-ins can say."""

from __future__ import annotations

from typing import Any

import pytest

FRAME = """
role nurse "Nurse"
event toxicity "Toxicity" {
  reports grade "Grade" {grade_3, grade_4}
  counts when event.grade in {grade_3, grade_4}
}
intervention drug "Drug" { type: drug steps: 15 mg, 0.03 g }
visit V1 "V1" anchor
"""


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("every 4 weeks", ((4, "week"), "", "")),
        ('every 4 weeks until "better"', ((4, "week"), "better", "")),
        ("every 12 h", ((12, "hour"), "", "")),
        ('when "well tolerated"', (None, "", "well tolerated")),
    ],
)
def test_what_leads_to_the_next_step(small: Any, rule: str, expected: object) -> None:
    made = small(f'intervention a "A" {{ type: drug steps: 1 mg, 2 mg step_up: {rule} }}').protocol
    up = made.interventions[0].titration.up
    every = (up.every.amount, up.every.unit) if up.every else None
    assert (every, up.until, up.when) == expected
    assert made.interventions[0].titration.down is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("steps: 15 mg", "E0307"),
        ("steps: 15 mg, 15 mg", "E0549"),
        ("steps: 30 mg, 15 mg", "E0549"),
        ("steps: 1 g, 15 mg", "E0549"),
        ("steps: 15 mg, 30 mL", "E0549"),
        ("steps: 15 mg, 30", "E0307"),
        ("steps: 1 mg, 2 mg/kg of demo.weight", "E0302"),
        ("steps: 15 mg, 30 mg step_up: sometimes", "E0307"),
        ("steps: 15 mg, 30 mg step_up: every 4 kg", "E0417"),
        ("steps: 15 mg, 30 mg step_down: when it_hurts", "E0307"),
        ("step_up: every 4 weeks", "E0306"),
    ],
)
def test_what_steps_cannot_say(small: Any, text: str, code: str) -> None:
    assert code in small(f'intervention a "A" {{ type: drug {text} }}').codes


SHORT = {
    "BOTH": "intervention: drug event: toxicity",
    "STOP": "actions: first of { a: stop when event.grade = grade_4 }",
    "ACT": "actions: first of { a:",
    "GRADE4": "when event.grade = grade_4 }",
}


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("BOTH STOP", []),
        ("BOTH ACT explode GRADE4", ["E0405"]),
        ("BOTH ACT 3 mg GRADE4", ["E0405"]),
        ("BOTH ACT stop when event.grade = grade_5 }", ["E0405"]),
        ("BOTH", ["E0321"]),
        ("BOTH deeds: first of { a: stop otherwise }", ["E0307", "E0321"]),
        ("event: toxicity STOP", ["E0306"]),
        ("intervention: toxicity event: toxicity ACT stop otherwise }", ["E0303"]),
    ],
)  # fmt: skip
def test_modifications(small: Any, body: str, codes: list[str]) -> None:
    full = body
    for short, words in SHORT.items():
        full = full.replace(short, words)
    assert sorted(small(f'{FRAME}modification m "M" {{ {full} }}').codes) == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('everyone e "E" { give drug as run_in at V1 }', "E0548"),
        ('everyone e "E" { }', "E0321"),
        ('everyone e "E" { give nothing_known as run_in at V1 }', "E0302"),
        ('everyone e "E" { give drug in V1 }', "E0316"),
    ],
)
def test_everyone(small: Any, text: str, code: str) -> None:
    assert code in small(FRAME + text).codes


def test_words_stay_names(small: Any) -> None:
    made = small(
        'data everyone "E" : boolean\ndata modification "M" : boolean\ndata steps "S" : boolean\n'
        'data step_up "U" : boolean\ndata actions "A" : boolean\ndata first "F" : boolean\n'
        'inclusion i [1] "I" { require everyone and modification and steps and step_up and actions '
        "and first }\n"
    )
    assert made.codes == []
