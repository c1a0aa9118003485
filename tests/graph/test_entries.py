"""Populations and randomisations: in time, done somewhere, with one limit of a group."""

from __future__ import annotations

import pytest

TRIAL = """\
language 1
protocol small { title: "Small" version: "1" enrolment: 100 }
population initial "First" { kind: entry assessed: SCREEN }
population later "Once daily" { kind: entry assessed: W36 }
data ill "Ill" : boolean
data old "Old" : boolean
data frail "Frail" : boolean
exclusion illness [1] "Ill" for initial { exclude when ill }
exclusion illness_later [1] "Ill" for later { exclude when ill }
exclusion frailty [2] "Frail" { exclude when frail }
intervention drug "Drug" { type: drug }
visit SCREEN "Screening" before W0
visit W0 "Week 0" anchor
visit W36 "Week 36" at W0 + 36 weeks
visit W48 "Week 48" at W0 + 48 weeks
arm a "A" experimental { give drug as first_dose at W0 }
arm b "B" active_comparator { give drug as first_dose at W0 }
arm c "C" experimental { give drug as second_dose at W36 }
arm d "D" active_comparator { give drug as second_dose at W36 }
randomisation r1 "First" { ratio: a 1, b 1 at: W0 population: initial  cap: 20 % of old }
randomisation r2 "Second" { ratio: c 1, d 1 at: W36 population: later }
activity asking "Questions" at SCREEN, W36, W48 { collects: ill, old }
activity frail_or_not "Frailty" at SCREEN { collects: frail }
activity review "Review" at SCREEN, W36, W48 { does: eligibility }
activity allocation "Randomisation" at W0, W36 { does: randomisation }
activity dosing "Doses" at W0, W36 { gives: first_dose, second_dose }
"""
OWN = "for later { exclude"


def test_a_trial_without_a_fault(check) -> None:
    assert check(text=TRIAL) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (("assessed: W36", "assessed: W48"), [("E0334", "later")]),
        (("assessed: W36", "assessed: W36, W48"), []),
        (("assessed: W36", "assessed: W36, W48", OWN, "for later { assessed: W48 exclude"),
         [("E0334", "illness_later")]),
        # which randomisation it is for is not said: both would be too early
        (("assessed: W36", "assessed: W48", " population: later", "", "population: initial ", ""),
         [("E0334", "later")]),
        # the first of two that name nobody would be too early, the second is not
        ((" population: later", "", "population: initial ", ""), []),
        (("assessed: W36", "assessed: W48", "at: W36 population", "population"), []),
        (("assessed: SCREEN", "assessed: W36", "population: initial ", ""), [("E0334", "initial")]),
    ],
)  # fmt: skip
def test_a_population_is_looked_at_before_its_randomisation(
    check, changes: tuple[str, ...], expected: object
) -> None:
    found = check(*changes, text=TRIAL)
    assert [one for one in found if one[0] == "E0334"] == expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("at W0 { does: rand", [("W0558", "r2")]),
        ("at W36 { does: rand", [("W0558", "r1")]),
        ("at W48 { does: rand", [("E0511", "allocation")]),
    ],
)
def test_a_randomisation_is_done(check, new: str, expected: object) -> None:
    assert check("at W0, W36 { does: rand", new, text=TRIAL) == expected


def test_no_activity_randomises(check) -> None:
    line = 'activity allocation "Randomisation" at W0, W36 { does: randomisation }\n'
    assert check(line, "", text=TRIAL) == [("W0558", "r1"), ("W0558", "r2")]


@pytest.mark.parametrize(
    ("quota", "is_found"),
    [
        ("old at most 10 %", True),
        ("old at most 20 %", False),
        ("old at least 20 %", False),
        ("old at least 21 %", True),
        ("old at most 10 participants", False),
        ("ill at most 10 %", False),
    ],
)
def test_a_quota_and_a_cap(check, quota: str, is_found: bool) -> None:
    text = TRIAL.replace("intervention drug", f'quota q "Q" = {quota}\nintervention drug', 1)
    assert (("W0335", "q") in check(text=text)) is is_found


@pytest.mark.parametrize(
    ("quota", "is_found"),
    [
        ("at most 10 % of 200", False),
        ("at most 10 % of 210", True),
        ("at most 21 participants", True),
    ],
)
def test_a_quota_and_a_cap_of_so_many(check, quota: str, is_found: bool) -> None:
    text = TRIAL.replace("intervention drug", f'quota q "Q" = old {quota}\nintervention drug', 1)
    assert (("W0335", "q") in check("cap: 20 % of", "cap: 20 of", text=text)) is is_found


@pytest.mark.parametrize(("planned", "is_found"), [(99, False), (100, False), (101, True)])
def test_a_population_of_more_than_the_trial(check, planned: int, is_found: bool) -> None:
    found = check("assessed: W36", f"assessed: W36 enrolment: {planned}", text=TRIAL)
    assert (("W0599", "later") in found) is is_found


@pytest.mark.parametrize(
    ("visits", "rule", "expected"),
    [
        ("SCREEN", "{ exclude when frail }", []),
        ("W36", "{ exclude when frail }", ["E0513"]),
        ("W36", "{ assessed: W36 exclude when frail }", ["E0561"]),
        ("SCREEN, W36", "{ exclude when frail }", []),
    ],
)
def test_of_several_reviews_the_first_counts(
    check, visits: str, rule: str, expected: object
) -> None:
    found = check(
        "at SCREEN { collects: frail }", f"at {visits} {{ collects: frail }}",
        "{ exclude when frail }", rule, text=TRIAL,
    )  # fmt: skip
    assert [code for code, _ in found] == expected


def test_a_review_of_others_only_is_not_the_first(check) -> None:
    """`later` says no visits: it is looked at where those of `initial` alone are not."""
    theirs = 'exclusion illness_later [1] "Ill" for later { exclude when ill }'
    ours = 'exclusion weak [1] "Weak" for later { exclude when frail }'
    there = "at SCREEN { collects: frail }", "at W36 { collects: frail }"
    mine = check(" assessed: W36", "", "when frail", "when old", theirs, ours, *there, text=TRIAL)
    assert mine == []
