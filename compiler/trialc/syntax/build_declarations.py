"""Builders of declarations, their heads and their statements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.build_expressions import whole
from trialc.syntax.building import Parts, builds

# ---- statements


@builds("body", "changes", "attributes")
def statements(parts: Parts, where: Span) -> tuple[tree.Statement, ...]:
    return tuple(parts)


@builds("source")
def source(parts: Parts, where: Span) -> tree.Source:
    return cast(tree.Source, parts[0])


@builds("aside")
def aside(parts: Parts, where: Span) -> tree.Aside:
    return tree.Aside(parts[0], parts[1], where=where)


@builds("decided")
def decided(parts: Parts, where: Span) -> tree.Names:
    return tree.Names("decided", tuple(parts), where=where)


@builds("renamed")
def renamed(parts: Parts, where: Span) -> tree.Names:
    return tree.Names("renamed", tuple(parts), where=where)


def _rule(verb: str) -> None:
    @builds(verb)
    def build(parts: Parts, where: Span) -> tree.Rule:
        return tree.Rule(verb, parts[0], where=where)


for _verb in ("require", "exclude", "opens", "counts", "applies", "when"):
    _rule(_verb)


@builds("give")
def give(parts: Parts, where: Span) -> tree.Give:
    intervention, dose, occasion, visit, length, until = parts
    return tree.Give(intervention, occasion, visit, dose, length, until, where=where)


@builds("guards_randomise")
def guards_randomise(parts: Parts, where: Span) -> tree.Guards:
    return tree.Guards(first=whole(parts[0]), last=whole(parts[2]), where=where)


@builds("guards_give")
def guards_give(parts: Parts, where: Span) -> tree.Guards:
    return tree.Guards(occasion=parts[0], where=where)


@builds("action")
def action(parts: Parts, where: Span) -> tuple[str, tree.Name | None]:
    return parts[0].text, parts[1]


@builds("otherwise")
def otherwise(parts: Parts, where: Span) -> tree.Otherwise:
    return tree.Otherwise(tuple(parts), where=where)


@builds("attested_by")
def attested_by(parts: Parts, where: Span) -> tree.Attested:
    return tree.Attested(tuple(parts), where=where)


@builds("reports")
def reports(parts: Parts, where: Span) -> tree.Reports:
    return tree.Reports(parts[0], parts[1], parts[2], where=where)


@builds("replacement")
def replacement(parts: Parts, where: Span) -> tree.Replacement:
    return tree.Replacement(parts[0], parts[1], where=where)


@builds("alternative")
def alternative(parts: Parts, where: Span) -> tree.Alternative:
    return tree.Alternative(parts[0], _present(parts[1:]), where=where)


@builds("terms")
def terms(parts: Parts, where: Span) -> tuple[tree.Term, ...]:
    return tuple(parts)


@builds("property")
def property_(parts: Parts, where: Span) -> tree.Property:
    return tree.Property(parts[0], tuple(parts[1:]), where=where)


@builds("assignment")
def assignment(parts: Parts, where: Span) -> tree.Assignment:
    return tree.Assignment(parts[0], False, parts[1], parts[2], where=where)


@builds("cause_assignment")
def cause_assignment(parts: Parts, where: Span) -> tree.Assignment:
    return tree.Assignment(parts[0], True, parts[1], where=where)


# ---- declarations without a head, and those whose head is one word


def _plain(keyword: str) -> None:
    @builds(keyword)
    def build(parts: Parts, where: Span) -> tree.Declaration:
        name, *title, body = parts
        return tree.Declaration(
            keyword, name, title=title[0] if title else None, body=body or (), where=where
        )


for _keyword in (
    "protocol", "cause", "role", "intervention", "masking", "randomisation", "event", "decision",
    "epoch",
):  # fmt: skip
    _plain(_keyword)


def _levelled(keyword: str) -> None:
    @builds(keyword)
    def build(parts: Parts, where: Span) -> tree.Declaration:
        name, level, title, body = parts
        head = tree.WordHead(level, where=level.where)
        return tree.Declaration(keyword, name, title=title, head=head, body=body or (), where=where)


_levelled("objective")
_levelled("endpoint")


def _worded(keyword: str) -> None:
    @builds(keyword)
    def build(parts: Parts, where: Span) -> tree.Declaration:
        name, title, word, body = parts
        head = tree.WordHead(word, where=word.where)
        return tree.Declaration(keyword, name, title=title, head=head, body=body or (), where=where)


_worded("arm")
_worded("gate")


@builds("library")
def library(parts: Parts, where: Span) -> tree.Declaration:
    name, version, body = parts
    return tree.Declaration(
        "library", name, head=tree.WordHead(version, where=version.where), body=body, where=where
    )


@builds("language")
def language(parts: Parts, where: Span) -> tree.Declaration:
    number = parts[0]
    return tree.Declaration(
        "language", head=tree.NumberHead(number.number, where=number.where), where=where
    )


@builds("binding")
def binding(parts: Parts, where: Span) -> tuple[tree.Name, tree.Name]:
    return parts[0], parts[1]


@builds("use")
def use(parts: Parts, where: Span) -> tree.Declaration:
    name, version, alias, *bindings = parts
    head = tree.UseHead(version, alias, _present(bindings), where=version.where)
    return tree.Declaration("use", name, head=head, where=where)


@builds("retired")
def retired(parts: Parts, where: Span) -> tree.Declaration:
    return tree.Declaration("retired", head=tree.NamesHead(tuple(parts), where=where), where=where)


# ---- data, definitions, criteria


@builds("window")
def window(parts: Parts, where: Span) -> tree.Declaration:
    name, title, amount, body = parts
    head = tree.DurationHead(amount, where=amount.where)
    return tree.Declaration("window", name, title=title, head=head, body=body or (), where=where)


@builds("quantity_type")
def quantity_type(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead("quantity", unit=parts[0].text, where=parts[0].where)


@builds("score_type")
def score_type(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead("score", range=parts[0], where=where)


@builds("boolean_type")
def boolean_type(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead("boolean", where=where)


@builds("choice_type")
def choice_type(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead("choice", options=parts[0], where=where)


@builds("ordinal_type")
def ordinal_type(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead("ordinal", options=parts[0], where=where)


@builds("history_type")
def history_type(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead("history", where=where)


@builds("date_type")
def date_type(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead("date", where=where)


@builds("data")
def data(parts: Parts, where: Span) -> tree.Declaration:
    name, title, head, body = parts
    return tree.Declaration("data", name, title=title, head=head, body=body or (), where=where)


@builds("judgement")
def judgement(parts: Parts, where: Span) -> tree.Declaration:
    name, title, *roles, body = parts
    head = tree.NamesHead(tuple(roles), where=roles[0].where)
    return tree.Declaration("judgement", name, title=title, head=head, body=body or (), where=where)


@builds("derive")
def derive(parts: Parts, where: Span) -> tree.Declaration:
    name, title, unit, expression, body = parts
    head = tree.FormulaHead(unit.text, expression, where=unit.where)
    return tree.Declaration("derive", name, title=title, head=head, body=body or (), where=where)


@builds("define")
def define(parts: Parts, where: Span) -> tree.Declaration:
    name, title, expression, body = parts
    head = tree.FormulaHead("", expression, where=expression.where)
    return tree.Declaration("define", name, title=title, head=head, body=body or (), where=where)


@builds("criterion")
def criterion(parts: Parts, where: Span) -> tree.Declaration:
    side, name, number, title, body = parts
    return tree.Declaration(
        side.text, name, number=number.text, title=title, body=body, where=where
    )


# ---- schedule


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


# ---- examples


@builds("patient")
def patient(parts: Parts, where: Span) -> tree.Declaration:
    name, title, *assignments = parts
    return tree.Declaration("patient", name, title=title, body=tuple(assignments), where=where)


@builds("need")
def need(parts: Parts, where: Span) -> tuple[bool, tree.Name]:
    return False, parts[0]


@builds("cause_need")
def cause_need(parts: Parts, where: Span) -> tuple[bool, tree.Name]:
    return True, parts[0]


@builds("expectation")
def expectation(
    parts: Parts, where: Span
) -> tuple[str, tuple[tree.Name, ...], tuple[tuple[bool, tree.Name], ...], Span]:
    verdict, *rest = _present(parts)
    by = tuple(part for part in rest if isinstance(part, tree.Name))
    needing = tuple(part for part in rest if not isinstance(part, tree.Name))
    return verdict.text, by, needing, where


@builds("test")
def test(parts: Parts, where: Span) -> tree.Declaration:
    name, title, given, changes, (verdict, by, needing, expected) = parts
    head = tree.TestHead(given, changes or (), verdict, by, needing, where=expected)
    return tree.Declaration("test", name, title=title, head=head, where=where)


@builds("participant")
def participant(parts: Parts, where: Span) -> int | None:
    return whole(parts[0]) if parts else None


@builds("event_step")
def event_step(parts: Parts, where: Span) -> tree.TrialStep:
    event, who, on, attributes = parts
    return tree.TrialStep(event, False, who, on, attributes or (), where=where)


@builds("absence_step")
def absence_step(parts: Parts, where: Span) -> tree.TrialStep:
    event, who, on = parts
    return tree.TrialStep(event, True, who, on, where=where)


@builds("expected_state")
def expected_state(parts: Parts, where: Span) -> tree.TrialExpectation:
    gate, state, on, who = parts
    return tree.TrialExpectation(gate, state.text, on, whole(who) if who else None, where=where)


@builds("trial_given")
def trial_given(parts: Parts, where: Span) -> Parts:
    return parts


@builds("trial_test")
def trial_test(parts: Parts, where: Span) -> tree.Declaration:
    name, title, (block, size, occasion, first, every), *rest = parts
    steps = tuple(part for part in rest if isinstance(part, tree.TrialStep))
    expects = tuple(part for part in rest if isinstance(part, tree.TrialExpectation))
    head = tree.TrialHead(
        whole(block), whole(size), occasion, first, every, steps, expects, where=name.where
    )
    return tree.Declaration("trial test", name, title=title, head=head, where=where)


def _present(parts: Parts) -> tuple[Any, ...]:
    return tuple(part for part in parts if part is not None)
