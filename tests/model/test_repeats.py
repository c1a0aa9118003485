"""Visits that are repeated, spans, epochs: in the model, and on the calendar."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.model.visit_rows import visit_row
from trialc_runtime.schedule import dated_visits

DAY_1 = 'visit D1 "Day 1" anchor\n'


def days(small: Any, text: str, anchor: str = "2027-01-31", cycles: int = 3) -> dict[str, Any]:
    """Target, or first and last day, of every visit but the anchor."""
    visits = small(DAY_1 + text).protocol.visits
    found = dated_visits([visit_row(visit) for visit in visits], anchor, cycles)
    return {
        each["visit"]: each["target"] or (each["earliest"], each["latest"])
        for each in found
        if each["visit"] != "D1"
    }


def test_repeats_are_counted_from_the_base(small: Any) -> None:
    found = days(small, 'visit FU "F" at D1 + 1 month every 1 month 3 times\n')
    assert found == {"FU.1": "2027-02-28", "FU.2": "2027-03-31", "FU.3": "2027-04-30"}


def test_repeats_before_the_base(small: Any) -> None:
    found = days(small, 'visit RUN "R" at D1 - 2 weeks every 1 week 3 times\n')
    assert found == {"RUN.1": "2027-01-17", "RUN.2": "2027-01-24", "RUN.3": "2027-01-31"}


def test_other_units_are_counted_from_the_first(small: Any) -> None:
    found = days(small, 'visit FU "F" at D1 + 1 month every 10 days 2 times\n')
    assert found == {"FU.1": "2027-02-28", "FU.2": "2027-03-10"}


def test_the_first_may_be_on_the_day_itself(small: Any) -> None:
    found = days(small, 'visit D "D" at D1 every 2 days 2 times\n')
    assert found == {"D.1": "2027-01-31", "D.2": "2027-02-02"}


def test_a_cycle_goes_on(small: Any) -> None:
    text = 'visit C "C" at D1 + 1 month every 1 month until "the end" window -1 day .. +1 day\n'
    assert days(small, text, cycles=1) == {"C.1": "2027-02-28"}
    assert days(small, text, cycles=3) == {
        "C.1": "2027-02-28",
        "C.2": "2027-03-28",
        "C.3": "2027-04-28",
    }


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("from D1 - 28 days to D1 - 1 day", "2027-01-03", "2027-01-30"),
        ("from D1 - 1 month to D1", "2026-12-31", "2027-01-31"),
        ("from D1 to D1 + 1 week", "2027-01-31", "2027-02-07"),
        ("from D1 - 6 weeks to D1 + 1 month", "2026-12-20", "2027-02-28"),
    ],
)
def test_a_span_has_a_first_and_a_last_day(small: Any, span: str, first: str, last: str) -> None:
    assert days(small, f'visit S "S" {span}\n') == {"S": (first, last)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("from D1 - 1 day to D1 - 28 days", "E0408"),
        ("from D1 - 1 kg to D1", "E0417"),
        ("from D1 to D1 + 1.5 days", "E0416"),
        ("at D1 every 0 days 2 times", "E0417"),
        ('at D1 every 1 kg until "x"', "E0417"),
        ("at D1 every 21 days", "E0564"),
    ],
)
def test_times_that_cannot_be(small: Any, text: str, code: str) -> None:
    assert small(f'{DAY_1}visit S "S" {text}\n').codes == [code]


def test_activities_are_at_all_repeats(small: Any) -> None:
    text = (
        'visit FU "F" at D1 + 1 day every 1 day 2 times\nactivity a "A" at D1, FU { note: "n" }\n'
    )
    assert small(DAY_1 + text).protocol.activities[0].visits == ("D1", "FU.1", "FU.2")


def test_what_a_visit_says_of_itself(small: Any) -> None:
    text = 'epoch e "E"\nvisit V "V" unscheduled { epoch: e mode: home note: "n" }\n'
    visit = small(text).protocol.visits[0]
    assert (visit.epoch, visit.mode, visit.note) == ("e", "home", "n")
    assert small('visit V "V" unscheduled { mode: phone }\n').codes == ["E0405"]


def test_timepoints_in_the_order_of_time(small: Any) -> None:
    text = 'activity a "A" at D1 { timepoints: -30 min, 0 h, 1.5 h tolerance: 5 min }\n'
    activity = small(DAY_1 + text).protocol.activities[0]
    assert [point.minutes for point in activity.timepoints] == [-30, 0, 90]
    assert [point.text for point in activity.timepoints] == ["-30 min", "0 h", "1.5 h"]
    assert activity.tolerance == "5 min"
    wrong = 'activity a "A" at D1 { timepoints: 1 kg }\n'
    assert small(DAY_1 + wrong).codes == ["E0307"]
