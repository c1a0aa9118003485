"""Days that are called by their number: what they stand for, what documents call them."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.emitters.activity_words import activity_notes
from trialc.emitters.schedule_words import timing_words
from trialc.graph.from_model import link
from trialc.graph.invariants.numbered_days import days_are_there, titles_agree
from trialc.model.visit_rows import visit_row
from trialc_runtime.schedule import dated_visits


def only(small: Any, first: str, timing: str) -> tuple[str, Any, Any]:
    """The words of a visit's timing, and its target or first day, and its last day."""
    text = f'visit B "Base" anchor {first}\nvisit V "V" {timing}\n'
    visits = small(text).protocol.visits
    found = dated_visits([visit_row(visit) for visit in visits], "2027-01-10")[-1]
    return timing_words(visits[-1]), found["target"] or found["earliest"], found["latest"]


@pytest.mark.parametrize(
    ("first", "timing", "words", "day"),
    [
        ("day 1", "at day 15", "day 15", "2027-01-24"),
        ("day 1", "at day 2", "day 2", "2027-01-11"),
        ("day 1", "at day -1", "day −1", "2027-01-09"),
        ("day 1", "at day -2", "day −2", "2027-01-08"),
        ("day 0", "at day 15", "day 15", "2027-01-25"),
        ("day 0", "at day 1", "day 1", "2027-01-11"),
        ("day 0", "at day -1", "day −1", "2027-01-09"),
        ("day 1", "at day 15 of B", "day 15 of B", "2027-01-24"),
        ("day 1", "at B + 14 days", "14 days after B", "2027-01-24"),
    ],
)
def test_a_numbered_day(small: Any, first: str, timing: str, words: str, day: str) -> None:
    assert only(small, first, timing)[:2] == (words, day)


def test_a_span_of_numbered_days(small: Any) -> None:
    words = "from day −28 to day −1"
    assert only(small, "day 1", "from day -28 to day -1") == (words, "2026-12-13", "2027-01-09")
    mixed = only(small, "day 1", "from day -28 to B - 1 day")
    assert mixed == ("from day −28 to 1 day before B", "2026-12-13", "2027-01-09")


def test_repeats_are_called_by_their_days(small: Any) -> None:
    visits = small('visit B "B" anchor day 1\nvisit V "V" at day 8 every 7 days 3 times\n')
    assert [timing_words(one) for one in visits.protocol.visits[1:]] == [
        "day 8",
        "day 15",
        "day 22",
    ]


def test_repeats_that_cross_day_1_have_no_day_0(small: Any) -> None:
    visits = small('visit B "B" anchor day 1\nvisit V "V" at day -1 every 1 day 3 times\n')
    assert [timing_words(one) for one in visits.protocol.visits[1:]] == ["day −1", "day 1", "day 2"]


def test_repeats_in_other_units_are_counted_from_the_first(small: Any) -> None:
    visits = small('visit B "B" anchor day 1\nvisit V "V" at day 8 every 1 month 2 times\n')
    assert timing_words(visits.protocol.visits[2]) == "1 month after V.1"


def test_a_day_of_each_cycle(small: Any) -> None:
    text = (
        'visit B "B" anchor day 1\nvisit C "C" at day 22 every 21 days until "progression"\n'
        'visit V "V" at day 9 of C\n'
    )
    visits = small(text).protocol.visits
    assert [timing_words(one) for one in visits[1:]] == [
        "day 22, then every 21 days until progression",
        "day 9 of each C",
    ]
    found = dated_visits([visit_row(visit) for visit in visits], "2027-01-10", 2)
    assert [one["target"] for one in found if one["of"] == "V"] == ["2027-02-08", "2027-03-01"]


@pytest.mark.parametrize("anchor", ["anchor", "anchor day 0", "anchor day 1"])
def test_the_day_of_a_visit_is_the_first_of_those_counted_from_it(small: Any, anchor: str) -> None:
    text = f'visit B "B" {anchor}\nvisit C "C" at B + 21 days\nvisit V "V" at day 8 of C\n'
    rows = [visit_row(visit) for visit in small(text).protocol.visits]
    dates = {one["visit"]: one["target"] for one in dated_visits(rows, "2027-01-10")}
    assert (dates["C"], dates["V"]) == ("2027-01-31", "2027-02-07")


def test_a_later_anchor_has_its_own_first_day(small: Any) -> None:
    text = 'visit B "B" anchor day 1\nvisit R "R" anchor day 0 after B\nvisit V "V" at day 3 of R\n'
    visits = small(text).protocol.visits
    assert visits[2].offset.amount == 3
    assert timing_words(visits[1]) == "a day 0 of its own, after B"


def test_day_is_a_name_as_before(small: Any) -> None:
    text = 'visit day "B" anchor\nvisit V "V" at day - 1 day\nvisit W "W" at day + 2 days\n'
    visits = small(text + 'visit X "X" at day\nvisit Y "Y" from day - 3 days to day - 2 days\n')
    assert [one.offset.amount for one in visits.protocol.visits[1:3]] == [-1, 2]
    assert {one.base for one in visits.protocol.visits[1:]} == {"day"}


@pytest.mark.parametrize(
    ("first", "timing", "code"),
    [
        ("", "at day 15", "E0583"),
        ("", "from day -28 to day -1", "E0583"),
        ("day 1", "at day 0", "E0584"),
        ("day 1", "from day -3 to day 0", "E0584"),
        ("day 8", "at B + 7 days", "E0585"),
        ("day 8", "at day 8", "E0585"),
    ],
)
def test_what_cannot_be(small: Any, first: str, timing: str, code: str) -> None:
    text = f'visit B "Base" anchor {first}\nvisit V "V" {timing}\n'
    assert set(small(text).codes) == {code}


def test_without_an_anchor_there_is_no_first_day(small: Any) -> None:
    assert small('visit V "V" at day 15\n').codes == ["E0583"]


STAY = (
    'visit B "B" anchor %s\nvisit STAY "Stay" from B to B + 4 days\nvisit E "E" at B + 9 days\n'
    'visit C "C" at B + 30 days every 7 days until "the end"\nvisit K "K" at C + 1 day\n'
    'activity pk "PK" at %s { days: %s }\n'
)


@pytest.mark.parametrize(
    ("first", "at", "days", "codes"),
    [
        ("day 1", "STAY", "1, 3, 5", []),
        ("day 1", "STAY", "6", ["E0586", "E0586"]),
        ("day 1", "STAY", "5, 6", ["E0586"]),
        ("day 1", "STAY", "-1, 5", ["E0586"]),
        ("day 1", "STAY", "0, 5", ["E0584"]),
        ("day 0", "STAY", "0, 4", []),
        ("day 0", "STAY", "0, 5", ["E0586"]),
        ("day 1", "STAY, E", "2, 10", []),
        ("day 1", "STAY, E", "2", ["E0586"]),
        ("", "STAY", "2", ["E0583"]),
        ("day 1", "K", "32", ["E0586", "E0586"]),
    ],
)
def test_days_of_an_activity(small: Any, first: str, at: str, days: str, codes: list[str]) -> None:
    study = link(small(STAY % (first, at, days)).protocol)
    assert [one.kind.code for one in days_are_there(study)[1]] == codes


def test_days_of_an_activity_in_words(small: Any) -> None:
    made = small(STAY % ("day 1", "STAY", "-1, 3")).protocol
    assert list(activity_notes(made.activities[0], made)) == ["On days −1, 3."]


@pytest.mark.parametrize(
    ("title", "timing", "codes"),
    [
        ("Day 15", "at day 15", []),
        ("Day 15", "at day 14", ["W0587"]),
        ("Day -1", "at day -1", []),
        ("Day 8", "at day 8 every 7 days 2 times", []),
        ("Day 9", "at day 8 every 7 days 2 times", ["W0587"]),
        ("Days 8 and 9", "at day 7", []),
        ("Day 15", "at B + 3 days", []),
        ("Days 2 to 4", "from day 2 to day 4", []),
    ],
)
def test_titles(small: Any, title: str, timing: str, codes: list[str]) -> None:
    text = f'visit B "Base" anchor day 1\nvisit V "{title}" {timing}\n'
    assert [one.kind.code for one in titles_agree(link(small(text).protocol))[1]] == codes
