"""Endpoints: what is measured, at which visits, in which time."""

from __future__ import annotations

from typing import cast

from trialc.model.from_syntax.body import Body, Terms, words
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.vocabulary import declared, level_of, names_of
from trialc.model.metadata import Change, Endpoint
from trialc.syntax import tree

FRAME = "`D1 to W24`, `W24`, text in quotation marks, or `not stated`"
MEASURE = "text in quotation marks, a condition, `change in lab.hb from D1 to W24`, or `not stated`"
NUMBERS = ("data", "derive")


def endpoint(symbol: Symbol, context: Context) -> Endpoint:
    """An endpoint; nothing is measured where the source states no measure."""
    statements = (tree.Measured, tree.MeasuredChange)
    body = Body(
        symbol.declaration, context.found, ("measure", "time_frame"), ("objective",), statements
    )
    measure = body.one("measure", MEASURE, _in_words)
    for extra in [*body.all(tree.Measured), *body.all(tree.MeasuredChange)][bool(not measure) :]:
        body.form("measure", "one measure", extra.where)
    frame = body.one("time_frame", FRAME, _frame)
    ends = cast("tuple[tree.Name, ...]", frame) if isinstance(frame, tuple) else ()
    visits = names_of(ends, symbol.unit, context, ("visit",))
    whole_frame = len(set(visits)) == len({end.text for end in ends})
    fields = {
        "level": level_of(symbol),
        "objectives": names_of(body.names("objective"), symbol.unit, context, ("objective",)),
        "measure": measure or "",
        "first": visits[0] if visits and whole_frame else "",
        "last": visits[-1] if visits and whole_frame else "",
        "time_frame": frame if isinstance(frame, str) else "",
        **_measured(body, symbol, context),
        **_changed(body, symbol, context),
    }
    return Endpoint.model_validate({**declared(symbol, body, context), **fields})


def _measured(body: Body, symbol: Symbol, context: Context) -> dict[str, object]:
    """A condition, or the value of a number, at visits."""
    stated = body.all(tree.Measured)
    if not stated:
        return {}
    visits = names_of(stated[0].visits, symbol.unit, context, ("visit",))
    expression = stated[0].expression
    if isinstance(expression, tree.Name) and _is_number(expression, symbol, context):
        found = context.names.find(expression, symbol.unit, NUMBERS)
        return {"number": found.id if found else "", "visits": visits}
    conditions = Conditions(context, symbol.unit, causes={})
    return {"condition": conditions.whole(expression, symbol.id, neutral=False), "visits": visits}


def _is_number(name: tree.Name, symbol: Symbol, context: Context) -> bool:
    found = context.names.look_up(name.text, symbol.unit)
    if found is None or found.kind not in NUMBERS:
        return False
    element = context.data.get(found.id)
    return element is None or element.type != "boolean"


def _changed(body: Body, symbol: Symbol, context: Context) -> dict[str, object]:
    """How much a number changes between two visits."""
    stated = body.all(tree.MeasuredChange)
    if not stated:
        return {}
    one = stated[0]
    number = context.names.find(one.number, symbol.unit, NUMBERS)
    ends = [context.names.find(end, symbol.unit, ("visit",)) for end in (one.first, one.last)]
    element = context.data.get(number.id) if number else None
    if element is not None and element.type not in ("quantity", "score"):
        body.form("measure", "a quantity or a score, where it is a change", one.number.where)
        return {}
    if number is None or ends[0] is None or ends[1] is None:
        return {}
    change = Change(
        number=number.id,
        first=ends[0].id,
        last=ends[1].id,
        percent=one.percent,
        where=one.where,
    )
    return {"change": change}


def _in_words(terms: Terms) -> str | None:
    if len(terms) == 1 and isinstance(terms[0], tree.Text):
        return terms[0].value
    return "" if words(terms) == ("not", "stated") else None


def _frame(terms: Terms) -> str | tuple[tree.Name, ...] | None:
    """Words, or the first and the last visit."""
    if len(terms) == 1 and isinstance(terms[0], tree.Text):
        return terms[0].value
    if words(terms) == ("not", "stated"):
        return ""
    names = tuple(term for term in terms if isinstance(term, tree.Name))
    if len(names) < len(terms):
        return None
    if len(names) == 1:
        return names
    return names[::2] if len(names) == 3 and names[1].text == "to" else None
