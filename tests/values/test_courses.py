"""Several courses of one kind: how many, which of them, what nobody knows of some."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, screened, whole, words

LINES = """
data line "Prior lines" : up to 4 {
  kind "Kind" : choice {platinum, taxane, other}
  ended "Last dose" : date
  cycles "Cycles" : quantity [1] { range: 0 .. 99 }
}
"""
PLATINUM = "line where kind = platinum"
RECENT = "line where ended within 28 days before as_of"
LATEST = "latest line has kind = platinum"


def of(*kinds: str | None, number: int | None = -1) -> dict[str, Any]:
    """A record of so many lines; None: nobody knows its kind, or (`number`) how many there are."""
    record = {f"line__{k}__kind": kind for k, kind in enumerate(kinds, 1) if kind is not None}
    count = len(kinds) if number == -1 else number
    return record if count is None else {"line": count, **record}


P, T = "platinum", "taxane"


@pytest.mark.parametrize(
    ("rule", "kinds", "expected"),
    [
        (f"any of {PLATINUM}", (), False),
        (f"any of {PLATINUM}", (T, T), False),
        (f"any of {PLATINUM}", (T, P), True),
        (f"any of {PLATINUM}", (T, None), None),
        (f"any of {PLATINUM}", (P, None), True),
        (f"none of {PLATINUM}", (), True),
        (f"none of {PLATINUM}", (T, None), None),
        (f"none of {PLATINUM}", (T, P), False),
        (f"all of {PLATINUM}", (P, P), True),
        (f"all of {PLATINUM}", (P, None), None),
        (f"all of {PLATINUM}", (T, None), False),
        (f"at least 2 of {PLATINUM}", (P,), False),
        (f"at least 2 of {PLATINUM}", (P, None), None),
        (f"at least 2 of {PLATINUM}", (P, T, P), True),
        (f"at least 2 of {PLATINUM}", (P, T, P, P), True),
        (f"at most 2 of {PLATINUM}", (), True),
        (f"at most 2 of {PLATINUM}", (P, P), True),
        (f"at most 2 of {PLATINUM}", (P, P, P), False),
        (f"at most 2 of {PLATINUM}", (P, P, None), None),
        (f"at most 2 of {PLATINUM}", (P, None), True),
        (LATEST, (), False),
        (LATEST, (P, T), False),
        (LATEST, (T, P), True),
        (LATEST, (P, None), None),
        (LATEST, (None, P), True),
        ("first line has kind = platinum", (), False),
        ("first line has kind = platinum", (P, T), True),
        ("first line has kind = platinum", (T, P), False),
        ("count of line > 2", (T, T), False),
        ("count of line > 2", (T, T, T), True),
        ("at least 3 of line", (T, T), False),
        ("at least 3 of line", (T, T, T), True),
        ("at most 3 of line", (T, T, T), True),
        ("at most 3 of line", (T, T, T, T), False),
        ("any of line", (), False),
        ("any of line", (T,), True),
        ("none of line", (), True),
        ("none of line", (T,), False),
    ],
)
def test_what_is_asked_of_them(rule: str, kinds: tuple[Any, ...], expected: bool | None) -> None:
    assert outcome(LINES, rule, **of(*kinds)) is expected


@pytest.mark.parametrize(
    ("rule", "kinds", "expected"),
    [
        (f"any of {PLATINUM}", (T, T, T, T), False),
        (f"any of {PLATINUM}", (T, T, T), None),
        (f"any of {PLATINUM}", (P, T, T, T), None),
        (f"at most 1 of {PLATINUM}", (P, T, T, T), True),
        (LATEST, (P, P, P, P), None),
        (LATEST, (T, T, T, T), False),
        ("count of line >= 0", (), True),
    ],
)
def test_nobody_knows_how_many(rule: str, kinds: tuple[Any, ...], expected: bool | None) -> None:
    assert outcome(LINES, rule, **of(*kinds, number=None)) is expected


def test_where_there_is_none_all_of_them_says_nothing() -> None:
    rule = f"all of {PLATINUM}"
    assert outcome(LINES, rule, line=0) is False
    include = f'{LINES}inclusion only [1] "Only" {{ require {rule} }}\n'
    assert screened(include, line=0)["criteria"][0]["outcome"] is True
    assert outcome(LINES, f"not ({rule})", line=0) is False


@pytest.mark.parametrize(
    ("day", "expected"), [("2027-01-04", True), ("2026-12-07", True), ("2026-12-06", False)]
)
def test_a_day_of_one_of_them(day: str, expected: bool) -> None:
    days = {"line__1__ended": "2020-01-01", "line__2__ended": day}
    assert outcome(LINES, f"any of {RECENT}", line=2, **days) is expected


@pytest.mark.parametrize(("cycles", "expected"), [(5, False), (6, True), (7, True)])
def test_a_number_of_one_of_them(cycles: int, expected: bool) -> None:
    rule = "any of line where kind = platinum and cycles >= 6"
    given = {"line__1__cycles": 9, "line__2__cycles": cycles}
    assert outcome(LINES, rule, **of(T, P), **given) is expected


def test_only_what_can_decide_is_needed() -> None:
    assert needs(LINES, f"any of {PLATINUM}") == ["line"]
    assert needs(LINES, f"any of {PLATINUM}", **of(T, None)) == ["line.2.kind"]
    assert needs(LINES, LATEST, **of(None, None)) == ["line.2.kind"]


@pytest.mark.parametrize(
    ("values", "said"),
    [({"line": 5}, "outside what is possible"), ({"line": 1, "line__2__kind": P}, "not apply")],
)
def test_a_record_with_more_of_them_is_refused(values: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        screened(excluding(LINES, f"any of {PLATINUM}"), **values)


def test_courses_of_some_participants() -> None:
    data = """
data sex "Sex" : choice {female, male}
data child "Births" : up to 3 { applies when sex = female  weight "Weight" : quantity [g] }
"""
    rule = "any of child where weight < 2500 g"
    assert outcome(data, rule, sex="male") is False
    assert outcome(data, rule, sex="female", child=1, child__1__weight=2499) is True
    assert outcome(data, rule, sex="female", child=1, child__1__weight=2500) is False
    assert outcome(data, rule, sex="female", child=2, child__1__weight=2500) is None
    assert words(data, rule).startswith("(any of Births where Weight < 2500 g) (applies")


PROGRESSED = """
data x "X" : up to 2 {
  kind "Kind" : choice {platinum, other}
  failed "Failed" : boolean
  day "Day" : date { applies when failed }
}
"""


@pytest.mark.parametrize(
    ("rule", "failed", "expected"),
    [
        ("any of x where kind = platinum and day >= 2020-01-01", True, True),
        ("any of x where kind = platinum and day >= 2020-01-01", False, False),
        ("any of x where kind = platinum and day >= 2020-01-01", None, None),
        ("any of x where kind = platinum and not day >= 2020-01-01", False, True),
        ("any of x where kind = platinum unless day >= 2020-01-01", False, True),
        ("any of x where kind = platinum unless day >= 2020-01-01", True, False),
        ("all of x where day >= 2020-01-01", False, False),
        ("all of x where day >= 2020-01-01 or kind = platinum", False, True),
    ],
)
def test_what_a_course_does_not_have_it_does_not_fulfil(
    rule: str, failed: bool | None, expected: bool | None
) -> None:
    record = {"x": 1, "x__1__kind": P, "x__1__failed": failed}
    if failed:
        record["x__1__day"] = "2020-01-01"
    assert outcome(PROGRESSED, rule, **record) is expected


# ---- every combination, against a reading of its own

TESTS: list[tuple[str, Callable[[list[bool]], bool | None]]] = [
    (f"any of {PLATINUM}", any),
    (f"none of {PLATINUM}", lambda them: not any(them)),
    (f"all of {PLATINUM}", lambda them: all(them) if them else None),
    (f"at least 2 of {PLATINUM}", lambda them: sum(them) >= 2),
    (f"at most 1 of {PLATINUM}", lambda them: sum(them) <= 1),
    (LATEST, lambda them: bool(them) and them[-1]),
    ("first line has kind = platinum", lambda them: bool(them) and them[0]),
]


def _completions(number: int | None, kinds: list[str | None]) -> list[list[bool]]:
    """Which of the courses are of platinum, for everything that what is unknown can be."""
    made: list[list[bool]] = []
    for count in range(5) if number is None else [number]:
        them: list[list[bool]] = [[]]
        for kind in kinds[:count]:
            choices = [True, False] if kind is None else [kind == P]
            them = [[*before, choice] for before in them for choice in choices]
        made += them
    return made


@pytest.mark.parametrize("seed", range(8))
def test_a_verdict_is_that_of_every_completion(seed: int) -> None:
    chance = random.Random(seed)
    for rule, meant in TESTS:
        for _ in range(12):
            number = chance.choice((None, 0, 1, 2, 3, 4))
            known = 4 if number is None else number
            kinds = [chance.choice((P, T, None)) for _ in range(known)]
            kinds += [None] * (4 - known)
            record = of(*kinds, number=number)
            # What drops out is no exclusion.
            every = {bool(meant(them)) for them in _completions(number, kinds)}
            expected = every.pop() if len(every) == 1 else None
            assert outcome(LINES, rule, **record) is expected, (rule, record)


# ---- words


def test_words_are_those_of_the_author() -> None:
    what = "Prior lines where Kind is platinum"
    assert words(LINES, f"at most 2 of {PLATINUM}") == f"at most 2 of {what}"
    assert words(LINES, f"none of {PLATINUM}") == f"none of {what}"
    assert words(LINES, LATEST) == "the latest of Prior lines: Kind is platinum"
    both = "any of line where kind = platinum and cycles >= 6"
    assert words(LINES, both) == f"any of {what} and Cycles ≥ 6"
    assert words(LINES, f"({both}) and count of line > 3") == (
        f"(any of {what} and Cycles ≥ 6) and (Prior lines, number > 3)"
    )


def test_words_of_an_attribute_that_not_every_course_has() -> None:
    words_ = words(PROGRESSED, "all of x where day >= 2020-01-01")
    assert words_ == (
        "(all of X where (Day on or after 2020-01-01) (applies only if Failed)) "
        "(applies only if X, number ≥ 1)"
    )


def test_a_part_of_them_is_not_all_of_them() -> None:
    some = "line.1.kind = platinum or line.2.kind = platinum"
    assert "any of Prior lines" not in words(LINES, some)


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
