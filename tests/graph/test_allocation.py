"""Blocks, ratio, arms, enrolment."""

from __future__ import annotations

RATIO = "ratio: active 3, control 3"
THIRD = 'arm control "Placebo"'
HIGH = """\
arm high "High" experimental {
  give drug as dose_1 at D0
  give drug as dose_2 at M1
}
"""


def test_the_trial_is_without_fault(check) -> None:
    assert check() == []


def test_a_ratio_that_does_not_fill_the_block(check) -> None:
    assert check(RATIO, "ratio: active 3, control 2") == [("E0503", "blocks")]
    assert check(RATIO, "ratio: active 4, control 3") == [("E0503", "blocks")]
    assert check(RATIO, "ratio: active 4, control 2") == []


def test_a_ratio_of_proportions_is_told_what_it_is(found) -> None:
    (ratio,) = found(RATIO, "ratio: active 1, control 1")
    assert ratio.message == "the ratio allocates 2 participants, a block has 6"
    assert ratio.help == "in a block of 6 this ratio is `ratio: active 3, control 3`"
    (ratio,) = found(RATIO, "ratio: active 3, control 1")
    assert ratio.help == "write numbers of participants that add up to 6"


def test_an_arm_that_nobody_comes_into(check) -> None:
    assert check(THIRD, HIGH + THIRD) == [("E0504", "high")]
    assert check(THIRD, HIGH + THIRD, RATIO, "ratio: active 3, control 3, high 0") == [
        ("E0504", "high")
    ]
    assert check(THIRD, HIGH + THIRD, RATIO, "ratio: active 2, control 2, high 2") == []


def test_an_arm_twice(check) -> None:
    assert check(RATIO, "ratio: active 2, control 3, active 1") == [("E0505", "active")]


def test_enrolment(check) -> None:
    assert check("enrolment: 12", "enrolment: 13") == [("W0521", "blocks")]
    assert check("blocks: 2 of 6", "blocks: 3 of 6") == [("W0521", "blocks")]
    assert check("  enrolment: 12\n", "") == []


def test_randomised_without_randomisation(check) -> None:
    text = (
        "language 1\n"
        'protocol small { title: "Small" version: "1" allocation: randomised }\n'
        'intervention drug "Drug" { type: drug }\n'
        'arm one "One" experimental { give drug as dose at D0 }\n'
        'visit D0 "Day 0" anchor\n'
    )
    second = 'arm two "Two" experimental { give drug as dose at D0 }\n'
    assert check(text=text) == []
    assert check(text=text + second) == [("W0522", "small")]
    assert check("randomised", "non_randomised", text=text + second) == []
