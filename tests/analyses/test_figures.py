"""Numbers of rules against numbers of the words they quote."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from trialc.analyses.day_numbers import day_numbers
from trialc.analyses.figures import check_figures
from trialc.analyses.numbers_in_words import numbers_in
from trialc.graph.study import Study

Linked = Callable[..., Study]

DATA = 'data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL }\n'


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("hemoglobin < 11 g/dL", {11}),
        ("anemia < 8g/dL", {8}),
        ("0.5 x 109 cell/L", {Decimal("0.5"), 109}),
        ("one month after all six", {1, 6}),
        ("1 million UCMSC/kg", {1, 1_000_000}),
        ("two thousand", {2_000}),
        ("platelets 100,000/uL", {100_000}),
        ("platelets 100\u2009000/uL", {100_000}),
        ("platelets 100 000/uL", {100_000}),
        ("visit 2 500 mg", {2, 500, 2_500}),
        ("0,500 mg", {Decimal("0.5"), 500}),
        ("twice", {2}),
        ("2nd or 3rd degree", {2, 3}),
        ("between 30-89", {30, 89}),
        ("no number", set()),
    ],
)
def test_numbers_that_words_state(words: str, numbers: set[object]) -> None:
    found = numbers_in(words)
    assert numbers <= found
    assert bool(found) is bool(numbers)
    assert 100 not in found


MISSING = "W0606 `12` is neither in the registered words of `hb` nor in a decision that it names"


def codes(linked: Linked, text: str) -> list[str]:
    _, found = check_figures(linked(DATA + text, ""))
    return [f"{one.kind.code} {one.message}" for one in found]


def missed_numbers(linked: Linked, text: str) -> list[str]:
    return [found.split("`")[1] for found in codes(linked, text) if found.startswith("W0606")]


def rule(source: str, condition: str, more: str = "") -> str:
    return (
        f'inclusion hb [1] "Hb" {{\n  source """\n    {source}\n  """\n  {more}\n'
        f"  require {condition}\n}}\n"
    )


def test_a_number_of_the_rule_stands_in_the_words(linked: Linked) -> None:
    assert codes(linked, rule("Hb < 11 g/dL", "lab.hb < 11 g/dL")) == []
    assert codes(linked, rule("Hb < 11.0 g/dL", "lab.hb < 11 g/dL")) == []
    assert codes(linked, rule("Hb < 11 g/dL", "lab.hb < 12 g/dL")) == [MISSING]
    assert codes(linked, rule("Hb from 9 to 11", "lab.hb in 9 .. 12 g/dL")) == [MISSING]


def test_a_decision_excuses_the_numbers_that_it_states(linked: Linked) -> None:
    decision = 'decision d "?" { reading: "12, not 11" status: open }\n'
    assert codes(linked, decision + rule("Hb < 11", "lab.hb < 12 g/dL", "decided d")) == []
    silent = 'decision d "?" { reading: "lower" status: open }\n'
    assert codes(linked, silent + rule("Hb < 11", "lab.hb < 12 g/dL", "decided d")) == [MISSING]


def test_an_age_of_validity_stands_in_the_words_where_there_are_any(linked: Linked) -> None:
    words = 'window w "W" = {} days {{ source """\n  within 12 weeks or 90 days\n""" }}\n'
    assert codes(linked, words.format(90)) == []
    assert [code[:10] for code in codes(linked, words.format(60))] == ["W0606 `60`"]
    assert codes(linked, 'window w "W" = 60 days\n') == []


def test_what_a_half_life_is_rounded_by_is_no_number_of_the_text(linked: Linked) -> None:
    drug = 'data drug "D" : history { half_life: h }\ndata h "H" : quantity [d]\n'
    washout = rule("none within 5 half-lives", "not (drug within %s half-lives before as_of)")
    assert codes(linked, drug + washout % "5") == []
    assert [code[:9] for code in codes(linked, drug + washout % "4")] == ["W0606 `4`"]


def test_a_rule_quotes_something(linked: Linked) -> None:
    text = 'inclusion hb [1] "Hb" { require lab.hb < 11 g/dL }\n'
    assert [code[:5] for code in codes(linked, text)] == ["W0605"]


# ---- what a decision excuses


@pytest.mark.parametrize(
    ("quote", "excused"),
    [
        ("Hb < 12 g/dL", True),
        ("Hb < 12g/dl", True),
        ("Hb 12 - 14 g/dL", True),
        ("Hb < 120 g/L", True),
        ("Hb < 125 g/L and 12 patients", False),
        ("visit 12", False),
        ("Hb < 12.5 g/dL", False),
        ("Hb < 12", False),
    ],
)
def test_a_quote_excuses_what_it_states_with_its_unit(
    linked: Linked, quote: str, excused: bool
) -> None:
    decision = f'decision d "?" {{ quote: "{quote}" reading: "as it says" status: open }}\n'
    found = codes(linked, decision + rule("Hb < 11", "lab.hb < 12 g/dL", "decided d"))
    assert found == [MISSING] * (not excused)


def test_a_reason_does_not_excuse(linked: Linked) -> None:
    decision = 'decision d "?" { reading: "lower" because: "12 is usual" status: open }\n'
    assert codes(linked, decision + rule("Hb < 11", "lab.hb < 12 g/dL", "decided d")) == [MISSING]


# ---- days that the text numbers


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("on Day 23", {23}),
        ("Days 1, 8 and 15", {1, 8, 15}),
        ("Day -7 to Day -1", {-7, -1, 7, 1}),
        ("14 days", set()),
        ("day one", set()),
    ],
)
def test_days_that_words_number(words: str, days: set[int]) -> None:
    assert day_numbers(words) == days


@pytest.mark.parametrize(
    ("title", "timing", "words", "missed"),
    [
        ("Day 1", "at D1 + 22 days", "visit on Day 23", []),
        ("Day 1", "at D1 + 23 days", "visit on Day 23", ["23"]),
        ("Day 1", "at D1 + 23 days", "visit on Day 23, 23 days after the dose", []),
        ("Day 1", "at D1 + 22 days", "22 days later", []),
        ("Day 1", "at D1 + 21 days", "visit on Day 23", ["21"]),
        ("Day 1", "at D1 + 4 weeks", "visit on Day 29", []),
        ("Day 1", "at D1 + 4 weeks", "visit on Day 28", ["4"]),
        ("Day 1", "at D1 - 7 days", "admission on Day -7", []),
        ("Day 1", "at D1 - 1 month", "from Day -30 on", ["1"]),
        ("Day 1", "from D1 + 7 days to D1 + 9 days", "Day 8 to Day 10", []),
        ("Day 1", "from D1 + 7 days to D1 + 10 days", "Day 8 to Day 10", ["10"]),
        ("Day 1", "from D1 - 28 days to D1 - 1 day", "within 28 days before Day 1", []),
        ("Day 0", "at D1 + 22 days", "visit on Day 23", ["22"]),
        ("Day 0", "at D1 + 23 days", "visit on Day 23", []),
    ],
)
def test_a_day_is_counted_from_the_day_1_of_the_text(
    linked: Linked, title: str, timing: str, words: str, missed: list[str]
) -> None:
    name = "D1" if title == "Day 1" else "D0"
    text = (
        f'visit {name} "{title}" anchor {{ source """\n  dose\n""" }}\n'
        f'visit V "V" {timing.replace("D1", name)} {{ source """\n  {words}\n""" }}\n'
    )
    assert missed_numbers(linked, text) == missed


@pytest.mark.parametrize(
    ("first", "timing", "words", "missed"),
    [
        ("day 1", "at day 23", "visit on Day 23", []),
        ("day 1", "at day 22", "visit on Day 23", ["22"]),
        ("day 1", "at day 24", "visit on Day 23", ["24"]),
        ("day 1", "at day 23", "22 days later", []),
        ("day 1", "at day 23", "23 days later", ["23"]),
        ("day 0", "at day 23", "visit on Day 23", []),
        ("day 0", "at day 24", "visit on Day 23", ["24"]),
        ("day 1", "at day -1", "admission on Day -1", []),
        ("day 1", "at day -1", "admission on Day -2", ["1"]),
        ("day 1", "from day -28 to day -2", "Day -28 to Day -2", []),
        ("day 1", "from day -28 to day -3", "Day -28 to Day -2", ["3"]),
    ],
)
def test_the_number_of_a_day_stands_in_the_text(
    linked: Linked, first: str, timing: str, words: str, missed: list[str]
) -> None:
    text = (
        f'visit B "Base" anchor {first} {{ source """\n  dose\n""" }}\n'
        f'visit V "V" {timing} {{ source """\n  {words}\n""" }}\n'
    )
    assert missed_numbers(linked, text) == missed


# ---- what else states numbers


SOURCE = '{ source """\n  at most 40 days, 5 %, 11 g/dL or 30 min\n""" '


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('define low "Low" = lab.hb < 12 g/dL SOURCE }', ["12"]),
        ('define low "Low" = lab.hb < 11 g/dL SOURCE }', []),
        ('define low "Low" = lab.hb < 12 g/dL', []),
        ('derive limit "L" [g/dL] = first of { a: 11 g/dL when lab.hb < 12 g/dL b: 13 g/dL '
         "otherwise } SOURCE }", ["12", "13"]),
        ('derive total "S" [g/dL] = lab.hb + 12 g/dL SOURCE }', ["12"]),
        ('visit V "V" anchor\nactivity a "A" at V SOURCE timepoints: -30 min, 0 h, 2 h }', ["2"]),
        ('visit V "V" anchor\nactivity a "A" at V SOURCE tolerance: 10 % }', ["10"]),
        ('visit V "V" anchor\nactivity a "A" at V SOURCE when lab.hb < 12 g/dL }', ["12"]),
        ('intervention i "I" SOURCE type: drug volume: 50 mL }', ["50"]),
        ('visit V "V" anchor SOURCE }\nintervention i "I" SOURCE type: drug }\n'
         'arm a "A" experimental SOURCE give i as x at V for 41 days }', ["41"]),
    ],
)  # fmt: skip
def test_other_numbers_stand_in_the_words_too(
    linked: Linked, text: str, numbers: list[str]
) -> None:
    assert missed_numbers(linked, text.replace("SOURCE", SOURCE)) == numbers


def test_a_definition_stands_on_the_words_of_the_rules_that_read_it(linked: Linked) -> None:
    low = 'define low "Low" = lab.hb < {} g/dL\ndefine again "Again" = low\n'
    assert missed_numbers(linked, low.format(11) + rule("Hb < 11", "again")) == []
    assert missed_numbers(linked, low.format(12) + rule("Hb < 11", "again")) == ["12"]
    coefficient = 'derive f "F" [1] = first of { a: 0.85 when lab.hb < 11 g/dL b: 1 otherwise }\n'
    assert missed_numbers(linked, coefficient + rule("Hb < 11", "f < 11")) == []


def test_no_is_the_number_0(linked: Linked) -> None:
    assert missed_numbers(linked, rule("no anaemia", "lab.hb >= 2 g/dL or lab.hb = 3 g/dL")) == [
        "2",
        "3",
    ]
    data = 'data lesions "C" : score 0 .. 3\n'
    assert missed_numbers(linked, data + rule("no lesion", "lesions = 0")) == []
    assert missed_numbers(linked, data + rule("one lesion", "lesions = 0")) == ["0"]
