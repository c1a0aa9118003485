"""Visits that are counted from a repeated one: they are repeated with it.

After `visit CYCLE ... every 21 days until "progression"`, `visit D8 "Day 8" at CYCLE + 7 days` is
on the eighth day of every cycle, and carries the name of the cycle. After `visit FU ... 3 times` it
is spelled out like `FU` itself: `D8.1` from `FU.1`, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import repeats as kinds
from trialc.syntax import tree

Parts = dict[str, tuple[tree.Name, ...]]
"""The names of the repeats of a visit that is repeated a number of times."""


@dataclass
class Repeated:
    """Which visits of a text are repeated, by themselves or with what they are counted from."""

    declarations: Sequence[tree.Declaration]
    heads: Mapping[str, tree.VisitHead] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = {
            one.name.text: one.head
            for one in self.declarations
            if isinstance(one.head, tree.VisitHead) and one.name is not None
        }

    def source(self, name: str) -> str:
        """The repeated visit that this one is counted from in the end, or itself; else ""."""
        seen: set[str] = set()
        while name in self.heads and name not in seen:
            if self.heads[name].repeat is not None:
                return name
            seen.add(name)
            base = counted_from(self.heads[name])
            name = base.text if base else ""
        return ""

    def once(self, visit: tree.Declaration, found: list[Diagnostic]) -> tree.Declaration:
        """The visit without a repeat inside a repeat, and an open-ended one named with its cycle.

        Reported: a repeat inside a repeat, and a choice of days of which one is repeated.
        """
        head = visit.head
        if not isinstance(head, tree.VisitHead):
            return visit
        base = counted_from(head)
        source = self.source(base.text) if base else ""
        if base is not None and head.repeat is not None and source not in ("", _id(visit)):
            help_ = f"leave the repeat out: it takes place at each repeat of `{source}`"
            found.append(kinds.REPEAT_IN_REPEAT.at(head.repeat.where, base=base.text, help=help_))
            return replace(visit, head=replace(head, repeat=None))
        for moment in head.moments if len(head.moments) > 1 else ():
            if _is_a_visit(moment) and self.source(_name(moment)):
                help_ = "count from one visit that is not repeated, or from what happens"
                found.append(kinds.WHICH_REPEAT.at(moment.where, visit=_name(moment), help=help_))
        repeat = self.heads[source].repeat if source else None
        if source and head.repeat is None and repeat is not None and repeat.until is not None:
            return replace(visit, head=replace(head, each=tree.Name(source, where=visit.where)))
        return visit


def counted_from(head: tree.VisitHead) -> tree.Name | None:
    """The one visit that the day of this one is a number of days from."""
    if head.timing in ("offset", "span"):
        return head.base
    if len(head.moments) == 1 and _is_a_visit(head.moments[0]):
        name = head.moments[0].name
        return name if isinstance(name, tree.Name) else None
    return None


def _is_a_visit(moment: tree.Moment) -> bool:
    return moment.kind in ("planned", "actual")


def _name(moment: tree.Moment) -> str:
    return moment.name.text if isinstance(moment.name, tree.Name) else ""


def _id(visit: tree.Declaration) -> str:
    return visit.name.text if visit.name else ""


def spelled_out(
    declarations: Sequence[tree.Declaration], parts: Parts
) -> tuple[tree.Declaration, ...]:
    """The visits that are counted from one in `parts`, once for each of its repeats; their names
    are added to `parts`.
    """
    while True:
        made: list[tree.Declaration] = []
        for visit in declarations:
            each = tuple(_each(visit, parts))
            made += each
            if any(one.name != visit.name for one in each):
                parts[_id(visit)] = tuple(one.name for one in each if one.name)
        if len(made) == len(declarations) and all(
            one is other for one, other in zip(made, declarations, strict=True)
        ):
            return tuple(made)
        declarations = made


def _each(visit: tree.Declaration, parts: Parts) -> Iterator[tree.Declaration]:
    head = visit.head
    base = counted_from(head) if isinstance(head, tree.VisitHead) else None
    if not isinstance(head, tree.VisitHead) or base is None or base.text not in parts:
        yield _with_first(visit, parts)
        return
    if any(_id(visit) == part.text for each in parts.values() for part in each):
        # It goes in a circle, which is found where there are only single visits.
        yield replace(visit, head=_from(head, replace(parts[base.text][0], where=base.where)))
        return
    for number, part in enumerate(parts[base.text], 1):
        yield repeat_of(visit, number, _from(head, replace(part, where=base.where)))


def _with_first(visit: tree.Declaration, parts: Parts) -> tree.Declaration:
    """A choice of days, with the first repeat where a repeated visit is named: that is reported."""
    head = visit.head
    if not isinstance(head, tree.VisitHead) or len(head.moments) < 2:
        return visit
    moments = tuple(
        replace(one, name=replace(parts[_name(one)][0], where=one.name.where))
        if _is_a_visit(one) and _name(one) in parts
        else one
        for one in head.moments
    )
    return visit if moments == head.moments else replace(visit, head=replace(head, moments=moments))


def _from(head: tree.VisitHead, base: tree.Name) -> tree.VisitHead:
    moments = tuple(replace(one, name=base) for one in head.moments)
    moved = replace(head, moments=moments, base=base if head.base else None)
    if head.last is None or head.base is None or head.last.base is None:
        return moved
    # The other end of a span; where it is counted from another visit, that is reported later.
    same = head.last.base.text == head.base.text
    return replace(moved, last=replace(head.last, base=base if same else head.last.base))


def repeat_of(visit: tree.Declaration, number: int, head: tree.VisitHead) -> tree.Declaration:
    """The so manieth repeat of a visit, under its own name and title, with its own timing."""
    assert visit.name is not None
    assert visit.title is not None
    name = tree.Name(f"{visit.name.text}.{number}", where=visit.name.where)
    title = tree.Text(f"{visit.title.value} ({number})", where=visit.title.where)
    body = visit.body if number == 1 else tuple(_again(visit.body))
    return replace(visit, name=name, title=title, head=head, body=body)


def _again(body: tuple[tree.Statement, ...]) -> Iterator[tree.Statement]:
    """What the later ones say, too: a quotation and an older name are those of the first."""
    for statement in body:
        is_older = isinstance(statement, tree.Names) and statement.verb == "renamed"
        if not (is_older or isinstance(statement, tree.Source)):
            yield statement
