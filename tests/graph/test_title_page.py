"""The title page and the design; one happening in two wordings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trialc.graph.invariants.happenings import happenings_differ
from trialc.graph.invariants.title_page import title_page_agrees
from trialc.graph.study import Study

Made = Callable[[str], Study]

HEAD = """language 1
protocol t {{ title: "T" version: "1" {page} }}
intervention drug "Drug" {{ type: drug }}
visit D1 "Day 1" anchor
visit D8 "Day 8" at D1 + 7 days
"""
PARALLEL = """
arm a "A" experimental { give drug as dose at D1 }
arm b "B" experimental { give drug as dose at D1 }
"""
RANDOM = 'randomisation r "R" { ratio: a 1, b 1  at: D1 }\n'
CROSSOVER = """
period p1 "One" from D1 to D1
period p2 "Two" at D8
sequence ab "AB" experimental { give drug in p1  give drug in p2 }
"""


@pytest.mark.parametrize(
    ("page", "design", "told"),
    [
        ("allocation: non_randomised", PARALLEL + RANDOM, True),
        ("allocation: non_randomized", PARALLEL + RANDOM, True),
        ("allocation: randomised", PARALLEL + RANDOM, False),
        ("allocation: non_randomised", PARALLEL, False),
        ("", PARALLEL + RANDOM, False),
        ("model: crossover", PARALLEL, True),
        ("model: crossover", PARALLEL.partition("arm b")[0], False),
        ("model: crossover", CROSSOVER, False),
        ("model: parallel", CROSSOVER, True),
        ("model: parallel", PARALLEL, False),
    ],
)
def test_the_title_page(study: Made, page: str, design: str, told: bool) -> None:
    found = title_page_agrees(study(HEAD.format(page=page) + design))[1]
    assert [one.kind.code for one in found] == ["W0661"] * told


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("the end of study", "the end of the study", True),
        ("disease progression", "Disease progression.", True),
        ("disease progression", "disease progression", False),
        ("disease progression", "progression", False),
        ("end of part A", "end of part B", False),
        ("end of part 1", "end of part 2", False),
    ],
)
def test_happenings(study: Made, first: str, second: str, told: bool) -> None:
    text = HEAD.format(page="") + (
        f'arm a "A" experimental {{ give drug as dose at D1 until "{first}" }}\n'
        f'visit EOS "End" at "{second}"\n'
    )
    found = happenings_differ(study(text))[1]
    assert [one.kind.code for one in found] == ["W0662"] * told
    assert all(f'did you mean "{first}"?' in one.help for one in found)
