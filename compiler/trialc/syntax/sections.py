"""Cut a text into declarations: each starts at a word in column 0, outside of strings and comments.

So one broken declaration does not hide the others, and positions stay those of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import syntax as kinds
from trialc.source import SourceText, Span

DEEPEST = 60
"""Levels of brackets. The deepest of the trials that were counted has 7."""

_PIECE = re.compile(
    r'(?P<long>"""(?:[^"]|"(?!""))*"""(?!"))|(?P<unclosed>""")'
    r'|(?P<string>"(?:[^"\\\n]|\\.)*"|[“”][^“”\n]*[“”])|(?P<quote>["“”])'
    r"|(?P<comment>#[^\n]*)|(?P<open>[{(])|(?P<close>[})])|(?P<word>^[^\W\d]\w*)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One declaration's part of the text, from its keyword to the next declaration's."""

    keyword: str
    where: Span


def comments(source: SourceText) -> Iterator[Span]:
    """Every comment, without its line end."""
    for piece in _PIECE.finditer(source.text):
        if piece.lastgroup == "comment":
            yield Span(source.name, piece.start(), piece.end())


def split(source: SourceText) -> tuple[list[Section], list[Diagnostic]]:
    """The sections of a text that are whole, and what is wrong with the others."""
    return _Splitter(source).run()


class _Splitter:
    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.sections: list[Section] = []
        self.found: list[Diagnostic] = []
        self.start: re.Match[str] | None = None
        self.broken = False
        self.open: list[int] = []

    def run(self) -> tuple[list[Section], list[Diagnostic]]:
        text, position = self.source.text, 0
        while piece := _PIECE.search(text, position):
            position = piece.end()
            group = piece.lastgroup
            if group == "word":
                self.close(piece.start())
                self.start, self.broken, self.open = piece, False, []
            elif group == "unclosed" or group == "quote":
                position = self.unclosed(piece)
            elif group == "open":
                self.deeper(piece.start())
            elif group == "close":
                self.shallower(piece)
        self.close(len(text))
        self.stray()
        return self.sections, self.found

    def close(self, end: int) -> None:
        """End the current section where the next declaration begins."""
        if self.start is None:
            return
        if self.open and not self.broken:
            place = self.place(self.open[-1], self.open[-1] + 1)
            self.report(
                kinds.UNCLOSED_BRACKET.at(
                    place, bracket=self.source[place], help=_close_help(self.source[place])
                )
            )
        if not self.broken:
            self.sections.append(Section(self.start.group(), self.place(self.start.start(), end)))

    def deeper(self, offset: int) -> None:
        self.open.append(offset)
        if len(self.open) > DEEPEST and not self.broken:
            place = self.place(offset, offset + 1)
            self.report(
                kinds.TOO_DEEP.at(
                    place, limit=DEEPEST, help="give inner groups a name with `define`"
                )
            )

    def shallower(self, piece: re.Match[str]) -> None:
        wanted = "{" if piece.group() == "}" else "("
        if self.open and self.source.text[self.open[-1]] == wanted:
            self.open.pop()
        elif not self.broken:
            self.report(
                kinds.STRAY_BRACKET.at(
                    self.place(piece.start(), piece.end()), bracket=piece.group()
                )
            )

    def unclosed(self, piece: re.Match[str]) -> int:
        """Report a string that does not end; go on at the end of its line, or of a long string's declaration."""
        place = self.place(piece.start(), piece.end())
        if not self.broken:
            closing = '"""' if piece.lastgroup == "unclosed" else '"'
            self.report(kinds.UNCLOSED_STRING.at(place, help=f"close it with {closing}"))
        end = self.source.text.find("\n", piece.end())
        return len(self.source.text) if end < 0 else end

    def report(self, diagnostic: Diagnostic) -> None:
        self.broken = True
        self.found.append(diagnostic)

    def stray(self) -> None:
        """Text before the first declaration that is neither blank nor a comment."""
        end = self.sections[0].where.start if self.sections else 0
        if self.start is None:
            end = len(self.source.text)
        for line in re.finditer(r"^[ \t]*([^\s#][^\n]*)", self.source.text[:end], re.MULTILINE):
            place = self.place(line.start(1), line.end(1))
            self.found.append(
                kinds.STRAY_TEXT.at(
                    place, help="start a declaration with its keyword in the first column"
                )
            )
            return

    def place(self, start: int, end: int) -> Span:
        return Span(self.source.name, start, end)


def _close_help(bracket: str) -> str:
    return "close it with `}`" if bracket == "{" else "close it with `)`"
