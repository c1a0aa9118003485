"""What rules ask is collected, and in time."""

from __future__ import annotations

import pytest

from trialc.graph.invariants import INVARIANTS

HISTORY = "collects: demo.sex, demo.height, fit"
WEIGHING = 'activity weighing "Weight" at SCREEN, D0 { collects: demo.weight }'


def test_an_element_that_nobody_collects(check, messages) -> None:
    assert check("{ collects: lab.hb }", "{ reviews: sae }") == [("E0512", "lab.hb")]
    assert messages(HISTORY, "collects: demo.sex, fit") == [
        "criterion `weak` needs `demo.height`, and no activity collects it"
    ]


def test_a_judgement_that_nobody_collects(check) -> None:
    assert check(HISTORY, "collects: demo.sex, demo.height") == [("E0512", "fit")]


def test_what_decides_whether_an_element_exists_is_needed_too(check) -> None:
    assert check(HISTORY, "collects: demo.height, fit") == [("E0512", "demo.sex")]


def test_an_element_of_a_library_is_missed_where_the_protocol_asks_for_it(study) -> None:
    library = (
        'language 1\nlibrary signs version "1" { title: "Signs" citation: "None" }\n'
        'data fever "Fever" : boolean\ndata rash "Rash" : boolean\n'
    )
    text = (
        'language 1\nuse lib.signs version "1" as s\n'
        'protocol small { title: "Small" version: "1" }\n'
        'inclusion fever [1] "Fever" { require s.fever }\n'
        'visit D0 "Day 0" anchor\n'
        'activity review "Review" at D0 { does: eligibility }\n'
    )
    linked = study(text, {"lib/signs.proto.txt": library})
    (missing,) = [found for each in INVARIANTS for found in each(linked)[1]]
    assert missing.kind.code == "E0512"
    assert text[missing.where.start : missing.where.end] == "fever"


def test_a_protocol_that_says_nothing_of_collecting(check) -> None:
    text = (
        'language 1\nprotocol small { title: "Small" version: "1" }\n'
        'data x "X" : boolean\n'
        'inclusion one [1] "One" { require x }\n'
        'event sae "SAE" { reports grade "Grade" {mild, severe} counts when event.grade = mild }\n'
        'visit D0 "Day 0" anchor\n'
        'activity safety "Safety" at D0 { reviews: sae }\n'
    )
    assert check(text=text) == []


# ---- in time


@pytest.mark.parametrize(
    ("visits", "codes"),
    [
        ("SCREEN", []),
        ("SCREEN, W2", []),
        ("W2, SCREEN", []),
        ("D0", ["E0513"]),
        ("W2, M1", ["E0513"]),
        ("ET", []),
    ],
)
def test_collected_too_late(check, visits: str, codes: list[str]) -> None:
    found = check('"Blood" at SCREEN, W2', f'"Blood" at {visits}')
    assert found == [(code, "blood") for code in codes]


def test_a_screening_without_a_date_is_before_day_0(check) -> None:
    screening = (
        'visit SCREEN "Screening" at D0 - 14 days window -7 days .. +7 days',
        'visit SCREEN "Screening" before D0',
    )
    assert check(*screening) == []
    assert check(*screening, '"Blood" at SCREEN, W2', '"Blood" at W2') == [("E0513", "blood")]
    # Of a visit that is counted from it nobody knows on which side of day 0 it is.
    second = f'{screening[1]}\nvisit S2 "Second" at SCREEN + 1 week\n'
    late = '"Blood" at SCREEN, W2', '"Blood" at S2', "at SCREEN { does: e", "at D0 { does: e"
    assert check(screening[0], second, *late) == []


def test_a_review_on_the_day_of_collection_is_in_time(check) -> None:
    screening = 'visit S0 "Same day" at SCREEN + 0 days\nvisit D0'
    found = check("visit D0", screening, '"Blood" at SCREEN, W2', '"Blood" at S0')
    assert found == [("W0523", "S0")]


def test_no_review(check) -> None:
    assert check("{ does: eligibility }", "{ reviews: sae }") == [("W0533", "consenting")]


# ---- activities


def test_what_an_activity_asks(check, messages) -> None:
    changes = (
        HISTORY,
        "collects: demo.height, fit",
        'activity first "First',
        'activity sexes "Sex" at W2 { collects: demo.sex }\nactivity first "First',
    )
    # Both the exclusion and the pregnancy test need it: said once.
    assert check(*changes) == [("E0513", "sexes")]
    extra = (
        'data lab.crp "CRP" : quantity [mg/L] { range: 0 .. 500 mg/L }\n'
        'activity swab "Swab" at W2 { when lab.crp > 5 mg/L }\n'
        "window recent"
    )
    assert messages("window recent", extra) == [
        "activity `swab` needs `lab.crp`, and no activity collects it"
    ]
    blood = "{ collects: lab.hb }", "{ collects: lab.hb, lab.crp }"
    assert check("window recent", extra, *blood) == []
    late = 'activity crp "CRP" at M1 { collects: lab.crp }\nwindow recent'
    assert check("window recent", extra.replace("window recent", late)) == [("E0513", "crp")]


def test_an_activity_may_ask_for_the_last_value_of_what_it_collects(check) -> None:
    change = "at SCREEN, W2 { collects: lab.hb }", "at SCREEN { collects: lab.hb }"
    again = (
        'activity again "Again" at W2 { collects: lab.hb  when lab.hb < 9 g/dL }\nactivity first "F'
    )
    assert check(*change, 'activity first "F', again) == []


def test_an_activity_that_needs_it_before_the_review(check) -> None:
    early = 'visit EARLY "Early" at D0 - 60 days\nvisit D0'
    asks = 'activity first "F'
    call = 'activity call "Call" at EARLY { when lab.hb < 9 g/dL }\nactivity first "F'
    assert check("visit D0", early, asks, call) == [("E0513", "blood")]


# ---- doses


def test_the_dose_is_measured_where_it_says(check) -> None:
    at_screening = WEIGHING.replace("SCREEN, D0", "SCREEN")
    assert check(WEIGHING, at_screening) == [("E0514", "1e6 cell/kg")]
    assert check(WEIGHING, at_screening, "of demo.weight at D0", "of demo.weight") == []
    assert check(WEIGHING, at_screening, "of demo.weight at D0", "of demo.weight at SCREEN") == []


def test_the_dose_is_measured_before_it_is_given(check) -> None:
    both = WEIGHING.replace("SCREEN, D0", "SCREEN, W2"), "of demo.weight at W2"
    assert check(WEIGHING, both[0], "of demo.weight at D0", both[1]) == [("E0514", "1e6 cell/kg")]


def test_the_dose_is_not_measured_at_all(check) -> None:
    found = check(WEIGHING, "", "of demo.weight at D0", "of demo.weight")
    assert found == [("E0512", "demo.weight"), ("E0514", "1e6 cell/kg")]


# ---- age of values


@pytest.mark.parametrize(
    ("visits", "codes"), [("EARLY", ["W0532"]), ("EARLY, D0", []), ("EARLY, W2", ["W0532"])]
)
def test_values_are_fresh_at_every_review(check, visits: str, codes: list[str]) -> None:
    """Reviewed where they are collected, and again 60 days later; what comes after is no help."""
    found = check(
        "visit D0", 'visit EARLY "Early" at D0 - 60 days\nvisit D0',
        '"Blood" at SCREEN, W2', f'"Blood" at {visits}',
        '"Eligibility" at SCREEN', '"Eligibility" at EARLY, D0',
    )  # fmt: skip
    assert [code for code, _ in found if code == "W0532"] == codes


@pytest.mark.parametrize(
    ("valid", "visits", "codes"),
    [
        ("28 days", "EARLY", ["W0532"]),
        ("60 days", "EARLY", []),
        ("59 days", "EARLY", ["W0532"]),
        ("2 months", "EARLY", []),
        ("28 days", "EARLY, SCREEN", []),
        ("28 days", "EARLY, D0", []),
    ],
)
def test_values_that_are_too_old(check, valid: str, visits: str, codes: list[str]) -> None:
    found = check(
        'window recent "Recent" = 28 days', f'window recent "Recent" = {valid}',
        "visit D0", 'visit EARLY "Early" at D0 - 60 days\nvisit D0',
        '"Blood" at SCREEN, W2', f'"Blood" at {visits}',
        '"Eligibility" at SCREEN', '"Eligibility" at D0',
    )  # fmt: skip
    assert found == [(code, "blood") for code in codes]


def test_an_activity_at_the_wrong_visit_is_told_once(messages) -> None:
    text = (
        'language 1\nprotocol small { title: "Small" version: "1" }\n'
        'data a "A" : boolean\ndata b "B" : boolean\ndata c "C" : boolean\n'
        'inclusion one [1] "One" { require a }\n'
        'inclusion two [2] "Two" { require b and a }\n'
        'inclusion three [3] "Three" { require c }\n'
        'visit SCREEN "Screening" before D0\nvisit D0 "Day 0" anchor\n'
        'activity review "Review" at SCREEN { does: eligibility }\n'
        'activity blood "Blood" at D0 { collects: a, b }\n'
        'activity urine "Urine" at D0 { collects: c }\n'
    )
    assert messages(text=text) == [
        "`a`, `b` are collected at `D0` only, after criterion `one`, criterion `two` need them at "
        "`SCREEN`",
        "`c` is collected at `D0` only, after criterion `three` needs it at `SCREEN`",
    ]
