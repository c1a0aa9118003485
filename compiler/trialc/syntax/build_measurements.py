"""Builders of conditions on limits of normal, washouts, and several measurements."""

from __future__ import annotations

from collections.abc import Callable

from trialc.source import Span
from trialc.syntax import tree
from trialc.syntax.building import Parts, builds

Test = Callable[[tree.Name, Span], tree.Expression]
"""What is asked of each measurement, once it has a name."""


def _normal(where_: str) -> None:
    @builds(f"{where_}_normal")
    def build(parts: Parts, where: Span) -> tree.Normal:
        return tree.Normal(parts[0], where_, where=where)


for _place in ("in", "outside", "above", "below"):
    _normal(_place)


@builds("limits")
def limits(parts: Parts, where: Span) -> tree.Limits:
    return tree.Limits(parts[0], parts[2], where=where)


@builds("extreme")
def extreme(parts: Parts, where: Span) -> tree.Extreme:
    return tree.Extreme(parts[0].text == "longer", tuple(parts[1:]), where=where)


# ---- several measurements


@builds("those")
def those(parts: Parts, where: Span) -> bool:
    return True


@builds("summary")
def summary(parts: Parts, where: Span) -> tree.Summary:
    which, name, done = parts
    return tree.Summary(which.text, name, bool(done), where=where)


@builds("confirmed")
def confirmed(parts: Parts, where: Span) -> tree.Confirmed:
    return tree.Confirmed(parts[0], parts[1], where=where)


@builds("test_compare")
def test_compare(parts: Parts, where: Span) -> Test:
    relation, right = parts
    return lambda name, whole: tree.Comparison(name, relation.text, right, where=whole)


@builds("test_member")
def test_member(parts: Parts, where: Span) -> Test:
    return lambda name, whole: tree.Member(name, parts[0], where=whole)


@builds("test_between")
def test_between(parts: Parts, where: Span) -> Test:
    low, _, high = parts
    return lambda name, whole: tree.Between(name, low, high, where=whole)


def _test_of_normal(place: str) -> None:
    @builds(f"test_{place}")
    def build(parts: Parts, where: Span) -> Test:
        return lambda name, whole: tree.Normal(name, place, where=whole)


for _place in ("in", "outside", "above", "below"):
    _test_of_normal(_place)


@builds("each")
def each(parts: Parts, where: Span) -> tree.Each:
    (quantifier, count), name, done, test = parts
    return tree.Each(quantifier, count, name, bool(done), test(name, where), where=where)


@builds("each_holds")
def each_holds(parts: Parts, where: Span) -> tree.Each:
    """Of what is measured as yes or no, nothing more is asked."""
    (quantifier, count), name, done = parts
    return tree.Each(quantifier, count, name, bool(done), name, where=where)


# ---- two units, changes


@builds("in_two_units")
def in_two_units(parts: Parts, where: Span) -> tree.Quantity:
    first, second = parts
    return tree.Quantity(first.number, first.unit, second, where=where)


@builds("at_least_by")
def at_least_by(parts: Parts, where: Span) -> str:
    return ">="


@builds("more_than")
def more_than(parts: Parts, where: Span) -> str:
    return ">"


@builds("changed")
def changed(parts: Parts, where: Span) -> tree.Changed:
    name, direction, relation, amount, base = parts
    return tree.Changed(name, direction.text, relation, amount, base, where=where)
