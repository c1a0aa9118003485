"""Are the quoted words in the registered text, and which registered words does nobody quote?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Declared, Quote
from trialc.source import SourceText, Span

Place = tuple[int, int]
"""Characters of the flattened text: start included, end excluded."""


@dataclass(frozen=True)
class Coverage:
    """How much of the registered text is quoted; shares count characters, white space apart."""

    share: float
    """Quoted by a `source`, of all that is not set aside; 0 to 1."""
    aside: float
    """Set aside as no part of the protocol, of the whole text; numbers of lists are among it."""
    unquoted: tuple[str, ...]
    """The rest, piece by piece, in the order of the text."""

    @property
    def percent(self) -> str:
        """The share for people, one decimal place, rounded down: "100.0" is all of it."""
        return f"{int(self.share * 1000 + 1e-9) / 10:.1f}"


LIST_MARKER = re.compile(r"\d+(?:\.\d+)*[.)]|\[\d+[a-z]?\]|[•*–-]|o")
"""As the first word of a line: `1.`, `5.3.`, `2)`, `[31b]`, and what stands for a bullet."""


class Registered:
    """A registered text with its white space flattened, as quotes are compared with it."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self.markers = tuple(_markers(text))
        """Numbers and bullets of lists: layout, which nobody needs to quote."""
        self.items = sorted({*_paragraphs(text), *(at for place in self.markers for at in place)})
        """Where the items of lists and the paragraphs begin, before and behind their markers."""

    def places(self, words: str) -> Iterator[Place]:
        """Where some words stand, as whole words."""
        start = self.text.find(words)
        while start >= 0:
            end = start + len(words)
            if not self._splits_word(start) and not self._splits_word(end):
                yield start, end
            start = self.text.find(words, start + 1)

    def _splits_word(self, at: int) -> bool:
        return 0 < at < len(self.text) and self.text[at - 1].isalnum() and self.text[at].isalnum()

    def in_order(self, clauses: Sequence[str]) -> tuple[list[Place], str]:
        """The places of clauses, one after the other and as close together as they can be, and the
        first clause that stands nowhere after those before it ("" if all do).
        """
        first, *others = (list(self.places(clause)) for clause in clauses)
        best: list[Place] = []
        for start in first:
            found = _chain(start, others)
            closer = len(found) == len(best) and _width(found) < _width(best)
            if len(found) > len(best) or closer:
                best = found
        return best, clauses[len(best)] if len(best) < len(clauses) else ""

    def nearest(self, words: str) -> str:
        """The passage most like some words; "" if nothing is."""
        match = SequenceMatcher(None, self.text, words, autojunk=False).find_longest_match()
        if match.size < max(4, len(words) // 3):
            return ""
        # Whole words, and none of the item before or behind.
        begins = bisect_right(self.items, match.a) - 1
        ends = bisect_left(self.items, match.a + match.size)
        low = self.items[begins] if begins >= 0 else 0
        high = self.items[ends] if ends < len(self.items) else len(self.text)
        start = max(low, match.a - match.b)
        end = min(high, max(start, 0) + len(words))
        while start > low and self._splits_word(start):
            start -= 1
        while end < high and self._splits_word(end):
            end += 1
        return self.text[start:end].strip(" .,;")


def _markers(text: str) -> Iterator[Place]:
    at = 0
    for line in text.splitlines():
        words = line.split()
        if words and LIST_MARKER.fullmatch(words[0]):
            yield at, at + len(words[0])
        at += sum(len(word) + 1 for word in words)


def _paragraphs(text: str) -> Iterator[int]:
    """Where the lines after blank lines begin, in the flattened text."""
    at, is_blank = 0, True
    for line in text.splitlines():
        words = line.split()
        if words and is_blank:
            yield at
        is_blank = not words
        at += sum(len(word) + 1 for word in words)


def _chain(start: Place, others: Iterable[list[Place]]) -> list[Place]:
    """A place and, of each of the others in turn, the first one after those before it."""
    found = [start]
    for places in others:
        at = bisect_left(places, (found[-1][1], 0))
        if at == len(places):
            break
        found.append(places[at])
    return found


def _width(places: list[Place]) -> int:
    return places[-1][1] - places[0][0] if places else 0


def check_quotes(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every quote is looked up; `evidence["coverage"]` says what nobody quotes."""
    about = study.protocol.metadata
    if study.registered is None:
        return study, tuple(_unchecked(study))
    registered = Registered(study.registered.text)
    found: list[Diagnostic] = []
    quoted: list[Place] = []
    for quote in own_quotes(study):
        quoted += _look_up(quote, registered, study, found)
    for decision in study.protocol.decisions:
        for words in decision.quotes:
            if next(registered.places(_flat(words)), None) is None:
                help_ = _advice(registered, words)
                found.append(kinds.QUOTE_NOT_FOUND.at(decision.where, words=words, help=help_))
    for item, words in _examples(study):
        if next(registered.places(_flat(words)), None) is None:
            help_ = _advice(registered, words)
            found.append(kinds.QUOTE_NOT_FOUND.at(item.where, words=words, help=help_))
    asides = list(registered.markers)
    for aside in about.asides:
        asides += _look_up(aside.quote, registered, study, found)
    coverage = _coverage(registered.text, quoted, asides)
    return replace(study, evidence={**study.evidence, "coverage": coverage}), tuple(found)


def check_coverage(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Tell which registered words nobody quotes; `check_quotes` has gathered them."""
    coverage = study.evidence.get("coverage")
    if not isinstance(coverage, Coverage) or not coverage.unquoted:
        return study, ()
    longest = max(coverage.unquoted, key=len)
    about = study.protocol.metadata
    share = f"{coverage.percent} %"
    return study, (kinds.UNQUOTED.at(about.where, share=share, words=longest),)


def _unchecked(study: Study) -> Iterator[Diagnostic]:
    about = study.protocol.metadata
    if about.registered_text:
        yield kinds.NO_REGISTERED_TEXT.at(about.where, file=about.registered_text)
    else:
        yield kinds.NOTHING_TO_CHECK.at(about.where, help='add `text: "source/<file>"`')


def own_quotes(study: Study) -> Iterator[Quote]:
    """Every `source` of the protocol itself; libraries quote other texts."""
    yield from study.protocol.metadata.sources
    for declaration in study.declared.values():
        if declaration.where.file == study.protocol.file:
            yield from declaration.sources


def _examples(study: Study) -> Iterator[tuple[Declared, str]]:
    """What elements and judgements of the protocol itself include, in the words of the text."""
    for item in (*study.protocol.data, *study.protocol.judgements):
        if item.where.file == study.protocol.file:
            yield from ((item, words) for words in item.includes)


def _look_up(
    quote: Quote, registered: Registered, study: Study, found: list[Diagnostic]
) -> list[Place]:
    """Where the clauses of a quote stand; a clause that stands nowhere is reported."""
    if not quote.clauses:
        return []
    absent = [clause for clause in quote.clauses if next(registered.places(clause), None) is None]
    for clause in absent:
        where = _clause_span(quote, clause, study.texts)
        help_ = _advice(registered, clause)
        found.append(kinds.QUOTE_NOT_FOUND.at(where, words=clause, help=help_))
    present = [clause for clause in quote.clauses if clause not in absent]
    if not present:
        return []
    places, stuck = registered.in_order(present)
    if stuck:
        where = _clause_span(quote, stuck, study.texts)
        help_ = "give the words that stand elsewhere a `source` of their own"
        found.append(kinds.QUOTE_OUT_OF_ORDER.at(where, words=stuck, help=help_))
    return places


def _advice(registered: Registered, words: str) -> str:
    near = registered.nearest(_flat(words))
    return f"the nearest words are `{near}`" if near else "copy the words from the registered text"


def _flat(words: str) -> str:
    return " ".join(words.split())


def _clause_span(quote: Quote, clause: str, texts: Iterable[SourceText]) -> Span:
    """The place of one line of a quote."""
    for text in texts:
        if text.name == quote.where.file:
            words = r"\s+".join(re.escape(word) for word in clause.split())
            match = re.compile(words).search(text.text, quote.where.start, quote.where.end)
            if match:
                return Span(text.name, match.start(), match.end())
    return quote.where


def _coverage(text: str, quoted: Iterable[Place], asides: Iterable[Place]) -> Coverage:
    state = bytearray(len(text))  # 0 nobody's, 1 set aside, 2 quoted
    for mark, places in ((1, asides), (2, quoted)):
        for start, end in places:
            state[start:end] = bytes([mark]) * (end - start)
    counts = [0, 0, 0]
    for character, mark in zip(text, state, strict=True):
        if not character.isspace():
            counts[mark] += 1
    body = counts[0] + counts[2]
    return Coverage(
        share=counts[2] / body if body else 1.0,
        aside=counts[1] / (body + counts[1]) if body + counts[1] else 0.0,
        unquoted=tuple(_pieces(text, state)),
    )


def _pieces(text: str, state: bytearray) -> Iterator[str]:
    """Stretches of words that nobody quotes; lone punctuation is no stretch."""
    for match in re.finditer(rb"\x00+", bytes(state)):
        piece = text[match.start() : match.end()].strip()
        if any(character.isalnum() for character in piece):
            yield piece
