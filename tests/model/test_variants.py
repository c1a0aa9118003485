"""`varies`: another rule in the place of a criterion, for some populations."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.interpreter import screen

TEXT = """
population uganda "Uganda" { kind: country }
population zimbabwe "Zimbabwe" { kind: country }
population malawi "Malawi" { kind: country }
data age "Age" : quantity [year]
inclusion age_limit [4] "Age" { require age <= 17 years }
varies age_limit for uganda { require age <= 15 years }
"""


@pytest.mark.parametrize(
    ("country", "age", "verdict"),
    [
        ("uganda", 15, "eligible"),
        ("uganda", 15.1, "ineligible"),
        ("zimbabwe", 17, "eligible"),
        ("malawi", 17.1, "ineligible"),
        (None, 15, "eligible"),
        (None, 16, "undetermined"),
        (None, 17.1, "ineligible"),
    ],
)
def test_everybody_else_has_the_first(
    small: Any, country: str | None, age: float, verdict: str
) -> None:
    record = {"as_of": "2027-01-04", "population": country, "age": age}
    assert screen(small(TEXT).protocol, record)["verdict"] == verdict


def test_it_is_a_criterion_of_its_own(small: Any) -> None:
    first, second = small(TEXT).protocol.criteria
    assert (first.id, first.populations) == ("age_limit", ("zimbabwe", "malawi"))
    assert (second.id, second.populations) == ("age_limit.uganda", ("uganda",))
    assert (second.type, second.number, second.title) == ("inclusion", "4", "Age")


def test_several_variants(small: Any) -> None:
    more = "varies age_limit for malawi { require age <= 12 years }\n"
    criteria = small(TEXT + more).protocol.criteria
    assert [item.populations for item in criteria] == [("zimbabwe",), ("uganda",), ("malawi",)]


def test_other_kinds_stay(small: Any) -> None:
    text = (
        TEXT
        + 'population first "First" { kind: part }\npopulation second "Second" { kind: part }\n'
        'exclusion old [1] "Old" for first { exclude when age > 15 years }\n'
        "varies old for uganda { exclude when age > 16 years }\n"
    )
    _, _, old, variant = small(text).protocol.criteria
    assert old.populations == ("first", "zimbabwe", "malawi")
    assert variant.populations == ("first", "uganda")


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        ("varies age_limi for malawi { require age <= 12 years }", [("E0333", "age_limi")]),
        ("varies age for malawi { require age <= 12 years }", [("E0333", "age")]),
        ("varies age_limit for uganda { require age <= 1 year }", [("E0333", "age_limit")]),
        (
            "varies age_limit for malawi, zimbabwe { require age <= 1 year }",
            [("E0333", "age_limit")],
        ),
        ("varies age_limit for malavi { require age <= 12 years }", [("E0302", "malavi")]),
        ("varies age_limit for malawi { exclude when age > 1 year }", [("E0316", None)]),
    ],
)
def test_mistakes(small: Any, more: str, faults: list[tuple[str, str | None]]) -> None:
    found = small(f"{TEXT}{more}\n").faults
    assert [code for code, _ in found][: len(faults)] == [code for code, _ in faults]
    assert all(words in (None, found[k][1]) for k, (_, words) in enumerate(faults))
