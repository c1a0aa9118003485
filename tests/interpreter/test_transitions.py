"""Sets of participants, counts, hours, gaps, decisions: each at, below and above its limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from trialc.interpreter.escalations import Escalations
from trialc.interpreter.gates import Gates
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc_runtime.records import RecordRefused

HEAD = """language 1
protocol small { title: "Small" version: "1" }
role board "Board"
intervention drug "Drug" { type: drug }
level low "100 mg" { dose of drug: 100 mg }
level high "200 mg" { dose of drug: 200 mg }
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


# ---- escalation


def plan() -> Escalations:
    text = f"""{HEAD}escalation plan "Plan" {{
  levels: low, high  start: low  cohort: 3  maximum: 6
  toxicity dlt within 28 days after dose
  table {{
    0 of 3: escalate  1 of 3: expand  2 .. 3 of 3: eliminate
    0 .. 1 of 6: escalate  2 .. 6 of 6: eliminate
  }}
}}
"""
    tree, faults = parse(SourceText("t", text))
    protocol, more = resolve(tree, ())
    assert not [found for found in (*faults, *more) if found.is_error]
    assert protocol is not None
    return Escalations(Gates(protocol), protocol.escalations)


def due(asked: Log) -> tuple[Any, Any, list[str]]:
    found = plan().ask("plan", asked)
    return found["due"], found["to"], found["missing"]


def test_the_step_that_is_due_or_what_it_waits_for() -> None:
    days = ("2027-01-04", "2027-01-05", "2027-01-06")
    free: Log = {"absent": "2027-02-03"}
    assert due(log("2027-02-03", *days, **free)) == ("escalate", "high", [])
    assert due(log("2027-02-02", *days, **free))[0] is None
    missing = due(log("2027-02-03", *days, absent="2027-02-02"))[2]
    assert missing == ["P3: absence of Toxicity through 2027-02-03 is not attested"]
    assert due(log("2027-02-03")) == (None, None, ["dose of 3 more in dose level low"])
    assert due(log("2027-02-03", *days[:2], **free))[2] == ["dose of 1 more in dose level low"]
    one: Log = {"events": [event("P1", "2027-01-10", grade="g3")]}
    assert due(log("2027-02-03", *days, **free, **one)) == ("stay", "low", [])
    two: Log = {"events": [event(who, "2027-01-10", grade="g3") for who in ("P1", "P2")]}
    assert due(log("2027-01-10", *days[:2], **two)) == ("stop", None, [])


@pytest.mark.parametrize(
    ("toxicities", "expected"),
    [(0, ("escalate", "high")), (1, ("escalate", "high")), (2, ("stop", None)), (3, ("stop", None)),
     (7, ("stop", None))],
)  # fmt: skip
def test_a_participant_too_many_hides_no_result(toxicities: int, expected: Any) -> None:
    """Seven at a level of six at most; what an outcome of six says holds of them."""
    days = [f"2027-01-0{number}" for number in range(1, 8)]
    had: Log = {
        "events": [
            event(f"P{number}", "2027-01-20", grade="g3") for number in range(1, toxicities + 1)
        ]
    }
    found = due(log("2027-02-04", *days, absent="2027-02-04", **had))
    assert found == (*expected, [])


def test_a_participant_too_many_leaves_open_what_is_open() -> None:
    days = [f"2027-01-0{number}" for number in range(1, 8)]
    one: Log = {"events": [event("P1", "2027-01-20", grade="g3")]}
    assert due(log("2027-02-03", *days, absent="2027-02-03", **one))[0] is None
    two: Log = {"events": [event(who, "2027-01-20", grade="g3") for who in ("P1", "P7")]}
    assert due(log("2027-01-20", *days, **two)) == ("stop", None, [])


def placed(*days: tuple[str, str], toxic: Sequence[tuple[str, str]] = ()) -> list[str]:
    """The faults of a log of participants with a level and a day of the dose each."""
    asked = log("2027-12-31", *(day for _, day in days))
    for person, (level, _) in zip(asked["participants"], days, strict=True):
        person["level"] = level
    asked["events"] = [event(who, on, grade="g3") for who, on in toxic]
    try:
        plan().ask("plan", asked)
    except RecordRefused as refused:
        return [str(fault) for fault in refused.faults]
    return []


def test_a_level_that_was_skipped_is_a_fault_of_the_log() -> None:
    """Told of everybody, with participant and level; nobody is before himself."""
    skipped = placed(("high", "2027-01-04"), ("low", "2027-01-05"), ("high", "2027-01-05"),
                     ("high", "2027-01-03"))  # fmt: skip
    words = "dose was given at dose level high on"
    assert skipped == [
        f"participants[{at}].level: P{at + 1}: {words} {on}, and to nobody at dose level low before"
        for at, on in ((0, "2027-01-04"), (3, "2027-01-03"))
    ]


TOXIC = (("P1", "2027-01-10"), ("P2", "2027-01-12"))
COHORT = tuple(("low", f"2027-01-0{day}") for day in (4, 5, 6))


@pytest.mark.parametrize(
    ("day", "level", "is_fault"),
    [("2027-01-11", "high", False), ("2027-01-12", "high", False), ("2027-01-13", "high", True),
     ("2027-01-13", "low", True), ("2027-01-12", "low", False)],
)  # fmt: skip
def test_who_is_treated_at_an_eliminated_level(day: str, level: str, is_fault: bool) -> None:
    """The second toxicity, of 12 January, closes the low level and all above it from the 13th."""
    fault = (
        f"participants[3].level: P4: dose was given at dose level {level} on {day}, "
        "after low was eliminated: 2 of 3 had Toxicity"
    )
    assert placed(*COHORT, (level, day), toxic=TOXIC) == [fault] * is_fault


def test_the_third_of_a_cohort_is_no_fault() -> None:
    """A cohort that is not whole closes nothing: its last participant may be on the way."""
    assert not placed(*COHORT[:2], ("low", "2027-01-13"), toxic=TOXIC)


def declared(asked: Log) -> tuple[str, list[str]]:
    """The state of a gate that waits for the escalation, and what it waits for."""
    text = f"""{HEAD}escalation plan "Plan" {{
  levels: low  start: low  cohort: 3  maximum: 3
  toxicity dlt within 28 days after dose
  table {{ 0 .. 1 of 3: declare MTD  2 .. 3 of 3: stop }}
}}
gate g "G" per trial {{ guards everything  opens when plan has declared MTD }}
"""
    tree, faults = parse(SourceText("t", text))
    protocol, more = resolve(tree, ())
    assert not [found for found in (*faults, *more) if found.is_error]
    assert protocol is not None
    found = Gates(protocol).ask("g", asked)
    return found["state"], found["missing"]


def test_a_gate_waits_until_the_escalation_has_declared_a_dose() -> None:
    days = ("2027-01-04", "2027-01-05", "2027-01-06")
    assert declared(log("2027-02-03", *days, absent="2027-02-03")) == ("open", [])
    waits = "P3: Toxicity can occur until 2027-02-03"
    assert declared(log("2027-02-01", *days, absent="2027-02-01"))[1][-1] == waits
    assert declared(log("2027-02-03"))[0] == "closed"
    two: Log = {"events": [event(who, "2027-01-10", grade="g3") for who in ("P1", "P2")]}
    assert declared(log("2027-01-10", *days, **two)) == ("held", [])
    wrong = log("2027-01-10", *days[:1])
    wrong["participants"][0]["level"] = "high"  # of no escalation: nobody was treated in it
    assert declared(wrong) == ("closed", ["dose of 3 more in dose level low"])
