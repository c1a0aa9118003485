"""Since when a history goes on, and goes on unchanged. The day of the verdict is 2027-01-04."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import needs, outcome, whole, words

DATA = 'data esa "ESA" : history'
LONG = "esa ongoing for at least 6 weeks"
STABLE = "esa unchanged for at least 4 weeks"


@pytest.mark.parametrize(("rule", "day"), [(LONG, "since"), (STABLE, "unchanged_since")])
@pytest.mark.parametrize(("length", "limit"), [("6 weeks", 23), ("42 days", 23)])
def test_the_limit_belongs_to_it(rule: str, day: str, length: str, limit: int) -> None:
    asked = rule.replace("6 weeks", length).replace("4 weeks", length)
    found = {
        on: outcome(DATA, asked, esa=True, esa__ongoing=True, **{f"esa__{day}": f"2026-11-{on}"})
        for on in (limit - 1, limit, limit + 1)
    }
    assert found == {limit - 1: True, limit: True, limit + 1: False}


def test_months_are_counted_back_from_the_day_of_the_verdict() -> None:
    rule = "esa ongoing for at least 1 month"
    known = {"esa": True, "esa__ongoing": True}
    assert outcome(DATA, rule, **known, esa__since="2026-12-04") is True
    assert outcome(DATA, rule, **known, esa__since="2026-12-05") is False


@pytest.mark.parametrize("rule", [LONG, STABLE])
@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, None),
        ({"esa": False}, False),
        ({"esa": True}, None),
        ({"esa": True, "esa__ongoing": False}, False),
        ({"esa": True, "esa__ongoing": True}, None),
    ],
)
def test_only_what_goes_on_has_lasted(
    rule: str, record: dict[str, Any], expected: bool | None
) -> None:
    assert outcome(DATA, rule, **record) is expected


def test_it_is_asked_step_by_step() -> None:
    assert needs(DATA, LONG) == ["esa"]
    assert needs(DATA, LONG, esa=True) == ["esa.ongoing"]
    assert needs(DATA, LONG, esa=True, esa__ongoing=True) == ["esa.since"]
    assert needs(DATA, STABLE, esa=True, esa__ongoing=True) == ["esa.unchanged_since"]


def test_the_words() -> None:
    assert words(DATA, LONG) == "ESA, ongoing for at least 6 weeks"
    assert words(DATA, STABLE) == "ESA, ongoing, unchanged for at least 4 weeks"


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("esa ongoing", []),
        (LONG, ["esa.since"]),
        (STABLE, ["esa.unchanged_since"]),
        ("esa.since < 2026-01-01", ["esa.since"]),
        (f"{LONG} and {STABLE}", ["esa.since", "esa.unchanged_since"]),
    ],
)
def test_a_record_has_the_days_that_a_rule_asks_for(rule: str, parts: list[str]) -> None:
    made = whole(f'{DATA}\ndefine r "R" = {rule}\n')
    assert [each.id for each in made.data] == ["esa", "esa.ongoing", "esa.last", *parts]


def test_a_library_asks_of_what_stands_for_its_history() -> None:
    library = 'language 1\nlibrary l version "1" { title: "L" citation: "C" }\n'
    library += 'data drug "Drug" : history\ndefine long "Long" = drug ongoing for at least 1 week\n'
    text = f'use lib.l version "1" as l with drug = esa\n{DATA}\n'
    made = whole(text + 'inclusion i [1] "I" { require l.long }\n', l=library)
    assert "esa.since" in [each.id for each in made.data]
    alone = whole('use lib.l version "1" as l\ninclusion i [1] "I" { require l.long }\n', l=library)
    assert "l.drug.since" in [each.id for each in alone.data]


EXAMPLE = f"""
role investigator "I"
{DATA}
define long "Long" = {LONG}
define stable "Stable" = {STABLE}
patient p "P" {{ as_of: 2027-01-04  esa: %s }}
activity ask "Ask" at V {{ collects: esa }}
visit V "V" anchor
"""


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("never", [False, "not_applicable", "not_applicable", "not_applicable", "not_applicable"]),
        ("2026-11-01", [True, False, "2026-11-01", "not_applicable", "not_applicable"]),
        ("ongoing", [True, True, "not_applicable", "missing", "missing"]),
        ("ongoing since 2026-01-02", [True, True, "not_applicable", "2026-01-02", "missing"]),
        (
            "ongoing since 2026-01-02 unchanged since 2026-03-04",
            [True, True, "not_applicable", "2026-01-02", "2026-03-04"],
        ),
    ],
)
def test_an_example_gives_all_of_it(value: str, given: list[object]) -> None:
    made = whole(EXAMPLE % value)
    said = [each.unknown or each.value
            for each in made.participants[0].assignments]  # fmt: skip
    assert said == given
    assert list(made.activities[0].collects) == [each.id for each in made.data]
