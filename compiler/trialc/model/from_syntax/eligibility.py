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
from trialc.model.from_syntax.extents import extent
from trialc.model.from_syntax.failures import failure, temporary
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.populations import concerned, looked_at, named, overlap
from trialc.model.from_syntax.rewritten import scope_of
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.inputs import inputs_of
from trialc.syntax import tree


def criterion(symbol: Symbol, context: Context) -> Criterion | None:
    """One criterion with its condition."""
    declaration = symbol.declaration
    verb = "require" if symbol.kind == "inclusion" else "exclude"
    properties = ("lossy", "failure", "recheck")
    of_branches, verbs = (tree.BranchProperty,), (verb, "applies")
    body = Body(declaration, context.found, properties, ("assessed",), of_branches, verbs)
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
    context.extents[symbol.id] = extent(condition, context.extents)
    context.elements[symbol.id] = context.elements_of(inputs_of(condition))
    populations = named(symbol, context)
    if symbol.declaration.head is not None and not populations:
        return None  # for whom it is has been reported as unknown
    assessed = names_of(body.names("assessed"), symbol.unit, context, ("visit",))
    fields = {
        "type": symbol.kind,
        "number": declaration.number,
        "condition": condition,
        "assessed": assessed or looked_at(populations, context),
        "lossy": body.text("lossy"),
        "populations": populations,
        **failure(body, context),
        "temporary": temporary(body, symbol.id, condition, context),
    }
    return Criterion.model_validate({**declared(symbol, body, context), **fields})


def condition_of(
    symbol: Symbol,
    rule: tree.Expression,
    scope: tree.Expression | None,
    context: Context,
    causes: dict[str, None] | None = None,
) -> Condition | None:
    """The condition of a criterion; where it drops out wholly, the criterion applies to others
    (`scope`), or is for other populations, it passes.
    """
    conditions = Conditions(context, symbol.unit, causes, asks_criteria=True)
    neutral = symbol.kind == "inclusion"
    condition = conditions.whole(rule, symbol.id, neutral)
    if condition is None:
        return None
    if scope is not None:
        whom = conditions.whole(scope, f"{symbol.id}.applies", neutral=False)
        if whom is None:
            return None
        condition = Applies(
            condition=whom, operand=condition, neutral=neutral, where=condition.where
        )
    asked = concerned(symbol, context)
    if asked is None:
        return condition
    return Applies(condition=asked, operand=condition, neutral=neutral, where=condition.where)


def in_order(symbols: Sequence[Symbol]) -> tuple[Symbol, ...]:
    """Criteria, each after those whose outcome it asks for; within a circle anyhow."""
    waiting = {symbol.id: symbol for symbol in symbols}
    asked = {symbol.id: _asked_for(symbol) for symbol in symbols}
    found: dict[str, Symbol] = {}
    while waiting:
        ready = [s for s in waiting.values() if waiting.keys().isdisjoint(asked[s.id])]
        for symbol in ready or list(waiting.values()):
            found[symbol.id] = waiting.pop(symbol.id)
    return tuple(found.values())


def _asked_for(symbol: Symbol) -> set[str]:
    rules = (s.condition for s in symbol.declaration.body if isinstance(s, tree.Rule))
    names = {part.name.text for rule in rules for part in tree.nodes_in(rule, tree.OfCriterion)}
    return names - {symbol.id}


def unique_numbers(criteria: Sequence[Criterion], context: Context) -> None:
    """The printed numbers are unique on each side, for every population."""
    seen: dict[tuple[str, str], list[Criterion]] = {}
    for item in criteria:
        before = seen.setdefault((item.type, item.number), [])
        before.append(item)
        first = next(o for o in before if overlap(item.populations, o.populations, context))
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
