"""Dates, calendar distances, arithmetic and bounds, worked out by hand."""

from __future__ import annotations

import math

import pytest

from trialc.interpreter.evaluation import calculated, related
from trialc.model import expression as e

from .small import outcome


@pytest.mark.parametrize(
    ("onset", "expected"),
    [("2025-01-03", False), ("2025-01-04", True), ("2025-01-05", True), (None, None)],
)
def test_dates_are_compared_as_days(onset: str | None, expected: bool | None) -> None:
    assert outcome("onset >= 2025-01-04", onset=onset) is expected


@pytest.mark.parametrize(
    ("onset", "expected"),
    [("2025-01-03", False), ("2025-01-04", True), ("2027-01-04", True), ("2027-01-05", None)],
)
def test_the_second_anniversary_is_within_two_years(onset: str, expected: bool | None) -> None:
    assert outcome("duration <= 2 years", onset=onset) is expected


def test_a_quantity_decides_in_every_unit() -> None:
    for value in (11, {"value": 110, "unit": "g/L"}, {"value": 11000, "unit": "mg/dL"}):
        assert outcome("lab.hb < 11 g/dL", lab__hb=value) is False
    assert outcome("lab.hb < 11 g/dL", lab__hb={"value": 109.99, "unit": "g/L"}) is True


def test_the_dividend_is_scaled_first() -> None:
    assert outcome("bmi < 18 kg/m2", demo__weight=72, demo__height=2) is False
    assert outcome("bmi < 18 kg/m2", demo__weight=71.99, demo__height=2) is True
    assert outcome("bmi < 18 kg/m2", demo__weight=72) is None


@pytest.mark.parametrize(
    ("operator", "ratio", "left", "right", "expected"),
    [
        ("+", (1, 1), 0.1, 0.2, 0.3),
        ("-", (1, 1), 100.3, 100.2, 0.1),
        ("*", (10, 4), 3.0, 5.0, 37.5),
        ("/", (10_000, 1), 72.0, 40_000.0, 18.0),
        ("/", (1, 1000), 5.0, 2.0, 5.0 / 2000.0),
        ("/", (1, 1), 5.0, 0.0, math.nan),
        ("*", (1, 1), 1e200, 1e200, math.nan),
        ("/", (1, 1000), 5.0, 1e307, 5e-310),
        ("/", (1, 1000), -5e-324, 3.0, 0.0),
    ],
)
def test_arithmetic(
    operator: str, ratio: tuple[int, int], left: float, right: float, expected: float
) -> None:
    literal = {"kind": "literal", "value": 1.0, "unit": "1", "text": "1"}
    number = e.Arithmetic.model_validate(
        {"operator": operator, "left": literal, "right": literal, "unit": "1",
         "numerator": ratio[0], "denominator": ratio[1]}
    )  # fmt: skip
    found = calculated(number, left, right)
    assert str(found) == str(expected)  # there is one zero


@pytest.mark.parametrize(
    ("bounds", "less", "at_most", "equal"),
    [
        ((3, 3), True, True, False),
        ((4, 4), False, True, True),
        ((5, 5), False, False, False),
        ((3, 4), None, True, None),
        ((4, 5), False, None, None),
        ((3, 5), None, None, None),
        ((5, 7), False, False, False),
    ],
)
def test_a_span_of_points(
    bounds: tuple[float, float], less: bool | None, at_most: bool | None, equal: bool | None
) -> None:
    four = (4.0, 4.0)
    assert related(bounds, "<", four) is less
    assert related(bounds, "<=", four) is at_most
    assert related(bounds, "=", four) is equal
    assert related(bounds, ">=", four) is (None if less is None else not less)
    assert related(bounds, ">", four) is (None if at_most is None else not at_most)
    assert related(bounds, "!=", four) is (None if equal is None else not equal)
    assert related(None, "<", four) is None
