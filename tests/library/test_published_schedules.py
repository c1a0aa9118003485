"""A schedule that others published as data: ours, written from the protocol's words, says the same.

The trial is the CDISC pilot, H2Q-MC-LZZT (xanomeline in Alzheimer's disease). Its protocol says on
page 9: "Visits 1 through 13 should be scheduled relative to Visit 3 (Week 0 - randomization).
Visits 4, 5, 7, 8, and 13 should occur within 3 days of their scheduled date. Visits 9, 10, 11, and
12 should occur within 4 days of their scheduled date", with visits in weeks -2, -.3, 0, 2, 4, 6, 8,
12, 16, 20 and 24; the text has visit 13 at week 26, the end of treatment.

CDISC publishes it in the Unified Study Definitions Model: repository cdisc-org/DDF-RA,
Documents/Examples/CDISC_Pilot/CDISC_Pilot_Study.json at commit
1f8816a212619396cbb29d33a351273fee6df09f, the timings of its main timeline; content under CC BY 4.0.
PUBLISHED are the facts of it: label, type, value, counted from, window. Visit 6 is in neither.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from trialc.model.from_syntax import resolve
from trialc.model.protocol import Protocol, Visit
from trialc.model.visit_rows import visit_row
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc_runtime.schedule import dated_visits

LZZT = """\
language 1
protocol lzzt { title: "Xanomeline TTS in mild to moderate Alzheimer's disease" version: "c" }
epoch screening "Screening"
epoch treatment "Treatment"
visit V1 "Screening" at V3 - 2 weeks { epoch: screening }
visit V2 "Pre dose" at V3 - 2 days window -4 hours .. 0 hours { epoch: screening }
visit V3 "Dosing" anchor { epoch: treatment }
visit V4 "Week 2" at V3 + 2 weeks window -3 days .. +3 days
visit V5 "Week 4" at V3 + 4 weeks window -3 days .. +3 days
visit V7 "Week 6" at V3 + 6 weeks window -3 days .. +3 days
visit V8 "Week 8" at V3 + 8 weeks window -3 days .. +3 days
visit V8T "Week 8 Home" at V8 + 2 weeks { mode: telephone }
visit V9 "Week 12" at V3 + 12 weeks window -4 days .. +4 days
visit V9T "Week 12 Home" at V9 + 2 weeks { mode: telephone }
visit V10 "Week 16" at V3 + 16 weeks window -4 days .. +4 days
visit V10T "Week 16 Home" at V10 + 2 weeks { mode: telephone }
visit V11 "Week 20" at V3 + 20 weeks window -4 days .. +4 days
visit V11T "Week 20 Home" at V11 + 2 weeks { mode: telephone }
visit V12 "Week 24" at V3 + 24 weeks window -4 days .. +4 days
visit V13 "Week 26" at V3 + 26 weeks window -3 days .. +3 days
visit ET "Early Termination" unscheduled
activity events "Adverse events" from V3 to ET
"""

PUBLISHED = (
    ("Screening", "Before", "P2W", "Dosing", ""),
    ("Pre dose", "Before", "P2D", "Dosing", "-4..0 hours"),
    ("Week 2", "After", "P2W", "Dosing", "-3..3 days"),
    ("Week 4", "After", "P4W", "Dosing", "-3..3 days"),
    ("Week 6", "After", "P6W", "Dosing", "-3..3 days"),
    ("Week 8", "After", "P8W", "Dosing", "-3..3 days"),
    ("Week 8 Home", "After", "P2W", "Week 8", ""),
    ("Week 12", "After", "P12W", "Dosing", "-4..4 days"),
    ("Week 12 Home", "After", "P2W", "Week 12", ""),
    ("Week 16", "After", "P16W", "Dosing", "-4..4 days"),
    ("Week 16 Home", "After", "P2W", "Week 16", ""),
    ("Week 20", "After", "P20W", "Dosing", "-4..4 days"),
    ("Week 20 Home", "After", "P2W", "Week 20", ""),
    ("Week 24", "After", "P24W", "Dosing", "-4..4 days"),
    ("Week 26", "After", "P26W", "Dosing", "-3..3 days"),
)
DAY_0 = date(2027, 1, 4)


def lzzt() -> Protocol:
    tree, faults = parse(SourceText("t", LZZT))
    protocol, more = resolve(tree, ())
    assert [one.message for one in (*faults, *more)] == []
    assert protocol is not None
    return protocol


def as_published(visit: Visit, titles: dict[str, str]) -> tuple[str, ...]:
    offset, window = visit.offset, visit.window
    assert offset is not None
    side = "Before" if offset.amount < 0 else "After"
    value = f"P{abs(offset.amount)}{offset.unit[0].upper()}"
    stated = f"{window.early}..{window.late} {window.unit}s" if window else ""
    return visit.title, side, value, titles[visit.base], stated


def test_offsets_and_windows_are_those_published() -> None:
    visits = lzzt().visits
    titles = {visit.id: visit.title for visit in visits}
    assert tuple(as_published(one, titles) for one in visits if one.offset) == PUBLISHED


def day(title: str) -> date:
    """A published target, link by link, by the calendar of Python."""
    if title == "Dosing":
        return DAY_0
    side, value, base = next(row[1:4] for row in PUBLISHED if row[0] == title)
    length = timedelta(days=int(value[1:-1]) * (7 if value[-1] == "W" else 1))
    return day(base) - length if side == "Before" else day(base) + length


@pytest.mark.parametrize(("label", "window"), [(row[0], row[4]) for row in PUBLISHED])
def test_dates_are_those_published(label: str, window: str) -> None:
    rows = [visit_row(visit) for visit in lzzt().visits]
    made: dict[str, Any] = next(
        one for one in dated_visits(rows, DAY_0.isoformat()) if one["title"] == label
    )
    assert made["target"] == day(label).isoformat()
    ends: list[str | None] = [None, None]
    if window.endswith("days"):
        low, high = window.removesuffix(" days").split("..")
        ends = [(day(label) + timedelta(days=int(end))).isoformat() for end in (low, high)]
    assert [made["earliest"], made["latest"]] == ends
