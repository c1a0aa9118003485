"""Are doses within their own limits, and measured before they are given?"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import design as kinds
from trialc.diagnostics.catalog import giving as kinds_of_giving
from trialc.graph.invariants.appearance import OFTEN
from trialc.graph.study import Study
from trialc.model.amounts import is_more, is_multiple
from trialc.model.expression import Choose, Literal, Number
from trialc.model.protocol import Dose, Intervention
from trialc.source import Span


def doses_keep_to_their_limits(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """No fixed dose is above its maximum, and the maximum can be given."""
    found: list[Diagnostic] = []
    for item in study.protocol.interventions:
        if item.maximum:
            found += _above(study, item)
        if item.maximum and item.rounded and not is_multiple(item.maximum, item.rounded):
            found.append(
                kinds.MAXIMUM_NOT_GIVEN.at(
                    item.where,
                    maximum=item.maximum,
                    step=item.rounded,
                    help=f"write a multiple of {item.rounded}",
                )
            )
    return study, tuple(found)


def times_agree(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """The times of the day of a dose are as many as its frequency says."""
    items = {item.id: item for item in study.protocol.interventions}
    stated = [(item, item.dose, item.frequency, item.where) for item in items.values()]
    for giver in (*study.protocol.arms, *study.protocol.everyone):
        for given in giver.gives:
            item = items[given.intervention]
            if given.dose or given.frequency:
                often = given.frequency or item.frequency
                stated.append((item, given.dose or item.dose, often, given.where))
    found = {
        kinds_of_giving.TIMES_A_DAY.at(
            where,
            drug=item.id,
            times=dose.times,
            frequency=often,
            help=f"write `{OFTEN.get(dose.times, 'a frequency')}`, or leave the frequency out",
        ): None
        for item, dose, often, where in stated
        if dose is not None and dose.times and _says_otherwise(often, dose.times)
    }
    return study, tuple(found)


def _says_otherwise(often: str, times: int) -> bool:
    return often in OFTEN.values() and often != OFTEN.get(times)


def _above(study: Study, item: Intervention) -> Iterator[Diagnostic]:
    for text, where in _amounts(study, item):
        if is_more(text, item.maximum):
            what = f"the dose {text} of `{item.id}` is above its maximum {item.maximum}"
            related = [Related(item.where, f"maximum: {item.maximum}")]
            help_ = "mend the dose, or the maximum"
            place = where or item.where
            related = [one for one in related if one.where != place]
            yield kinds.DOSE_LIMIT.at(place, what=what, help=help_, related=related)


def _amounts(study: Study, item: Intervention) -> Iterator[tuple[str, Span]]:
    """Every fixed dose of an intervention: its own, those of arms, those of its table."""
    doses = [given.dose for arm in study.protocol.arms for given in arm.gives
             if given.intervention == item.id]  # fmt: skip
    steps = item.titration.steps if item.titration is not None else ()
    for dose in (item.dose, item.loading_dose, *doses, *steps):
        if dose is not None and dose.portions:
            yield from ((portion.text, portion.where) for portion in dose.portions)
        elif dose is not None and dose.number:
            yield from _of_number(number_of(study, dose))
        elif dose is not None and not dose.element:
            yield dose.text, dose.where


def number_of(study: Study, dose: Dose) -> Number | None:
    """The derived number that is the dose."""
    named = (item.number for item in study.protocol.numbers if item.id == dose.number)
    return next(named, None)


def _of_number(number: Number | None) -> Iterator[tuple[str, Span]]:
    for case in number.cases if isinstance(number, Choose) else ():
        if isinstance(case.value, Literal):
            yield case.value.text, case.value.where
