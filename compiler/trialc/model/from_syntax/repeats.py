"""Visits that are repeated a number of times, spelled out as visits of their own.

`visit FU "Follow-up" at D1 + 12 weeks every 12 weeks 3 times` stands for `FU.1`, `FU.2` and `FU.3`,
each counted from `D1`, never from the one before it. An activity `at FU` is at all of them. Cycles
that go on until something happens stay one visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import study as kinds
from trialc.model.from_syntax.quantities import DAYS
from trialc.syntax import tree

MOST = 200
"""Repeats of one visit: nobody reads a table of more."""


def in_full(text: tree.Tree, found: list[Diagnostic]) -> tree.Tree:
    """The text with its repeated visits spelled out."""
    parts: dict[str, tuple[tree.Name, ...]] = {}
    declarations: list[tree.Declaration] = []
    for declaration in text.declarations:
        visits = tuple(_visits(declaration, found))
        declarations += visits
        if len(visits) > 1 and declaration.name is not None:
            parts[declaration.name.text] = tuple(one.name for one in visits if one.name)
    spelled = (_at_all_of_them(declaration, parts) for declaration in declarations)
    return replace(text, declarations=tuple(spelled))


def _visits(visit: tree.Declaration, found: list[Diagnostic]) -> Iterator[tree.Declaration]:
    head = visit.head
    repeat = head.repeat if isinstance(head, tree.VisitHead) else None
    if not isinstance(head, tree.VisitHead) or repeat is None or repeat.until is not None:
        yield visit
    elif not _is_a_step(repeat.every):
        yield visit  # reported where the length is read
    elif not repeat.times:
        found.append(kinds.CYCLE_WITHOUT_END.at(repeat.where, help="say how often, or until what"))
        yield replace(visit, head=replace(head, repeat=None))
    elif repeat.times > MOST:
        found.append(kinds.MANY_REPEATS.at(repeat.where, number=repeat.times, most=MOST))
        yield replace(visit, head=replace(head, repeat=None))
    else:
        yield from _each(visit, head, repeat, found)


def _is_a_step(every: tree.Quantity) -> bool:
    return every.unit.removesuffix("s") in ("hour", *DAYS) and Decimal(every.number) > 0


def _each(
    visit: tree.Declaration, head: tree.VisitHead, repeat: tree.Repeat, found: list[Diagnostic]
) -> Iterator[tree.Declaration]:
    name, title = visit.name, visit.title
    assert name is not None
    assert title is not None
    first = tree.Name(f"{name.text}.1", where=name.where)
    for number in range(1, repeat.times + 1):
        own = tree.Name(f"{name.text}.{number}", where=name.where)
        words = tree.Text(f"{title.value} {number}", where=title.where)
        body = visit.body if number == 1 else tuple(_again(visit.body))
        timing = _timing(head, repeat, number, first)
        yield replace(visit, name=own, title=words, head=timing, body=body)


def _again(body: tuple[tree.Statement, ...]) -> Iterator[tree.Statement]:
    """What the later ones say, too: a quotation and an older name are those of the first."""
    for statement in body:
        is_older = isinstance(statement, tree.Names) and statement.verb == "renamed"
        if not (is_older or isinstance(statement, tree.Source)):
            yield statement


def _timing(
    head: tree.VisitHead, repeat: tree.Repeat, number: int, first: tree.Name
) -> tree.VisitHead:
    """Counted from the base where the units agree; else from the first of the repeats."""
    once = replace(head, repeat=None)
    if number == 1:
        return once
    offset, every = head.offset, repeat.every
    more = (number - 1) * Decimal(every.number)
    if offset is None:
        return replace(once, sign="+", offset=replace(every, number=f"{more:f}"))
    if offset.unit.removesuffix("s") != every.unit.removesuffix("s"):
        return replace(once, base=first, sign="+", offset=replace(every, number=f"{more:f}"))
    start = -Decimal(offset.number) if head.sign in ("-", "−", "–") else Decimal(offset.number)
    whole = start + more
    sign = "-" if whole < 0 else "+"
    return replace(once, sign=sign, offset=replace(offset, number=f"{abs(whole):f}"))


def _at_all_of_them(
    declaration: tree.Declaration, parts: Mapping[str, tuple[tree.Name, ...]]
) -> tree.Declaration:
    """An activity, with the repeats of a visit in the place of its name."""
    head = declaration.head
    if declaration.keyword != "activity" or not isinstance(head, tree.NamesHead):
        return declaration
    names = tuple(
        replace(part, where=name.where)
        for name in head.names
        for part in parts.get(name.text, (name,))
    )
    return replace(declaration, head=replace(head, names=names))
