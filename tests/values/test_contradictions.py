"""Values of one record that cannot all be right are refused by both engines alike."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, engines, excluding, screened

from trialc_runtime.records import RecordRefused

RANGES = """
data alat "ALT" : quantity [U/L] { range: 0 .. 5000 U/L  normal: alat.lln .. alat.uln }
data alat.lln "ALT, lower limit" : quantity [U/L] { range: 0 .. 500 U/L }
data alat.uln "ALT, upper limit" : quantity [U/L] { range: 0 .. 500 U/L }
"""
FIXED_LOW = """
data alat "ALT" : quantity [U/L] { range: 0 .. 5000 U/L  normal: 10 U/L .. alat.uln }
data alat.uln "ALT, upper limit" : quantity [U/L] { range: 0 .. 500 U/L }
"""
UNITS = """
data k "Potassium" : quantity [mmol/L] { range: 0 .. 20 mmol/L  normal: k.lln .. k.uln }
data k.lln "Lower limit" : quantity [mmol/L] { range: 0 .. 20 mmol/L }
data k.uln "Upper limit" : quantity [umol/L] { range: 0 .. 20000 umol/L }
"""


def faults(data: str, rule: str, **values: Any) -> list[str]:
    """What both engines find in a record of today; [] where they read it."""
    screening, checker = engines(excluding(data, rule))
    record = {"as_of": "2027-01-04", "measured": "2027-01-04"}
    record |= {name.replace("__", "."): value for name, value in values.items()}
    found: list[list[str]] = []
    for screen, refused in (
        (screening.screen, RecordRefused),
        (checker.screen, checker.RecordRefused),
    ):
        try:
            screen(record)
            found.append([])
        except refused as error:
            found.append([str(fault) for fault in error.faults])
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (10, 40, []),
        (40, 40, []),
        (41, 40, ["alat.lln: is above `alat.uln`, 40 U/L: correct one of the two"]),
        (41, None, []),
        (41, {"unknown": "not_done"}, []),
    ],
)
def test_limits_of_normal_that_cross(low: float, high: Any, said: list[str]) -> None:
    asked = {"alat": 20, "alat__lln": low, "alat__uln": high}
    assert faults(RANGES, "alat outside normal range", **asked) == said


@pytest.mark.parametrize(
    ("high", "said"),
    [
        (11, []),
        (10, []),
        (9, ["alat.uln: is below 10 U/L, the other limit of normal: check it"]),
    ],
)
def test_a_fixed_limit_and_one_of_the_record(high: float, said: list[str]) -> None:
    assert faults(FIXED_LOW, "alat outside normal range", alat=20, alat__uln=high) == said


@pytest.mark.parametrize(("high", "crosses"), [(3500, False), (3499, True)])
def test_limits_in_two_units(high: float, crosses: bool) -> None:
    asked = {"k": 4, "k__lln": 3.5, "k__uln": high}
    assert bool(faults(UNITS, "k outside normal range", **asked)) is crosses


def test_fixed_limits_the_wrong_way_round() -> None:
    data = 'data alat "ALT" : quantity [U/L] { range: 0 .. 5000 U/L  normal: 130 .. 40 U/L }\n'
    assert "E0408" in codes(excluding(data, "alat outside normal range"))


DATA = 'data esa "ESA" : history'
LONG = "esa ongoing for at least 6 weeks or esa unchanged for at least 4 weeks"
GOES_ON = {"esa": True, "esa__ongoing": True}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"esa__since": "2027-01-04"}, []),
        (
            {"esa__since": "2027-01-05"},
            ["esa.since: is after `as_of`, 2027-01-04: correct one of the two"],
        ),
        (
            {"esa__unchanged_since": "2027-01-05"},
            ["esa.unchanged_since: is after `as_of`, 2027-01-04: correct one of the two"],
        ),
        ({"esa__since": "2026-12-01", "esa__unchanged_since": "2026-12-01"}, []),
        (
            {"esa__since": "2026-12-01", "esa__unchanged_since": "2026-11-30"},
            ["esa.unchanged_since: is before `esa.since`, 2026-12-01: correct one of the two"],
        ),
    ],
)
def test_days_of_a_history(days: dict[str, str], said: list[str]) -> None:
    assert faults(DATA, LONG, **GOES_ON, **days) == said


@pytest.mark.parametrize(("last", "refused"), [("2027-01-04", False), ("2027-01-05", True)])
def test_what_has_ended_has_a_last_day_in_the_past(last: str, refused: bool) -> None:
    asked = {"esa": True, "esa__ongoing": False, "esa__last": last}
    rule = "esa within 3 months before as_of"
    assert bool(faults(DATA, rule, **asked)) is refused


def test_other_dates_may_lie_ahead() -> None:
    data = 'data operation "Operation" : date'
    found = screened(excluding(data, "operation > as_of"), operation="2027-02-01")
    assert found["criteria"][0]["outcome"] is True


def test_a_date_of_the_author_is_a_date_like_others() -> None:
    data = f'{DATA}\ndata esa.since "Planned" : date'
    found = screened(excluding(data, "esa.since > as_of"), esa__since="2027-02-01")
    assert found["criteria"][0]["outcome"] is True
