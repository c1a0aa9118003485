"""Findings that may be suspected, and the examples that the text lists."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.analyses.registered_text import check_quotes
from trialc.graph.from_model import link
from trialc.interpreter import screen
from trialc.source import SourceText

ILD = 'data ild "ILD" : finding\nexclusion x [1] "X" { exclude when ild >= suspected }\n'


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("absent", "eligible"),
        ("suspected", "ineligible"),
        ("confirmed", "ineligible"),
        (None, "undetermined"),
    ],
)
def test_suspected_or_more(small: Any, value: str | None, verdict: str) -> None:
    record = {"as_of": "2027-01-04", "ild": value}
    assert screen(small(ILD).protocol, record)["verdict"] == verdict


def test_the_words_stay_free(small: Any) -> None:
    text = 'data finding "F" : choice {a, suspected}\ndata includes "I" : boolean\n'
    more = 'exclusion x [1] "X" { exclude when finding = suspected and includes }\n'
    assert small(text + more).codes == []


def test_examples_stand_in_the_text(small: Any) -> None:
    text = (
        'role doctor "Doctor"\n'
        'data ill "Ill" : boolean { includes: "malaria", "acute  hepatitis" }\n'
        'judgement tb "TB" by doctor { includes: "tubercolosis" }\n'
    )
    protocol = small(text).protocol
    registered = SourceText("r", "acute infection (e.g. malaria, acute\nhepatitis, tuberculosis)")
    study = link(protocol, (SourceText("t", ""),), registered)
    _, found = check_quotes(study)
    assert [(item.kind.code, item.where) for item in found] == [
        ("E0601", protocol.judgements[0].where)
    ]
