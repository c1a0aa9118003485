"""Builders of declarations and their heads."""

from __future__ import annotations

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.building import Parts, builds, present

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
    "epoch", "everyone", "modification", "estimand", "stopping", "population", "narrative",
    "level", "escalation",
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
_worded("sequence")
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
    head = tree.UseHead(version, alias, present(bindings), where=version.where)
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


@builds("occurrence_type")
def occurrence_type(parts: Parts, where: Span) -> tree.TypeHead:
    return tree.TypeHead("occurrence", where=where)


FINDING = ("absent", "suspected", "confirmed")


@builds("finding_type")
def finding_type(parts: Parts, where: Span) -> tree.TypeHead:
    """Something that is not there, suspected, or confirmed: an ordinal of these three."""
    names = tuple(tree.Name(code, where=where) for code in FINDING)
    return tree.TypeHead("ordinal", options=tree.Options(names, where=where), where=where)


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


@builds("quota")
def quota(parts: Parts, where: Span) -> tree.Declaration:
    name, title, expression, (bound, amount, of), body = parts
    head = tree.QuotaHead(expression, bound, amount, of, where=expression.where)
    return tree.Declaration("quota", name, title=title, head=head, body=body or (), where=where)


@builds("share")
def share(parts: Parts, where: Span) -> tuple[tree.Quantity, tree.Quantity | None]:
    amount, *of = parts
    return amount, of[0] if of else None


def _bounded(bound: str) -> None:
    @builds(bound)
    def build(parts: Parts, where: Span) -> tuple[str, tree.Quantity, tree.Quantity | None]:
        return bound, *parts[0]


_bounded("most")
_bounded("least")


@builds("criterion")
def criterion(parts: Parts, where: Span) -> tree.Declaration:
    side, name, number, title, whom, body = parts
    return tree.Declaration(
        side.text, name, number=number.text, title=title, head=whom, body=body, where=where
    )


@builds("varies")
def varies(parts: Parts, where: Span) -> tree.Declaration:
    name, whom, body = parts
    return tree.Declaration("varies", name, head=whom, body=body, where=where)


@builds("whom")
def whom(parts: Parts, where: Span) -> tree.NamesHead:
    return tree.NamesHead(tuple(parts), where=where)
