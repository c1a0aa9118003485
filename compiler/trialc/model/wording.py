"""Conditions and numbers in near-literate words: one wording for documents and every engine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from trialc.model import expression as e
from trialc.model.course_wording import of_courses
from trialc.model.declared import Declared
from trialc.model.expression import Condition, Number
from trialc.model.gate_wording import among, gate_atom, length_words
from trialc.model.history_wording import HistoryWording
from trialc.model.inputs import parts
from trialc.model.measured_days import measured
from trialc.model.protocol import Criterion, Protocol
from trialc.model.summary_wording import summary_words
from trialc.model.titles import titles_of_facts
from trialc.model.units import unit

SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "=", "!=": "≠"}
ON_DAYS = {
    "<": "before", "<=": "on or before", ">": "after", ">=": "on or after", "=": "on",
    "!=": "not on",
}  # fmt: skip
GROUPS = {"all": "all of", "any": "any of", "none": "none of"}
OPERATORS = {"+": "+", "-": "−", "*": "×", "/": "/"}
FUNCTIONS = {"sqrt": "square root of ", "log10": "log₁₀ "}
ONE = e.Literal(value=1.0, unit="1", text="1")
SINGULAR = {
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "points": "point",
    "cells": "cell",
    "letters": "letter",
    "pack-years": "pack-year",
    "tablets": "tablet",
    "capsules": "capsule",
    "puffs": "puff",
}
"""Units whose print is a plural."""
_JOINS = re.compile(r",| and | or |\bunless\b")


def _outcome(item: Criterion) -> str:
    """ "exclusion 5 (Poor adherence) applies": a criterion as the condition of another one."""
    number = f" {item.number}" if item.number else ""
    title = f" ({item.title})" if item.title else ""
    return f"{item.type}{number}{title} {'is met' if item.type == 'inclusion' else 'applies'}"


class Wording:
    """The words for one protocol's conditions. Titles come from its declarations; what is
    reported of events goes by the title of the fact.
    """

    def __init__(self, protocol: Protocol) -> None:
        titled: tuple[Declared, ...] = (
            *protocol.data,
            *protocol.judgements,
            *protocol.numbers,
            *protocol.conditions,
            *protocol.causes,
            *protocol.events,
            *protocol.cause_inputs,
            *protocol.levels,
            *protocol.escalations,
            *protocol.roles,
            *protocol.populations,
        )
        titles = titles_of_facts(protocol)
        titles.update((item.id, item.title or item.id) for item in titled)
        titles.update((item.id, _outcome(item)) for item in protocol.criteria)
        self.titles: Mapping[str, str] = titles
        self.codes = {item.id: item.option_words for item in protocol.data if item.option_titles}
        for choice, codes in protocol.population_choices.items():
            self.codes[choice] = {code: self.title(code) for code in codes}
        self.rooms = {one.id: one.high for one in protocol.data if one.type == "score"}
        self.members = {item.id: item.members for item in protocol.data if item.members}
        self.histories = HistoryWording(titles, self.members, self._day)

    def title(self, name: str) -> str:
        """The printed title of a declaration, or its id."""
        return self.titles.get(name, name)

    # ---- the text of one node of an explanation

    def condition(self, condition: Condition) -> str:
        """The words of a condition itself, without those of the conditions inside it."""
        if history := self.histories.words(condition):
            return history
        if isinstance(condition, e.Junction):
            return GROUPS.get(condition.quantifier, f"at least {condition.count} of")
        if isinstance(condition, e.Not):
            return "not"
        if isinstance(condition, e.Attributed):
            return f"attributed to {self.cause(condition)}"
        if isinstance(condition, e.Unless):
            return "unless"
        if isinstance(condition, e.Applies):
            return f"applies only if {self.phrase(condition.condition)}"
        return self.atom(condition)

    def cause(self, condition: e.Attributed) -> str:
        """ "systemic sclerosis", or "a cause other than systemic sclerosis"."""
        title = self.title(condition.cause)
        return f"a cause other than {title}" if condition.other else title

    def cause_atom(self, condition: e.Attributed) -> str:
        """The attestation behind an attribution, as a condition of its own."""
        return f"the cause is {self.cause(condition)}"

    def atom(self, condition: Condition) -> str:
        """The words of a condition that has no conditions inside."""
        if isinstance(condition, e.Compare):
            left, right = self.number(condition.left), self.number(condition.right)
            # "≤ 3 months before the operation" would read as at most three months before it.
            signs = ON_DAYS if _is_day(condition.right) else SIGNS
            return f"{left} {signs[condition.relation]} {right}"
        if isinstance(condition, e.Within):
            return f"{self.number(condition.value)} {self._range(condition.low, condition.high)}"
        if isinstance(condition, e.OneOf):
            return f"{self.title(condition.path)} is {self._codes(condition)}"
        if isinstance(condition, e.Done):
            return f"{self.title(condition.path)} was measured"
        if isinstance(condition, e.Holds):
            return self.title(condition.path)
        if isinstance(condition, e.Refer):
            return self.title(condition.name)
        return self._gate(condition)

    def _codes(self, condition: e.OneOf) -> str:
        """The codes of a choice; by their titles where they have some, as populations do."""
        if condition.path not in self.codes:
            return _or([code.replace("_", " ") for code in condition.codes])
        own = self.codes[condition.path]
        titles = [own.get(code, code) for code in condition.codes]
        return _or([f'"{title}"' if _JOINS.search(title) else title for title in titles])

    def _gate(self, condition: Condition) -> str:
        if isinstance(condition, e.Every):
            whom = f"for every participant {among(condition.scope, self.title)}"
            return f"{whom}: {self.phrase(condition.condition)}"
        return gate_atom(condition, self.title)

    # ---- whole conditions on one line

    def phrase(self, condition: Condition) -> str:
        """A condition with everything inside it, on one line."""
        if history := self.histories.words(condition):
            return history
        if isinstance(condition, e.Junction):
            return self._junction(condition)
        if isinstance(condition, e.Not):
            return self._not(condition.operand)
        if isinstance(condition, e.Attributed):
            return f"{self.operand(condition.operand)}, attributed to {self.cause(condition)}"
        if isinstance(condition, e.Unless):
            kept = self.operand(condition.operand)
            return f"{kept}, unless {self.operand(condition.exception)}"
        if isinstance(condition, e.Applies):
            when = self.phrase(condition.condition)
            return f"{self.operand(condition.operand)} (applies only if {when})"
        return self.atom(condition)

    def operand(self, condition: Condition) -> str:
        """A condition within a longer phrase, in parentheses wherever its end could be mistaken:
        everything that is made of others, and titles and codes with a comma, an "and", an "or".
        """
        phrase = self.phrase(condition)
        if isinstance(condition, e.Not):
            is_clear = isinstance(condition.operand, e.OneOf) and not _JOINS.search(phrase)
            return phrase if is_clear or phrase.startswith("not (") else f"({phrase})"
        is_made = parts(condition) or _JOINS.search(phrase)
        return f"({phrase})" if is_made else phrase

    def _not(self, operand: Condition) -> str:
        if isinstance(operand, e.Junction) and operand.quantifier == "at_least":
            return self._junction(operand, f"at most {operand.count - 1} of")
        if isinstance(operand, e.OneOf):
            return f"{self.title(operand.path)} is not {self._codes(operand)}"
        return f"not ({self.phrase(operand)})"

    def _titled(self, condition: Condition, titles: Mapping[str, str]) -> str:
        """The words of a condition with some other titles."""
        other = copy(self)
        other.titles = {**self.titles, **titles}
        other.histories = HistoryWording(other.titles, self.members, self._day)
        return other.phrase(condition)

    def _junction(self, junction: e.Junction, lead: str = "") -> str:
        if asked := of_courses(junction, self.rooms, self.titles, self._titled):
            return asked.words(lead or self.condition(junction))
        phrases = [self.operand(branch.condition) for branch in junction.branches]
        if not phrases:
            return "always" if junction.quantifier == "all" else "never"
        if junction.quantifier == "all":
            return " and ".join(phrases)
        if junction.quantifier == "any":
            return " or ".join(phrases)
        return f"{lead or self.condition(junction)} {', '.join(phrases)}"

    # ---- numbers

    def number(self, number: Number) -> str:
        """A number in words: the title of what is measured, or the value with its unit."""
        if isinstance(number, e.Literal):
            return quantity_words(number.text)
        if isinstance(number, e.Date):
            return number.value
        if isinstance(number, e.Value):
            return self.title(number.path)
        if isinstance(number, e.NumberOf):
            return self.title(number.name)
        if isinstance(number, e.Elapsed):
            return f"{number.unit}s from {self._moment(number.start)} to {self._moment(number.end)}"
        if isinstance(number, e.Day):
            return f"the day {self._day(number)}" if number.amount else self._day(number)
        if isinstance(number, e.Score):
            return f"{number.combine} of {', '.join(item.label for item in number.items)}"
        if of_all := summary_words(number, self.title):
            return of_all
        if isinstance(number, e.Function):
            return self._function(number)
        if isinstance(number, e.Choose):
            return "; ".join(map(self._case, number.cases))
        return self._arithmetic(number)

    def _function(self, number: e.Function) -> str:
        inside = ", ".join(map(self.number, number.arguments))
        if number.name in ("min", "max"):
            return f"the {'least' if number.name == 'min' else 'greatest'} of ({inside})"
        if number.name == "power":
            exponent = number.exponent.replace("-", "−")
            exponent = f"({exponent})" if "/" in exponent else exponent
            return f"({inside}) to the power of {exponent}"
        if number.name == "round":
            places = f" to {number.exponent} decimal places" if number.exponent else ""
            return f"({inside}) rounded{places}"
        return f"{FUNCTIONS.get(number.name, number.name)}({inside})"

    def _case(self, case: e.Case) -> str:
        when = "otherwise" if case.when is None else f"if {self.operand(case.when)}"
        return f"{self.number(case.value)} {when}"

    def _arithmetic(self, number: e.Arithmetic) -> str:
        left, right = self.number(number.left), self.number(number.right)
        if own := e.without_unit(number):
            return f"{left} in {unit_words(own)}"
        if number.right == ONE and number.operator == "*":
            return left  # a conversion into another unit
        sums = isinstance(number.left, e.Arithmetic) and number.left.operator in "+-"
        sums = sums and number.operator in "*/"
        left = f"({left})" if sums or summary_words(number.left, self.title) else left
        is_made = isinstance(number.right, e.Arithmetic) and not e.without_unit(number.right)
        is_made = is_made or bool(summary_words(number.right, self.title))
        right = f"({right})" if is_made else right
        return f"{left} {OPERATORS[number.operator]} {right}"

    def _range(self, low: e.Limit, high: e.Limit) -> str:
        """ "from 2 to 5", "within 3 months before the first dose"."""
        if isinstance(low, e.Day) and isinstance(high, e.Day) and low.start == high.start:
            if not high.amount and low.amount < 0:
                return f"within {self._day(low)}"
            if not low.amount and high.amount > 0:
                return f"within {self._day(high)}"
        return f"from {self.number(low)} to {self.number(high)}"

    def _day(self, day: e.Day) -> str:
        """ "3 months before the day of the verdict"."""
        moment = self._moment(day.start)
        if not day.amount:
            return moment
        side = "before" if day.amount < 0 else "after"
        length = length_words(abs(day.amount), day.step)
        return f"{f'{day.text} ({length})' if day.text else length} {side} {moment}"

    def _moment(self, name: str) -> str:
        if path := measured(name):
            return f"the day of {self.title(path)}"
        return "the day of the verdict" if name == "as_of" else self.title(name)


def _is_day(number: Number) -> bool:
    return isinstance(number, e.Date | e.Day) or (
        isinstance(number, e.Value) and number.unit == "date"
    )


class _Same:
    """A protocol as a key: compared by identity, which costs nothing."""

    __slots__ = ("protocol",)

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol

    def __hash__(self) -> int:
        return id(self.protocol)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.protocol is self.protocol


@lru_cache(maxsize=4)
def _wording(key: _Same) -> Wording:
    return Wording(key.protocol)


def wording_of(protocol: Protocol) -> Wording:
    """The wording of a protocol, made once: documents ask for it at every line."""
    return _wording(_Same(protocol))


def number_words(number: Number, protocol: Protocol) -> str:
    """The words of one number."""
    return wording_of(protocol).number(number)


def unit_words(code: str) -> str:
    """How documents print a unit: "g/dL", "× ULN"; "" for scores and pure numbers."""
    known = unit(code)
    return "" if code in ("", "1", "{score}") or known is None else known.display


def quantity_words(text: str) -> str:
    """A quantity as the author wrote it, in print: "80 %pred" is "80 % predicted"."""
    if text.endswith(")") and " (" in text:  # 3 xULN (120 U/L)
        first, _, second = text.removesuffix(")").partition(" (")
        return f"{quantity_words(first)} ({quantity_words(second)})"
    number, _, spelling = text.partition(" ")
    known = unit(spelling) if spelling else None
    try:
        value = Decimal(number)
    except InvalidOperation:
        return text
    printed = f"{int(value):,}" if "e" in number.lower() and value == int(value) else number
    words = known.display if known is not None else spelling
    if value == 1:
        words = SINGULAR.get(words, words)
    return f"{printed} {words}".strip().replace("-", "−", number.startswith("-"))


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
