"""Civil dates against datetime, and the rules of docs/semantics.md sections 2 and 3."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialc_runtime.calendar import (
    add,
    civil,
    date_fault,
    day_number,
    elapsed,
    iso,
    parse_date,
)

DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31))


def day(text: str) -> int:
    number = parse_date(text)
    assert number is not None
    return number


@given(DATES)
def test_day_numbers_are_those_of_datetime(date: datetime.date) -> None:
    number = date.toordinal()
    assert parse_date(date.isoformat()) == number
    assert day_number(date.year, date.month, date.day) == number
    assert civil(number) == (date.year, date.month, date.day)
    assert iso(number) == date.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "", "2027", "2027-1-04", "2027-01-4", "27-01-04", "2027/01/04", "2027-13-01", "2027-00-10",
        "2027-02-29", "2100-02-29", "1900-02-29", "2027-04-31", "2027-01-00", "1899-12-31",
        "2201-01-01", "2027-01-04T00:00", " 2027-01-04", "2027-01-04 ", "٢٠٢٧-01-04", "2027-01-0²",
        "+027-01-04", "2027-01-04\n", "20270104",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert date_fault(text)


@pytest.mark.parametrize("text", ["1900-01-01", "2200-12-31", "2000-02-29", "2028-02-29"])
def test_the_ends_and_leap_days_are_dates(text: str) -> None:
    assert iso(day(text)) == text


@pytest.mark.parametrize(
    ("start", "amount", "unit", "result"),
    [
        ("2027-01-31", 1, "month", "2027-02-28"),
        ("2028-01-31", 1, "month", "2028-02-29"),
        ("2027-03-31", -1, "month", "2027-02-28"),
        ("2027-01-31", 2, "month", "2027-03-31"),
        ("2027-01-31", 3, "month", "2027-04-30"),
        ("2027-11-30", 3, "month", "2028-02-29"),
        ("2027-01-15", -1, "month", "2026-12-15"),
        ("2027-12-15", 1, "month", "2028-01-15"),
        ("2028-02-29", 1, "year", "2029-02-28"),
        ("2028-02-29", 4, "year", "2032-02-29"),
        ("2028-02-29", -1, "year", "2027-02-28"),
        ("2027-01-04", 2, "week", "2027-01-18"),
        ("2027-01-04", -28, "day", "2026-12-07"),
        ("2027-01-04", 0, "month", "2027-01-04"),
    ],
)
def test_adding_on_the_calendar(start: str, amount: int, unit: str, result: str) -> None:
    assert iso(add(day(start), amount, unit)) == result


def test_months_are_counted_from_the_anchor_and_never_chained() -> None:
    anchor = day("2027-01-31")
    assert iso(add(anchor, 2, "month")) == "2027-03-31"
    assert iso(add(add(anchor, 1, "month"), 1, "month")) == "2027-03-28"


def test_hours_are_not_counted_in_days() -> None:
    with pytest.raises(ValueError, match="hour"):
        add(day("2027-01-04"), 1, "hour")


@pytest.mark.parametrize(
    ("unit", "start", "end", "result"),
    [
        ("year", "2025-01-04", "2027-01-04", 2.0),
        ("year", "2025-01-04", "2027-01-03", 1 + 364 / 365),
        ("year", "2025-01-04", "2027-01-05", 2 + 1 / 365),
        ("year", "2024-02-29", "2025-02-28", 1.0),
        ("year", "2024-02-29", "2028-02-28", 3 + 365 / 366),
        ("year", "2024-02-29", "2028-02-29", 4.0),
        ("month", "2027-01-31", "2027-02-28", 1.0),
        ("month", "2027-01-31", "2027-03-01", 1 + 1 / 31),
        ("month", "2027-01-31", "2027-03-31", 2.0),
        ("week", "2027-01-04", "2027-01-14", 10 / 7),
        ("day", "2027-01-04", "2027-01-14", 10.0),
        ("day", "2027-01-04", "2027-01-04", 0.0),
        ("year", "2027-01-04", "2027-01-04", 0.0),
        ("month", "2027-01-05", "2027-01-04", None),
        ("day", "2027-01-05", "2027-01-04", None),
    ],
)
def test_elapsed(unit: str, start: str, end: str, result: float | None) -> None:
    assert elapsed(unit, day(start), day(end)) == result


@given(DATES, st.integers(0, 200), st.sampled_from(["month", "year"]))
def test_every_anniversary_is_a_whole_number(date: datetime.date, count: int, unit: str) -> None:
    start = date.toordinal()
    assert elapsed(unit, start, add(start, count, unit)) == count


@given(DATES, st.integers(0, 4000), st.sampled_from(["month", "year", "week", "day"]))
def test_elapsed_time_grows_day_by_day(date: datetime.date, days: int, unit: str) -> None:
    start = date.toordinal()
    before, after = elapsed(unit, start, start + days), elapsed(unit, start, start + days + 1)
    assert before is not None
    assert after is not None
    assert before < after
