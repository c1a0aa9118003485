"""Findings as workflow commands: GitHub Actions shows them beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trialc.diagnostics.as_json import region
from trialc.diagnostics.diagnostic import Diagnostic
from trialc.diagnostics.render import visible
from trialc.source import SourceText

_COMMAND = {"error": "error", "warning": "warning", "info": "notice"}


def github(diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText]) -> str:
    """One line a finding: `::error file=...,line=...,col=...,endLine=...,title=...::message`."""
    return "".join(_line(found, texts) + "\n" for found in diagnostics)


def _line(found: Diagnostic, texts: Mapping[str, SourceText]) -> str:
    properties: dict[str, str] = {}
    if found.where:
        properties["file"] = found.where.file
        place = region(found.where, texts)
        if place is not None:
            properties |= {"line": str(place.line), "col": str(place.column)}
            properties["endLine"] = str(place.end_line)
            # GitHub refuses an end column on a span of several lines.
            if place.line == place.end_line:
                properties["endColumn"] = str(place.end_column)
    properties["title"] = f"{found.kind.code} {found.kind.name}"
    words = f"{found.message}\n{found.help}" if found.help else found.message
    message = "\n".join(visible(line) for line in words.split("\n"))
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMAND[found.kind.severity]} {shown}::{_data(message)}"


def _data(text: str) -> str:
    """Escapes of the runner for the message: a line end would start a new command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escapes of the runner for a property, where `:` and `,` separate."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
