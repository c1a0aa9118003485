"""Gates of the interpreter: the days around every limit, worked out by hand (section 7)."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.interpreter.gates import Gates
from trialc_runtime.records import RecordRefused

from .small import protocol

GATES = """
intervention drug "Drug" {
  type: drug
  route: oral
}
arm only "Only" experimental {
  give drug as dose_1 at M0
}
event sae "Severe event" {
  reports severity "Severity" {mild, severe}
  counts when event.severity = severe
}
gate next "Next block" per block {
  guards randomise in block 2 .. 3
  opens when all of {
    dosed: count of participants in previous block given dose_1 = 2
    seen: every participant in previous block satisfies elapsed since dose_1 >= 1 month
    safe: every participant in previous block satisfies no sae within 1 month after dose_1
  }
  otherwise hold
}
gate second "Second dose" per participant {
  guards give dose_1
  opens when no sae after dose_1
  otherwise withhold
}
visit M0 "Start" anchor
"""


def log(as_of: str, **changes: Any) -> dict[str, Any]:
    """Two participants, given on 4 and 31 January, both without events through February."""
    base: dict[str, Any] = {
        "as_of": as_of,
        "participants": [{"id": "P1", "block": 1}, {"id": "P2", "block": 1}, {"id": "P3"}],
        "given": [
            {"participant": "P1", "occasion": "dose_1", "on": "2027-01-04"},
            {"participant": "P2", "occasion": "dose_1", "on": "2027-01-31"},
        ],
        "events": [],
        "absences": [absence("P1", "2027-02-04"), absence("P2", "2027-02-28")],
    }
    return {**base, **changes}


def absence(who: str, through: str) -> dict[str, str]:
    return {"participant": who, "event": "sae", "through": through, "by": "investigator"}


def event(on: str, **attributes: str) -> dict[str, str]:
    return {"participant": "P1", "event": "sae", "on": on, **attributes}


@pytest.fixture(scope="module")
def gates() -> Gates:
    return Gates(protocol(GATES))


def test_it_opens_on_the_day_that_the_last_month_ends(gates: Gates) -> None:
    found = gates.ask("next", log("2027-02-27"), block=2)
    assert found["state"] == "closed"
    assert found["missing"] == [
        "P2: at least 1 month since dose 1 is reached on 2027-02-28",
        "P2: Severe event can occur until 2027-02-28",
    ]
    assert gates.ask("next", log("2027-02-28"), block=2)["state"] == "open"


def test_silence_is_no_absence_and_nobody_attests_the_future(gates: Gates) -> None:
    late = log("2027-03-01", absences=[absence("P1", "2027-02-04"), absence("P2", "2027-03-02")])
    found = gates.ask("next", late, block=2)
    assert found["missing"] == ["P2: absence of Severe event through 2027-02-28 is not attested"]
    assert gates.ask("next", {**late, "as_of": "2027-03-02"}, block=2)["state"] == "open"


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2027-01-03", "open"),
        ("2027-01-04", "held"),
        ("2027-02-04", "held"),
        ("2027-02-05", "open"),
    ],
)
def test_an_event_counts_on_both_ends_of_the_window(gates: Gates, on: str, state: str) -> None:
    found = gates.ask("next", log("2027-03-08", events=[event(on, severity="severe")]), block=2)
    assert found["state"] == state


def test_why_it_is_held(gates: Gates) -> None:
    held = log("2027-03-08", events=[event("2027-01-10", severity="severe")])
    found = gates.ask("next", held, block=2)["because"]
    assert [node["path"] for node in found["because"]] == ["next.safe"]
    assert found["because"][0]["because"] == [
        {
            "path": "",
            "text": "no Severe event within 1 month after dose 1",
            "truth": False,
            "values": [
                {"input": "dose_1", "value": "2027-01-04"},
                {"input": "sae", "on": "2027-01-10", "severity": "severe"},
            ],
            "because": [],
            "participant": "P1",
        }
    ]


def test_an_event_that_might_count_closes(gates: Gates) -> None:
    found = gates.ask("next", log("2027-03-08", events=[event("2027-01-10")]), block=2)
    assert found["missing"] == ["P1: Severe event of 2027-01-10: severity not reported"]
    mild = log("2027-03-08", events=[event("2027-01-10", severity="mild")])
    assert gates.ask("next", mild, block=2)["state"] == "open"


def test_a_gate_of_one_participant(gates: Gates) -> None:
    attested = log("2027-03-08", absences=[absence("P1", "2027-03-08")])
    assert gates.ask("second", attested, participant="P1")["state"] == "open"
    found = gates.ask("second", attested, participant="P3")
    assert found["missing"] == ["P3: dose 1 has not been given"]


def test_what_cannot_be_asked(gates: Gates) -> None:
    questions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("none", {"block": 2}), ("next", {}), ("second", {}), ("second", {"participant": "P9"}),
        ("second", {"participant": "P1", "block": 1}), ("next", {"participant": "P1", "block": 2}),
        *(("next", {"block": none}) for none in (0, True, 2.0, "2")),
    )  # fmt: skip
    for name, whom in questions:
        with pytest.raises(ValueError, match=r"gate|log|block"):
            gates.ask(name, log("2027-03-08"), **whom)
    twice = [*log(DAY)["given"], {"participant": "P1", "occasion": "dose_1", "on": "2030-01-04"}]
    wrong: tuple[dict[str, Any], ...] = (
        {"participants": [{"id": "P1", "block": 0}]},
        {"given": twice},
        {"given": twice[::-1]},
    )
    for changes in wrong:
        with pytest.raises(RecordRefused):
            gates.ask("next", log(DAY, **changes), block=2)


DAY = "2027-03-08"


def test_an_absence_is_attested_by_whom_the_event_names() -> None:
    by = GATES.replace('"Severe event" {', '"Severe event" {\n  attested by investigator')
    trial = log("2027-03-08", absences=[{**absence("P1", "2027-02-04"), "by": "subject"}])
    assert Gates(protocol(GATES)).ask("next", trial, block=2)["state"] == "closed"
    with pytest.raises(RecordRefused, match=r"absences\[0\].by: `subject` does not attest"):
        Gates(protocol(by)).ask("next", trial, block=2)
