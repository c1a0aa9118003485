"""What a failure means: for good or for now, when to ask again, how often to screen again."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.emitters.document_front import rescreening_words
from trialc.interpreter import screen

TEXT = """
data ill "Ill" : boolean
data lab.hb "Haemoglobin" : quantity [g/dL]
data pregnant "Pregnant" : boolean
data old "Too old" : boolean
exclusion infection [1] "Infection" {
  failure: temporary recheck: "after recovery" exclude when ill
}
exclusion anaemia [2] "Anaemia" {
  failure: temporary recheck: after 1 month exclude when lab.hb < 8.5 g/dL
}
exclusion pregnancy [3] "Pregnancy" { failure: final exclude when pregnant }
exclusion age [4] "Age" { exclude when old }
"""
WELL = {"ill": False, "lab.hb": 8.5, "pregnant": False, "old": False}


def result(small: Any, **changed: Any) -> dict[str, Any]:
    values = {key.replace("__", "."): value for key, value in changed.items()}
    return screen(small(TEXT).protocol, {"as_of": "2027-01-31", **WELL, **values})


def keys(found: dict[str, Any]) -> dict[str, Any]:
    return {key: found[key] for key in ("for_now", "recheck_on", "recheck_when") if key in found}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, {}),
        ({"ill": True}, {"for_now": True, "recheck_when": ["after recovery"]}),
        ({"lab__hb": 8.4}, {"for_now": True, "recheck_on": "2027-02-28"}),
        (
            {"lab__hb": 8.4, "ill": True},
            {"for_now": True, "recheck_on": "2027-02-28", "recheck_when": ["after recovery"]},
        ),
        ({"ill": True, "pregnant": True}, {}),
        ({"ill": True, "old": True}, {}),  # nobody says what that failure means
        ({"ill": True, "pregnant": None}, {"for_now": True, "recheck_when": ["after recovery"]}),
        ({"ill": None}, {}),
    ],
)
def test_only_temporary_failures_are_for_now(
    small: Any, changed: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert keys(result(small, **changed)) == expected


def test_a_criterion_says_what_its_failure_means(small: Any) -> None:
    first, second, third, fourth = result(small, lab__hb=8.4, pregnant=True)["criteria"]
    assert "failure" not in first
    assert (second["failure"], second["recheck"]) == ("temporary", "2027-02-28")
    assert third["failure"] == "final"
    assert "recheck" not in third
    assert "failure" not in fourth


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("no", (0, None)),
        ("once", (1, None)),
        ("twice, after 4 weeks", (2, (4, "week"))),
        ("3 times", (3, None)),
        ("3 times, after 1 month", (3, (1, "month"))),
    ],
)
def test_rescreening(whole: Any, said: str, expected: Any) -> None:
    text = f'language 1\nprotocol p {{ title: "P" version: "1" rescreening: {said} }}\n'
    about = whole(text).protocol.metadata
    length = about.rescreening_after
    assert (about.rescreenings, length and (length.amount, length.unit)) == expected


def test_rescreening_that_the_source_does_not_state(whole: Any) -> None:
    text = 'language 1\nprotocol p { title: "P" version: "1" rescreening: not stated }\n'
    about = whole(text).protocol.metadata
    assert (about.rescreenings, about.rescreening_open) == (None, True)
    assert rescreening_words(about) == "not stated"
    silent = whole(text.replace(" rescreening: not stated", "")).protocol.metadata
    assert (silent.rescreening_open, rescreening_words(silent)) == (False, "")


@pytest.mark.parametrize(
    "said",
    [
        "not",
        "not stated, after 4 weeks",
        "often",
        "no, after 4 weeks",
        "once, 4 weeks",
        "3",
        "after 4 weeks",
    ],
)
def test_what_is_no_rescreening(whole: Any, said: str) -> None:
    text = f'language 1\nprotocol p {{ title: "P" version: "1" rescreening: {said} }}\n'
    assert whole(text).codes == ["E0307"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("failure: temporary recheck: after 28 days", ""),
        ("failure: temporary recheck: after 0 days", "E0417"),
        ("failure: temporary recheck: 28 days", "E0307"),
        ("failure: final recheck: after 28 days", "E0331"),
        ("recheck: after 28 days", "E0331"),
        ("failure: passing", "E0405"),
    ],
)
def test_mistakes(small: Any, said: str, code: str) -> None:
    text = f'data ill "Ill" : boolean\nexclusion x [1] "X" {{ {said} exclude when ill }}\n'
    assert code in ("", *small(text).codes)
    assert bool(code) == bool(small(text).codes)


def test_what_to_write_in_place_of_a_second_recheck(small: Any) -> None:
    text = TEXT.replace(
        'recheck: "after recovery"', 'recheck: "after recovery" recheck: after 1 day'
    )
    found = small(text)
    assert found.faults == [("E0305", "recheck")]
    assert "write both into one text" in found.found[0].help
    twice = small(TEXT.replace("failure: final", "failure: final failure: temporary"))
    assert "make two criteria of it" in twice.found[0].help
