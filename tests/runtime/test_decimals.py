"""Conversion of reported numbers against exact fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialc_runtime.decimals import SAME_UNIT, calculate, convert, decimal_of

FACTORS = st.tuples(
    st.integers(1, 10**9), st.integers(1, 10**9), st.integers(-(10**6), 10**6), st.integers(1, 1000)
)
NUMBERS = st.one_of(
    st.floats(-1e12, 1e12), st.integers(-(10**15), 10**15), st.sampled_from([5e-324, 1e290, 0.1])
)


@given(NUMBERS, FACTORS)
def test_one_rounding_of_the_exact_result(number: float, factor: tuple[int, int, int, int]) -> None:
    num, den, shift, over = factor
    exact = Fraction(repr(number)) * Fraction(num, den) + Fraction(shift, over)
    assert convert(number, factor) == exact.numerator / exact.denominator


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_decimal_text_of_a_number(number: float) -> None:
    mantissa, exponent = decimal_of(number)
    assert Fraction(mantissa) * Fraction(10) ** exponent == Fraction(repr(number))


@pytest.mark.parametrize(
    ("number", "factor", "result"),
    [
        (110, (1, 10, 0, 1), 11.0),
        (0.57, (10, 1, 0, 1), 5.7),
        (35.1, (1, 1, 27315, 100), 308.25),
        (98.6, (5, 9, -160, 9), 37.0),
        (0.1 + 0.2, SAME_UNIT, 0.30000000000000004),
        (2**53 + 1, SAME_UNIT, 9007199254740992.0),
    ],
)
def test_traps(number: float, factor: tuple[int, int, int, int], result: float) -> None:
    assert convert(number, factor) == result


@given(st.sampled_from("+-*/"), NUMBERS, NUMBERS, st.integers(1, 10**6), st.integers(1, 10**6))
def test_one_rounding_of_the_exact_calculation(
    operator: str, left: float, right: float, num: int, den: int
) -> None:
    a, b = Fraction(repr(left)), Fraction(repr(right))
    ratio = Fraction(num, den)
    exact = {
        "+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b * ratio,
        "/": lambda: a / b * ratio,
    }[operator]  # fmt: skip
    try:
        expected = float(exact())
    except (ZeroDivisionError, OverflowError):
        expected = None
    assert calculate(operator, left, right, num, den) == expected


def test_there_is_one_zero() -> None:
    assert str(calculate("/", 0.0, -5.0)) == "0.0"
    assert str(calculate("*", -0.0, 5.0)) == "0.0"


def test_binary_arithmetic_would_have_failed() -> None:
    assert 0.57 * 10 != 5.7


def test_what_is_beyond_all_numbers_overflows() -> None:
    for number in (10**400, -(10**5000), 1e308):
        with pytest.raises(OverflowError):
            convert(number, (1000, 1, 0, 1))
