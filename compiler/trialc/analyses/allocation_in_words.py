"""Does a randomisation have the ratio and the blocks that its registered words state?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from math import gcd

from trialc.analyses.numbers_in_words import WORDS
from trialc.analyses.words_behind import Words, words_behind
from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import against_words as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Randomisation

_N = rf"(?:\d{{1,3}}|{'|'.join(WORDS[1:])})"
_RATIO = re.compile(
    rf"(?<![\d:.])[1-9]\d?(?:\s?:\s?[1-9])+(?![\d:.]*\d)"
    rf"|\b{_N}(?:\s+to\s+{_N}\b)+(?=\s+ratio\b)|(?<=ratio of )\b{_N}(?:\s+to\s+{_N}\b)+",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\bratio\b|\brandomi[sz]|\ballocat|\bassign", re.IGNORECASE)
_BLOCKS = re.compile(
    rf"\b(?P<count>{_N})\s+(?:(?!of\b)[a-z-]+\s+)?blocks\b(?!\s+size)", re.IGNORECASE
)
_SIZE = re.compile(
    rf"\bblocks?\s+(?:of size|sizes? of|of|size)\s+({_N})\b(?!\s*(?:[,/-]|or\b|and\b|to\b))"
    rf"|\b({_N})\s+(?:\w+\s+){{0,2}}(?:per|in each)\s+block\b",
    re.IGNORECASE,
)
_MOST_ARMS = 6


def check_allocation(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Ratios, and numbers and sizes of blocks, that the quoted words contradict."""
    behind = words_behind(study)
    found: list[Diagnostic] = []
    for item in study.protocol.randomisations:
        if item.sources:
            words = behind(item)
            found += (*_ratio(item, words), *_blocks(item, words))
    return study, tuple(found)


def _ratio(item: Randomisation, words: Words) -> Iterator[Diagnostic]:
    stated = {parts: text for quote in words.quoted for parts, text in _ratios(quote)}
    read = {parts for text in words.decided for parts, _ in _ratios(text)}
    if not stated or any(each.of for each in item.ratio):
        return
    counts = [each.count for each in item.ratio]
    if any(_agree(counts, parts) for parts in (*stated, *read)):
        return
    own = ":".join(map(str, counts))
    yield _otherwise(item, f"the ratio {own}" if own else "no ratio", next(iter(stated.values())))


def _blocks(item: Randomisation, words: Words) -> Iterator[Diagnostic]:
    for own, form, what in (
        (item.blocks, _BLOCKS, f"{item.blocks} blocks"),
        (item.block_size, _SIZE, f"blocks of {item.block_size}"),
    ):
        stated = {number: text for quote in words.quoted for number, text in _counts(form, quote)}
        read = {number for text in words.decided for number, _ in _counts(form, text)}
        if own and stated and own not in stated and own not in read:
            yield _otherwise(item, what, next(iter(stated.values())))


def _otherwise(item: Randomisation, what: str, words: str) -> Diagnostic:
    return kinds.RANDOMISED_OTHERWISE.at(
        item.where,
        name=item.id,
        what=what,
        words=words,
        help="mend it, or state it in the `reading` of a decision, and name that",
    )


def _ratios(words: str) -> Iterator[tuple[tuple[int, ...], str]]:
    if _ABOUT.search(words):
        for match in _RATIO.finditer(words):
            parts = re.findall(rf"\b{_N}\b", match.group(), re.IGNORECASE)
            yield _least([_number(part) for part in parts]), match.group()


def _counts(form: re.Pattern[str], words: str) -> Iterator[tuple[int, str]]:
    for match in form.finditer(words):
        yield _number(next(filter(None, match.groups()))), match.group()


def _number(text: str) -> int:
    return int(text) if text.isdigit() else WORDS.index(text.lower())


def _least(counts: Sequence[int]) -> tuple[int, ...]:
    """4, 2 is 2:1."""
    shared = reduce(gcd, counts)
    return tuple(sorted(count // (shared or 1) for count in counts))


def _agree(counts: Sequence[int], parts: tuple[int, ...]) -> bool:
    """Whether arms, some of them taken together ("2:1 drug or placebo"), have the ratio."""
    if len(counts) < len(parts):
        return False
    if len(counts) > _MOST_ARMS:
        return True
    return any(_least(sums) == parts for sums in _together(counts, len(parts)))


def _together(counts: Sequence[int], groups: int) -> Iterator[list[int]]:
    """The sums of so many groups of counts, in every way of making them."""
    ways = [[0] * groups]
    for count in counts:
        ways = [
            [total + count * (place == at) for place, total in enumerate(way)]
            for way in ways
            for at in range(groups)
        ]
    return (way for way in ways if all(way))
