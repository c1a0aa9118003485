"""Estimands, interim analyses, stopping rules, replacement."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import design as kinds
from trialc.model import code_lists
from trialc.model.from_syntax.body import (
    Body,
    Terms,
    name_term,
    not_listed,
    text_term,
    whole,
    words,
)
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gate_conditions import occasion
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.planned_analyses import (
    Estimand,
    IntercurrentEvent,
    Interim,
    Replaced,
    Replacement,
    Stopping,
)
from trialc.source import Span
from trialc.syntax import tree

NOT_STATED = "not stated"
WORDS = "text in quotation marks, or `not stated`"
EVENT = 'for example `"Rescue medication" by treatment_policy`, `none`, or `not stated`'


def estimand(symbol: Symbol, context: Context) -> Estimand | None:
    """The five attributes; each is stated, or said to be not stated."""
    properties = ("endpoint", "population", "summary")
    body = Body(symbol.declaration, context.found, properties, ("treatment", "intercurrent_event"))
    name = body.one("endpoint", "the name of an endpoint", name_term, required=True)
    endpoint = context.names.find(name, symbol.unit, ("endpoint",)) if name else None
    for attribute in ("treatment", "intercurrent_event"):
        if not body.terms(attribute):
            body.lacks(attribute)
    fields = {
        "endpoint": endpoint.id if endpoint else "",
        "population": _words(body, "population"),
        **_treatment(body, symbol, context),
        "intercurrent_events": tuple(_events(body, context)),
        "summary": _words(body, "summary"),
    }
    if endpoint is None:
        return None
    return Estimand.model_validate({**declared(symbol, body, context), **fields})


def _words(body: Body, name: str) -> str:
    text = body.one(name, WORDS, _text, required=True) or ""
    return "" if text == NOT_STATED else text


def _text(terms: Terms) -> str | None:
    """A string, or "not stated"."""
    if words(terms) == ("not", "stated"):
        return NOT_STATED
    return text_term(terms) if isinstance(terms[0], tree.Text) else None


def _treatment(body: Body, symbol: Symbol, context: Context) -> dict[str, object]:
    """Arms by name, or words."""
    terms = body.terms("treatment")
    text = _text(terms[0][0]) if len(terms) == 1 else None
    if text is not None:
        return {"treatment": "" if text == NOT_STATED else text}
    return {"arms": names_of(body.names("treatment"), symbol.unit, context, ("arm",))}


def _events(body: Body, context: Context) -> Iterator[IntercurrentEvent]:
    known = code_lists.STRATEGIES
    first: dict[str, tuple[str, Span]] = {}
    for terms, where in body.terms("intercurrent_event"):
        event, strategy = terms[0], terms[-1]
        if words(terms) in (("none",), ("not", "stated")):
            continue
        is_pair = len(terms) == 3 and words(terms)[1] == "by" and isinstance(strategy, tree.Name)
        if not is_pair or not isinstance(event, tree.Text) or not isinstance(strategy, tree.Name):
            body.form("intercurrent_event", EVENT, where)
        elif strategy.text not in known:
            context.found.append(not_listed(strategy.text, "strategy", known, strategy.where))
        elif event.value in first:
            before, place = first[event.value]
            context.found.append(
                kinds.EVENT_TWICE.at(
                    event.where,
                    event=event.value,
                    one=before,
                    two=strategy.text,
                    help="leave one of them out, or declare another estimand",
                    related=[Related(place, "first given here")],
                )
            )
        else:
            first[event.value] = strategy.text, event.where
            fields = {"event": event.value, "strategy": strategy.text, "where": event.where}
            yield IntercurrentEvent.model_validate(fields)


# ---- interim analyses and stopping


def interim(symbol: Symbol, context: Context) -> Interim | None:
    """When it is due, what for, and who sees it."""
    head = symbol.declaration.head
    assert isinstance(head, tree.DueHead)
    body = Body(symbol.declaration, context.found, ("boundary", "by"), ("purpose",))
    by = names_of(body.names("by"), symbol.unit, context, ("role",))
    due = _due(head, symbol, context)
    fields = {
        "purposes": body.codes("purpose", code_lists.INTERIM_PURPOSES),
        "boundary": body.text("boundary"),
        "by": by[0] if by else "",
    }
    if due is None:
        return None
    return Interim.model_validate({**declared(symbol, body, context), **fields, **due})


def _due(head: tree.DueHead, symbol: Symbol, context: Context) -> dict[str, Any] | None:
    unit, amount = head.amount.unit, float(Decimal(head.amount.number))
    if head.event is not None:
        if unit != "events" or whole(tree.Quantity(head.amount.number), context.found) is None:
            return _fault(head, "events are counted: `when 120 events of relapse`", context)
        found = context.names.find(head.event, symbol.unit, ("event",))
        return {"amount": amount, "of": "events", "at": found.id} if found else None
    if unit not in ("", "%"):
        return _fault(head, "write `50 % of participants` or `60 participants`", context)
    if not amount > 0 or (unit == "%" and amount > 100):
        return _fault(head, "write a share from 1 to 100 %", context)
    milestone, at = head.milestone, head.at
    assert milestone is not None
    known = ("completed", "given") if at is not None else ("randomised", "randomized", "enrolled")
    if milestone.text not in known:
        form = "`randomised`, `enrolled`, `completed VISIT` or `given OCCASION`"
        return _fault(head, f"say what they have done: {form}", context)
    place = _place(milestone.text, at, symbol, context) if at is not None else ""
    if place is None:
        return None
    name = milestone.text.replace("randomized", "randomised")
    of = "share" if unit else "participants"
    return {"amount": amount, "of": of, "milestone": name, "at": place}


def _place(milestone: str, at: tree.Name, symbol: Symbol, context: Context) -> str | None:
    if milestone == "completed":
        found = context.names.find(at, symbol.unit, ("visit",))
        return found.id if found else None
    return occasion(at, context)


def _fault(head: tree.DueHead, help_: str, context: Context) -> None:
    context.found.append(
        kinds.INTERIM_DUE.at(head.where, what="it is not clear when this is due", help=help_)
    )


def stopping(symbol: Symbol, context: Context) -> Stopping | None:
    """What stops or pauses what, in words, and who decides it."""
    body = Body(symbol.declaration, context.found, ("when", "action", "scope", "by", "gate"))
    by = names_of(body.names("by"), symbol.unit, context, ("role",))
    fields = {
        "when": body.text("when", required=True),
        "action": body.code("action", ("stop", "pause"), required=True),
        "scope": body.code("scope", code_lists.STOPPING_SCOPES, required=True),
        "by": by[0] if by else "",
        "gate": _gate_of(body, symbol, context),
    }
    if not (fields["when"] and fields["action"] and fields["scope"]):
        return None
    return Stopping.model_validate({**declared(symbol, body, context), **fields})


def _gate_of(body: Body, symbol: Symbol, context: Context) -> str:
    """The gate that says a stopping rule for programs; it `stops when` something."""
    name = body.one("gate", "the name of a gate", name_term)
    found = context.names.find(name, symbol.unit, ("gate",)) if name else None
    if name is None or found is None:
        return ""
    rules = (part for part in found.declaration.body if isinstance(part, tree.Rule))
    if all(rule.verb != "stops" for rule in rules):
        help_ = f"write `stops when ...` in `{found.id}`, or leave out `gate`"
        related = [Related(found.where, "declared here")]
        context.found.append(
            kinds.GATE_THAT_STOPS_NOTHING.at(name.where, gate=found.id, help=help_, related=related)
        )
        return ""
    return found.id


# ---- replacement

REPLACEMENT = "`none`, or for example `withdrawn before V3, up to 4`"


def replacement(body: Body, module: Module, context: Context) -> Replacement | None:
    """Who is replaced, and how many at most; None where it is not stated."""
    cases: list[Replaced] = []
    most: int | None = None
    terms = body.terms("replacement")
    if [words(value) for value, _ in terms] == [("none",)]:
        return Replacement(cases=())
    for value, where in terms:
        shape = words(value)
        if shape == ("up", "to", "#") and isinstance(value[2], tree.Quantity):
            most = whole(value[2], context.found)
        elif len(shape) == 1 or (len(shape) == 3 and shape[1] == "before"):
            case = _replaced(body, value, module, where, context)
            cases += [case] if case is not None else []
        else:
            body.form("replacement", REPLACEMENT, where)
    if terms and not cases:
        body.form("replacement", REPLACEMENT, terms[0][1])
    return Replacement(cases=tuple(cases), most=most) if cases else None


def _replaced(
    body: Body, value: Terms, module: Module, where: Span, context: Context
) -> Replaced | None:
    reason, known = value[0], code_lists.REPLACED
    if not isinstance(reason, tree.Name) or not isinstance(value[-1], tree.Name):
        body.form("replacement", REPLACEMENT, where)
        return None
    if reason.text not in known:
        context.found.append(not_listed(reason.text, "replacement", known, reason.where))
        return None
    if len(value) == 1:
        return Replaced(reason=reason.text, where=reason.where)
    found = context.names.find(value[-1], module, ("visit",))
    return Replaced(reason=reason.text, before=found.id, where=reason.where) if found else None
