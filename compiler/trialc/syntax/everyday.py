"""The wording of protocols on paper where a rule is written, and how the language says it: "less
than", "within the last 30 days", "two or more of", "due to".
"""

from __future__ import annotations

import re

from trialc.syntax.around import NAME, NUMBER, Around
from trialc.syntax.grammar import DECLARATION_KEYWORDS, RESERVED

_END = rf"(?:{NAME}|\)|\]|\}})\s*$"
_THAN = r"(?:\s+than)?"
_OR_EQUAL = r"\s+or\s+equal(?:\s+to)?"
_LESS = r"(?:less|lower|smaller|fewer|younger)"
_MORE = r"(?:greater|higher|larger|more|bigger|older)"
_COMPARED = tuple(
    (re.compile(rf"(?:(?:must\s+)?(?:be|is|are)\s+)?(?:{words})\b\s*({NUMBER})?"), sign)
    for words, sign in (
        (rf"{_LESS}{_THAN}{_OR_EQUAL}", "<="),
        (rf"{_MORE}{_THAN}{_OR_EQUAL}", ">="),
        (r"at\s+most|no\s+more\s+than|not\s+more\s+than|up\s+to|maximum|max", "<="),
        (r"(?:does|do)\s+not\s+exceed|not\s+exceeding", "<="),
        (r"at\s+least|no\s+less\s+than|not\s+less\s+than|minimum|min", ">="),
        (rf"{_LESS}\s+than|below|under", "<"),
        (rf"{_MORE}\s+than|above|over|exceeds|exceeding", ">"),
        (r"equal(?:s)?(?:\s+to)?", "="),
    )
)
"""How numbers are compared in words, the longest first."""
_AGO = re.compile(rf"(?:(more|less)\s+than\s+|over\s+)?({NUMBER})\s+ago\b")
_LATELY = re.compile(rf"\b(?:in|within|during)\s+(?:the\s+)?(?:past|last|previous)\s+({NUMBER})")
_WITHIN = re.compile(rf"\bwithin\s+({NUMBER})\s*$")
_CAUSE = re.compile(rf"(?:due|secondary)\s+to\s+({NAME})|(?:because\s+of|caused\s+by)\s+({NAME})")
_COUNTS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_COUNT = re.compile(r"\b([0-9]+|one|two|three|four|five|six)(\s+or\s+more)?\s*$")
_EXACTLY = re.compile(r"\bexactly\s*$")
_CODES = re.compile(rf"({NAME})(?:\s*,\s*(?:or\s+)?{NAME}|\s+or\s+{NAME})+(?!\s*[<>=\w(])")
_LISTED = re.compile(rf"\bin\s+({NAME})\s*$")
_TYPES = {
    **dict.fromkeys(
        ("number", "numeric", "float", "decimal", "real", "numerical", "continuous"),
        "`quantity [g/dL]`, with its unit; a pure number is `quantity [1]`",
    ),
    **dict.fromkeys(("integer", "int", "count", "whole"), "`score 0 .. 10`, with its range"),
    **dict.fromkeys(("yes", "bool", "logical", "flag", "binary"), "`boolean`"),
    **dict.fromkeys(
        ("text", "string", "free", "char"), "`choice {a, b}` or `boolean`: no rule can ask a text"
    ),
    **dict.fromkeys(("enum", "list", "select", "category", "categorical"), "`choice {a, b}`"),
    **dict.fromkeys(("datetime", "time", "day", "timestamp"), "`date`"),
}


def everyday(around: Around, expected: frozenset[str]) -> str:
    """What to write instead, "" where nothing comes to mind."""
    all_ = (
        _ago, _lately, _compared, _counted, _negated, _joined, _cause, _codes, _when, _visit,
        _type, _typed, _first_column, _name,
    )  # fmt: skip
    for advice in all_:
        if found := advice(around, expected):
            return found
    return ""


def _compared(around: Around, _expected: frozenset[str]) -> str:
    """`x less than 8 g/dL`, `x > than 8 g/dL`."""
    if around.word == "=" and (blank := re.search(r"([<>!])\s+$", around.before)):
        return f"write `{blank[1]}=`, without a blank"
    if not re.search(_END, around.before):
        return ""
    for words, sign in _COMPARED:
        if found := words.match(around.here):
            return f"write `{sign} {found[1]}`" if found[1] else f"write `{sign}`"
    return ""


def _ago(around: Around, _expected: frozenset[str]) -> str:
    """`surgery more than 30 days ago`."""
    found = _AGO.match(around.here)
    if found is None:
        return ""
    relation = {"more": "<", "less": ">"}.get(found[1] or "", "<")
    return (
        f"write `{relation} as_of - {found[2]}`, of a date; of a history `within ... before as_of`"
    )


def _lately(around: Around, expected: frozenset[str]) -> str:
    """`within the last 30 days`: before which day is said, too."""
    text = around.before[-30:] + around.here
    found = _LATELY.search(text)
    if found is not None and found.start() < 30 <= found.end() + 30:
        return f"write `within {found[1]} before as_of`"
    short = _WITHIN.search(around.before)
    if short is not None and {"BEFORE", "AFTER"} <= expected:
        return f"write `within {short[1]} before as_of`"
    return ""


def _counted(around: Around, _expected: frozenset[str]) -> str:
    """`two or more of {`, `one of {`, `exactly 1 of {`."""
    if _EXACTLY.search(around.before) and re.match(rf"{NUMBER}\s+of\b", around.here):
        number = around.word
        return f"write `at least {number} of {{...}} and at most {number} of {{...}}`"
    if around.word == "of" and (found := _COUNT.search(around.before)):
        number = _COUNTS.get(found[1], found[1])
        return "write `any of {`" if number == "1" else f"write `at least {number} of {{`"
    if around.word in (":", "[") and (group := re.search(rf"\bof\s+{NAME}\s*$", around.before)):
        return f"put braces around the group: `of {{{group[0][2:]}: ... }}`"
    return ""


def _negated(around: Around, expected: frozenset[str]) -> str:
    """`no x`, `neither x nor y`, `x not`."""
    if re.search(r"\bneither\s*$", around.before):
        return "write `none of { a: ... b: ... }`"
    if re.search(r"\beither\s*$", around.before):
        return "leave `either` out"
    found = re.search(rf"\bno\s+({NAME})\s*$", around.before)
    if found and {"AFTER", "WITHIN"} <= expected:
        return f"write `not {found[1]}`"
    if around.word == "not" and (found := re.search(rf"({NAME})\s*$", around.before)):
        return f"write `not {found[1]}`: it stands before"
    return ""


def _joined(around: Around, _expected: frozenset[str]) -> str:
    """`and/or`, `except`."""
    if around.word == "/" and re.search(r"\band\s*$", around.before):
        return "write `or`: it includes both"
    if around.word in ("except", "excepting", "excluding") and re.search(_END, around.before):
        return "write `unless`"
    if around.word == "/" and re.search(r"\+\s*$", around.before):
        return "write both ends: `in 9 .. 13 g/dL`"
    return ""


def _cause(around: Around, _expected: frozenset[str]) -> str:
    """`due to kidney disease`."""
    found = _CAUSE.match(around.here)
    return f"write `attributed to {found[1] or found[2]}`" if found else ""


def _codes(around: Around, _expected: frozenset[str]) -> str:
    """`x in a, b`, `x a or b`."""
    first = _LISTED.search(around.before)
    names = _CODES.match(f"{first[1]} {around.here}" if first else around.here)
    if names is None or not re.search(_END, around.before):
        return ""
    words = [word for word in re.findall(NAME, names[0]) if word != "or"]
    return f"write `in {{{', '.join(words)}}}`"


def _when(around: Around, expected: frozenset[str]) -> str:
    """`exclude x`, `applies to x`."""
    if expected != frozenset({"WHEN"}) or around.word.startswith("when"):
        return ""
    verb = re.search(rf"({NAME})\s*$", around.before)
    rest = "..." if around.word in RESERVED else f"{around.word} ..."
    return f"write `{verb[1]} when {rest}`" if verb else ""


def _visit(around: Around, _expected: frozenset[str]) -> str:
    """`x < 8 g/dL at SCREEN`; `x falls by 2 g/dL from x at V1`."""
    visit = re.match(rf"at\s+({NAME})", around.here)
    start = re.search(rf"\bby\b[^{{}}]*\bfrom\s+({NAME})\s*$", around.before)
    if visit is not None and start is not None:
        then = f"{start[1].rpartition('.')[2]}_{visit[1]}".lower()
        return (
            f"the value of {visit[1]} is an element of its own: `from {then}`, with `data {then} "
            f"...` and `collects: {then}` at {visit[1]}"
        )
    if visit is None or around.section.keyword not in ("inclusion", "exclusion"):
        return ""
    return f"say the visit in a line of its own: `assessed: {visit[1]}`"


def _type(around: Around, expected: frozenset[str]) -> str:
    """`data x "X" : number`."""
    if "BOOLEAN" not in expected or around.section.keyword != "data":
        return ""
    advice = _TYPES.get(around.word.lower())
    return f"write {advice}" if advice else ""


def _typed(around: Around, expected: frozenset[str]) -> str:
    """`quantity (g/dL)`, `choice (a, b)`: the brackets are others."""
    inner = re.match(r"\(([^()\n{}]*)\)", around.here)
    if inner is None or around.section.keyword != "data":
        return ""
    if expected == frozenset({"BOX"}):
        return f"write `[{inner[1]}]`"
    return f"write `{{{inner[1]}}}`" if expected == frozenset({"LBRACE"}) else ""


def _first_column(around: Around, _expected: frozenset[str]) -> str:
    """`  inclusion ...`, `1. inclusion ...`, where a line begins."""
    found = re.match(r"[-*•0-9.)\s]*([a-z]+)\b", around.here)
    is_start = re.search(r"\n[^\S\n]*$", around.before)
    if found is None or not is_start or found[1] not in DECLARATION_KEYWORDS:
        return ""
    return f"begin the line with `{found[1]}`, in the first column"


def _name(around: Around, expected: frozenset[str]) -> str:
    """Names with hyphens, blanks, a digit first."""
    if around.word in "-–" and expected == frozenset({"STRING"}):
        parts = re.search(rf"({NAME})\s*$", around.before), re.match(rf".({NAME})", around.here)
        shown = "_".join(part[1] for part in parts if part)
        return f"a name has letters, digits and `_`: write `{shown}`"
    if around.word[0].isdigit() and expected == frozenset({"NAME"}):
        return "a name begins with a letter"
    return ""
