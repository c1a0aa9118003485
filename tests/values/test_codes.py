"""Titles of codes, and several measurements that are yes or no, or a choice."""

from __future__ import annotations

from typing import Any

import pytest
from tests.values.engines import codes, excluding, outcome, resolved, screened, whole, words

from trialc.emitters.patient_schema import record_schema
from trialc.lowering.program import program_of
from trialc.source import SourceText
from trialc.syntax.to_text import format_text

RA = 'data ra "Serology" : choice {positive "Seropositive (RF or ACPA)", negative, not_known}\n'
STAGE = 'data stage "Stage" : ordinal {early "Early, I or II", late "Late"}\n'


def test_documents_and_explanations_print_the_title() -> None:
    assert words(RA, "ra = positive") == 'Serology is "Seropositive (RF or ACPA)"'
    assert words(RA, "ra in {negative, not_known}") == "Serology is negative or not known"
    assert words(RA, "ra != positive") == 'Serology is not "Seropositive (RF or ACPA)"'
    assert words(STAGE, "stage >= late") == "Stage is Late"
    found = screened(excluding(STAGE, "stage = early"), stage="early")
    assert found["criteria"][0]["because"]["text"] == 'Stage is "Early, I or II"'
    assert found["criteria"][0]["because"]["values"] == [
        {"input": "stage", "value": "early", "on": "2027-01-04"}
    ]


def test_the_schema_says_what_the_codes_are() -> None:
    made = whole(RA)
    field = record_schema(made, program_of(made))["properties"]["ra"]
    assert field["anyOf"][0] == {"enum": ["positive", "negative", "not_known"]}
    assert "positive: Seropositive (RF or ACPA); negative: negative" in field["description"]


def test_a_choice_without_titles_is_as_it_was() -> None:
    plain = 'data ra "Serology" : choice {positive, negative}\n'
    assert whole(plain).data[-1].option_titles == ()
    assert whole(RA).data[-1].option_titles == ("Seropositive (RF or ACPA)", "", "")


@pytest.mark.parametrize("options", ['a "T", b "T"', 'a "b", b', 'b, a "b"', 'a_b, c "a b"'])
def test_two_codes_never_read_alike(options: str) -> None:
    assert codes(f'data x "X" : choice {{{options}}}') == ["E0341"]


def test_titles_are_laid_out() -> None:
    text = f"language 1\n{RA}"
    assert format_text(SourceText("t", text))[0] == text
    loose = text.replace("{", "{ ").replace(", negative", " ,negative")
    assert format_text(SourceText("t", loose))[0] == text


SCANS = 'data ct "CT" : boolean { measurements: 2 }\n'
SMEARS = 'data smear "Smear" : choice {positive, negative} { measurements: 3 }\n'
NOT_DONE = {"unknown": "not_done"}


@pytest.mark.parametrize(
    ("rule", "first", "second", "expected"),
    [
        ("any of ct", True, None, True),
        ("any of ct", False, None, None),
        ("all of ct", True, True, True),
        ("none of ct", False, False, True),
        ("at least 2 of ct", True, False, False),
        ("any of ct of those done", False, NOT_DONE, False),
        ("any of ct of those done", NOT_DONE, True, True),
        ("any of ct of those done", NOT_DONE, None, None),
        ("all of ct of those done", True, NOT_DONE, True),
        ("any of ct of those done", NOT_DONE, NOT_DONE, False),
    ],
)
def test_yes_or_no(rule: str, first: Any, second: Any, expected: bool | None) -> None:
    assert outcome(SCANS, rule, ct__1=first, ct__2=second) is expected


def test_choices() -> None:
    known = {"smear__1": "positive", "smear__2": "negative", "smear__3": NOT_DONE}
    assert outcome(SMEARS, "at least 2 of smear = positive", **known) is None
    assert outcome(SMEARS, "at least 2 of smear of those done = positive", **known) is False
    assert outcome(SMEARS, "any of smear in {positive}", **known) is True


@pytest.mark.parametrize(
    ("data", "rule", "code", "way_out"),
    [
        (SMEARS, "any of smear", "E0403", "say what is asked of each: `any of smear = positive`"),
        (
            'data q "Q" : quantity [ms] { measurements: 2 }',
            "any of q of those done",
            "E0403",
            "say what is asked of each: `any of q <= ...`",
        ),
        ('data b "B" : boolean', "any of b", "E0449", "say how often it is measured: "),
        (
            'data psa "P" : quantity [ng/mL]\ndata psa0 "B" : quantity [ng/mL]',
            "psa falls by more than 30 % from psa0",
            "E0340",
            "give `psa0` a `range` above zero, or compare with a fixed amount",
        ),
    ],
)
def test_the_way_out(data: str, rule: str, code: str, way_out: str) -> None:
    (found,) = resolved(excluding(data, rule))[1]
    assert found.kind.code == code
    assert found.help.startswith(way_out)
