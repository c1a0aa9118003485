"""What is given how often, in which parts, at whose choice: what clashes, and what shows."""

from __future__ import annotations

import pytest

TRIAL = """\
language 1
protocol small { title: "Small" version: "1" }
role nurse "Nurse"
role doctor "Doctor"
intervention drug "Drug" { type: drug route: oral form: tablet DRUG }
intervention second "Second" { type: drug route: oral form: capsule }
intervention placebo "Placebo" { type: placebo route: oral form: tablet PLACEBO }
arm active "Drug" experimental { give ONE as tablets at D0 }
arm control "Placebo" placebo_comparator { give TWO as tablets at D0 }
visit D0 "Day 0" anchor
activity dosing "Dosing" at D0 { gives: tablets }
masking m "Masked" { masked: nurse }
"""


def codes(check, one: str, two: str, drug: str = "", placebo: str = "", text: str = TRIAL):
    made = text.replace("ONE", one).replace("TWO", two)
    made = made.replace("DRUG", drug).replace("PLACEBO", placebo)
    return [code for code, _ in check(text=made) if code not in ("W0519", "W0535")]


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ("drug", "placebo", []),
        ("drug once daily", "placebo once daily", []),
        ("drug once daily", "placebo twice daily", ["E0517"]),
        ("drug once daily", "placebo", ["W0518"]),
        ("drug every 3 weeks", "placebo every 2 weeks", ["E0517"]),
        ("drug on days 1, 8 of every 21 days", "placebo on days 1, 8 of every 21 days", []),
        ("drug on days 1, 8 of every 21 days", "placebo on days 1, 9 of every 21 days", ["E0517"]),
        # the same thing, given otherwise
        ("drug once daily", "drug once daily", []),
        ("drug once daily", "drug twice daily", ["E0517"]),
        ("drug 1 tablet", "drug 2 tablets", ["E0517"]),
        ("drug 5 mg", "drug 7 mg", []),
        # times of the day
        ("drug 5 mg morning + 5 mg evening", "placebo twice daily", []),
        ("drug 5 mg morning + 5 mg evening", "placebo once daily", ["E0517"]),
        ("drug 5 mg morning + 5 mg evening", "drug 5 mg morning", ["E0517"]),
        ("drug 5 mg morning + 5 mg evening", "placebo 9 mg noon + 9 mg night", []),
        ("drug 1 tablet morning + 2 tablets evening", "placebo 1 tablet morning + 1 tablet evening",
         ["E0517"]),
        ("drug 1 tablet morning + 2 tablets evening",
         "placebo 1 tablet morning + 2 tablets evening", []),
    ],
)  # fmt: skip
def test_how_often_shows(check, one: str, two: str, found: list[str]) -> None:
    assert codes(check, one, two) == found


def test_a_line_of_an_arm_counts_before_the_intervention(check) -> None:
    often = "frequency: once daily"
    assert codes(check, "drug", "placebo", often, often) == []
    assert codes(check, "drug twice daily", "placebo", often, often) == ["E0517"]
    assert codes(check, "drug once daily", "placebo", "frequency: twice daily", often) == []


def test_tablets_of_a_loading_dose_show(check) -> None:
    plain, loaded = "dose: 1 tablet", "dose: 1 tablet loading_dose: 2 tablets"
    assert codes(check, "drug", "placebo", loaded, loaded) == []
    assert codes(check, "drug", "placebo", loaded, plain) == ["W0518"]
    assert codes(check, "drug", "placebo", loaded, loaded.replace("2", "3")) == ["E0517"]


CHOICE = TRIAL + 'intervention either "Either" { one_of: drug, second chosen_by: doctor }\n'


def test_each_that_can_be_chosen_is_compared(check) -> None:
    assert codes(check, "either", "placebo", text=CHOICE) == ["E0517"]
    alike = CHOICE.replace("capsule", "tablet")
    assert codes(check, "either", "placebo", text=alike) == []
    often = alike.replace("form: tablet }", "form: tablet frequency: weekly }")
    assert codes(check, "either", "placebo", text=often) == ["W0518"]


def test_a_masked_role_does_not_choose(check) -> None:
    text = CHOICE.replace("capsule", "tablet").replace("masked: nurse", "masked: nurse, doctor")
    assert codes(check, "either", "placebo", text=text) == ["E0627"]


def test_what_can_be_chosen_is_used(check) -> None:
    def unused(one: str) -> bool:
        made = CHOICE.replace("ONE", one).replace("TWO", "placebo")
        found = check(text=made.replace("DRUG", "").replace("PLACEBO", ""))
        return ("W0519", "second") in found

    assert not unused("either")
    assert not unused("drug")  # the choice names it, and is itself unused


@pytest.mark.parametrize(
    ("dose", "often", "found"),
    [
        ("5 mg morning + 5 mg evening", "twice daily", []),
        ("5 mg morning + 5 mg evening", "", []),
        ("5 mg morning + 5 mg evening", "once daily", ["E0625"]),
        ("5 mg morning + 5 mg evening", "three times daily", ["E0625"]),
        ("5 mg morning + 5 mg evening", "every 2 days", []),
        ("5 mg morning", "once daily", []),
        ("5 mg morning", "twice daily", ["E0625"]),
        ("5 mg sulfa + 5 mg trim", "once daily", []),
    ],
)
def test_times_of_the_day_and_the_frequency(check, dose: str, often: str, found: list[str]) -> None:
    line = f"dose: {dose}" + (f" frequency: {often}" if often else "")
    assert codes(check, "drug", "placebo", line, line) == found * 2
    assert codes(check, f"drug {dose} {often}", f"drug {dose} {often}") == found * 2


def test_parts_keep_to_the_maximum(check) -> None:
    dose = "dose: 5 mg morning + 5 mg evening maximum:"
    assert codes(check, "drug", "placebo", f"{dose} 5 mg", f"{dose} 5 mg") == []
    assert codes(check, "drug", "placebo", f"{dose} 4 mg", f"{dose} 5 mg") == ["E0546"] * 2
    loaded = "dose: 5 mg loading_dose: 9 mg maximum: 8 mg"
    assert codes(check, "drug", "placebo", loaded, "") == ["E0546"]
