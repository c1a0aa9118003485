"""The course of a participant in the schedule of activities and in the tables."""

from __future__ import annotations

import csv
import io

import pytest

from trialc.emitters import document, schedule
from trialc.emitters.schedule_matrix import schedule_matrix
from trialc.graph.from_model import link
from trialc.graph.study import Study
from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse

TEXT = """\
language 1
protocol small { title: "Small" version: "1" }
event sae "Serious event" { reports grade "Grade" {a, b}  counts when event.grade = a }
intervention drug "The drug" { type: drug }
arm one "Arm One" experimental { give drug as dose_1 at D0 }
arm two "Arm Two" experimental { give drug as dose_1 at D0 }
visit SCREEN "Screening" before D0
visit D0 "Day 0" anchor { order: binding }
visit W1 "Week 1" at D0 + 1 week window -1 day .. for one
visit FU "Follow-up" at earlier of (last dose + 30 days, "a new therapy")
visit ET "Early end" unscheduled
activity events "Adverse events" from SCREEN to FU { reviews: sae }
activity glucose "Glucose" at D0 every 15 min until "glucose above 70 mg/dL"
activity rescue "Rescue" on "glucose below 50 mg/dL" within 5 min for two
activity levels "Levels" at D0, W1 for one { optional: yes }
"""


@pytest.fixture
def small() -> Study:
    return study_of(TEXT)


def study_of(text: str) -> Study:
    tree, faults = parse(SourceText("t", text))
    protocol, more = resolve(tree, ())
    assert [one.message for one in (*faults, *more)] == []
    assert protocol is not None
    return link(protocol)


def test_the_matrix(small: Study) -> None:
    made = schedule_matrix(small.protocol)
    assert [column.id for column in made.columns] == ["SCREEN", "D0", "W1", "FU", "ET"]
    assert [(row.title, row.cells) for row in made.rows] == [
        ("Adverse events", ("X →", "→", "→", "→ X", "")),
        ("Glucose", ("", "X", "", "", "")),
        ("Rescue", ("", "", "", "", "")),
        ("Levels", ("", "X", "X", "", "")),
    ]
    notes = dict(made.footnotes)
    by_row = {row.title: [notes[mark] for mark in row.notes] for row in made.rows}
    assert by_row["Rescue"] == [
        "Only in these arms: Arm Two.",
        "Done when this happens: glucose below 50 mg/dL, within 5 min.",
    ]
    assert by_row["Glucose"] == ["Repeated every 15 min until glucose above 70 mg/dL."]
    assert by_row["Levels"] == ["Only in these arms: Arm One.", "Optional."]
    by_column = {column.id: [notes[mark] for mark in column.notes] for column in made.columns}
    assert by_column["D0"] == ["What is done here is done in the order of the table, from above."]
    assert by_column["W1"] == ["Only in these arms: Arm One."]


def test_the_tables(small: Study) -> None:
    made = {one.path: list(csv.DictReader(io.StringIO(one.text))) for one in schedule.emit(small)}
    rows = made["schedule.csv"]
    assert not any("Arm" in cell for row in rows for cell in row.values())
    assert [row["visit"] for row in rows] == ["SCREEN", "D0", "W1", "FU", "ET", ""]
    assert (rows[2]["window_early"], rows[2]["window_late"]) == ("-1", "no limit")
    assert rows[3]["timing"].endswith("on the day of a new therapy, whichever is earlier")
    assert (rows[3]["anchor"], rows[3]["offset_amount"]) == ("", "not stated")
    triggered = "when this happens: glucose below 50 mg/dL, within 5 min"
    assert (rows[5]["timing"], rows[5]["activities"]) == (triggered, "Rescue (only in some arms)")
    only = [
        (row["arm"], row["visit"], row["only_for"])
        for row in made["schedule-by-arm.csv"]
        if row["only_for"]
    ]
    assert only == [
        ("one", "W1", "visit: Week 1"),
        ("one", "D0", "activity: Levels (optional)"),
        ("one", "W1", "activity: Levels (optional)"),
        ("two", "", f"activity: Rescue (done {triggered})"),
    ]


def test_the_documents(small: Study) -> None:
    made = {one.path: one.text for one in document.emit(small)}
    assert "an arrow: goes on from there, through there or to there" in made["protocol.html"]
    assert "X →" in made["protocol.md"]
    for text in made.values():
        assert "Goes on continuously from SCREEN to FU." in text
        assert "Repeated every 15 min until glucose above 70 mg/dL." in text


PREGNANCY = """\
data demo.sex "Sex" : choice {female, male}
activity hcg "Pregnancy test" from SCREEN to FU every 4 weeks {
  when demo.sex = female
}
"""


def test_what_limits_an_activity_stands_in_its_cell() -> None:
    made = {one.path: one.text for one in schedule.emit(study_of(TEXT + PREGNANCY))}
    rows = {row["visit"]: row for row in csv.DictReader(io.StringIO(made["schedule.csv"]))}
    hcg = (
        "Pregnancy test (only when: Sex is female; goes on continuously from SCREEN to FU; "
        "repeated every 4 weeks)"
    )
    assert hcg in rows["W1"]["activities"]
    assert (
        "Glucose (repeated every 15 min until glucose above 70 mg/dL)" in (rows["D0"]["activities"])
    )
    assert "Levels (only in some arms; optional)" in rows["D0"]["activities"]
    assert rows[""]["activities"] == "Rescue (only in some arms)"
    by_arm = made["schedule-by-arm.csv"]
    assert "activity: Levels (optional)" in by_arm
