"""Several courses of one kind in examples, activities and libraries; their names; mistakes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, excluding, outcome, whole
from tests.values.test_courses import LINES

P, T = "platinum", "taxane"


# ---- examples, activities, libraries

EXAMPLE = """
visit V "V" anchor
activity past "Treatment so far" at V { collects: line }
patient p "P" { as_of: 2027-01-04  line: %s }
"""


def given(value: str) -> dict[str, Any]:
    made = whole(LINES + EXAMPLE % value)
    return {
        each.path: each.unknown or each.value
        for each in made.participants[0].assignments
        if each.value is not None or each.unknown
    }


def test_an_example_lists_them() -> None:
    assert given("{ kind: taxane  cycles: 6 }, { ended: 2026-12-01 }, { }") == {
        "line": 3,
        "line.1.kind": "taxane",
        "line.1.cycles": 6,
        "line.2.ended": "2026-12-01",
    }
    assert given("none") == {"line": 0}
    assert given("2  line.2.kind: other") == {"line": 2, "line.2.kind": "other"}
    assert given("unknown") == {"line": "missing"}


def test_a_change_takes_back_what_was_said() -> None:
    test = 'test t "T" { given p but { line: { kind: other } } expect undetermined }\n'
    text = EXAMPLE % "{ kind: taxane  cycles: 6 }, { kind: platinum }" + test
    changes = {one.path: one.value or one.unknown for one in whole(LINES + text).tests[0].changes}
    assert (changes["line"], changes["line.1.kind"]) == (1, "other")
    assert (changes["line.1.cycles"], changes["line.2.kind"]) == ("missing", "not_applicable")


def test_an_activity_collects_all_that_is_known_of_each() -> None:
    made = whole(LINES + EXAMPLE % "none")
    collected = made.activities[0].collects
    assert len(collected) == len(made.data) == 1 + 4 * 3
    assert collected[:2] == ("line", "line.1.kind")


ONCOLOGY = """
language 1
library oncology version "1" { title: "Oncology" citation: "none" }
data line "Prior lines" : up to %s { kind "Kind" : choice {platinum, other} }
define pretreated "Platinum before" = any of line where kind = platinum
"""
USE = 'use lib.oncology version "1" as onc with line = mine\n'
MINE = """
data mine "Mine" : up to 3 { kind "Kind" : choice {platinum, other}  ended "End" : date }
exclusion a [1] "A" { exclude when onc.pretreated }
"""


def test_courses_stand_for_those_of_a_library() -> None:
    made = whole(USE + MINE, oncology=ONCOLOGY % 3)
    assert [each.id for each in made.data][:3] == ["mine", "mine.1.kind", "mine.1.ended"]
    assert not any(each.id.startswith("onc.") for each in made.data)
    assert codes(USE + MINE, oncology=ONCOLOGY % 4) == ["E0319"]
    plain = 'data mine "Mine" : score 0 .. 3\nexclusion a [1] "A" { exclude when onc.pretreated }\n'
    assert codes(USE + plain, oncology=ONCOLOGY % 3) == ["E0319"]


# ---- names and mistakes


def test_words_of_courses_stay_free_as_names() -> None:
    names = ("where", "has", "up", "latest", "first", "count_of")
    data = "".join(f'data {name} "{name}" : boolean\n' for name in names)
    assert outcome(data, "where and has and latest and has and first", where=False) is False


def test_a_code_may_be_called_like_an_attribute() -> None:
    data = 'data x "X" : up to 2 { a "A" : choice {a, b}  b "B" : boolean }\n'
    assert outcome(data, "any of x where a = b and b", x=1, x__1__a="b", x__1__b=True) is True
    assert outcome(data, "any of x where a in {b} and b", x=1, x__1__a="a") is False


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("any of line where kind = platinum or count of line > 2", "E0364"),
        ("any of line where age > 3 and kind = platinum", "E0363"),
        ("any of line where all of { a: kind = platinum }", "E0364"),
        ("any of line where (kind = platinum if done)", "E0364"),
        ("any of line where knd = platinum", "E0363"),
        ("any of line > 3", "E0362"),
        ("all of line", "E0362"),
        ("any of age where kind = platinum", "E0361"),
        ("count of age > 3", "E0361"),
        ("at least 5 of line where kind = platinum", "E0412"),
        ("at least 5 of line", "E0412"),
        ("age > 3 or any of line where kind = platinum and cycles > 3", "E0208"),
        ("any of line where kind = platinum and cycles > 3 or age > 3", "E0208"),
    ],
)
def test_mistakes(rule: str, code: str) -> None:
    age = 'data age "Age" : quantity [1] { range: 0 .. 9 }\n'
    assert codes(excluding(LINES + age, rule)) == [code]


@pytest.mark.parametrize(("most", "found"), [(1, ["E0360"]), (2, []), (20, []), (21, ["E0360"])])
def test_how_many_there_can_be(most: int, found: list[str]) -> None:
    data = f'data x "X" : up to {most} {{ a "A" : boolean }}\n'
    assert codes(excluding(data, "any of x where a")) == found


@pytest.mark.parametrize(("size", "found"), [(4, []), (5, ["E0365"])])
def test_an_example_with_too_many(size: int, found: list[str]) -> None:
    value = ", ".join(["{ kind: other }"] * size)
    assert codes(LINES + EXAMPLE % value) == found


def test_a_history_of_each() -> None:
    data = 'data x "X" : up to 2 { drug "Drug" : history }\n'
    rule = "any of x where drug within 1 month before as_of"
    record = {"x": 1, "x__1__drug": True, "x__1__drug__ongoing": False}
    assert outcome(data, rule, **record, x__1__drug__last="2026-12-04") is True
    assert outcome(data, rule, **record, x__1__drug__last="2026-12-03") is False


@pytest.mark.parametrize(
    "attribute",
    [
        'a "A" : up to 2 { b "B" : boolean }',
        'a "A" : quantity [kg] { retest: once }',
        'a "A" : quantity [kg] { measurements: 2 }',
        'a "A" : boolean { b "B" : boolean }',
    ],
)
def test_what_no_attribute_can_be(attribute: str) -> None:
    data = f'data x "X" : up to 2 {{ {attribute}  c "C" : boolean }}\n'
    assert codes(excluding(data, "any of x where c")) == ["E0366"]


def test_names_of_before() -> None:
    data = """
data x "X" : up to 2 { renamed from y  a "A" : boolean { renamed from b }  c "C" : boolean }
"""
    made = {each.id: each.renamed_from for each in whole(excluding(data, "any of x where a")).data}
    assert made["x"] == ("y",)
    assert made["x.2.a"] == ("y.2.a", "x.2.b", "y.2.b")
    assert made["x.1.c"] == ("y.1.c",)
