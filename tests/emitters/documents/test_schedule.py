"""schedule.csv and schedule-by-arm.csv."""

from __future__ import annotations

import csv
import io

import pytest

from trialc.emitters import schedule
from trialc.graph.study import Study


def tables(study: Study) -> dict[str, list[dict[str, str]]]:
    return {a.path: list(csv.DictReader(io.StringIO(a.text))) for a in schedule.emit(study)}


def test_visits_in_the_order_of_time(study: Study) -> None:
    rows = tables(study)["schedule.csv"]
    assert [row["visit"] for row in rows] == ["SCREEN", "M0", "M1", "M3", "ET"]
    by_visit = {row["visit"]: row for row in rows}
    assert by_visit["M3"]["timing"] == "3 months after M0"
    assert by_visit["M3"]["offset_amount"] == "3"
    assert by_visit["M3"]["window_early"] == "-7"
    assert by_visit["M1"]["window_late"] == "not stated"
    assert by_visit["SCREEN"]["offset_amount"] == "not stated"
    assert by_visit["ET"]["window_early"] == "not applicable"
    assert all(row["protocol_sha256"] == "ab" * 32 for row in rows)


def test_the_schedule_knows_no_arm(study: Study) -> None:
    text = next(a.text for a in schedule.emit(study) if a.path == "schedule.csv")
    assert not any(word in text for word in ("UCMSC", "Placebo", "Two infusions"))


def test_who_gets_what(study: Study) -> None:
    rows = tables(study)["schedule-by-arm.csv"]
    assert [(row["arm"], row["occasion"], row["intervention"]) for row in rows] == [
        ("two", "infusion_1", "ucmsc"),
        ("two", "infusion_2", "ucmsc"),
        ("none", "infusion_1", "placebo"),
        ("none", "infusion_2", "placebo"),
    ]
    assert rows[0]["dose"] == "1,000,000 cells/kg of Body weight measured at M0"


def test_no_cell_is_a_formula(hostile_study: Study) -> None:
    for rows in tables(hostile_study).values():
        cells = [str(cell) for row in rows for cell in row.values()]
        assert any(cell.startswith("'=1+1") for cell in cells)
        assert not any(cell.startswith(("=", "+", "@")) for cell in cells)
        dashed = [cell for cell in cells if cell.startswith("-")]
        assert all(cell.lstrip("-").isdigit() for cell in dashed)


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@x", "\uff1dA1", " \t=A1"])
def test_text_is_guarded_and_numbers_are_not(text: str) -> None:
    assert str(schedule.guarded(text)).startswith("'")
    assert schedule.guarded(-7) == -7
