"""What masked roles could learn the arm from."""

from __future__ import annotations

import pytest

MASKED = "  masked: subject, nurse\n"
GIVEN = "give placebo as dose_2 at M1"
PLACEBO = 'route: intravenous  vehicle: "saline"  volume: 50 mL }'


def test_both_masked_and_unmasked(check) -> None:
    assert check("unmasked: pharmacist", "unmasked: pharmacist, nurse") == [("E0515", "double")]


def test_masking_without_arms(check) -> None:
    text = (
        'language 1\nprotocol small { title: "Small" version: "1" }\n'
        'role subject "Participant"\n'
        'masking double "Double" { masked: subject }\n'
    )
    assert check(text=text) == [("E0516", "double")]


def test_an_occasion_in_one_arm_only(check, messages) -> None:
    assert check(f"  {GIVEN}\n", "") == [("E0517", "control")]
    assert messages(f"  {GIVEN}\n", "") == [
        "`dose_2` is given in arm `active`, not in arm `control`: a masked `subject` can tell the "
        "arm from it"
    ]


def test_an_occasion_at_another_visit(check) -> None:
    later = GIVEN.replace("M1", "W2"), '"Second dose" at M1', '"Second dose" at W2, M1'
    assert check(GIVEN, *later) == [("E0517", later[0])]


@pytest.mark.parametrize(
    ("appearance", "codes"),
    [
        ('route: oral  vehicle: "saline"  volume: 50 mL }', ["E0517", "E0517"]),
        ('route: intravenous  vehicle: "glucose"  volume: 50 mL }', ["E0517", "E0517"]),
        ('route: intravenous  vehicle: "saline"  volume: 100 mL }', ["E0517", "E0517"]),
        ('route: intravenous  vehicle: "saline" }', ["W0518", "W0518"]),
        ("route: intravenous  volume: 50 mL }", ["W0518", "W0518"]),
        ("}", ["W0518"] * 6),
    ],
)
def test_appearance(check, appearance: str, codes: list[str]) -> None:
    assert [code for code, _ in check(PLACEBO, appearance)] == codes


def test_a_double_dummy_looks_the_same(check) -> None:
    text = (
        'language 1\nprotocol small { title: "Small" version: "1" }\n'
        'role subject "Participant"\n'
        'masking double "Double" { masked: subject }\n'
        'intervention drip "Drip" { type: drug route: intravenous }\n'
        'intervention pill "Pill" { type: drug route: oral }\n'
        'intervention no_drip "No drip" { type: other route: intravenous }\n'
        'intervention no_pill "No pill" { type: other route: oral }\n'
        'arm one "One" experimental { give drip as dose at D0 give no_pill as dose at D0 }\n'
        'arm two "Two" experimental { give pill as dose at D0 give no_drip as dose at D0 }\n'
        'visit D0 "Day 0" anchor\n'
    )
    assert check(text=text) == []
    assert check(" give no_drip as dose at D0", "", text=text) == [
        ("W0519", "no_drip"),
        ("E0517", "give pill as dose at D0"),
    ]


def test_who_is_not_there_may_not_see_it(check) -> None:
    assessor = MASKED, "  masked: assessor\n", 'role nurse "Nurse"', (
        'role nurse "Nurse"\nrole assessor "Assessor of outcomes"'
    )  # fmt: skip
    assert check(*assessor, PLACEBO, PLACEBO.replace("intravenous", "oral")) == [
        ("W0519", "subject"),
        ("W0518", "give placebo as dose_1 at D0"),
        ("W0518", GIVEN),
    ]


def test_nobody_is_masked(check) -> None:
    masking = 'masking double "Double" {\n  masked: subject, nurse\n  unmasked: pharmacist\n}\n'
    assert check(masking, "", PLACEBO, PLACEBO.replace("intravenous", "oral")) == [
        ("W0519", "subject")
    ]
