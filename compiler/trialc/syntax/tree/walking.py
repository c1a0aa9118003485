"""What stands within an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import cast

from trialc.syntax.tree.expressions import Expression
from trialc.syntax.tree.words import Name


def names_in(expression: Expression | None) -> Iterator[Name]:
    """Every name that an expression mentions, labels and codes among them, in no certain order."""
    stack: list[object] = [expression]
    while stack:
        part = stack.pop()
        if isinstance(part, Name):
            yield part
        elif isinstance(part, tuple):
            stack.extend(cast("tuple[object, ...]", part))
        elif is_dataclass(part):
            stack.extend(getattr(part, field.name) for field in fields(part))
