"""The numbers that words state: in figures, spelled out, or both: "1 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

# fmt: off
WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)
# fmt: on
TIMES = {"once": 1, "twice": 2, "thrice": 3}
MULTIPLES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_APART = "\u00a0\u2009\u202f'\u2019"
"""What stands between thousands and nowhere else in a number: thin and unbreakable blanks."""
NUMBER = re.compile(
    rf"(?<![\d.,])[1-9]\d{{0,2}}(?:[{_APART} ]\d{{3}})+(?:\.\d+)?(?![\d]|[.,{_APART}]\d)"
    r"|\d+(?:[.,]\d+)*"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_SPELLED = re.compile(
    rf"(?<![\w.,])(?P<number>{'|'.join((*WORDS, *TIMES))}|\d+(?:\.\d+)?)"
    rf"(?:[\s-]+(?P<times>{'|'.join(MULTIPLES)}))?\b",
    re.IGNORECASE,
)
_POWER = re.compile(r"(?<=[x×*])\s?10\s?(?:[\^*eE(]{1,2}\s?\d{1,2}\)?|(?=[⁰¹²³⁴⁵⁶⁷⁸⁹]))")
"""The unit of "1.5 x 10^9/L" begins with numbers that are none of the text."""


class Stated(NamedTuple):
    """What some characters can mean as a number, and where they stand."""

    values: frozenset[Decimal]
    start: int
    end: int


def stated_numbers(words: str) -> Iterator[Stated]:
    """Every number that some words state, one reading of it after the other."""
    words = _POWER.sub(lambda match: " " * len(match.group()), words)
    for match in NUMBER.finditer(words):
        text = match.group()
        yield Stated(frozenset(readings_of(text)), match.start(), match.end())
        if " " in text and not text.endswith("000"):  # "visit 2 500 mg": two numbers, or one
            for part in re.finditer(r"[\d.]+", text):
                at = match.start() + part.start()
                yield Stated(frozenset({Decimal(part.group())}), at, at + len(part.group()))
    for match in _SPELLED.finditer(words):
        text, times = match["number"].lower(), match["times"]
        if times or not text[0].isdigit():
            value = Decimal(TIMES.get(text, 0) or (WORDS.index(text) if text in WORDS else text))
            value *= MULTIPLES.get((times or "").lower(), 1)
            yield Stated(frozenset({value}), match.start(), match.end())


def numbers_in(words: str) -> set[Decimal]:
    """Every number that some words state: "1 million" is 1000000, "100,000" is 100000."""
    return {value for found in stated_numbers(words) for value in found.values}


def readings_of(figures: str) -> set[Decimal]:
    """What figures can mean. A comma before three figures separates thousands, unless it stands
    behind a zero; any other one separates decimals, or is a slip, and nobody can tell.
    """
    figures = re.sub(f"[{_APART} ]", "", figures)
    if _THOUSANDS.fullmatch(figures):
        return {Decimal(figures.replace(",", ""))}
    texts = {figures.replace(",", ""), figures.replace(",", ".")}
    return {Decimal(text) for text in texts if text.count(".") < 2}
