"""What was probably meant, by the words around a mistake; each looks at a few words only."""

from __future__ import annotations

import re

from trialc.syntax.around import NAME, NUMBER, REACH, Around
from trialc.syntax.everyday import everyday
from trialc.syntax.grammar import RESERVED

_RELATION = r"<=|>=|!=|<|>|=|≤|≥|≠"
_CAPITALS = re.compile(rf"({NAME})\s*$")
_COMPARED = re.compile(rf"({NUMBER}|{NAME})\s*({_RELATION})\s*({NAME})\s*$")
_HALF = re.compile(rf"({NAME})\s*(?:{_RELATION})\s*{NUMBER}\s+(and|or)\s*$")
_OPERAND = re.compile(rf"({_RELATION})\s*({NUMBER}|{NAME})")
_FROM_TO = re.compile(rf"({NUMBER})\s*(?:and|to|until|-|–)\s*({NUMBER})")
_LOW = re.compile(rf"({NUMBER})\s*$")
_AFTER_LOW = re.compile(rf"(?:and|to|until|,|-|–)\s*({NUMBER})")
_BOTH_SIDES = re.compile(rf"(?:±|\+\s?/?\s?[-−–])\s*({NUMBER})")
_WINDOW = re.compile(rf"\bwindow\s+[+\-−–]?\s*({NUMBER})\s*$")
_IN_A_PERIOD = re.compile(rf"\bgive\s[^{{}}]*\sin\s+{NAME}\s*$")
_REMARKS = ("--", "//", "/*")


def way_out(around: Around, expected: frozenset[str]) -> str:
    """What to write instead, "" where nothing comes to mind."""
    all_ = (
        _remark, _spread, _range, _chain, _in_a_period, _thousands, everyday, _word,
        _small_letters, _quoted, _criterion,
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
    found = _WINDOW.search(before[-REACH:])
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


def _thousands(around: Around, _expected: frozenset[str]) -> str:
    """`100 000 /uL`."""
    first = re.search(r"(?<![\w.])([0-9]{1,3})[ \u00a0\u202f]$", around.before)
    rest = re.match(r"[0-9]{3}(?![0-9.])", around.here)
    if first is None or rest is None:
        return ""
    whole = re.match(NUMBER, around.here)
    return f"write `{first[1]}{(whole or rest)[0]}`, without a blank"


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
        if said := re.match(r"(yes|true|present|no|false|absent)\b", after):
            name = _CAPITALS.search(around.before)
            is_not = "not " if said[1] in ("no", "false", "absent") else ""
            return f"write `{is_not}{name[1]}`" if name else f"leave `{word} {said[1]}` out"
        negated = re.match(rf"not\s+({NAME})", after)
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
    """A code, a date or a name in quotation marks."""
    inner = around.word[1:-1]
    if "DATE" in expected and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", inner):
        return f"write `{inner}`, without quotation marks"
    if "NAME" in expected and around.word[0] in '"“„' and re.fullmatch(NAME, inner):
        return f"write `{inner}`, without quotation marks"
    return ""


def _criterion(around: Around, expected: frozenset[str]) -> str:
    """`if` and `then` where a rule begins."""
    rules = {"inclusion": "require ...", "exclusion": "exclude when ..."}
    rule = rules.get(around.section.keyword, "")
    if rule and "EXCLUDE" in expected and around.word.lower() in ("if", "when", "include", "then"):
        return f"write `{rule}`"
    return ""
