"""Visits as an iCalendar file (RFC 5545): all-day events, the same bytes for the same input."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from trialc import __version__
from trialc.emitters.schedule_words import without_date
from trialc.model.protocol import Protocol, Visit
from trialc_runtime.calendar import add, iso, parse_date

OCTETS = 75
"""The longest line (RFC 5545 section 3.1), without its line end."""


def calendar(
    protocol: Protocol, visits: Sequence[Mapping[str, Any]], anchor: str, zone: str, label: str
) -> str:
    """The whole file, with CRLF. Visits without a date are named in the calendar's description."""
    about = protocol.metadata
    name = " ".join(part for part in (label, about.acronym or about.id) if part)
    undated = [visit["title"] or visit["visit"] for visit in visits if not _days(visit)]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//trialc//trialc {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    if zone:
        lines.append(f"X-WR-TIMEZONE:{escaped(zone)}")
    if undated:
        lines.append(f"X-WR-CALDESC:{escaped('Without a stated date: ' + ', '.join(undated))}")
    for visit in visits:
        if _days(visit):
            lines += _event(protocol, visit, anchor, label)
    lines.append("END:VCALENDAR")
    return "".join(folded(lines))


def _event(protocol: Protocol, visit: Mapping[str, Any], anchor: str, label: str) -> Iterable[str]:
    about = protocol.metadata
    identity = "\0".join((about.id, visit["visit"], anchor, label))
    first, last = _days(visit)
    day = parse_date(last)
    assert day is not None, visit
    title = ": ".join(part for part in (label, visit["title"] or visit["visit"]) if part)
    declared = next(item for item in protocol.visits if item.id == visit["of"])
    window = _window(declared, visit)
    aim = f"Target: {visit['target']}." if visit["target"] else "Any day of these."
    if visit["actual"] is not None and declared.timing not in ("anchor", "after"):
        aim = f"Took place on {first}. {aim}" if visit["target"] else f"Took place on {first}."
    if visit["waits_for"]:
        aim += f" Still depends on: {', '.join(visit['waits_for'])}."
    words = f"{aim} {window}\n{about.acronym or about.id} {about.version}"
    return (
        "BEGIN:VEVENT",
        f"UID:{sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@trialc",
        # Required; the time of writing would make two files of one schedule differ.
        f"DTSTAMP:{_compact(anchor)}T000000Z",
        f"DTSTART;VALUE=DATE:{_compact(first)}",
        f"DTEND;VALUE=DATE:{_compact(iso(add(day, 1, 'day')))}",
        f"SUMMARY:{escaped(title)}",
        f"DESCRIPTION:{escaped(words)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _window(declared: Visit, visit: Mapping[str, Any]) -> str:
    earliest, latest = visit["earliest"], visit["latest"]
    if declared.timing == "anchor":
        return f"Day {declared.day or '0'}: every other date is counted from it."
    if earliest is not None and latest is not None:
        return f"Window: {earliest} to {latest}, both days included."
    if earliest is not None:
        return f"Window: {earliest} or later."
    if latest is not None:
        return f"Window: up to {latest}."
    return f"Window: {without_date(declared, 'earliest')}."


def _days(visit: Mapping[str, Any]) -> tuple[str, ...]:
    """The first and the last day of an event: the day on which it took place, the target, or all
    days of a span; () without any.
    """
    if visit["actual"] is not None:
        return visit["actual"], visit["actual"]
    if visit["target"] is not None:
        return visit["target"], visit["target"]
    first, last = visit["earliest"], visit["latest"]
    return (first, last) if first is not None and last is not None else ()


def escaped(text: str) -> str:
    """A value of type TEXT (section 3.3.11), without what is no character to show in one."""
    lines = text.replace("\u2028", "\n").replace("\u2029", "\n")
    shown = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    for sign in ("\\", ";", ","):
        shown = shown.replace(sign, f"\\{sign}")
    return shown.replace("\n", "\\n")


def folded(lines: Iterable[str]) -> Iterator[str]:
    """Every line with CRLF, cut into pieces of at most 75 octets, never inside a character."""
    for line in lines:
        piece, size = "", 0
        for character in line:
            octets = len(character.encode("utf-8", "surrogatepass"))
            if size + octets > OCTETS:
                yield piece + "\r\n"
                piece, size = " ", 1
            piece += character
            size += octets
        yield piece + "\r\n"


def _compact(date: str) -> str:
    return date.replace("-", "")
