"""The words of a text in their order, with the comments and the blank lines between them.

Lark's trees leave out keywords and brackets. Between two of their leaves only such words, comments
and blanks can stand, so they are read here without a second grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, cast

from trialc.source import SourceText, Span
from trialc.syntax.grammar import Unexpected, parse_section, parser
from trialc.syntax.sections import split
from trialc.syntax.typography import plain_sign, plain_unit

if TYPE_CHECKING:
    from lark import Tree
    from lark.lexer import Token

KEYWORD = "KEYWORD"
"""The kind of a word that Lark's trees leave out: a keyword, a bracket, a comma, a colon."""
END = "END"
"""The kind of the empty word after the last one, which carries the last comments."""

_BETWEEN = re.compile(r"(?P<comment>#[^\n]*)|(?P<newline>\n)|(?P<word>[A-Za-z]+|[{}(),:=])")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment without the blanks at its end. `blank`: a blank line stands before it."""

    text: str
    trailing: bool
    """It stands on the line of the word before it."""
    blank: bool
    where: Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word in plain typography, and what stands between the word before it and this one."""

    kind: str
    """Lark's name of the terminal, KEYWORD or END."""
    text: str
    where: Span
    comments: tuple[Comment, ...] = ()
    newline: bool = False
    blank: bool = False
    """A blank line stands before it, after all of its comments."""
    apart: bool = False
    """It must begin a line: behind the number before it, it would be read as its unit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that has the form of the language: its words, and Lark's tree of each declaration."""

    words: tuple[Word, ...]
    declarations: tuple[Tree[Token], ...]


def read(source: SourceText) -> Reading:
    """The words of a text that parses, with `\\n` line ends."""
    declarations: list[Tree[Token]] = []
    leaves: list[Token] = []
    for section in split(source).whole:
        parsed = parse_section(source.text, section.where.start, section.where.end)
        assert not isinstance(parsed, Unexpected), "only texts that parse are read word for word"
        declarations.append(cast("Tree[Token]", parsed.children[0]))
        leaves += parsed.scan_values(_present)
    return Reading(tuple(_with_apart(list(_words(source, leaves)))), tuple(declarations))


def _present(leaf: Token | Tree[Token] | None) -> bool:
    """Not one of the places that Lark holds for absent parts."""
    return leaf is not None


def _words(source: SourceText, leaves: list[Token]) -> Iterator[Word]:
    gap = _Gap(source.name)
    position = 0
    for leaf in leaves:
        start, end = leaf.start_pos or 0, leaf.end_pos or 0
        yield from gap.read(source.text, position, start)
        yield gap.word(leaf.type, plain(leaf.type, str(leaf)), start, end)
        position = end
    yield from gap.read(source.text, position, len(source.text))
    yield gap.word(END, "", len(source.text), len(source.text))


class _Gap:
    """What was met since the last word."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.first = True
        self.newlines = 0
        self.comments: list[Comment] = []

    def read(self, text: str, start: int, end: int) -> Iterator[Word]:
        """The words that Lark's tree leaves out between two of its leaves."""
        for piece in _BETWEEN.finditer(text, start, end):
            if piece.lastgroup == "newline":
                self.newlines += 1
            elif piece.lastgroup == "comment":
                self.comment(piece.group(), piece.start(), piece.end())
            else:
                yield self.word(KEYWORD, piece.group(), piece.start(), piece.end())

    def comment(self, text: str, start: int, end: int) -> None:
        trailing = not (self.first or self.newlines or self.comments)
        place = Span(self.name, start, end)
        self.comments.append(Comment(text.rstrip(), trailing, self.newlines > 1, place))
        self.newlines = 0

    def word(self, kind: str, text: str, start: int, end: int) -> Word:
        comments, newlines = tuple(self.comments), self.newlines
        self.comments, self.newlines, self.first = [], 0, False
        newline = bool(comments or newlines)
        return Word(kind, text, Span(self.name, start, end), comments, newline, newlines > 1)


def _with_apart(words: list[Word]) -> Iterator[Word]:
    """The same words; those that must not come to stand right behind a number say so."""
    for k, word in enumerate(words):
        number = words[k - 1].text if k and words[k - 1].kind in ("NUMBER", "QUANTITY") else ""
        joined = " ".join([number, *(after.text for after in words[k : k + 4])])
        match = _quantity().match(joined) if number else None
        # Before the `times` of repeats no unit can stand, so that nothing takes it for one.
        is_times = word.kind == KEYWORD and word.text == "times"
        apart = match is not None and match.end() > len(number) and not is_times
        yield replace(word, apart=True, newline=True) if apart else word


@cache
def _quantity() -> re.Pattern[str]:
    return re.compile(parser().get_terminal("QUANTITY").pattern.to_regexp())


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def plain(kind: str, text: str) -> str:
    """A word without the typography of a word processor; its value stays the same."""
    if kind == "STRING" and text[0] != '"':
        return '"' + text[1:-1].replace("\\", "\\\\").replace('"', '\\"') + '"'
    if kind in ("SIGN", "TIMES", "RELATION"):
        return plain_sign(text)
    if kind in ("RANGE", "DOTS"):
        return ".."
    if kind in ("OFTEN", "ON_DAYS", "CHANGE"):
        return " ".join(text.split())
    if kind == "BOX":
        return f"[{plain_unit(text[1:-1])}]"
    number = _NUMBER.match(text) if kind == "QUANTITY" else None
    if number:
        return f"{number.group()} {plain_unit(text[number.end() :])}".rstrip()
    return text
