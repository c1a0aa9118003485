"""What stands within an expression, and the rules of a declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from trialc.syntax.tree.expressions import Expression
from trialc.syntax.tree.heads import FormulaHead, Head, QuotaHead
from trialc.syntax.tree.statements import Alternative, Give, Rule, Statement
from trialc.syntax.tree.words import Name, Syntax

T = TypeVar("T", bound=Syntax)


def names_in(expression: Expression | None) -> Iterator[Name]:
    """Every name that an expression mentions, labels and codes among them, in no certain order."""
    return nodes_in(expression, Name)


def nodes_in(thing: object, kind: type[T] | tuple[type[T], ...]) -> Iterator[T]:
    """Every part of a kind within a part of the tree, itself included, in no certain order."""
    stack: list[object] = [thing]
    while stack:
        part = stack.pop()
        if isinstance(part, kind):
            yield part
        if isinstance(part, tuple):
            stack.extend(cast("tuple[object, ...]", part))
        elif is_dataclass(part):
            stack.extend(getattr(part, field.name) for field in fields(part) if field.init)


def replaced(thing: T, make: Callable[[Syntax], Syntax | None]) -> T:
    """The same part of the tree with others in place of those for which `make` gives one; what
    stands within these is left as it is.
    """
    return cast("T", _replaced(thing, make))


def _replaced(thing: object, make: Callable[[Syntax], Syntax | None]) -> object:
    if isinstance(thing, tuple):
        inside = cast("tuple[object, ...]", thing)
        parts = tuple(_replaced(part, make) for part in inside)
        same = all(one is other for one, other in zip(parts, inside, strict=True))
        return inside if same else parts
    if not isinstance(thing, Syntax):
        return thing
    other = make(thing)
    if other is not None:
        return other
    changed: dict[str, object] = {}
    for each in fields(thing):
        if each.init and each.name != "where":
            value = getattr(thing, each.name)
            part = _replaced(value, make)
            if part is not value:
                changed[each.name] = part
    return replace(thing, **changed) if changed else thing


def rules_of(head: Head | None, body: tuple[Statement, ...]) -> Iterator[Expression]:
    """The conditions and formulas of a declaration, those of alternatives among them."""
    if isinstance(head, FormulaHead | QuotaHead):
        yield head.expression
    for statement in body:
        if isinstance(statement, Rule):
            yield statement.condition
        elif isinstance(statement, Give) and statement.when is not None:
            yield statement.when
        elif isinstance(statement, Alternative):
            found = (each.condition for each in statement.replacements)
            yield from (condition for condition in found if condition is not None)
