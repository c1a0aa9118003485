"""How often something is given, as words say it: "twice daily", "q3w", "every 12 hours"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from trialc.analyses.numbers_in_words import TIMES, WORDS

Rhythm = tuple[Fraction, str]
"""How many times in a day, or in a month; or, with 0, what else it is: "as needed"."""

_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(WORDS[1:13])})"
_PERIOD = r"(?:hour|day|week|month|year)"
_TIMES = rf"(?P<times>once|twice|thrice|{_NUMBER}[\s-]+times|{_NUMBER}x)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_TIMES}[\s-]+(?:(?:a|per|each|every)[\s-]+(?P<each>{_PERIOD})"
        rf"|(?P<adverb>daily|weekly|monthly|yearly))\b",
        r"\bevery[\s-]+(?:other|second)[\s-]+(?P<other>day|week|month)\b",
        rf"\b(?:every|each)[\s-]+(?:(?P<every>{_NUMBER})[\s-]+)?(?P<step>{_PERIOD})s?\b",
        r"\bq\.?\s?(?P<every>\d{1,2})\s?(?P<letter>[hdwm])\b",
        r"\b(?P<latin>q\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d)\b",
        rf"\b(?P<every>{_NUMBER})[\s-]+(?P<adverb>weekly|monthly)\b",
        r"\b(?P<adverb>daily|weekly|monthly|yearly)\b",
        r"\b(?P<needed>as needed|as required|p\.?r\.?n)\b",
        r"\b(?P<single>single (?:\w+ )?(?:dose|infusion|injection|administration)|once)\b",
    )
)
"""The longest first: what one has read, none after it reads again."""
_DAYS = {"hour": Fraction(1, 24), "day": Fraction(1), "week": Fraction(7)}
_MONTHS = {"month": Fraction(1), "year": Fraction(12)}
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month"}
_LATIN = {"qd": 1, "bid": 2, "tid": 3, "qid": 4}


class Often(NamedTuple):
    """A rhythm, and the words that state it."""

    rhythm: Rhythm
    words: str
    start: int


def frequencies(words: str) -> tuple[Often, ...]:
    """Every frequency that some words state, in their order."""
    words = words.replace("_", " ")
    found: list[Often] = []
    left = words
    for form in _FORMS:
        for match in form.finditer(left):
            rhythm = _rhythm({name: text.lower() for name, text in match.groupdict("").items()})
            if rhythm is not None:
                found.append(Often(rhythm, match.group(), match.start()))
        left = form.sub(lambda match: "." * len(match.group()), left)
    return tuple(sorted(found, key=lambda each: each.start))


def _rhythm(parts: dict[str, str]) -> Rhythm | None:
    if parts.get("latin"):
        return Fraction(_LATIN[parts["latin"].replace(".", "")]), "day"
    for name, kind in (("needed", "as needed"), ("single", "once")):
        if parts.get(name):
            return Fraction(0), kind
    if parts.get("other"):
        return _in_time(Fraction(1), 2, parts["other"])
    times = next(_numbers(parts.get("times", "")), 1)
    every = next(_numbers(parts.get("every", "")), 1)
    step = parts.get("each") or parts.get("step") or _LETTERS.get(parts.get("letter", ""), "")
    step = step or _ADVERBS.get(parts.get("adverb", ""), "")
    return _in_time(Fraction(times), every, step) if step and every else None


def _in_time(times: Fraction, every: int, step: str) -> Rhythm:
    if step in _DAYS:
        return times / (every * _DAYS[step]), "day"
    return times / (every * _MONTHS[step]), "month"


def _numbers(text: str) -> Iterator[int]:
    for word in re.findall(r"\d+|[a-z]+", text):
        if word.isdigit():
            yield int(word)
        elif word in TIMES:
            yield TIMES[word]
        elif word in WORDS:
            yield WORDS.index(word)
