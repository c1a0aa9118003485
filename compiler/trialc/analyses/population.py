"""Do the criteria admit whom the title page says that they do? Ages and sex of the registry.

The interpreter is asked about participants of whom only the age, or only the sex, is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice, product

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.interpreter.evaluation import Evaluation
from trialc.interpreter.screening import Screening
from trialc.model.protocol import Criterion, Data, Protocol
from trialc.model.units import convert_exact, unit

ANY_DAY = "2000-01-01"
MOST_POPULATIONS = 50
"""Combinations of populations that are asked about."""
SEXES = ("female", "male")
Asked = tuple[Data, float | str, bool, str]
"""An element and a value of it, whether the title page admits it, and the words for both."""


def check_population(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Participants whom the title page admits and a criterion excludes, or the other way round."""
    if not study.protocol.criteria:
        return study, ()
    screening = Screening(study.protocol)
    found = (_disagrees(screening, asked) for asked in _asked(study.protocol))
    return study, tuple(one for one in found if one is not None)


def _asked(protocol: Protocol) -> Iterator[Asked]:
    about = protocol.metadata
    for element in protocol.data:
        name = element.id.rsplit(".", 1)[-1]
        if name == "sex" and about.sex in SEXES and set(SEXES) <= set(element.options):
            for sex in SEXES:
                yield element, sex, sex == about.sex, f"`sex: {about.sex}` and a {sex} participant"
        if name == "age" and element.type == "quantity":
            yield from _ages(element, about.minimum_age, 1)
            yield from _ages(element, about.maximum_age, -1)


def _ages(element: Data, limit: str, inwards: int) -> Iterator[Asked]:
    """The limit itself, and the next value outside of it."""
    number, _, spelling = limit.partition(" ")
    own, stated = unit(element.unit), unit(spelling)
    if not limit or own is None or own != stated:
        return  # months and years do not convert
    end = float(convert_exact(number, own, own))
    step = float(Decimal(element.resolution or "1"))
    for age, admitted in ((end, True), (end - inwards * step, False)):
        if _is_possible(element, age):
            side = "from" if inwards > 0 else "to"
            yield element, age, admitted, f"`ages: {side} {limit}` and age {age:g} {spelling}"


def _is_possible(element: Data, value: float) -> bool:
    return not (
        (element.low is not None and value < element.low)
        or (element.high is not None and value > element.high)
    )


def _disagrees(screening: Screening, asked: Asked) -> Diagnostic | None:
    """Of several populations, one that admits such a participant is enough for the trial to do."""
    element, value, admitted, words = asked
    keepers = [
        _keeper(screening, {element.id: value, **chosen}) for chosen in _chosen(screening.protocol)
    ]
    first = keepers[0]
    if admitted and first is not None and all(keepers):
        what, where = f"`{first.id}` excludes", first.where
    elif not admitted and not any(keepers):
        what, where = "no criterion excludes", element.where
    else:
        return None
    advice = "mend the criterion, or the title page"
    return kinds.POPULATION_DIFFERS.at(where, stated=words, what=what, help=advice)


def _chosen(protocol: Protocol) -> Iterator[dict[str, str]]:
    """Every combination of populations that a participant can be looked at for; at most so many."""
    choices = protocol.population_choices
    combinations = islice(product(*choices.values()), MOST_POPULATIONS)
    return (dict(zip(choices, codes, strict=True)) for codes in combinations)


def _keeper(screening: Screening, values: Mapping[str, float | str]) -> Criterion | None:
    """The criterion that keeps such a participant out, or None."""
    evaluation = Evaluation(screening.model, values, ANY_DAY)
    outcomes = screening.outcomes(evaluation)
    if screening.verdict(outcomes, evaluation) != "ineligible":
        return None
    by = screening.by(outcomes, evaluation)
    return next(item for item in screening.protocol.criteria if item.id == by[0])
