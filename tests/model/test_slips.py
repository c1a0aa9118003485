"""Comparisons that cannot be, with what to type."""

from __future__ import annotations

from typing import Any

import pytest

DATA = """
data born "Day" : date
data stage "Stage" : ordinal {I, II, III}
data nyha "NYHA" : choice {one, two}
data mi "Infarction" : history
data ill "Ill" : boolean
"""


@pytest.mark.parametrize(
    ("rule", "words", "advice"),
    [
        ("born >= 01/06/2027", "01/06/2027", "write `2027-06-01` or `2027-01-06`"),
        ("born >= 2027-1-4", "2027-1-4", "write `2027-01-04`"),
        ("stage >= 2", "stage", "`stage >= II`; its values are I, II, III"),
        ("stage >= iii", "iii", "did you mean `III`?"),
        ("stage >= IV", "IV", "its values are I, II, III"),
        ("nyha = one or two", "two", "write `nyha = two`"),
        ("mi < 30 days", "mi", "write `mi within 30 days before as_of`"),
        ("ill < 30 days", "ill", "write `ill`, or `not ill`"),
    ],
)
def test_what_was_meant(small: Any, rule: str, words: str, advice: str) -> None:
    made = small(f'{DATA}exclusion c [1] "C" {{ exclude when {rule} }}\n')
    ((_, found),) = made.faults
    assert found == words
    assert advice in made.found[0].help
