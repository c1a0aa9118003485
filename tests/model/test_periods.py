"""Sequences are arms, written by period."""

from __future__ import annotations

from typing import Any

import pytest

VISITS = """
visit D1 "Day 1" anchor
visit D7 "Day 7" at D1 + 6 days
visit D8 "Day 8" at D1 + 7 days
visit W4 "Week 4" at D1 + 4 weeks
visit M3 "Month 3" at D1 + 3 months
visit ET "Early end" unscheduled
"""
DRUGS = """
intervention a "A" { type: drug dose: 5 mg }
intervention b "B" { type: drug }
"""


def gifts(made: Any, arm: int = 0) -> list[tuple[object, ...]]:
    found = made.protocol.arms[arm].gives
    return [
        (
            one.intervention,
            one.occasion,
            one.visit,
            one.dose.text if one.dose else "",
            (one.length.amount, one.length.unit) if one.length else None,
            one.until,
        )
        for one in found
    ]


def test_a_sequence_is_spelled_out_as_an_arm(small) -> None:
    made = small(
        VISITS + DRUGS + 'period p1 "One" from D1 to D7\nperiod p2 "Two" at D8\n'
        'sequence ab "AB" experimental { give b in p2  give a, b 10 mg in p1 }\n'
        "retired old\n"
    )
    assert gifts(made) == [
        ("a", "p1", "D1", "", (7, "day"), ""),
        ("b", "p1", "D1", "10 mg", (7, "day"), ""),
        ("b", "p2", "D8", "", None, ""),
    ]


def test_the_same_words_as_an_arm(small) -> None:
    sequence = small(
        VISITS
        + DRUGS
        + 'period p1 "One" from D1 to D7\nsequence s "S" experimental { give a in p1 }'
    ).protocol
    arm = small(
        VISITS + DRUGS + 'arm s "S" experimental { give a as p1 at D1 for 7 days }'
    ).protocol
    assert sequence.arms == arm.arms


@pytest.mark.parametrize(
    ("course", "length", "until"),
    [
        ("from D1 to D7", (7, "day"), ""),
        ("from D1 to W4", (29, "day"), ""),
        ("from D1 to M3", None, "visit M3"),
        ("from D1 to ET", None, "visit ET"),
        ("at D1", None, ""),
    ],
)
def test_how_long_a_period_is(small, course: str, length: object, until: str) -> None:
    made = small(
        f'{VISITS}{DRUGS}period p1 "One" {course}\nsequence s "S" experimental {{ give a in p1 }}'
    )
    assert [one[4:] for one in gifts(made)] == [(length, until)]


def test_a_period_ends_where_the_next_one_begins(small) -> None:
    made = small(
        VISITS + DRUGS + 'period p1 "One" from D1 to W4\nperiod p2 "Two" from W4 to M3\n'
        'sequence s "S" experimental { give a in p1  give b in p2 }'
    )
    assert [one[4] for one in gifts(made)] == [(4, "week"), None]


@pytest.mark.parametrize(
    ("washout", "expected"),
    [
        ("7 days", (7, 7, "day")),
        ("48 h", (48, 48, "hour")),
        ("3 .. 14 days", (3, 14, "day")),
        ("1 week", (1, 1, "week")),
        ("none", (0, 0, "day")),
        ("not stated", None),
    ],
)
def test_washouts(small, washout: str, expected: object) -> None:
    text = f'period p1 "One" at D1\nperiod p2 "Two" at D8 {{ washout: {washout} }}\n'
    stated = small(VISITS + text).protocol.periods[1].washout
    assert (stated and (stated.least, stated.most, stated.unit)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('period p1 "One" from D1 to D9', "E0302"),
        ('period p1 "One" at a', "E0303"),
        ('period p1 "One" at D1 { washout: long }', "E0307"),
        ('period p1 "One" at D1 { washout: 7 }', "E0417"),
        ('period p1 "One" at D1 { washout: 1.5 days }', "E0416"),
        ('period p1 "One" at D1 { washout: 14 .. 3 days }', "E0408"),
        ('period p1 "One" at D1 { colour: red }', "E0304"),
        ('sequence s "S" experimental { give a in p9 }', "E0302"),
        ('sequence s "S" experimental { }', "E0321"),
        ('sequence s "S" strange { give a in p0 }', "E0405"),
        ('sequence s "S" experimental { give z in p0 }', "E0302"),
        ('sequence s "S" experimental { give a as p0 at D1 }', "E0316"),
        ('arm s "S" experimental { give a in p0 }', "E0316"),
        ('sequence s "S" experimental { give a 0 mg in p0 }', "E0307"),
        ('arm s "S" experimental { give a 0 mg as x at D1 }', "E0307"),
        ('sequence D1 "S" experimental { give a in p0 }', "E0301"),
        ('intervention c "C" { type: drug half_life: 9 }', "E0307"),
        ('intervention c "C" { type: drug half_life: 0 h }', "E0307"),
        ('intervention c "C" { type: drug half_life: 9 kg }', "E0307"),
    ],
)
def test_what_periods_cannot_say(small, text: str, code: str) -> None:
    made = small(VISITS + DRUGS + 'period p0 "Zero" at D1\n' + text)
    assert code in made.codes


def test_words_of_sequences_stay_names(small) -> None:
    made = small(
        'data period "P" : boolean\ndata sequence "S" : boolean\ndata washout "W" : boolean\n'
        'data half_life "H" : boolean\n'
        'inclusion i [1] "I" { require period and sequence and washout and half_life }\n'
    )
    assert made.codes == []
