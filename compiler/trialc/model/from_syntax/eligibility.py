"""Inclusion and exclusion criteria, and the attestations behind `attributed to`."""

from __future__ import annotations

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import names as kinds
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.protocol import CauseInput, Criterion


def criterion(symbol: Symbol, context: Context) -> Criterion | None:
    """One criterion with its condition."""
    declaration = symbol.declaration
    verb = "require" if symbol.kind == "inclusion" else "exclude"
    body = Body(declaration, context.found, verbs=(verb,))
    rule = body.rule(verb)
    if rule is None:
        body.missing("require" if verb == "require" else "exclude when")
        return None
    title = declaration.title.value if declaration.title else ""
    conditions = Conditions(context, symbol.unit)
    condition = conditions.whole(
        rule.condition, symbol.id, title, neutral=symbol.kind == "inclusion"
    )
    if condition is None:
        return None
    fields = {"type": symbol.kind, "number": declaration.number, "condition": condition}
    return Criterion.model_validate({**declared(symbol, body, context), **fields})


def unique_numbers(criteria: list[Criterion], context: Context) -> None:
    """The printed numbers are unique on each side."""
    seen: dict[tuple[str, str], Criterion] = {}
    for item in criteria:
        first = seen.setdefault((item.type, item.number), item)
        if first is not item:
            related = [Related(first.where, "first used here")]
            found = kinds.DUPLICATE_NUMBER.at(
                item.where, kind=item.type, number=item.number, related=related
            )
            context.found.append(found)


def cause_inputs(context: Context) -> tuple[CauseInput, ...]:
    """One attestation for each attributed finding, in the order of the text."""
    return tuple(
        CauseInput(id=path, title=f"Cause of {cause.path}", branch=cause.path)
        for path, cause in context.cause_branches.items()
    )
