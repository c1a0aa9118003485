"""Estimands, interim analyses, stopping rules, replacement."""

from __future__ import annotations

from typing import Any

import pytest

FRAME = """
role board "Board"
objective o primary "Objective"
endpoint e primary "Endpoint" { objective: o measure: not stated }
event relapse "Relapse" { reports kind "Kind" {mild, severe} counts when event.kind = severe }
intervention drug "Drug" { type: drug }
visit V1 "V1" anchor
arm x "X" experimental { give drug as dose_1 at V1 }
arm y "Y" experimental { give drug as dose_1 at V1 }
"""
ESTIMAND = {
    "endpoint": "e",
    "population": '"All"',
    "treatment": "x, y",
    "intercurrent_event": '"Death" by composite',
    "summary": '"Difference"',
}


def estimand(**changed: str) -> str:
    fields = {**ESTIMAND, **changed}
    body = " ".join(f"{name}: {text}" for name, text in fields.items() if text)
    return f'{FRAME}estimand q "Q" {{ {body} }}\n'


def test_the_five_attributes(small: Any) -> None:
    text = estimand(intercurrent_event='"Rescue" by treatment_policy, "Death" by hypothetical')
    (made,) = small(text).protocol.estimands
    assert (made.endpoint, made.population, made.arms, made.treatment, made.summary) == (
        "e", "All", ("x", "y"), "", "Difference",
    )  # fmt: skip
    assert [(one.event, one.strategy) for one in made.intercurrent_events] == [
        ("Rescue", "treatment_policy"),
        ("Death", "hypothetical"),
    ]


def test_what_is_not_stated(small: Any) -> None:
    silent = dict.fromkeys(
        ("population", "treatment", "intercurrent_event", "summary"), "not stated"
    )
    (made,) = small(estimand(**silent)).protocol.estimands
    assert (made.population, made.arms, made.treatment, made.summary) == ("", (), "", "")
    assert made.intercurrent_events == ()


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"endpoint": ""}, ["E0306"]),
        ({"population": ""}, ["E0306"]),
        ({"treatment": ""}, ["E0306"]),
        ({"intercurrent_event": ""}, ["E0306"]),
        ({"summary": ""}, ["E0306"]),
        ({"intercurrent_event": "none"}, []),
        ({"treatment": '"As assigned"'}, []),
        ({"treatment": "z"}, ["E0302"]),
        ({"endpoint": "o"}, ["E0303"]),
        ({"population": "everybody"}, ["E0307"]),
        ({"intercurrent_event": '"Death" by intention'}, ["E0405"]),
        ({"intercurrent_event": '"Death" in composite'}, ["E0307"]),
        ({"intercurrent_event": '"Death"'}, ["E0307"]),
        ({"intercurrent_event": "death by composite"}, ["E0307"]),
        ({"intercurrent_event": '"Death" by composite, "Death" by composite'}, ["E0597"]),
    ],
)
def test_what_estimands_cannot_say(small: Any, changed: dict[str, str], codes: list[str]) -> None:
    assert small(estimand(**changed)).codes == codes


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("50 % of participants completed V1", (50.0, "share", "completed", "V1")),
        ("60 participants completed V1", (60.0, "participants", "completed", "V1")),
        ("60 participants randomized", (60.0, "participants", "randomised", "")),
        ("60 participants enrolled", (60.0, "participants", "enrolled", "")),
        ("12.5 % of participants given dose_1", (12.5, "share", "given", "dose_1")),
        ("120 events of relapse", (120.0, "events", "", "relapse")),
        ("100 % of participants randomised", (100.0, "share", "randomised", "")),
    ],
)
def test_when_an_interim_analysis_is_due(small: Any, due: str, expected: object) -> None:
    (made,) = small(f'{FRAME}interim i "I" when {due} {{ by: board }}').protocol.interims
    assert (made.amount, made.of, made.milestone, made.at) == expected
    assert made.by == "board"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('interim i "I" when 101 % of participants randomised', "E0598"),
        ('interim i "I" when 0 % of participants randomised', "E0598"),
        ('interim i "I" when 0 participants randomised', "E0598"),
        ('interim i "I" when 50 kg of participants randomised', "E0598"),
        ('interim i "I" when 50 % of participants completed', "E0598"),
        ('interim i "I" when 50 % of participants randomised V1', "E0598"),
        ('interim i "I" when 50 % of participants completed V9', "E0302"),
        ('interim i "I" when 50 % of participants given dose_9', "E0302"),
        ('interim i "I" when 50 % of relapse', "E0598"),
        ('interim i "I" when 50 events of x', "E0303"),
        ('interim i "I" when 2.5 events of relapse', "E0416"),
        ('interim i "I" when 5 events of relapse { purpose: fun }', "E0405"),
        ('interim i "I" when 5 events of relapse { by: nobody }', "E0302"),
        ('stopping s "S" { action: stop scope: trial }', "E0306"),
        ('stopping s "S" { when: "harm" scope: trial }', "E0306"),
        ('stopping s "S" { when: "harm" action: explode scope: trial }', "E0405"),
        ('stopping s "S" { when: "harm" action: stop scope: world }', "E0405"),
    ],
)
def test_what_plans_cannot_say(small: Any, text: str, code: str) -> None:
    assert code in small(FRAME + text).codes


@pytest.mark.parametrize(
    ("text", "cases", "most"),
    [
        ("none", [], None),
        ("withdrawn before V1, up to 4", [("withdrawn", "V1")], 4),
        ("withdrawn before V1, any", [("withdrawn", "V1"), ("any", "")], None),
        ("up to 4, ineligible", [("ineligible", "")], 4),
    ],
)
def test_replacement(whole: Any, text: str, cases: list[object], most: int | None) -> None:
    head = f'language 1\nprotocol p {{ title: "P" version: "1" replacement: {text} }}\n'
    found = whole(head + FRAME).protocol.metadata.replacement
    assert [(one.reason, one.before) for one in found.cases] == cases
    assert found.most == most


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("up to 4", "E0307"),
        ("bored", "E0405"),
        ("withdrawn before V9", "E0302"),
        ("withdrawn after V1", "E0307"),
        ("withdrawn, up to 2.5", "E0416"),
        ('"somebody"', "E0307"),
    ],
)
def test_what_replacement_cannot_say(whole: Any, text: str, code: str) -> None:
    head = f'language 1\nprotocol p {{ title: "P" version: "1" replacement: {text} }}\n'
    assert code in whole(head + FRAME).codes


def test_words_of_plans_stay_names(small: Any) -> None:
    made = small(
        'data estimand "E" : boolean\ndata interim "I" : boolean\ndata stopping "S" : boolean\n'
        'data replacement "R" : boolean\ndata events "V" : boolean\n'
        'inclusion i [1] "I" { require estimand and interim and stopping and replacement '
        "and events }"
    )
    assert made.codes == []


def test_a_stopping_rule_in_words_names_its_gate(small: Any) -> None:
    count = "count of participants in trial with relapse within 28 days after dose_1"
    gates = (
        f'gate g "G" per trial {{ stops when {count} >= 2 }}\n'
        f'gate h "H" per trial {{ guards everything opens when {count} <= 1 otherwise stop }}\n'
    )
    rule = 'stopping s "S" { when: "harm" action: stop scope: trial gate: g }\n'
    made = small(FRAME + gates + rule)
    assert [fault for fault in made.found if fault.is_error] == []
    assert made.made is not None
    assert made.made.stopping_rules[0].gate == "g"
    for gate, code in (("h", "E0557"), ("no_gate", "E0302"), ("V1", "E0303")):
        wrong = small(FRAME + gates + rule.replace("gate: g", f"gate: {gate}"))
        assert [fault.kind.code for fault in wrong.found if fault.is_error] == [code]
