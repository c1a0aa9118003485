"""Activities: what is done at visits, between them, or when something happens."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import course as kinds
from trialc.diagnostics.catalog import study
from trialc.diagnostics.catalog.names import DUPLICATE_PROPERTY
from trialc.diagnostics.catalog.types import NOT_CALENDAR
from trialc.model import code_lists
from trialc.model.declared import Duration
from trialc.model.design import Arm
from trialc.model.expression import Condition
from trialc.model.from_syntax.body import Body, Terms, number_term, quantity_term, yes_no
from trialc.model.from_syntax.collected import COLLECTED
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gate_conditions import occasion
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import DAYS, duration, written
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.timeline import Activity, Repetition, Timepoint, Trigger, Visit
from trialc.model.visit_order import in_time_order
from trialc.syntax import tree

DOES = ("consent", "eligibility", "randomisation")


def activity(symbol: Symbol, context: Context) -> Activity:
    """What is done at which visits."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.ActivityHead)
    body = Body(
        declaration,
        context.found,
        ("tolerance", "note", "optional", "mode"),
        ("collects", "gives", "reviews", "does", "timepoints", "after", "before", "days"),
        (tree.Reuse,),
        verbs=("when",),
    )
    when: Condition | None = None
    if rule := body.rule("when"):
        when = Conditions(context, symbol.unit).whole(rule.condition, symbol.id, neutral=False)
    gives = body.names("gives")
    does = body.names("does")
    for name in does:
        if name.text not in DOES:
            body.form("does", "`consent`, `eligibility` or `randomisation`", name.where)
    fields = {
        **_place(symbol, head, context),
        "collects": names_of(body.names("collects"), symbol.unit, context, COLLECTED),
        "gives": tuple(given for name in gives if (given := occasion(name, context))),
        "reviews": names_of(body.names("reviews"), symbol.unit, context, ("event",)),
        "does": tuple(name.text for name in does if name.text in DOES),
        "when": when,
        "reuse": _reuse(body, context),
        "optional": body.one("optional", "yes or no", yes_no) or False,
        "mode": body.code("mode", code_lists.MODES),
        "after": names_of(body.names("after"), symbol.unit, context, ("activity",)),
        "before": names_of(body.names("before"), symbol.unit, context, ("activity",)),
        "days": tuple(body.many("days", "numbers of days, such as `days: -1, 1, 2`", _day)),
        "timepoints": _timepoints(body, context),
        "tolerance": body.one("tolerance", "for example `10 %` or `5 min`", _tolerance) or "",
        "note": body.text("note"),
    }
    return Activity.model_validate({**declared(symbol, body, context), **fields})


# ---- where and how often


def _place(symbol: Symbol, head: tree.ActivityHead, context: Context) -> dict[str, object]:
    """Visits, a span, a trigger, repeats, arms. A span gets its visits from `spread`."""
    visits = names_of(head.visits, symbol.unit, context, ("visit",))
    last = context.names.find(head.last, symbol.unit, ("visit",)) if head.last else None
    has_span = bool(visits and last)
    return {
        "visits": () if head.last else visits,
        "first": visits[0] if has_span else "",
        "last": last.id if last and has_span else "",
        "trigger": _trigger(symbol, head.trigger, context) if head.trigger else None,
        "repetition": _repetition(head, context),
        "arms": names_of(head.arms, symbol.unit, context, ("arm",)),
    }


def spread(
    activities: Sequence[Activity], visits: Sequence[Visit], arms: Sequence[Arm], context: Context
) -> tuple[Activity, ...]:
    """The activities, those over a span with all visits from its first to its last one."""
    order = [visit.id for visit in in_time_order(visits, arms, activities)]
    made: list[Activity] = []
    for item in activities:
        between: tuple[str, ...] = item.visits
        if item.first in order and item.last in order:
            start, end = order.index(item.first), order.index(item.last)
            between = tuple(order[start : end + 1])
            if end <= start:
                context.found.append(
                    kinds.SPAN_BACKWARDS.at(
                        item.where,
                        activity=item.id,
                        first=item.first,
                        last=item.last,
                        help=f"write `from {item.last} to {item.first}`"
                        if end < start
                        else f"write `at {item.first}`",
                    )
                )
        made.append(item.model_copy(update={"visits": between}))
    return tuple(made)


def _trigger(symbol: Symbol, trigger: tree.Trigger, context: Context) -> Trigger | None:
    within = trigger.within
    if within is not None and not _is_length(within, context):
        return None
    fields = {"within": written(within) if within else "", "where": trigger.where}
    if isinstance(trigger.what, tree.Text):
        return Trigger.model_validate({"text": trigger.what.value, **fields})
    event = context.names.find(trigger.what, symbol.unit, ("event",))
    if event is None:
        return None
    title = event.declaration.title
    return Trigger.model_validate(
        {"event": event.id, "text": title.value if title else event.id, **fields}
    )


def _repetition(head: tree.ActivityHead, context: Context) -> Repetition | None:
    repeat = head.repeat
    if repeat is None or not _is_length(repeat.every, context):
        return None
    if not (repeat.times or repeat.until or head.last):
        context.found.append(study.CYCLE_WITHOUT_END.at(repeat.where, help=REPEATS))
    fields = {
        "every": written(repeat.every) + (" from the one before" if repeat.chained else ""),
        "times": repeat.times,
        "until": repeat.until.value if repeat.until else "",
        "most": repeat.most or 0,
    }
    return Repetition.model_validate({**fields, "where": repeat.where})


REPEATS = 'say how often, or until what: `every 15 min until "glucose above 70 mg/dL"`'


def _is_length(length: tree.Quantity, context: Context) -> bool:
    """Whether it is a time that minutes, hours or a calendar count, and not zero."""
    is_time = length.unit in MINUTES or length.unit.removesuffix("s") in DAYS
    if not is_time or Decimal(length.number) <= 0:
        advice = "write for example `24 h`, `15 min` or `3 days`"
        context.found.append(NOT_CALENDAR.at(length.where, text=written(length), help=advice))
        return False
    return True


def _reuse(body: Body, context: Context) -> Duration | None:
    stated = body.all(tree.Reuse)
    if not stated:
        return None
    for extra in stated[1:]:
        first = Related(stated[0].where, "first given here")
        context.found.append(DUPLICATE_PROPERTY.at(extra.where, name="reuse", related=[first]))
    return duration(stated[0].length, context.found, units=(*DAYS, "hour"), least=1)


# ---- days and times within a visit


def _day(terms: Terms) -> int | None:
    day = number_term(terms)
    return int(day.number) if day is not None and day.number.lstrip("-").isdecimal() else None


MINUTES = {"min": 1.0, "h": 60.0, "hours": 60.0, "hour": 60.0, "minutes": 1.0, "minute": 1.0}
TIMEPOINTS = "times such as `-30 min, 0 h, 1 h`"


def _timepoints(body: Body, context: Context) -> tuple[Timepoint, ...]:
    """Times relative to what is given at the visit, each later than the one before it."""
    found: list[Timepoint] = []
    for terms, where in body.terms("timepoints"):
        time = quantity_term(terms)
        length = MINUTES.get(time.unit) if time is not None else None
        if time is None or length is None:
            body.form("timepoints", TIMEPOINTS, where)
            return ()
        minutes = float(time.number) * length
        if found and minutes <= found[-1].minutes:
            text = f"{found[-1].text}, {written(time)}"
            advice = "write them in the order of time"
            context.found.append(study.TIMEPOINT_ORDER.at(time.where, text=text, help=advice))
            return ()
        found.append(Timepoint(minutes=minutes, text=written(time), where=time.where))
    return tuple(found)


def _tolerance(terms: Terms) -> str | None:
    """ "10 %", "5 min"."""
    stated = quantity_term(terms)
    known = stated is not None and (stated.unit == "%" or stated.unit in MINUTES)
    return written(stated) if known and stated is not None else None
