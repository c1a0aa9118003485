"""How old a value is, at the least, at the visits at which a criterion is assessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trialc.graph.invariants.freshness import values_are_fresh
from trialc.graph.study import Study

TEXT = """language 1
protocol t {{ title: "T"  version: "1" }}
data k "Potassium" : quantity [mmol/L] {{ valid: {valid} }}
inclusion i [1] "K" {{ assessed: {assessed}  require k < 5 mmol/L }}
visit D1 "D1" anchor
visit S "S" from D1 - 14 days to D1 - 7 days
visit V1 "V1" at D1 - 60 days window -2 days .. +1 day
visit V5 "V5" at V1 + 8 weeks window -3 days .. +3 days
activity a "A" at {collected} {{ collects: k }}
visit V6 "V6" anchor after V5
activity c "C" at V1, V5, V6, D1 {{ does: eligibility }}
"""


@pytest.mark.parametrize(
    ("valid", "assessed", "collected", "told"),
    [
        ("14 days", "V1, V5", "V1", True),
        ("14 days", "V1", "V1", False),
        ("14 days", "V1, V5", "V1, V5", False),
        ("51 days", "V5", "V1", True),  # the last day of V1 to the first of V5: 52 days
        ("52 days", "V5", "V1", False),
        ("51 days", "V6", "V1", True),  # V6 is not before V5
        ("52 days", "V6", "V1", False),
        ("51 days", "V6", "V1, V6", False),
        ("3 days", "D1", "S", True),
        ("6 days", "D1", "S", True),
        ("7 days", "D1", "S", False),
        ("1 week", "D1", "S", False),
        ("3 days", "D1", "S, D1", False),
    ],
)
def test_values_at_assessments(
    study: Callable[[str], Study], valid: str, assessed: str, collected: str, told: bool
) -> None:
    text = TEXT.format(valid=valid, assessed=assessed, collected=collected)
    found = values_are_fresh(study(text))[1]
    assert [one.kind.code for one in found] == ["W0532"] * told
    for one in found:
        assert one.related[1].label == "assessed here"
