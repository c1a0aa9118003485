"""Visits and activities."""

from __future__ import annotations

from collections.abc import Sequence

from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import types as kinds
from trialc.model.expression import Condition
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import duration
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.protocol import Activity, Visit, Window
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
    offset = duration(head.offset, context.found, head.sign) if head.offset else None
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
    first, last = (
        duration(early, context.found, early_sign),
        duration(late, context.found, late_sign),
    )
    if first is None or last is None:
        return None
    if first.unit != last.unit and first.amount and last.amount:
        shown = {"left_unit": first.unit, "right_unit": last.unit}
        context.found.append(
            kinds.UNIT_MISMATCH.at(early.where, left="the early end", right="the late end", **shown)
        )
        return None
    unit = first.unit if first.amount else last.unit
    if first.amount > last.amount:
        text = f"{first.amount} .. {last.amount} {unit}"
        context.found.append(kinds.RANGE_REVERSED.at(early.where, range=text))
        return None
    fields = {
        "early": first.amount,
        "late": last.amount,
        "unit": unit,
        "where": early.where.to(late.where),
    }
    return Window.model_validate(fields)


def activity(symbol: Symbol, context: Context, occasions: Sequence[str]) -> Activity:
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
    for name in gives:
        if name.text not in occasions:
            known = ", ".join(sorted(set(occasions))) or "none"
            found = name_kinds.UNKNOWN_NAME.at(
                name.where, name=name.text, help=f"occasions given in the arms: {known}"
            )
            context.found.append(found)
    does = body.names("does")
    for name in does:
        if name.text not in DOES:
            body.form("does", "`consent`, `eligibility` or `randomisation`", name.where)
    fields = {
        "visits": _ids(head.names, symbol, context, ("visit",)),
        "collects": _ids(body.names("collects"), symbol, context, ("data", "judgement")),
        "gives": tuple(name.text for name in gives if name.text in occasions),
        "reviews": _ids(body.names("reviews"), symbol, context, ("event",)),
        "does": tuple(name.text for name in does if name.text in DOES),
        "when": when,
    }
    return Activity.model_validate({**declared(symbol, body, context), **fields})


def _ids(
    names: Sequence[tree.Name], symbol: Symbol, context: Context, wanted: tuple[str, ...]
) -> tuple[str, ...]:
    found = [context.names.find(name, symbol.unit, wanted) for name in names]
    return tuple(item.id for item in found if item is not None)
