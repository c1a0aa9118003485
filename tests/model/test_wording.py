"""The words for conditions and numbers, the same in documents and explanations."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.model.protocol import Protocol
from trialc.model.wording import Wording, number_words, quantity_words, unit_words

DATA = """
cause ssc "systemic sclerosis"
data fvc "FVC" : quantity [%pred] { range: 10 .. 160 %pred }
data plt "Platelets" : quantity [10^9/L] { range: 0 .. 900 x10^9/L }
data bone "T-score" : quantity [{Tscore}] { range: -6 .. 4 T-score }
data age "Age" : quantity [year] { range: 0 .. 120 years }
data w "Weight" : quantity [kg] { range: 25 .. 250 kg }
data h "Height" : quantity [cm] { range: 100 .. 230 cm }
data sex "Sex" : choice {female, male, not_said}
data a "A" : boolean
data b "B" : boolean
data onset "Onset" : date
"""


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("fvc < 80 %pred", "FVC < 80 % predicted"),
        ("fvc in 30 .. 80 %pred", "FVC from 30 % predicted to 80 % predicted"),
        ("plt < 30 x10^9/L", "Platelets < 30 ×10⁹/L"),
        ("bone <= -2.5 T-score", "T-score ≤ −2.5 T-score"),
        ("age != 1 year", "Age ≠ 1 year"),
        ("age >= 18 years", "Age ≥ 18 years"),
        ("sex = not_said", "Sex is not said"),
        ("sex != female", "Sex is not female"),
        ("sex in {female, male}", "Sex is female or male"),
        ("a and (b or a)", "A and (B or A)"),
        ("(a or b) attributed to ssc", "(A or B), attributed to systemic sclerosis"),
        ("a attributed to other than ssc",
         "A, attributed to a cause other than systemic sclerosis"),
        ("a unless (a and b)", "A, unless (A and B)"),
        ("not a", "not (A)"),
        ("at least 2 of { x: a  y: b }", "at least 2 of A, B"),
        ("none of { x: a  y: b }", "none of A, B"),
        ("(fvc < 80 %pred if done) or a",
         "(FVC < 80 % predicted (applies only if FVC was measured)) or A"),
        ("years from onset to as_of <= 2 years",
         "years from Onset to the day of the verdict ≤ 2 years"),
        ("onset < 2027-01-01", "Onset before 2027-01-01"),
        ("(w + w) * h > 3 kg.cm", None),
    ],
)  # fmt: skip
def test_conditions_in_words(small: Any, rule: str, words: str | None) -> None:
    made = small(f'{DATA}define x "X" = {rule}\n')
    if words is None:
        assert made.codes == ["E0401"]
        return
    protocol: Protocol = made.protocol
    assert Wording(protocol).phrase(protocol.conditions[-1].condition) == words


@pytest.mark.parametrize(
    ("formula", "unit", "words"),
    [
        ("w / (h * h)", "kg/m2", "Weight / (Height × Height)"),
        ("(w + w) / w", "1", "(Weight + Weight) / Weight"),
        ("w - w - w", "kg", "Weight − Weight − Weight"),
        ("w", "g", "Weight"),
        ("w * 2", "g", "Weight × 2"),
    ],
)
def test_formulas_in_words(small: Any, formula: str, unit: str, words: str) -> None:
    protocol: Protocol = small(f'{DATA}derive x "X" [{unit}] = {formula}\n').protocol
    assert number_words(protocol.numbers[-1].number, protocol) == words


def test_facts_of_events_go_by_their_titles(small: Any) -> None:
    text = """
event e "E" { reports grade "Grade, CTCAE" {one, two_or_more}
  reports kind "Kind of event" {x} counts when event.grade = two_or_more }
event f "F" { reports grade "Grade, CTCAE" {one} reports kind "Another" {y}
  counts when event.kind = y }
"""
    protocol: Protocol = small(text).protocol
    first, second = (Wording(protocol).phrase(event.condition) for event in protocol.events)
    assert first == "Grade, CTCAE is two or more"
    assert second == "kind is y"  # two titles for one name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("80 %pred", "80 % predicted"),
        ("1e6 cell/kg", "1,000,000 cells/kg"),
        ("1.5e-3 mol", "1.5e-3 mol"),
        ("1 month", "1 month"),
        ("1.0 years", "1.0 year"),
        ("9", "9"),
        ("9 points", "9 points"),
        ("-3 kg", "−3 kg"),
        ("5 <script>", "5 <script>"),
        ("{{7*7}} kg", "{{7*7}} kg"),
        ("", ""),
    ],
)
def test_quantities_in_print(text: str, words: str) -> None:
    assert quantity_words(text) == words


def test_units_in_print() -> None:
    assert unit_words("10*9/L") == "×10⁹/L"
    assert unit_words("{score}") == unit_words("") == unit_words("no unit") == ""


def test_populations_go_by_their_titles(small: Any) -> None:
    text = (
        'population later "Once daily" { kind: entry }\n'
        'population twice "Once or twice" { kind: entry }\n'
        'population first "First" { kind: entry }\n'
        'data ill "Ill" : boolean\n'
        'exclusion a [1] "A" for later { exclude when ill }\n'
        'exclusion b [1] "B" for first, twice { exclude when ill }\n'
        'exclusion c [2] "C" { exclude when ill and population != later }\n'
    )
    protocol = small(text).protocol
    phrases = [Wording(protocol).phrase(item.condition) for item in protocol.criteria]
    assert phrases == [
        "Ill (applies only if Population is Once daily)",
        'Ill (applies only if Population is "Once or twice" or First)',
        "Ill and Population is not Once daily",
    ]
