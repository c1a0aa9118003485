"""Visits and activities."""

from __future__ import annotations

from trialc.diagnostics.catalog import study as kinds
from trialc.model import code_lists
from trialc.model.declared import Duration
from trialc.model.expression import Condition
from trialc.model.from_syntax.body import Body, Terms, quantity_term
from trialc.model.from_syntax.collected import COLLECTED
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gates import occasion
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import (
    DAYS,
    duration,
    mismatch,
    range_reversed,
    written,
)
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.timeline import Activity, Epoch, Timepoint, Visit, Window
from trialc.model.visit_days import ANCHORS
from trialc.syntax import tree
from trialc_runtime.calendar import add

DOES = ("consent", "eligibility", "randomisation")


def visit(symbol: Symbol, context: Context) -> Visit | None:
    """A visit with its place in time; no window where the source states none."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.VisitHead)
    body = Body(declaration, context.found, ("epoch", "mode", "note"))
    base = context.names.find(head.base, symbol.unit, ("visit",)) if head.base else None
    if head.base and base is None:
        return None
    hours = ("hour", *DAYS)
    offset = duration(head.offset, context.found, head.sign, hours) if head.offset else None
    if head.offset and offset is None:
        return None
    last, every = _last(head, context), _every(head, context)
    if (head.last and last is None) or (head.repeat and every is None):
        return None
    epochs = names_of(body.names("epoch"), symbol.unit, context, ("epoch",))
    fields: dict[str, object] = {
        "timing": head.timing,
        "base": base.id if base else "",
        "offset": offset or (Duration(amount=0, unit="day") if last else None),
        "last": last,
        "every": every,
        "until": head.repeat.until.value if head.repeat and head.repeat.until else "",
        "epoch": epochs[0] if epochs else "",
        "mode": body.code("mode", code_lists.MODES),
        "note": body.text("note"),
    }
    return Visit.model_validate(
        {**declared(symbol, body, context), **fields, "window": _window(head, context)}
    )


def epoch(symbol: Symbol, context: Context) -> Epoch:
    """A part of the trial's course."""
    body = Body(symbol.declaration, context.found)
    return Epoch.model_validate(declared(symbol, body, context))


def _last(head: tree.VisitHead, context: Context) -> Duration | None:
    """The last day of a span, counted from the same visit as the first, and not before it."""
    if head.last is None or head.base is None or head.last.base is None:
        return None
    if head.last.base.text != head.base.text:
        advice = f"count both ends from `{head.base.text}`"
        context.found.append(kinds.SPAN_FROM_TWO.at(head.last.base.where, help=advice))
        return None
    if head.last.offset is None:
        return Duration(amount=0, unit="day", where=head.last.base.where)
    last = duration(head.last.offset, context.found, head.last.sign)
    if last is None:
        return None
    first = duration(head.offset, [], head.sign) if head.offset else Duration(amount=0, unit="day")
    if first is not None and any(
        add(day, last.amount, last.unit) < add(day, first.amount, first.unit) for day in ANCHORS
    ):
        text = f"from {head.base.text} {first.amount:+} {first.unit}s to {last.amount:+}"
        context.found.append(range_reversed(head.last.offset.where, f"{text} {last.unit}s"))
        return None
    return last


def _every(head: tree.VisitHead, context: Context) -> Duration | None:
    return duration(head.repeat.every, context.found, least=1) if head.repeat else None


def _window(head: tree.VisitHead, context: Context) -> Window | None:
    if head.window is None:
        return None
    (early_sign, early), (late_sign, late) = head.window
    units = ("day", "hour", "week", "month")
    first = duration(early, context.found, early_sign, units)
    last = duration(late, context.found, late_sign, units) if first is not None else None
    if first is None or last is None:
        return None
    if first.unit != last.unit and first.amount and last.amount:
        context.found.append(
            mismatch(
                early.where, "the early end", f"{first.unit}s", "the late end", f"{last.unit}s"
            )
        )
        return None
    unit = first.unit if first.amount else last.unit
    if first.amount > last.amount:
        text = f"{first.amount:+} {unit}s .. {last.amount:+} {unit}s"
        context.found.append(range_reversed(early.where.to(late.where), text))
        return None
    fields = {
        "early": first.amount,
        "late": last.amount,
        "unit": unit,
        "where": early.where.to(late.where),
    }
    return Window.model_validate(fields)


def activity(symbol: Symbol, context: Context) -> Activity:
    """What is done at which visits."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.NamesHead)
    body = Body(
        declaration,
        context.found,
        ("tolerance", "note"),
        ("collects", "gives", "reviews", "does", "timepoints"),
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
        "visits": names_of(head.names, symbol.unit, context, ("visit",)),
        "collects": names_of(body.names("collects"), symbol.unit, context, COLLECTED),
        "gives": tuple(given for name in gives if (given := occasion(name, context))),
        "reviews": names_of(body.names("reviews"), symbol.unit, context, ("event",)),
        "does": tuple(name.text for name in does if name.text in DOES),
        "when": when,
        "timepoints": _timepoints(body, context),
        "tolerance": body.one("tolerance", "for example `10 %` or `5 min`", _tolerance) or "",
        "note": body.text("note"),
    }
    return Activity.model_validate({**declared(symbol, body, context), **fields})


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
            context.found.append(kinds.TIMEPOINT_ORDER.at(time.where, text=text, help=advice))
            return ()
        found.append(Timepoint(minutes=minutes, text=written(time), where=time.where))
    return tuple(found)


def _tolerance(terms: Terms) -> str | None:
    """ "10 %", "5 min"."""
    stated = quantity_term(terms)
    known = stated is not None and (stated.unit == "%" or stated.unit in MINUTES)
    return written(stated) if known and stated is not None else None
