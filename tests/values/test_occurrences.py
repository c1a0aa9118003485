"""What happens on a day and never goes on. The day of the verdict is 2027-01-04."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, whole, words

MI = 'data mi "Infarction" : occurrence'
RECENT = "mi within 6 months before as_of"


@pytest.mark.parametrize(
    ("last", "expected"),
    [("2026-07-03", False), ("2026-07-04", True), ("2027-01-04", True)],
)
def test_the_limit_belongs_to_it(last: str, expected: bool) -> None:
    assert outcome(MI, RECENT, mi=True, mi__last=last) is expected


@pytest.mark.parametrize(
    ("record", "ever", "recent", "wanted"),
    [
        ({}, None, None, ["mi"]),
        ({"mi": False}, False, False, []),
        ({"mi": True}, True, None, ["mi.last"]),
    ],
)
def test_it_is_asked_step_by_step(
    record: dict[str, Any], ever: bool | None, recent: bool | None, wanted: list[str]
) -> None:
    assert outcome(MI, "mi", **record) is ever
    assert outcome(MI, RECENT, **record) is recent
    assert needs(MI, RECENT, **record) == wanted


def test_a_record_says_nothing_of_ongoing() -> None:
    assert [each.id for each in whole(excluding(MI, RECENT)).data] == ["mi", "mi.last"]


def test_the_words() -> None:
    assert words(MI, "mi") == "Infarction, ever"
    assert words(MI, RECENT) == "Infarction within 6 months before the day of the verdict"


def test_half_lives_of_what_was_given_once() -> None:
    data = 'data vaccine "Vaccine" : occurrence { half_life: 7 days }'
    rule = "vaccine within 5 half-lives before as_of"
    assert outcome(data, rule, vaccine=True, vaccine__last="2026-11-30") is True
    assert outcome(data, rule, vaccine=True, vaccine__last="2026-11-29") is False
    held = 'data h "H" : quantity [d]\ndata vaccine "Vaccine" : occurrence { half_life: h }'
    assert outcome(held, rule, vaccine=True, vaccine__last="2026-11-30", h=7) is True
    assert outcome(held, rule, vaccine=True, vaccine__last="2026-11-29", h=7) is False
    assert words(held, rule) == ("Vaccine within 5 half-lives (of H) before the day of the verdict")


@pytest.mark.parametrize(
    "rule", ["mi ongoing", "mi ongoing for at least 2 weeks", "mi unchanged for at least 2 weeks"]
)
def test_it_never_goes_on(rule: str) -> None:
    assert codes(excluding(MI, rule)) == ["E0338"]


def test_its_last_day_alone_passes_nobody_over() -> None:
    assert codes(excluding(MI, "mi.last >= 2026-01-01")) == []


EXAMPLE = f'{MI}\nrole r "R"\npatient p "P" {{ as_of: 2027-01-04  mi: %s }}\n'


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("never", [False, "not_applicable"]),
        ("2026-11-20", [True, "2026-11-20"]),
        ("yes", [True]),
        ("unknown", ["missing", "missing"]),
    ],
)
def test_an_example_gives_all_of_it(value: str, given: list[object]) -> None:
    made = whole(EXAMPLE % value)
    assert [each.unknown or each.value for each in made.participants[0].assignments] == given


@pytest.mark.parametrize("value", ["ongoing", "ongoing since 2026-01-02"])
def test_no_example_says_that_it_goes_on(value: str) -> None:
    assert codes(EXAMPLE % value) == ["E0338"]


def test_a_history_is_no_occurrence_of_a_library() -> None:
    library = 'language 1\nlibrary l version "1" { title: "L" citation: "C" }\n'
    library += 'data mi "MI" : occurrence\ndefine recent "Recent" = mi within 1 week before as_of\n'
    use = 'use lib.l version "1" as l with mi = own\n'
    rule = 'exclusion x [1] "X" { exclude when l.recent }\n'
    assert codes(f'{use}data own "Own" : occurrence\n{rule}', l=library) == []
    assert codes(f'{use}data own "Own" : history\n{rule}', l=library) == ["E0319"]
