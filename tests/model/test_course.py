"""The course of a participant: what visits are counted from, whom they are for, what is done."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.emitters.activity_words import activity_notes, visit_notes
from trialc.emitters.schedule_words import timing_words, window_words
from trialc.model.protocol import Activity, Visit
from trialc.model.visit_order import in_time_order

TRIAL = """\
role subject "Participant"
intervention drug "The drug" { type: drug }
arm a "A" experimental { give drug as infusion_1 at M0  give drug as infusion_2 at M3 }
visit M0 "Month 0" anchor
visit M3 "Month 3" at M0 + 3 months
"""


def visit(small: Any, text: str) -> Visit:
    return small(f'{TRIAL}visit V "V" {text}\n').protocol.visits[-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("at M3 actual + 6 months", "6 months after the actual day of M3"),
        ("at M3 actual", "on the actual day of M3"),
        ("at last dose + 30 days", "30 days after the last dose"),
        ("at last infusion_1 + 1 week", "1 week after the last dose of infusion 1"),
        ("at last drug + 1 week", "1 week after the last dose of The drug"),
        ('at "discharge" + 1 day', "1 day after discharge"),
        (
            'at earlier of (last dose + 30 days, "new therapy")',
            "30 days after the last dose, or on the day of new therapy, whichever is earlier",
        ),
        (
            "at later of (M3 + 1 month, last infusion_2 - 1 day)",
            "1 month after M3, or 1 day before the last dose of infusion 2, whichever is later",
        ),
        (
            'at M3 + 21 days every 21 days from the one before until "the end"',
            "21 days after M3, then every 21 days from the actual day of the one before until "
            "the end",
        ),
        ("anchor after M0", "a day 0 of its own, after M0"),
    ],
)
def test_what_a_visit_is_counted_from(small: Any, text: str, words: str) -> None:
    assert timing_words(visit(small, text)) == words


@pytest.mark.parametrize(
    ("text", "window", "words"),
    [
        ("window -3 days ..", (-3, None), "−3 days or later"),
        ("window 0 days ..", (0, None), "0 days or later"),
        ("window .. +7 days", (None, 7), "up to +7 days"),
        ("window -3 days … ", (-3, None), "−3 days or later"),
        ("window –3 days – +7 days", (-3, 7), "−3 to +7 days"),
    ],
)
def test_windows_open_on_one_side(small: Any, text: str, window: object, words: str) -> None:
    made = visit(small, f"at M0 + 1 month {text}")
    assert made.window is not None
    assert (made.window.early, made.window.late) == window
    assert window_words(made) == words


def test_repeats_from_the_one_before(small: Any) -> None:
    text = 'visit FU "F" at M3 + 1 month every 6 weeks from the one before 3 times\n'
    first, second, third = small(TRIAL + text).protocol.visits[2:]
    assert (first.timing, first.base) == ("offset", "M3")
    assert [(m.kind, m.name, m.offset.amount) for m in second.moments] == [("actual", "FU.1", 6)]
    assert [(m.kind, m.name, m.offset.amount) for m in third.moments] == [("actual", "FU.2", 6)]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("at M3 actual + 6 months every 6 months 2 times", [("actual", "M3", 12)]),
        ("at last dose every 6 months 2 times", [("last_dose", "", 6)]),
        (
            'at earlier of (last dose + 1 month, "end") every 1 month 2 times',
            [("last_dose", "", 2), ("happening", "end", 1)],
        ),
        ("at M3 actual + 6 months every 10 days 2 times", []),
    ],
)
def test_repeats_of_what_is_counted(small: Any, text: str, second: list[Any]) -> None:
    made = visit(small, text)
    assert [(m.kind, m.name, m.offset.amount) for m in made.moments] == second
    if not second:
        assert (made.timing, made.base) == ("offset", "V.1")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("at M9 actual + 1 day", "E0302"),
        ("at drug actual + 1 day", "E0303"),
        ("at last infusion_9 + 1 day", "E0302"),
        ("at last dose + 1 kg", "E0417"),
        ("at later of (M0, M3 + 1.5 days)", "E0416"),
        ("anchor after M9", "E0302"),
        ("anchor after M0 window -3 days .. +3 days", "E0570"),
        ("at M0 every 1 day from the one before", "E0564"),
    ],
)
def test_moments_that_cannot_be(small: Any, text: str, code: str) -> None:
    assert small(f'{TRIAL}visit V "V" {text}\n').codes == [code]


def test_words_of_the_course_are_names_still(small: Any) -> None:
    text = (
        'visit last "L" at M0 + 1 day\nvisit earlier "E" at last + 1 day\n'
        'visit actual "A" at earlier every 1 day 2 times\n'
        'visit later "X" at last window -1 day .. +1 day\n'
        'visit times "T" at actual.2 actual + 1 day\n'
    )
    made = small(TRIAL + text).protocol.visits
    assert [one.bases for one in made[2:]] == [
        ("M0",), ("last",), ("earlier",), ("earlier",), ("last",), ("actual.2",),
    ]  # fmt: skip


def test_the_last_dose_is_of_anything_unless_one_is_called_so(small: Any) -> None:
    dosing = 'activity dose "Dosing" at M0 { gives: infusion_1 }\n'
    made = small(f'{TRIAL}{dosing}visit V "V" at last dose + 1 day\n').protocol.visits[-1]
    assert made.moments[0].name == ""
    named = TRIAL.replace("infusion_2", "dose")
    made = small(f'{named}visit V "V" at last dose + 1 day\n').protocol.visits[-1]
    assert made.moments[0].name == "dose"


def test_the_order_of_a_table(small: Any) -> None:
    text = (
        'visit ET "Early end" unscheduled\n'
        'visit NT "New therapy" at "new therapy"\n'
        'visit EOT "End" at earlier of (last dose + 30 days, "new therapy")\n'
        'visit M1 "Month 1" at M0 actual + 1 month\n'
        'visit R2 "Second" anchor after M1\n'
    )
    protocol = small(TRIAL + text).protocol
    order = [one.id for one in in_time_order(protocol.visits, protocol.arms)]
    assert order == ["M0", "M1", "R2", "M3", "EOT", "NT", "ET"]


GOES_ON = """\
intervention drug "Drug" { type: drug }
arm a "A" experimental { give drug as treatment at D1 %s }
visit D1 "Day 1" anchor
visit CYCLE "Cycle" at D1 + 21 days every 21 days until "progression"
visit M6 "Month 6" at D1 + 6 months
visit EOT "End of treatment" at last dose + 7 days
visit ET "Early end" unscheduled
activity dosing "Dosing" at %s { gives: treatment }
"""


@pytest.mark.parametrize(
    ("goes_on", "at", "order"),
    [
        ("", "D1", "D1 EOT CYCLE M6 ET"),
        ("", "D1, ET", "D1 EOT CYCLE M6 ET"),
        ('until "progression"', "D1", "D1 CYCLE M6 EOT ET"),
        ("for 28 days", "D1", "D1 CYCLE EOT M6 ET"),
        ("", "D1, CYCLE", "D1 CYCLE M6 EOT ET"),
        ("", "D1, M6", "D1 CYCLE M6 EOT ET"),
    ],
)
def test_what_waits_for_the_last_dose_stands_after_it(
    small: Any, goes_on: str, at: str, order: str
) -> None:
    made = small(GOES_ON % (goes_on, at)).protocol
    found = in_time_order(made.visits, made.arms, made.activities)
    assert [one.id for one in found] == order.split()


# ---- activities


ACTIVITIES = """\
event low "Low glucose" { reports grade "Grade" {a, b}  counts when event.grade = a }
intervention second_drug "Other" { type: drug }
arm b "B" experimental {
  give second_drug as infusion_1 at M0
  give second_drug as infusion_2 at M3
}
visit SCREEN "Screening" before M0
visit FU "Follow-up" at M3 + 1 month every 1 month 2 times
visit ET "Early end" unscheduled
activity ecg "ECG" at M0, M3 { mode: telephone }
"""


def activity(small: Any, text: str) -> Activity:
    made = small(f'{TRIAL}{ACTIVITIES}activity x "X" {text}\n')
    return made.protocol.activities[-1]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("at M0 { note: N }", []),
        ("at M0 for a", ["Only in these arms: A."]),
        ("at M0 for b, a", ["Only in these arms: B, A."]),
        ("on low within 24 h", ["Done when this happens: Low glucose, within 24 h."]),
        ('on "glucose below 50 mg/dL"', ["Done when this happens: glucose below 50 mg/dL."]),
        (
            'at M0 on "glucose below 50 mg/dL" within 5 min',
            ["Done at these visits when this happens: glucose below 50 mg/dL, within 5 min."],
        ),
        (
            'at M0 every 15 min until "glucose above 70 mg/dL"',
            ["Repeated every 15 min until glucose above 70 mg/dL."],
        ),
        ("at M0 every 2 h 3 times", ["Repeated every 2 h, 3 times."]),
        ("from SCREEN to ET", ["Goes on continuously from SCREEN to ET."]),
        (
            "from M0 to FU every 1 day",
            ["Goes on continuously from M0 to FU.2.", "Repeated every 1 day."],
        ),
        (
            "at M0 { reuse if within 28 days }",
            ["Not done again where there is a result that is at most 28 days old."],
        ),
        ("at M0 { optional: yes }", ["Optional."]),
        ("at M0 { optional: no }", []),
        ("at M0 { mode: home }", ["Takes place: home."]),
        ("at M0 { after: ecg }", ["At the same visit after: ECG."]),
        ("at M0 { before: ecg }", ["At the same visit before: ECG."]),
    ],
)
def test_when_and_for_whom_it_is_done(small: Any, text: str, notes: list[str]) -> None:
    protocol = small(f'{TRIAL}{ACTIVITIES}activity x "X" {text}\n').protocol
    assert list(activity_notes(protocol.activities[-1], protocol)) == notes


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        ("from SCREEN to ET", ("SCREEN", "M0", "M3", "FU.1", "FU.2", "ET")),
        ("from M0 to FU", ("M0", "M3", "FU.1", "FU.2")),
        ("from FU to ET", ("FU.1", "FU.2", "ET")),
        ("from M0 to M3", ("M0", "M3")),
        ("at FU, M0", ("FU.1", "FU.2", "M0")),
        ("on low", ()),
    ],
)
def test_at_which_visits_it_is_done(small: Any, text: str, visits: tuple[str, ...]) -> None:
    assert activity(small, text).visits == visits


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("on nothing_such", "E0302"),
        ("on ecg within 24 h", "E0303"),
        ("on low within 24 kg", "E0417"),
        ("on low within 0 h", "E0417"),
        ("at M0 every 15 min", "E0564"),
        ('at M0 every 15 kg until "x"', "E0417"),
        ("at M0 for c", "E0302"),
        ("at M0 for drug", "E0303"),
        ("from M0 to SCREEN", "E0575"),
        ("from M0 to M0", "E0575"),
        ("from M0 to M9", "E0302"),
        ("at M0 { reuse if within 28 kg }", "E0417"),
        ("at M0 { reuse if within 0 days }", "E0417"),
        ("at M0 { reuse if within 1 day  reuse if within 2 days }", "E0305"),
        ("at M0 { optional: maybe }", "E0307"),
        ("at M0 { mode: phone }", "E0405"),
        ("at M0 { after: nothing }", "E0302"),
        ("at M0 { after: M0 }", "E0303"),
    ],
)
def test_activities_that_cannot_be(small: Any, text: str, code: str) -> None:
    assert small(f'{TRIAL}{ACTIVITIES}activity x "X" {text}\n').codes == [code]


def test_a_visit_of_some_arms_and_in_order(small: Any) -> None:
    made = small(TRIAL + 'visit V "V" at M0 + 1 day for a { order: binding }\n').protocol
    assert (made.visits[-1].arms, made.visits[-1].in_order) == (("a",), True)
    assert list(visit_notes(made.visits[-1], made)) == [
        "Only in these arms: A.",
        "What is done here is done in the order of the table, from above.",
    ]
    assert small(TRIAL + 'visit V "V" unscheduled { order: any_order }\n').codes == ["E0405"]


def test_repeats_are_for_the_same_arms(small: Any) -> None:
    text = 'visit V "V" at M0 + 1 day every 1 day from the one before 2 times for a\n'
    assert [one.arms for one in small(TRIAL + text).protocol.visits[2:]] == [("a",), ("a",)]


def test_words_of_activities_are_names_still(small: Any) -> None:
    text = (
        'event reuse "R" { reports grade "G" {a, b}  counts when event.grade = a }\n'
        'visit optional "O" at M0 + 1 day\n'
        'activity binding "B" at optional { reviews: reuse  note: reuse }\n'
    )
    made = small(TRIAL + text).protocol.activities[0]
    assert (made.reviews, made.note) == (("reuse",), "reuse")


def test_a_dose_at_an_unscheduled_visit_is_given_at_no_known_time(small: Any) -> None:
    text = """\
role subject "Participant"
intervention drug "The drug" { type: drug }
visit M0 "Month 0" anchor
visit OUT "Out" unscheduled
visit END "End" at last dose + 30 days
activity diary "Diary" from M0 to END { note: "daily" }
arm a "A" experimental { give drug as rescue at OUT }
"""
    assert small(text).protocol.activities[0].visits == ("M0", "END")
