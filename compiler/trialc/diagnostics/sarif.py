"""Findings as SARIF 2.1.0 (OASIS), which code hosts and review tools read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from urllib.parse import quote

from trialc.diagnostics.as_json import region
from trialc.diagnostics.diagnostic import Diagnostic, Kind
from trialc.source import SourceText, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVEL = {"error": "error", "warning": "warning", "info": "note"}


def sarif(
    diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText], version: str
) -> dict[str, object]:
    """A SARIF log with one run of this compiler. Rules are the kinds that were found, by code."""
    found = tuple(diagnostics)
    kinds = sorted({item.kind.code: item.kind for item in found}.items())
    index = {code: number for number, (code, _) in enumerate(kinds)}
    driver: dict[str, object] = {
        "name": "trialc",
        "version": version,
        "rules": [_rule(kind) for _, kind in kinds],
    }
    seen: dict[str, int] = {}
    run: dict[str, object] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, texts, index, seen) for item in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(kind: Kind) -> dict[str, object]:
    return {
        "id": kind.code,
        "name": "".join(word.capitalize() for word in kind.name.split("-")),
        "shortDescription": {"text": kind.name.replace("-", " ")},
        "fullDescription": {"text": kind.explanation.split("\n\n")[0]},
        "help": {"text": kind.explanation},
        "defaultConfiguration": {"level": _LEVEL[kind.severity]},
    }


def _result(
    found: Diagnostic,
    texts: Mapping[str, SourceText],
    index: dict[str, int],
    seen: dict[str, int],
) -> dict[str, object]:
    message = f"{found.message}. {found.help}" if found.help else found.message
    result: dict[str, object] = {
        "ruleId": found.kind.code,
        "ruleIndex": index[found.kind.code],
        "level": _LEVEL[found.kind.severity],
        "message": {"text": message},
        "partialFingerprints": {"trialc/v1": _fingerprint(found, seen)},
    }
    if found.where:
        result["locations"] = [{"physicalLocation": _location(found.where, texts)}]
    related = [other for other in found.related if other.where]
    if related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": other.label},
                "physicalLocation": _location(other.where, texts),
            }
            for number, other in enumerate(related, 1)
        ]
    return result


def _fingerprint(found: Diagnostic, seen: dict[str, int]) -> str:
    """Stays the same when text above the finding grows: no line in it; equal ones are counted."""
    parts = "\0".join((found.kind.code, found.where.file, found.message))
    mark = sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[mark] = seen.get(mark, 0) + 1
    return f"{mark}:{seen[mark]}"


def _location(where: Span, texts: Mapping[str, SourceText]) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(where.file)}}
    found = region(where, texts)
    if found is not None:
        location["region"] = {
            "startLine": found.line,
            "startColumn": found.column,
            "endLine": found.end_line,
            "endColumn": found.end_column,
        }
    return location


def _uri(file: str) -> str:
    """A path as a URI: relative paths stay relative, absolute ones get the scheme `file`."""
    path = quote(file.replace("\\", "/").encode("utf-8", "surrogateescape"), safe="/")
    if file.startswith("/"):
        return f"file://{path}"
    # A colon in the first segment would read as a scheme; `quote` has already encoded it.
    return path
