"""A small trial without a fault, and what the invariants say when it is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trialc.diagnostics import Diagnostic
from trialc.graph.from_model import link
from trialc.graph.invariants import INVARIANTS
from trialc.graph.study import Study
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.imports import gather

TRIAL = """\
language 1

protocol trial {
  title: "A trial"
  version: "1"
  enrolment: 12
  allocation: randomised
}

objective safety primary "Safety"
endpoint sae_free primary "No event" { objective: safety  measure: not stated }

role subject "Participant"
role nurse "Nurse"
role pharmacist "Pharmacist"

window recent "Recent" = 28 days

data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL  valid: recent }
data demo.weight "Weight" : quantity [kg] { range: 20 .. 300 kg }
data demo.height "Height" : quantity [m] { range: 1 .. 3 m }
data demo.sex "Sex" : choice {female, male}
data preg.positive "Pregnant" : boolean { applies when demo.sex = female }

judgement fit "Fit" by nurse

derive bmi "Body mass index" [kg/m2] = demo.weight / (demo.height * demo.height)
define thin "Thin" = bmi < 18 kg/m2

inclusion anaemia [1] "Anaemia" { require lab.hb < 11 g/dL }
exclusion weak [1] "Weak" { exclude when any of { thin: thin  unfit: not fit } }
exclusion pregnancy [2] "Pregnancy" { exclude when preg.positive }

intervention drug "Drug" {
  type: biological
  route: intravenous
  dose: 1e6 cell/kg of demo.weight at D0
  vehicle: "saline"
  volume: 50 mL
}
intervention placebo "Placebo" { type: other  route: intravenous  vehicle: "saline"  volume: 50 mL }

arm active "Drug" experimental {
  give drug as dose_1 at D0
  give drug as dose_2 at M1
}
arm control "Placebo" placebo_comparator {
  give placebo as dose_1 at D0
  give placebo as dose_2 at M1
}

randomisation blocks "Blocks of six" {
  blocks: 2 of 6
  ratio: active 3, control 3
  order: successive
  at: D0
}
masking double "Double" {
  masked: subject, nurse
  unmasked: pharmacist
}

event sae "Serious adverse event" {
  reports grade "Grade" {mild, moderate, severe}
  reports related "Related" {unrelated, related}
  counts when event.grade = severe and event.related = related
}

gate next_block "Next block" per block {
  guards randomise in block 2 .. 2
  opens when all of {
    dosed: count of participants in previous block given dose_1 = 6
    over: every participant in previous block satisfies elapsed since dose_1 >= 2 weeks
    safe: every participant in previous block satisfies no sae within 2 weeks after dose_1
  }
  otherwise hold, notify pharmacist
}
gate second "Second dose" per participant {
  guards give dose_2
  opens when no sae within 2 weeks after dose_1
  otherwise withhold
}

visit SCREEN "Screening" at D0 - 14 days window -7 days .. +7 days
visit D0 "Day 0" anchor
visit W2 "Week 2" at D0 + 2 weeks window -3 days .. +3 days
visit M1 "Month 1" at D0 + 1 month window -3 days .. +3 days
visit ET "Early end" unscheduled

activity consenting "Consent" at SCREEN { does: consent }
activity history "History" at SCREEN { collects: demo.sex, demo.height, fit }
activity blood "Blood" at SCREEN, W2 { collects: lab.hb }
activity pregnancy_test "Pregnancy test" at SCREEN {
  collects: preg.positive
  when demo.sex = female
}
activity review "Eligibility" at SCREEN { does: eligibility }
activity weighing "Weight" at SCREEN, D0 { collects: demo.weight }
activity randomising "Randomisation" at D0 { does: randomisation }
activity first "First dose" at D0 { gives: dose_1 }
activity next "Second dose" at M1 { gives: dose_2 }
activity safety_review "Events" at W2, M1, ET { reviews: sae }
"""

Findings = list[tuple[str, str]]


def study_of(text: str, libraries: dict[str, str] | None = None) -> Study:
    """The study of a text that has no other fault."""

    def read(path: str) -> SourceText | None:
        found = (libraries or {}).get(path)
        return None if found is None else SourceText(path, found)

    tree, syntax_faults = parse(SourceText("trial.proto.txt", text))
    gathered, import_faults = gather(tree, read)
    protocol, faults = resolve(tree, gathered)
    errors = [f.message for f in (*syntax_faults, *import_faults, *faults) if f.is_error]
    assert errors == [], errors
    assert protocol is not None
    return link(protocol)


def diagnostics(study: Study) -> list[Diagnostic]:
    """What all invariants say, in the order of the text."""
    found: list[Diagnostic] = []
    for each in INVARIANTS:
        same, more = each(study)
        assert same is study
        found += more
    return sorted(found, key=lambda d: d.order)


def changed(*changes: str, text: str = TRIAL) -> str:
    """The text with replacements, two strings each: what there is, and what to have instead."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def trial() -> str:
    """The text of the trial."""
    return TRIAL


@pytest.fixture
def check() -> Callable[..., Findings]:
    """Codes with the text that each points to, of the trial with some replacements in it."""

    def run(*changes: str, text: str = TRIAL) -> Findings:
        text = changed(*changes, text=text)
        found = diagnostics(study_of(text))
        for each in found:
            assert each.where.file == "trial.proto.txt"
            for related in each.related:
                assert related.where
                assert related.label
        return [(d.kind.code, text[d.where.start : d.where.end]) for d in found]

    return run


@pytest.fixture
def found() -> Callable[..., list[Diagnostic]]:
    """What is found in the trial with some replacements in it."""
    return lambda *changes: diagnostics(study_of(changed(*changes)))


@pytest.fixture
def study() -> Callable[..., Study]:
    """The study of a text, without a check."""
    return study_of


@pytest.fixture
def messages() -> Callable[..., list[str]]:
    """What is said of the trial, or another text, with some replacements in it."""

    def run(*changes: str, text: str = TRIAL) -> list[str]:
        return [d.message for d in diagnostics(study_of(changed(*changes, text=text)))]

    return run
