"""The words that a declaration stands on, and which numbers they state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trialc.graph.study import Study
from trialc.graph.walks import reached, reading
from trialc.model.declared import Quote
from trialc.model.protocol import ConditionDefinition, Decision, Declared, NumberDefinition
from trialc.model.units import compatible, unit

NumbersIn = Callable[[str], set[Decimal]]
"""Every number that some words state."""

_FIGURE = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*(?![\d]|[.,]\d)")
_RANGE = re.compile(r"\s*(?:-|–|to|and|or|,)\s*\d+(?:\.\d+)?")
_LISTED = re.compile(
    r"(?P<unit>[A-Za-z]+)\s+"
    r"(?:[-−]?[.\d]+(?:\s*(?:-|–|,\s*and\b|to\b|through\b|and\b|or\b|,)\s*|\s+))*[-−]?$"
)
"""What stands before "8" in "Weeks 2, 4, and 8"."""
_NEAR = 120
"""Characters before a number that can be the list that it stands in."""
_NOTHING = re.compile(r"\b(?:no|none|not|never|without|absen(?:t|ce)|any|free)\b", re.IGNORECASE)
"""How words state a count of 0."""
_WORD = re.compile(r"\S+?(?=[,;.)]*(?:\s|$))")
_LONGEST_UNIT = 6
"""Words: "times the upper limit of normal"."""


@dataclass(frozen=True)
class Words:
    """`own`: registered words that are quoted, and the readings of decisions; `quotes`: what the
    decisions quote, which somebody reads in one way or another.
    """

    own: tuple[str, ...]
    quotes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.own or self.quotes)

    def state(self, text: str, numbers_in: NumbersIn) -> bool:
        """Whether they state "11 g/dL", or just "11". In a quote it must stand with its unit: what
        a decision is about is often that the text states another number.
        """
        number, _, measured = text.partition(" ")
        value = Decimal(number)
        if value in numbers_in(" ".join(self.own)):
            return True
        if value == 0 and any(_NOTHING.search(words) for words in (*self.own, *self.quotes)):
            return True
        if not measured or measured == "points":
            return any(value in numbers_in(quote) for quote in self.quotes)
        return any(_is_with_unit(quote, value, measured, numbers_in) for quote in self.quotes)


def _is_with_unit(quote: str, value: Decimal, measured: str, numbers_in: NumbersIn) -> bool:
    quote = " ".join(quote.split())
    for match in _FIGURE.finditer(quote):
        if value in numbers_in(match.group()):
            after = quote[match.end() :]
            ahead = _LISTED.search(quote[max(0, match.start() - _NEAR) : match.start()])
            if ahead and ahead["unit"].casefold().rstrip("s") == measured.casefold().rstrip("s"):
                return True
            while more := _RANGE.match(after):
                after = after[more.end() :]
            if _begins_with_unit(after.lstrip(" -"), measured):
                return True
    return False


def _begins_with_unit(words: str, measured: str) -> bool:
    if words.casefold().startswith(measured.casefold()):
        return True
    own = unit(measured)
    ends = [match.end() for match in _WORD.finditer(words)][:_LONGEST_UNIT]
    found = (unit(words[:end].strip()) for end in reversed(ends))
    return own is not None and any(one is not None and compatible(one, own) for one in found)


def words_behind(study: Study) -> Callable[[Declared], Words]:
    """What each declaration stands on; a definition also on the words of the rules that read it."""
    decisions = {decision.id: decision for decision in study.protocol.decisions}
    users = _users(study)

    def behind(item: Declared) -> Words:
        found = [_own(item.sources, item.decided, decisions)]
        if isinstance(item, NumberDefinition | ConditionDefinition):
            found += [_own(u.sources, u.decided, decisions) for u in users.get(item.id, ())]
        return Words(
            tuple(words for one in found for words in one.own),
            tuple(words for one in found for words in one.quotes),
        )

    return behind


def of_title_page(study: Study) -> Words:
    """What the title page stands on."""
    about = study.protocol.metadata
    decisions = {decision.id: decision for decision in study.protocol.decisions}
    return _own(about.sources, about.decided, decisions)


def _own(
    sources: Iterable[Quote], decided: Iterable[str], decisions: Mapping[str, Decision]
) -> Words:
    named = [decisions[name] for name in decided if name in decisions]
    clauses = tuple(clause for quote in sources for clause in quote.clauses)
    readings = tuple(decision.reading for decision in named)
    return Words(clauses + readings, tuple(q for decision in named for q in decision.quotes))


def _users(study: Study) -> dict[str, list[Declared]]:
    """The definitions of the protocol, with the declarations that depend on each."""
    reads, found = reading(study.graph), dict[str, list[Declared]]()
    for node, item in _readers(study):
        for used in reached(reads, node):
            kind, _, name = used.partition(":")
            if kind == "definition":
                found.setdefault(name, []).append(item)
    return found


def _readers(study: Study) -> Iterator[tuple[str, Declared]]:
    for node in study.graph:
        item = study.declared.get(node.partition(":")[2])
        if item is not None and (item.sources or item.decided):
            yield node, item
