"""The words that a declaration stands on, and which numbers they state."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trialc.analyses.amounts_in_words import amounts
from trialc.analyses.day_numbers import without_day_numbers
from trialc.analyses.numbers_in_words import numbers_in
from trialc.graph.study import Study
from trialc.graph.walks import reached, reading
from trialc.model.declared import Quote
from trialc.model.protocol import ConditionDefinition, Decision, Declared, NumberDefinition
from trialc.model.units import Unit, unit

_NOTHING = re.compile(r"\b(?:no|none|not|never|without|absen(?:t|ce)|any|free)\b", re.IGNORECASE)
"""How words state a count of 0."""


@dataclass(frozen=True)
class Words:
    """`quoted`: registered words; `readings`: of decisions; `quotes`: what the decisions quote,
    which somebody reads in one way or another.
    """

    quoted: tuple[str, ...]
    readings: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.quoted or self.readings or self.quotes)

    def state(self, text: str) -> bool:
        """Whether they state "11 g/dL", the same amount in another unit, or just "11". In a quote
        it must stand with its unit: what a decision is about is often that the text states another
        number.
        """
        number, _, measured = text.partition(" ")
        value, own = Decimal(number), unit_of(measured)
        words = " ".join((*self.quoted, *self.readings))
        if value in numbers_in(words) or _with_unit(words, value, own):
            return True
        if value == 0 and any(_NOTHING.search(words) for words in (*self._all(), *self.quotes)):
            return True
        if not measured or measured == "points":
            return any(value in numbers_in(quote) for quote in self.quotes)
        return any(
            _with_unit(quote, value, own) or _with_word(quote, value, measured)
            for quote in self.quotes
        )

    def state_one_day_more(self, text: str) -> bool:
        """Whether they compare with the day after "13 days": "at least 14 days", "< 2 weeks"."""
        number, _, measured = text.partition(" ")
        own = unit_of(measured)
        if own is None or own.code != "d":
            return False
        value = Decimal(number) + 1
        return any(
            found.relation in ("<", ">=") and found.is_of(value, own)
            for words in (*self._all(), *self.quotes)
            for found in amounts(words)
        )

    def instead_of(self, text: str, is_window: bool) -> str:
        """What the words state instead of "11 g/L": the number, each time with a unit that makes it
        another amount. "" where they or the readings state it, or do not say. The 7 of "Day 7" says
        nothing of how long a window is.
        """
        number, _, measured = text.partition(" ")
        value, own = Decimal(number), unit_of(measured)
        texts = map(without_day_numbers, self._all()) if is_window else self._all()
        found = [each for words in texts for each in amounts(words)]
        beside = [each for each in found if value in each.values]
        if own is None or not beside or any(each.is_of(value, own) for each in found):
            return ""
        if any(each.is_of(value, own) is None for each in beside):
            return ""
        return beside[0].words

    @property
    def decided(self) -> tuple[str, ...]:
        """What the decisions say and quote."""
        return (*self.readings, *self.quotes)

    def _all(self) -> tuple[str, ...]:
        return (*self.quoted, *self.readings)


def unit_of(measured: str) -> Unit | None:
    """The unit that an author wrote: of "g/L", and of "g/L (given)"; None for none."""
    spelling = measured.partition(" (")[0]
    return unit(spelling) if spelling else None


def _with_unit(words: str, value: Decimal, own: Unit | None) -> bool:
    return own is not None and any(
        each.is_of(value, own) or (each.unit is not None and each.is_of(value, own) is None)
        for each in amounts(words)
    )


def _with_word(words: str, value: Decimal, measured: str) -> bool:
    """Whether the number stands before what the rule calls its unit: "5 half-lives"."""
    return any(
        value in each.values and each.after.lstrip(" -").casefold().startswith(measured.casefold())
        for each in amounts(words)
    )


def words_behind(study: Study) -> Callable[[Declared], Words]:
    """What each declaration stands on; a definition also on the words of the rules that read it."""
    decisions = {decision.id: decision for decision in study.protocol.decisions}
    users = _users(study)

    def behind(item: Declared) -> Words:
        found = [_own(item.sources, item.decided, decisions)]
        if isinstance(item, NumberDefinition | ConditionDefinition):
            found += [_own(u.sources, u.decided, decisions) for u in users.get(item.id, ())]
        return Words(
            tuple(words for one in found for words in one.quoted),
            tuple(words for one in found for words in one.readings),
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
    quoted = tuple(" ".join(quote.clauses) for quote in sources)
    readings = tuple(decision.reading for decision in named)
    return Words(quoted, readings, tuple(q for decision in named for q in decision.quotes))


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
