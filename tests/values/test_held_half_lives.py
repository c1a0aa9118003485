"""Half-lives that an element or a table holds. The day of the verdict is 2027-01-04."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, whole, words

from trialc_runtime.calendar import iso, parse_date

TODAY = "2027-01-04"
DATA = (
    'data drug "Drug" : history {{ half_life: half_life }}\n'
    'data half_life "Half-life" : quantity [{unit}] {{ range: 0 .. 5000 {unit} {applies} }}\n'
)
DRUG = DATA.format(unit="d", applies="applies when drug")
LONGER = "drug within longer of (28 days, 5 half-lives) before as_of"
SHORTER = "drug within shorter of (28 days, 5 half-lives) before as_of"
ENDED: dict[str, Any] = {"drug": True, "drug__ongoing": False}


def ago(days: int) -> str:
    today = parse_date(TODAY)
    assert today is not None
    return iso(today - days)


@pytest.mark.parametrize("half_life", [0, 2.5, 5.5, 5.6, 6, 7.1, 21.3])
@pytest.mark.parametrize(
    ("rule", "of"),
    [("drug within 5 half-lives before as_of", None), (LONGER, max), (SHORTER, min)],
)
def test_it_is_to_the_day_what_a_stated_one_gives(half_life: float, rule: str, of: Any) -> None:
    limit = math.ceil(5 * Fraction(str(half_life)))
    limit = of(28, limit) if of else limit
    for days in sorted({0, 27, 28, 29, max(limit - 1, 0), limit, limit + 1}):
        known = {**ENDED, "drug__last": ago(days), "half_life": half_life}
        assert outcome(DRUG, rule, **known) is (days <= limit)
    stated = f'data drug "Drug" : history {{ half_life: {half_life} days }}'
    if half_life:
        for days in (limit, limit + 1):
            same = outcome(stated, rule, **ENDED, drug__last=ago(days))
            assert same is (days <= limit)


@pytest.mark.parametrize(
    ("unit", "half_life", "days"), [("h", 12, 3), ("h", 24, 5), ("h", 120, 25), ("wk", 1, 35)]
)
def test_hours_and_weeks_are_days(unit: str, half_life: float, days: int) -> None:
    data = DATA.format(unit=unit, applies="")
    rule = "drug within 5 half-lives before as_of"
    found = [
        outcome(data, rule, **ENDED, drug__last=ago(each), half_life=half_life)
        for each in (days - 1, days, days + 1)
    ]
    assert found == [True, True, False]


def test_an_unknown_half_life_leaves_it_open_where_it_matters() -> None:
    assert outcome(DRUG, LONGER, **ENDED, drug__last=ago(28)) is True
    assert outcome(DRUG, LONGER, **ENDED, drug__last=ago(29)) is None
    assert needs(DRUG, LONGER, **ENDED, drug__last=ago(29)) == ["half_life"]
    assert outcome(DRUG, SHORTER, **ENDED, drug__last=ago(28)) is None
    assert outcome(DRUG, SHORTER, **ENDED, drug__last=ago(29)) is False
    assert outcome(DRUG, LONGER, drug=True, drug__ongoing=True) is True
    assert outcome(DRUG, LONGER, drug=False) is False
    assert needs(DRUG, LONGER) == ["drug"]


def test_a_last_day_after_the_anchor_counts_as_within() -> None:
    data = DRUG + 'data operation "Operation" : date\n'
    rule = "drug within 5 half-lives before operation"
    known = {**ENDED, "operation": ago(10), "half_life": 1}
    assert outcome(data, rule, **known, drug__last=ago(9)) is True
    assert outcome(data, rule, **known, drug__last=ago(15)) is True
    assert outcome(data, rule, **known, drug__last=ago(16)) is False


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("before", [False, True, True, False, False]),
        ("after", [False, False, True, True, False]),
        ("of", [False, True, True, True, False]),
    ],
)
def test_the_last_day_itself_may_be_asked(side: str, expected: list[bool]) -> None:
    data = DRUG + 'data operation "Operation" : date\n'
    rule = f"drug.last within 2 half-lives {side} operation"
    known = {**ENDED, "operation": ago(10), "half_life": 1}
    found = [outcome(data, rule, **known, drug__last=ago(days)) for days in (13, 12, 10, 8, 7)]
    assert found == expected


def test_a_table_of_half_lives() -> None:
    data = (
        'data kind "Drug" : choice {antibody, tablet} { applies when drug }\n'
        'data drug "Drug" : history { half_life: half_life }\n'
        'derive half_life "Half-life" [d] = first of {\n'
        "  antibody: 20 d when kind = antibody\n  tablet: 1 d otherwise\n}\n"
    )
    rule = "drug within 5 half-lives before as_of"
    assert outcome(data, rule, **ENDED, drug__last=ago(100), kind="antibody") is True
    assert outcome(data, rule, **ENDED, drug__last=ago(101), kind="antibody") is False
    assert outcome(data, rule, **ENDED, drug__last=ago(6), kind="tablet") is False
    assert needs(data, rule, **ENDED, drug__last=ago(6)) == ["kind"]
    assert outcome(data, rule, drug=False) is False


def test_the_words() -> None:
    said = "Drug, ongoing or within {} before the day of the verdict"
    held = said.format("5 half-lives (of Half-life)")
    assert words(DRUG, "drug within 5 half-lives before as_of") == held
    assert words(DRUG, LONGER) == f"({said.format('28 days')}) or ({held})"
    assert words(DRUG, SHORTER) == f"({said.format('28 days')}) and ({held})"
    one = words(DRUG, "drug within 1 half-life before as_of")
    assert one == said.format("1 half-life (of Half-life)")


def test_no_warning_of_a_short_washout() -> None:
    assert whole(excluding(DRUG, "drug within 1 day before as_of")).data[0].half_life_of


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ("quantity [d]", []),
        ("quantity [min]", []),
        ("quantity [d] { applies when drug }", []),
        ("quantity [d] { applies when not drug.ongoing }", []),
        ("quantity [month]", ["E0336"]),
        ("quantity [mg]", ["E0336"]),
        ("boolean", ["E0336"]),
        ("quantity [d] { retest: once }", ["E0336"]),
        ("quantity [d] { applies when drug ongoing }", ["E0337"]),
    ],
)
def test_what_can_hold_one(declared: str, found: list[str]) -> None:
    data = f'data drug "D" : history {{ half_life: held }}\ndata held "H" : {declared}\n'
    assert codes(excluding(data, "drug within 5 half-lives before as_of")) == found
