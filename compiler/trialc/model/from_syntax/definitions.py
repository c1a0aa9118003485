"""Derived numbers, scores, named conditions; and the order in which they can be resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.diagnostics.catalog import types as kinds
from trialc.model.data import ConditionDefinition, NumberDefinition
from trialc.model.expression import Condition, Number
from trialc.model.from_syntax.applicability import both
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.elements import fits
from trialc.model.from_syntax.extents import extent, extent_of_number, too_much
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.normal_ranges import named_limits
from trialc.model.from_syntax.quantities import PLAIN
from trialc.model.from_syntax.retests import LATEST
from trialc.model.from_syntax.summaries import of_those_done
from trialc.model.from_syntax.tables import exists, table
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.from_syntax.washouts import in_half_lives
from trialc.model.histories import LAST, all_of
from trialc.model.inputs import inputs_of, names_of_number
from trialc.model.measurements import DAY, numbered
from trialc.syntax import tree


def number_definition(symbol: Symbol, context: Context) -> NumberDefinition | None:
    """A derived number or a score, in its declared unit."""
    head = symbol.declaration.head
    assert isinstance(head, tree.FormulaHead)
    body = Body(symbol.declaration, context.found, verbs=("made",))
    wanted = context.number_units.get(symbol.id)
    number = _number(symbol, head, wanted, context) if wanted is not None else None
    if number is None:
        return None
    size = extent_of_number(number, context.extents)
    fault = too_much(size, symbol.where)
    if fault is not None:
        context.found.append(fault)
        return None
    names = list(names_of_number(number))
    context.extents[symbol.id] = size
    context.elements[symbol.id] = context.elements_of(names)
    if number.kind == "score":
        context.scores.add(symbol.id)
    else:
        context.numbers[symbol.id] = number
        first = symbol.id.removesuffix(f".{LATEST}")
        if first != symbol.id and first in context.retests:
            # It exists where the first one does: a retest counts only where there is one.
            reasons = context.applicable.get(first)
        elif number.kind == "choose":
            reasons = exists(number, context)
        else:
            reasons = both(context.applicable.get(name) for name in names)
        context.applicable[symbol.id] = fits(reasons, symbol.where, context)
    return NumberDefinition.model_validate(
        {**declared(symbol, body, context), "unit": wanted, "number": number}
    )


def _number(symbol: Symbol, head: tree.FormulaHead, wanted: str, context: Context) -> Number | None:
    conditions = Conditions(context, symbol.unit)
    if isinstance(head.expression, tree.Score):
        if wanted not in PLAIN:
            advice = "write its unit as `[points]`"
            context.found.append(kinds.SCORE_COMPARISON.at(head.where, help=advice))
            return None
        return conditions.score(head.expression, symbol.id)
    if isinstance(head.expression, tree.Table):
        return table(head.expression, wanted, symbol.id, conditions)
    if isinstance(head.expression, tree.Summary) and head.expression.done:
        return of_those_done(head.expression, wanted, symbol.id, conditions.numbers)
    formula = conditions.numbers.number(head.expression)
    if formula is None:
        return None
    if conditions.numbers.is_score(formula):
        context.found.append(kinds.SCORE_COMPARISON.at(head.expression.where))
        return None
    return conditions.numbers.into(formula, wanted, symbol.id)


def population(symbol: Symbol, context: Context) -> Condition | None:
    """Of whom a formula was made; None where it does not say."""
    rules = (s for s in symbol.declaration.body if isinstance(s, tree.Rule) and s.verb == "made")
    rule = next(rules, None)
    if rule is None:
        return None
    conditions = Conditions(context, symbol.unit)
    return conditions.whole(rule.condition, f"{symbol.id}.made_for", neutral=True)


def condition_definition(symbol: Symbol, context: Context) -> ConditionDefinition | None:
    """A named condition; `applicable` learns when it exists."""
    head = symbol.declaration.head
    assert isinstance(head, tree.FormulaHead)
    body = Body(symbol.declaration, context.found)
    conditions = Conditions(context, symbol.unit)
    resolved = conditions.resolve(head.expression, symbol.id)
    if resolved is None or not conditions.can_be_followed(resolved.condition, symbol.where):
        return None
    context.extents[symbol.id] = extent(resolved.condition, context.extents)
    context.conditions[symbol.id] = resolved.condition
    context.elements[symbol.id] = context.elements_of(inputs_of(resolved.condition))
    context.applicable[symbol.id] = fits(resolved.applies, symbol.where, context)
    return ConditionDefinition.model_validate(
        {**declared(symbol, body, context), "condition": resolved.condition}
    )


# ---- order


def in_order(symbols: Iterable[Symbol], context: Context) -> Iterator[str]:
    """Ids of elements and definitions, each after those that it names; within a circle anyhow.

    Without recursion: a chain of definitions may be as long as its author likes.
    """
    used = {symbol.id: _used(symbol, context) for symbol in symbols}
    done: set[str] = set()
    for first in used:
        stack = [(first, iter(used[first]))] if first not in done else []
        done.add(first)
        while stack:
            name, rest = stack[-1]
            following = next((other for other in rest if other in used and other not in done), None)
            if following is None:
                stack.pop()
                yield name
            else:
                done.add(following)
                stack.append((following, iter(used[following])))


def _used(symbol: Symbol, context: Context) -> tuple[str, ...]:
    """The ids that a declaration's own rule names."""
    found: dict[str, None] = {}
    for name in tree.names_in(_rule(symbol.declaration)):
        count = context.names.measured(name.text, symbol.unit)
        for each in numbered(name.text, count) if count else (name.text,):
            other = context.names.look_up(each, symbol.unit)
            if other is None:  # the day of a value exists where the value does
                other = context.names.look_up(each.removesuffix(f".{DAY}"), symbol.unit)
            if other is None:
                continue
            found.update(dict.fromkeys(all_of(other.id, context.classes)))
            if other.id in context.retests:
                found[f"{other.id}.{LATEST}"] = None
            found.update(dict.fromkeys(_limits_of(other, context)))
    found.update(dict.fromkeys(_half_lives_of(symbol, context)))
    return tuple(found)


def _half_lives_of(symbol: Symbol, context: Context) -> Iterator[str]:
    """What holds the half-lives that a declaration's own rule counts in."""
    for within in tree.nodes_in(_rule(symbol.declaration), tree.Within):
        asked = within.value.name if isinstance(within.value, tree.Except) else within.value
        if isinstance(asked, tree.Name) and in_half_lives(within.length):
            other = context.names.look_up(asked.text.removesuffix(f".{LAST}"), symbol.unit)
            for path in all_of(other.id, context.classes) if other is not None else ():
                medicine = context.data.get(path)
                if medicine is not None and medicine.half_life_of:
                    yield medicine.half_life_of


def _limits_of(symbol: Symbol, context: Context) -> Iterator[str]:
    """What an element's limits of normal name."""
    if symbol.kind == "data":
        for name in named_limits(symbol.declaration):
            limit = context.names.look_up(name.text, symbol.unit)
            if limit is not None:
                yield limit.id


def _rule(declaration: tree.Declaration) -> tree.Expression | None:
    if isinstance(declaration.head, tree.FormulaHead):
        return declaration.head.expression
    rules = (s for s in declaration.body if isinstance(s, tree.Rule) and s.verb == "applies")
    return next((rule.condition for rule in rules), None)
