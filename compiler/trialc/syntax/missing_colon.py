"""A label without its colon: `title "T"`, `heart.rate 70 /min`."""

from __future__ import annotations

import re

from trialc.source import SourceText, Span
from trialc.syntax.grammar import RESERVED, Unexpected, word_of
from trialc.syntax.sections import Section
from trialc.syntax.spelling import nearest

_WITH_LABELS = {
    "protocol", "library", "endpoint", "data", "intervention", "masking", "randomisation",
    "activity", "decision", "escalation", "patient", "test", "trial",
}  # fmt: skip
"""Declarations that hold labels with values."""
_LABELS_TOO = {"at", "by", "on"}
"""Words of the language that are labels, too."""
_NO_SLIP = {"gives", "does"}
"""Labels that are nearly a word of the language."""
_A_SLIP = 0.75
"""How like a word of the language a label must be to be a slip of the finger: `sorce` is, and not
`does`, although it shares much with `opens`.
"""
_REACH = 80
_LONGEST = 40
_LABEL = re.compile(r"[A-Za-z_][\w.]*")
_BEGINS_LINE = re.compile(r"[{\n][ \t]*\Z")
_VALUE = re.compile(
    r'[ \t]*=?[ \t]*("[^"\n]*"|[0-9]{4}-[0-9]{2}-[0-9]{2}'
    r"|[+\-−–]?[0-9][\w.]*(?:[ \t]+[A-Za-z%µ/][^\s:{},;#]*(?![ \t]*:))?|[A-Za-z_][\w.]*)"
)
_REST = re.compile(rf"[^\n{{}}:#]{{1,{_LONGEST}}}(?=[\n}}#])")
"""What stands on the line behind the label, if it is short and holds nothing else."""


def missing_colon(source: SourceText, section: Section, place: Span, error: Unexpected) -> str:
    """What to write where only the colon is missing, "" where something else is wrong."""
    text, word = source.text, source[place]
    if "LABEL" not in error.expected or section.keyword not in _WITH_LABELS:
        return ""
    if not _LABEL.fullmatch(word) or word in RESERVED - _LABELS_TOO:
        return ""
    before = text[max(section.where.start, place.start - _REACH) : place.start]
    if "AND" in error.expected and not _BEGINS_LINE.search(before):
        return ""
    value = _VALUE.match(text, place.end, min(section.where.end, place.end + _REACH))
    if value is None or (
        word not in _NO_SLIP and nearest(word, map(word_of, error.expected), _A_SLIP)
    ):
        return ""
    whole = _REST.match(text, value.start(1), section.where.end)
    return f"write `{word}: {whole[0].rstrip() if whole else value[1]}`"
