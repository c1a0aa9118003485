"""`collects:` of what is spelled out in several elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from trialc.syntax import tree


def collecting(
    statement: tree.Statement, stands_for: Callable[[str], Iterable[str]]
) -> tree.Statement:
    """A `collects:` with all elements that its names stand for; other statements as they are.

    `stands_for` gives nothing for a name that stands for itself alone.
    """
    if not isinstance(statement, tree.Property) or statement.label.text != "collects":
        return statement
    values: list[tuple[tree.Term, ...]] = []
    for terms in statement.values:
        name = terms[0]
        is_name = len(terms) == 1 and isinstance(name, tree.Name)
        elements = tuple(stands_for(name.text)) if is_name and isinstance(name, tree.Name) else ()
        spelled = [(tree.Name(each, where=name.where),) for each in elements]
        values += spelled or [terms]
    return replace(statement, values=tuple(values))
