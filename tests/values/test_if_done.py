"""`if done` over what is spelled out in several elements throws no known result away."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import outcome

HISTORY = 'data esa "ESA" : history'
RETEST = 'data t "T" : quantity [g/L] { range: 1 .. 90 g/L retest: once }'
SEVERAL = 'data g "G" : quantity [g/L] { range: 1 .. 90 g/L measurements: 2 }'
NOT_DONE: Any = {"unknown": "not_done"}


@pytest.mark.parametrize(
    ("data", "rule", "record", "expected"),
    [
        (HISTORY, "esa within 3 months before as_of", {"esa": True, "esa__ongoing": True}, True),
        (HISTORY, "esa within 3 months before as_of", {"esa": NOT_DONE}, False),
        (HISTORY, "esa within 3 months before as_of", {"esa__last": NOT_DONE}, None),
        (HISTORY, "esa ongoing", {"esa": False}, False),
        (HISTORY, "esa ongoing", {"esa__ongoing": NOT_DONE}, None),
        (HISTORY, "(esa ongoing for at least 6 weeks)", {"esa": False}, False),
        (RETEST, "t < 35 g/L", {"t": 30, "t__retests": "none"}, True),
        (RETEST, "t < 35 g/L", {"t": 40, "t__retests": "none"}, False),
        (RETEST, "t < 35 g/L", {"t": NOT_DONE}, False),
        (RETEST, "t < 35 g/L", {"t": 30, "t__retests": "once", "t__retest": NOT_DONE}, None),
        (RETEST, "t < 35 g/L", {"t": 30, "t__retests": NOT_DONE}, None),
        (SEVERAL, "(any of g > 30 g/L)", {"g__1": 50, "g__2": NOT_DONE}, True),
        (SEVERAL, "(any of g > 30 g/L)", {"g__1": 20, "g__2": NOT_DONE}, None),
        (SEVERAL, "(any of g > 30 g/L)", {"g__1": NOT_DONE, "g__2": NOT_DONE}, False),
        (SEVERAL, "(any of g > 30 g/L)", {"g__1": NOT_DONE}, None),
    ],
)
def test_what_was_not_done(
    data: str, rule: str, record: dict[str, Any], expected: bool | None
) -> None:
    assert outcome(data, f"{rule} if done", **record) is expected
