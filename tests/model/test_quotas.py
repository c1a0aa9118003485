"""Quotas: what is said of how many."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.analyses.quotas import check_quotas
from trialc.graph.from_model import link

AGE = 'data age "Age" : quantity [year]\ndata ill "Ill" : boolean\n'


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("at most 10 %", "at most 10 % of all participants"),
        ("at most 10 % of 1200", "at most 10 % of 1200 participants"),
        ("at least 12.5 %", "at least 12.5 % of all participants"),
        ("at most 100 %", "at most 100 % of all participants"),
        ("at least 1 participants", "at least 1 participant"),
        ("at most 63 participants", "at most 63 participants"),
    ],
)
def test_bounds(small: Any, said: str, words: str) -> None:
    protocol = small(f'{AGE}quota q "Q" = age >= 13 years {said}\n').protocol
    assert protocol.quotas[0].words == words


@pytest.mark.parametrize("said", ["at most 100.1 %", "at most 0 %", "at most 10 kg"])
def test_what_is_no_share(small: Any, said: str) -> None:
    assert small(f'{AGE}quota q "Q" = age >= 13 years {said}\n').codes == ["E0330"]


@pytest.mark.parametrize(
    ("quota", "codes"),
    [
        ("age < 17 years", ["W0332"]),
        ("age < 18 years", ["W0332"]),
        ("age <= 18 years", []),
        ("age >= 18 years", ["W0332"]),  # everybody
        ("age >= 19 years", []),
        ("ill", []),
        ("ill and age < 18 years", ["W0332"]),
    ],
)
def test_who_can_be_counted(small: Any, quota: str, codes: list[str]) -> None:
    text = f'{AGE}exclusion minor [1] "Minor" {{ exclude when age < 18 years }}\n'
    protocol = small(f'{text}quota q "Q" = {quota} at most 10 %\n').protocol
    _, found = check_quotas(link(protocol))
    assert [item.kind.code for item in found] == codes
