"""What stands within an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import cast

from trialc.syntax.tree.expressions import Expression, OfCriterion
from trialc.syntax.tree.words import Name


def names_in(expression: Expression | None) -> Iterator[Name]:
    """Every name that an expression mentions, labels and codes among them, in no certain order."""
    return (part for part in _parts(expression) if isinstance(part, Name))


def criteria_in(expression: Expression | None) -> Iterator[OfCriterion]:
    """Every criterion whose outcome an expression asks for, in no certain order."""
    return (part for part in _parts(expression) if isinstance(part, OfCriterion))


def _parts(expression: Expression | None) -> Iterator[object]:
    stack: list[object] = [expression]
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack.extend(cast("tuple[object, ...]", part))
            continue
        yield part
        if is_dataclass(part) and not isinstance(part, Name):
            stack.extend(getattr(part, field.name) for field in fields(part))
