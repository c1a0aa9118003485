"""`if done` behind a group: it must not throw away what keeps somebody out by itself."""

from __future__ import annotations

from typing import Any

import pytest

DATA = """
data a "A" : boolean
data b "B" : boolean
data x "X" : quantity [g/dL] { measurements: 2 }
data h "H" : history
define d "D" = a or b
"""


@pytest.mark.parametrize(
    ("rule", "is_warned"),
    [
        ("exclude when (a or b) if done", True),
        ("exclude when any of { p: a q: b } if done", True),
        ("exclude when at least 1 of { p: a q: b } if done", True),
        ("exclude when d if done", True),
        ("exclude when (not (a and b)) if done", True),
        ("exclude when (a and b) if done", False),
        ("exclude when a if done or b if done", False),
        ("exclude when any of x < 8 g/dL if done", False),
        ("exclude when x < 8 g/dL confirmed after at least 3 months if done", False),
        ("exclude when h within 6 months before as_of if done", False),
        ("require (a and b) if done", True),
        ("require none of { p: a q: b } if done", True),
        ("require (a or b) if done", False),
        ("require a if done and b if done", False),
    ],
)
def test_what_is_thrown_away(small: Any, rule: str, is_warned: bool) -> None:
    side = "inclusion" if rule.startswith("require") else "exclusion"
    found = small(f'{DATA}{side} c [1] "C" {{ {rule} }}\n')
    assert ("W0463" in found.codes) == is_warned
    assert set(found.codes) <= {"W0463", "W0420"}
