"""Cut a text into declarations: each starts at a word in column 0, outside of strings and comments.

So one broken declaration does not hide the others, and positions stay those of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import syntax as kinds
from trialc.source import SourceText, Span
from trialc.syntax.grammar import DECLARATION_KEYWORDS, RESERVED
from trialc.syntax.spelling import nearest

DEEPEST = 30
"""Levels of brackets. The deepest of the trials that were counted has 7."""

PIECE = re.compile(
    r'(?P<long>"""[^"]*(?:"{1,2}(?!")[^"]*)*""")|(?P<unclosed>""")'
    r'|(?P<string>"(?:[^"\\\n]|\\.)*"|[“”„][^“”„\n]*[“”„])|(?P<quote>["“”„])'
    r"|(?P<comment>#[^\n]*)|(?P<open>[{(])|(?P<close>[})])|(?P<word>(?:^|(?<=\A\ufeff))[^\W\d]\w*)",
    re.MULTILINE,
)
"""What matters for cutting: strings, comments, brackets, and words in the first column."""

_INNER = re.compile(r"cause\s+of\b|\w[\w.]*+[ \t]*+(?:\[[^\]\n]{0,80}\][ \t]*+)?:")
"""Labels, also those that are called like a declaration: `role: nurse`, `cause of anaemia: ckd`."""

_NAME = re.compile(r"\w+\s+(?:test\s+)?([A-Za-z_][\w.]*)")


@dataclass(frozen=True, slots=True)
class Section:
    """One declaration's part of the text, from its keyword to the next declaration's."""

    keyword: str
    where: Span
    name: str = ""
    """The name after the keyword, so far as one can tell: the section may be broken."""


def comments(source: SourceText) -> Iterator[Span]:
    """Every comment, without its line end."""
    for piece in PIECE.finditer(source.text):
        if piece.lastgroup == "comment":
            yield Span(source.name, piece.start(), piece.end())


class Sections(NamedTuple):
    """The sections of a text that are whole, what is wrong with the others, and these."""

    whole: list[Section]
    found: list[Diagnostic]
    broken: list[Section]


def split(source: SourceText) -> Sections:
    """Cut a text at the words in its first column."""
    return _Splitter(source).run()


class _Splitter:
    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.sections: list[Section] = []
        self.lost: list[Section] = []
        self.found: list[Diagnostic] = []
        self.start: re.Match[str] | None = None
        self.broken = False
        self.open: list[int] = []

    def run(self) -> Sections:
        text, position = self.source.text, 0
        while piece := PIECE.search(text, position):
            position = piece.end()
            group = piece.lastgroup
            if group == "word":
                if not self.continues(piece):
                    self.close(piece.start())
                    self.start, self.broken, self.open = piece, False, []
            elif group in ("unclosed", "quote"):
                position = self.unclosed(piece)
            elif group == "open":
                self.deeper(piece.start())
            elif group == "close":
                self.shallower(piece)
        self.close(len(text))
        self.stray()
        return Sections(self.sections, self.found, self.lost)

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
        name = _NAME.match(self.source.text, self.start.start(), end)
        section = Section(
            self.start.group(), self.place(self.start.start(), end), name[1] if name else ""
        )
        (self.lost if self.broken else self.sections).append(section)

    def continues(self, piece: re.Match[str]) -> bool:
        """Whether a word in the first column lacks only its indent; reported once a declaration."""
        if not self.open or not self.is_inner(piece):
            return False
        if not self.broken:
            bracket = self.place(self.open[-1], self.open[-1] + 1)
            self.report(
                kinds.UNKNOWN_KEYWORD.at(
                    self.place(piece.start(), piece.end()),
                    word=piece.group(),
                    help="indent it: only declarations start in the first column",
                    related=[Related(bracket, "it stands within what is opened here")],
                )
            )
        return True

    def is_inner(self, piece: re.Match[str]) -> bool:
        """Whether a word in the first column, after an open bracket, starts no declaration."""
        word, text = piece.group(), self.source.text
        if _INNER.match(text, piece.start()):
            return True
        if word in DECLARATION_KEYWORDS:
            return False
        return word in RESERVED or nearest(word, DECLARATION_KEYWORDS) is None

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
            self.report(self.mismatched(piece, wanted))

    def mismatched(self, piece: re.Match[str], wanted: str) -> Diagnostic:
        """A closing bracket that is not of the last one opened: that lacks its own, or this closes
        nothing.
        """
        if any(self.source.text[offset] == wanted for offset in self.open):
            place = self.place(self.open[-1], self.open[-1] + 1)
            bracket = self.source[place]
            return kinds.UNCLOSED_BRACKET.at(place, bracket=bracket, help=_close_help(bracket))
        place = self.place(piece.start(), piece.end())
        advice = "leave it out, or open it where it begins"
        return kinds.STRAY_BRACKET.at(place, bracket=piece.group(), help=advice)

    def unclosed(self, piece: re.Match[str]) -> int:
        """Report a string that does not end; go on at the end of its line."""
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
        first = min((s.where.start for s in (*self.sections, *self.lost)), default=None)
        end = len(self.source.text) if first is None else first
        for line in re.finditer(
            r"^[\s\ufeff]*([^\s\ufeff#][^\n]*)", self.source.text[:end], re.MULTILINE
        ):
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
