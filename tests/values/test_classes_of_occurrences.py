"""Classes with occurrences among their members. The day of the verdict is 2027-01-04."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, whole, words

# ---- occurrences among the members

HEART = """
data mi "Infarction" : occurrence
data angina "Angina" : history
data cardiac "Heart disease" : history { members: mi, angina }
"""
NO_HEART = {"mi": False, "angina": False, "cardiac": False}


@pytest.mark.parametrize(
    ("record", "ever", "recent", "ongoing"),
    [
        ({}, False, False, False),
        ({"mi": True, "mi__last": "2026-12-21"}, True, True, False),
        ({"mi": True, "mi__last": "2026-12-20"}, True, False, False),
        ({"mi": True}, True, None, False),
        ({"angina": True, "angina__ongoing": True}, True, True, True),
        ({"cardiac": True, "cardiac__ongoing": True}, True, True, True),
        (
            {"cardiac": True, "cardiac__ongoing": False, "cardiac__last": "2026-12-20"},
            True,
            False,
            False,
        ),
    ],
)
def test_a_class_with_an_occurrence(
    record: dict[str, Any], ever: bool, recent: bool | None, ongoing: bool
) -> None:
    said = {**NO_HEART, **record}
    assert outcome(HEART, "cardiac", **said) is ever
    assert outcome(HEART, "cardiac within 14 days before as_of", **said) is recent
    assert outcome(HEART, "cardiac ongoing", **said) is ongoing


def test_whether_it_goes_on_is_not_asked_of_an_occurrence() -> None:
    assert needs(HEART, "cardiac ongoing") == ["angina", "cardiac"]
    assert needs(HEART, "cardiac ongoing for at least 6 weeks") == ["angina", "cardiac"]
    assert needs(HEART, "cardiac except angina ongoing") == ["cardiac"]
    made = whole(f'{HEART}define r "R" = cardiac ongoing for at least 6 weeks')
    assert [each.id for each in made.data if each.id.startswith("mi")] == ["mi", "mi.last"]


def test_a_class_of_occurrences_never_goes_on() -> None:
    data = """
data mi "Infarction" : occurrence
data stroke "Stroke" : occurrence
data cardiac "Event" : occurrence { members: mi, stroke }
"""
    none = {"mi": False, "stroke": False, "cardiac": False}
    rule = "cardiac within 14 days before as_of"
    assert outcome(data, rule, **none) is False
    for name in none:
        for day, expected in (("21", True), ("20", False)):
            said = {**none, name: True, f"{name}__last": f"2026-12-{day}"}
            assert outcome(data, rule, **said) is expected
    assert codes(excluding(data, "cardiac ongoing")) == ["E0338"]
    assert codes(excluding(data, "cardiac except mi ongoing")) == ["E0338"]
    assert words(data, rule) == (
        "Event (Infarction, Stroke, any other) within 14 days before the day of the verdict"
    )


def test_the_words_of_a_class_with_an_occurrence() -> None:
    when = "ongoing or within 14 days before the day of the verdict"
    for rule, expected in (
        ("cardiac", "Heart disease (Infarction, Angina, any other), ever"),
        ("cardiac ongoing", "Heart disease (Angina, any other), ongoing"),
        ("cardiac except angina ongoing", "Heart disease other than Angina, ongoing"),
        (
            "cardiac within 14 days before as_of",
            f"Heart disease (Infarction, Angina, any other), {when}",
        ),
        ("cardiac suspected", "Heart disease (Infarction, Angina, any other), suspected"),
    ):
        assert words(HEART, rule) == expected


def test_an_occurrence_is_suspected_and_planned_of_everybody() -> None:
    data = 'data mi "Infarction" : occurrence'
    assert outcome(data, "mi suspected", mi__suspected=True) is True
    old = {"mi": True, "mi__last": "1999-01-01"}
    assert outcome(data, "mi suspected", **old, mi__suspected=True) is True
    assert outcome(data, "mi suspected", **old, mi__suspected=False) is False
    assert needs(data, "mi suspected", **old) == ["mi.suspected"]
    assert codes(excluding(data, "mi suspected")) == []
    rule = "mi planned within 4 weeks after as_of"
    for day, expected in (("2027-02-01", True), ("2027-02-02", False)):
        assert outcome(data, rule, mi__planned=True, mi__planned_for=day) is expected
    none = dict.fromkeys((*NO_HEART, "angina__suspected", "cardiac__suspected"), False)
    assert outcome(HEART, "cardiac suspected", **none, mi__suspected=True) is True
    assert outcome(HEART, "cardiac suspected", **none) is None
