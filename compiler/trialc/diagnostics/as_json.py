"""Findings as JSON for tools: an editor, a script, a review system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trialc.diagnostics.diagnostic import Diagnostic
from trialc.source import SourceText, Span


@dataclass(frozen=True, slots=True)
class Region:
    """A span as lines and columns, counted from 1, in characters; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(where: Span, texts: Mapping[str, SourceText]) -> Region | None:
    """Lines and columns of a span; None for NOWHERE and for a file whose text could not be read."""
    source = texts.get(where.file)
    if not where or source is None:
        return None
    start = min(where.start, len(source.text))
    end = max(start, min(where.end, len(source.text)))
    return Region(*source.position(start), *source.position(end))


def as_json(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText]
) -> list[dict[str, object]]:
    """One object a finding: `code`, `name`, `severity`, `message`, `help`, the place, `related`.

    The place is `file`, `line`, `column`, `end_line`, `end_column`; what is not known is left out.
    """
    return [
        {
            "code": found.kind.code,
            "name": found.kind.name,
            "severity": found.kind.severity,
            "message": found.message,
            **({"help": found.help} if found.help else {}),
            **_place(found.where, texts),
            "related": [
                {"label": other.label, **_place(other.where, texts)} for other in found.related
            ],
        }
        for found in diagnostics
    ]


def _place(where: Span, texts: Mapping[str, SourceText]) -> dict[str, object]:
    if not where:
        return {}
    found = region(where, texts)
    if found is None:
        return {"file": where.file}
    return {
        "file": where.file,
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "end_column": found.end_column,
    }
