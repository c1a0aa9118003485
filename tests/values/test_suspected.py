"""Histories of what is suspected or planned. The day of the verdict is 2027-01-04."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, excluding, needs, outcome, resolved, whole
from tests.values.test_classes import DATA

# ---- suspected, planned


def test_a_plan_has_its_limit_and_a_day_that_has_passed_counts() -> None:
    rule = "op planned within 4 weeks after as_of"
    found = {
        on: outcome('data op "Operation" : history', rule, op__planned=True, op__planned_for=on)
        for on in ("2026-12-01", "2027-01-31", "2027-02-01", "2027-02-02")
    }
    assert list(found.values()) == [True, True, True, False]
    assert needs('data op "Operation" : history', rule) == ["op.planned"]
    assert needs('data op "Operation" : history', rule, op__planned=True) == ["op.planned_for"]


@pytest.mark.parametrize(
    ("record", "suspected", "either"),
    [
        ({}, None, None),
        ({"tb": False}, None, None),
        ({"tb": False, "tb__suspected": True}, True, True),
        ({"tb": False, "tb__suspected": False}, False, False),
        ({"tb": True, "tb__ongoing": True}, False, True),
        ({"tb": True, "tb__ongoing": False, "tb__suspected": True}, True, True),
        ({"tb": True, "tb__ongoing": False, "tb__suspected": False}, False, False),
    ],
)
def test_only_what_does_not_go_on_is_suspected(
    record: dict[str, Any], suspected: bool | None, either: bool | None
) -> None:
    data = 'data tb "Tuberculosis" : history'
    assert outcome(data, "tb suspected", **record) is suspected
    assert outcome(data, "tb suspected or tb ongoing", **record) is either


def test_an_exclusion_of_the_suspected_alone_lets_in_who_has_it() -> None:
    data = 'data tb "Tuberculosis" : history'
    assert "W0470" in codes(excluding(data, "tb suspected"))
    assert "W0470" not in codes(excluding(data, "tb suspected or tb ongoing"))


def test_a_record_has_what_a_rule_asks_for() -> None:
    for rule, parts in (
        ("keto planned", {"keto.planned"}),
        ("keto planned within 4 weeks after as_of", {"keto.planned", "keto.planned_for"}),
        ("keto suspected", {"keto.suspected"}),
        ("strong planned", {"keto.planned", "clari.planned", "strong.planned"}),
        ("strong except keto planned", {"clari.planned", "strong.planned"}),
        ("keto.planned_for > as_of", {"keto.planned", "keto.planned_for"}),
    ):
        made = whole(f'{DATA}define r "R" = {rule}\n')
        ids = {each.id for each in made.data}
        assert {one for one in ids if "planned" in one or "suspected" in one} == parts


def test_a_plan_is_asked_of_whom_the_history_is() -> None:
    data = """
data sex "Sex" : choice {female, male}
data birth "Delivery" : history { applies when sex = female }
"""
    assert outcome(data, "birth planned", sex="male") is False
    assert outcome(data, "birth planned", sex="female") is None
    assert outcome(data, "birth suspected", sex="male") is False


def test_what_is_no_history_has_no_exceptions() -> None:
    data = 'data x "X" : boolean\ndata y "Y" : boolean'
    (found,) = resolved(excluding(data, "x except y"))[1]
    assert found.kind.code == "E0440"
    assert "`unless`" in found.help
