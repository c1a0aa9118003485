"""`protoc schedule`: dates of a participant, as a table, as CSV and as a calendar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Protoc = Callable[..., Result]
PATH = "protocol/tiny.proto.txt"
DAY = ("--anchor", "2027-01-31")


def test_a_schedule_says_what_is_not_stated(fake: Any, home: Path, protoc: Protoc) -> None:
    done = protoc("schedule", PATH, *DAY, "--zone", "America/Toronto")
    assert done.exit_code == 0
    head, _, screening, start, month = done.output.splitlines()
    assert head == "day 0 is 2027-01-31, civil dates in America/Toronto"
    assert screening.split("  ")[-1].strip() == "not stated"
    assert "2027-01-31" in start
    assert month.split()[-3:] == ["2027-02-28", "2027-02-26", "2027-03-03"]


def test_a_schedule_as_csv_cannot_start_a_formula(fake: Any, home: Path, protoc: Protoc) -> None:
    out = protoc("schedule", PATH, *DAY, "--format", "csv").stdout_bytes.decode()
    assert out.startswith("visit,title,target,earliest,latest\r\n")
    assert 'M0,"\'=Start, day; zero",2027-01-31,not applicable,not applicable\r\n' in out


def test_a_schedule_says_hours_as_they_are_stated(tmp_path: Path, protoc: Protoc) -> None:
    text = tmp_path / "hours.proto.txt"
    text.write_text(
        'language 1\nprotocol p { title: "P" version: "1" }\nvisit D0 "Day 0" anchor\n'
        'visit H48 "H" at D0 + 48 hours\nvisit Z "Z" at H48 + 3 days window -1 day .. +2 days\n'
        'visit D28 "D" at D0 + 28 days window -12 hours .. +36 hours\n',
        encoding="utf-8",
    )
    lines = protoc("schedule", str(text), *DAY, "--format", "csv").stdout.splitlines()
    assert lines[2] == "H48,H,48 hours after D0,not stated,not stated"
    assert lines[3] == "Z,Z,3 days after H48,−1 to +2 days,−1 to +2 days"
    assert lines[4] == "D28,D,2027-02-28,−12 to +36 hours,−12 to +36 hours"
    calendar = protoc("schedule", str(text), *DAY, "--format", "ics").stdout
    assert "Window: −12 to +36 hours." in calendar
    late = protoc("schedule", str(text), "--anchor", "2200-12-31", "--format", "ics")
    assert (late.exit_code, "1900 to 2200" in late.output) == (2, True)


def test_a_schedule_as_calendar(fake: Any, home: Path, protoc: Protoc) -> None:
    arguments = ("schedule", PATH, *DAY, "--zone", "America/Toronto", "--format", "ics")
    raw = protoc(*arguments, "--label", "P" + "é" * 60).stdout_bytes
    assert raw == protoc(*arguments, "--label", "P" + "é" * 60).stdout_bytes
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(b"\n" not in line for line in lines)
    text = raw.decode().replace("\r\n ", "")
    assert "SUMMARY:P" + "é" * 60 + ": =Start\\, day\\; zero\r\n" in text
    assert "DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n" in text
    assert "Day 0: every other date is counted from it." in text
    assert "Window: 2027-02-26 to 2027-03-03\\, both days included." in text
    assert "X-WR-CALDESC:Without a stated date: Screening" in text
    assert text.count("BEGIN:VEVENT") == 2
    other = protoc(*arguments, "--label", "P2").stdout_bytes.decode()
    assert {line for line in text.split("\r\n") if line.startswith("UID")}.isdisjoint(
        other.split("\r\n")
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "Missing option '--anchor'"),
        (("--anchor", "2027-02-30"), "anchor"),
        (("--anchor", "tomorrow"), "anchor"),
        ((*DAY, "--zone", "America/Torono"), "did you mean `America/Toronto`?"),
        ((*DAY, "--zone", "America"), "there is no time zone `America`"),
        ((*DAY, "--zone", "../etc/passwd"), "there is no time zone"),
        ((*DAY, "--zone", "x\0y"), "there is no time zone"),
    ],
)
def test_dates_and_zones_that_do_not_exist(
    fake: Any, home: Path, protoc: Protoc, arguments: tuple[str, ...], expected: str
) -> None:
    done = protoc("schedule", PATH, *arguments)
    assert done.exit_code == 2
    assert expected in done.stderr


COURSE = (
    'language 1\nprotocol p { title: "P" version: "1" }\nvisit D0 "Day 0" anchor\n'
    'visit V "V" at D0 + 1 week window -1 day ..\n'
    'visit F "F" at V actual + 1 week window .. +2 days\n'
    'visit N "N" at "new therapy" + 1 day\nvisit R "R" anchor after D0\n'
)


def test_a_schedule_with_days_that_have_come(tmp_path: Path, protoc: Protoc) -> None:
    text = tmp_path / "course.proto.txt"
    text.write_text(COURSE, encoding="utf-8")
    base = ("schedule", str(text), *DAY, "--format")
    plan = protoc(*base, "csv").stdout.splitlines()
    assert plan[0] == "visit,title,target,earliest,latest,waits_for"
    assert plan[2] == "V,V,2027-02-07,2027-02-06,no limit,"
    assert plan[3] == "F,F,2027-02-14,no limit,2027-02-16,V"
    assert plan[4] == "N,N,1 day after new therapy,not stated,not stated,new therapy"
    assert plan[5] == 'R,R,"a day 0 of its own, after D0",not applicable,not applicable,R'
    days = ("--actual", "V=2027-02-10", "--actual", "new therapy = 2027-03-01")
    known = protoc(*base, "csv", *days, "--actual", "R=2027-02-02").stdout.splitlines()
    assert known[0] == "visit,title,target,earliest,latest,actual"
    assert known[3] == "F,F,2027-02-17,no limit,2027-02-19,"
    assert known[4].startswith("N,N,2027-03-02,")
    assert known[5].startswith("R,R,2027-02-02,")
    ics = protoc(*base, "ics", *days[:2]).stdout.replace("\n ", "").replace("\r", "")
    assert "Took place on 2027-02-10. Target: 2027-02-07. Window: 2027-02-06 or later." in ics
    assert "Target: 2027-02-17. Window: up to 2027-02-19." in ics
    assert "Still depends on: V." in protoc(*base, "ics").stdout.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("--actual", "V"), "write it as in M1=2027-02-10"),
        (("--actual", "=2027-02-10"), "write it as in"),
        (("--actual", "V=2027-02-30"), "the actual day of `V`"),
        (
            ("--actual", "W=2027-02-10"),
            "there is no `W` here; there are D0, V, F, N, R, new therapy",
        ),
        (("--actual", "V=2027-02-10", "--actual", "V=2027-02-11"), "`V` has two actual days"),
        (("--actual", "D0=2027-02-10"), "`D0` is day 0, which is 2027-01-31"),
    ],
)
def test_days_that_cannot_have_come(
    tmp_path: Path, protoc: Protoc, days: tuple[str, ...], expected: str
) -> None:
    text = tmp_path / "course.proto.txt"
    text.write_text(COURSE, encoding="utf-8")
    done = protoc("schedule", str(text), *DAY, *days)
    assert done.exit_code == 2
    assert expected in done.stderr


def test_a_schedule_of_an_arm(tmp_path: Path, protoc: Protoc) -> None:
    text = tmp_path / "arms.proto.txt"
    text.write_text(
        'language 1\nprotocol p { title: "P" version: "1" }\nintervention d "D" { type: drug }\n'
        'arm a "A" experimental { give d as x at D0 }\n'
        'arm b "B" experimental { give d as x at D0 }\nvisit D0 "Day 0" anchor\n'
        'visit V "V" at D0 + 1 week for a\nvisit W "W" at D0 + 2 weeks for b\n',
        encoding="utf-8",
    )

    def visits(*more: str) -> list[str]:
        lines = protoc("schedule", str(text), *DAY, "--format", "csv", *more).stdout.splitlines()
        return [line.split(",")[0] for line in lines[1:]]

    assert visits() == ["D0", "V", "W"]
    assert visits("--arm", "a") == ["D0", "V"]
    assert visits("--arm", "b") == ["D0", "W"]
    wrong = protoc("schedule", str(text), *DAY, "--arm", "c")
    assert (wrong.exit_code, "there is no arm `c`; there are a, b" in wrong.stderr) == (2, True)


def test_what_is_counted_from_a_span_has_days(home: Path, protoc: Callable[..., Result]) -> None:
    text = """language 1
protocol spans { title: "S" version: "1" }
visit D1 "Day 1" anchor
visit P2 "Period 2" from D1 + 21 days to D1 + 28 days
visit FU "Follow-up" at P2 + 28 days
"""
    (home / "spans.proto.txt").write_text(text, encoding="utf-8")
    command = ("schedule", "spans.proto.txt", "--anchor", "2027-01-04")
    table = protoc(*command).stdout.splitlines()[-1]
    assert table.split("  ")[0] == "FU"
    assert table.split()[-2:] == ["2027-02-22", "2027-03-01"]
    rows = protoc(*command, "--format", "csv").stdout.splitlines()
    assert rows[-1].endswith(",2027-02-22,2027-03-01")
    events = protoc(*command, "--format", "ics").stdout
    assert "DTSTART;VALUE=DATE:20270222" in events
    assert "DTEND;VALUE=DATE:20270302" in events
    assert "Without a stated date" not in events


@pytest.mark.parametrize(
    ("name", "day", "refused"),
    [
        ("M1", "2027-01-03", True),
        ("M1", "2027-01-04", False),
        ("SCREEN", "2026-12-20", False),
        ("NEAR", "2027-01-03", False),
        ("LATER", "2027-01-03", True),
        ("ET", "2027-01-03", False),
    ],
)
def test_what_is_planned_after_day_0_did_not_take_place_before_it(
    home: Path, protoc: Protoc, name: str, day: str, refused: bool
) -> None:
    text = """language 1
protocol p { title: "P" version: "1" }
visit SCREEN "Screening" before D0
visit D0 "Day 0" anchor
visit NEAR "Near" at D0 + 1 day window -2 days .. +2 days
visit M1 "Month 1" at D0 + 1 month window -3 days .. +3 days
visit LATER "Later" anchor after M1
visit ET "Early" unscheduled
"""
    (home / "order.proto.txt").write_text(text, encoding="utf-8")
    asked = ("schedule", "order.proto.txt", "--anchor", "2027-01-04")
    done = protoc(*asked, "--actual", f"{name}={day}")
    assert (done.exit_code, "is before day 0, 2027-01-04" in done.stderr) == (
        (2, True) if refused else (0, False)
    )


@pytest.mark.parametrize(
    ("actual", "refused", "noted"),
    [
        (("V5=2027-01-28",), "is planned for no day before 2027-01-29", ""),
        (("V5=2027-01-29",), "", ""),
        (("V4=2027-02-04", "V5=2027-02-03"), "which took place on 2027-02-04", ""),
        (("V4=2027-02-04", "V5=2027-02-04"), "", ""),
        (("V4=2027-02-05",), "", "after its window, which ended on 2027-02-04"),
        (("V4=2027-01-28",), "", "before its window, which begins on 2027-01-29"),
    ],
)
def test_actual_days_that_cannot_be_or_are_remarkable(
    home: Path, protoc: Protoc, actual: tuple[str, ...], refused: str, noted: str
) -> None:
    text = """language 1
protocol p { title: "P" version: "1" }
visit V1 "V1" anchor
visit V4 "V4" at V1 + 4 weeks window -3 days .. +3 days
visit V5 "V5" anchor after V4
"""
    (home / "order.proto.txt").write_text(text, encoding="utf-8")
    options = [part for day in actual for part in ("--actual", day)]
    done = protoc("schedule", "order.proto.txt", "--anchor", "2027-01-04", *options)
    assert done.exit_code == (2 if refused else 0)
    assert (refused or noted) in done.stderr
    assert bool(done.stderr) == bool(refused or noted)
