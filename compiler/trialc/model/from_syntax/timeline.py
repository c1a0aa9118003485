"""Visits and activities."""

from __future__ import annotations

from trialc.model.expression import Condition
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gates import occasion
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import DAYS, duration, mismatch, range_reversed
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.timeline import Activity, Visit, Window
from trialc.syntax import tree

DOES = ("consent", "eligibility", "randomisation")


def visit(symbol: Symbol, context: Context) -> Visit | None:
    """A visit with its place in time; no window where the source states none."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.VisitHead)
    body = Body(declaration, context.found)
    base = context.names.find(head.base, symbol.unit, ("visit",)) if head.base else None
    if head.base and base is None:
        return None
    hours = ("hour", *DAYS)
    offset = duration(head.offset, context.found, head.sign, hours) if head.offset else None
    if head.offset and offset is None:
        return None
    fields: dict[str, object] = {
        "timing": head.timing,
        "base": base.id if base else "",
        "offset": offset,
    }
    return Visit.model_validate(
        {**declared(symbol, body, context), **fields, "window": _window(head, context)}
    )


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
        declaration, context.found, (), ("collects", "gives", "reviews", "does"), verbs=("when",)
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
        "collects": names_of(body.names("collects"), symbol.unit, context, ("data", "judgement")),
        "gives": tuple(given for name in gives if (given := occasion(name, context))),
        "reviews": names_of(body.names("reviews"), symbol.unit, context, ("event",)),
        "does": tuple(name.text for name in does if name.text in DOES),
        "when": when,
    }
    return Activity.model_validate({**declared(symbol, body, context), **fields})
