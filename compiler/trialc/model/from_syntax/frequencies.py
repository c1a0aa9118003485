"""How often something is given: of an intervention, or on one occasion only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from trialc.diagnostics.catalog import giving as kinds
from trialc.model import code_lists
from trialc.model.from_syntax.body import Body, Terms, words
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.quantities import DAYS, duration, written
from trialc.source import Span
from trialc.syntax import tree

FREQUENCY = (
    f"{', '.join(code_lists.FREQUENCIES).replace('_', ' ')}, `every 3 weeks`, "
    "`on days 1, 8 of every 21 days`, or text in quotation marks"
)


def frequency(body: Body, context: Context) -> str:
    """What stands behind `frequency:`; days of a cycle are separated by commas there, too."""
    stated = body.terms("frequency")
    if not stated:
        return ""
    terms = tuple(term for value, _ in stated for term in value)
    if len(stated) > 1 and words(terms)[:1] != ("on",):
        body.form("frequency", FREQUENCY, stated[0][1])
        return ""
    return _read(terms, stated[0][1], body, context)


def own_frequency(terms: Terms, body: Body, context: Context) -> str:
    """What stands behind the name of what is given; "" where nothing does."""
    return _read(terms, terms[0].where, body, context) if terms else ""


def _read(terms: Terms, where: Span, body: Body, context: Context) -> str:
    is_on_days = words(terms)[:2] in (("on", "days"), ("on", "day"))
    read = (_on_days if is_on_days else _plain)(terms, context)
    if read is None:
        body.form("frequency", FREQUENCY, where)
    return read or ""


def _plain(terms: Terms, context: Context) -> str | None:
    """ "twice daily", "every 3 weeks"; "" where what is wrong with it was reported."""
    if len(terms) == 1 and isinstance(terms[0], tree.Text):
        return terms[0].value
    shape = words(terms)
    time = terms[-1]
    if shape == ("every", "#") and isinstance(time, tree.Quantity):
        calendar = replace(time, unit="hours") if time.unit == "h" else time
        stated = duration(calendar, context.found, units=(*DAYS, "hour"), least=1)
        return f"every {written(time)}" if stated else ""
    return " ".join(shape).replace("_", " ") if "_".join(shape) in code_lists.FREQUENCIES else None


def _on_days(terms: Terms, context: Context) -> str | None:
    """ "on days 1, 8 and 15 of every 28 days"."""
    days, of, cycle = terms[2:-3], terms[-3:-1], terms[-1]
    if words(of) != ("of", "every") or not isinstance(cycle, tree.Quantity) or not days:
        return None
    numbers = [day for day in days if isinstance(day, tree.Quantity) and not day.unit]
    if len(numbers) < len(days):
        return None
    length = duration(cycle, context.found, units=("day", "week"), least=1)
    if length is None:
        return ""
    _check_days(numbers, length.amount * (7 if length.unit == "week" else 1), context)
    *most, last = [day.number for day in numbers]
    listed = f"days {', '.join(most)} and {last}" if most else f"day {last}"
    return f"on {listed} of every {written(cycle)}"


def _check_days(days: Sequence[tree.Quantity], length: int, context: Context) -> None:
    for day in days:
        number = Decimal(day.number)
        if number != int(number) or not 1 <= number <= length:
            what = f"day {day.number} is none of {length} days"
            help_ = f"a cycle of {length} days has day 1 to day {length}"
            context.found.append(kinds.DAYS_OF_CYCLE.at(day.where, what=what, help=help_))
            return
    for one, two in pairwise(days):
        if Decimal(one.number) >= Decimal(two.number):
            what = f"day {two.number} stands after day {one.number}"
            help_ = "write each day once, in the order of time"
            context.found.append(kinds.DAYS_OF_CYCLE.at(two.where, what=what, help=help_))
            return
