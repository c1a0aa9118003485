"""A text that was read once, and half-open spans of characters in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of the text called `file`."""

    file: str
    start: int
    end: int

    def __bool__(self) -> bool:
        """False for NOWHERE, the place of things that no text wrote."""
        return self.file != ""

    def to(self, other: Span) -> Span:
        """From the start of this span to the end of the other."""
        return Span(self.file, self.start, max(self.end, other.end))


NOWHERE = Span("", 0, 0)


@dataclass(frozen=True)
class SourceText:
    """One file's text. `name` is what messages and outputs call it: relative, with `/`."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line."""
        starts = [0]
        starts.extend(i + 1 for i, c in enumerate(self.text) if c == "\n")
        return starts

    @cached_property
    def sha256(self) -> str:
        """Of the text as UTF-8 with `\\n` line ends: the same on every machine."""
        return sha256(self.text.encode()).hexdigest()

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] - 1 if number < len(self.line_starts) else len(self.text)
        return self.text[start:end]

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]
