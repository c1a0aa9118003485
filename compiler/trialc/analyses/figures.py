"""Does every number of a rule stand in the registered words that it quotes, with its unit?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from trialc.analyses.day_numbers import DayOne, number_of, without_day_numbers
from trialc.analyses.words_behind import Words, of_title_page, words_behind
from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import against_words
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.declared import Duration
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, rules, sides, walk
from trialc.model.protocol import (
    Activity,
    Arm,
    ConditionDefinition,
    Criterion,
    Data,
    Declared,
    Dose,
    Event,
    Everyone,
    Gate,
    Interim,
    Intervention,
    Masking,
    Metadata,
    Modification,
    NumberDefinition,
    Period,
    Population,
    Quota,
    Randomisation,
    Share,
    Stopping,
    ValidityWindow,
    Visit,
)
from trialc.source import Span


class Figure(NamedTuple):
    """A number as the rule states it, with its unit if it has one, and where; whether it is how far
    a window of days reaches.
    """

    text: str
    where: Span
    is_window: bool = False


RULES = (
    Criterion, Quota, Intervention, Arm, Masking, Period, Randomisation, Event, Gate, Visit,
    Everyone, Modification, Interim, Stopping,
)  # fmt: skip
"""What stands on the registered text, and must quote it or name a decision."""
AGEING = (Data, ValidityWindow, Population, Activity, NumberDefinition, ConditionDefinition)
"""What may do neither: but the numbers that it states are of the text, too."""


def check_figures(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Numbers that neither the quoted words nor the decisions state; numbers that the words state
    with another unit; rules that have neither words nor decisions.
    """
    found: list[Diagnostic] = []
    registered = bool(study.protocol.metadata.registered_text)
    behind, day_one = words_behind(study), DayOne(study.protocol)
    places: set[Span] = set()
    for item in study.declared.values():
        if not isinstance(item, (*RULES, *AGEING)):
            continue
        if isinstance(item, Visit) and item.where in places:
            continue  # a repeat, which is written once
        places.add(item.where)
        if isinstance(item, RULES) and not (item.sources or item.decided):
            if registered:  # else said once, of the whole protocol
                help_ = "add `source` with the registered words, or `decided` with the decision"
                found.append(kinds.NO_SOURCE.at(item.where, name=item.id, help=help_))
            continue
        words = behind(item) if item.where.file == study.protocol.file else None
        if words:
            figures = (*_figures(item), *_of_table(item, study))
            found += _missing(item.id, item.where, figures, words)
            if isinstance(item, Visit):
                found += _days_missing(item, words, day_one)
    about = study.protocol.metadata
    if registered and _says_something(about) and not (about.sources or about.decided):
        help_ = "add `source` with the words of the title page, or `decided` with the decision"
        found.append(kinds.NO_SOURCE.at(about.where, name=about.id, help=help_))
    if words := of_title_page(study):
        found += _missing(about.id, about.where, _of_title_page(about), words)
    return study, tuple(found)


def _missing(
    name: str, place: Span, figures: Iterable[Figure], words: Words
) -> Iterator[Diagnostic]:
    for text, where, is_window in figures:
        if not (words.state(text) or (is_window and words.state_one_day_more(text))):
            yield kinds.NUMBER_NOT_IN_SOURCE.at(
                where or place,
                number=text.split()[0],
                name=name,
                help="mend it, or state it in the `reading` of a decision, and name that",
            )
        elif stated := words.instead_of(text, is_window):
            yield against_words.OTHER_AMOUNT.at(
                where or place,
                amount=text,
                name=name,
                words=stated,
                help="mend the unit, or state the amount in the `reading` of a decision, and name "
                "that",
            )


def is_of_an_element(text: str) -> bool:
    """Whether a limit is stated where the element is, and not in the rule: a limit of normal, and
    how near to its limit an element may be repeated.
    """
    return text.startswith(("ULN", "LLN")) or " % below " in text or " % above " in text


def _figures(item: Declared) -> Iterator[Figure]:
    if isinstance(item, Criterion | Quota | Gate | Event | ConditionDefinition):
        for condition in walk(item.condition):
            yield from _of_condition(condition)
    if isinstance(item, Criterion | Quota | Population):
        yield from _of_participants(item)
    elif isinstance(item, Intervention):
        yield from _of_dosing(item)
    elif isinstance(item, Period) and item.washout is not None:
        for amount in {item.washout.least, item.washout.most} - {0}:
            yield Figure(_time(amount, item.washout.unit), item.washout.where)
    elif isinstance(item, ValidityWindow):
        yield Figure(_length(item.length), item.length.where)
    elif isinstance(item, Data) and item.window is not None and not item.valid:
        yield Figure(_length(item.window), item.window.where)
    elif isinstance(item, Visit):
        yield from _of_visit(item)
    elif isinstance(item, Randomisation):
        shares = (one.count for one in item.ratio) if item.blocks else ()  # 1 : 1 is no figure
        for count in (item.blocks, item.block_size, item.cap, *item.block_sizes, *shares):
            if count:
                yield Figure(str(count), item.where)
        yield from (Figure(one.percent or str(one.count), one.where) for one in item.caps)
    elif isinstance(item, Interim):
        yield Figure(f"{item.amount:.15g}", item.where)
    elif isinstance(item, Arm | Everyone):
        yield from _of_gifts(item)
    elif isinstance(item, Activity):
        yield from _of_activity(item)
    elif isinstance(item, NumberDefinition):
        yield from _of_definition(item.number, bool(item.sources or item.decided))


def _length(length: Duration) -> str:
    """ "28 days"."""
    return _time(length.amount, length.unit)


def _time(amount: int, unit: str) -> str:
    return f"{abs(amount)} {unit}{'' if abs(amount) == 1 else 's'}"


def _of_title_page(about: Metadata) -> Iterator[Figure]:
    if about.enrolment is not None:  # ages are compared with the criteria
        yield Figure(str(about.enrolment), about.where)


def _says_something(about: Metadata) -> bool:
    """Whether a title page states what only the registered text can say."""
    stated = (about.enrolment, about.phases, about.allocation, about.intervention_model)
    return any(stated) or bool(about.conditions)


def _days_missing(item: Visit, words: Words, day_one: DayOne) -> Iterator[Diagnostic]:
    """How far a visit, or either end of a span, is from another visit. Where the text counts from
    Day 1, its Day 23 is 22 days later, and states no length of 23 days. A span that ends the day
    before needs no words for it.
    """
    each = (words.quoted, words.readings, words.quotes)
    lengths = Words(*(tuple(map(without_day_numbers, one)) for one in each))
    text = " ".join(words for one in each for words in one)
    is_before = item.last is not None and (item.last.amount, item.last.unit) == (-1, "day")
    for offset in (item.offset, None if is_before else item.last):
        if offset is not None and offset.amount:
            stated = day_one.states(item, offset, text)
            if not stated:
                known = words if stated is None else lengths
                figure = Figure(_length(offset), offset.where)
                if number := number_of(item, offset).lstrip("-"):
                    if known.state(figure.text):
                        continue  # "14 days later" says it, too
                    figure, known = Figure(number, offset.where), Words(())
                yield from _missing(item.id, item.where, [figure], known)


def _of_activity(item: Activity) -> Iterator[Figure]:
    if item.when is not None:
        for condition in walk(item.when):
            yield from _of_condition(condition)
    yield from (Figure(str(abs(day)), item.where) for day in item.days if day)
    for time in item.timepoints:
        if time.minutes:
            yield Figure(time.text.lstrip("+-−–"), time.where)
    if item.tolerance:
        yield Figure(item.tolerance, item.where)


def _of_definition(number: Number, has_words: bool) -> Iterator[Figure]:
    """The numbers of a table and of the conditions in a number. Those of a formula, which nothing
    but a publication states, only where it quotes something itself.
    """
    for _, rule in rules(number):
        for condition in walk(rule):
            yield from _of_condition(condition)
    if has_words:
        yield from _of_number(number)
    if isinstance(number, e.Choose) and (has_words or number.unit != "1"):
        for case in number.cases:
            yield from _of_number(case.value)
    for side in sides(number):
        if isinstance(side, e.Score):
            yield from _of_definition(side, has_words)


def _of_dosing(item: Intervention) -> Iterator[Figure]:
    for dose in (item.dose, item.loading_dose):
        yield from _of_dose(dose)
    steps = item.titration.steps if item.titration is not None else ()
    yield from (Figure(step.text, step.where) for step in steps)
    for text in (item.half_life, item.maximum, item.rounded, item.volume):
        if text:
            yield Figure(text, item.where)


def _of_dose(dose: Dose | None) -> Iterator[Figure]:
    if dose is not None and dose.amount is not None:
        yield Figure(f"{dose.amount:.15g} {dose.unit}", dose.where)
    for portion in dose.portions if dose is not None else ():
        yield Figure(f"{portion.amount:.15g} {portion.unit}", portion.where)


def _of_gifts(item: Arm | Everyone) -> Iterator[Figure]:
    for given in item.gives:
        if given.everyone and isinstance(item, Arm):
            continue  # said once, where it is declared
        yield from _of_dose(given.dose)
        if given.length is not None and given.length.where:  # else counted from the visits
            length = given.length.model_copy(update={"amount": given.cycles or given.length.amount})
            yield Figure(_length(length), given.length.where)
        for condition in walk(given.when) if given.when is not None else ():
            yield from _of_condition(condition)


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


def _of_participants(item: Criterion | Quota | Population) -> Iterator[Figure]:
    """How many participants, and after how long somebody is asked again."""
    if isinstance(item, Criterion):
        for one in (item, *item.temporary):
            if one.recheck is not None:
                yield Figure(_length(one.recheck), one.recheck.where)
    elif isinstance(item, Quota):
        yield from _of_share(item.share)
    else:
        if item.enrolment:
            yield Figure(str(item.enrolment), item.where)
        if item.cap is not None:
            yield from _of_share(item.cap)


def _of_share(share: Share) -> Iterator[Figure]:
    for figure in (share.percent, share.participants, share.of):
        if figure:
            yield Figure(str(figure), share.where)


def _of_visit(visit: Visit) -> Iterator[Figure]:
    for moment in visit.moments:
        if moment.offset.amount:
            yield Figure(_length(moment.offset), moment.where)
    if visit.window is not None:
        for amount in {abs(visit.window.early or 0), abs(visit.window.late or 0)} - {0}:
            yield Figure(_time(amount, visit.window.unit), visit.window.where)


def _of_condition(condition: Condition) -> Iterator[Figure]:
    if isinstance(condition, e.CountGiven):
        yield Figure(condition.written or str(condition.equals), condition.where)
    elif isinstance(condition, e.CountEvents):
        yield Figure(condition.written or str(condition.count), condition.where)
    elif isinstance(condition, e.Junction) and condition.quantifier == "at_least":
        yield Figure(str(condition.count), condition.where)
    elif isinstance(condition, e.Since | e.NoEvent | e.Gap) and condition.amount:
        yield Figure(_time(condition.amount, condition.unit), condition.where)
    for side in numbers(condition):
        yield from _of_number(side)


def _of_number(number: Number) -> Iterator[Figure]:
    if isinstance(number, e.Literal):
        if number.where and not is_of_an_element(number.text):  # without a place it is ours
            yield Figure(number.text, number.where)
    elif isinstance(number, e.Day) and number.amount:
        text = number.text or _time(number.amount, number.step)
        yield Figure(text, number.where, is_window=True)
    elif isinstance(number, e.Arithmetic | e.Function) and not e.without_unit(number):
        for side in sides(number):
            yield from _of_number(side)
