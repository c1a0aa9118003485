"""Days counted from others, histories, ordinal scales: at, below and above every end."""

from __future__ import annotations

from typing import Any

import pytest
from tests.interpreter.small import screening

from trialc_runtime.calendar import iso, parse_date
from trialc_runtime.refusals import RecordRefused

MARCH_31 = "2027-03-31"
HISTORY = """
data mi "Infarction" : history
exclusion recent [1] "R" { exclude when mi within 1 month before as_of }
"""
ORDINAL = """
data nyha "NYHA" : ordinal {{I, II, III, IV}}
exclusion high [1] "H" {{ exclude when {} }}
"""


def outcome(body: str, **record: Any) -> bool | None:
    """Of the only criterion, on 31 March; `__` in a name stands for a dot."""
    values = {name.replace("__", "."): value for name, value in record.items()}
    found = screening(body).screen({"as_of": MARCH_31, **values})
    return found["criteria"][0]["outcome"]


def dates(rule: str) -> str:
    return f"""data later "Other day" : date
exclusion x [1] "X" {{ exclude when {rule} }}
"""


# ---- days


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        ("onset within 1 month before as_of", "2027-02-28", "2027-03-31"),
        ("onset within 1 month after as_of", "2027-03-31", "2027-04-30"),
        ("onset within 1 month of as_of", "2027-02-28", "2027-04-30"),
        ("onset within 2 weeks before as_of", "2027-03-17", "2027-03-31"),
        ("onset within 1 year before as_of", "2026-03-31", "2027-03-31"),
        ("onset within 0 days before as_of", "2027-03-31", "2027-03-31"),
        ("onset in as_of - 2 months .. as_of - 1 month", "2027-01-31", "2027-02-28"),
        ("onset in 2027-01-01 .. as_of - 1 month", "2027-01-01", "2027-02-28"),
    ],
)
def test_both_ends_belong_to_a_time(rule: str, first: str, last: str) -> None:
    low, high = parse_date(first), parse_date(last)
    assert low is not None
    assert high is not None
    days = {day: outcome(dates(rule), onset=iso(day)) for day in (low - 1, low, high, high + 1)}
    assert days == {low - 1: False, **{low: True, high: True}, high + 1: False}


def test_a_day_is_counted_from_its_anchor() -> None:
    rule = dates("onset <= later - 1 month")
    assert outcome(rule, later="2024-03-31", onset="2024-02-29") is True
    assert outcome(rule, later="2024-03-31", onset="2024-03-01") is False
    assert outcome(rule, onset="2024-03-01") is None
    assert outcome(dates("onset <= 2024-03-31 - 1 month"), onset="2024-02-29") is True


def test_an_end_that_is_known_is_enough_to_be_outside() -> None:
    rule = dates("onset in later .. as_of")
    assert outcome(rule, onset="2027-04-01") is False
    assert outcome(rule, onset="2027-03-31") is None


def test_what_is_missing_is_asked_for() -> None:
    found = screening(dates("onset within 1 month before later")).screen({"as_of": MARCH_31})
    assert [need["input"] for need in found["needs"]] == ["onset", "later"]


# ---- histories


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"mi": False}, False),
        ({"mi": True, "mi__ongoing": True}, True),
        ({"mi": True, "mi__ongoing": False, "mi__last": "2027-02-28"}, True),
        ({"mi": True, "mi__ongoing": False, "mi__last": "2027-02-27"}, False),
        ({"mi": True, "mi__ongoing": False, "mi__last": "2027-03-31"}, True),
        ({"mi": True, "mi__ongoing": False}, None),
        ({"mi": True}, None),
        ({}, None),
    ],
)
def test_a_history_is_recent_while_it_goes_on_and_for_so_long_after(
    record: dict[str, Any], expected: bool | None
) -> None:
    assert outcome(HISTORY, **record) is expected


def test_a_history_is_asked_step_by_step() -> None:
    def needs(**record: Any) -> list[str]:
        values = {name.replace("__", "."): value for name, value in record.items()}
        found = screening(HISTORY).screen({"as_of": MARCH_31, **values})
        return [need["input"] for need in found["needs"]]

    assert needs() == ["mi"]
    assert needs(mi=True) == ["mi.ongoing", "mi.last"]
    assert needs(mi=True, mi__ongoing=False) == ["mi.last"]
    assert needs(mi=False) == []


def test_who_never_had_it_can_have_no_last_day() -> None:
    record = {"as_of": MARCH_31, "mi": False, "mi.last": "2027-01-01"}
    with pytest.raises(RecordRefused, match=r"mi\.last"):
        screening(HISTORY).screen(record)


def test_ongoing_is_false_for_whom_it_never_happened() -> None:
    rule = 'data mi "I" : history\nexclusion x [1] "X" { exclude when not mi ongoing }\n'
    assert outcome(rule, mi=False) is True
    assert outcome(rule, mi=True, mi__ongoing=True) is False


# ---- ordinal scales


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("nyha >= III", "III IV"),
        ("nyha > III", "IV"),
        ("nyha <= II", "I II"),
        ("nyha < II", "I"),
        ("nyha in II .. III", "II III"),
        ("nyha = II", "II"),
        ("nyha != II", "I III IV"),
    ],
)
def test_an_ordinal_scale_has_sides(rule: str, holds: str) -> None:
    body = ORDINAL.format(rule)
    found = [code for code in ("I", "II", "III", "IV") if outcome(body, nyha=code)]
    assert found == holds.split()
    assert outcome(body) is None


# ---- who is concerned, and how many of some


def test_a_criterion_that_does_not_concern_someone_is_passed() -> None:
    for kind, verb in (("inclusion", "require"), ("exclusion", "exclude when")):
        body = f'{kind} x [1] "X" {{ applies when demo.sex = female {verb} crisis }}\n'
        passed = kind == "inclusion"
        assert outcome(body, demo__sex="male", crisis=True) is passed
        assert outcome(body, demo__sex="male") is passed
        assert outcome(body, demo__sex="female", crisis=True) is True
        assert outcome(body, demo__sex="female") is None
        assert outcome(body, crisis=passed) is passed


@pytest.mark.parametrize(("present", "expected"), [(0, True), (1, True), (2, False), (3, False)])
def test_at_most_counts(present: int, expected: bool) -> None:
    names = ("a", "b", "c")
    data = "".join(f'data {name} "{name}" : boolean\n' for name in names)
    items = " ".join(f"{name}_: {name}" for name in names)
    body = f'{data}inclusion x [1] "X" {{ require at most 1 of {{ {items} }} }}\n'
    record = {name: index < present for index, name in enumerate(names)}
    assert outcome(body, **record) is expected


def test_a_history_is_counted_back_from_any_date() -> None:
    body = """
data mi "Infarction" : history
data dose "Planned day of the first dose" : date
exclusion recent [1] "R" { exclude when mi within 30 days before dose }
"""
    asked = {"mi": True, "mi__ongoing": False, "dose": "2027-04-30"}
    assert outcome(body, **asked, mi__last="2027-03-30") is False
    assert outcome(body, **asked, mi__last="2027-03-31") is True
    assert outcome(body, mi=True, mi__ongoing=True) is True
    assert outcome(body, mi=False) is False
    assert outcome(body, mi=True, mi__ongoing=False, mi__last="2027-03-31") is None
    before = {"mi": True, "mi__ongoing": False, "dose": "2027-01-31", "mi__last": "2027-03-31"}
    assert outcome(body, **before) is True
