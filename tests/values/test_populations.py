"""Formulas and those of whom they were made."""

from __future__ import annotations

import pytest
from tests.values.engines import codes, resolved, whole

ADULTS = """
data age "Age" : quantity [year]
data sex "Sex" : choice {female, male}
data weight "Weight" : quantity [kg]
derive f "Formula" [kg] = weight * 2 { made for age >= 18 years }
define heavy "Heavy" = f > 3 kg
derive again "Again" [kg] = first of { a: f when sex = female  b: 1 kg otherwise }
"""


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ('inclusion a [1] "A" { require f > 3 kg }', ["W0458"]),
        ('inclusion a [1] "A" { require heavy }', ["W0458"]),
        ('inclusion a [1] "A" { require again > 1 kg }', ["W0458"]),
        ('inclusion a [1] "A" { require weight > 3 kg }', []),
        ('inclusion a [1] "A" { require f > 3 kg and age >= 18 years }', []),
        ('inclusion a [1] "A" { require f > 3 kg and age > 18 years }', []),
        ('inclusion a [1] "A" { require f > 3 kg and age >= 17 years }', ["W0458"]),
        ('inclusion a [1] "A" { require f > 3 kg or age >= 18 years }', ["W0458"]),
        (
            'inclusion a [1] "A" { require f > 3 kg }\n'
            'exclusion b [2] "B" { exclude when age < 18 years }',
            [],
        ),
        (
            'inclusion a [1] "A" { require f > 3 kg }\n'
            'exclusion b [2] "B" { exclude when any of { y: age < 18 years  h: weight > 90 kg } }',
            [],
        ),
        (
            'inclusion a [1] "A" { require f > 3 kg }\n'
            'exclusion b [2] "B" { exclude when age < 18 years and weight > 90 kg }',
            ["W0458"],
        ),
        (
            'inclusion a [1] "A" { require f > 3 kg }\n'
            'inclusion b [1] "B" { require age in 18 .. 60 years }',
            [],
        ),
    ],
)
def test_criteria_must_restrict_the_trial(criteria: str, found: list[str]) -> None:
    assert [code for code in codes(f"{ADULTS}{criteria}\n") if code == "W0458"] == found


ENTRIES = """
population first "First" { kind: entry }
population later "Later" { kind: entry }
"""


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (
            'inclusion a [1] "A" for first { require f > 3 kg }\n'
            'inclusion b [2] "B" for first { require age >= 18 years }',
            [],
        ),
        (
            'inclusion a [1] "A" for later { require f > 3 kg }\n'
            'inclusion b [2] "B" for first { require age >= 18 years }',
            ["later"],
        ),
        (
            'inclusion a [1] "A" { require f > 3 kg }\n'
            'inclusion b [2] "B" for first { require age >= 18 years }',
            ["later"],
        ),
        (
            'inclusion a [1] "A" for first { require f > 3 kg }\n'
            'inclusion b [2] "B" { require age >= 18 years }',
            [],
        ),
    ],
)
def test_criteria_of_the_same_population_restrict_it(criteria: str, found: list[str]) -> None:
    _, made = resolved(f"{ADULTS}{ENTRIES}{criteria}\n")
    said = [one for one in made if one.kind.code == "W0458"]
    assert [one.message.rsplit("`", 2)[1] for one in said] == found
    assert all("is not asked the criteria of other entries" in one.help for one in said)


def test_the_range_of_an_element_restricts_too() -> None:
    text = ADULTS.replace("quantity [year]", "quantity [year] { range: 18 .. 120 years }")
    assert codes(f'{text}inclusion a [1] "A" {{ require f > 3 kg }}\n') == []


def test_who_is_left_out_is_named() -> None:
    _, found = resolved(f'{ADULTS}inclusion a [1] "A" {{ require f > 3 kg }}\n')
    assert found[0].message.startswith("`f` was made for Age ≥ 18 years, and the criteria admit")
    assert whole(ADULTS).numbers[0].population is not None


def test_made_may_be_a_name() -> None:
    assert codes('data made "M" : boolean\ndefine x "X" = made\n') == []


def test_units_that_only_look_alike_are_told_apart() -> None:
    text = 'data clearance "C" : quantity [mL/min]\n'
    _, found = resolved(text + 'define x "X" = clearance < 60 mL/min/1.73m2\n')
    assert [fault.kind.code for fault in found] == ["E0402"]
    assert "body surface" in found[0].help
