"""Arms that participants enter after an event, and who is masked by then."""

from __future__ import annotations

import pytest

from trialc.graph.invariants import INVARIANTS
from trialc.graph.study import Study
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse

from .conftest import study_of

TEXT = """\
language 1
protocol small { title: "Small" version: "1" }
role subject "Participant"
intervention drug "Drug" { type: drug route: oral form: tablet }
intervention placebo "Placebo" { type: placebo route: oral form: tablet }
visit D1 "Day 1" anchor
visit X1 "Crossover" at "progression" + 21 days for later
visit W9 "Week 9" at D1 + 9 weeks
arm active "Active" experimental { give drug as tablets at D1 }
arm control "Control" placebo_comparator { give placebo as tablets at D1 }
arm later "Later" experimental {
  entered from control at X1 when "progression"
  give drug as open_tablets at X1
}
randomisation main "Randomisation" { ratio: active 1, control 1 at: D1 }
masking double "Double" {
  masked: subject
  unblinded when "progression"
}
activity dosing "Dosing" at D1 { does: randomisation gives: tablets }
activity crossing "Crossover" at X1 { gives: open_tablets }
activity care "Care" at W9 { note: "None." }
"""
UNBLINDED = '  unblinded when "progression"\n'
ENTERED = 'entered from control at X1 when "progression"'
SECOND = """
arm c "C" experimental { give drug as more at W9 }
arm d "D" placebo_comparator { give placebo as more at W9 }
randomisation second "Second" { ratio: c 1, d 1 at: W9 }
activity again "Again" at W9 { does: randomisation gives: more }
"""


def errors(*changes: str, more: str = "") -> list[tuple[str, str]]:
    text = TEXT
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    study = study_of(text + more)
    found = (one for check in INVARIANTS for one in check(study)[1] if one.is_error)
    return [(one.kind.code, one.message) for one in found]


def test_crossover_after_unblinding() -> None:
    assert errors() == []


def test_who_is_still_masked_could_tell_the_arm() -> None:
    told = [
        (
            "E0517",
            "participants enter arm `later`, and those of arm `active` do not: a masked `subject` "
            "can tell the arm from it",
        )
    ]
    assert errors(UNBLINDED, "") == told
    assert errors(UNBLINDED, '  unblinded when "something else"\n') == told
    assert errors(ENTERED, "entered from control at X1") == told


def test_an_extension_of_all_arms_tells_nothing() -> None:
    assert errors(UNBLINDED, "", ENTERED, "entered from control, active at X1") == []


def test_arms_that_are_entered_masked_look_the_same() -> None:
    more = """
arm again "Again" experimental {
  entered from active at X1
  give placebo as open_tablets at X1
}
"""
    visit = ("+ 21 days for later", "+ 21 days", UNBLINDED, "")
    assert errors(*visit, more=more) == []
    other = more.replace("give placebo as open_tablets", "give placebo as other_tablets")
    more_given = ("gives: open_tablets", "gives: open_tablets, other_tablets")
    assert {code for code, _ in errors(*visit, *more_given, more=other)} == {"E0517"}


def test_who_enters_after_unblinding_stays_unblinded() -> None:
    more = """
arm third "Third" experimental {
  entered from later at X1
  give placebo as third_tablets at X1
}
"""
    more_given = ("gives: open_tablets", "gives: open_tablets, third_tablets")
    assert errors("for later", "for later, third", *more_given, more=more) == []


def test_arms_of_two_randomisations_are_not_compared() -> None:
    assert errors(more=SECOND) == []
    other = SECOND.replace("give placebo as more", "give placebo as less")
    other = other.replace("gives: more", "gives: more, less")
    assert [code for code, _ in errors(more=other)] == ["E0517", "E0517"]


def test_nobody_is_randomised_into_it() -> None:
    assert [code for code, _ in errors("control 1 at", "control 1, later 1 at")] == ["E0650"]


@pytest.mark.parametrize(
    ("entry", "given", "codes"),
    [("W9", "D1", ["E0652"]), ("W9", "W9", []), ("D1", "W9", [])],
)
def test_nothing_is_given_before(entry: str, given: str, codes: list[str]) -> None:
    changes = (
        ENTERED, f'entered from control at {entry} when "progression"',
        "open_tablets at X1", f"open_tablets at {given}",
        'at X1 { gives: open_tablets', f"at {given} {{ gives: open_tablets",
        'at "progression" + 21 days for later', "at D1 + 12 weeks for later",
    )  # fmt: skip
    more = 'activity visit "Visit" at X1 { note: "None." }\n'
    assert [code for code, _ in errors(*changes, more=more)] == codes


def test_an_arm_that_nobody_enters_is_still_unreachable() -> None:
    assert [code for code, _ in errors(ENTERED, "")][:1] == ["E0504"]


def test_a_circle_is_told_once() -> None:
    text = TEXT.replace(ENTERED, "entered from third at X1") + (
        'arm third "Third" experimental { entered from later at X1 give drug as z at X1 }\n'
    )
    tree, _ = parse(SourceText("t", text))
    found = [one.kind.code for one in resolve(tree, ())[1] if one.is_error]
    assert found == ["E0651"]


def test_everybody_was_given_the_run_in_before() -> None:
    study: Study = study_of(
        TEXT + 'everyone lead "Run-in" { give placebo as run_in at D1 }\n'
        'activity run "Run-in" at D1 { gives: run_in }\n'
    )
    given = {arm.id: [one.occasion for one in arm.gives] for arm in study.protocol.arms}
    assert given["control"] == ["run_in", "tablets"]
    assert given["later"] == ["open_tablets"]


def test_a_gate_may_ask_what_was_given_in_the_arm_before() -> None:
    gate = """
event sae "SAE"
gate ready "Ready" per participant {
  guards give open_tablets
  opens when elapsed since tablets >= 28 days
  otherwise withhold
}
"""
    assert errors(more=gate) == []
    never = gate.replace("since tablets", "since never")
    more = """
arm e "E" experimental { give drug as never at W9 }
randomisation third "Third" { ratio: e 1 at: W9 }
activity again "Again" at W9 { does: randomisation gives: never }
"""
    assert [code for code, _ in errors(more=never + more)] == ["E0508"]


def test_the_population_of_those_who_enter_is_in_time() -> None:
    population = """
population first "First" { kind: entry assessed: D1 }
population crossers "Crossover" { kind: entry assessed: %s }
data ok "OK" : boolean
inclusion one [1] "One" for first { require ok }
inclusion two [2] "Two" for crossers { require ok }
activity review "Review" at D1, W9, W12 { collects: ok does: eligibility }
visit W12 "Week 12" at D1 + 12 weeks
"""
    changes = (
        ENTERED, 'entered from control at W9 when "progression" population: crossers',
        "open_tablets at X1", "open_tablets at W9",
        "at X1 { gives: open_tablets", "at W9 { gives: open_tablets",
        "at: D1 }", "population: first at: D1 }",
        'visit X1 "Crossover" at "progression" + 21 days for later\n', "",
    )  # fmt: skip
    assert errors(*changes, more=population % "W9") == []
    found = errors(*changes, more=population % "W12")
    assert [code for code, _ in found] == ["E0334"]
