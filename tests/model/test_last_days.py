"""Rules that ask for a day of a history and never whether there is one."""

from __future__ import annotations

from typing import Any

import pytest


def test_whom_an_inclusion_keeps_out_is_not_passed_over(small: Any) -> None:
    text = 'data mi "MI" : history\ninclusion x [1] "X" { require RULE }\n'
    rules = {"not mi or mi.last <= as_of - 1 year": [], "mi.last <= as_of - 1 year": ["W0470"]}
    for rule, told in rules.items():
        assert small(text.replace("RULE", rule)).codes == told


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("exclude when mi.last within 1 year before as_of", True),
        ("exclude when any of { x: mi.last within 1 year before as_of  y: bad }", True),
        ("exclude when recently", True),
        ("exclude when mi within 1 year before as_of", False),
        ("exclude when mi.last within 1 year before as_of or mi ongoing", False),
        ("exclude when mi.last >= as_of - 1 year and bad", False),  # W0420 says that `bad` excludes
        ("exclude when not (not mi or mi.last <= as_of - 1 year)", False),
        ("exclude when bad unless mi.since <= as_of - 4 weeks", True),
        ("exclude when bad unless mi ongoing for at least 4 weeks", False),
        ("exclude when bad unless mi unchanged for at least 4 weeks", False),
    ],
)
def test_who_is_passed_over_is_told(small: Any, rule: str, told: bool) -> None:
    made = small(
        'data mi "MI" : history\ndata bad "Bad" : boolean\n'
        'define recently "R" = mi.last within 1 year before as_of\n'
        f'exclusion x [1] "X" {{ {rule} }}\n'
    )
    assert [code for code in made.codes if code != "W0420"] == ["W0470"] * told
