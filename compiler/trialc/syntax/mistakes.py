"""Lark's errors in an author's words."""

from __future__ import annotations

import re

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import syntax as kinds
from trialc.source import SourceText, Span
from trialc.syntax.grammar import RESERVED
from trialc.syntax.sections import Section

_WORDS = {
    "NAME": "a name",
    "STRING": "a title in quotation marks",
    "LONGSTRING": 'registered words between `"""`',
    "NUMBER": "a number",
    "QUANTITY": "a number with its unit",
    "DATE": "a date such as 2027-01-04",
    "LABEL": "a label such as `skin:`",
    "BOX": "square brackets",
    "RELATION": "a comparison such as `<`",
    "SIGN": "`+` or `-`",
    "TIMES": "`*` or `/`",
    "RANGE": "`..`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "COLON": "`:`",
    "COMMA": "`,`",
    "EQUAL": "`=`",
    "LEVEL": "`primary`, `secondary` or `exploratory`",
    "VERB": "an action such as `hold` or `notify`",
    "QUANTIFIER": "`all of`, `any of` or `none of`",
    "COMBINE": "`sum of` or `highest of`",
    "ELAPSED": "`years from`",
    "VERDICT": "`eligible`, `ineligible` or `undetermined`",
    "STATE": "`open`, `closed` or `held`",
    "PREVIOUS": "`previous block` or `this block`",
}
_CONDITION = {"QUANTIFIER", "COMBINE", "ELAPSED", "EVERY", "ELAPSED", "COUNT", "NO", "NOT", "LPAR"}
_LONGEST = 6


def explain(error: Exception, source: SourceText, section: Section) -> Diagnostic:
    """One diagnostic for the first place where a declaration leaves the language."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    if isinstance(error, UnexpectedCharacters):
        offset = error.pos_in_stream
        character = source.text[offset]
        place = Span(source.name, offset, offset + 1)
        return kinds.BAD_CHARACTER.at(place, character=character, code=f"U+{ord(character):04X}")
    if not isinstance(error, UnexpectedToken):
        raise error
    expected = set(error.accepts or error.expected)
    if error.token.type == "$END":
        return _unfinished(source, section, expected)
    place = Span(source.name, error.token.start_pos or 0, error.token.end_pos or 0)
    return _special(source, place, expected) or kinds.UNEXPECTED.at(
        place, found=str(error.token), expected=_list(expected)
    )


def _unfinished(source: SourceText, section: Section, expected: set[str]) -> Diagnostic:
    text = source[section.where].rstrip()
    end = section.where.start + len(text)
    words = re.findall(r"\w[\w.]*", text)
    name = words[1] if len(words) > 1 else section.keyword
    place = Span(source.name, max(section.where.start, end - 1), end)
    return kinds.UNFINISHED.at(place, name=name, expected=_list(expected))


def _special(source: SourceText, place: Span, expected: set[str]) -> Diagnostic | None:
    """The mistakes that deserve a message of their own."""
    word = source[place]
    other = {"and": "OR", "or": "AND"}.get(word)
    if other in expected:
        return kinds.MIXED_AND_OR.at(place, help="put parentheses around what belongs together")
    before = source.text[max(0, place.start - 12) : place.start]
    if (
        word == ","
        and (number := re.search(r"\d+$", before))
        and source.text[place.end : place.end + 1].isdigit()
    ):
        tail = re.match(r"\d+", source.text[place.end :])
        whole = Span(
            source.name, place.start - len(number.group()), place.end + (tail.end() if tail else 0)
        )
        text = source[whole]
        return kinds.DECIMAL_COMMA.at(whole, number=text, help=f"write `{text.replace(',', '.')}`")
    if expected == {"LABEL"} or expected == {"LABEL", "RBRACE"} and _in_group(source, place):
        return kinds.MISSING_LABEL.at(place, help=f"write `name: {word} ...`")
    if "NAME" in expected and word in RESERVED and not _CONDITION & expected:
        return kinds.RESERVED_NAME.at(
            place, name=word, help=f"choose another name, such as `{word}_1`"
        )
    return None


def _in_group(source: SourceText, place: Span) -> bool:
    """Is the nearest open brace before this place that of `all of {` and its like?"""
    depth = 0
    for offset in range(place.start - 1, -1, -1):
        character = source.text[offset]
        depth += (character == "}") - (character == "{")
        if depth < 0:
            return source.text[:offset].rstrip().endswith(" of")
    return False


def _list(expected: set[str]) -> str:
    """What could stand here, in words, the shortest useful list."""
    if _CONDITION <= expected:
        rest = expected - _CONDITION - {"NAME", "NUMBER", "QUANTITY", "DATE", "AT"}
        words = ["a condition", *sorted(map(_word, rest))]
    else:
        words = sorted({_word(name) for name in expected})
    shown = words[:_LONGEST]
    if len(words) > _LONGEST:
        shown.append("...")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


def _word(terminal: str) -> str:
    if terminal == "$END":
        return "the end of the declaration"
    return _WORDS.get(terminal, f"`{terminal.lower()}`")
