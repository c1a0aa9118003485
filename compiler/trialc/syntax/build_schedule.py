"""Builders of visits and activities."""

from __future__ import annotations

from dataclasses import replace

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.build_expressions import whole
from trialc.syntax.building import Parts, builds


@builds("at_anchor")
def at_anchor(parts: Parts, where: Span) -> tree.VisitHead:
    return tree.VisitHead("anchor", where=where)


@builds("unscheduled")
def unscheduled(parts: Parts, where: Span) -> tree.VisitHead:
    return tree.VisitHead("unscheduled", where=where)


@builds("before")
def before(parts: Parts, where: Span) -> tree.VisitHead:
    return tree.VisitHead("before", base=parts[0], where=where)


@builds("offset")
def offset(parts: Parts, where: Span) -> tree.VisitHead:
    base, sign, amount, repeat = parts
    return tree.VisitHead(
        "offset", base, sign.text if sign else "", amount, repeat=repeat, where=where
    )


@builds("span")
def span(parts: Parts, where: Span) -> tree.VisitHead:
    base, sign, amount, *last = parts
    name, last_sign, last_amount = last
    end = tree.VisitHead("offset", name, last_sign.text if last_sign else "", last_amount)
    return tree.VisitHead("span", base, sign.text if sign else "", amount, last=end, where=where)


@builds("times")
def times(parts: Parts, where: Span) -> tree.Repeat:
    every, number = parts
    return tree.Repeat(every, whole(number), where=where)


@builds("until")
def until(parts: Parts, where: Span) -> tree.Repeat:
    return tree.Repeat(parts[0], until=parts[1], where=where)


@builds("endless")
def endless(parts: Parts, where: Span) -> tree.Repeat:
    return tree.Repeat(parts[0], where=where)


@builds("bound")
def bound(parts: Parts, where: Span) -> tuple[str, tree.Quantity]:
    sign, amount = parts
    return (sign.text if sign else ""), amount


@builds("window_not_stated")
def window_not_stated(parts: Parts, where: Span) -> None:
    return None


@builds("window_stated")
def window_stated(
    parts: Parts, where: Span
) -> tuple[tuple[str, tree.Quantity], tuple[str, tree.Quantity]]:
    return parts[0], parts[2]


@builds("visit")
def visit(parts: Parts, where: Span) -> tree.Declaration:
    name, title, timing, stated, body = parts
    head = replace(timing, window=stated, where=timing.where or where)
    return tree.Declaration("visit", name, title=title, head=head, body=body or (), where=where)


@builds("activity")
def activity(parts: Parts, where: Span) -> tree.Declaration:
    name, title, *visits, body = parts
    head = tree.NamesHead(tuple(visits), where=visits[0].where)
    return tree.Declaration("activity", name, title=title, head=head, body=body or (), where=where)
