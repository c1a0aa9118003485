"""`criterion x` in a rule: the outcome of another criterion."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.graph.from_model import link
from trialc.graph.invariants.circles import no_circular_definitions
from trialc.interpreter import screen

TEXT = """
data ill "Ill" : boolean
data tb "Tuberculosis" : boolean
data age "Age" : quantity [year]
exclusion both [1] "Ill while on treatment" {
  exclude when criterion infection and not criterion adult
}
exclusion infection [2] "Infection" { exclude when any of { a: ill  b: tb } }
inclusion adult [1] "Adult" { require age >= 18 years }
"""


@pytest.mark.parametrize(
    ("record", "outcome"),
    [
        ({"ill": True, "tb": False, "age": 17.9}, True),
        ({"ill": True, "tb": False, "age": 18}, False),
        ({"ill": False, "tb": False, "age": 17}, False),
        ({"ill": None, "tb": True, "age": 17}, True),
        ({"ill": None, "tb": False, "age": 17}, None),
        ({"ill": None, "tb": False, "age": 18}, False),
    ],
)
def test_the_outcome_of_another(small: Any, record: dict[str, Any], outcome: bool | None) -> None:
    found = screen(small(TEXT).protocol, {"as_of": "2027-01-04", **record})["criteria"]
    assert found[0]["id"] == "both"
    assert found[0]["outcome"] is outcome


def test_it_is_explained_by_its_number(small: Any) -> None:
    record = {"as_of": "2027-01-04", "ill": True, "tb": False, "age": 17}
    because = screen(small(TEXT).protocol, record)["criteria"][0]["because"]
    assert because["because"][0]["text"] == "exclusion 2 (Infection) applies"


def test_circles(small: Any) -> None:
    text = (
        'data ill "Ill" : boolean\n'
        'exclusion a [1] "A" { exclude when ill or criterion b }\n'
        'exclusion b [2] "B" { exclude when criterion a }\n'
    )
    _, found = no_circular_definitions(link(small(text).protocol))
    assert [(item.kind.code, item.message) for item in found] == [
        ("E0501", "`a` depends on itself: a -> b -> a")
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('exclusion c [3] "C" { exclude when criterion infektion }\n', ["E0302"]),
        ('exclusion c [3] "C" { exclude when criterion ill }\n', ["E0303"]),
        ('define c "C" = criterion infection\n', ["E0413"]),
        ('quota c "C" = criterion infection at most 10 %\n', ["E0413"]),
        (
            'decision d "D" { quote: "x" reading: "y" status: open '
            'alternative "z" replacing infection by criterion both }\n',
            ["E0413"],
        ),
    ],
)
def test_mistakes(small: Any, text: str, codes: list[str]) -> None:
    assert small(TEXT + text).codes == codes


@pytest.mark.parametrize(
    "rule",
    ["criterion", "criterion and ill", "not criterion", "ill and criterion", "(criterion or ill)"],
)
def test_the_word_stays_free(small: Any, rule: str) -> None:
    text = 'data ill "I" : boolean\ndata criterion "C" : boolean\n'
    more = f'exclusion c [1] "C" {{ exclude when {rule} lossy: "nothing" }}\n'
    assert small(text + more).codes == []
