"""Doses that change in the course of the trial: by steps, and after events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from trialc.diagnostics.catalog import design as kinds
from trialc.model import code_lists
from trialc.model.amounts import is_more
from trialc.model.design import Dose, Event, Modification, ModificationRow, StepRule, Titration
from trialc.model.from_syntax.body import Body, Terms, name_term, not_listed, words
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.doses import STEPS, dose_of
from trialc.model.from_syntax.gates import counting
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import DAYS, duration
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.syntax import tree

RULE = '`every 4 weeks`, `every 4 weeks until "..."` or `when "..."`'


def titration(body: Body, symbol: Symbol, context: Context) -> Titration | None:
    """The steps of a dose, the least first, and what leads from one to the next."""
    up, down = (
        body.one(name, RULE, lambda terms: _rule(terms, context))
        for name in ("step_up", "step_down")
    )
    steps: list[Dose] = []
    for terms, where in body.terms("steps"):
        dose = dose_of(terms, symbol, context)
        if dose is None or dose.amount is None or dose.element:
            body.form("steps", STEPS, where)
            return None
        steps.append(dose)
    if not steps:
        if up or down:
            body.lacks("steps")
        return None
    if len(steps) == 1:
        body.form("steps", STEPS, body.terms("steps")[0][1])
    for one, two in pairwise(steps):
        if not is_more(two.text, one.text):
            help_ = "write the steps from the least dose to the highest, in one unit"
            found = kinds.STEP_ORDER.at(two.where, one=one.text, two=two.text, help=help_)
            context.found.append(found)
    return Titration(steps=tuple(steps), up=up, down=down)


def _rule(terms: Terms, context: Context) -> StepRule | None:
    shape, last = words(terms), terms[-1]
    text = last.value if isinstance(last, tree.Text) else ""
    if shape == ("when", "?") and text:
        return StepRule(when=text)
    is_rhythm = shape == ("every", "#") or (shape == ("every", "#", "until", "?") and text)
    if not is_rhythm or not isinstance(terms[1], tree.Quantity):
        return None
    time = terms[1]
    calendar = replace(time, unit="hours") if time.unit == "h" else time
    every = duration(calendar, context.found, units=(*DAYS, "hour"), least=1)
    return StepRule(every=every, until=text)


# ---- modifications


def modification(
    symbol: Symbol, context: Context, events: Mapping[str, Event]
) -> Modification | None:
    """A table of what becomes of the dose of an intervention after an event."""
    tables = (tree.Tabled,)
    body = Body(symbol.declaration, context.found, ("event",), ("intervention",), statements=tables)
    given = names_of(body.names("intervention"), symbol.unit, context, ("intervention",))
    if not body.terms("intervention"):
        body.lacks("intervention")
    name = body.one("event", "the name of an event", name_term, required=True)
    found = context.names.find(name, symbol.unit, ("event",)) if name else None
    table = next((one for one in body.all(tree.Tabled) if one.label.text == "actions"), None)
    for other in body.all(tree.Tabled):
        if other is not table:
            body.form(other.label.text, "the one table, `actions`", other.label.where)
    if table is None:
        body.missing("actions: first of { ... }")
        return None
    event = events.get(found.id) if found else None
    if not given or event is None:
        return None
    fields = {
        "interventions": given,
        "event": event.id,
        "unique": table.table.unique,
        "rows": tuple(_rows(table.table, symbol, context, event)),
    }
    return Modification.model_validate({**declared(symbol, body, context), **fields})


def _rows(
    table: tree.Table, symbol: Symbol, context: Context, event: Event
) -> Iterator[ModificationRow]:
    known = code_lists.DOSE_ACTIONS
    for case in table.cases:
        action = case.value.text if isinstance(case.value, tree.Name) else ""
        if action not in known:
            wrong = not_listed(action or "this", "action", known, case.value.where)
            context.found.append(wrong)
            continue
        when = counting(symbol, case.when, context, event.attributes) if case.when else None
        if when is not None or case.when is None:
            fields = {"label": case.label.text, "action": action, "when": when}
            yield ModificationRow.model_validate({**fields, "where": case.where})
