"""Limits in two units, and changes against an earlier value: at, below and above each."""

from __future__ import annotations

import pytest
from tests.values.engines import codes, excluding, outcome, words

GLUCOSE = 'data glucose "Glucose" : quantity [mg/dL] { molar_mass: 180.16 g/mol }\n'
PAIR = """
data a "A" : quantity [mg/dL] { range: 0.1 .. 1000 mg/dL }
data b "B" : quantity [mg/dL] { range: 0.1 .. 1000 mg/dL }
data zero "Zero" : quantity [mg/dL]
data ef "EF" : quantity [%] { range: 1 .. 100 % }
data ef_b "EF before" : quantity [%] { range: 1 .. 100 % }
data w "Weight" : quantity [kg]
"""


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ("126 mg/dL (7.0 mmol/L)", []),  # 6.99378
        ("126 mg/dL (7 mmol/L)", []),
        ("126 mg/dL (6.99 mmol/L)", []),
        ("126 mg/dL (6.994 mmol/L)", []),
        ("126 mg/dL (7.00 mmol/L)", ["E0455"]),
        ("126 mg/dL (7.1 mmol/L)", ["E0455"]),
        ("126 mg/dL (6.9 mmol/L)", ["E0455"]),
        ("7.0 mmol/L (126 mg/dL)", []),
        ("7.0 mmol/L (127 mg/dL)", ["E0455"]),
        ("126 mg/dL (1.26 g/L)", []),
        ("126 mg/dL (7.0 kg)", ["E0402"]),
        ("126 mg/dL (7.0 furlongs)", ["E0401"]),
    ],
)
def test_the_second_is_the_first_as_far_as_it_is_printed(limit: str, found: list[str]) -> None:
    assert [c for c in codes(excluding(GLUCOSE, f"glucose >= {limit}")) if c[0] == "E"] == found


def test_mass_and_substance_need_a_molar_mass() -> None:
    data = 'data glucose "Glucose" : quantity [mg/dL]\n'
    assert codes(excluding(data, "glucose >= 126 mg/dL (7.0 mmol/L)")) == ["E0402"]


def test_the_first_counts_and_both_are_printed() -> None:
    rule = "glucose >= 126 mg/dL (7.0 mmol/L)"
    assert outcome(GLUCOSE, rule, glucose=126) is True
    assert outcome(GLUCOSE, rule, glucose=125.9) is False
    assert words(GLUCOSE, rule) == "Glucose ≥ 126 mg/dL (7.0 mmol/L)"
    both = "glucose in 72 mg/dL (4.0 mmol/L) .. 126 mg/dL (7.0 mmol/L)"
    assert words(GLUCOSE, both) == ("Glucose from 72 mg/dL (4.0 mmol/L) to 126 mg/dL (7.0 mmol/L)")


@pytest.mark.parametrize(
    ("rule", "before", "holds", "fails"),
    [
        ("a falls by at least 30 % from b", 10, [7, 6.9], [7.1, 10, 13]),
        ("a falls by more than 30 % from b", 10, [6.9], [7, 13]),
        ("a rises by at least 30 % from b", 10, [13, 13.1], [12.9, 7]),
        ("a rises by at least 0.3 mg/dL from b", 0.9, [1.2, 1.3], [1.19, 0.9, 0.6]),
        ("a rises by more than 0.3 mg/dL from b", 0.9, [1.21], [1.2, 0.6]),
        ("a rises by at least 0.003 g/L from b", 0.9, [1.2], [1.19]),
        ("a changes by at least 30 % from b", 10, [7, 13], [7.1, 12.9]),
        ("a falls by at least 33.3 % from b", 3, [2.001], [2.002]),
        ("a rises by at least 110 % from b", 0.7, [1.47], [1.46]),
    ],
)
def test_changes(rule: str, before: float, holds: list[float], fails: list[float]) -> None:
    assert {value: outcome(PAIR, rule, a=value, b=before) for value in (*holds, *fails)} == {
        **dict.fromkeys(holds, True),
        **dict.fromkeys(fails, False),
    }
    assert outcome(PAIR, rule, a=holds[0]) is None
    assert outcome(PAIR, rule, b=before) is None


def test_the_words_of_a_change() -> None:
    assert words(PAIR, "a falls by at least 30 % from b") == "B − A ≥ 30 % × B"
    assert words(PAIR, "a rises by more than 0.3 mg/dL from b") == "A − B > 0.3 mg/dL"


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("ef falls by at least 10 % from ef_b", "E0456"),
        ("a falls by at least 10 % from zero", "E0340"),
        ("a falls by at least 0 % from b", "E0457"),
        ("a falls by at least -1 mg/dL from b", "E0457"),
        ("a falls by at least 1 kg from b", "E0402"),
        ("a falls by at least 10 % from w", "E0402"),
        ("a falls by at least 10 % from nothing", "E0302"),
    ],
)
def test_mistakes(rule: str, code: str) -> None:
    assert codes(excluding(PAIR, rule)) == [code]


def test_words_of_changes_may_be_names() -> None:
    names = ("falls", "rises", "changes", "more")
    data = "".join(f'data {name} "N" : quantity [kg]\n' for name in names)
    assert codes(excluding(data, " and ".join(f"{name} > 1 kg" for name in names))) == []


def test_nothing_in_parentheses_is_passed_over() -> None:
    day = 'data day "Day" : date\n'
    assert codes(excluding(day, "day < as_of - 1 week (7 days)")) == ["E0417"]
    alt = 'data alt "ALT" : quantity [U/L] { normal: at most 40 U/L }\n'
    assert codes(excluding(alt, "alt > 3 xULN (120 U/L)")) == ["E0402"]
    for text in ("{ range: 1 .. 2 kg (2000 g) }", "{ typical: 1 kg (1000 g) }"):
        assert "E0207" in codes(f'data a "A" : quantity [kg] {text}')
