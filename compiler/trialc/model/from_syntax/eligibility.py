"""Inclusion and exclusion criteria, and the attestations behind `attributed to`."""

from __future__ import annotations

from collections.abc import Sequence

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import names as kinds
from trialc.model.data import CauseInput, Criterion
from trialc.model.expression import Applies, Condition
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.rewritten import scope_of
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.syntax import tree


def criterion(symbol: Symbol, context: Context) -> Criterion | None:
    """One criterion with its condition."""
    declaration = symbol.declaration
    verb = "require" if symbol.kind == "inclusion" else "exclude"
    body = Body(declaration, context.found, ("lossy",), ("assessed",), verbs=(verb, "applies"))
    rule = body.rule(verb)
    if rule is None:
        if all(
            other.verb == "applies" for other in body.all(tree.Rule)
        ):  # a rule of another kind was reported as misplaced
            body.missing("require" if verb == "require" else "exclude when")
        return None
    body.rule("applies")
    condition = condition_of(symbol, rule.condition, scope_of(declaration), context)
    if condition is None:
        return None
    fields = {
        "type": symbol.kind,
        "number": declaration.number,
        "condition": condition,
        "assessed": names_of(body.names("assessed"), symbol.unit, context, ("visit",)),
        "lossy": body.text("lossy"),
    }
    return Criterion.model_validate({**declared(symbol, body, context), **fields})


def condition_of(
    symbol: Symbol,
    rule: tree.Expression,
    scope: tree.Expression | None,
    context: Context,
    causes: dict[str, None] | None = None,
) -> Condition | None:
    """The condition of a criterion; where it drops out wholly, or the criterion applies to others
    (`scope`), it passes.
    """
    conditions = Conditions(context, symbol.unit, causes)
    neutral = symbol.kind == "inclusion"
    condition = conditions.whole(rule, symbol.id, neutral)
    if condition is None or scope is None:
        return condition
    whom = conditions.whole(scope, f"{symbol.id}.applies", neutral=False)
    if whom is None:
        return None
    return Applies(condition=whom, operand=condition, neutral=neutral, where=condition.where)


def unique_numbers(criteria: Sequence[Criterion], context: Context) -> None:
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


def cause_input(path: str) -> CauseInput:
    """The attestation that an `attributed to` asks for at `<path of the branch>.cause`."""
    branch = path.removesuffix(".cause")
    return CauseInput(id=path, title=f"Cause of {branch}", branch=branch)
