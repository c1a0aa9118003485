"""Doses by weight, age or kidneys: tables, maxima, rounding."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.model.amounts import is_more, is_multiple

ELEMENTS = """
data demo.weight "Weight" : quantity [kg] { range: 2 .. 200 kg }
data demo.sex "Sex" : choice {female, male}
derive half "Half" [mg] = 2 mg/kg * demo.weight
derive pure "Pure" [1] = demo.weight [kg]
derive points "Points" [points] = sum of { a: 1 points when demo.sex = male }
"""


def drug(text: str) -> str:
    return f'{ELEMENTS}intervention drug "Drug" {{ type: drug {text} }}\n'


BANDS = "first of { small: 200 mg when demo.weight < 15 kg  large: 0.4 g otherwise }"


def test_a_table_is_spelled_out_as_a_derived_number(small: Any) -> None:
    made = small(drug(f"dose: {BANDS}")).protocol
    dose = made.interventions[0].dose
    assert (dose.number, dose.unit, dose.amount) == ("drug.dose", "mg", None)
    number = next(item for item in made.numbers if item.id == "drug.dose")
    assert number.title == "Dose of Drug"
    written = small(drug("dose: drug.dose") + f'derive drug.dose "Dose of Drug" [mg] = {BANDS}\n')
    assert number == next(item for item in written.protocol.numbers if item.id == "drug.dose")
    assert written.protocol.interventions == made.interventions
    assert [case.value.value for case in number.number.cases] == [200.0, 400.0]


def test_a_dose_may_be_a_derived_number(small: Any) -> None:
    dose = small(drug("dose: half")).protocol.interventions[0].dose
    assert (dose.number, dose.unit) == ("half", "mg")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("dose: first of { a: 2 mg when demo.weight < 15 kg }", ["E0430"]),
        (
            "dose: unique of { a: 2 mg when demo.weight <= 15 kg "
            "b: 3 mg when demo.weight >= 15 kg }",
            ["E0431"],
        ),
        ("dose: first of { a: 2 mg when demo.weight < 15 kg b: 3 mL otherwise }", ["E0402"]),
        ("dose: first of { a: 2 when demo.weight < 15 kg b: 3 otherwise }", ["E0316"]),
        ("dose: first of { a: 2 mg otherwise }", ["E0436"]),
        ("volume: first of { a: 2 mL when demo.sex = male b: 3 mL otherwise }", ["E0316"]),
        ("dose: pure", ["E0307"]),
        ("dose: points", ["E0307"]),
        ("dose: demo.weight", ["E0303"]),
        ("dose: nothing_known", ["E0302"]),
        ("maximum: 20 mg", ["E0546"]),
        ("rounded: to 20 mg", ["E0546"]),
        ("dose: half maximum: 20 mL", ["E0402"]),
        ("dose: half maximum: 20", ["E0307"]),
        ("dose: half rounded: 20 mg", ["E0307"]),
        ("dose: half rounded: to 0 mg", ["E0307"]),
        ("dose: 3 mg/kg of demo.weight maximum: 20 mg/kg", ["E0402"]),
        ("dose: 3 mg/kg of demo.weight maximum: 0.02 g rounded: to 5 mg", []),
        ("dose: half maximum: 20 mg rounded: to 5 mg", []),
    ],
)
def test_what_doses_can_say(small: Any, text: str, codes: list[str]) -> None:
    made = small(drug(text))
    assert [code for code in dict.fromkeys(made.codes) if code != "E0307" or "E0307" in codes] == (
        codes
    )


def test_a_table_does_not_hide_a_name_that_is_taken(small: Any) -> None:
    text = drug(f"dose: {BANDS}") + 'data drug.dose "Other" : quantity [mg]\n'
    assert "E0301" in small(text).codes


def test_amounts_are_compared_by_value() -> None:
    assert is_more("1 g", "800 mg")
    assert not is_more("0.8 g", "800 mg")
    assert not is_more("1 mL", "800 mg")
    assert is_multiple("0.4 g", "50 mg")
    assert not is_multiple("425 mg", "50 mg")
    assert is_multiple("0.3 mg", "0.1 mg")
