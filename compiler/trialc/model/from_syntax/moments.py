"""What a visit is counted from where that is known only when it has come: actual days, the last
dose, what happens.
"""

from __future__ import annotations

from trialc.diagnostics.catalog.course import NO_DOSE
from trialc.model.declared import Duration
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gate_conditions import occasion
from trialc.model.from_syntax.names import Module
from trialc.model.from_syntax.quantities import DAYS, duration
from trialc.model.timeline import Moment
from trialc.syntax import tree

ANY_DOSE = "dose"
"""`last dose`: of whatever is given, unless an occasion or an intervention is called so."""


def moment(written: tree.Moment, unit: Module, context: Context) -> Moment | None:
    """One of the moments of a visit; None, and a diagnostic, where it names nothing."""
    offset: Duration | None = Duration(amount=0, unit="day")
    if written.offset is not None:
        offset = duration(written.offset, context.found, written.sign, ("hour", *DAYS))
    named = _named(written, unit, context)
    if offset is None or named is None:
        return None
    name, text = named
    fields = {"kind": written.kind, "name": name, "text": text, "offset": offset}
    return Moment.model_validate({**fields, "where": written.where})


def _named(written: tree.Moment, unit: Module, context: Context) -> tuple[str, str] | None:
    """The name of what is meant, and what documents call it."""
    if isinstance(written.name, tree.Text):
        return written.name.value, written.name.value
    if written.kind == "last_dose":
        return _given(written.name, unit, context)
    visit = context.names.find(written.name, unit, ("visit",))
    return (visit.id, visit.id) if visit is not None else None


def _given(name: tree.Name, unit: Module, context: Context) -> tuple[str, str] | None:
    """An occasion, an intervention, or anything that is given."""
    if name.text in context.occasions:
        return name.text, name.text.replace("_", " ")
    symbol = context.names.look_up(name.text, unit)
    if symbol is not None and symbol.kind == "intervention":
        title = symbol.declaration.title
        return symbol.id, title.value if title else symbol.id
    if name.text == ANY_DOSE:
        if not context.occasions and not context.has_lost_arms and not context.lost_occasions:
            advice = "say in an arm what is given: `give drug as dose_1 at D1`"
            context.found.append(NO_DOSE.at(name.where, help=advice))
        return "", ""
    if context.names.is_broken(name.text, unit):
        return None
    found = occasion(name, context)
    assert found is None  # reported
    return None
