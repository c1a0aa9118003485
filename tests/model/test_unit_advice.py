"""What is advised where units do not go together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

MASS = (
    "write both in mg/dL, or in a unit that converts into it; mass and substance convert where the "
    "element states `molar_mass`"
)


@pytest.mark.parametrize(
    ("rule", "advice"),
    [
        ("age >= 3 months", "write it in years, or count in months: `months from A to B`"),
        ("age >= 90 days", "write it in years, or count in days: `days from A to B`"),
        ("age >= 3 kg", "write both in years, or in a unit that converts into it"),
        ("kidney [umol/L] > 1", MASS),
        ("kidney > 100 umol/L", MASS),
    ],
)
def test_the_way_out_counts_in_the_unit_that_was_written(
    small: Callable[..., Any], rule: str, advice: str
) -> None:
    data = 'data age "Age" : quantity [year]\ndata kidney "Creatinine" : quantity [mg/dL]\n'
    text = f'{data}inclusion a [1] "A" {{ require {rule} }}\n'
    assert [fault.help for fault in small(text).found] == [advice]
