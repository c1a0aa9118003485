"""Gates over a trial log (docs/semantics.md section 7): the days around every limit."""

from __future__ import annotations

from typing import Any

import pytest

from trialc_runtime.gates import GateRule, GateTables, ask_gate
from trialc_runtime.program import Program
from trialc_runtime.records import RecordRefused
from trialc_runtime.trial_log import EventKind, Vocabulary, read_log

SEVERE = ("one_of", "event.severity", ("grade_3", "grade_4"), "severe")
RELATED = ("one_of", "event.related", ("yes",), "related")
TRSAE = EventKind(
    "trsae", "TRSAE", {"severity": ("grade_2", "grade_3", "grade_4"), "related": ("yes", "no")},
    ("junction", "all", 0, (("", SEVERE), ("", RELATED)), "all of"),
)  # fmt: skip
WITHIN = ("no_event", "trsae", "first", 1, "month", "no TRSAE within a month")
NEXT = (
    "junction", "all", 0,
    (
        ("next.given", ("count_given", "previous", "first", 2, "2 had the first")),
        ("next.seen", ("every", "previous", ("since", "first", 1, "month", "1 month"), "observed")),
        ("next.safe", ("every", "previous", WITHIN, "safe")),
    ),
    "all of",
)  # fmt: skip
AFTER = ("no_event", "trsae", "first", 0, "day", "no TRSAE")
TABLES = GateTables(
    Program(inputs=(), criteria=(), roles=("investigator",)),
    (
        GateRule("next", "Next block", "block", NEXT),
        GateRule("second", "Second infusion", "participant", AFTER),
    ),
    (TRSAE,),
    ("first", "second"),
)


def log(as_of: str, **changes: Any) -> dict[str, Any]:
    """Two participants infused on 4 and 31 January, both without events through February."""
    base: dict[str, Any] = {
        "as_of": as_of,
        "participants": [
            {"id": "P1", "block": 1},
            {"id": "P2", "block": 1},
            {"id": "P3", "block": 2},
        ],
        "given": [
            {"participant": "P1", "occasion": "first", "on": "2027-01-04"},
            {"participant": "P2", "occasion": "first", "on": "2027-01-31"},
        ],
        "events": [],
        "absences": [
            {"participant": "P1", "event": "trsae", "through": "2027-02-04", "by": "investigator"},
            {"participant": "P2", "event": "trsae", "through": "2027-02-28", "by": "investigator"},
        ],
    }
    return {**base, **changes}


def event(on: str, who: str = "P1", **attributes: str) -> dict[str, str]:
    return {"participant": who, "event": "trsae", "on": on, **attributes}


GIVEN = {"participant": "P1", "occasion": "first", "on": "2027-01-04"}
ABSENT = {"participant": "P1", "event": "trsae", "through": "2027-02-04", "by": "investigator"}
WORST = {"severity": "grade_3", "related": "yes"}


def state(trial: dict[str, Any], name: str = "next", **whom: Any) -> str:
    found = ask_gate(TABLES, name, trial, **(whom or {"block": 2}))
    assert (found["state"] == "closed") is bool(found["missing"])
    assert (
        found["because"]["truth"] is {"open": True, "held": False, "closed": None}[found["state"]]
    )
    return found["state"]


def test_it_opens_on_the_day_that_the_last_month_ends() -> None:
    assert state(log("2027-02-27")) == "closed"
    assert state(log("2027-02-28")) == "open"


def test_what_is_missing_is_named() -> None:
    missing = ask_gate(TABLES, "next", log("2027-02-27"), block=2)["missing"]
    assert missing == [
        "P2: 1 month is reached on 2027-02-28",
        "P2: TRSAE can occur until 2027-02-28",
    ]


def test_silence_is_not_absence() -> None:
    assert state(log("2027-03-08", absences=[])) == "closed"
    late = log("2027-03-08")["absences"]
    assert (
        state(log("2027-03-08", absences=[late[0], {**late[1], "through": "2027-02-27"}]))
        == "closed"
    )
    assert state(log("2027-03-08", absences=late)) == "open"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2027-01-03", "open"),
        ("2027-01-04", "held"),
        ("2027-02-04", "held"),
        ("2027-02-05", "open"),
    ],
)
def test_an_event_counts_on_both_ends_of_the_window(on: str, expected: str) -> None:
    assert state(log("2027-03-08", events=[event(on, **WORST)])) == expected


def test_an_event_outranks_an_attested_absence_and_an_open_window() -> None:
    assert state(log("2027-01-20", events=[event("2027-01-10", **WORST)])) == "held"


def test_an_event_that_might_count_closes() -> None:
    assert state(log("2027-03-08", events=[event("2027-01-10", severity="grade_4")])) == "closed"
    mild = event("2027-01-10", severity="grade_2")
    assert state(log("2027-03-08", events=[mild])) == "open"


def test_what_is_dated_later_is_not_yet_known() -> None:
    assert state(log("2027-02-28", events=[event("2027-03-01", who="P2", **WORST)])) == "open"
    assert state(log("2027-01-30")) == "closed"


def test_counts() -> None:
    given = log("2027-03-08")["given"]
    assert state(log("2027-03-08", given=given[:1])) == "closed"
    third = [*log("2027-03-08")["participants"][:2], {"id": "P3", "block": 1}]
    more = [*given, {"participant": "P3", "occasion": "first", "on": "2027-01-05"}]
    assert state(log("2027-03-08", participants=third, given=more)) == "held"


def test_an_empty_block_is_unknown() -> None:
    assert state(log("2027-03-08"), block=1) == "closed"
    assert state(log("2027-03-08"), block=9) == "closed"


def test_a_gate_of_one_participant() -> None:
    attested = [
        {"participant": "P1", "event": "trsae", "through": "2027-03-08", "by": "investigator"}
    ]
    now = log("2027-03-08", absences=attested)
    assert state(now, "second", participant="P1") == "open"
    assert state({**now, "as_of": "2027-03-09"}, "second", participant="P1") == "closed"
    assert state(now, "second", participant="P2") == "closed"
    assert state(now, "second", participant="P3") == "closed"
    assert (
        state({**now, "events": [event("2027-03-08", **WORST)]}, "second", participant="P1")
        == "held"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"as_of": "2027-02-30"}, "as_of"),
        ({"participants": [{"id": "P1"}, {"id": "P1"}]}, "participants[1].id"),
        ({"participants": {"P1": 1}}, "participants"),
        ({"participants": ["P1"]}, "participants[0]"),
        ({"participants": [{"id": "P1", "block": True}]}, "participants[0].block"),
        ({"given": [{**GIVEN, "participant": "P9"}]}, "given[0].participant"),
        ({"given": [{**GIVEN, "occasion": "third"}]}, "given[0].occasion"),
        ({"given": [GIVEN, GIVEN]}, "given[1]"),
        ({"events": [{**event("2027-01-04"), "event": "cold"}]}, "events[0].event"),
        ({"events": [event("2027-01-40")]}, "events[0].on"),
        ({"events": [event("2027-01-10", severity="grade_9")]}, "events[0].severity"),
        ({"events": [event("2027-01-10", severe="yes")]}, "events[0]"),
        ({"absences": [{**ABSENT, "by": "nobody"}]}, "absences[0].by"),
        ({"absences": [{**ABSENT, "by": None}]}, "absences[0].by"),
        ({"notes": []}, "log"),
    ],
)  # fmt: skip
def test_faults_of_a_log(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RecordRefused) as refused:
        ask_gate(TABLES, "next", {**log("2027-03-08"), **changes}, block=2)
    assert field in [fault.field for fault in refused.value.faults]


def test_a_question_that_makes_no_sense() -> None:
    questions: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("nexd", {"block": 2}, "did you mean `next`"),
        ("next", {}, "give `block`"),
        ("second", {}, "give `participant`"),
        ("second", {"participant": "P9"}, "not in the log"),
        ("second", {"participant": "P1", "block": 1}, "leave out `block`"),
        ("next", {"participant": "P1", "block": 2}, "leave out `participant`"),
        *(("next", {"block": none}, "from 1") for none in (0, -1, True, 2.0, "2")),
    )
    for name, whom, words in questions:
        with pytest.raises(ValueError, match=words):
            ask_gate(TABLES, name, log("2027-03-08"), **whom)
    with pytest.raises(RecordRefused):
        ask_gate(TABLES, "next", [], block=2)


# ---- the order of occasions

ORDERED = ("a", "b", "c")
STRICTLY = (("b", (("a", False),)), ("c", (("b", True),)))


def ordered(orders: Any = STRICTLY, as_of: str = "2027-03-08", **days: str) -> str:
    """What is wrong with a log in which P1 was given these occasions, in this order of entries."""
    given = [{"participant": "P1", "occasion": o, "on": on} for o, on in days.items()]
    trial = {"as_of": as_of, "participants": [{"id": "P1"}], "given": given}
    try:
        read_log(trial, Vocabulary({}, ORDERED, (), orders))
    except RecordRefused as refusal:
        return "; ".join(f"{fault.field}: {fault.message}" for fault in refusal.faults)
    return ""


def test_occasions_are_given_in_the_order_of_the_schedule() -> None:
    assert ordered(a="2027-01-04", b="2027-01-05", c="2027-01-05") == ""
    assert ordered(b="2027-01-05", a="2027-01-04") == ""
    assert ordered(a="2027-01-04", b="2027-01-03") == (
        "given[1].on: must be after 2027-01-04, when `a` was given, which comes first"
    )
    assert ordered((), a="2027-01-04", b="2027-01-03") == ""


def test_one_day_only_where_the_schedule_allows_it() -> None:
    assert ordered(b="2027-01-04", a="2027-01-04").startswith("given[0].on: must be after")
    assert ordered(b="2027-01-04", c="2027-01-04") == ""
    assert ordered(b="2027-01-04", c="2027-01-03") == (
        "given[1].on: must not be before 2027-01-04, when `b` was given, which comes first"
    )


def test_what_was_left_out_keeps_the_others_in_order() -> None:
    assert ordered(a="2027-01-04", c="2027-01-05") == ""
    assert ordered(a="2027-01-04", c="2027-01-04").startswith("given[1].on: must be after")
    assert ordered(b="2027-01-04") == ""
    assert ordered(c="2027-01-04") == ""


def test_the_order_holds_of_each_participant_and_of_what_is_not_yet_known() -> None:
    assert ordered(as_of="2026-12-31", a="2027-01-04", b="2027-01-03").startswith("given[1].on")
    given = [
        {"participant": "P1", "occasion": "a", "on": "2027-01-04"},
        {"participant": "P2", "occasion": "b", "on": "2027-01-03"},
    ]
    people = [{"id": "P1"}, {"id": "P2"}]
    trial = {"as_of": "2027-03-08", "participants": people, "given": given}
    assert len(read_log(trial, Vocabulary({}, ORDERED, (), STRICTLY)).given) == 2


# ---- who attests


def attested(kind: EventKind, by: str) -> str:
    """What is wrong with an absence that a role attests."""
    trial = {
        "as_of": "2027-03-08",
        "participants": [{"id": "P1"}],
        "absences": [ABSENT | {"by": by}],
    }
    try:
        roles = ("subject", "investigator", "pharmacist")
        read_log(trial, Vocabulary({"trsae": kind}, (), roles))
    except RecordRefused as refusal:
        return "; ".join(f"{fault.field}: {fault.message}" for fault in refusal.faults)
    return ""


def test_an_absence_is_attested_by_whom_the_event_names() -> None:
    kind = EventKind("trsae", "TRSAE", {}, (), ("investigator", "pharmacist"))
    assert attested(kind, "investigator") == attested(kind, "pharmacist") == ""
    assert attested(kind, "subject") == (
        "absences[0].by: `subject` does not attest the absence of `trsae`: it is attested by "
        "investigator or pharmacist"
    )
    assert attested(kind, "nobody").startswith("absences[0].by: `nobody` is not known")
    assert attested(EventKind("trsae", "TRSAE", {}, ()), "subject") == ""
