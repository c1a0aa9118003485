"""Visits and epochs."""

from __future__ import annotations

from trialc.diagnostics.catalog import course
from trialc.diagnostics.catalog import study as kinds
from trialc.model import code_lists
from trialc.model.declared import Duration
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.moments import moment
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.numbered_days import day_words
from trialc.model.from_syntax.quantities import (
    DAYS,
    duration,
    mismatch,
    range_reversed,
)
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.timeline import Epoch, Visit, Window
from trialc.model.visit_days import ANCHORS
from trialc.syntax import tree
from trialc_runtime.calendar import add

ANCHORED = ("anchor", "after")


def visit(symbol: Symbol, context: Context) -> Visit | None:
    """A visit with its place in time; no window where the source states none."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.VisitHead)
    body = Body(declaration, context.found, ("epoch", "mode", "note", "order"))
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
    moments = tuple(moment(one, symbol.unit, context) for one in head.moments)
    if None in moments:
        return None
    epochs = names_of(body.names("epoch"), symbol.unit, context, ("epoch",))
    fields: dict[str, object] = {
        "timing": head.timing,
        "base": base.id if base else "",
        "offset": offset or (Duration(amount=0, unit="day") if last else None),
        "last": last,
        "day": head.first_day if head.timing in ANCHORED else day_words(head.first_day, offset),
        "day_from_base": head.day_from_base,
        "last_day": day_words(head.last.first_day, last) if head.last else "",
        "every": every,
        "chained": head.repeat is not None and head.repeat.chained,
        "each": head.each.text if head.each else "",
        "moments": moments,
        "whichever": head.whichever,
        "most": (head.repeat.most or 0) if head.repeat else 0,
        "until": head.repeat.until.value if head.repeat and head.repeat.until else "",
        "epoch": epochs[0] if epochs else "",
        "mode": body.code("mode", code_lists.MODES),
        "note": body.text("note"),
        "arms": names_of(head.arms, symbol.unit, context, ("arm",)),
        "in_order": body.code("order", ("binding",)) == "binding",
    }
    return Visit.model_validate(
        {**declared(symbol, body, context), **fields, "window": _window(symbol, head, context)}
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


NO_WINDOW = "leave the window out, or count the visit: `at M0 + 3 months window ...`"


def _window(symbol: Symbol, head: tree.VisitHead, context: Context) -> Window | None:
    if head.window is None:
        return None
    if head.timing == "after":
        name = symbol.id
        context.found.append(course.ANCHOR_WINDOW.at(symbol.where, visit=name, help=NO_WINDOW))
        return None
    early, late = head.window
    first = _end(early, context)
    last = _end(late, context) if first or not early else None
    if (early and first is None) or (late and last is None):
        return None
    stated = [end for end in (first, last) if end is not None]
    where = stated[0].where.to(stated[-1].where)
    if first and last and first.unit != last.unit and first.amount and last.amount:
        units = f"{first.unit}s", f"{last.unit}s"
        context.found.append(
            mismatch(first.where, "the early end", units[0], "the late end", units[1])
        )
        return None
    unit = next((end.unit for end in stated if end.amount), stated[-1].unit)
    if first and last and first.amount > last.amount:
        text = f"{first.amount:+} {unit}s .. {last.amount:+} {unit}s"
        context.found.append(range_reversed(where, text))
        return None
    fields = {
        "early": first.amount if first else None,
        "late": last.amount if last else None,
        "unit": unit,
        "where": where,
    }
    return Window.model_validate(fields)


def _end(bound: tree.Bound | None, context: Context) -> Duration | None:
    if bound is None:
        return None
    sign, length = bound
    return duration(length, context.found, sign, ("day", "hour", "week", "month"))
