"""The amounts that words state: how they compare each number, and with which unit it stands."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from trialc.analyses.numbers_in_words import stated_numbers
from trialc.model.units import ONE, Unit, unit

SIGNS = {
    "<": ("<", "less than", "lower than", "fewer than", "younger than", "shorter than", "under",
          "below"),
    "<=": ("≤", "<=", "=<", "⩽", "at most", "no more than", "not more than", "up to",
           "less than or equal to", "lower than or equal to", "maximum of", "no longer than"),
    ">": (">", "more than", "greater than", "higher than", "older than", "longer than", "over",
          "above", "exceeding"),
    ">=": ("≥", ">=", "=>", "⩾", "at least", "no less than", "not less than",
           "greater than or equal to", "more than or equal to", "minimum of"),
}  # fmt: skip
"""How words put a relation before a number."""
AFTERWARDS = {
    ">=": r"(?:or|and) (?:more|older|greater|above|higher|over|longer)\b",
    "<=": r"(?:or|and) (?:less|younger|fewer|below|lower|under|shorter)\b",
}
"""And behind it and its unit: "18 years or older"."""

_BEFORE = [
    (re.compile(rf"(?<!\w){re.escape(sign)}\s*(?:a |an |the )?$", re.IGNORECASE), relation)
    for sign, relation in sorted(
        ((sign, relation) for relation, signs in SIGNS.items() for sign in signs),
        key=lambda pair: -len(pair[0]),
    )
]
NEAR = 60
"""Characters before and behind a number that can be about it."""
_LONGEST_UNIT = 6
"""Words: "times the upper limit of normal"."""
_NO_UNITS = ("in", "a", "m", "s", "K", "D", "IN")
"""Spellings that in prose are mostly something else: "grade 3 in the last year"."""
_IN_PROSE = tuple(
    (re.compile(pattern, re.IGNORECASE), written)
    for pattern, written in (
        (r"^\s*[-\u2010\u2011](?=[a-z])", " "),
        (r"^\s*(?:[x×*]\s*)?10\s*[*^e(]{1,2}\s*(\d{1,2})\)?(?=\s*(?:cells?\s*)?/)", r"x10^\1"),
        (r"^\s*[x×*]\s*10(3|6|9|12)(?=\s*(?:cells?\s*)?/)", r"x10^\1"),
        (r"\bgr[ae]ys?\b", "Gy"),
        (r"\bper ?cent\b", "percent"),
        (r"\s+(?:daily|(?:a|each|every|per) day)\b", "/day"),
        (r"\s+per\s+", "/"),
        (r"\bmillig?rams?\b", "mg"),
        (r"\bmicrog?rams?\b", "ug"),
        (r"\bkilograms?\b", "kg"),
        (r"\bgrams?\b", "g"),
        (r"\bmicrolit(?:er|re)s?\b", "uL"),
        (r"\bmillilit(?:er|re)s?\b", "mL"),
        (r"\bdecilit(?:er|re)s?\b", "dL"),
        (r"\b(?:lit(?:er|re))\b", "L"),
        (r"\bcubic mill?imet(?:er|re)s?\b|\bcmm\b|\bcu\.? ?mm\b", "mm3"),
    )
)  # fmt: skip
"""Units as prose spells them, where the registry has another spelling."""
_RANGE = re.compile(r"\s*(?:-|\u2013|to|and|or|,)\s*\d+(?:\.\d+)?(?![\d.,]*\d)")
_NUMBERED = re.compile(
    r"\b(weeks?|months?|years?)\s+"
    r"(?:[-−]?[.\d]+(?:\s*(?:-|\u2013|,\s*and\b|to\b|through\b|and\b|or\b|,)\s*|\s+))*[-−]?$",
    re.IGNORECASE,
)
"""What stands before "8" in "Weeks 2, 4 and 8"."""
_ONE = re.compile(
    r"(?<![\w.,])(?:(?:a|an)|(?:the |(?<=within )|(?<=in )|(?<=past )|(?<=last ))?"
    r"(?:past|last|previous|prior|preceding|next|following))"
    r"(?=\s+(?:hour|day|week|month|year)\b(?!s))",
    re.IGNORECASE,
)
"""A length of one: "within the last year", "for a month"."""
_CALENDAR = {"wk": ("d", 7), "a": ("mo", 12)}
"""Always as many of the other, on every calendar."""
_SAME_BESIDE = ({"%", "%{predicted}"},)


class Amount(NamedTuple):
    """A number of some words. `relation` and `unit` are None where they do not say; `before` and
    `after`: the words around it, without its unit.
    """

    words: str
    values: frozenset[Decimal]
    relation: str | None
    unit: Unit | None
    before: str
    after: str

    def is_of(self, value: Decimal, own: Unit | None) -> bool | None:
        """Whether it is the amount: 30 g/L is 3 g/dL. None where nobody can tell."""
        if self.unit is None or own is None or own == ONE:
            return None if value in self.values else False
        if any(same(each, self.unit, value, own) for each in self.values):
            return True
        return None if value in self.values and are_one(self.unit, own) else False


@lru_cache(maxsize=4096)
def amounts(words: str) -> tuple[Amount, ...]:
    """Every amount that some words state."""
    words = re.sub(r"[ \t\n]+", " ", words)
    found = [_amount(words, *one) for one in stated_numbers(words)]
    one = frozenset({Decimal(1)})
    for match in _ONE.finditer(words):
        made = _amount(words, one, match.start(), match.end())
        found.append(made._replace(before=words[: match.end()]))  # "last" says which way it looks
    return tuple(found)


def _amount(words: str, values: frozenset[Decimal], start: int, end: int) -> Amount:
    before = words[max(0, start - 2 * NEAR) : start]
    after = words[end : end + NEAR]
    measured, length = unit_at(after)
    first = before.rfind(" ", 0, max(len(before) - 12, 0)) + 1
    text = f"{before[first:]}{words[start:end]}{after[:length]}".strip()
    if measured is None:
        measured = _unit_before(before)
    relation = _relation(before, after[length:].lstrip(" ,"))
    return Amount(text, values, relation, measured, words[:start], words[end + length :])


def _relation(before: str, after: str) -> str | None:
    for relation, pattern in AFTERWARDS.items():
        if re.match(pattern, after, re.IGNORECASE):
            return relation
    return next((relation for sign, relation in _BEFORE if sign.search(before)), None)


def unit_at(after: str) -> tuple[Unit | None, int]:
    """The unit that some words begin with, and its length; the longest that is one. In "2 to 4
    weeks" the 2 has the unit of the 4.
    """
    skipped = 0
    while more := _RANGE.match(after[skipped:]):
        skipped += more.end()
    rest = after[skipped:]
    ends = [match.end() for match in re.finditer(r"\S+?(?=[,;.)]*(?:\s|$))", rest)]
    for end in reversed(ends[:_LONGEST_UNIT]):
        found = _unit(rest[:end])
        if found is not None:
            return found, skipped + end
    return None, 0


def _unit(spelling: str) -> Unit | None:
    if spelling.strip() in _NO_UNITS:
        return None
    found = unit(spelling.strip())
    if found is None:
        for pattern, written in _IN_PROSE:
            spelling = pattern.sub(written, spelling)
        found = unit(spelling.strip())
    return found


def _unit_before(before: str) -> Unit | None:
    match = _NUMBERED.search(before)
    return unit(match[1].lower()) if match else None


# ---- equal amounts


def same(one: Decimal, of: Unit, other: Decimal, its: Unit) -> bool:
    """Whether two amounts are equal, exactly; a week is 7 days, a year is 12 months."""
    first, second = _based(one, of), _based(other, its)
    return first == second


def _based(value: Decimal, of: Unit) -> tuple[object, Fraction]:
    if of.code in _CALENDAR:
        code, times = _CALENDAR[of.code]
        base = unit(code)
        assert base is not None
        return base.dimension, Fraction(value) * times
    return of.dimension, Fraction(value) * of.factor + of.offset


def are_one(one: Unit, other: Unit) -> bool:
    """Whether a number of one can be meant as the same number of the other: of `50 mg daily`, and
    of `50 mg/kg`, words often give the dose beside the rhythm or the weight.
    """
    codes = {one.code, other.code}
    heads = {code.split("/")[0] for code in codes}
    bare = any("/" not in code for code in codes)
    return (bare and len(codes) == 2 and len(heads) == 1) or codes in _SAME_BESIDE
