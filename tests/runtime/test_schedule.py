"""Dated visits: counted from the anchor, windows around the target, nothing invented."""

from __future__ import annotations

from typing import Any

import pytest

from trialc_runtime.schedule import dated_visits

VISITS: tuple[Any, ...] = (
    ("SCREEN", "Screening", "before", "M0", 0, "day", None, None, None),
    ("M0", "Month 0", "anchor", "", 0, "day", None, None, None),
    ("M1", "Month 1", "offset", "M0", 1, "month", (0, 7, "day"), None, None),
    ("W4", "Four weeks after", "offset", "M1", 4, "week", (-1, 1, "week"), None, None),
    ("D-7", "Week before", "offset", "M0", -7, "day", None, None, None),
    ("H6", "Six hours", "offset", "M0", 6, "hour", (-1, 1, "hour"), None, None),
    ("ET", "Early termination", "unscheduled", "", 0, "day", None, None, None),
)


def dates(anchor: str) -> dict[str, tuple[str | None, ...]]:
    found = dated_visits(VISITS, anchor)
    return {v["visit"]: (v["target"], v["earliest"], v["latest"]) for v in found}


def test_visits_of_a_participant() -> None:
    assert dates("2027-01-31") == {
        "SCREEN": (None, None, None),
        "M0": ("2027-01-31", None, None),
        "M1": ("2027-02-28", "2027-02-28", "2027-03-07"),
        "W4": ("2027-03-28", "2027-03-21", "2027-04-04"),
        "D-7": ("2027-01-24", None, None),
        "H6": (None, None, None),
        "ET": (None, None, None),
    }


def test_a_leap_day() -> None:
    assert dates("2028-01-31")["M1"][0] == "2028-02-29"


@pytest.mark.parametrize("anchor", ["2027-02-29", "", "soon", "2201-01-01"])
def test_the_anchor_is_a_date(anchor: str) -> None:
    with pytest.raises(ValueError, match="anchor"):
        dated_visits(VISITS, anchor)


@pytest.mark.parametrize("anchor", ["2200-12-04", "2200-12-31", "1900-01-03"])
def test_no_visit_lies_in_a_year_that_records_do_not_know(anchor: str) -> None:
    with pytest.raises(ValueError, match="1900 to 2200"):
        dated_visits(VISITS, anchor)
