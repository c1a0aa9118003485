"""Libraries of values of a participant: dose equivalents, childbearing potential, performance.

Expected doses are the pairs of the published table: each is as much as 5 mg of prednisone.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.library import test_formulas as formulas

DAY = "2027-01-04"


def holds(library: str, name: str, record: dict[str, Any]) -> bool | None:
    return formulas.holds(library, name, record)


# ---- prednisone


@pytest.mark.parametrize(
    ("drug", "dose"),
    [
        ("prednisone", 5),
        ("prednisolone", 5),
        ("methylprednisolone", 4),
        ("triamcinolone", 4),
        ("hydrocortisone", 20),
        ("cortisone", 25),
        ("dexamethasone", 0.75),
        ("betamethasone", 0.6),
    ],
)
def test_five_milligrams_of_prednisone(drug: str, dose: float) -> None:
    for times in (1, 2, 4, 0.5):
        record = {"drug": drug, "dose": dose * times}
        found = formulas.number("prednisone_equivalent", "equivalent", "mg/d", record)
        assert found == 5 * times


def test_who_takes_none_takes_nothing() -> None:
    taken = formulas.number("prednisone_equivalent", "equivalent", "mg/d", {"drug": "none_taken"})
    assert taken == 0


# ---- performance


@pytest.mark.parametrize(
    ("name", "scale", "holding", "failing"),
    [
        ("ambulatory", "ecog", "ecog_0 ecog_1 ecog_2", "ecog_3 ecog_4 ecog_5"),
        ("restricted_at_most", "ecog", "ecog_0 ecog_1", "ecog_2 ecog_3"),
        ("self_caring", "karnofsky", "k_70 k_80 k_90 k_100", "k_60 k_10 k_0"),
        ("normal_activity", "karnofsky", "k_80 k_90 k_100", "k_70"),
        ("marked_limitation", "nyha", "III IV", "I II"),
    ],
)
def test_scales(name: str, scale: str, holding: str, failing: str) -> None:
    for codes, expected in ((holding, True), (failing, False)):
        for code in codes.split():
            assert holds("performance", name, {scale: code}) is expected


# ---- reproduction

WOMAN = {"sex": "female", "menarche": True, "sterilised": False, "other_cause": False}


def attested(value: bool) -> dict[str, Any]:
    return {"value": value, "by": "investigator", "at": DAY}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"last_period": "2026-12-20"}, True),
        ({"last_period": "2026-01-05"}, True),
        ({"last_period": "2026-01-04"}, False),
        ({"last_period": "2025-01-04"}, False),
        ({"last_period": "2025-01-04", "other_cause": True}, True),
        ({"sterilised": True}, False),
        ({}, None),
    ],
)
def test_childbearing_potential(change: dict[str, Any], expected: bool | None) -> None:
    assert holds("reproductive", "childbearing", {**WOMAN, **change}) is expected


def test_girls_before_menarche_and_men_are_not_of_childbearing_potential() -> None:
    girl = {"sex": "female", "menarche": False, "sterilised": False}
    assert holds("reproductive", "childbearing", girl) is False
    assert holds("reproductive", "childbearing", {"sex": "male"}) is False


@pytest.mark.parametrize(
    ("last_period", "high", "hormones", "expected"),
    [
        ("2026-01-04", True, False, True),
        ("2026-01-05", True, False, False),
        ("2026-01-04", False, False, False),
        ("2026-01-04", True, True, False),
    ],
)
def test_fsh_confirms_and_does_not_replace_the_months(
    last_period: str, high: bool, hormones: bool, expected: bool
) -> None:
    known = {**WOMAN, "last_period": last_period, "high_fsh": high, "hormones": hormones}
    assert holds("reproductive", "postmenopausal_by_fsh", known) is expected


def test_pregnancy_and_lactation_concern_women() -> None:
    name = "pregnant_or_lactating"
    woman = {"sex": "female", "pregnancy_test": "negative", "lactating": False}
    assert holds("reproductive", name, woman) is False
    assert holds("reproductive", name, {**woman, "lactating": True}) is True
    assert holds("reproductive", name, {**woman, "pregnancy_test": "positive"}) is True
    assert holds("reproductive", name, {"sex": "male"}) is False
    assert holds("reproductive", "pregnant", {"sex": "male"}) is False


def test_contraception() -> None:
    woman = {**WOMAN, "last_period": "2026-12-20"}
    man = {"sex": "male", "partner": True, "vasectomised": False}
    for person, method in ((woman, "highly_effective"), (man, "barrier")):
        assert holds("reproductive", "unprotected", {**person, method: attested(False)}) is True
        assert holds("reproductive", "unprotected", {**person, method: attested(True)}) is False
        assert holds("reproductive", "unprotected", person) is None
    assert holds("reproductive", "unprotected", {**man, "partner": False}) is False
    assert holds("reproductive", "unprotected", {**man, "vasectomised": True}) is False
    assert holds("reproductive", "unprotected", {**woman, "sterilised": True}) is False
