"""Do the registered words compare a number in the same direction and unit as the rule?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from trialc.analyses.figures import NUMBER, is_of_an_element, readings_of
from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition, Literal
from trialc.model.inputs import parts
from trialc.model.protocol import Criterion
from trialc.model.units import Unit, compatible, unit
from trialc.source import Span

SIGNS = {
    "<": ("<", "less than", "lower than", "fewer than", "younger than", "under", "below"),
    "<=": ("≤", "<=", "=<", "⩽", "at most", "no more than", "not more than", "up to",
           "less than or equal to", "lower than or equal to", "maximum of"),
    ">": (">", "more than", "greater than", "higher than", "older than", "over", "above",
          "exceeding"),
    ">=": ("≥", ">=", "=>", "⩾", "at least", "no less than", "not less than",
           "greater than or equal to", "more than or equal to", "minimum of"),
}  # fmt: skip
"""How words put a relation before a number."""
AFTERWARDS = {
    ">=": r"(?:or|and) (?:more|older|greater|above|higher|over|longer)\b",
    "<=": r"(?:or|and) (?:less|younger|fewer|below|lower|under|shorter)\b",
}
"""And behind it and its unit: "18 years or older"."""
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}

_BEFORE = [
    (re.compile(rf"(?<!\w){re.escape(sign)}\s*(?:a |an |the )?$", re.IGNORECASE), relation)
    for sign, relation in sorted(
        ((sign, relation) for relation, signs in SIGNS.items() for sign in signs),
        key=lambda pair: -len(pair[0]),
    )
]
_NEAR = 60
"""Characters before and behind a number that can be about it."""
_LONGEST_UNIT = 6
"""Words: "times the upper limit of normal"."""
_NO_UNITS = ("in", "a", "h", "d", "m", "s", "K", "D")
"""Spellings that in prose are mostly something else: "grade 3 in the last year"."""


class Stated(NamedTuple):
    """A number as words compare it; None where they do not say."""

    words: str
    relation: str | None
    unit: Unit | None


class Compared(NamedTuple):
    """A number as a rule compares it; `relations`: which words would say so."""

    literal: Literal
    relations: tuple[str, ...]
    where: Span


def check_comparisons(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Limits that every quoted comparison with that number contradicts; decisions excuse."""
    found: list[Diagnostic] = []
    for item in study.protocol.criteria:
        if item.sources and not item.decided:
            words = " ".join(c for quote in item.sources for c in quote.clauses)
            found += _contradictions(item, words)
    return study, tuple(found)


def _contradictions(item: Criterion, words: str) -> Iterator[Diagnostic]:
    for compared in _compared(item.condition, negated=False):
        if is_of_an_element(compared.literal.text):
            continue
        number = Decimal(compared.literal.text.split()[0])
        quoted = tuple(stated(words, number))
        if quoted and not any(_agree(compared, each) for each in quoted):
            yield kinds.COMPARED_OTHERWISE.at(
                compared.where,
                name=item.id,
                words=quoted[0].words,
                help="mend the rule, or name the decision behind it: `decided <name>`",
            )


def _agree(compared: Compared, quoted: Stated) -> bool:
    if quoted.relation is not None and quoted.relation not in compared.relations:
        return False
    spelling = compared.literal.text.partition(" (")[0].partition(" ")[2]
    own = [known for each in (compared.literal.unit, spelling) if (known := unit(each))]
    return quoted.unit is None or not own or any(compatible(each, quoted.unit) for each in own)


# ---- the rule


def _compared(condition: Condition, negated: bool) -> Iterator[Compared]:
    if isinstance(condition, e.Compare) and isinstance(condition.right, Literal):
        relation = condition.relation
        if relation in OPPOSITE:
            # "not (x < 8)" and "x >= 8" are both how one would read it.
            both = (relation, OPPOSITE[relation]) if negated else (relation,)
            yield Compared(condition.right, both, condition.where)
    elif isinstance(condition, e.Within):
        for side, relation in ((condition.low, ">="), (condition.high, "<=")):
            if isinstance(side, Literal):
                both = (relation, OPPOSITE[relation]) if negated else (relation,)
                yield Compared(side, both, condition.where)
    negated = negated or isinstance(condition, e.Not) or _is_none_of(condition)
    for part in parts(condition):
        yield from _compared(part, negated)


def _is_none_of(condition: Condition) -> bool:
    return isinstance(condition, e.Junction) and condition.quantifier == "none"


# ---- the words


def stated(words: str, number: Decimal) -> Iterator[Stated]:
    """How words compare a number, each time that they state it in figures."""
    for match in NUMBER.finditer(words):
        if number in readings_of(match.group()):
            before = words[max(0, match.start() - _NEAR) : match.start()]
            after = words[match.end() : match.end() + _NEAR]
            measured, length = _unit_at(after)
            first = before.rfind(" ", 0, max(len(before) - 12, 0)) + 1
            text = f"{before[first:]}{match.group()}{after[:length]}".strip()
            yield Stated(text, _relation(before, after[length:].lstrip(" ,")), measured)


def _relation(before: str, after: str) -> str | None:
    for relation, pattern in AFTERWARDS.items():
        if re.match(pattern, after, re.IGNORECASE):
            return relation
    return next((relation for sign, relation in _BEFORE if sign.search(before)), None)


def _unit_at(after: str) -> tuple[Unit | None, int]:
    """The unit that some words begin with, and its length; the longest that is one."""
    ends = [match.end() for match in re.finditer(r"\S+?(?=[,;.)]*(?:\s|$))", after)]
    for end in reversed(ends[:_LONGEST_UNIT]):
        spelling = after[:end].strip()
        found = None if spelling in _NO_UNITS else unit(spelling)
        if found is not None:
            return found, end
    return None, 0
