"""Builders of conditions, numbers and words."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from trialc.diagnostics.catalog.syntax import MIXED_AND_OR
from trialc.diagnostics.catalog.types import NOT_WHOLE
from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.building import MalformedError, Parts, builds


def whole(number: tree.Quantity) -> int:
    """The value of a number that counts something."""
    if not number.number.isdecimal() or len(number.number) > 9:
        raise MalformedError(NOT_WHOLE.at(number.where, number=number.number))
    return int(number.number)


@builds("parenthesis")
def parenthesis(parts: Parts, where: Span) -> tree.Syntax:
    """What stands in parentheses; of courses with these: so their `where` has an end."""
    inner = cast(tree.Syntax, parts[0])
    return replace(inner, where=where) if isinstance(inner, tree.OfCourses) else inner


@builds("name", "text", "plain", "quantity", "date", "word")
def itself(parts: Parts, where: Span) -> tree.Syntax:
    return cast(tree.Syntax, parts[0])


@builds("signed")
def signed(parts: Parts, where: Span) -> tree.Quantity:
    sign, quantity = parts
    number = f"-{quantity.number}" if sign.text == "-" else quantity.number
    return tree.Quantity(number, quantity.unit, plus=sign.text == "+", where=where)


@builds("range")
def range_(parts: Parts, where: Span) -> tree.Range:
    return tree.Range(parts[0], parts[2], where=where)


@builds("options")
def options(parts: Parts, where: Span) -> tree.Options:
    return tree.Options(tuple(parts), where=where)


@builds("codes")
def codes(parts: Parts, where: Span) -> tree.Options:
    names, titles = zip(*parts, strict=True)
    return tree.Options(names, titles if any(titles) else (), where=where)


@builds("code")
def code(parts: Parts, where: Span) -> tuple[tree.Name, tree.Text | None]:
    return parts[0], parts[1]


def _operators(word: str) -> None:
    @builds(f"{word}_")
    def build(parts: Parts, where: Span) -> tree.Operators:
        for part in parts:
            _one_kind_of_operator(word, part)
        return tree.Operators(word, tuple(parts), where=where)


def _one_kind_of_operator(word: str, operand: tree.Expression) -> None:
    """Refuse `a or any of b where c and d`: where the `where` ends is not to be seen."""
    while isinstance(operand, tree.Not):
        operand = operand.operand
    asked = operand.where_each if isinstance(operand, tree.OfCourses) else None
    is_open = asked is not None and asked.where.end == operand.where.end
    if is_open and isinstance(asked, tree.Operators) and asked.operator != word:
        advice = "put parentheses around what belongs together"
        raise MalformedError(MIXED_AND_OR.at(operand.where, help=advice))


_operators("and")
_operators("or")


@builds("not_")
def not_(parts: Parts, where: Span) -> tree.Not:
    return tree.Not(parts[0], where=where)


@builds("unless")
def unless(parts: Parts, where: Span) -> tree.Unless:
    return tree.Unless(parts[0], parts[1], where=where)


@builds("attributed")
def attributed(parts: Parts, where: Span) -> tree.Attributed:
    return tree.Attributed(parts[0], parts[1], other=False, where=where)


@builds("attributed_other")
def attributed_other(parts: Parts, where: Span) -> tree.Attributed:
    return tree.Attributed(parts[0], parts[1], other=True, where=where)


@builds("if_done")
def if_done(parts: Parts, where: Span) -> tree.IfDone:
    return tree.IfDone(parts[0], where=where)


@builds("compare")
def compare(parts: Parts, where: Span) -> tree.Comparison:
    return tree.Comparison(parts[0], parts[1].text, parts[2], where=where)


@builds("member")
def member(parts: Parts, where: Span) -> tree.Member:
    return tree.Member(parts[0], parts[1], where=where)


@builds("between")
def between(parts: Parts, where: Span) -> tree.Between:
    return tree.Between(parts[0], parts[1], parts[3], where=where)


@builds("side")
def side(parts: Parts, where: Span) -> str:
    return parts[0].text


@builds("within")
def within(parts: Parts, where: Span) -> tree.Within:
    return tree.Within(*parts, where=where)


@builds("ongoing")
def ongoing(parts: Parts, where: Span) -> tree.Ongoing:
    return tree.Ongoing(parts[0], parts[1], where=where)


@builds("unchanged")
def unchanged(parts: Parts, where: Span) -> tree.Ongoing:
    return tree.Ongoing(parts[0], parts[1], unchanged=True, where=where)


@builds("suspected")
def suspected(parts: Parts, where: Span) -> tree.Suspected:
    return tree.Suspected(parts[0], where=where)


@builds("planned")
def planned(parts: Parts, where: Span) -> tree.Planned:
    return tree.Planned(*parts, where=where)


@builds("excepted")
def excepted(parts: Parts, where: Span) -> tuple[tree.Name, ...]:
    names = parts[0]
    return names.names if isinstance(names, tree.Options) else (names,)


@builds("except_")
def except_(parts: Parts, where: Span) -> tree.Except:
    return tree.Except(parts[0], parts[1], where=where)


@builds("arithmetic")
def arithmetic(parts: Parts, where: Span) -> tree.Arithmetic:
    rest = tuple((parts[i].text, parts[i + 1]) for i in range(1, len(parts), 2))
    return tree.Arithmetic(parts[0], rest, where=where)


@builds("quantifier")
def quantifier(parts: Parts, where: Span) -> tuple[str, int]:
    return parts[0].text, 0


@builds("at_least")
def at_least(parts: Parts, where: Span) -> tuple[str, int]:
    return "at_least", whole(parts[0])


@builds("at_most")
def at_most(parts: Parts, where: Span) -> tuple[str, int]:
    return "at_most", whole(parts[0])


@builds("group")
def group(parts: Parts, where: Span) -> tree.Group:
    (quantifier, count), *items = parts
    return tree.Group(quantifier, count, tuple(items), where=where)


@builds("item")
def item(parts: Parts, where: Span) -> tree.Item:
    label, number, body = parts
    return tree.Item(label, number.text if number else "", body, where=where)


@builds("score")
def score(parts: Parts, where: Span) -> tree.Score:
    return tree.Score(parts[0].text, tuple(parts[1:]), where=where)


@builds("score_item")
def score_item(parts: Parts, where: Span) -> tree.ScoreItem:
    return tree.ScoreItem(parts[0], points=parts[1], when=parts[2], where=where)


@builds("nested_score")
def nested_score(parts: Parts, where: Span) -> tree.ScoreItem:
    label, combine, *items = parts
    inner = tree.Score(combine.text, tuple(items), where=combine.where.to(where))
    return tree.ScoreItem(label, score=inner, where=where)


@builds("elapsed")
def elapsed(parts: Parts, where: Span) -> tree.Elapsed:
    return tree.Elapsed(parts[0].text.removesuffix("s"), parts[1], parts[2], where=where)


@builds("in_unit")
def in_unit(parts: Parts, where: Span) -> tree.InUnit:
    return tree.InUnit(parts[0], parts[1].text, where=where)


@builds("of_criterion")
def of_criterion(parts: Parts, where: Span) -> tree.OfCriterion:
    return tree.OfCriterion(parts[1], where=where)


@builds("function")
def function(parts: Parts, where: Span) -> tree.Function:
    return tree.Function(parts[0].text, tuple(parts[1:]), where=where)


@builds("table")
def table(parts: Parts, where: Span) -> tree.Table:
    return tree.Table(parts[0].text == "unique", tuple(parts[1:]), where=where)


@builds("case", "otherwise_case")
def case(parts: Parts, where: Span) -> tree.Case:
    label, value, *when = parts
    return tree.Case(label, value, when[0] if when else None, where=where)
