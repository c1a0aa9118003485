"""Builders of what a design says: periods, and what sequences give in them."""

from __future__ import annotations

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.build_expressions import signed
from trialc.syntax.building import Parts, builds, present


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


@builds("measured")
def measured(parts: Parts, where: Span) -> tree.Measured:
    label, expression, *visits = parts
    return tree.Measured(label, expression, tuple(present(visits)), where=where)


@builds("measured_change")
def measured_change(parts: Parts, where: Span) -> tree.MeasuredChange:
    label, change, number, first, last = parts
    percent = change.text.startswith("percent")
    return tree.MeasuredChange(label, percent, number, first, last, where=where)


@builds("gift")
def gift(parts: Parts, where: Span) -> tree.Gift:
    intervention, dose, frequency = parts
    return tree.Gift(intervention, dose or (), frequency or (), where=where)


@builds("portion")
def portion(parts: Parts, where: Span) -> tuple[tree.Term, ...]:
    return present(parts)


@builds("portions")
def portions(parts: Parts, where: Span) -> tuple[tree.Term, ...]:
    """The words of a dose, as behind `dose:`."""
    terms: list[tree.Term] = list(parts[0])
    for sign, (amount, *name) in zip(parts[1::2], parts[2::2], strict=True):
        terms += (signed([sign, amount], sign.where.to(amount.where)), *name)
    return tuple(terms)


@builds("often")
def often(parts: Parts, where: Span) -> tuple[tree.Term, ...]:
    return tuple(tree.Name(word, where=where) for word in parts[0].text.split())


@builds("in_words")
def in_words(parts: Parts, where: Span) -> tuple[tree.Term, ...]:
    return tuple(parts)


@builds("every_so_often")
def every_so_often(parts: Parts, where: Span) -> tuple[tree.Term, ...]:
    return tree.Name("every", where=where), parts[0]


@builds("on_days")
def on_days(parts: Parts, where: Span) -> tuple[tree.Term, ...]:
    """`on days 1, 8 of every 21 days`, in the words of `frequency:`."""
    _, *days, cycle = parts
    on, of = (("on", "days"), ("of", "every"))
    before, after = ([tree.Name(word, where=where) for word in words] for words in (on, of))
    return (*before, *days, *after, cycle)


@builds("give_in")
def give_in(parts: Parts, where: Span) -> tree.GiveIn:
    *gifts, period = parts
    return tree.GiveIn(tuple(gifts), period, where=where)
