"""What is given: under conditions, for a number of cycles."""

from __future__ import annotations

import pytest

from trialc.emitters.treatment_words import given_words, length_words
from trialc.model.declared import Duration

from .conftest import HEAD, resolved

TEXT = """
data chosen "Chosen" : choice {first, second, third}
data age "Age" : quantity [year] { range: 0 .. 120 years }
intervention one "One" { type: drug frequency: FREQUENCY }
intervention two "Two" { type: drug }
visit D1 "Day 1" anchor
arm a "A" experimental { GIVES }
"""


def text_of(gives: str, frequency: str) -> str:
    return HEAD + TEXT.replace("FREQUENCY", frequency).replace("GIVES", gives)


def found(gives: str, frequency: str = "every 3 weeks") -> list[tuple[str, str]]:
    one = resolved(text_of(gives, frequency))
    return [(fault.kind.code, fault.message) for fault in one.found]


CASES = "give one as x at D1 when {} give two as x at D1 when {}"


@pytest.mark.parametrize(
    ("one", "two", "codes"),
    [
        ("chosen in {first, third}", "chosen = second", []),
        ("chosen = first", "chosen = second", ["W0653"]),
        ("chosen in {first, second}", "chosen in {second, third}", ["W0654"]),
        ("age < 65 years", "age >= 65 years", []),
        ("age < 65 years", "age > 65 years", ["W0653"]),
        ("age <= 65 years", "age >= 65 years", ["W0654"]),
        ("age < 65 years", "not (age < 65 years)", []),
        ("age < 64 years", "age > 65 years and chosen = first", ["W0653"]),
        ("age + age < 65 years", "age >= 65 years", ["W0653"]),  # nobody can enumerate that
    ],
)
def test_every_participant_is_given_one_thing(one: str, two: str, codes: list[str]) -> None:
    assert [code for code, _ in found(CASES.format(one, two))] == codes


def test_the_case_is_named() -> None:
    assert found(CASES.format("age < 65 years", "age > 65 years")) == [
        ("W0653", "`a` does not say what is given as `x` when `age` is 65 years")
    ]
    assert found(CASES.format("age <= 65 years", "age >= 65 years")) == [
        ("W0654", "`a` gives both `one` and `two` as `x` when `age` is 65 years")
    ]


def test_what_everybody_is_given_needs_no_cases() -> None:
    assert found("give one as x at D1 give two as x at D1 when chosen = first") == []
    assert found("give one as x at D1 give two as y at D1 when chosen = first") == [
        ("W0653", "`a` does not say what is given as `y` when `chosen` is `second`")
    ]


def test_what_everyone_is_given_has_cases_of_its_own() -> None:
    cases = CASES.format("chosen = first", "chosen = second")
    gives = f'give one as z at D1 }}\neveryone e "E" {{ {cases}'
    assert [code for code, _ in found(gives)] == ["W0653"]


@pytest.mark.parametrize(
    ("frequency", "length", "days"),
    [
        ("every 3 weeks", "for 4 cycles", Duration(amount=12, unit="week")),
        ("every 21 days", "for 35 cycles", Duration(amount=735, unit="day")),
        ("every 1 month", "for 1 cycle", Duration(amount=1, unit="month")),
        ("once daily", "for 12 weeks", Duration(amount=12, unit="week")),
    ],
)
def test_cycles_are_as_long_as_the_frequency(frequency: str, length: str, days: Duration) -> None:
    protocol = resolved(text_of(f"give one as x at D1 {length}", frequency)).protocol
    assert protocol.arms[0].gives[0].length == days


@pytest.mark.parametrize(
    ("frequency", "length", "code"),
    [
        ("once daily", "for 4 cycles", "E0655"),
        ("every 12 h", "for 4 cycles", "E0655"),
        ('"every 3 weeks"', "for 4 cycles", "E0655"),
        ("every 3 weeks", "for 0 cycles", "E0417"),
        ("every 3 weeks", "for 1.5 cycles", "E0416"),
    ],
)
def test_cycles_that_cannot_be_counted(frequency: str, length: str, code: str) -> None:
    assert [one for one, _ in found(f"give one as x at D1 {length}", frequency)] == [code]


def test_documents_say_both() -> None:
    gives = "give one as x at D1 for 4 cycles when chosen = first give two as x at D1"
    protocol = resolved(text_of(gives, "every 3 weeks")).protocol
    given = protocol.arms[0].gives[0]
    assert length_words(given) == "for 4 cycles (12 weeks)"
    assert given_words(protocol, given, protocol.interventions[0]) == (
        "One, every 3 weeks, for 4 cycles (12 weeks), only when: Chosen is first"
    )


def test_an_event_needs_no_braces() -> None:
    one = resolved(f'{HEAD}event death "Death"')
    assert one.codes == []
    assert one.protocol.events[0].attributes == ()


def test_a_history_may_decide() -> None:
    """What is spelled out in rules is spelled out here, too."""
    text = text_of(
        "give one as x at D1 when mi ongoing give two as x at D1 when not mi ongoing", "daily"
    )
    more = 'data mi "Infarction" : history\n'
    found = resolved(text.replace("frequency: daily", "frequency: once daily") + more)
    assert [code for code in found.codes if code.startswith("E")] == []
