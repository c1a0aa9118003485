"""Several measurements: what is made of them, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, screened, whole, words

QTC = 'data qtc "QTc" : quantity [ms] { range: 200 .. 700 ms  measurements: 3 }\n'
GFR = 'data gfr "GFR" : quantity [mL/min] { measurements: 2 }\n'
CONFIRMED = "gfr < 60 mL/min confirmed after at least 3 months"
NOT_DONE = {"unknown": "not_done"}


def of(*values: Any) -> dict[str, Any]:
    """A record of three measurements; None for what nobody knows."""
    return {f"qtc__{k}": value for k, value in enumerate(values, 1) if value is not None}


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("mean of qtc > 470 ms", (460, 470, 480), False),
        ("mean of qtc >= 470 ms", (460, 470, 480), True),
        ("mean of qtc > 470 ms", (460, 470, 480.1), True),
        ("mean of qtc > 470 ms", (460, 470, 479.9), False),
        ("mean of qtc >= 470 ms", (470.1, 470.1, 469.8), True),
        ("mean of qtc > 470 ms", (500, 500, None), None),
        ("sum of qtc > 1410 ms", (460, 470, 480), False),
        ("sum of qtc > 1410 ms", (460, 470, 481), True),
        ("highest of qtc > 470 ms", (470, 470, 470), False),
        ("highest of qtc > 470 ms", (470, 471, 470), True),
        ("lowest of qtc < 470 ms", (470, 470, 470), False),
        ("lowest of qtc < 470 ms", (470, 480, 469), True),
        ("latest of qtc > 470 ms", (400, 400, 471), True),
        ("latest of qtc > 470 ms", (480, 480, 470), False),
        ("latest of qtc > 470 ms", (480, 480, None), None),
        ("at least 2 of qtc > 470 ms", (471, 471, None), True),
        ("at least 2 of qtc > 470 ms", (470, 470, None), False),
        ("at least 2 of qtc > 470 ms", (471, 470, None), None),
        ("at most 1 of qtc > 470 ms", (471, 470, None), None),
        ("at most 1 of qtc > 470 ms", (470, 470, None), True),
        ("at most 1 of qtc > 470 ms", (471, 471, None), False),
        ("any of qtc > 470 ms", (470, 471, None), True),
        ("any of qtc > 470 ms", (470, 470, None), None),
        ("any of qtc > 470 ms", (470, 470, NOT_DONE), None),
        ("all of qtc > 470 ms", (471, 471, None), None),
        ("all of qtc > 470 ms", (471, 470, None), False),
        ("none of qtc > 470 ms", (470, 470, 470), True),
        ("all of qtc in 460 .. 470 ms", (460, 465, 470), True),
        ("all of qtc in 460 .. 470 ms", (460, 465, 470.1), False),
    ],
)
def test_what_is_asked_of_them(rule: str, values: tuple[Any, ...], expected: bool | None) -> None:
    assert outcome(QTC, rule, **of(*values)) is expected


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        ("any of qtc of those done > 470 ms", (470, 470, NOT_DONE), False),
        ("any of qtc of those done > 470 ms", (470, 470, None), None),
        ("any of qtc of those done > 470 ms", (470, 471, None), True),
        ("all of qtc of those done > 470 ms", (471, 471, NOT_DONE), True),
        ("all of qtc of those done > 470 ms", (471, 471, None), None),
        ("at least 2 of qtc of those done > 470 ms", (471, NOT_DONE, 471), True),
        ("at least 2 of qtc of those done > 470 ms", (471, NOT_DONE, NOT_DONE), False),
        ("at least 2 of qtc of those done > 470 ms", (471, NOT_DONE, None), None),
    ],
)
def test_of_those_done(rule: str, values: tuple[Any, ...], expected: bool | None) -> None:
    assert outcome(QTC, rule, **of(*values)) is expected


@pytest.mark.parametrize(
    ("which", "values", "expected"),
    [
        ("mean", (460, 470, 480), 470),
        ("mean", (460, NOT_DONE, 470), 465),
        ("mean", (NOT_DONE, NOT_DONE, 470), 470),
        ("mean", (460, None, 470), None),
        ("mean", (NOT_DONE, NOT_DONE, NOT_DONE), None),
        ("highest", (460, 480, NOT_DONE), 480),
        ("lowest", (460, 450, NOT_DONE), 450),
        ("sum", (460, 450, NOT_DONE), 910),
        ("latest", (460, 450, NOT_DONE), 450),
        ("latest", (460, NOT_DONE, NOT_DONE), 460),
        ("latest", (460, NOT_DONE, 440), 440),
        ("latest", (460, 450, None), None),
    ],
)
def test_a_number_of_those_done(which: str, values: Any, expected: float | None) -> None:
    data = f'{QTC}derive made "Made" [ms] = {which} of qtc of those done\n'
    found = screened(excluding(data, "made >= 0 ms"), **of(*values))["criteria"][0]
    first = found["because"]["values"][0]
    assert (first["input"], first.get("value")) == ("made", expected)
    assert found["outcome"] is (None if expected is None else True)


def test_what_is_missing_is_asked_for() -> None:
    assert needs(QTC, "mean of qtc > 470 ms", **of(470, None, None)) == ["qtc.2", "qtc.3"]


def test_limits_of_normal_of_each() -> None:
    data = 'data k "K" : quantity [mmol/L] { measurements: 2  normal: 3.5 .. 5.1 mmol/L }\n'
    assert outcome(data, "any of k above normal", k__1=5.1, k__2=5.2) is True
    assert outcome(data, "all of k in normal range", k__1=5.1, k__2=5.2) is False
    assert outcome(data, "all of k < 2 xULN", k__1=5.1, k__2=10.1) is True


# ---- confirmed


@pytest.mark.parametrize(
    ("first", "second", "on", "expected"),
    [
        (59, 59, "2027-01-01", True),
        (59, 59, "2026-12-31", False),
        (60, 59, "2027-01-01", False),
        (59, 60, "2027-01-01", False),
        (59, None, "2027-01-01", None),
        (59, 59, None, None),
        (60, None, None, False),
    ],
)
def test_confirmed(first: float, second: Any, on: Any, expected: bool | None) -> None:
    given = {"gfr__1": first, "gfr__1__day": "2026-10-01", "gfr__2": second, "gfr__2__day": on}
    record = {name: value for name, value in given.items() if value is not None}
    assert outcome(GFR, CONFIRMED, **record) is expected


def test_what_is_confirmed_may_have_no_unit() -> None:
    data = 'data inr "INR" : quantity [1] { measurements: 2 }'
    rule = "inr > 1.5 confirmed after at least 1 week"
    days = {"inr__1__day": "2026-12-01", "inr__2__day": "2026-12-08"}
    assert outcome(data, rule, inr__1=1.6, inr__2=1.6, **days) is True
    assert outcome(data, rule, inr__1=1.6, inr__2=1.5, **days) is False


def test_days_are_asked_where_something_is_confirmed() -> None:
    made = whole(f'{GFR}define low "Low" = {CONFIRMED}\n')
    assert [each.id for each in made.data] == ["gfr.1", "gfr.1.day", "gfr.2", "gfr.2.day"]
    made = whole(f'{GFR}define low "Low" = all of gfr < 60 mL/min\n')
    assert [each.id for each in made.data] == ["gfr.1", "gfr.2"]


# ---- examples, activities, libraries

EXAMPLE = """
visit V "V" anchor
activity ecg "ECG" at V { collects: qtc }
patient p "P" { as_of: 2027-01-04  qtc: %s }
"""


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("470, 480, 475 ms", [470, 480, 475]),
        ("0.47 s, 480 ms, unknown", [0.47, 480, "missing"]),
        ("not_done", ["not_done"] * 3),
        ("470, 480 ms, not_done", [470, 480, "not_done"]),
    ],
)
def test_an_example_gives_all_of_them(value: str, given: list[object]) -> None:
    made = whole(f'{QTC}define high "H" = any of qtc > 470 ms\n{EXAMPLE % value}')
    said = [each.unknown or each.value for each in made.participants[0].assignments]
    assert said == given
    assert list(made.activities[0].collects) == ["qtc.1", "qtc.2", "qtc.3"]


@pytest.mark.parametrize("value", ["470 ms", "470, 480 ms", "1, 2, 3, 4 ms"])
def test_their_number_must_fit(value: str) -> None:
    assert codes(QTC + EXAMPLE % value) == ["E0450"]


def test_one_measurement_has_one_value() -> None:
    text = 'data a "A" : quantity [kg]\npatient p "P" { as_of: 2027-01-04  a: 1, 2 kg }\n'
    assert codes(text) == ["E0450"]


def test_a_day_behind_a_value_is_the_day_that_is_asked() -> None:
    text = f"""{GFR}define low "Low" = {CONFIRMED}
patient p "P" {{
  as_of: 2027-01-04
  gfr.1: 55 mL/min on 2026-10-01
  gfr.2: 56 mL/min on 2027-01-02
}}
"""
    made = whole(text).participants[0].assignments
    days = [(each.path, each.value) for each in made if each.path.endswith("day")]
    assert days == [("gfr.1.day", "2026-10-01"), ("gfr.2.day", "2027-01-02")]


def test_measurements_stand_for_those_of_a_library() -> None:
    library = 'language 1\nlibrary l version "1" { title: "L" citation: "C" }\n'
    library += QTC + 'derive qt "Mean" [ms] = mean of qtc\n'
    used = 'use lib.l version "1" as l{}\n'
    rule = 'inclusion i [1] "I" { require l.qt < 470 ms and mean of %s > 1 ms }\n'
    alone = whole(used.format("") + rule % "l.qtc", l=library)
    assert [each.id for each in alone.data] == ["l.qtc.1", "l.qtc.2", "l.qtc.3"]
    bound = whole(used.format(" with qtc = qtc") + QTC + rule % "qtc", l=library)
    assert [each.id for each in bound.data] == ["qtc.1", "qtc.2", "qtc.3"]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("qtc > 470 ms", ["E0448"]),
        ("qtc.4 > 470 ms", ["E0302"]),
        ("at least 4 of qtc > 470 ms", ["E0412"]),
        ("mean of qtc of those done > 470 ms", ["E0451"]),
        ("qtc > 470 ms confirmed after at least 1 week", ["E0453"]),
        ("(qtc > 470 ms or qtc < 1 ms) confirmed after at least 1 week", ["E0453"]),
        ("mean of qt > 470 ms", ["E0302"]),
    ],
)
def test_mistakes(rule: str, found: list[str]) -> None:
    assert codes(excluding(QTC, rule)) == found


@pytest.mark.parametrize("count", ["1", "0", "21", "3 kg", "1.5", "some"])
def test_a_number_of_measurements(count: str) -> None:
    assert "E0307" in codes(f'data a "A" : quantity [kg] {{ measurements: {count} }}')


def test_words_of_measurements_may_be_names() -> None:
    names = ("mean", "lowest", "latest", "those", "confirmed")
    data = "".join(f'data {name} "N" : quantity [kg]\n' for name in names)
    assert codes(excluding(data, " and ".join(f"{name} > 1 kg" for name in names))) == []


def test_the_words() -> None:
    assert words(GFR, CONFIRMED).endswith(
        "(GFR, measurement 2, day on or after the day 3 months after GFR, measurement 1, day)"
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("mean of qtc > 470 ms", "mean of QTc > 470 ms"),
        ("sum of qtc > 470 ms", "sum of QTc > 470 ms"),
        ("highest of qtc > 470 ms", "highest of QTc > 470 ms"),
        ("lowest of qtc > 470 ms", "lowest of QTc > 470 ms"),
        ("(qtc.1 + qtc.2 + qtc.3) / 3 > 470 ms", "mean of QTc > 470 ms"),
        ("mean of qtc - 10 ms > 470 ms", "(mean of QTc) − 10 ms > 470 ms"),
        ("qtc.1 - mean of qtc > 10 ms", "QTc, measurement 1 − (mean of QTc) > 10 ms"),
        ("(qtc.1 + qtc.2 + qtc.3) / 2 > 470 ms", "(sum of QTc) / 2 > 470 ms"),
        (
            "(qtc.1 + qtc.2) / 2 > 470 ms",
            "(QTc, measurement 1 + QTc, measurement 2) / 2 > 470 ms",
        ),
        (
            "(qtc.1 + qtc.3 + qtc.2) / 3 > 470 ms",
            "(QTc, measurement 1 + QTc, measurement 3 + QTc, measurement 2) / 3 > 470 ms",
        ),
    ],
)
def test_numbers_of_all_measurements_read_as_written(rule: str, expected: str) -> None:
    """Those of some of them are spelled out: two of three are no mean of what was measured."""
    assert words(QTC, rule) == expected
