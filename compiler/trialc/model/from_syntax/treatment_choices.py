"""Interventions that are one of several, at somebody's choice: the comparator in many trials."""

from __future__ import annotations

from trialc.diagnostics.catalog import giving as kinds
from trialc.model import code_lists
from trialc.model.design import Intervention
from trialc.model.from_syntax.body import Body, distinct, name_term
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.syntax import tree

ALLOWED = ("one_of", "chosen_by", "type", "instructions")


def choice(symbol: Symbol, body: Body, context: Context) -> Intervention:
    """An intervention that is one of others; these say dose, route and frequency."""
    names = body.names("one_of")
    distinct(names, context.found)
    members = names_of(names, symbol.unit, context, ("intervention",))
    chooser = body.one("chosen_by", "the name of a role", name_term)
    found = context.names.find(chooser, symbol.unit, ("role",)) if chooser else None
    for name in names:
        if name.text == symbol.id or _is_choice(name, symbol, context):
            what = f"`{name.text}` is itself one of several"
            help_ = "name each intervention that can be chosen"
            context.found.append(kinds.CHOICE.at(name.where, what=what, help=help_))
    if len(members) == len(names) == 1:
        what, help_ = "a choice of one is none", f"give `{members[0]}` itself, or name another one"
        context.found.append(kinds.CHOICE.at(names[0].where, what=what, help=help_))
    for prop in body.values.values():
        label = prop[0].label
        if label.text not in ALLOWED:
            what = f"`{label.text}` stands in an intervention that is one of several"
            help_ = f"write it in {', '.join(f'`{name}`' for name in members)}, where it belongs"
            context.found.append(kinds.CHOICE.at(label.where, what=what, help=help_))
    fields = {
        "type": body.code("type", code_lists.INTERVENTION_TYPES) or "other",
        "route": "",
        "one_of": members,
        "chosen_by": found.id if found else "",
        "instructions": body.text("instructions"),
    }
    return Intervention.model_validate({**declared(symbol, body, context), **fields})


def _is_choice(name: tree.Name, symbol: Symbol, context: Context) -> bool:
    named = context.names.look_up(name.text, symbol.unit)
    body = named.declaration.body if named is not None else ()
    return any(isinstance(part, tree.Property) and part.label.text == "one_of" for part in body)
