"""Roles, causes, objectives, validity windows, judgements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialc.model import code_lists
from trialc.model.data import Cause, Judgement, Role, ValidityWindow
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.quantities import duration
from trialc.model.metadata import Objective
from trialc.syntax import tree


def declared(symbol: Symbol, body: Body, context: Context) -> dict[str, object]:
    """What every declaration has."""
    title = symbol.declaration.title
    return {
        "id": symbol.id,
        "title": title.value if title else "",
        "sources": body.quotes(),
        "decided": decided(body, symbol.unit, context),
        "renamed_from": body.older_names(symbol.unit.prefix),
        "where": symbol.where,
    }


def decided(body: Body, module: Module, context: Context) -> tuple[str, ...]:
    """Ids of the decisions that a declaration rests on."""
    names = (n for names in body.all(tree.Names) if names.verb == "decided" for n in names.names)
    return names_of(names, module, context, ("decision",))


def names_of(
    names: Iterable[tree.Name], module: Module, context: Context, wanted: Sequence[str]
) -> tuple[str, ...]:
    """The ids that names mean, each once; what is unknown is reported."""
    found = [context.names.find(name, module, wanted) for name in names]
    return tuple(dict.fromkeys(item.id for item in found if item is not None))


def plain(symbol: Symbol, context: Context) -> Role | Cause:
    """A role or a cause: only a title and its sources."""
    made = Role if symbol.kind == "role" else Cause
    return made.model_validate(declared(symbol, Body(symbol.declaration, context.found), context))


def objective(symbol: Symbol, context: Context) -> Objective:
    """An objective with its level."""
    body = Body(symbol.declaration, context.found)
    return Objective.model_validate({**declared(symbol, body, context), "level": level_of(symbol)})


def level_of(symbol: Symbol) -> str:
    """Primary, secondary or exploratory."""
    head = symbol.declaration.head
    assert isinstance(head, tree.WordHead)
    assert isinstance(head.word, tree.Name)
    return head.word.text


def window(symbol: Symbol, context: Context) -> ValidityWindow | None:
    """How long a value stays valid."""
    head = symbol.declaration.head
    assert isinstance(head, tree.DurationHead)
    body = Body(symbol.declaration, context.found)
    length = duration(head.amount, context.found)
    if length is None:
        return None
    return ValidityWindow.model_validate({**declared(symbol, body, context), "length": length})


def judgement(symbol: Symbol, context: Context) -> Judgement:
    """A question to named roles."""
    head = symbol.declaration.head
    assert isinstance(head, tree.NamesHead)
    body = Body(symbol.declaration, context.found, ("kind",), ("includes",))
    by = names_of(head.names, symbol.unit, context, ("role",))
    kind = body.code("kind", code_lists.JUDGEMENTS)
    fields = {"by": by, "type": kind, "includes": body.texts("includes")}
    return Judgement.model_validate({**declared(symbol, body, context), **fields})
