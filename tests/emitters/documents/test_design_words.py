"""Designs in documents: what a site has to know stands in them, in words."""

from __future__ import annotations

import re

from trialc.emitters import document
from trialc.pipeline import compile_protocol
from trialc.source import SourceText

CROSSOVER = """language 1
protocol p { title: "P" version: "1" }
intervention a "Drug A" { type: drug route: oral dose: 5 mg frequency: once daily half_life: 9 h }
intervention b "Drug B" { type: drug route: oral }
visit D1 "Day 1" anchor
visit D7 "Day 7" at D1 + 6 days
visit D15 "Day 15" at D1 + 14 days
period p1 "First period" from D1 to D7
period p2 "Second period" at D15 { washout: 3 .. 14 days }
sequence ab "A, then B" experimental { give a in p1  give b in p2 }
sequence ba "B, then both" experimental { give b in p1  give a 10 mg, b in p2 }
randomisation r "R" { ratio: ab 1, ba 2  at: D1 }
activity dosing "Dosing" at D1 { gives: p1 }
"""


def pages(text: str) -> dict[str, str]:
    made = compile_protocol(SourceText("p.proto.txt", text), lambda _: None, lambda: 0.0)
    assert made.study is not None
    errors = [found.message for found in made.diagnostics if found.is_error]
    assert errors == []
    return {page.path: page.text.replace("\\", "") for page in document.emit(made.study)}


def test_the_table_of_sequences_by_periods() -> None:
    page = pages(CROSSOVER)["protocol.md"]
    start = page.index("| Sequence |")
    assert page[start:].split("\n\n")[0].splitlines() == [
        "| Sequence | Type | Share | First period (D1 to D7) | Second period (at D15) |",
        "|---|---|---|---|---|",
        "| A, then B | Experimental | 1 of 3 | Drug A, 5 mg, once daily, for 7 days | Drug B |",
        "| B, then both | Experimental | 2 of 3 | Drug B, for 7 days | "
        "Drug A, 10 mg, once daily; Drug B |",
        "| Washout before it | | | – | 3 to 14 days |",
    ]
    assert "| Arm | Type |" not in page
    assert "**Half-life**: 9 h" in page
    assert "Washout: 3 to 14 days before Second period." in page
    assert "Here is given: First period." in page


def test_html_says_the_same() -> None:
    page = pages(CROSSOVER)["protocol.html"]
    for words in ("What each sequence gives in each period", "3 to 14 days", "Washout before it"):
        assert words in page


def test_an_arm_beside_sequences_has_a_table_of_its_own() -> None:
    arm = 'arm c "Parallel" active_comparator { give b as tablets at D1 }\n'
    page = pages(CROSSOVER.replace("ba 2", "ba 2, c 1") + arm)["protocol.md"]
    assert "| Arm | Type |" in page
    assert "| Parallel | Active comparator | 1 of 4 | Drug B |" in page


def test_the_picture_draws_a_period_from_its_first_visit_to_its_last() -> None:
    page = pages(CROSSOVER)["protocol.html"]
    picture = page[page.index("<svg") : page.index("</svg>")]
    assert "Sequences" in picture
    boxes = [
        (float(x), float(width))
        for x, width in re.findall(r'<rect x="([\d.]+)"[^>]* width="([\d.]+)"', picture)
    ]
    long = [(x, width) for x, width in boxes if width > 221 and x > 200]
    assert len(long) == 2  # the first period of both
    assert all(x >= 232 and x + width <= 740 for x, width in long)


CHANGING = """language 1
protocol p { title: "P" version: "1" }
event toxicity "Toxicity" {
  reports grade "Grade" {grade_3, grade_4}
  counts when event.grade in {grade_3, grade_4}
}
intervention drug "Drug" {
  type: drug steps: 15 mg, 30 mg step_up: every 4 weeks until "better" step_down: when "worse"
}
data demo.weight "Weight" : quantity [kg] { range: 2 .. 99 kg }
intervention syrup "Syrup" {
  type: drug
  dose: first of { small: 5 mL when demo.weight < 15 kg  large: 10 mL otherwise }
  rounded: to 1 mL
  maximum: 10 mL
}
modification liver "Liver" {
  intervention: drug
  event: toxicity
  actions: first of { severe: stop when event.grade = grade_4  other_cases: reduce otherwise }
}
everyone lead_in "Run-in for all" { give syrup as run_in at V1 for 14 days }
visit V1 "Visit 1" anchor
visit V2 "Visit 2" at V1 + 14 days
arm x "X" experimental { give drug as tablets at V2 }
activity weighing "Weight" at V1 { collects: demo.weight gives: run_in }
"""


def test_doses_that_change() -> None:
    page = pages(CHANGING)["protocol.md"]
    assert "- **Steps**: 15 mg, 30 mg" in page
    assert "- **Step up**: every 4 weeks, until better" in page
    assert "- **Step down**: when worse" in page
    assert "- **Dose**: 5 mL when Weight < 15 kg; 10 mL otherwise" in page
    assert "- **Rounding and maximum**: rounded to a multiple of 1 mL, at most 10 mL" in page
    assert "| Severe | Grade is grade 4 | stop for good |" in page
    assert "| Other cases | otherwise | reduce by one step |" in page
    assert "the protocol text says nothing for: 6.4" not in page
    assert "6.4 Dose modification; " not in page


def test_what_everybody_is_given_stands_apart_from_the_arms() -> None:
    page = pages(CHANGING)["protocol.md"]
    assert (
        "- **Run in, at V1**: Syrup, (5 mL when Weight < 15 kg; 10 mL otherwise), "
        "rounded to a multiple of 1 mL, at most 10 mL, for 14 days"
    ) in page
    assert "| Arm | Type | Share | Tablets, at V2 |" in page
    html = pages(CHANGING)["protocol.html"]
    assert "Run-in for all" in html
    assert "reduce by one step" in html


PLANS = """language 1
protocol p { title: "P" version: "1" replacement: withdrawn before V1, any, up to 4 }
role board "Data board"
objective o primary "Objective"
endpoint e primary "Weight" { objective: o measure: not stated }
event relapse "Relapse" { reports kind "Kind" {mild, severe} counts when event.kind = severe }
intervention drug "Drug" { type: drug }
visit V1 "V1" anchor
arm x "Arm X" experimental { give drug as dose_1 at V1 }
estimand q "Question" {
  endpoint: e population: not stated treatment: x summary: "Mean"
  intercurrent_event: "Rescue" by treatment_policy, "Death" by composite
}
interim i1 "Half" when 50 % of participants completed V1 { purpose: sample_size by: board }
interim i2 "Later" when 9 events of relapse { boundary: "Pocock" }
stopping harm "Harm" { when: "two died" action: pause scope: trial by: board gate: safety }
gate safety "Safety gate" per trial {
  stops when count of participants in trial with relapse within 28 days after dose_1 >= 2
}
"""


def test_estimands_interim_analyses_and_stopping() -> None:
    page = pages(PLANS)["protocol.md"]
    assert (
        "| Question | Objective | Arm X | not stated | Weight | Rescue: treatment policy; "
        "Death: composite variable | Mean |"
    ) in page
    assert "- **Due**: when 50 % of participants have completed V1" in page
    assert "- **For**: sample size" in page
    assert "- **Seen by**: Data board" in page
    assert "- **Due**: when 9 events of “Relapse” are there" in page
    assert "- **Boundary**: Pocock" in page
    assert "- **Then**: the trial pauses" in page
    assert "- **Asked by the gate**: Safety gate" in page
    assert (
        "Participants are replaced who are withdrawn before V1 or leave for any reason; at most 4."
    ) in page
    for heading in ("10.9 Interim analyses;", "estimands: treatment, population"):
        assert heading not in page
    html = pages(PLANS)["protocol.html"]
    for words in ("Estimand: Question", "composite variable", "Pocock", "two died", "at most 4"):
        assert words in html
    assert (
        "No participant is replaced."
        in (pages(PLANS.replace("withdrawn before V1, any, up to 4", "none"))["protocol.md"])
    )


def test_whom_a_randomisation_is_of() -> None:
    trial = """language 1
protocol p { title: "P" version: "1" }
population later "Once daily" { kind: entry assessed: V1 }
data ill "Ill" : boolean
exclusion e [1] "Ill" for later { exclude when ill }
intervention drug "Drug" { type: drug }
visit V1 "V1" anchor
arm x "X" experimental { give drug as dose_1 at V1 }
arm y "Y" experimental { give drug as dose_1 at V1 }
randomisation r "R" { ratio: x 1, y 1 at: V1 population: later }
"""
    assert "- **Of**: Once daily" in pages(trial)["protocol.md"]
