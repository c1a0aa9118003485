"""Rules as they would be written under another reading: a branch replaced, or left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trialc.syntax import tree


def rule_of(declaration: tree.Declaration) -> tree.Expression | None:
    """The one rule of a criterion, an event or a gate; None where every report counts."""
    rules = (s for s in declaration.body if isinstance(s, tree.Rule))
    return next((rule.condition for rule in rules if rule.verb != "applies"), None)


def scope_of(declaration: tree.Declaration) -> tree.Expression | None:
    """Whom a criterion applies to; None: everybody."""
    rules = (s for s in declaration.body if isinstance(s, tree.Rule))
    return next((rule.condition for rule in rules if rule.verb == "applies"), None)


def rewritten(
    expression: tree.Expression, path: str, target: str, by: tree.Expression | None
) -> tree.Expression:
    """The expression with another one at the labelled branch `target`, or without that branch."""
    if path == target and by is not None:
        return by
    if isinstance(expression, tree.Group):
        items = tuple(
            replace(item, body=rewritten(item.body, f"{path}.{item.label.text}", target, by))
            for item in expression.items
            if by is not None or f"{path}.{item.label.text}" != target
        )
        return replace(expression, items=items)
    if isinstance(expression, tree.Operators):
        operands = tuple(rewritten(part, path, target, by) for part in expression.operands)
        return replace(expression, operands=operands)
    if isinstance(expression, tree.Not | tree.Attributed | tree.IfDone):
        return replace(expression, operand=rewritten(expression.operand, path, target, by))
    if isinstance(expression, tree.Unless):
        return replace(
            expression,
            operand=rewritten(expression.operand, path, target, by),
            exception=rewritten(expression.exception, path, target, by),
        )
    if isinstance(expression, tree.Every):
        return replace(expression, condition=rewritten(expression.condition, path, target, by))
    return expression


def too_few(expression: tree.Expression) -> str:
    """Why a rule cannot do without a branch that was left out; "" where it can."""
    for group in _groups(expression):
        size, which = len(group.items), group.quantifier.replace("_", " ")
        if not size:
            return "it is the only one in its braces"
        if group.quantifier == "at_least" and group.count > size:
            return f"`{which} {group.count} of` would have {size} left"
        if group.quantifier == "at_most" and group.count >= size:
            return f"`{which} {group.count} of` would have {size} left, and always hold"
    return ""


def _groups(expression: tree.Expression) -> Iterator[tree.Group]:
    inside: tuple[tree.Expression, ...] = ()
    if isinstance(expression, tree.Group):
        yield expression
        inside = tuple(item.body for item in expression.items)
    elif isinstance(expression, tree.Operators):
        inside = expression.operands
    elif isinstance(expression, tree.Not | tree.Attributed | tree.IfDone):
        inside = (expression.operand,)
    elif isinstance(expression, tree.Unless):
        inside = (expression.operand, expression.exception)
    elif isinstance(expression, tree.Every):
        inside = (expression.condition,)
    for part in inside:
        yield from _groups(part)
