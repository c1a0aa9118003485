"""Builders of visits and activities."""

from __future__ import annotations

from dataclasses import replace

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.build_expressions import whole
from trialc.syntax.building import Parts, builds


@builds("at_anchor")
def at_anchor(parts: Parts, where: Span) -> tree.VisitHead:
    _, number, base = parts
    first = number.number if number else ""
    return tree.VisitHead("after" if base else "anchor", base, first_day=first, where=where)


@builds("unscheduled")
def unscheduled(parts: Parts, where: Span) -> tree.VisitHead:
    return tree.VisitHead("unscheduled", where=where)


@builds("before")
def before(parts: Parts, where: Span) -> tree.VisitHead:
    return tree.VisitHead("before", base=parts[0], where=where)


@builds("offset")
def offset(parts: Parts, where: Span) -> tree.VisitHead:
    moment, repeat = parts
    if moment.kind != "planned":
        return tree.VisitHead("counted", moments=(moment,), repeat=repeat, where=where)
    return tree.VisitHead(
        "offset", moment.name, moment.sign, moment.offset, repeat=repeat, where=where
    )


@builds("whichever")
def whichever(parts: Parts, where: Span) -> tree.VisitHead:
    which, *moments, repeat = parts
    return tree.VisitHead(
        "counted", moments=tuple(moments), whichever=which.text, repeat=repeat, where=where
    )


def _moment(kind: str, rule: str) -> None:
    @builds(rule)
    def build(parts: Parts, where: Span) -> tree.Moment:
        name, sign, amount = parts[-3:]  # before them stands the word `last`
        return tree.Moment(kind, name, sign.text if sign else "", amount, where=where)


for _kind, _rule in (
    ("planned", "planned_day"),
    ("actual", "actual_day"),
    ("last_dose", "last_dose"),
    ("happening", "happening"),
):
    _moment(_kind, _rule)


@builds("numbered")
def numbered(parts: Parts, where: Span) -> tree.VisitHead:
    """A day by its number: what it is counted from, and how far, is found when all visits are
    known (`numbered_days`).
    """
    _, sign, number, base = parts
    return tree.VisitHead(
        "offset", base, sign.text if sign else "+", number, is_numbered=True, where=where
    )


@builds("on_numbered")
def on_numbered(parts: Parts, where: Span) -> tree.VisitHead:
    day, repeat = parts
    return replace(day, repeat=repeat, where=where)


@builds("edge")
def edge(parts: Parts, where: Span) -> tree.VisitHead:
    base, sign, amount = parts
    return tree.VisitHead("offset", base, sign.text if sign else "", amount, where=where)


@builds("span")
def span(parts: Parts, where: Span) -> tree.VisitHead:
    first, last = parts
    return replace(first, timing="span", last=last, where=where)


@builds("times")
def times(parts: Parts, where: Span) -> tree.Repeat:
    every, chain, number = parts
    return tree.Repeat(every, whole(number), chained=bool(chain), where=where)


@builds("until")
def until(parts: Parts, where: Span) -> tree.Repeat:
    every, chain, words = parts
    return tree.Repeat(every, until=words, chained=bool(chain), where=where)


@builds("until_at_most")
def until_at_most(parts: Parts, where: Span) -> tree.Repeat:
    every, chain, most, words = parts
    return tree.Repeat(every, until=words, chained=bool(chain), most=whole(most), where=where)


@builds("until_time")
def until_time(parts: Parts, where: Span) -> tree.Repeat:
    every, chain, unit, number = parts
    last = replace(number, unit=unit.text, where=unit.where.to(number.where))
    return tree.Repeat(every, chained=bool(chain), last=last, where=where)


@builds("endless")
def endless(parts: Parts, where: Span) -> tree.Repeat:
    return tree.Repeat(parts[0], chained=bool(parts[1]), where=where)


@builds("chained")
def chained(parts: Parts, where: Span) -> tree.Name:
    return tree.Name("chained", where=where)


@builds("bound")
def bound(parts: Parts, where: Span) -> tree.Bound:
    sign, amount = parts
    return (sign.text if sign else ""), amount


@builds("window_not_stated")
def window_not_stated(parts: Parts, where: Span) -> None:
    return None


@builds("window_stated")
def window_stated(parts: Parts, where: Span) -> tuple[tree.Bound, tree.Bound | None]:
    return parts[0], parts[2]


@builds("window_until")
def window_until(parts: Parts, where: Span) -> tuple[None, tree.Bound]:
    return None, parts[1]


@builds("visit")
def visit(parts: Parts, where: Span) -> tree.Declaration:
    name, title, timing, stated, arms, body = parts
    head = replace(timing, window=stated, arms=arms or (), where=timing.where or where)
    return tree.Declaration("visit", name, title=title, head=head, body=body or (), where=where)


@builds("for_arms")
def for_arms(parts: Parts, where: Span) -> tuple[tree.Name, ...]:
    return tuple(parts)


@builds("trigger")
def trigger(parts: Parts, where: Span) -> tree.Trigger:
    return tree.Trigger(parts[0], parts[1], where=where)


@builds("at_visits")
def at_visits(parts: Parts, where: Span) -> tree.ActivityHead:
    *visits, cause = parts
    return tree.ActivityHead(tuple(visits), trigger=cause, where=visits[0].where)


@builds("throughout")
def throughout(parts: Parts, where: Span) -> tree.ActivityHead:
    return tree.ActivityHead((parts[0],), last=parts[1], where=where)


@builds("when_triggered")
def when_triggered(parts: Parts, where: Span) -> tree.ActivityHead:
    return tree.ActivityHead(trigger=parts[0], where=where)


@builds("activity")
def activity(parts: Parts, where: Span) -> tree.Declaration:
    name, title, place, repeat, arms, body = parts
    head = replace(place, repeat=repeat, arms=arms or ())
    return tree.Declaration("activity", name, title=title, head=head, body=body or (), where=where)
