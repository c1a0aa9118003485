"""Visits that are repeated a number of times, spelled out as visits of their own.

`visit FU "Follow-up" at D1 + 12 weeks every 12 weeks 3 times` stands for `FU.1`, `FU.2` and `FU.3`,
as does `every 12 weeks until week 36`, each counted from `D1`; `every 12 weeks from the one before`
counts each from the actual day of the one before it. An activity `at FU`, and what is `assessed:
FU`, is at all of them, and a visit that is counted from `FU` is repeated with it (`counted_with`).
Cycles that go on until something happens stay one visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import study as kinds
from trialc.model.from_syntax.counted_with import Parts, Repeated, repeat_of, spelled_out
from trialc.model.from_syntax.quantities import DAYS
from trialc.model.from_syntax.repeats_until import counted
from trialc.model.from_syntax.texts import Texts
from trialc.syntax import tree

MOST = 200
"""Repeats of one visit: nobody reads a table of more."""


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The protocol's text with its repeated visits spelled out."""
    text = texts.main
    repeated = Repeated(text.declarations)
    parts: Parts = {}
    declarations: list[tree.Declaration] = []
    for declaration in text.declarations:
        once = counted(repeated.once(declaration, found), repeated.heads, found)
        visits = tuple(_visits(once, found))
        declarations += visits
        if declaration.name is not None and any(one.name != declaration.name for one in visits):
            parts[declaration.name.text] = tuple(one.name for one in visits if one.name)
    declarations = list(spelled_out(declarations, parts))
    spelled = (
        _assessed_at_all_of_them(_at_all_of_them(declaration, parts), parts)
        for declaration in declarations
    )
    return replace(texts, main=replace(text, declarations=tuple(spelled)))


def _visits(visit: tree.Declaration, found: list[Diagnostic]) -> Iterator[tree.Declaration]:
    head = visit.head
    repeat = head.repeat if isinstance(head, tree.VisitHead) else None
    if not isinstance(head, tree.VisitHead) or repeat is None or repeat.until is not None:
        yield visit
    elif not is_a_step(repeat.every):
        yield visit  # reported where the length is read
    elif not repeat.times:
        found.append(kinds.CYCLE_WITHOUT_END.at(repeat.where, help="say how often, or until what"))
        yield replace(visit, head=replace(head, repeat=None))
    elif repeat.times > MOST:
        found.append(kinds.MANY_REPEATS.at(repeat.where, number=repeat.times, most=MOST))
        yield replace(visit, head=replace(head, repeat=None))
    else:
        yield from _each(visit, head, repeat, found)


def is_a_step(every: tree.Quantity) -> bool:
    return every.unit.removesuffix("s") in ("hour", *DAYS) and Decimal(every.number) > 0


def _each(
    visit: tree.Declaration, head: tree.VisitHead, repeat: tree.Repeat, found: list[Diagnostic]
) -> Iterator[tree.Declaration]:
    assert visit.name is not None
    first = tree.Name(f"{visit.name.text}.1", where=visit.name.where)
    for number in range(1, repeat.times + 1):
        yield repeat_of(visit, number, _timing(head, repeat, number, first))


def _timing(
    head: tree.VisitHead, repeat: tree.Repeat, number: int, first: tree.Name
) -> tree.VisitHead:
    """Counted from the base where the units agree; else from the first of the repeats. From the
    actual day of the one before, where the text says so.
    """
    once = replace(head, repeat=None)
    if number == 1:
        return once
    if repeat.chained:
        stem = first.text.removesuffix("1")
        before = tree.Name(f"{stem}{number - 1}", where=first.where)
        moment = tree.Moment("actual", before, "+", repeat.every, where=repeat.where)
        once = tree.VisitHead("counted", moments=(moment,), where=head.where)
        return replace(once, window=head.window, arms=head.arms)
    if head.moments:
        return _from_moments(once, repeat, number, first)
    later = _later(head.sign, head.offset, repeat, number)
    if later is None:
        return replace(
            once,
            base=first,
            sign="+",
            offset=_on(repeat, number),
            first_day="",
            day_from_base=False,
        )
    return replace(once, sign=later[0], offset=later[1])


def _from_moments(
    once: tree.VisitHead, repeat: tree.Repeat, number: int, first: tree.Name
) -> tree.VisitHead:
    """Later by so many steps than each moment, such that all repeats move with it; where units do
    not agree, counted from the first repeat.
    """
    moved: list[tree.Moment] = []
    for moment in once.moments:
        later = _later(moment.sign, moment.offset, repeat, number)
        if later is None:
            offset = _on(repeat, number)
            return replace(once, timing="offset", base=first, sign="+", offset=offset, moments=())
        moved.append(replace(moment, sign=later[0], offset=later[1]))
    return replace(once, moments=tuple(moved))


def _on(repeat: tree.Repeat, number: int) -> tree.Quantity:
    """How long after the first repeat a later one is."""
    return replace(repeat.every, number=f"{(number - 1) * Decimal(repeat.every.number):f}")


def _later(
    sign: str, offset: tree.Quantity | None, repeat: tree.Repeat, number: int
) -> tuple[str, tree.Quantity] | None:
    """The offset of a repeat from the base; None where its unit is not that of the steps."""
    if offset is None:
        return "+", _on(repeat, number)
    if offset.unit.removesuffix("s") != repeat.every.unit.removesuffix("s"):
        return None
    start = -Decimal(offset.number) if sign in ("-", "−", "–") else Decimal(offset.number)
    whole = start + (number - 1) * Decimal(repeat.every.number)
    return "-" if whole < 0 else "+", replace(offset, number=f"{abs(whole):f}")


def _at_all_of_them(
    declaration: tree.Declaration, parts: Mapping[str, tuple[tree.Name, ...]]
) -> tree.Declaration:
    """An activity, with the repeats of a visit in the place of its name."""
    head = declaration.head
    if not isinstance(head, tree.ActivityHead):
        return declaration
    names = tuple(
        replace(part, where=name.where)
        for name in head.visits
        for part in parts.get(name.text, (name,))
    )
    if head.last is None:
        return replace(declaration, head=replace(head, visits=names))
    last = replace(parts.get(head.last.text, (head.last,))[-1], where=head.last.where)
    return replace(declaration, head=replace(head, visits=names[:1], last=last))


def _assessed_at_all_of_them(
    declaration: tree.Declaration, parts: Mapping[str, tuple[tree.Name, ...]]
) -> tree.Declaration:
    """A criterion or a population that is assessed at a repeated visit: at each of its repeats."""
    if not any(_is_assessed(part) for part in declaration.body):
        return declaration
    body = tuple(
        replace(part, values=tuple(_every_part(part.values, parts)))
        if isinstance(part, tree.Property) and _is_assessed(part)
        else part
        for part in declaration.body
    )
    return replace(declaration, body=body)


def _is_assessed(part: tree.Statement) -> bool:
    return isinstance(part, tree.Property) and part.label.text == "assessed"


def _every_part(
    values: tuple[tuple[tree.Term, ...], ...], parts: Mapping[str, tuple[tree.Name, ...]]
) -> Iterator[tuple[tree.Term, ...]]:
    for terms in values:
        name = terms[0]
        if len(terms) == 1 and isinstance(name, tree.Name) and name.text in parts:
            yield from ((replace(part, where=name.where),) for part in parts[name.text])
        else:
            yield terms
