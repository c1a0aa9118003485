"""Washouts by half-lives. The day of the verdict is 2027-01-04."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from tests.values.engines import codes, excluding, outcome, words

from trialc_runtime.calendar import iso, parse_date

TODAY = "2027-01-04"


def drug(half_life: str) -> str:
    return f'data drug "Drug" : history {{ half_life: {half_life} }}'


def longest(half_life: str, rule: str) -> int:
    """The days after the last dose on which it is still within; the next day it is not."""
    today = parse_date(TODAY)
    assert today is not None
    within: list[int] = []
    for days in range(400):
        last = iso(today - days)
        if outcome(drug(half_life), rule, drug=True, drug__ongoing=False, drug__last=last):
            within.append(days)
    assert within == list(range(len(within)))
    return len(within) - 1


@pytest.mark.parametrize(
    ("half_life", "length", "days"),
    [
        ("7 days", "5 half-lives", 35),
        ("7 days", "1 half-life", 7),
        ("12 h", "5 half-lives", 3),  # 60 hours
        ("24 h", "5 half-lives", 5),
        ("22.5 days", "5 half-lives", 113),
        ("1 week", "2.5 half-lives", 18),
        ("7 days", "longer of (30 days, 5 half-lives)", 35),
        ("6 days", "longer of (30 days, 5 half-lives)", 30),
        ("5 days", "longer of (30 days, 5 half-lives)", 30),
        ("7 days", "shorter of (30 days, 5 half-lives)", 30),
        ("5 days", "shorter of (30 days, 5 half-lives)", 25),
        ("7 days", "longer of (2 weeks, 30 days, 5 half-lives)", 35),
        # December and January: a month is 31 days.
        ("6 days", "longer of (1 month, 5 half-lives)", 31),
        ("6.2 days", "longer of (1 month, 5 half-lives)", 31),
        ("6.4 days", "longer of (1 month, 5 half-lives)", 32),
        ("6 days", "shorter of (1 month, 5 half-lives)", 30),
        ("6.2 days", "shorter of (1 month, 5 half-lives)", 31),
    ],
)
def test_half_lives_are_rounded_up_to_whole_days(half_life: str, length: str, days: int) -> None:
    assert longest(half_life, f"drug within {length} before as_of") == days


def test_the_last_day_has_the_half_life_of_its_history() -> None:
    data = drug("7 days") + '\ndata operation "Operation" : date'
    rule = "drug.last within 5 half-lives before operation"
    known = {"drug": True, "drug__ongoing": False, "operation": TODAY}
    assert outcome(data, rule, **known, drug__last="2026-11-30") is True
    assert outcome(data, rule, **known, drug__last="2026-11-29") is False


def test_the_words() -> None:
    rule = "drug within longer of (30 days, 5 half-lives) before as_of"
    said = "Drug, ongoing or within {} before the day of the verdict"
    assert words(drug("7 days"), rule) == said.format("5 half-lives (35 days)")
    assert words(drug("5 days"), rule) == said.format("30 days")
    months = words(drug("6 days"), rule.replace("30 days", "1 month"))
    assert months == " or ".join(
        f"({said.format(length)})" for length in ("1 month", "5 half-lives (30 days)")
    )


@pytest.mark.parametrize(
    ("length", "found"),
    [
        ("34 days", ["W0445"]),
        ("35 days", []),
        ("4 half-lives", ["W0445"]),
        ("5 half-lives", []),
        ("1 month", ["W0445"]),
        ("2 months", []),
        ("longer of (1 day, 5 half-lives)", []),
        ("shorter of (30 days, 5 half-lives)", ["W0445"]),
    ],
)
def test_a_short_washout_is_told(length: str, found: list[str]) -> None:
    assert codes(excluding(drug("7 days"), f"drug within {length} before as_of")) == found


@pytest.mark.parametrize("half_life", ["1 month", "0 days", "7", "7 kg", "some thing"])
def test_a_half_life_is_a_time(half_life: str) -> None:
    assert "E0307" in codes(drug(half_life))


def test_only_histories_have_one() -> None:
    assert codes('data a "A" : boolean { half_life: 7 days }') == ["E0304"]


@pytest.mark.parametrize("half_life", [0, 2.5, 5.5, 5.6, 6, 7.1, 21.3])
def test_a_half_life_that_an_element_holds_is_written_out(half_life: float) -> None:
    """As docs/how-do-i-say.md has it: to the day what a stated half-life gives."""
    data = (
        'data drug "Drug" : history\n'
        'data half_life "Half-life" : quantity [d] { range: 0 .. 100 d }\n'
        'derive days_ago "Days ago" [d] = days from drug.last to as_of'
    )
    rule = "drug within 28 days before as_of or days_ago - 1 d < 5 * half_life"
    limit = max(28, math.ceil(5 * Fraction(str(half_life))))
    today = parse_date(TODAY)
    assert today is not None
    for days in (0, 1, 27, 28, 29, limit - 1, limit, limit + 1):
        known = {"drug": True, "drug__ongoing": False, "drug__last": iso(today - days)}
        assert outcome(data, rule, **known, half_life=half_life) is (days <= limit)
        assert outcome(data, rule, **known) is (True if days <= 28 else None)
    assert outcome(data, rule, drug=True, drug__ongoing=True) is True
    assert outcome(data, rule, drug=False) is False
    assert outcome(data, rule, drug=False, half_life=half_life) is False
