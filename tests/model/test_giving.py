"""How often, in which parts and at whose choice something is given."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.emitters.dose_words import dose_words
from trialc.emitters.treatment_words import given_words

VISIT = 'visit D1 "Day 1" anchor\n'


def stated(small: Any, line: str) -> Any:
    return small(f'intervention drug "Drug" {{ type: drug  {line} }}\n')


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("once daily", "once daily"),
        ("once_daily", "once daily"),
        ("every 3 weeks", "every 3 weeks"),
        ("on days 1, 8, 15 of every 28 days", "on days 1, 8 and 15 of every 28 days"),
        ("on day 1 of every 3 weeks", "on day 1 of every 3 weeks"),
        ("on days 1, 21 of every 3 weeks", "on days 1 and 21 of every 3 weeks"),
        ('"when it hurts"', "when it hurts"),
        ("as needed", "as needed"),
        ("every other day", "every other day"),
        ("three times daily", "three times daily"),
        ("twice weekly", "twice weekly"),
    ],
)
def test_how_often(small: Any, written: str, read: str) -> None:
    item = stated(small, f"frequency: {written}").protocol.interventions[0]
    given = small(
        f'intervention drug "Drug" {{ type: drug }}\n{VISIT}'
        f'arm a "A" experimental {{ give drug 5 mg {written} as o at D1 give drug {written} as p '
        "at D1 }\n"
        'period p1 "P" from D1 to D1\n'
        f'sequence s "S" experimental {{ give drug {written}, drug 5 mg {written} in p1 }}\n'
    )
    assert item.frequency == read
    found = [one.frequency for arm in given.protocol.arms for one in arm.gives]
    assert found == [read] * 4


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("on days 1, 8, 28 of every 28 days", ""),
        ("on days 1, 8, 29 of every 28 days", "E0623"),
        ("on days 0, 8 of every 28 days", "E0623"),
        ("on days 8, 1 of every 28 days", "E0623"),
        ("on days 1, 1 of every 28 days", "E0623"),
        ("on days 1, 22 of every 3 weeks", "E0623"),
        ("on days 1, 8 of every 3 months", "E0417"),
        ("on days 1, 8", "E0307"),
        ("on days 1, 8 of every 28", "E0417"),
        ("once daily, weekly", "E0307"),
        ("sometimes", "E0307"),
    ],
)
def test_days_of_a_cycle(small: Any, written: str, code: str) -> None:
    codes = stated(small, f"frequency: {written}").codes
    assert codes == ([code] if code else []) or (code == "E0417" and len(codes) == 1)


def test_an_occasion_may_be_called_needed(small: Any) -> None:
    text = f'{VISIT}intervention drug "Drug" {{ type: drug }}\n'
    made = small(f'{text}arm a "A" experimental {{ give drug as needed at D1 }}\n').protocol
    assert [(one.occasion, one.frequency) for one in made.arms[0].gives] == [("needed", "")]


@pytest.mark.parametrize(
    ("written", "words", "times"),
    [
        ("40 mg morning + 20 mg evening", "40 mg in the morning + 20 mg in the evening", 2),
        ("1 tablet morning + 1 tablet noon + 2 tablets bedtime",
         "1 tablet in the morning + 1 tablet at noon + 2 tablets at bedtime", 3),
        ("160 mg trimethoprim + 800 mg sulfamethoxazole",
         "160 mg trimethoprim + 800 mg sulfamethoxazole", 0),
        ("160 mg + 12.5 mg", "160 mg + 12.5 mg", 0),
        ("40 mg morning", "40 mg in the morning", 1),
        ("5 mg clavulanic_acid", "5 mg clavulanic acid", 0),
        ("5 mg", "5 mg", 0),
    ],
)  # fmt: skip
def test_parts_of_a_dose(small: Any, written: str, words: str, times: int) -> None:
    made = stated(small, f"dose: {written}").protocol
    dose = made.interventions[0].dose
    assert (dose_words(dose, made), dose.times) == (words, times)
    own = small(
        f'{VISIT}intervention drug "Drug" {{ type: drug }}\n'
        f'arm a "A" experimental {{ give drug {written} as o at D1 }}\n'
    ).protocol
    assert given_words(own, own.arms[0].gives[0], own.interventions[0]) == f"Drug, {words}"


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("40 mg morning + 20 mg", ["E0624"]),
        ("40 mg morning + 20 mg sulfa", ["E0624"]),
        ("40 mg morning + 20 mg morning", ["E0624"]),
        ("40 mg sulfa + 20 mg sulfa", ["E0624"]),
        ("40 mg - 20 mg", ["E0307"]),
        ("40 mg 20 mg", ["E0307"]),
        ("40 mg + 20", ["E0307"]),
        ("40 mg + 0 mg", ["E0307"]),
        ("+ 40 mg", ["E0307"]),
        ("40 mg morning evening", ["E0307"]),
        ("5 mg of", ["E0307"]),
    ],
)
def test_what_is_no_dose_of_parts(small: Any, written: str, codes: list[str]) -> None:
    assert stated(small, f"dose: {written}").codes == codes


def test_steps_and_levels_are_single_amounts(small: Any) -> None:
    assert stated(small, "steps: 5 mg morning + 5 mg evening, 10 mg").codes == ["E0307"]


def test_a_loading_dose(small: Any) -> None:
    made = small(
        f'{VISIT}intervention drug "Drug" {{ type: drug loading_dose: 600 mg dose: 300 mg }}\n'
        'arm a "A" experimental { give drug as o at D1 }\n'
    ).protocol
    words = given_words(made, made.arms[0].gives[0], made.interventions[0])
    assert words == "Drug, 600 mg the first time, then 300 mg"
    assert stated(small, "loading_dose: 600 mg").codes == ["E0546"]


CHOICE = (
    'role doctor "Doctor"\n'
    'intervention x "X" { type: drug dose: 5 mg frequency: weekly }\n'
    'intervention y "Y" { type: drug dose: 7 mg }\n'
    'intervention z "Z" { %s }\n'
)


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("one_of: x, y", []),
        ("one_of: x, y chosen_by: doctor", []),
        ("one_of: x", ["E0626"]),
        ("one_of: x, z", ["E0626"]),
        ("one_of: x, y dose: 5 mg", ["E0626"]),
        ("one_of: x, y type: drug frequency: weekly", ["E0626"]),
        ("one_of: x, nothing", ["E0302"]),
        ("one_of: x, y chosen_by: x", ["E0303"]),
    ],
)
def test_one_of_several(small: Any, line: str, codes: list[str]) -> None:
    assert small(CHOICE % line).codes == codes


def test_a_choice_of_choices(small: Any) -> None:
    text = CHOICE % "one_of: x, y" + 'intervention w "W" { one_of: x, z }\n'
    assert small(text).codes == ["E0626"]


def test_a_choice_in_words(small: Any) -> None:
    made = small(
        f"{VISIT}{CHOICE % 'one_of: x, y'}"
        'arm a "A" experimental { give z as o at D1 until "the end" }\n'
    ).protocol
    words = given_words(made, made.arms[0].gives[0], made.interventions[2])
    assert words == "Z, one of X or Y, until the end"
