"""A dose per something goes with an element that measures this something."""

from __future__ import annotations

from typing import Any

import pytest

DATA = """
data demo.weight "Weight" : quantity [kg] { range: 20 .. 300 kg }
data demo.height "Height" : quantity [cm] { range: 100 .. 230 cm }
data demo.bsa "Body surface" : quantity [m2] { range: 1 .. 3 m2 }
visit D0 "Day 0" anchor
"""


def dose(text: str) -> str:
    return f'{DATA}intervention drug "Drug" {{ type: drug route: oral dose: {text} }}\n'


@pytest.mark.parametrize(
    "text",
    [
        "200 mg",
        "2 mg/kg of demo.weight at D0",
        "1e6 cell/kg of demo.weight at D0",
        "2 ug/kg/min of demo.weight at D0",
        "75 mg/m2 of demo.bsa at D0",
    ],
)
def test_a_dose_that_can_be_worked_out(text: str, small: Any) -> None:
    assert small(dose(text)).codes == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2 mg/kg of demo.height at D0", "demo.height"),
        ("2 mg of demo.weight at D0", "demo.weight"),
        ("75 mg/m2 of demo.weight at D0", "demo.weight"),
    ],
)
def test_a_dose_that_cannot(text: str, wrong: str, small: Any) -> None:
    assert small(dose(text)).faults == [("E0402", wrong)]
