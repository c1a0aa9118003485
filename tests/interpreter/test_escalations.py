"""The step of an escalation that is due, who is at a wrong level, and gates that wait for it."""

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

from .test_transitions import HEAD, Log, event, log


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
