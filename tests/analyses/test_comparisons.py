"""A rule looks the same way as its registered words, and measures in the same dimension."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from trialc.analyses.amounts_in_words import amounts
from trialc.analyses.comparisons import check_comparisons
from trialc.graph.study import Study

Linked = Callable[..., Study]

DATA = """
data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL }
data demo.age "Age" : quantity [year] { range: 0 .. 120 years }
data lab.alt "ALT" : quantity [xULN] { range: 0 .. 100 xULN }
data skin.mrss "Skin score" : score 0 .. 51
decision ours "Ours" { reading: "ours" status: confirmed by: "us" on: 2027-01-04 }
"""


@pytest.mark.parametrize(
    ("words", "relation", "unit"),
    [
        ("hemoglobin < 11 g/dL", "<", "g/dL"),
        ("hemoglobin of at least 11 g/dL.", ">=", "g/dL"),
        ("not more than 11 g/dL", "<=", "g/dL"),
        ("more than 11 g/dL", ">", "g/dL"),
        ("aged 11 years or older", ">=", "a"),
        ("aged 11 years, or younger", "<=", "a"),
        ("over 11 years of age", ">", "a"),
        ("moreover 11 patients", None, None),
        ("≥11mg/dl", ">=", "mg/dL"),
        ("> 11 times the upper limit of normal", ">", "{x_ULN}"),
        ("> 11 x ULN", ">", "{x_ULN}"),
        ("grade 11 in the last year", None, None),
        ("11", None, None),
        ("platelets < 11 x 10^9/L", "<", "10*9/L"),
    ],
)
def test_words_compare(words: str, relation: str | None, unit: str | None) -> None:
    (found,) = (each for each in amounts(words) if Decimal(11) in each.values)
    assert (found.relation, found.unit.code if found.unit else None) == (relation, unit)


@pytest.mark.parametrize(
    ("words", "rule", "agrees"),
    [
        ("Hemoglobin < 11 g/dL", "exclude when lab.hb < 11 g/dL", True),
        ("Hemoglobin < 11 g/dL", "exclude when lab.hb < 110 g/L", True),
        ("Hemoglobin < 11 g/dL", "exclude when lab.hb <= 11 g/dL", False),
        ("Hemoglobin < 11 g/dL", "exclude when lab.hb > 11 g/dL", False),
        ("Hemoglobin < 11 g/dL", "exclude when 11 g/dL > lab.hb", True),
        ("Hemoglobin < 11 g/dL", "exclude when demo.age > 11 years", True),  # W0630 says it
        ("Hemoglobin < 11 g/dL", "exclude when lab.hb > 110 g/L", False),
        ("Hemoglobin < 11", "exclude when demo.age < 11 years", True),
        ("Hemoglobin 11 g/dL", "exclude when lab.hb > 11 g/dL", True),
        ("Hemoglobin < 11 g/dL, or > 11 g/dL in men", "exclude when lab.hb > 11 g/dL", True),
        ("Hemoglobin >= 11 g/dL", "exclude when not (lab.hb < 11 g/dL)", True),
        ("Hemoglobin >= 11 g/dL", "exclude when not (lab.hb > 11 g/dL)", False),
        ("Hemoglobin >= 11 g/dL", "exclude when none of { a: lab.hb < 11 g/dL }", True),
        ("Age 18 to 75 years", "exclude when demo.age in 18 .. 75 years", True),
        ("Age > 18 and < 75 years", "exclude when demo.age in 18 .. 75 years", False),
        ("ALT > 3 times the upper limit of normal", "exclude when lab.alt >= 3 xULN", False),
        ("ALT > 3 x ULN", "exclude when lab.alt > 3 xULN", True),
        ("Rodnan score > 20", "exclude when skin.mrss > 20", True),
        ("Rodnan score > 20", "exclude when skin.mrss < 20", False),
        ("Hemoglobin < 11 g/dL", "decided ours exclude when lab.hb > 11 g/dL", True),
    ],
)
def test_a_rule_follows_its_words(linked: Linked, words: str, rule: str, agrees: bool) -> None:
    quoted = f'source """\n  {words}\n"""'
    text = f'{DATA}exclusion only [1] "Only" {{ {quoted} {rule} }}\n'
    _, found = check_comparisons(linked(text, words))
    assert [each.kind.code for each in found][:1] == ([] if agrees else ["W0615"])
