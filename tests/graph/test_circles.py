"""Definitions, elements and visits that depend on themselves."""

from __future__ import annotations

import pytest

HEAD = """\
language 1
protocol small { title: "Small" version: "1" }
data sign.a "A" : boolean
data sign.b "B" : boolean
data n.x "X" : quantity [kg] { range: 1 .. 9 kg }
inclusion one [1] "One" { require a }
exclusion two [1] "Two" { exclude when n.x > 8 kg }
"""
DAYS = 'language 1\nprotocol small { title: "Small" version: "1" }\n'


def test_definitions_one_after_the_other_are_no_circle(check) -> None:
    text = HEAD + 'define a "A" = b or sign.a\ndefine b "B" = sign.b and sign.a\n'
    assert check(text=text) == []


def test_a_circle_of_definitions_is_shown_with_its_path(check, messages) -> None:
    text = HEAD + 'define a "A" = b or sign.a\ndefine b "B" = c and sign.b\ndefine c "C" = a\n'
    assert check(text=text) == [("E0501", "a")]
    assert messages(text=text) == ["`a` depends on itself: a -> b -> c -> a"]


def test_a_circle_through_labelled_parts(messages) -> None:
    text = HEAD + 'define a "A" = any of { own: sign.a  more: all of { s: sign.b  self: a } }\n'
    assert messages(text=text) == ["`a` depends on itself: a -> a"]


def test_two_knots_are_two_findings(check) -> None:
    text = HEAD + (
        'define a "A" = a or sign.a or c\n'
        'define c "C" = d or sign.b\n'
        'define d "D" = c\n'
    )  # fmt: skip
    assert check(text=text) == [("E0501", "a"), ("E0501", "c")]


def test_a_circle_of_numbers(messages) -> None:
    text = HEAD + (
        'define a "A" = up > 3 kg or sign.a or sign.b\n'
        'derive up "Up" [kg] = n.x + down\n'
        'derive down "Down" [kg] = up - n.x\n'
    )
    assert messages(text=text) == ["`up` depends on itself: up -> down -> up"]


def test_elements_that_exist_by_each_other(messages) -> None:
    text = HEAD.replace('"A" : boolean', '"A" : boolean { applies when sign.b }')
    text = text.replace('"B" : boolean', '"B" : boolean { applies when sign.a }')
    text += 'define a "A" = sign.a\n'
    assert messages(text=text) == ["`sign.a` depends on itself: sign.a -> sign.b -> sign.a"]


def test_visits_that_are_counted_from_each_other(check, messages) -> None:
    text = DAYS + (
        'visit D0 "Day 0" anchor\n'
        'visit M1 "Month 1" at M2 - 1 month\n'
        'visit M2 "Month 2" at M1 + 1 month\n'
    )
    assert check(text=text) == [("E0502", "M1")]
    assert messages(text=text) == ["the date of `M1` depends on itself: M1 -> M2 -> M1"]


@pytest.mark.parametrize("timing", ["before M1", "at M1 - 4 weeks"])
def test_a_screening_and_a_visit_counted_from_it(messages, timing: str) -> None:
    text = DAYS + (
        'visit D0 "Day 0" anchor\n'
        f'visit SCREEN "Screening" {timing}\n'
        'visit M1 "Month 1" at SCREEN + 1 month\n'
    )
    assert messages(text=text) == ["the date of `SCREEN` depends on itself: SCREEN -> M1 -> SCREEN"]


def test_visits_in_a_chain_are_no_circle(check) -> None:
    text = DAYS + (
        'visit SCREEN "Screening" before D0\n'
        'visit D0 "Day 0" anchor\n'
        'visit M1 "Month 1" at D0 + 1 month\n'
        'visit M2 "Month 2" at M1 + 1 month\n'
    )
    assert check(text=text) == []


GIVEN = (
    'language 1\nprotocol small { title: "Small" version: "1" }\nvisit M0 "Month 0" anchor\n'
    'intervention drug "Drug" { type: drug }\n'
)


@pytest.mark.parametrize(
    ("visits", "path"),
    [
        (
            'visit A "A" at B actual + 1 month\nvisit B "B" at A actual + 1 month\n',
            "A -> B -> A",
        ),
        (
            'visit A "A" at later of (B + 1 month, "the end")\nvisit B "B" at A + 1 month\n',
            "A -> B -> A",
        ),
        (
            'visit A "A" at last drug + 1 month\n'
            'arm a "A" experimental { give drug as one at M0  give drug as two at A }\n',
            "A -> A",
        ),
        ('visit A "A" anchor after B\nvisit B "B" at A + 1 day\n', "A -> B -> A"),
    ],
)
def test_a_circle_through_days_that_come(messages, visits: str, path: str) -> None:
    found = messages(text=GIVEN + visits)
    assert f"the date of `A` depends on itself: {path}" in found


def test_the_last_dose_of_something_else_is_no_circle(messages) -> None:
    found = messages(
        text=GIVEN + 'visit A "A" at last one + 1 month\n'
        'arm a "A" experimental { give drug as one at M0  give drug as two at A }\n'
    )
    assert not any("depends on itself" in message for message in found)
