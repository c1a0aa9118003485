"""What was probably meant, by the words around a mistake; each looks at a few words only."""

from __future__ import annotations

import re

from trialc.source import SourceText, Span
from trialc.syntax.grammar import RESERVED
from trialc.syntax.sections import Section

_REACH = 100
"""Characters before and after a mistake that are looked at."""
_NUMBER = r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?:[ \t]?[A-Za-z%µ/\[][^\s<>={}#,;]*)?"
_NAME = r"[A-Za-z_][\w.]*"
_RELATION = r"<=|>=|!=|<|>|=|≤|≥|≠"
_CAPITALS = re.compile(rf"({_NAME})\s*$")
_COMPARED = re.compile(rf"({_NUMBER}|{_NAME})\s*({_RELATION})\s*({_NAME})\s*$")
_HALF = re.compile(rf"({_NAME})\s*(?:{_RELATION})\s*{_NUMBER}\s+(and|or)\s*$")
_OPERAND = re.compile(rf"({_RELATION})\s*({_NUMBER}|{_NAME})")
_FROM_TO = re.compile(rf"({_NUMBER})\s*(?:and|to|until|-|–)\s*({_NUMBER})")
_LOW = re.compile(rf"({_NUMBER})\s*$")
_AFTER_LOW = re.compile(rf"(?:and|to|until|,|-|–)\s*({_NUMBER})")
_BOTH_SIDES = re.compile(rf"(?:±|\+\s?/?\s?[-−–])\s*({_NUMBER})")
_WINDOW = re.compile(rf"\bwindow\s+[+\-−–]?\s*({_NUMBER})\s*$")
_IN_A_PERIOD = re.compile(rf"\bgive\s[^{{}}]*\sin\s+{_NAME}\s*$")
_REMARKS = ("--", "//", "/*")


class Around:
    """A place where a text leaves the language, and what stands there."""

    def __init__(self, source: SourceText, section: Section, place: Span) -> None:
        text, where = source.text, section.where
        self.section = section
        self.word = source[place]
        self.before = text[max(where.start, place.start - _REACH) : place.start]
        self.after = text[place.end : min(where.end, place.end + _REACH)]
        self.signs = text[max(where.start, place.start - 1) : place.start + 2]

    @property
    def here(self) -> str:
        """The word and what follows it."""
        return self.word + self.after


def way_out(around: Around, expected: frozenset[str]) -> str:
    """What to write instead, "" where nothing comes to mind."""
    all_ = (
        _remark, _spread, _range, _chain, _in_a_period, _word, _small_letters, _quoted, _criterion,
    )  # fmt: skip
    for advice in all_:
        if found := advice(around, expected):
            return found
    return ""


def is_remark(signs: str) -> bool:
    """Whether a remark begins here as in another language."""
    return any(sign in signs for sign in _REMARKS)


def _remark(around: Around, _expected: frozenset[str]) -> str:
    begins = is_remark(around.signs) or around.before.rstrip().endswith(_REMARKS)
    return "remarks start with `#`" if begins else ""


def spread(text: str) -> str:
    """`± 3 days`, written as a window."""
    found = _BOTH_SIDES.match(text)
    return f"write `-{found[1]} .. +{found[1]}`" if found else ""


def unfinished_window(before: str) -> str:
    """`window 3 days`: both ends are needed."""
    found = _WINDOW.search(before[-_REACH:])
    return f"write `window -{found[1]} .. +{found[1]}`" if found else ""


def _spread(around: Around, expected: frozenset[str]) -> str:
    if "RANGE" in expected and (found := unfinished_window(around.before)):
        return found
    if not re.search(r"\bwindow\s*[+]?\s*$", around.before):
        return ""
    return spread(around.here) or spread("+" + around.here)


def _range(around: Around, expected: frozenset[str]) -> str:
    """`18 to 80 years` and `between 18 and 80 years` are written `18 .. 80 years`."""
    if around.word == "between":
        found = _FROM_TO.match(around.after.lstrip())
        return f"write `in {found[1]} .. {found[2]}`" if found else "write `in 18 .. 80 years`"
    low, high = _LOW.search(around.before), _AFTER_LOW.match(around.here)
    if "RANGE" in expected and low and high:
        return f"write `{low[1]} .. {high[1]}`"
    if around.word[0] in "[(" and re.search(r"\bin\s*$", around.before):
        return "write codes in braces, `in {a, b}`, and ranges as `in 18 .. 80 years`"
    return ""


def _in_a_period(around: Around, _expected: frozenset[str]) -> str:
    """`give a in p1 for 3 days`: a period says by itself how long."""
    if around.word not in ("for", "until") or not _IN_A_PERIOD.search(around.before):
        return ""
    return f"a period has its own length: leave `{around.word} ...` out, or write `as ... at ...`"


def _chain(around: Around, _expected: frozenset[str]) -> str:
    """`18 years <= x <= 80 years`, and `x >= 18 years and <= 80 years`."""
    operand = _OPERAND.match(around.here)
    if operand is None:
        return ""
    if half := _HALF.search(around.before):
        return f"write `{half[2]} {half[1]} {operand[1]} {operand[2]}`"
    if first := _COMPARED.search(around.before):
        left, relation, name = first.groups()
        return f"write `{left} {relation} {name} and {name} {operand[1]} {operand[2]}`"
    return ""


def _word(around: Around, expected: frozenset[str]) -> str:
    """Words of everyday language."""
    word, after = around.word, around.after.lstrip()
    if word in ("is", "equals", "are"):
        if _OPERAND.match(after):
            return f"leave `{word}` out"
        negated = re.match(rf"not\s+({_NAME})", after)
        return f"write `!= {negated[1]}`" if negated else "write `=`"
    if word == "=" and "LABEL" in expected and (name := _CAPITALS.search(around.before)):
        return f"write `{name[1]}: ...`"
    if word == "," and re.search(r"\b(?:require|when|unless)\b|=", around.before):
        return "write `and` or `or`"
    if word == "if" and expected == frozenset({"WHEN"}):
        return "write `when`"
    return ""


def _small_letters(around: Around, _expected: frozenset[str]) -> str:
    """`NOT x`, `x AND y`."""
    before = _CAPITALS.search(around.before)
    for word in (around.word, before[1] if before else ""):
        if word != word.lower() and word.lower() in RESERVED:
            return f"write `{word.lower()}`, in small letters"
    return ""


def _quoted(around: Around, expected: frozenset[str]) -> str:
    """A code or a name in quotation marks."""
    inner = around.word[1:-1]
    if "NAME" in expected and around.word[0] in '"“„' and re.fullmatch(_NAME, inner):
        return f"write `{inner}`, without quotation marks"
    return ""


def _criterion(around: Around, expected: frozenset[str]) -> str:
    """`if` and `then` where a rule begins."""
    rules = {"inclusion": "require ...", "exclusion": "exclude when ..."}
    rule = rules.get(around.section.keyword, "")
    if rule and "EXCLUDE" in expected and around.word.lower() in ("if", "when", "include", "then"):
        return f"write `{rule}`"
    return ""
