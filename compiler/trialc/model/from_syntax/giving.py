"""What an arm, or everybody, is given: `give drug as dose_1 at D1 for 4 cycles when ...`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import entered_arms as kinds
from trialc.model.declared import Duration
from trialc.model.design import Administration
from trialc.model.expression import Condition
from trialc.model.from_syntax.body import Body, Terms, words
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.doses import own_dose
from trialc.model.from_syntax.frequencies import own_frequency
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import DAYS, duration
from trialc.model.from_syntax.telling_apart import NotEnumerableError, TellingApart, Values
from trialc.syntax import tree

CYCLES = ("cycle", "cycles")


def given(body: Body, symbol: Symbol, context: Context) -> tuple[Administration, ...]:
    """What the statements of a declaration give. Reported: conditions that leave somebody without,
    or give somebody two things in the place of one.
    """
    gives = tuple(_given(body, symbol, context))
    by_occasion: dict[str, list[Administration]] = {}
    for one in gives:
        by_occasion.setdefault(one.occasion, []).append(one)
    for occasion, ones in by_occasion.items():
        if all(one.when is not None for one in ones):
            _check_cases(occasion, ones, symbol, context)
    return gives


def _given(body: Body, symbol: Symbol, context: Context) -> Iterator[Administration]:
    for give in body.all(tree.Give):
        context.names.is_free(give.occasion)
        intervention = context.names.find(give.intervention, symbol.unit, ("intervention",))
        visit = context.names.find(give.visit, symbol.unit, ("visit",))
        when = _when(give, symbol, context)
        if intervention is None or visit is None or (give.when is not None and when is None):
            context.lost_occasions.add(give.occasion.text)
            continue
        in_cycles = give.length is not None and give.length.unit in CYCLES
        length = _length(give, intervention, context) if give.length else None
        yield Administration(
            intervention=intervention.id,
            occasion=give.occasion.text,
            visit=visit.id,
            dose=own_dose(give.dose, body, symbol, context),
            frequency=own_frequency(give.frequency, body, context),
            length=length,
            until=give.until.value if give.until else "",
            cycles=int(Decimal(give.length.number)) if in_cycles and length and give.length else 0,
            when=when,
            where=give.where,
        )


def _when(give: tree.Give, symbol: Symbol, context: Context) -> Condition | None:
    if give.when is None:
        return None
    conditions = Conditions(context, symbol.unit)
    return conditions.whole(give.when, f"{symbol.id}.{give.occasion.text}", neutral=False)


# ---- cycles


def _length(give: tree.Give, intervention: Symbol, context: Context) -> Duration | None:
    """How long: so many days, or so many cycles of the length that the frequency is."""
    stated = give.length
    if stated is None or stated.unit not in CYCLES:
        return duration(stated, context.found, least=1) if stated else None
    cycle = _rhythm(give.frequency) or _cycle(intervention.declaration)
    number = duration(replace(stated, unit="days"), context.found, least=1)
    if number is None:
        return None
    if cycle is None:
        context.found.append(
            kinds.CYCLE_UNKNOWN.at(
                stated.where,
                intervention=intervention.id,
                help=f"add `frequency: every 3 weeks` to `{intervention.id}`, or write how long in "
                "days: `for 84 days`",
                related=[Related(intervention.where, "declared here")],
            )
        )
        return None
    whole = f"{number.amount * Decimal(cycle.number):f}"
    return duration(replace(stated, number=whole, unit=cycle.unit), context.found)


def _cycle(declaration: tree.Declaration) -> tree.Quantity | None:
    """The length of a cycle: the `every 3 weeks` of the frequency; None where it says no days."""
    for part in declaration.body:
        if isinstance(part, tree.Property) and part.label.text == "frequency" and part.values:
            return _rhythm(part.values[0])
    return None


def _rhythm(terms: Terms) -> tree.Quantity | None:
    """The 3 weeks of `every 3 weeks`."""
    if not terms or words(terms) != ("every", "#"):
        return None
    time = terms[-1]
    if not isinstance(time, tree.Quantity) or time.unit.removesuffix("s") not in DAYS:
        return None
    return time


# ---- who is given what


def _check_cases(
    occasion: str, ones: list[Administration], symbol: Symbol, context: Context
) -> None:
    """One of several things is given to each participant: to nobody none, to nobody two."""
    rules = [one.when for one in ones if one.when is not None]
    try:
        apart = TellingApart(rules, context)
    except NotEnumerableError as reason:
        if str(reason):
            case = f"in some case: {reason}"
            context.found.append(
                kinds.GIVEN_NOTHING.at(
                    ones[0].where, owner=symbol.id, occasion=occasion, case=case, help=NOTHING
                )
            )
        return
    nobody, both = _faults(apart.cases())
    if nobody is not None:
        case = f"when {apart.words(nobody)}"
        context.found.append(
            kinds.GIVEN_NOTHING.at(
                ones[0].where, owner=symbol.id, occasion=occasion, case=case, help=NOTHING
            )
        )
    if both is not None:
        values, (first, second) = both
        context.found.append(
            kinds.GIVEN_BOTH.at(
                ones[second].where,
                owner=symbol.id,
                occasion=occasion,
                first=ones[first].intervention,
                second=ones[second].intervention,
                case=apart.words(values),
                help="change a condition; if both are meant, give the second one another name",
                related=[Related(ones[first].where, "the other one")],
            )
        )


NOTHING = (
    "add a case; if they are given nothing, say it: `give nothing as ... when ...`, after "
    '`intervention nothing "No treatment" { type: other }`'
)


def _faults(
    cases: Iterable[tuple[Values, list[bool]]],
) -> tuple[Mapping[str, bool | float | str] | None, tuple[Values, tuple[int, int]] | None]:
    """The first case in which nothing is given, and the first in which two things are."""
    nobody: Values | None = None
    both: tuple[Values, tuple[int, int]] | None = None
    for values, truths in cases:
        held = [number for number, truth in enumerate(truths) if truth]
        if not held and nobody is None:
            nobody = values
        if len(held) > 1 and both is None:
            both = values, (held[0], held[1])
    return nobody, both
