"""Dated visits: counted from the anchor, windows around the target, nothing invented."""

from __future__ import annotations

from typing import Any

import pytest

from trialc_runtime.schedule import dated_visits

VISITS: tuple[Any, ...] = (
    ("SCREEN", "Screening", "before", "M0", 0, "day", None, None, None, None, ""),
    ("M0", "Month 0", "anchor", "", 0, "day", None, None, None, None, ""),
    ("M1", "Month 1", "offset", "M0", 1, "month", (0, 7, "day"), None, None, None, ""),
    ("W4", "Four weeks after", "offset", "M1", 4, "week", (-1, 1, "week"), None, None, None, ""),
    ("D-7", "Week before", "offset", "M0", -7, "day", None, None, None, None, ""),
    ("H6", "Six hours", "offset", "M0", 6, "hour", (-1, 1, "hour"), None, None, None, ""),
    ("ET", "Early termination", "unscheduled", "", 0, "day", None, None, None, None, ""),
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


# ---- spans

PERIODS: tuple[Any, ...] = (
    ("D1", "Day 1", "anchor", "", 0, "day", None, None, None, None, ""),
    ("P2", "Period 2", "span", "D1", 21, "day", None, (28, "day"), None, None, ""),
    ("FU", "Follow-up", "offset", "P2", 28, "day", None, None, None, None, ""),
    ("FU2", "Second", "offset", "FU", 1, "month", (-2, 3, "day"), None, None, None, ""),
    ("OPEN", "Open", "offset", "P2", 1, "day", (0, None, "day"), None, None, None, ""),
    ("IN", "Inpatient", "span", "P2", -1, "day", None, (2, "day"), None, None, ""),
    ("H", "Hours", "offset", "P2", 2, "hour", None, None, None, None, ""),
    ("H2", "After hours", "offset", "H", 2, "day", None, None, None, None, ""),
    ("C", "Cycle", "offset", "P2", 7, "day", None, None, (7, "day", False, 0), None, ""),
)


def test_what_is_counted_from_a_span_is_one() -> None:
    found = dated_visits(PERIODS, "2027-01-04", 2)
    assert {v["visit"]: (v["target"], v["earliest"], v["latest"]) for v in found} == {
        "D1": ("2027-01-04", None, None),
        "P2": (None, "2027-01-25", "2027-02-01"),
        "FU": (None, "2027-02-22", "2027-03-01"),
        "FU2": (None, "2027-03-20", "2027-04-04"),
        "OPEN": (None, "2027-01-26", None),
        "IN": (None, "2027-01-24", "2027-02-03"),
        "H": (None, None, None),
        "H2": (None, None, None),
        "C.1": (None, "2027-02-01", "2027-02-08"),
        "C.2": (None, "2027-02-08", "2027-02-15"),
    }


# ---- actual days

COURSE: tuple[Any, ...] = (
    ("M0", "Month 0", "anchor", "", 0, "day", None, None, None, None, ""),
    ("M3", "Month 3", "offset", "M0", 3, "month", (-3, None, "day"), None, None, None, ""),
    ("P", "Planned", "offset", "M3", 1, "month", (None, 7, "day"), None, None, None, ""),
    ("FU", "Follow-up", "counted", "", 0, "day", (-7, 7, "day"), None, None,
     ("", (("actual", "M3", 6, "month"),)), ""),
    ("ON", "On", "offset", "FU", 1, "week", None, None, None, None, ""),
    ("C", "Cycle", "offset", "M0", 21, "day", None, None, (21, "day", True, 0), None, ""),
    ("R2", "Second day 0", "after", "M0", 0, "day", None, None, None, None, ""),
    ("R2W", "A week on", "offset", "R2", 1, "week", None, None, None, None, ""),
    ("EOT", "End", "counted", "", 0, "day", None, None, None,
     ("earlier", (("last_dose", "", 30, "day"), ("happening", "new therapy", 0, "day"))), ""),
    ("LATE", "Late", "counted", "", 0, "day", None, None, None,
     ("later", (("planned", "M3", 1, "day"), ("last_dose", "drug", 30, "day"))), ""),
    ("H", "Hours", "counted", "", 0, "day", None, None, None,
     ("", (("actual", "M3", 6, "hour"),)), ""),
)  # fmt: skip


def course(**actual: str) -> dict[str, tuple[str | None, list[str]]]:
    given = {name.replace("__", " ").replace("_dot_", "."): day for name, day in actual.items()}
    found = dated_visits(COURSE, "2027-01-31", actual=given)
    return {v["visit"]: (v["target"], v["waits_for"]) for v in found}


def test_until_a_day_comes_the_plan_is_shown_and_says_so() -> None:
    found = course()
    assert found["M3"] == ("2027-04-30", [])
    assert found["FU"] == ("2027-10-30", ["M3"])
    assert found["ON"] == ("2027-11-06", ["M3"])
    assert found["R2W"] == (None, ["R2"])
    assert found["EOT"] == (None, ["last dose", "new therapy"])
    assert found["LATE"] == (None, ["last drug"])
    assert found["H"] == (None, ["M3"])
    assert [found[f"C.{k}"] for k in (1, 2, 3)] == [
        ("2027-02-21", []), ("2027-03-14", ["C.1"]), ("2027-04-04", ["C.2"]),
    ]  # fmt: skip


def test_an_actual_day_moves_only_what_counts_from_it() -> None:
    found = course(M3="2027-05-10")
    assert found["M3"] == ("2027-04-30", [])
    assert found["P"] == ("2027-05-30", [])
    assert found["FU"] == ("2027-11-10", [])
    assert found["ON"] == ("2027-11-17", [])
    assert found["LATE"] == (None, ["last drug"])


def test_a_delay_moves_later_cycles() -> None:
    found = course(C_dot_1="2027-02-24")
    assert [found[f"C.{k}"] for k in (1, 2, 3)] == [
        ("2027-02-21", []), ("2027-03-17", []), ("2027-04-07", ["C.2"]),
    ]  # fmt: skip
    assert course(C_dot_2="2027-03-20")["C.3"] == ("2027-04-10", [])


def test_a_later_day_0() -> None:
    assert course(R2="2027-03-01")["R2W"] == ("2027-03-08", [])


@pytest.mark.parametrize(
    ("dose", "therapy", "target"),
    [
        ("2027-05-01", None, "2027-05-31"),
        ("2027-05-01", "2027-05-30", "2027-05-30"),
        ("2027-05-01", "2027-05-31", "2027-05-31"),
        ("2027-05-01", "2027-06-01", "2027-05-31"),
        # The last dose may have been earlier: until it is known nobody can say which comes first.
        (None, "2027-05-30", None),
    ],
)
def test_whichever_is_earlier(dose: str | None, therapy: str | None, target: str | None) -> None:
    given = {"last__dose": dose, "new__therapy": therapy}
    assert course(**{k: day for k, day in given.items() if day})["EOT"][0] == target


@pytest.mark.parametrize(
    ("dose", "target"),
    [("2027-03-31", "2027-05-01"), ("2027-04-01", "2027-05-01"), ("2027-04-02", "2027-05-02")],
)
def test_whichever_is_later(dose: str, target: str) -> None:
    assert course(last__drug=dose)["LATE"] == (target, [])


def test_a_window_may_be_open_on_one_side() -> None:
    found = {v["visit"]: (v["earliest"], v["latest"]) for v in dated_visits(COURSE, "2027-01-31")}
    assert found["M3"] == ("2027-04-27", None)
    assert found["P"] == (None, "2027-06-06")


@pytest.mark.parametrize(
    ("actual", "message"),
    [
        ({"M9": "2027-02-01"}, "there is no `M9` here; there are M0, M3"),
        ({"C.4": "2027-02-01"}, "there is no `C.4`"),
        ({"M3": "2027-02-30"}, "the actual day of `M3`"),
        ({"M0": "2027-02-01"}, "`M0` is day 0, which is 2027-01-31"),
    ],
)
def test_days_that_cannot_have_come(actual: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dated_visits(COURSE, "2027-01-31", actual=actual)


def test_day_0_may_be_given_twice() -> None:
    found = dated_visits(COURSE, "2027-01-31", actual={"M0": "2027-01-31"})
    assert found[0]["actual"] == "2027-01-31"
