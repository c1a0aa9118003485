"""Does every number of a rule stand in the registered words that the rule quotes?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, sides, walk
from trialc.model.protocol import (
    Arm,
    Criterion,
    Data,
    Decision,
    Declared,
    Event,
    Everyone,
    Gate,
    Interim,
    Intervention,
    Masking,
    Modification,
    Period,
    Randomisation,
    Stopping,
    ValidityWindow,
    Visit,
)
from trialc.source import Span

Figure = tuple[str, Span]
"""A number as the rule states it, and where."""

RULES = (
    Criterion, Intervention, Arm, Masking, Period, Randomisation, Event, Gate, Visit, Everyone,
    Modification, Interim, Stopping,
)  # fmt: skip
"""What stands on the registered text, and must quote it or name a decision."""
AGEING = (Data, ValidityWindow)
"""What may do neither: but the age of validity that it states is a number of the text, too."""

# fmt: off
WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)
# fmt: on
MULTIPLES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SPELLED = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?|{'|'.join(WORDS)})(?:[\s-]+(?P<times>{'|'.join(MULTIPLES)}))?\b",
    re.IGNORECASE,
)


def check_figures(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Numbers that neither the quoted words nor the decisions state; rules that have neither."""
    found: list[Diagnostic] = []
    registered = bool(study.protocol.metadata.registered_text)
    decisions = {decision.id: decision for decision in study.protocol.decisions}
    for item in study.declared.values():
        if not isinstance(item, (*RULES, *AGEING)):
            continue
        if not (item.sources or item.decided):
            if registered and isinstance(item, RULES):  # else said once, of the whole protocol
                help_ = "add `source` with the registered words, or `decided` with the decision"
                found.append(kinds.NO_SOURCE.at(item.where, name=item.id, help=help_))
            continue
        known = numbers_in(" ".join(_words_behind(item, decisions)))
        for text, where in (*_figures(item), *_of_table(item, study)):
            if Decimal(text) not in known:
                found.append(
                    kinds.NUMBER_NOT_IN_SOURCE.at(
                        where or item.where,
                        number=text,
                        name=item.id,
                        help="mend it, or state it in the `reading` of a decision, and name that",
                    )
                )
    return study, tuple(found)


def _words_behind(item: Declared, decisions: Mapping[str, Decision]) -> Iterator[str]:
    """What the registered text says, and what the decisions say about it."""
    for quote in item.sources:
        yield from quote.clauses
    for decision in (decisions[name] for name in item.decided if name in decisions):
        yield from (*decision.quotes, decision.reading, decision.because)


def numbers_in(words: str) -> set[Decimal]:
    """Every number that some words state, in figures or spelled out: "1 million" is 1000000."""
    found: set[Decimal] = set()
    for match in NUMBER.finditer(words):
        found |= readings_of(match.group())
    for match in SPELLED.finditer(words):
        text = match["number"].lower()
        value = Decimal(WORDS.index(text)) if text in WORDS else Decimal(text)
        found.add(value * MULTIPLES.get((match["times"] or "").lower(), 1))
    return found


def readings_of(figures: str) -> set[Decimal]:
    """What figures can mean: a comma separates thousands, or decimals, and nobody can tell."""
    texts = {figures.replace(",", ""), figures.replace(",", ".")}
    return {Decimal(text) for text in texts if text.count(".") < 2}


def _figures(item: Declared) -> Iterator[Figure]:
    if isinstance(item, Criterion | Gate | Event):
        for condition in walk(item.condition):
            yield from _of_condition(condition)
    elif isinstance(item, Intervention):
        if item.dose is not None and item.dose.amount is not None:
            yield f"{item.dose.amount:.15g}", item.dose.where
        steps = item.titration.steps if item.titration is not None else ()
        yield from ((step.text.split()[0], step.where) for step in steps)
        for text in (item.half_life, item.maximum, item.rounded):
            if text:
                yield text.split()[0], item.where
    elif isinstance(item, Period) and item.washout is not None:
        for amount in {item.washout.least, item.washout.most} - {0}:
            yield str(amount), item.washout.where
    elif isinstance(item, ValidityWindow):
        yield str(item.length.amount), item.length.where
    elif isinstance(item, Data) and item.window is not None and not item.valid:
        yield str(item.window.amount), item.window.where
    elif isinstance(item, Visit):
        if item.offset is not None:
            yield str(abs(item.offset.amount)), item.offset.where
        if item.window is not None:
            for amount in {abs(item.window.early), abs(item.window.late)} - {0}:
                yield str(amount), item.window.where
    elif isinstance(item, Randomisation):
        shares = (one.count for one in item.ratio) if item.blocks else ()  # 1 : 1 is no figure
        for count in (item.blocks, item.block_size, item.cap, *item.block_sizes, *shares):
            if count:
                yield str(count), item.where
        yield from ((one.percent or str(one.count), one.where) for one in item.caps)
    elif isinstance(item, Interim):
        yield f"{item.amount:.15g}", item.where
    elif isinstance(item, Arm | Everyone):
        yield from _of_gifts(item)


def _of_gifts(item: Arm | Everyone) -> Iterator[Figure]:
    for given in item.gives:
        if given.everyone and isinstance(item, Arm):
            continue  # said once, where it is declared
        if given.dose is not None and given.dose.amount is not None:
            yield f"{given.dose.amount:.15g}", given.dose.where
        if given.length is not None and given.length.where:  # else counted from the visits
            yield str(given.length.amount), given.length.where


def _of_table(item: Declared, study: Study) -> Iterator[Figure]:
    """The numbers of a dose that is a table: they stand in the text of the intervention."""
    dose = item.dose if isinstance(item, Intervention) else None
    if dose is None or dose.number != f"{item.id}.dose":
        return
    number = next(one.number for one in study.protocol.numbers if one.id == dose.number)
    for case in number.cases if isinstance(number, e.Choose) else ():
        yield from _of_number(case.value)
        for condition in walk(case.when) if case.when is not None else ():
            yield from _of_condition(condition)


def _of_condition(condition: Condition) -> Iterator[Figure]:
    if isinstance(condition, e.CountGiven):
        yield str(condition.equals), condition.where
    elif isinstance(condition, e.Junction) and condition.quantifier == "at_least":
        yield str(condition.count), condition.where
    elif isinstance(condition, e.Since | e.NoEvent) and condition.amount:
        yield str(condition.amount), condition.where
    for side in numbers(condition):
        yield from _of_number(side)


def _of_number(number: Number) -> Iterator[Figure]:
    if isinstance(number, e.Literal):
        yield number.text.split()[0], number.where
    elif isinstance(number, e.Day) and number.amount:
        yield str(abs(number.amount)), number.where
    elif isinstance(number, e.Arithmetic | e.Function) and not e.without_unit(number):
        for side in sides(number):
            yield from _of_number(side)
