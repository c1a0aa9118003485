"""Visits: anchor, windows, order, purpose; places that must agree."""

from __future__ import annotations

import pytest

DAYS = 'language 1\nprotocol small { title: "Small" version: "1" }\nvisit D0 "Day 0" anchor\n'


def test_one_anchor(check) -> None:
    assert check('"Week 2" at D0 + 2 weeks window -3 days .. +3 days', '"Week 2" anchor') == [
        ("E0506", "W2")
    ]
    text = 'language 1\nprotocol small { title: "Small" version: "1" }\n'
    lost = 'visit ET "End" unscheduled\nvisit F "Follow-up" at ET + 1 month\n'
    assert check(text=text + lost) == [("E0506", "F")]
    assert check(text=text + 'visit ET "End" unscheduled\n') == []
    assert check(text=DAYS + lost) == []


# ---- windows


@pytest.mark.parametrize(
    ("one", "two", "codes"),
    [
        ("1 week window -3 days .. +3 days", "2 weeks window -3 days .. +3 days", []),
        ("1 week window -3 days .. +4 days", "2 weeks window -3 days .. +3 days", ["W0523"]),
        ("1 week window not stated", "2 weeks window -6 days .. +3 days", []),
        ("1 week window not stated", "2 weeks window -7 days .. +3 days", ["W0523"]),
        ("7 days window not stated", "1 week window not stated", ["W0523"]),
        ("6 days window not stated", "1 week window not stated", []),
        # 1 week + 3 weeks is four weeks: less than a month, but in February of a common year.
        ("28 days window not stated", "1 month window not stated", ["W0523"]),
        ("27 days window not stated", "1 month window not stated", []),
        # 31 days before or after one month, depending on the month.
        ("30 days window not stated", "1 month window not stated", ["W0524"]),
        ("31 days window not stated", "1 month window not stated", ["W0523"]),
        ("32 days window not stated", "1 month window not stated", []),
        # From 28 or 29 February to 28 or 29 March there are 14 days and 14 more.
        ("1 month window -14 days .. +14 days", "2 months window -14 days .. +14 days", ["W0523"]),
        ("1 month window -13 days .. +13 days", "2 months window -14 days .. +14 days", []),
        # A window that begins before day 0 begins before the visit that it follows.
        ("3 days window -3 days .. +3 days", "9 weeks window not stated", ["W0523"]),
        ("3 days window -2 days .. +3 days", "9 weeks window not stated", []),
        # Hours share a day on purpose.
        ("2 hours window not stated", "4 hours window not stated", []),
        ("1 day window -2 hours .. +2 hours", "1 day window not stated", []),
    ],
)
def test_windows(check, one: str, two: str, codes: list[str]) -> None:
    text = f'{DAYS}visit A "A" at D0 + {one}\nvisit B "B" at D0 + {two}\n'
    assert [code for code, _ in check(text=text)] == codes


def test_the_day_of_an_overlap_is_named(messages) -> None:
    text = DAYS + (
        'visit A "A" at D0 + 28 days window not stated\n'
        'visit B "B" at D0 + 1 month window not stated\n'
    )
    (message,) = messages(text=text)
    assert message == "`A` and `B` can fall on one day: 2027-02-28, if day 0 is 2027-01-31"


def test_windows_of_visits_counted_from_a_screening(check, messages) -> None:
    text = DAYS + (
        'visit SCREEN "Screening" before D0\n'
        'visit S2 "Second" at SCREEN + 1 week window -1 day .. +1 day\n'
        'visit S3 "Third" at SCREEN + 9 days window -1 day .. +1 day\n'
    )
    assert check(text=text) == [("W0523", "S3")]
    assert "if `SCREEN` is on 2027-01-01" in messages(text=text)[0]
    # Nobody knows how a visit of screening and one after day 0 lie to each other.
    assert check("SCREEN + 9 days", "D0 + 1 day", text=text) == [("W0523", "S3")]
    assert check("SCREEN + 9 days", "D0 + 2 days", text=text) == []


# ---- purpose, places


def test_a_visit_at_which_nothing_is_done(check) -> None:
    extra = 'visit M3 "Month 3" at D0 + 3 months\nvisit ET'
    assert check("visit ET", extra) == [("W0525", "M3")]
    assert check("visit ET", extra + "_2", "M1, ET { r", "M1, ET_2 { r") == [("W0525", "M3")]
    assert check("visit ET", extra, "W2, M1, ET", "W2, M1, M3, ET") == []
    # A visit that others are counted from is there for them.
    more = 'visit M3 "Month 3" at D0 + 3 months\nvisit M4 "M4" at M3 + 1 month\nvisit ET'
    assert check("visit ET", more, "W2, M1, ET", "W2, M1, M4, ET") == []


def test_an_occasion_elsewhere(check) -> None:
    assert check('"Second dose" at M1', '"Second dose" at W2') == [("E0511", "next")]
    assert check('"Second dose" at M1', '"Second dose" at W2, M1') == []


def test_randomisation_elsewhere(check) -> None:
    assert check("  at: D0\n", "  at: SCREEN\n") == [("E0511", "randomising")]
    assert check("  at: D0\n", "") == []


def test_an_occasion_at_two_visits(check) -> None:
    second = "give drug as dose_2 at M1"
    assert ("E0511", "give drug as dose_1 at W2") in check(
        second, f"{second}\n  give drug as dose_1 at W2"
    )


def test_an_occasion_that_no_activity_gives(check) -> None:
    activity = 'activity next "Second dose" at M1 { gives: dose_2 }\n'
    assert check(activity, "") == [("W0534", "give drug as dose_2 at M1")]


# ---- order of steps


def test_steps(check) -> None:
    assert check('"Consent" at SCREEN', '"Consent" at D0') == [("W0531", "consenting")]
    assert check('"Eligibility" at SCREEN', '"Eligibility" at W2') == [("W0531", "review")]
    assert check('"Eligibility" at SCREEN', '"Eligibility" at D0') == []
    later = check('"Randomisation" at D0', '"Randomisation" at W2', "  at: D0\n", "  at: W2\n")
    assert later == [("W0531", "randomising")]


# ---- days that come


@pytest.mark.parametrize(
    ("one", "two", "codes"),
    [
        # Only what is stated can meet: an open side claims nothing.
        ("at D0 + 1 week window -3 days ..", "at D0 + 2 weeks window -6 days ..", []),
        ("at D0 + 1 week window -3 days ..", "at D0 + 2 weeks window -7 days ..", ["W0523"]),
        ("at D0 + 1 week window .. +6 days", "at D0 + 2 weeks window .. +1 day", []),
        ("at D0 + 1 week window .. +7 days", "at D0 + 2 weeks window .. +1 day", ["W0523"]),
        # Days that are known only later are compared with none.
        ("at D0 + 1 week", "at D0 actual + 1 week", []),
        ("at D0 + 1 week", "anchor after D0", []),
        ('at "the end" + 1 day', "at D0 + 1 week", []),
    ],
)
def test_windows_of_days_that_come(check, one: str, two: str, codes: list[str]) -> None:
    text = f'{DAYS}visit A "A" {one}\nvisit B "B" {two}\n'
    assert [code for code, _ in check(text=text)] == codes


@pytest.mark.parametrize(
    ("visit", "later"),
    [
        ("at D0 actual + 1 week", True),
        ("at later of (D0 + 1 week, \"the end\")", True),
        ("at earlier of (D0 + 1 week, \"the end\")", False),
        ("anchor after D0", True),
        ("at last dose_1 + 1 week", False),
        ("at D0 actual - 1 week", False),
    ],
)  # fmt: skip
def test_what_is_later_for_certain(check, visit: str, later: bool) -> None:
    """Blood that is taken only after the review comes too late; what may be earlier is let be."""
    found = check(
        'visit W2 "Week 2" at D0 + 2 weeks window -3 days .. +3 days', f'visit W2 "Week 2" {visit}',
        'activity blood "Blood" at SCREEN, W2', 'activity blood "Blood" at W2',
    )  # fmt: skip
    assert (("E0513", "blood") in found) is later


def test_a_second_anchor_is_one_of_its_own(check) -> None:
    assert check(text=DAYS + 'visit R "R" anchor after D0\nvisit S "S" at R + 1 week\n') == []


EPOCHS = 'epoch early "Early"\nepoch late "Late"\n'


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        # spans in order, apart or meeting
        ("from D0 + 100 days to D0 + 110 days", "from D0 + 111 days to D0 + 115 days", False),
        ("from D0 + 100 days to D0 + 110 days", "from D0 + 105 days to D0 + 115 days", False),
        ("from D0 + 100 days to D0 + 110 days", "from D0 + 95 days to D0 + 105 days", True),
        ("from D0 + 100 days to D0 + 110 days", "from D0 + 95 days to D0 + 100 days", True),
        ("from D0 + 100 days to D0 + 110 days", "from D0 + 95 days to D0 + 99 days", False),
        # a span that holds what is declared behind it, and one that begins before what is declared
        ("from D0 + 100 days to D0 + 110 days", "at D0 + 105 days", False),
        ("at D0 + 105 days", "from D0 + 100 days to D0 + 110 days", True),
        ("at D0 + 100 days", "from D0 + 100 days to D0 + 110 days", False),
        ("at D0 + 101 days", "from D0 + 100 days to D0 + 110 days", True),
        ("at D0 + 110 days", "from D0 + 100 days to D0 + 110 days", True),
        ("at D0 + 111 days", "from D0 + 100 days to D0 + 110 days", False),
    ],
)
def test_spans_in_the_order_of_the_text(
    check, trial: str, first: str, second: str, is_found: bool
) -> None:
    assert (("W0523", "B") in spans(check, trial, first, second, "", "")) is is_found


@pytest.mark.parametrize(("day", "is_found"), [(99, False), (100, True), (109, True), (110, False)])
def test_a_visit_of_a_later_epoch_within_a_span(
    check, trial: str, day: int, is_found: bool
) -> None:
    span = "from D0 + 100 days to D0 + 110 days"
    found = spans(check, trial, span, f"at D0 + {day} days", "early", "late")
    assert (("W0523", "B") in found) is is_found
    assert ("W0523", "B") not in spans(check, trial, span, f"at D0 + {day} days", "early", "early")


def spans(check, trial: str, first: str, second: str, one: str, two: str) -> list[tuple[str, str]]:
    """What is said of two visits at the end of the trial, perhaps of epochs."""
    epochs = [f"{{ epoch: {name} }}" if name else "" for name in (one, two)]
    visits = f'visit A "A" {first} {epochs[0]}\nvisit B "B" {second} {epochs[1]}\n'
    found: list[tuple[str, str]] = check(text=trial + (EPOCHS if one else "") + visits)
    return found
