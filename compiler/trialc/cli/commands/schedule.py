"""`protoc schedule`: the visits as dates, counted from the anchor visit. It knows no arms."""

from __future__ import annotations

from typing import Any

import click

from trialc.cli import exit_status, terminal
from trialc.cli.actual_days import impossible, remarks
from trialc.cli.calendar_file import calendar
from trialc.cli.group import as_command
from trialc.cli.protocols import failure_status, format_option, protocol_argument, study_of
from trialc.diagnostics.render import visible
from trialc.model.protocol import Protocol

DATES = ("target", "earliest", "latest")


@as_command(
    "schedule",
    examples="""
        schedule protocol/care_ssc.proto.txt --anchor 2027-01-04 --zone America/Toronto
        schedule protocol/care_ssc.proto.txt --anchor 2027-01-04 --actual M1=2027-02-10
        schedule protocol/care_ssc.proto.txt --anchor 2027-01-04 --format ics --label P7 > P7.ics
    """,
)
@protocol_argument
@click.option("--anchor", required=True, metavar="DATE", help="Date of the anchor visit (day 0).")
@click.option(
    "--zone", default="", metavar="ZONE",
    help="Time zone of the site, as in America/Toronto; visits are civil dates there.",
)  # fmt: skip
@click.option(
    "--label", default="", help="Put before every title in a calendar: a participant's number."
)
@click.option(
    "--cycles", default=3, show_default=True, type=click.IntRange(1, 200),
    help="How often to show a visit that is repeated until something ends it.",
)  # fmt: skip
@click.option(
    "--actual", multiple=True, metavar="WHAT=DATE",
    help="A day that has come: of a visit, of `last dose`, of what the protocol says in words.",
)  # fmt: skip
@click.option("--arm", default="", help="Leave out the visits that are for other arms only.")
@format_option("table", "csv", "ics")
def command(
    protocol: str, anchor: str, zone: str, label: str, cycles: int, actual: tuple[str, ...],
    arm: str, form: str,
) -> int:  # fmt: skip
    """Date the visits from the day of the anchor visit.

    A date or a window that the protocol does not state is shown as not stated, one that there
    cannot be (the window of day 0) as not applicable; a calendar leaves visits without a date out.
    """
    check_zone(zone)
    compiled, study = study_of(protocol)
    if study is None:
        return failure_status(compiled)
    days = actual_days(actual)
    there = visits_of(study.protocol, arm)
    visits = [one for one in dated(study.protocol, anchor, cycles, days) if one["of"] in there]
    for fault in impossible(study.protocol, visits):
        raise click.UsageError(visible(fault))
    for remark in remarks(visits):
        terminal.complain(f"note: {visible(remark)}")
    columns = (*DATES, *(["actual"] if days else []))
    if any(visit["waits_for"] for visit in visits):
        columns = (*columns, "waits_for")
    if form == "table":
        from trialc.emitters.schedule_words import until_words

        first = next((v.day for v in study.protocol.visits if v.timing == "anchor"), "")
        if first:
            columns = ("day", *columns)
            visits = [{**one, "day": day_called(one, anchor, int(first))} for one in visits]
        _show(_in_words(study.protocol, visits), columns, first or "0", anchor, zone)
        for visit in study.protocol.visits:
            if visit.every is not None:
                terminal.say(f"{visit.id} goes on {visible(until_words(visit))}: see `--cycles`")
            elif visit.each:
                terminal.say(f"{visit.id} takes place for each {visit.each}: see `--cycles`")
    elif form == "csv":
        terminal.hand_out(_csv(_in_words(study.protocol, visits), columns))
    else:
        terminal.hand_out(calendar(study.protocol, visits, anchor, zone, label))
    return exit_status.FINE


def visits_of(protocol: Protocol, arm: str) -> set[str]:
    """The visits of a participant in an arm; all of them where no arm is named."""
    arms = [item.id for item in protocol.arms]
    if arm and arm not in arms:
        known = f"; there are {', '.join(arms)}" if arms else ""
        raise click.UsageError(f"there is no arm `{visible(arm)}`{known}")
    return {item.id for item in protocol.visits if not (arm and item.arms) or arm in item.arms}


def actual_days(given: tuple[str, ...]) -> dict[str, str]:
    """Dates by what took place on them: "M1=2027-02-10"; wrong use for what has another form."""
    days: dict[str, str] = {}
    for text in given:
        name, sign, date = (part.strip() for part in text.rpartition("="))
        if not sign or not name:
            raise click.UsageError(f"`--actual {visible(text)}`: write it as in M1=2027-02-10")
        if days.setdefault(name, date) != date:
            raise click.UsageError(f"`{visible(name)}` has two actual days")
    return days


def dated(
    protocol: Protocol, anchor: str, cycles: int, actual: dict[str, str]
) -> list[dict[str, Any]]:
    """Every visit with `target`, `earliest`, `latest` and `actual`; wrong use when the anchor or an
    actual day is no date.
    """
    from trialc.model.visit_rows import visit_row
    from trialc_runtime.schedule import dated_visits

    try:
        rows = [visit_row(visit) for visit in protocol.visits]
        return dated_visits(rows, anchor, cycles, actual)
    except (ValueError, OverflowError) as error:
        raise click.UsageError(visible(str(error))) from error


def day_called(visit: dict[str, Any], anchor: str, first: int) -> str:
    """The number of the day on which a visit is planned, "1", "−28 to −1"; "" without a date."""
    from trialc_runtime.calendar import parse_date

    start, ends = parse_date(anchor), [visit["target"]]
    if visit["target"] is None:
        ends = [visit["earliest"], visit["latest"]]
    dates = [parse_date(end) for end in ends if end is not None]
    if start is None or len(dates) < len(ends):
        return ""
    away = [date - start for date in dates if date is not None]
    return " to ".join(str(n + first if n >= 0 else n).replace("-", "−") for n in away)


def _in_words(protocol: Protocol, visits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The visits with words for dates that they do not have."""
    from trialc.emitters.schedule_words import without_date

    declared = {visit.id: visit for visit in protocol.visits}
    return [
        {
            **visit,
            **{name: visit[name] or without_date(declared[visit["of"]], name) for name in DATES},
            "actual": visit["actual"] or "",
            "waits_for": ", ".join(visit["waits_for"]),
        }
        for visit in visits
    ]


def check_zone(zone: str) -> None:
    """Wrong use for a time zone that nobody knows; empty means that none is stated."""
    if not zone:
        return
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        known = available_timezones()
        if not known:
            message = "this computer has no time zone data; install the Python package tzdata"
            raise click.UsageError(message) from error
        from difflib import get_close_matches

        near = get_close_matches(zone, sorted(known), 1)
        hint = f"; did you mean `{near[0]}`?" if near else "; write it as in America/Toronto"
        raise click.UsageError(f"there is no time zone `{visible(zone)}`{hint}") from error


def _show(
    visits: list[dict[str, Any]], columns: tuple[str, ...], first_day: str, anchor: str, zone: str
) -> None:
    rows: list[tuple[str, ...]] = [
        ("visit", "title", *(name.replace("_", " ") for name in columns))
    ]
    rows += [
        (
            visit["visit"],
            visible(visit["title"]),
            *(visit[name] for name in columns),
        )
        for visit in visits
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    terminal.say(f"day {first_day} is {anchor}" + (f", civil dates in {zone}" if zone else ""))
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        terminal.say("  ".join(cells).rstrip())


def _csv(visits: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """RFC 4180, with CRLF; a cell that a spreadsheet would calculate is marked as text."""
    import csv
    import io

    from trialc.emitters.schedule import guarded

    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(("visit", "title", *columns))
    for visit in visits:
        writer.writerow(
            (
                visit["visit"],
                guarded(visit["title"]),
                *(visit[name] for name in columns),
            )
        )
    return page.getvalue()
