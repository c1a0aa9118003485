"""Several courses of one kind: how many, which of them, what nobody knows of some."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from tests.values.engines import excluding, needs, outcome, screened, words

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


ATOMS = ("kind = platinum", "kind in {taxane, other}", "cycles >= 6", "ended < 2026-06-01")
QUANTIFIERS = ("any of", "none of", "all of", "at least 2 of", "at most 1 of")


def _condition(chance: random.Random, depth: int) -> str:
    """A condition on one course, made by chance."""
    match chance.randrange(4) if depth else 3:
        case 0:
            return f"not ({_condition(chance, depth - 1)})"
        case 1 | 2:
            sides = [_condition(chance, depth - 1) for _ in range(2)]
            return f"({chance.choice((' and ', ' or ', ' unless ')).join(sides)})"
        case _:
            return chance.choice(ATOMS)


@pytest.mark.parametrize("seed", range(20))
def test_both_engines_agree_on_any_condition(seed: int) -> None:
    chance = random.Random(seed)
    rules = [
        f"({chance.choice(QUANTIFIERS)} line where {_condition(chance, 2)})",
        f"({chance.choice(('latest', 'first'))} line has {_condition(chance, 2)})",
        "count of line >= 2",
    ]
    rule = chance.choice((" and ", " or ")).join(chance.sample(rules, 2))
    for _ in range(10):
        number = chance.choice((None, 0, 1, 2, 3, 4))
        record: dict[str, Any] = {} if number is None else {"line": number}
        for k in range(1, 5 if number is None else number + 1):
            values = {
                "kind": chance.choice((P, T, None)),
                "cycles": chance.choice((5, 6, None)),
                "ended": chance.choice(("2026-05-31", "2026-06-01", None)),
            }
            record |= {f"line__{k}__{name}": value for name, value in values.items()}
        screened(excluding(LINES, rule), **record)  # which compares the engines


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
