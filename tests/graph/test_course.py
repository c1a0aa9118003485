"""Visits and activities of some arms; the order, the times and the results of what is done."""

from __future__ import annotations

import pytest

W2 = 'visit W2 "Week 2" at D0 + 2 weeks window -3 days .. +3 days'
EVENTS = 'activity safety_review "Events" at W2, M1, ET { reviews: sae }'
MASKED = "  masked: subject, nurse\n"


# ---- masked roles have one schedule


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (W2, f"{W2} for active", [("E0517", "W2")]),
        (W2, f"{W2} for control", [("E0517", "W2")]),
        (W2, f"{W2} for active, control", []),
        (EVENTS, f'{EVENTS}\nactivity more "More" at M1 for active', [("E0517", "more")]),
        (EVENTS, f'{EVENTS}\nactivity more "More" at M1 for control, active', []),
        (EVENTS, f'{EVENTS}\nactivity more "More" on sae for active', [("E0517", "more")]),
        (W2, f'{W2}\nvisit F "F" at last dose_2 + 30 days', [("W0525", "F")]),
        (W2, f'{W2}\nvisit F "F" at last dose + 30 days', [("W0525", "F")]),
        (
            W2,
            f'{W2}\nvisit F "F" at last drug + 30 days',
            [("W0525", "F"), ("E0517", "last drug + 30 days")],
        ),
    ],
)
def test_a_schedule_that_tells_the_arm(check, old: str, new: str, found: object) -> None:
    assert check(old, new) == found


def test_what_is_said_of_it(messages) -> None:
    assert messages(W2, f"{W2} for active") == [
        "visit `W2` is for `active`, not for arm `control`: a masked `subject` can tell the arm "
        "from it"
    ]


def test_nobody_masked_may_have_several_schedules(check) -> None:
    changes = (W2, f"{W2} for active", MASKED + "  unmasked: pharmacist\n", "  masked: none\n")
    assert not {"E0517", "W0518"} & {code for code, _ in check(*changes)}


def test_who_is_absent_sees_the_visits(check) -> None:
    absent = f"{MASKED}  absent: subject, nurse\n"
    assert check(W2, f"{W2} for active", MASKED, absent) == [("W0518", "W2")]


TWO = """\
language 1
protocol small { title: "Small" version: "1" }
role subject "Participant"
intervention a "A" { type: drug route: oral form: tablet }
intervention b "B" { type: drug route: oral form: tablet }
arm one "One" experimental { give a as first at D0 }
arm two "Two" experimental { give b as first at D0 }
arm stop "Stop" experimental { give a as second at D9 }
arm go "Go" experimental { give b as second at D9 }
randomisation first_arms "First" { ratio: one 1, two 1 at: D0 }
randomisation second_arms "Second" { ratio: stop 1, go 1 at: D9 }
visit D0 "Day 0" anchor
visit D9 "Day 9" at D0 + 9 days
"""


@pytest.mark.parametrize(
    ("arms", "named"),
    [("stop", ["go"]), ("stop, go", []), ("one, stop", ["two"]), ("one, two, stop, go", [])],
)
def test_arms_are_compared_within_their_randomisation(
    messages, arms: str, named: list[str]
) -> None:
    text = f'{TWO}visit V "V" at D0 + 20 days for {arms}\nmasking m "M" {{ masked: subject }}\n'
    found = [one for one in messages(text=text) if "visit `V`" in one]
    assert [one.split("not for arm `")[1].split("`")[0] for one in found] == named


# ---- some arms


def codes(check, text: str) -> list[tuple[str, str]]:
    return [found for found in check(text=TWO + text) if found[0] in ("E0571", "E0572", "E0573")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('visit V "V" at D0 - 1 day for one', [("E0571", "V")]),
        ('visit V "V" at D0 + 0 days for one', []),
        ('visit V "V" at D0 + 8 days for stop', [("E0571", "V")]),
        ('visit V "V" at D0 + 8 days for one', []),
        ('visit V "V" at D0 + 10 days for stop', []),
        ('visit V "V" before D0\nactivity x "X" at V for two', [("E0571", "x")]),
        ('visit V "V" unscheduled for stop', []),
        ('visit V "V" at D0 + 10 days for stop\nactivity x "X" at V for go', [("E0573", "x")]),
        ('visit V "V" at D0 + 10 days for stop\nactivity x "X" at V for go, stop', []),
        ('activity x "X" at D0 for one { gives: first }', [("E0572", "give b as first at D0")]),
        (
            'activity x "X" at D0 for one { gives: first }\n'
            'activity y "Y" at D0 for two { gives: first }',
            [],
        ),
    ],
)
def test_arms_that_are_not_there(check, text: str, found: object) -> None:
    assert codes(check, text + "\n") == found


def test_visits_of_different_arms_do_not_meet(check) -> None:
    both = 'visit V "V" at D0 + 20 days for {}\nvisit W "W" at D0 + 20 days for {}\n'
    meet = [
        [code for code, _ in check(text=TWO + both.format(*arms)) if code == "W0523"]
        for arms in (("one", "two"), ("one", "one, two"), ("one", "one"))
    ]
    assert meet == [[], ["W0523"], ["W0523"]]


# ---- at one visit

SMALL = """\
language 1
protocol small { title: "Small" version: "1" }
data lab.hb "Hb" : quantity [g/dL] { valid: 1 month }
visit D0 "Day 0" anchor
visit D9 "Day 9" at D0 + 9 days
"""
BINDING = SMALL.replace('"Day 0" anchor', '"Day 0" anchor { order: binding }')


@pytest.mark.parametrize(
    ("text", "activities", "found"),
    [
        (SMALL, ("a at D0 { after: b }", "b at D0 { before: a }"), []),
        (SMALL, ("a at D0 { after: b }", "b at D0 { after: a }"), ["E0574"]),
        (SMALL, ("a at D0 { after: b }", "b at D0, D9 { after: c }", "c at D9 { after: a }"),
         ["E0578"]),
        (SMALL, ("a at D0 { after: b }", "b at D9"), ["E0578"]),
        (SMALL, ("a at D0 { after: a }",), ["E0574"]),
        (BINDING, ("a at D0 { after: b }", "b at D0"), ["E0574"]),
        (BINDING, ("a at D0", "b at D0 { after: a }"), []),
        (BINDING, ("a at D9 { after: b }", "b at D9"), []),
        (BINDING, ("a at D0, D9 { after: c }", "b at D9", "c at D0, D9"), ["E0574"]),
    ],
)  # fmt: skip
def test_what_is_done_first(check, text: str, activities: tuple[str, ...], found: object) -> None:
    written = [f'activity {one[0]} "{one[0]}"{one[1:]}\n' for one in activities]
    made = [code for code, _ in check(text=text + "".join(written))]
    assert [code for code in made if code.startswith("E")] == found


@pytest.mark.parametrize(
    ("points", "tolerance", "wide"),
    [
        ("5 min, 10 min", "2 min", False),
        ("5 min, 10 min", "2.5 min", False),
        ("5 min, 10 min", "2.6 min", True),
        ("0 h, 1 h", "30 min", False),
        ("0 h, 1 h", "0.51 h", True),
        ("90 min, 110 min", "10 %", False),
        ("90 min, 109 min", "10 %", True),
        ("-30 min, 0 h", "100 %", False),
        ("-30 min, 0 h, 10 min", "100 %", False),
        ("1 h", "90 %", False),
    ],
)
def test_timepoints_that_cannot_be_told_apart(
    check, points: str, tolerance: str, wide: bool
) -> None:
    text = f'activity a "A" at D0, D9 {{ timepoints: {points} tolerance: {tolerance} }}\n'
    assert ("W0576" in [code for code, _ in check(text=SMALL + text)]) is wide


@pytest.mark.parametrize(
    ("reuse", "valid", "old"),
    [
        ("28 days", "28 days", False),
        ("29 days", "28 days", True),
        ("27 days", "28 days", False),
        ("4 weeks", "28 days", False),
        # A month back is 28 days at least: 29 days are more in March.
        ("28 days", "1 month", False),
        ("29 days", "1 month", True),
        ("1 month", "30 days", True),
        ("1 month", "31 days", False),
        ("24 hours", "1 day", False),
        ("25 hours", "1 day", True),
    ],
)
def test_results_that_are_too_old_to_be_reused(check, reuse: str, valid: str, old: bool) -> None:
    text = SMALL.replace("1 month", valid)
    text += f'activity a "A" at D0, D9 {{ collects: lab.hb reuse if within {reuse} }}\n'
    assert ("E0577" in [code for code, _ in check(text=text)]) is old


# ---- what is not certain collects nothing for certain


@pytest.mark.parametrize(
    ("blood", "codes"),
    [
        ('"Blood" at SCREEN, W2 { collects: lab.hb }', []),
        ('"Blood" at SCREEN, W2 { collects: lab.hb optional: yes }', ["E0512"]),
        ('"Blood" on sae { collects: lab.hb }', ["E0512"]),
        ('"Blood" at SCREEN on "fever" { collects: lab.hb }', ["E0512"]),
        ('"Blood" from SCREEN to ET { collects: lab.hb }', []),
    ],
)
def test_what_may_not_be_done(check, blood: str, codes: list[str]) -> None:
    found = check('"Blood" at SCREEN, W2 { collects: lab.hb }', blood)
    assert [code for code, _ in found] == codes


def test_what_an_event_triggers_does_not_see_its_absence(check) -> None:
    found = check("at W2, M1, ET { reviews: sae }", "on sae { reviews: sae }")
    assert sorted(code for code, _ in found) == ["W0525", "W0529", "W0529"]


# ---- windows without a limit


M1 = '"Month 1" at D0 + 1 month window -3 days .. +3 days'


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        # The gate waits two weeks after a dose that may have been given at any time before.
        (M1, '"Month 1" at D0 + 1 month window .. +3 days', []),
        (M1, '"Month 1" at D0 + 1 week window -1 day .. +1 day', ["E0509"]),
        (M1, '"Month 1" at D0 + 1 week window -1 day ..', []),
        # Blood of a visit that may be as late as one likes may be young enough; not before it.
        ("at D0 - 14 days window -7 days .. +7 days", "at D0 - 14 days window -7 days ..", []),
        ("at D0 - 14 days window -7 days .. +7 days", "at D0 - 14 days window .. +7 days", []),
        (W2, 'visit W2 "Week 2" at D0 + 2 weeks window .. +3 days', []),
    ],
)
def test_what_holds_without_a_limit(check, old: str, new: str, codes: list[str]) -> None:
    found = [code for code, _ in check(old, new)]
    assert sorted(code for code in found if code != "W0524") == sorted(codes)
