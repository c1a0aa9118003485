"""Visits that are repeated, spans, epochs: in the model, and on the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trialc.graph.from_model import link
from trialc.graph.invariants.circles import no_circular_visits
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


# ---- counted from what is repeated

CYCLE = 'visit C "Cycle" at D1 + 21 days every 21 days until "the end"\n'
CHAINED = CYCLE.replace("days until", "days from the one before until")


def dated(small: Any, text: str, cycles: int = 3, **actual: str) -> dict[str, Any]:
    made = small(DAY_1 + text)
    rows = [visit_row(visit) for visit in made.protocol.visits]
    given = {name.replace("_", "."): day for name, day in actual.items()}
    return {v["visit"]: v for v in dated_visits(rows, "2027-01-31", cycles, given)}


def test_what_is_counted_from_a_cycle_is_repeated_with_it(small: Any) -> None:
    text = CYCLE + (
        'visit D8 "Day 8" at C + 7 days window -1 day .. +1 day\n'
        'visit D9 "Day 9" at D8 + 1 day\n'
        'visit S "Rest" from C + 1 day to C + 5 days\n'
    )
    found = dated(small, text)
    assert {name: v["target"] for name, v in found.items() if name[0] == "D"} == {
        "D1": "2027-01-31",
        "D8.1": "2027-02-28", "D8.2": "2027-03-21", "D8.3": "2027-04-11",
        "D9.1": "2027-03-01", "D9.2": "2027-03-22", "D9.3": "2027-04-12",
    }  # fmt: skip
    assert (found["D8.2"]["earliest"], found["D8.2"]["latest"]) == ("2027-03-20", "2027-03-22")
    assert (found["S.2"]["earliest"], found["S.2"]["latest"]) == ("2027-03-15", "2027-03-19")
    assert found["D8.3"]["title"] == "Day 8 (3)"
    assert [v.each for v in small(DAY_1 + text).protocol.visits] == ["", "", "C", "C", "C"]


def test_it_moves_with_its_own_cycle(small: Any) -> None:
    planned = CHAINED + 'visit D8 "Day 8" at C + 7 days\n'
    assert dated(small, planned)["D8.2"]["waits_for"] == ["C.1"]
    found = dated(small, planned, C_1="2027-02-24")
    assert [found[f"D8.{k}"]["target"] for k in (1, 2, 3)] == [
        "2027-02-28", "2027-03-24", "2027-04-14",
    ]  # fmt: skip
    found = dated(small, CYCLE + 'visit D8 "Day 8" at C actual + 7 days\n', C_2="2027-03-16")
    assert [found[f"D8.{k}"]["target"] for k in (1, 2, 3)] == [
        "2027-02-28", "2027-03-23", "2027-04-11",
    ]  # fmt: skip
    assert [found[f"D8.{k}"]["waits_for"] for k in (1, 2, 3)] == [["C.1"], [], ["C.3"]]


def test_months_are_counted_from_each_cycle(small: Any) -> None:
    month = 'visit C "C" at D1 + 1 month every 1 month until "the end"\nvisit W "W" at C + 7 days\n'
    found = dated(small, month)
    for k in (1, 2, 3):
        assert days_between(found[f"C.{k}"]["target"], found[f"W.{k}"]["target"]) == 7


def days_between(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def test_what_is_counted_from_a_number_of_repeats(small: Any) -> None:
    text = (
        'visit LATER "L" at CALL + 1 day\n'
        'visit CALL "Call" at FU + 7 days\n'
        'visit FU "F" at D1 + 1 month every 1 month 2 times\n'
        'visit ONE "One" at FU.2 + 3 days\n'
        'activity a "A" at CALL { note: "n" }\n'
    )
    found = dated(small, text)
    assert {name: v["target"] for name, v in found.items()} == {
        "D1": "2027-01-31",
        "LATER.1": "2027-03-08", "LATER.2": "2027-04-08",
        "CALL.1": "2027-03-07", "CALL.2": "2027-04-07",
        "FU.1": "2027-02-28", "FU.2": "2027-03-31",
        "ONE": "2027-04-03",
    }  # fmt: skip
    assert small(DAY_1 + text).protocol.activities[0].visits == ("CALL.1", "CALL.2")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('at C + 7 days every 7 days until "x"', "E0579"),
        ("at C + 7 days every 7 days 2 times", "E0579"),
        ("at later of (C + 7 days, D1 + 1 month)", "E0580"),
        ('at earlier of (C actual + 7 days, "x")', "E0580"),
        ("at later of (FU + 7 days, D1 + 1 month)", "E0580"),
        ("at FU + 7 days every 7 days 2 times", "E0579"),
    ],
)
def test_repeats_that_nobody_can_name(small: Any, text: str, code: str) -> None:
    more = 'visit FU "F" at D1 + 1 day every 1 day 2 times\n'
    assert small(f'{DAY_1}{CYCLE}{more}visit S "S" {text}\n').codes == [code]


@pytest.mark.parametrize(
    "text",
    [
        'visit A "A" at A + 1 day every 1 day 2 times\n',
        'visit A "A" at B + 1 day every 1 day 2 times\nvisit B "B" at A + 1 day\n',
        'visit A "A" at A + 1 day every 1 day until "x"\n',
    ],
)
def test_a_repeat_of_itself_ends(small: Any, text: str) -> None:
    made = small(DAY_1 + text)  # the circle is found on the graph
    assert made.codes == []
    study = link(made.protocol)
    assert {one.kind.code for one in no_circular_visits(study)[1]} == {"E0502"}
