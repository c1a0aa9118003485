"""Limits of normal: fixed, of the laboratory, by age and sex; at, below and above each."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, screened, words

FIXED = 'data alat "ALT" : quantity [U/L] { range: 0 .. 1000 U/L  normal: %s }'
LABORATORY = """
data lln "lower limit of normal" : quantity [U/L] { range: 1 .. 100 U/L }
data uln "upper limit of normal" : quantity [U/L] { range: 1 .. 100 U/L }
data alat "ALT" : quantity [U/L] { range: 0 .. 1000 U/L  normal: lln .. uln }
"""
BY_SEX = """
derive limit "ULN by sex" [U/L] = unique of {
  women: 35 U/L when demo.sex = female
  men: 45 U/L when demo.sex = male
}
data alat "ALT" : quantity [U/L] { range: 0 .. 1000 U/L  normal: at most limit }
"""


def sides(data: str, rule: str, **record: object) -> tuple[bool | None, ...]:
    """The outcome just below, at and above a limit of 120, 10 and 40."""
    return tuple(outcome(data, rule, alat=value, **record) for value in (119.9, 120, 120.1))


@pytest.mark.parametrize("normal", ["10 .. 40 U/L", "at most 40 U/L", "10 U/L .. 40 U/L"])
def test_multiples_of_a_fixed_limit(normal: str) -> None:
    data = FIXED % normal
    assert sides(data, "alat > 3 xULN") == (False, False, True)
    assert sides(data, "alat >= 3 xULN") == (False, True, True)
    assert sides(data, "alat < 3 xULN") == (True, False, False)
    assert sides(data, "alat <= 3.0 xULN") == (True, True, False)
    assert sides(data, "3 xULN < alat") == (False, False, True)


def test_multiples_are_exact_decimals() -> None:
    data = 'data k "K" : quantity [mmol/L] { normal: 0.35 .. 0.7 mmol/L }'
    for rule, limit in (("k >= 3 xLLN", 1.05), ("k >= 3 xULN", 2.1), ("k >= 1.1 xULN", 0.77)):
        assert outcome(data, rule, k=limit) is True
        assert outcome(data, rule, k=limit - 0.0000001) is False
    named = data.replace("0.35 .. 0.7 mmol/L", "lln .. uln")
    limits = "".join(f'data {n} "{n}" : quantity [mmol/L]\n' for n in ("lln", "uln"))
    for rule, limit in (("k >= 3 xLLN", 1.05), ("k >= 3 xULN", 2.1), ("k >= 1.1 xULN", 0.77)):
        assert outcome(limits + named, rule, k=limit, lln=0.35, uln=0.7) is True
        assert outcome(limits + named, rule, k=limit - 0.0000001, lln=0.35, uln=0.7) is False


def test_multiples_of_the_limits_of_the_laboratory() -> None:
    assert sides(LABORATORY, "alat > 3 xULN", uln=40) == (False, False, True)
    assert outcome(LABORATORY, "alat < 1 xLLN", alat=9.9, lln=10) is True
    assert outcome(LABORATORY, "alat < 1 xLLN", alat=10, lln=10) is False
    assert needs(LABORATORY, "alat > 3 xULN", alat=120) == ["uln"]
    assert needs(LABORATORY, "alat > 3 xULN", uln=40) == ["alat"]


def test_a_limit_in_another_unit_is_converted_in_the_same_step() -> None:
    data = """
data uln "ULN" : quantity [g/L]
data hb "Hb" : quantity [g/dL] { normal: at most uln }
"""
    assert outcome(data, "hb >= 1.1 xULN", hb=7.7, uln=70) is True
    assert outcome(data, "hb >= 1.1 xULN", hb=7.6999, uln=70) is False
    assert outcome(data, "hb above normal", hb=7, uln=70) is False
    assert outcome(data, "hb above normal", hb=7.1, uln=70) is True


def test_multiples_of_a_table_of_limits() -> None:
    assert outcome(BY_SEX, "alat > 2 xULN", alat=71, demo__sex="female") is True
    assert outcome(BY_SEX, "alat > 2 xULN", alat=70, demo__sex="female") is False
    assert outcome(BY_SEX, "alat > 2 xULN", alat=71, demo__sex="male") is False
    assert needs(BY_SEX, "alat > 2 xULN", alat=71) == ["demo.sex"]


@pytest.mark.parametrize("data", [FIXED % "10 .. 40 U/L", LABORATORY])
@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("alat in normal range", (10, 40)),
        ("alat outside normal range", (9.9, 40.1)),
        ("alat above normal", (40.1,)),
        ("alat below normal", (9.9,)),
        ("alat in 1 xLLN .. 1 xULN", (10, 40)),
    ],
)
def test_sides_of_normal(data: str, rule: str, holds: tuple[float, ...]) -> None:
    limits = {"lln": 10, "uln": 40} if data == LABORATORY else {}
    tried = (9.9, 10, 40, 40.1)
    assert tuple(each for each in tried if outcome(data, rule, alat=each, **limits)) == holds
    assert outcome(data, rule, **limits) is None


def test_what_is_one_sided_has_one_side() -> None:
    high, low = FIXED % "at most 40 U/L", FIXED % "at least 10 U/L"
    assert outcome(high, "alat in normal range", alat=0) is True
    assert outcome(high, "alat outside normal range", alat=40.1) is True
    assert outcome(low, "alat in normal range", alat=1000) is True
    assert codes(excluding(high, "alat below normal")) == ["E0446"]
    assert codes(excluding(low, "alat above normal")) == ["E0446"]
    assert codes(excluding(low, "alat > 3 xULN")) == ["E0446"]
    assert codes(excluding('data a "A" : quantity [U/L]', "a in normal range")) == ["E0446"]


def test_the_words() -> None:
    fixed = FIXED % "10 .. 40 U/L"
    assert words(fixed, "alat > 3 xULN") == "ALT > 3 × ULN (120 U/L)"
    assert words(fixed, "alat above normal") == "ALT > ULN (40 U/L)"
    assert words(fixed, "alat in normal range") == "ALT ≥ LLN (10 U/L) and ALT ≤ ULN (40 U/L)"
    assert words(LABORATORY, "alat > 3 xULN") == "ALT > 3 × upper limit of normal"
    found = screened(excluding(LABORATORY, "alat > 3 xULN"), alat=121, uln=40)
    values = found["criteria"][0]["because"]["values"]
    assert [(each["input"], each["value"]) for each in values] == [("alat", 121), ("uln", 40)]


@pytest.mark.parametrize(
    ("normal", "code"),
    [
        ("40 .. 10 U/L", "E0408"),
        ("10 .. 40 g/L", "E0402"),
        ("40 U/L", "E0307"),
        ("10 .. 2000 U/L", "E0407"),
        ("lin .. uln", "E0302"),
        ("onset .. 40 U/L", "E0447"),
    ],
)
def test_what_is_no_range_of_normal(normal: str, code: str) -> None:
    text = 'data onset "Onset" : date\ndata uln "ULN" : quantity [U/L]\n' + FIXED % normal
    found = codes(excluding(text, "alat > 3 xULN"))
    assert found == [code]


def test_elements_in_multiples_stay_what_they_were() -> None:
    data = 'data alat "ALT" : quantity [xULN]'
    assert words(data, "alat > 3 xULN") == "ALT > 3 × ULN"
    assert outcome(data, "alat > 3 xULN", alat=3.1) is True


def test_words_of_normal_may_be_names() -> None:
    data = "".join(
        f'data {n} "{n}" : quantity [kg]\n' for n in ("normal", "range", "above", "below")
    )
    rule = "normal > 1 kg and range > 1 kg and above > 1 kg and below > 1 kg"
    assert codes(excluding(data + 'data outside "O" : boolean', f"{rule} and outside")) == []


GLUCOSE = """
data uln "ULN" : quantity [%s] { range: 0 .. 1000 %s }
data glucose "Glucose" : quantity [mmol/L] {
  range: 0 .. 100 mmol/L
  normal: at most uln
  molar_mass: 180 g/mol
}
"""


@pytest.mark.parametrize(("unit", "limit"), [("mg/dL", 90), ("mmol/L", 5)])
@pytest.mark.parametrize(
    "reported", [{"value": 5, "unit": "mmol/L"}, {"value": 90, "unit": "mg/dL"}]
)
def test_limits_have_the_molar_mass_of_their_element(
    unit: str, limit: float, reported: Any
) -> None:
    """180 g/mol: 5 mmol/L are 90 mg/dL, whichever of both the limit is declared or reported in."""
    data = GLUCOSE % (unit, unit)
    for uln in (limit, reported):
        assert outcome(data, "glucose > 1 xULN", glucose=5, uln=uln) is False
        assert outcome(data, "glucose > 1 xULN", glucose=5.1, uln=uln) is True
        assert outcome(data, "glucose >= 2 xULN", glucose=10, uln=uln) is True
        assert outcome(data, "glucose >= 2 xULN", glucose=9.9, uln=uln) is False
