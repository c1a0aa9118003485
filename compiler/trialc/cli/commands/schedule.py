"""`protoc schedule`: the visits as dates, counted from the anchor visit. It knows no arms."""

from __future__ import annotations

from typing import Any

import click

from trialc.cli import exit_status, terminal
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
@format_option("table", "csv", "ics")
def command(protocol: str, anchor: str, zone: str, label: str, cycles: int, form: str) -> int:
    """Date the visits from the day of the anchor visit.

    A date or a window that the protocol does not state is shown as not stated, one that there
    cannot be (the window of day 0) as not applicable; a calendar leaves visits without a date out.
    """
    check_zone(zone)
    compiled, study = study_of(protocol)
    if study is None:
        return failure_status(compiled)
    visits = dated(study.protocol, anchor, cycles)
    if form == "table":
        _show(_in_words(study.protocol, visits), anchor, zone)
        for visit in study.protocol.visits:
            if visit.every is not None:
                terminal.say(f"{visit.id} goes on until {visible(visit.until)}: see `--cycles`")
    elif form == "csv":
        terminal.hand_out(_csv(_in_words(study.protocol, visits)))
    else:
        terminal.hand_out(calendar(study.protocol, visits, anchor, zone, label))
    return exit_status.FINE


def dated(protocol: Protocol, anchor: str, cycles: int) -> list[dict[str, Any]]:
    """Every visit with `target`, `earliest` and `latest`; wrong use when the anchor is no date."""
    from trialc.model.visit_rows import visit_row
    from trialc_runtime.schedule import dated_visits

    try:
        return dated_visits([visit_row(visit) for visit in protocol.visits], anchor, cycles)
    except (ValueError, OverflowError) as error:
        raise click.UsageError(str(error)) from error


def _in_words(protocol: Protocol, visits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The visits with words for dates that they do not have."""
    from trialc.emitters.schedule_words import without_date

    declared = {visit.id: visit for visit in protocol.visits}
    return [
        {
            **visit,
            **{name: visit[name] or without_date(declared[visit["of"]], name) for name in DATES},
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


def _show(visits: list[dict[str, Any]], anchor: str, zone: str) -> None:
    rows = [("visit", "title", "target", "earliest", "latest")]
    rows += [
        (
            visit["visit"],
            visible(visit["title"]),
            *(visit[name] for name in DATES),
        )
        for visit in visits
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    terminal.say(f"day 0 is {anchor}" + (f", civil dates in {zone}" if zone else ""))
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        terminal.say("  ".join(cells).rstrip())


def _csv(visits: list[dict[str, Any]]) -> str:
    """RFC 4180, with CRLF; a cell that a spreadsheet would calculate is marked as text."""
    import csv
    import io

    from trialc.emitters.schedule import guarded

    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(("visit", "title", "target", "earliest", "latest"))
    for visit in visits:
        writer.writerow(
            (
                visit["visit"],
                guarded(visit["title"]),
                *(visit[name] for name in DATES),
            )
        )
    return page.getvalue()
