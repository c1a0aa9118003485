"""What may be repeated: the latest one that exists counts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, whole, words

HB = 'data hb "Hb" : quantity [g/dL] {{ range: 2 .. 25 g/dL  retest: {} }}\n'
ONCE, TWICE = HB.format("once"), HB.format("twice")
NEAR = HB.format("once within 10 % of the limit")
IN_TIME = HB.format("once within 14 days")
LOW = "hb < 10 g/dL"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, None),
        ({"hb": 9.9}, None),
        ({"hb": 9.9, "hb__retests": "none"}, True),
        ({"hb": 10, "hb__retests": "none"}, False),
        ({"hb": 9.9, "hb__retests": "once"}, None),
        ({"hb": 9.9, "hb__retests": "once", "hb__retest": 10}, False),
        ({"hb": 10, "hb__retests": "once", "hb__retest": 9.9}, True),
        ({"hb__retests": "once", "hb__retest": 9.9}, True),
    ],
)
def test_the_later_one_counts(record: dict[str, Any], expected: bool | None) -> None:
    assert outcome(ONCE, LOW, **record) is expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"hb": 9, "hb__retests": "none"}, True),
        ({"hb": 9, "hb__retests": "once", "hb__retest": 10}, False),
        ({"hb": 9, "hb__retests": "twice", "hb__retest": 10, "hb__retest_2": 9}, True),
        ({"hb": 9, "hb__retests": "twice", "hb__retest": 10}, None),
    ],
)
def test_the_last_of_three_counts(record: dict[str, Any], expected: bool | None) -> None:
    assert outcome(TWICE, LOW, **record) is expected


def test_nobody_having_said_so_is_no_retest() -> None:
    assert needs(ONCE, LOW, hb=9) == ["hb.retests"]
    assert needs(ONCE, LOW, hb=9, hb__retests="once") == ["hb.retest"]


@pytest.mark.parametrize(
    ("first", "retest", "expected"),
    [
        (9, 10, False),  # 9 to 11 is near
        (8.9, 10, True),
        (11, 9, True),
        (11.1, 9, False),
        (9.5, 9.5, True),
        (8.9, None, True),
        (11.1, None, False),
        (9.5, None, None),
    ],
)
def test_near_the_limit(first: float, retest: float | None, expected: bool | None) -> None:
    record = {"hb": first, "hb__retests": "once", "hb__retest": retest}
    known = {name: value for name, value in record.items() if value is not None}
    assert outcome(NEAR, LOW, **known) is expected


def test_far_from_the_limit_nobody_asks_for_a_retest() -> None:
    assert outcome(NEAR, LOW, hb=8.9) is True
    assert outcome(NEAR, "10 g/dL > hb", hb=8.9) is True
    assert outcome(NEAR, LOW, hb=9) is None
    assert outcome(NEAR, "hb < 100 g/L", hb=8.9) is True


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-12-15", False), ("2026-12-16", True), ("2026-11-30", True)]
)
def test_a_retest_that_comes_too_late_does_not_count(on: str, expected: bool) -> None:
    record = {"hb": 9, "hb__day": "2026-12-01", "hb__retests": "once", "hb__retest": 10}
    assert outcome(IN_TIME, LOW, **record, hb__retest__day=on) is expected


def test_all_that_rules_ask_reads_the_latest() -> None:
    known: dict[str, Any] = {"hb": 9, "hb__retests": "once", "hb__retest": 10}
    assert outcome(ONCE, "hb in 10 .. 12 g/dL", **known) is True
    assert outcome(ONCE + 'derive twice "T" [g/dL] = hb * 2\n', "twice >= 20 g/dL", **known) is True
    normal = 'data k "K" : quantity [mmol/L] { normal: 3.5 .. 5.1 mmol/L  retest: once }\n'
    assert outcome(normal, "k above normal", k=6, k__retests="once", k__retest=5.1) is False
    assert outcome(normal, "k > 1 xULN", k=5, k__retests="once", k__retest=5.2) is True


def test_who_has_none_has_no_retest() -> None:
    data = ONCE.replace("retest:", "applies when demo.sex = female  retest:")
    assert outcome(data, LOW, demo__sex="male") is False
    assert outcome(data, LOW, demo__sex="female", hb=9, hb__retests="none") is True


EXAMPLE = 'patient p "P" {{ as_of: 2027-01-04  {} }}\n'


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("hb: 9 g/dL", {"hb": 9, "hb.retests": "none"}),
        ("hb: 9, 10 g/dL", {"hb": 9, "hb.retest": 10, "hb.retests": "once"}),
        ("hb: 9 g/dL  hb.retests: once", {"hb": 9, "hb.retests": "once"}),
        ("hb: unknown", {"hb": "missing", "hb.retests": "none"}),
    ],
)
def test_examples(value: str, given: dict[str, Any]) -> None:
    text = f'{ONCE}define low "L" = {LOW}\nvisit V "V" anchor\n'
    text += f'activity a "A" at V {{ collects: hb }}\n{EXAMPLE.format(value)}'
    made = whole(text)
    said = {each.path: each.unknown or each.value for each in made.participants[0].assignments}
    assert said == given
    assert list(made.activities[0].collects) == ["hb", "hb.retests", "hb.retest"]


def test_mistakes() -> None:
    assert codes(ONCE + EXAMPLE.format("hb: 9, 10, 11 g/dL")) == ["E0450"]
    assert codes(excluding(NEAR, "hb in 9 .. 10 g/dL")) == ["E0454"]
    assert codes(NEAR + 'derive twice "T" [g/dL] = hb * 2\n') == ["E0454"]
    for form in (
        "often",
        "once within 10 kg",
        "once within 10 %",
        "2",
        "once within 0 % of the limit",
    ):
        assert "E0307" in codes(HB.format(form))
    assert codes('data a "A" : boolean { retest: once }') == ["E0304"]


def test_several_measurements_may_each_be_repeated() -> None:
    data = ONCE.replace("retest", "measurements: 2  retest")
    known = {"hb__1": 9, "hb__1__retests": "once", "hb__1__retest": 10, "hb__2": 10}
    assert outcome(data, "any of hb < 10 g/dL", **known, hb__2__retests="none") is False


def test_a_library_reads_the_latest_of_what_stands_for_its_element() -> None:
    library = 'language 1\nlibrary l version "1" { title: "L" citation: "C" }\n'
    library += 'data h "H" : quantity [g/dL] { retest: once }\ndefine low "Low" = h < 10 g/dL\n'
    rule = 'inclusion i [1] "I" { require l.low }\n'
    made = whole(f'use lib.l version "1" as l with h = hb\n{ONCE}{rule}', l=library)
    assert [each.id for each in made.data] == ["hb", "hb.retests", "hb.retest"]
    alone = whole(f'use lib.l version "1" as l\n{rule}', l=library)
    assert [each.id for each in alone.data] == ["l.h", "l.h.retests", "l.h.retest"]


def test_the_words() -> None:
    assert words(ONCE, LOW) == "Hb, latest < 10 g/dL"
    near = "Hb from 10 % below 10 g/dL (9 g/dL) to 10 % above 10 g/dL (11 g/dL)"
    assert words(NEAR, LOW) == (
        f"({near} and (Hb, latest < 10 g/dL)) or (not ({near}) and Hb < 10 g/dL)"
    )
    assert "10 % below 100 g/L (9 g/dL)" in words(NEAR, "hb < 100 g/L")


def test_multiples_of_normal_near_the_limit() -> None:
    retest = "retest: once within 10 % of the limit"
    data = f'data k "K" : quantity [U/L] {{ normal: at most 40 U/L  {retest} }}'
    assert "10 % below 3 xULN (108 U/L)" in words(data, "k > 3 xULN")
    known: dict[str, Any] = {"k__retests": "once", "k__retest": 120}
    found = {k: outcome(data, "k > 3 xULN", k=k, **known) for k in (107, 121, 132, 133)}
    assert found == {107: False, 121: False, 132: False, 133: True}
