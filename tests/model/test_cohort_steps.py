"""What a trial test says of a whole cohort is said of each of its participants."""

from __future__ import annotations

from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse

TEXT = """language 1
protocol small { title: "Small" version: "1" }
role board "Board"
intervention drug "Drug" { type: drug }
visit D1 "Day 1" anchor
arm only "Only" experimental { give drug as dose at D1 }
event dlt "Toxicity" { reports grade "Grade" {g2, g3} counts when event.grade = g3 }
population second "Second" { kind: cohort }
gate g "G" per trial {
  guards everything
  opens when every participant in cohort second satisfies no dlt within 7 days after dose
}
trial test t "T" {
  given cohort first of 2 participants with dose from 2027-01-04 every 1 day
  given cohort second of 2 participants with dose from 2027-01-04 every 1 day
  when no dlt in cohort second through 2027-01-12
  when dlt in cohort first on 2027-01-06 { grade: g3 }
  expect g open on 2027-01-12
}
"""


def test_a_step_in_a_cohort_is_spelled_out() -> None:
    tree, faults = parse(SourceText("t", TEXT))
    protocol, more = resolve(tree, ())
    assert not [found for found in (*faults, *more) if found.is_error]
    assert protocol is not None
    steps = [(step.step, step.participant) for step in protocol.trial_tests[0].steps]
    assert steps == [("absence", 3), ("absence", 4), ("event", 1), ("event", 2)]
