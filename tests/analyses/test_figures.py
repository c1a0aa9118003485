"""Numbers of rules against numbers of the words they quote."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from trialc.analyses.figures import check_figures, numbers_in
from trialc.graph.study import Study

Linked = Callable[..., Study]

DATA = 'data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL }\n'


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("hemoglobin < 11 g/dL", {11}),
        ("anemia < 8g/dL", {8}),
        ("0.5 x 109 cell/L", {Decimal("0.5"), 109}),
        ("one month after all six", {1, 6}),
        ("1 million UCMSC/kg", {1, 1_000_000}),
        ("two thousand", {2_000}),
        ("platelets 100,000/uL", {100, 100_000}),
        ("2nd or 3rd degree", {2, 3}),
        ("between 30-89", {30, 89}),
        ("no number", set()),
    ],
)
def test_numbers_that_words_state(words: str, numbers: set[object]) -> None:
    assert numbers <= numbers_in(words)
    assert bool(numbers_in(words)) is bool(numbers)


MISSING = "W0606 `12` is neither in the registered words of `hb` nor in a decision that it names"


def codes(linked: Linked, text: str) -> list[str]:
    _, found = check_figures(linked(DATA + text, ""))
    return [f"{one.kind.code} {one.message}" for one in found]


def rule(source: str, condition: str, more: str = "") -> str:
    return (
        f'inclusion hb [1] "Hb" {{\n  source """\n    {source}\n  """\n  {more}\n'
        f"  require {condition}\n}}\n"
    )


def test_a_number_of_the_rule_stands_in_the_words(linked: Linked) -> None:
    assert codes(linked, rule("Hb < 11 g/dL", "lab.hb < 11 g/dL")) == []
    assert codes(linked, rule("Hb < 11.0 g/dL", "lab.hb < 11 g/dL")) == []
    assert codes(linked, rule("Hb < 11 g/dL", "lab.hb < 12 g/dL")) == [MISSING]
    assert codes(linked, rule("Hb from 9 to 11", "lab.hb in 9 .. 12 g/dL")) == [MISSING]


def test_a_decision_excuses_the_numbers_that_it_states(linked: Linked) -> None:
    decision = 'decision d "?" { reading: "12, not 11" status: open }\n'
    assert codes(linked, decision + rule("Hb < 11", "lab.hb < 12 g/dL", "decided d")) == []
    silent = 'decision d "?" { reading: "lower" status: open }\n'
    assert codes(linked, silent + rule("Hb < 11", "lab.hb < 12 g/dL", "decided d")) == [MISSING]


def test_an_age_of_validity_stands_in_the_words_where_there_are_any(linked: Linked) -> None:
    words = 'window w "W" = {} days {{ source """\n  within 12 weeks or 90 days\n""" }}\n'
    assert codes(linked, words.format(90)) == []
    assert [code[:10] for code in codes(linked, words.format(60))] == ["W0606 `60`"]
    assert codes(linked, 'window w "W" = 60 days\n') == []


def test_a_rule_quotes_something(linked: Linked) -> None:
    text = 'inclusion hb [1] "Hb" { require lab.hb < 11 g/dL }\n'
    assert [code[:5] for code in codes(linked, text)] == ["W0605"]
