"""A place where a text leaves the language, with a few words on both sides of it."""

from __future__ import annotations

from trialc.source import SourceText, Span
from trialc.syntax.sections import Section

REACH = 100
"""Characters before and after a mistake that are looked at."""
NUMBER = r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?:[ \t]?[A-Za-z%µ/\[][^\s<>={}#,;]*)?"
NAME = r"[A-Za-z_][\w.]*"


class Around:
    """A place where a text leaves the language, and what stands there."""

    def __init__(self, source: SourceText, section: Section, place: Span) -> None:
        text, where = source.text, section.where
        self.section = section
        self.word = source[place]
        self.before = text[max(where.start, place.start - REACH) : place.start]
        self.after = text[place.end : min(where.end, place.end + REACH)]
        self.signs = text[max(where.start, place.start - 1) : place.start + 2]

    @property
    def here(self) -> str:
        """The word and what follows it."""
        return self.word + self.after
