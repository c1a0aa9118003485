"""Steps of doses, modifications after events, and what everybody is given."""

from __future__ import annotations

import pytest

TRIAL = """\
language 1
protocol small { title: "Small" version: "1" }
event toxicity "Toxicity" {
  reports grade "Grade" {grade_1, grade_2, grade_3, grade_4}
  reports related "Related" {yes_related, unrelated}
  counts when event.grade in {grade_2, grade_3, grade_4}
}
intervention drug "Drug" { type: drug route: oral form: tablet steps: 15 mg, 30 mg }
intervention placebo "Placebo" { type: placebo route: oral form: tablet steps: 15 mg, 30 mg }
modification liver "Liver" {
  intervention: drug, placebo
  event: toxicity
  actions: unique of {
    severe: stop when event.grade = grade_4
    moderate: hold_and_reduce when event.grade = grade_3
    mild: continue when event.grade = grade_2
  }
}
everyone lead_in "Run-in" { give placebo as run_in at V1 for 14 days }
visit V1 "Visit 1" anchor
visit V2 "Visit 2" at V1 + 14 days
arm x "X" experimental { give drug as tablets at V2 }
arm y "Y" placebo_comparator { give placebo as tablets at V2 }
randomisation r "R" { ratio: x 1, y 1  at: V2 }
inclusion i [1] "I" { assessed: V2 require fit }
judgement fit "Fit" by nurse
role nurse "Nurse"
masking m "M" { masked: nurse }
activity a1 "A1" at V1, V2 { reviews: toxicity }
activity a2 "A2" at V2 { does: eligibility collects: fit }
activity a3 "A3" at V2 { does: randomisation }
activity a4 "A4" at V1 { gives: run_in }
activity a5 "A5" at V2 { gives: tablets }
"""


def codes(found) -> list[str]:
    return [code for code, _ in found]


def test_a_run_in_comes_before_randomisation_and_review(check) -> None:
    assert check(text=TRIAL) == []


def test_what_an_arm_gives_before_randomisation_is_still_told(check, study) -> None:
    lead_in = 'everyone lead_in "Run-in" { give placebo as run_in at V1 for 14 days }\n'
    own = "give placebo as run_in at V1  give"
    text = TRIAL.replace(lead_in, "").replace("{ give drug", f"{{ {own} drug")
    text = text.replace("{ give placebo as tablets", f"{{ {own} placebo as tablets")
    assert set(codes(check(text=text))) == {"E0561", "W0531"}


def test_every_arm_gives_what_everyone_is_given(study) -> None:
    made = study(TRIAL).protocol
    for arm in made.arms:
        assert [(one.occasion, one.everyone) for one in arm.gives] == [
            ("run_in", "lead_in"),
            ("tablets", ""),
        ]
    assert [one.occasion for one in made.everyone[0].gives] == ["run_in"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("mild: continue when event.grade = grade_2", "", "E0590"),
        ("mild: continue when event.grade = grade_2", "mild: continue otherwise", ""),
        ("event.grade = grade_3", "event.grade in {grade_3, grade_4}", "E0591"),
        ("event.grade = grade_2", "event.grade = grade_2 and event.related = unrelated", "E0590"),
        ("event.grade = grade_4\n", "event.grade in {grade_4, grade_1}\n", ""),
        ("mild: continue", "mild: reduce", ""),
    ],
)
def test_gaps_and_overlaps_after_reports(check, old: str, new: str, code: str) -> None:
    assert codes(check(old, new, text=TRIAL)) == ([code] if code else [])


def test_in_first_of_the_order_decides(check) -> None:
    wide = ("event.grade = grade_3", "event.grade in {grade_3, grade_4}")
    assert check("unique of", "first of", *wide, text=TRIAL) == []


def test_reduced_doses_have_steps(check) -> None:
    text = TRIAL.replace(" steps: 15 mg, 30 mg", "")
    assert codes(check(text=text)) == ["E0592", "E0592"]


@pytest.mark.parametrize(
    ("steps", "seen"),
    [
        ("15 mg, 30 mg", []),
        ("10 mg, 20 mg", []),
        ("15 mg, 30 mg, 60 mg", ["E0517"]),
        ('15 mg, 30 mg step_up: every 4 weeks until "better"', ["E0517"]),
        ("1 tablet, 2 tablets", ["E0517"]),
    ],
)
def test_the_rhythm_of_steps_shows(check, steps: str, seen: list[str]) -> None:
    text = TRIAL.replace("placebo route: oral form: tablet steps: 15 mg, 30 mg",
                         f"placebo route: oral form: tablet steps: {steps}")  # fmt: skip
    assert codes(check(text=text)) == seen


def test_placebo_without_steps_may_show(check) -> None:
    text = TRIAL.replace("placebo route: oral form: tablet steps: 15 mg, 30 mg",
                         "placebo route: oral form: tablet")  # fmt: skip
    assert sorted(codes(check(text=text))) == ["E0592", "W0518"]


@pytest.mark.parametrize(("maximum", "above"), [("30 mg", []), ("29 mg", ["E0546"])])
def test_no_step_is_above_the_maximum(check, maximum: str, above: list[str]) -> None:
    text = TRIAL.replace("drug route", f"drug maximum: {maximum} dose: 15 mg route")
    assert codes(check(text=text)) == above


SECOND = """
modification second "Second" {
  intervention: placebo
  event: toxicity
  actions: unique of {
    a: stop when event.grade = grade_4
    b: hold_and_reduce when event.grade = grade_3
    c: continue when event.grade = grade_2
  }
}
"""


def test_masked_people_see_what_becomes_of_a_dose(check) -> None:
    one_sided = TRIAL.replace("intervention: drug, placebo", "intervention: drug")
    assert codes(check(text=one_sided)) == ["E0517"]
    assert codes(check(text=one_sided.replace("masked: nurse", "masked: none"))) == []
    assert check(text=one_sided + SECOND) == []
    other = SECOND.replace("a: stop", "a: hold")
    assert codes(check(text=one_sided + other)) == ["E0517", "E0517"]
