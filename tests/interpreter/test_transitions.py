"""Sets of participants, counts, hours, gaps, decisions: each at, below and above its limit."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.interpreter.gates import Gates
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse

HEAD = """language 1
protocol small { title: "Small" version: "1" }
role board "Board"
intervention drug "Drug" { type: drug }
level low "100 mg" { dose of drug: 100 mg }
level high "200 mg" { dose of drug: 200 mg }
population a "Cohort A" { kind: cohort }
population b "Cohort B" { kind: cohort }
visit D1 "Day 1" anchor
arm only "Only" experimental { give drug as dose at D1 }
event dlt "Toxicity" { reports grade "Grade" {g2, g3} counts when event.grade = g3 }
"""
Log = dict[str, Any]


def gates(rule: str, per: str = "trial", opens: str = "opens when") -> Gates:
    text = f'{HEAD}gate g "G" per {per} {{ guards give dose {opens} {rule} }}\n'
    tree, faults = parse(SourceText("t", text))
    protocol, more = resolve(tree, ())
    assert [str(found.message) for found in (*faults, *more) if found.is_error] == []
    assert protocol is not None
    return Gates(protocol)


def log(as_of: str, *days: str, absent: str = "", **more: Any) -> Log:
    """Participants of cohort a at the low level, dosed on these days (and times)."""
    names = [f"P{number}" for number in range(1, len(days) + 1)]
    given: list[Log] = []
    for name, day in zip(names, days, strict=True):
        if day:
            on, _, time = day.partition(" ")
            entry = {"participant": name, "occasion": "dose", "on": on}
            given.append({**entry, "time": time} if time else entry)
    absences = [
        {"participant": name, "event": "dlt", "through": absent, "by": "board"}
        for name in names
        if absent
    ]
    people = [{"id": name, "cohort": "a", "level": "low"} for name in names]
    return {"as_of": as_of, "participants": people, "given": given, "absences": absences, **more}


def event(who: str, on: str, **grade: str) -> Log:
    return {"participant": who, "event": "dlt", "on": on, **grade}


def state(rule: str, asked: Log, per: str = "trial", opens: str = "opens when", **whom: Any) -> str:
    return str(gates(rule, per, opens).ask("g", asked, **whom)["state"])


# ---- counts


@pytest.mark.parametrize(
    ("relation", "given", "expected"),
    [
        (">= 2", 1, "closed"),
        (">= 2", 2, "open"),
        (">= 2", 3, "open"),
        ("> 2", 2, "closed"),
        ("> 2", 3, "open"),
        ("<= 2", 2, "open"),
        ("<= 2", 3, "held"),
        ("< 2", 1, "open"),
        ("< 2", 2, "held"),
        ("= 2", 1, "closed"),
        ("= 2", 2, "open"),
        ("= 2", 3, "held"),
    ],
)
def test_a_count_of_those_given(relation: str, given: int, expected: str) -> None:
    asked = log("2027-02-01", *["2027-01-04"] * given)
    for scope, per in (("trial", "trial"), ("cohort a", "trial"), ("level low", "trial")):
        rule = f"count of participants in {scope} given dose {relation}"
        assert state(rule, asked, per) == expected
    none = "count of participants in cohort b given dose >= 1"
    assert state(none, asked) == "closed"


COUNT = "count of participants in trial with {}dlt within 28 days after dose {}"


@pytest.mark.parametrize(
    ("relation", "events", "unknown", "expected"),
    [
        ("<= 1", 1, 0, "open"),
        ("<= 1", 2, 0, "held"),
        ("<= 1", 0, 1, "open"),
        ("<= 1", 1, 1, "closed"),
        ("<= 1", 2, 1, "held"),
        (">= 2", 1, 0, "held"),
        (">= 2", 1, 1, "closed"),
        (">= 2", 2, 1, "open"),
        ("= 1", 1, 0, "open"),
        ("= 1", 1, 1, "closed"),
        ("= 1", 0, 0, "held"),
    ],
)
def test_a_count_of_events_is_an_interval(
    relation: str, events: int, unknown: int, expected: str
) -> None:
    happened = [event(f"P{k}", "2027-01-10", grade="g3") for k in range(1, events + 1)]
    happened += [event(f"P{4 - k}", "2027-01-10") for k in range(unknown)]
    asked = log("2027-02-01", *["2027-01-04"] * 4, absent="2027-02-01", events=happened)
    assert state(COUNT.format("", relation), asked) == expected
    assert state(COUNT.format("reported ", relation), {**asked, "absences": []}) == expected


def test_the_window_of_a_count() -> None:
    rule = COUNT.format("", "<= 0")
    for day, expected in (
        ("2027-02-01", "held"),
        ("2027-02-02", "open"),
    ):  # 28 days after 4 January
        events = [event("P1", day, grade="g3")]
        asked = log("2027-02-10", "2027-01-04", absent="2027-02-10", events=events)
        assert state(rule, asked) == expected
    assert state(rule, log("2027-01-31", "2027-01-04", absent="2027-01-31")) == "closed"
    assert state(rule, log("2027-02-01", "2027-01-04", absent="2027-01-31")) == "closed"
    assert state(rule, log("2027-02-01", "2027-01-04", absent="2027-02-01")) == "open"


def test_nobody_and_those_who_were_not_dosed() -> None:
    assert state(COUNT.format("", "<= 1"), log("2027-02-01")) == "closed"
    assert state(COUNT.format("reported ", "<= 1"), log("2027-02-01")) == "open"
    waiting = log("2027-02-01", "2027-01-04", "", absent="2027-02-01")
    assert state(COUNT.format("", "<= 0"), waiting) == "closed"
    assert state(COUNT.format("reported ", "<= 0"), waiting) == "open"


# ---- hours, gaps, the first ones


@pytest.mark.parametrize(
    ("as_of", "time", "dosed", "expected"),
    [
        ("2027-01-06", "08:29", "2027-01-04 08:30", "closed"),
        ("2027-01-06", "08:30", "2027-01-04 08:30", "open"),
        ("2027-01-06", None, "2027-01-04 08:30", "closed"),
        ("2027-01-06", None, "2027-01-04 00:00", "open"),
        ("2027-01-06", "23:58", "2027-01-04", "closed"),
        ("2027-01-06", "23:59", "2027-01-04", "open"),
        ("2027-01-07", None, "2027-01-04", "open"),
    ],
)
def test_hours_are_over_whatever_the_times_were(
    as_of: str, time: str | None, dosed: str, expected: str
) -> None:
    asked = log(as_of, dosed, **({"time": time} if time else {}))
    rule = "elapsed since dose >= 48 h"
    assert state(rule, asked, "participant", participant="P1") == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2027-01-04 08:00", "2027-01-05 07:59", "held"),
        ("2027-01-04 08:00", "2027-01-05 08:00", "open"),
        ("2027-01-04", "2027-01-05", "closed"),
        ("2027-01-04", "2027-01-06", "open"),
        ("2027-01-04", "2027-01-04", "held"),
        ("2027-01-07", "2027-01-04", "open"),  # who comes later does not matter
        ("2027-01-04", "", "open"),
        ("2027-01-10", "", "closed"),
        ("", "2027-01-04", "open"),
    ],
)
def test_a_gap_to_everybody_before(first: str, second: str, expected: str) -> None:
    rule = "gap between dose of participants in this cohort >= 24 h"
    asked = log("2027-01-10", first, second)
    assert state(rule, asked, "participant", participant="P2") == expected


def test_who_may_be_the_first() -> None:
    rule = (
        "every participant in first 1 participants given dose in cohort a "
        "satisfies elapsed since dose >= 7 days"
    )
    assert state(rule, log("2027-01-11", "2027-01-04", "2027-01-05")) == "open"
    assert state(rule, log("2027-01-10", "2027-01-04", "2027-01-05")) == "closed"
    same_day = log("2027-01-11", "2027-01-04", "2027-01-04 10:00")
    found = gates(rule).ask("g", {**same_day, "as_of": "2027-01-10"})
    assert [text[:2] for text in found["missing"]] == ["P1", "P2"]
    assert gates(rule).ask("g", log("2027-01-11"))["missing"] == ["dose of 1 more in cohort a"]


def test_sentinel_participants() -> None:
    rule = "2 participants observed 48 h without dlt then 24 h apart"

    def asked(as_of: str, *days: str, **more: Any) -> str:
        made = log(as_of, *days, **more)
        return state(rule, made, "participant", "sentinel", participant=f"P{len(days)}")

    assert asked("2027-01-04", "2027-01-04", "") == "open"
    assert asked("2027-01-10", "2027-01-04", "2027-01-07", "") == "closed"  # silence
    free: Log = {"absent": "2027-01-09"}
    assert asked("2027-01-10", "2027-01-04", "2027-01-07", "", **free) == "open"
    assert asked("2027-01-09", "2027-01-04", "2027-01-07", "", **free) == "closed"
    happened: Log = {"events": [event("P1", "2027-01-06", grade="g3")]}
    assert asked("2027-01-10", "2027-01-04", "2027-01-07", "", **free, **happened) == "held"


# ---- decisions, stopping


def decided(on: str, decision: str, cohort: str = "a") -> Log:
    return {"gate": "g", "by": "board", "on": on, "decision": decision, "cohort": cohort}


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], "closed"),
        ([decided("2027-01-10", "open")], "open"),
        ([decided("2027-01-11", "open")], "closed"),
        ([decided("2027-01-09", "open", "b")], "closed"),
        ([decided("2027-01-09", "open"), decided("2027-01-10", "hold")], "held"),
        ([decided("2027-01-10", "open"), decided("2027-01-09", "hold")], "open"),
        ([decided("2027-01-10", "hold"), decided("2027-01-10", "open")], "held"),
    ],
)
def test_the_latest_decision_counts(decisions: list[Log], expected: str) -> None:
    asked = log("2027-01-10", decisions=decisions)
    assert state("decided by board", asked, "cohort", cohort="a") == expected


@pytest.mark.parametrize(
    ("rule", "given", "as_of", "expected"),
    [
        ("count of participants in trial given dose >= 2", 1, "2027-01-10", "open"),
        ("count of participants in trial given dose >= 2", 2, "2027-01-10", "held"),
        ("as_of >= 2027-01-10", 0, "2027-01-09", "open"),
        ("as_of >= 2027-01-10", 0, "2027-01-10", "held"),
        ("as_of > 2027-01-10", 0, "2027-01-10", "open"),
        ("at least 2 of { a: as_of >= 2027-01-10  b: as_of >= 2027-01-11  "
         "c: count of participants in trial given dose >= 2 }", 1, "2027-01-10", "open"),
        ("at least 2 of { a: as_of >= 2027-01-10  b: as_of >= 2027-01-11  "
         "c: count of participants in trial given dose >= 2 }", 2, "2027-01-10", "held"),
        ("none of { a: as_of >= 2027-01-10 }", 0, "2027-01-09", "held"),
        ("none of { a: as_of >= 2027-01-10 }", 0, "2027-01-10", "open"),
        ("as_of >= 2027-01-10 or count of participants in trial given dose >= 2", 1, "2027-01-09",
         "open"),
        ("as_of >= 2027-01-10 or count of participants in trial given dose >= 2", 2, "2027-01-09",
         "held"),
    ],
)  # fmt: skip
def test_a_stopping_rule_is_met_or_the_trial_goes_on(
    rule: str, given: int, as_of: str, expected: str
) -> None:
    asked = log(as_of, *["2027-01-04"] * given)
    assert state(rule, asked, opens="stops when") == expected


# ---- a decision follows what stands beside it


@pytest.mark.parametrize(
    ("decided", "expected"),
    [("2027-02-10", "closed"), ("2027-02-11", "open"), ("2027-02-12", "open")],
)
@pytest.mark.parametrize("last", ["2027-02-11", "2027-03-01"])
def test_a_decision_is_not_older_than_what_it_follows(
    decided: str, expected: str, last: str
) -> None:
    """Dosed on 14 January, 28 days end on 11 February; attested that day or later."""
    rule = (
        "decided by board and every participant in trial satisfies no dlt within 28 days after dose"
    )
    made = [{"gate": "g", "by": "board", "on": decided, "decision": "open"}]
    asked = log("2027-03-02", "2027-01-14", absent=last, decisions=made)
    assert state(rule, asked) == expected
    if expected == "closed":
        assert gates(rule).ask("g", asked)["missing"] == [
            f"the decision of board on g of {decided} is older than what it must follow: a new one "
            "is needed"
        ]


def test_to_hold_needs_nothing_before_it() -> None:
    rule = "decided by board and count of participants in trial given dose >= 2"
    made = [{"gate": "g", "by": "board", "on": "2027-01-04", "decision": "hold"}]
    assert state(rule, log("2027-01-10", "2027-01-04", "2027-01-05", decisions=made)) == "held"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("decided by board", "open"),
        ("decided by board and as_of >= 2027-01-08", "open"),
        ("not decided by board and count of participants in trial given dose >= 2", "held"),
        ("decided by board and count of participants in trial given dose >= 1", "open"),
        ("decided by board and count of participants in trial given dose >= 2", "closed"),
        (
            "all of { a: count of participants in trial given dose >= 2 "
            "b: any of { c: decided by board d: decided by board } }",
            "closed",
        ),
        (
            "any of { a: count of participants in trial given dose >= 2 and as_of < 2027-01-01 "
            "b: decided by board }",
            "open",
        ),
    ],
)
def test_what_a_decision_follows(rule: str, expected: str) -> None:
    """Decided on 4 January, when the first of two was dosed. What day it is, is no evidence."""
    made = [{"gate": "g", "by": "board", "on": "2027-01-04", "decision": "open"}]
    asked = log("2027-01-10", "2027-01-04", "2027-01-05", decisions=made)
    assert state(rule, asked) == expected
