"""What a stage has to say about a protocol: a kind from the catalogue, at a place, filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from trialc.source import Span

Severity = Literal["error", "warning", "info"]

LONGEST = 300
"""Characters of user text inside a message."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue. A code is never reused or given another meaning.

    `message` is one sentence with `{fields}`, lower case, no full stop, the user's text in
    backticks. `explanation` says why it matters and shows the wrong text and the right one.
    """

    code: str
    name: str
    severity: Severity
    message: str
    explanation: str

    def at(
        self, where: Span, *, help: str = "", related: Iterable[Related] = (), **fields: object
    ) -> Diagnostic:
        """This kind at a place. `help` says what to type; `related` are places that explain."""
        text = self.message.format(**{name: _safe(value) for name, value in fields.items()})
        return Diagnostic(self, where, text, help, tuple(related))


@dataclass(frozen=True, slots=True)
class Related:
    """A second place, with what it has to do with the first: "declared here"."""

    where: Span
    label: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding. `where` alone must make sense; `help` is the way out."""

    kind: Kind
    where: Span
    message: str
    help: str = ""
    related: tuple[Related, ...] = field(default=())

    @property
    def is_error(self) -> bool:
        return self.kind.severity == "error"

    @property
    def order(self) -> tuple[str, int, str, str]:
        """The order of the text, so that output never depends on the order of the checks."""
        return self.where.file, self.where.start, self.kind.code, self.message


def _safe(value: object) -> str:
    """User text inside a message: one line, of bounded length."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by place, each finding once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: d.order))
