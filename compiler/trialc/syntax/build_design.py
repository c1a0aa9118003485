"""Builders of what a design says: periods, and what sequences give in them."""

from __future__ import annotations

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.building import Parts, builds


@builds("from_to")
def from_to(parts: Parts, where: Span) -> tree.CourseHead:
    return tree.CourseHead(parts[0], parts[1], where=where)


@builds("at_one")
def at_one(parts: Parts, where: Span) -> tree.CourseHead:
    return tree.CourseHead(parts[0], parts[0], where=where)


@builds("period")
def period(parts: Parts, where: Span) -> tree.Declaration:
    name, title, head, body = parts
    return tree.Declaration("period", name, title=title, head=head, body=body or (), where=where)


@builds("due_count")
def due_count(parts: Parts, where: Span) -> tree.DueHead:
    amount, milestone, at = parts
    return tree.DueHead(amount, milestone, at, where=where)


@builds("due_events")
def due_events(parts: Parts, where: Span) -> tree.DueHead:
    return tree.DueHead(parts[0], event=parts[1], where=where)


@builds("interim")
def interim(parts: Parts, where: Span) -> tree.Declaration:
    name, title, head, body = parts
    return tree.Declaration("interim", name, title=title, head=head, body=body or (), where=where)


@builds("tabled")
def tabled(parts: Parts, where: Span) -> tree.Tabled:
    return tree.Tabled(parts[0], parts[1], where=where)


@builds("gift")
def gift(parts: Parts, where: Span) -> tuple[tree.Name, tree.Quantity | None]:
    return parts[0], parts[1]


@builds("give_in")
def give_in(parts: Parts, where: Span) -> tree.GiveIn:
    *gifts, period = parts
    return tree.GiveIn(tuple(gifts), period, where=where)
