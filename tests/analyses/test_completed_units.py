"""Ages in completed years and months, and what is said to be inexact of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trialc.analyses.completed_units import check_completed_units
from trialc.analyses.exactness import check_exactness
from trialc.graph.study import Study

Linked = Callable[..., Study]

AGES = """
data demo.birth "Date of birth" : date
data ssc.onset "Onset" : date
data told "Stated age" : quantity [month]
data ill "Ill" : boolean
derive mo "Age" [month] = months from demo.birth to as_of
derive yr "Age" [year] = years from demo.birth to as_of
derive gone "Duration" [year] = years from ssc.onset to as_of
inclusion i [1] "I" { require RULE }
"""


@pytest.mark.parametrize(
    ("rule", "advice"),
    [
        ("mo in 24 .. 59 months", "`mo >= 24 months and mo < 60 months`"),
        ("yr in 18 .. 65 years", "`yr >= 18 years and yr < 66 years`"),
        ("yr <= 65 years", "`yr < 66 years`"),
        ("yr < 66 years", ""),
        ("yr >= 18 years", ""),
        ("yr in 18 .. 65.5 years", ""),
        ("gone in 0 .. 5 years", ""),
        ("told in 24 .. 59 months", ""),
    ],
)
def test_a_range_of_completed_units(linked: Linked, rule: str, advice: str) -> None:
    found = check_completed_units(linked(AGES.replace("RULE", rule)))[1]
    assert [one.kind.code for one in found] == ["W0660"] * bool(advice)
    assert all(advice in one.help for one in found)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("mo >= 24 months and mo < 60 months", False),
        ("ill and mo >= 24 months and mo < 60 months", False),
        ("mo < 24 months or mo >= 60 months", False),
        ("mo >= 24 months and (ill or mo < 60 months)", True),
        ("mo >= 24 months or mo < 60 months", True),
        ("mo < 24 months and mo >= 60 months", True),
    ],
)
def test_one_range_is_exact(linked: Linked, rule: str, told: bool) -> None:
    found = check_exactness(linked(AGES.replace("RULE", rule)))[1]
    assert [one.kind.code for one in found] == ["I0610"] * told
