"""Values between the steps in which their element is reported."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.interpreter import screen
from trialc.model.off_grid import off_grid
from trialc.model.protocol import Protocol

TEXT = """
data age "Age" : quantity [year] { range: 0 .. 120 years  resolution: 1 year }
data hb "Hb" : quantity [g/dL] { range: 0 .. 30 g/dL  resolution: 0.1 g/dL }
data scale "Scale" : score 0 .. 10
derive twice "Twice" [g/dL] = hb * 2
inclusion i [1] "I" { require age in 18 .. 65 years and twice > 2 g/dL and scale >= 0 }
"""


@pytest.mark.parametrize(
    ("values", "inputs"),
    [
        ({"age": 65, "hb": 11.2}, []),
        ({"age": 65.5, "hb": 11.2}, ["age"]),
        ({"age": 64.5, "hb": 11.23}, ["age", "hb"]),
        ({"age": 65, "hb": {"value": 112, "unit": "g/L"}}, []),
        ({"age": 65, "hb": {"value": 112.3, "unit": "g/L"}}, []),
        ({"age": 65, "hb": {"value": 11.23, "unit": "g/dL"}}, ["hb"]),
        ({"age": 65, "hb": 0.3}, []),
    ],
)
def test_values_between_two_steps_are_noted(
    small: Any, values: dict[str, Any], inputs: list[str]
) -> None:
    protocol: Protocol = small(TEXT).protocol
    answer = screen(protocol, {"as_of": "2027-01-04", "scale": 3, **values})
    notes = off_grid(protocol, answer)
    assert [note["input"] for note in notes] == inputs


def test_the_note_says_the_step(small: Any) -> None:
    protocol: Protocol = small(TEXT).protocol
    answer = screen(protocol, {"as_of": "2027-01-04", "age": 65.5, "hb": 11, "scale": 3})
    (note,) = off_grid(protocol, answer)
    assert note["message"] == "65.5 years is finer than the step in which it is reported, 1"
