"""Periods of a crossover, and sequences, spelled out as arms.

`give a, b in p2` stands for `give a as p2 at D8 for 7 days  give b as p2 at D8 for 7 days`, so that
randomisation, masking, schedule and gates speak of sequences as of any arm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import design as kinds
from trialc.model.declared import Duration
from trialc.model.design import Administration, Period, Washout
from trialc.model.from_syntax.body import Body, Terms, words
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.doses import own_dose
from trialc.model.from_syntax.frequencies import own_frequency
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import duration, range_reversed
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.visit_days import ANCHORS, VisitDays
from trialc.source import Span
from trialc.syntax import tree

WASHOUT = "a time such as `7 days`, `3 .. 14 days`, `none`, or `not stated`"


def followed(context: Context) -> frozenset[str]:
    """The visits at which a period ends because the next one begins there."""
    heads = [symbol.declaration.head for symbol in context.names.of_kind("period")]
    courses = [head for head in heads if isinstance(head, tree.CourseHead)]
    return frozenset(course.first.text for course in courses[1:])


def period(symbol: Symbol, context: Context, followers: Collection[str]) -> Period | None:
    """From which visit to which, how long, and how long nothing is given before it."""
    head = symbol.declaration.head
    assert isinstance(head, tree.CourseHead)
    body = Body(symbol.declaration, context.found, ("washout",))
    washout = body.one("washout", WASHOUT, lambda terms: _washout(terms, context))
    first, last = (
        context.names.find(name, symbol.unit, ("visit",)) for name in (head.first, head.last)
    )
    if first is None or last is None:
        return None
    fields = {
        "first": first.id,
        "last": last.id,
        "length": _length(first.id, last.id, last.id in followers, context),
        "washout": washout if isinstance(washout, Washout) else None,
    }
    return Period.model_validate({**declared(symbol, body, context), **fields})


def _washout(terms: Terms, context: Context) -> Washout | str | None:
    """A length or a range of lengths; "not stated"; None where it has no such form."""
    term, shape = terms[0], words(terms)
    if shape == ("not", "stated"):
        return "not stated"
    if shape == ("none",):
        return Washout(least=0, most=0, unit="day", where=term.where)
    if len(terms) > 1 or not isinstance(term, tree.Quantity | tree.Range):
        return None
    ends = (term, term) if isinstance(term, tree.Quantity) else (term.low, term.high)
    units = ("day", "hour", "week", "month")
    low, high = (duration(_in(end, ends[1]), context.found, units=units) for end in ends)
    if low is None or high is None:
        return "not stated"  # what is wrong with it was reported
    if low.amount > high.amount:
        text = f"{low.amount} .. {high.amount} {high.unit}s"
        context.found.append(range_reversed(term.where, text))
    fields = {"least": low.amount, "most": high.amount, "unit": high.unit, "where": term.where}
    return Washout.model_validate(fields)


def _in(end: tree.Quantity, last: tree.Quantity) -> tree.Quantity:
    """Hours are written `h`; of a range the unit is written once, behind its end."""
    written = last.unit
    return tree.Quantity(end.number, "hours" if written == "h" else written, where=end.where)


def _length(first: str, last: str, is_followed: bool, context: Context) -> Duration | None:
    """Both days included; without the last one where the next period begins on it."""
    days = VisitDays(context.visits)
    if first == last or not days.comparable(first, last):
        return None
    apart = {days.day(last, start) - days.day(first, start) for start in ANCHORS}
    length = apart.pop() + (not is_followed)
    if apart or length != int(length) or length < 1:
        return None
    offset = days.visits[last].offset
    in_weeks = offset is not None and offset.unit == "week" and length % 7 == 0
    if in_weeks:
        return Duration(amount=int(length) // 7, unit="week")
    return Duration(amount=int(length), unit="day")


# ---- sequences


def given_in_periods(body: Body, symbol: Symbol, context: Context) -> Iterator[Administration]:
    """What a sequence gives, period by period, as an arm would say it."""
    first: dict[str, Span] = {}
    lines: dict[str, tree.GiveIn] = {}
    for give in body.all(tree.GiveIn):
        found = context.names.find(give.period, symbol.unit, ("period",))
        if found is None or found.id not in context.periods:
            context.lost_occasions.add(give.period.text)
        elif found.id in lines:
            related = [Related(first[found.id], "first given here")]
            help_ = f"write one line: `give ..., ... in {found.id}`, or name another period"
            context.found.append(
                kinds.PERIOD_TWICE.at(
                    give.period.where,
                    sequence=symbol.id,
                    period=found.id,
                    help=help_,
                    related=related,
                )
            )
        else:
            first[found.id], lines[found.id] = give.period.where, give
    for name, one in context.periods.items():
        if name in lines:
            yield from _gifts(lines[name], one, body, symbol, context)
        elif not context.lost_occasions:
            related = [Related(one.where, "the period")]
            help_ = f"add `give ... in {name}`"
            context.found.append(
                kinds.PERIOD_MISSED.at(
                    symbol.where, sequence=symbol.id, period=name, help=help_, related=related
                )
            )


def _gifts(
    give: tree.GiveIn, one: Period, body: Body, symbol: Symbol, context: Context
) -> Iterator[Administration]:
    open_end = one.length is None and one.first != one.last
    for gift in give.gifts:
        name = gift.intervention
        found = context.names.find(name, symbol.unit, ("intervention",))
        if found is None:
            context.lost_occasions.add(one.id)
            continue
        yield Administration(
            intervention=found.id,
            occasion=one.id,
            visit=one.first,
            dose=own_dose(gift.dose, body, symbol, context),
            frequency=own_frequency(gift.frequency, body, context),
            length=one.length,
            until=f"visit {one.last}" if open_end else "",
            where=name.where,
        )
