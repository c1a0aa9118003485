"""Doses by table: limits, measurement, and what masked people see of them."""

from __future__ import annotations

import pytest

TRIAL = """\
language 1
protocol small { title: "Small" version: "1" }
data demo.weight "Weight" : quantity [kg] { range: 2 .. 200 kg }
intervention drug "Drug" {
  type: drug
  route: oral
  dose: first of { small: 1 tablet when demo.weight < 15 kg  large: 2 tablets otherwise }
}
intervention placebo "Placebo" {
  type: placebo
  route: oral
  dose: first of { light: 1 tablet when demo.weight < 15 kg  heavy: 2 tablets otherwise }
}
visit D0 "Day 0" anchor
visit D7 "Day 7" at D0 + 7 days
arm active "Drug" experimental { give drug as tablets at D0 }
arm control "Placebo" placebo_comparator { give placebo as tablets at D0 }
randomisation r "R" { ratio: active 1, control 1  at: D0 }
activity weighing "Weight" at D0 { collects: demo.weight }
activity dosing "Dosing" at D0, D7 { gives: tablets }
role nurse "Nurse"
masking m "Masked" { masked: nurse }
"""
HEAVY = "heavy: 2 tablets"


def test_two_tables_of_the_same_tablets_look_alike(check) -> None:
    assert check(text=TRIAL) == []


@pytest.mark.parametrize("other", ["heavy: 3 tablets", "heavy: 1 tablet"])
def test_tablets_show(check, other: str) -> None:
    assert [code for code, _ in check(HEAVY, other, text=TRIAL)] == ["E0517"]


def test_another_limit_shows(check) -> None:
    text = TRIAL.replace(
        "light: 1 tablet when demo.weight < 15", "light: 1 tablet when demo.weight < 20"
    )
    assert [code for code, _ in check(text=text)] == ["E0517"]


def test_milligrams_do_not_show(check) -> None:
    text = (
        TRIAL.replace("2 tablets", "2 mg")
        .replace("1 tablet ", "1 mg ")
        .replace("route: oral", "route: oral form: tablet")
    )
    assert check("heavy: 2 mg", "heavy: 3 mg", text=text) == []


def test_what_a_table_asks_is_measured_before(check) -> None:
    late = check('"Weight" at D0 {', '"Weight" at D7 {', text=TRIAL)
    assert [code for code, _ in late] == ["E0514", "E0514"]
    never = check("collects: demo.weight", "gives: tablets", text=TRIAL)
    assert [code for code, _ in never] == ["E0514", "E0514"]


@pytest.mark.parametrize(
    ("maximum", "above"),
    [("1 tablet", True), ("2 tablets", False), ("3 tablets", False)],
)
def test_no_case_is_above_the_maximum(check, maximum: str, above: bool) -> None:
    text = TRIAL.replace(
        "large: 2 tablets otherwise }", f"large: 2 tablets otherwise }} maximum: {maximum}"
    )
    assert check(text=text) == ([("E0546", "2 tablets")] if above else [])


@pytest.mark.parametrize(("own", "above"), [("199 mg", False), ("0.2 g", False), ("201 mg", True)])
def test_the_dose_of_an_arm_is_not_above_it(check, own: str, above: bool) -> None:
    text = (
        'language 1\nprotocol small { title: "S" version: "1" }\nvisit D0 "D" anchor\n'
        'intervention drug "Drug" { type: drug dose: 100 mg maximum: 200 mg }\n'
        f'arm a "A" experimental {{ give drug {own} as once at D0 }}\n'
    )
    assert check(text=text) == ([("E0546", own)] if above else [])


SYRUP = """\
language 1
protocol small { title: "Small" version: "1" }
data demo.weight "Weight" : quantity [kg] { range: 2 .. 200 kg }
intervention drug "Drug" { type: drug route: oral dose: 2 mL/kg of demo.weight maximum: 50 mL }
intervention placebo "Placebo" {
  type: placebo route: oral dose: 2 mL/kg of demo.weight maximum: 0.05 L
}
visit D0 "Day 0" anchor
arm active "Drug" experimental { give drug as syrup at D0 }
arm control "Placebo" placebo_comparator { give placebo as syrup at D0 }
randomisation r "R" { ratio: active 1, control 1  at: D0 }
activity weighing "Weight" at D0 { collects: demo.weight gives: syrup }
role nurse "Nurse"
masking m "Masked" { masked: nurse }
"""


@pytest.mark.parametrize(
    ("limits", "seen"),
    [
        ("maximum: 50 mL", []),
        ("maximum: 60 mL", ["E0517"]),
        ("", ["E0517"]),
        ("maximum: 50 mL rounded: to 5 mL", ["E0517"]),
    ],
)
def test_a_maximum_shows_where_the_dose_does(check, limits: str, seen: list[str]) -> None:
    found = check("maximum: 0.05 L", limits, text=SYRUP)
    assert [code for code, _ in found] == seen


def test_a_maximum_of_milligrams_does_not_show(check) -> None:
    text = SYRUP.replace("mL", "mg").replace("0.05 L", "60 mg").replace("oral", "oral form: syrup")
    assert check(text=text) == []
