"""Repeats until a day, and at most so many."""

from __future__ import annotations

import pytest

from trialc.emitters.schedule_words import timing_words
from trialc.model.visit_rows import visit_row
from trialc_runtime.schedule import dated_visits

from .conftest import HEAD, resolved


def text_of(timing: str) -> str:
    visits = 'visit D1 "Day 1" anchor\nvisit M2 "M" at D1 + 2 months\nvisit IMG "I" at '
    return f"{HEAD}{visits}{timing}\n"


@pytest.mark.parametrize(
    ("timing", "weeks"),
    [
        ("D1 + 21 weeks every 9 weeks until week 48", [21, 30, 39, 48]),
        ("D1 + 21 weeks every 9 weeks until week 47", [21, 30, 39]),
        ("D1 + 21 weeks every 9 weeks until week 49", [21, 30, 39, 48]),
        ("D1 + 21 weeks every 9 weeks until week 21", [21]),
        ("D1 every 4 weeks until week 8", [0, 4, 8]),
        ("D1 - 4 weeks every 4 weeks until week 0", [-4, 0]),
    ],
)
def test_until_a_week(timing: str, weeks: list[int]) -> None:
    visits = resolved(text_of(timing)).protocol.visits[2:]
    assert [one.offset.amount if one.offset else 0 for one in visits] == weeks
    assert [one.id for one in visits] == [f"IMG.{n}" for n in range(1, len(weeks) + 1)]


@pytest.mark.parametrize(
    ("timing", "why"),
    [
        ("D1 + 21 weeks every 60 days until week 48", "not all lengths are in weeks"),
        ("D1 + 21 days every 9 weeks until week 48", "not all lengths are in weeks"),
        ("D1 + 21 weeks every 9 weeks until week 20", "the first one is later"),
        ("D1 + 21 weeks every 9 weeks until visit 48", "`visit` is no `day`, `week` or `month`"),
        ("M2 + 21 weeks every 9 weeks until week 48", "the visit is not counted from a day 0"),
        (
            "D1 + 21 weeks every 9 weeks from the one before until week 48",
            "they are counted from the one before, on days that nobody knows",
        ),
    ],
)
def test_a_day_that_cannot_be_counted(timing: str, why: str) -> None:
    found = resolved(text_of(timing)).found
    assert [(one.kind.code, one.message.partition(": ")[2]) for one in found] == [("E0656", why)]


def test_an_activity_is_repeated_within_a_visit() -> None:
    text = text_of("D1 + 1 week") + 'activity a "A" at D1 every 1 day until day 5\n'
    assert resolved(text).codes == ["E0656"]


CYCLE = 'D1 + 21 days every 21 days at most {} times until "progression"'


@pytest.mark.parametrize(("most", "cycles", "shown"), [(3, 2, 2), (3, 3, 3), (3, 4, 3), (1, 5, 1)])
def test_at_most_so_many_are_shown(most: int, cycles: int, shown: int) -> None:
    text = text_of(CYCLE.format(most)) + 'visit D8 "Day 8" at IMG + 7 days\n'
    protocol = resolved(text).protocol
    rows = [visit_row(visit) for visit in protocol.visits]
    dated = [one["visit"] for one in dated_visits(rows, "2027-01-04", cycles)]
    assert [name for name in dated if name.startswith("IMG")] == [
        f"IMG.{n}" for n in range(1, shown + 1)
    ]
    assert [name for name in dated if name.startswith("D8")] == [
        f"D8.{n}" for n in range(1, shown + 1)
    ]


def test_the_words() -> None:
    visit = resolved(text_of(CYCLE.format(34))).protocol.visits[2]
    assert timing_words(visit).endswith("every 21 days at most 34 times until progression")
    once = resolved(text_of(CYCLE.format(1))).protocol.visits[2]
    assert timing_words(once).endswith("every 21 days at most once until progression")


def test_never_is_no_number() -> None:
    assert resolved(text_of(CYCLE.format(0))).codes == ["E0657"]
    activity = 'activity a "A" at D1 every 1 h at most 0 times until "well"\n'
    assert resolved(text_of("D1 + 1 week") + activity).codes == ["E0657"]
