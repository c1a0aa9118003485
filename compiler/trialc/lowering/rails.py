"""Conditions as pairs of tests: one holds where the condition is true, the other where it is
false, neither where it is unknown. So both are two-valued logic over local variables.
"""

from __future__ import annotations

import math
from typing import Literal

from trialc.lowering.joins import Rails, all_of, any_of, every, one_of, some
from trialc.lowering.nodes import (
    Always,
    Amount,
    Applied,
    CalendarTime,
    Constant,
    Count,
    FromTo,
    Greatest,
    Holds,
    If,
    Is,
    Not,
    Nothing,
    Relation,
    Roughly,
    Sum,
    Test,
)
from trialc.lowering.numbers import SAFE, exactly, is_itself, is_product, roughly, step
from trialc.lowering.program import constant
from trialc.lowering.scope import Extremes, Scope
from trialc.model import expression as e
from trialc.model.expression import Condition, Number

DEEPEST = 12
"""Levels of brackets in one expression; what lies deeper becomes a local first."""
LONGEST_CHAIN = 10
"""Alternatives in one chain of `If`, which nest too."""

Operator = Literal["<", "<=", ">", ">="]
FALSE_WHEN: dict[str, Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
NEAR = 1e-9
"""How close to a limit, relative to it, a number is calculated exactly."""
SHORTEST = {"year": 365, "month": 28}
LONGEST = {"year": 366, "month": 31}
"""Days in one calendar unit, at least and at most."""


def rails(condition: Condition, scope: Scope, depth: int = 0) -> Rails:
    """Both tests of a condition. What they read is loaded into locals of the scope before."""
    if depth >= DEEPEST:
        return _in_locals(rails(condition, scope), scope)
    match condition:
        case e.Junction():
            return _junction(condition, scope, depth + 1)
        case e.Not():
            return rails(condition.operand, scope, depth).swapped
        case e.Attributed():
            operand = rails(condition.operand, scope, depth + 1)
            return every((operand, cause_rails(condition, scope)))
        case e.Unless():
            operand = rails(condition.operand, scope, depth + 1)
            exception = rails(condition.exception, scope, depth + 1)
            return every((operand, exception.swapped))
        case e.Applies():
            exists = rails(condition.condition, scope, depth + 1)
            operand = rails(condition.operand, scope, depth + 1)
            if condition.neutral:
                return some((exists.swapped, operand))
            return every((exists, operand))
        case e.Refer():
            return _definition(condition.name, scope, depth)
        case _:
            return _atom(condition, scope, depth)


def _definition(name: str, scope: Scope, depth: int) -> Rails:
    """A named condition: in place if this program uses it once, else in locals."""
    if name in scope.definitions:
        return scope.definitions[name]
    if scope.uses[name] < 2:
        return rails(scope.words.conditions[name], scope, depth)
    scope.definitions[name] = _in_locals(rails(scope.words.conditions[name], scope), scope, name)
    return scope.definitions[name]


def _in_locals(found: Rails, scope: Scope, name: str = "part") -> Rails:
    true, false = scope.set(f"{name} true", found.true), scope.set(f"{name} false", found.false)
    return Rails(Holds(true), Holds(false))


# ---- groups


def _junction(condition: e.Junction, scope: Scope, depth: int) -> Rails:
    parts = [rails(branch.condition, scope, depth) for branch in condition.branches]
    if condition.quantifier == "all":
        return every(parts)
    one = some(parts)
    if condition.quantifier == "any":
        return one
    if condition.quantifier == "none":
        return one.swapped
    if condition.count <= 1:
        return one if condition.count == 1 else Rails(Always(True), Always(False))
    if condition.count == len(parts):
        return every(parts)
    enough = Count(tuple(part.true for part in parts), ">=", condition.count)
    too_few = Count(tuple(part.false for part in parts), ">", len(parts) - condition.count)
    return Rails(enough, too_few)


# ---- atoms


def _atom(condition: Condition, scope: Scope, depth: int) -> Rails:
    match condition:
        case e.Holds():
            local = scope.other(condition.path)
            return Rails(Is(local, True), Is(local, False))
        case e.OneOf():
            options = scope.words.options[condition.path]
            return one_of(scope.other(condition.path), condition.codes, options)
        case e.Done():
            return scope.done(condition.path)
        case e.Within():
            low, high = exact(condition.low, scope), exact(condition.high, scope)
            least, most = bounds(condition.value, scope, depth)
            outside = any_of([Relation("<", most, low), Relation(">", least, high)])
            if least == most:
                return Rails(FromTo(low, "<=", least, "<=", high), outside)
            inside = all_of([Relation(">=", least, low), Relation("<=", most, high)])
            return Rails(inside, outside)
        case e.Compare():
            return _compare(condition, scope, depth)
        case _:
            raise TypeError(f"{condition.kind} is no condition of one participant")


def cause_rails(condition: e.Attributed, scope: Scope) -> Rails:
    """Whether the attested cause is the one that an attribution asks for."""
    local = scope.other(condition.path)
    found = one_of(local, (condition.cause,), scope.words.options[condition.path])
    return found.swapped if condition.other else found


def _compare(condition: e.Compare, scope: Scope, depth: int) -> Rails:
    relation, limit = condition.relation, condition.right
    if relation == "=" or relation == "!=":
        found = _equal(bounds(condition.left, scope, depth), bounds(limit, scope, depth))
        return found if relation == "=" else found.swapped
    false_when = FALSE_WHEN[relation]
    distance = _distance(condition.left, scope)
    if distance is not None and isinstance(limit, e.Literal) and limit.value >= 0:
        true = _anniversary(distance, relation, limit.value, scope)
        return Rails(true, _anniversary(distance, false_when, limit.value, scope))
    if (
        is_product(condition.left, scope.words)
        and isinstance(limit, e.Literal)
        and abs(limit.value) > 1 / SAFE
    ):
        true = _beside(condition.left, relation, limit.value, scope)
        return Rails(true, _beside(condition.left, false_when, limit.value, scope))
    left, right = bounds(condition.left, scope, depth), bounds(limit, scope, depth)
    return Rails(_surely(relation, left, right), _surely(false_when, left, right))


def _surely(relation: Operator, left: Extremes, right: Extremes) -> Test:
    """The relation holds whatever the two numbers turn out to be within their bounds."""
    first, second = (left[1], right[0]) if relation in ("<", "<=") else (left[0], right[1])
    return Relation(relation, first, second)


def _beside(number: Number, relation: Operator, limit: float, scope: Scope) -> Test:
    """A comparison of a calculated number: exactly beside the limit only."""
    name = number.name if isinstance(number, e.NumberOf) else "result"
    rough = roughly(number, scope)
    assert isinstance(rough, Roughly)
    about = scope.once(f"{name} roughly", rough)
    low, high = sorted((limit * (1 - NEAR), limit * (1 + NEAR)))
    asked = Relation(relation, exactly(number, scope), Constant(limit))
    side: Operator = "<" if relation in ("<", "<=") else ">"
    far, near = (low, high) if side == "<" else (high, low)
    beside = all_of([Relation(side, about, Constant(near)), asked])
    return any_of([Relation(side, about, Constant(far)), beside])


def _equal(left: Extremes, right: Extremes) -> Rails:
    apart = any_of([Relation("<", left[1], right[0]), Relation(">", left[0], right[1])])
    if left[0] == left[1] and right[0] == right[1]:
        return Rails(Relation("==", left[0], right[0]), apart)
    same = all_of([Relation("<=", left[1], right[0]), Relation(">=", left[0], right[1])])
    return Rails(same, apart)


def _distance(number: Number, scope: Scope) -> e.Elapsed | None:
    """The calendar distance in years or months behind a number, if it is one."""
    if isinstance(number, e.NumberOf):
        number = scope.words.numbers[number.name]
    if isinstance(number, e.Elapsed) and number.unit in SHORTEST:
        return number
    return None


def _anniversary(distance: e.Elapsed, relation: Operator, limit: float, scope: Scope) -> Test:
    """A comparison of a calendar distance: by the number of days where that decides it.

    The calendar is asked only between the shortest and the longest that so many units can be.
    """
    start, end = scope.number(distance.start), scope.number(distance.end)
    days = scope.days_between(distance.start, distance.end)
    zero = Constant(0)
    least = Constant(SHORTEST[distance.unit] * math.floor(limit))
    most = Constant(LONGEST[distance.unit] * math.ceil(limit))
    asked = Relation(relation, CalendarTime(distance.unit, start, end), Constant(limit))
    match relation:
        case "<=":
            surely: Test = FromTo(zero, "<=", days, "<=", least)
            perhaps = FromTo(least, "<", days, "<=", most)
        case "<":
            surely = FromTo(zero, "<=", days, "<", least)
            perhaps = FromTo(least, "<=", days, "<", most)
        case ">":
            surely = Relation(">", days, most)
            perhaps = FromTo(least, "<", days, "<=", most)
        case ">=":
            surely = Relation(">=", days, most)
            perhaps = FromTo(least, "<=", days, "<", most)
    return any_of([surely, all_of([perhaps, asked])])


# ---- numbers


def bounds(number: Number, scope: Scope, depth: int = 0, name: str = "") -> Extremes:
    """The least and the most that a number can be: the same twice if it is exact.

    `name` is what a local for it is called.
    """
    match number:
        case e.NumberOf():
            return _named(number.name, scope, depth)
        case e.Score():
            least = _score(number, scope, depth, least=True)
            return least, _score(number, scope, depth, least=False)
        case _:
            amount = _amount(number, scope, name)
            return amount, amount


def _amount(number: Number, scope: Scope, name: str) -> Amount:
    """A number that is exact where it is known."""
    match number:
        case e.Literal() | e.Date():
            return Constant(constant(number))
        case e.Value():
            return scope.number(number.path)
        case e.Elapsed():
            start, end = scope.number(number.start), scope.number(number.end)
            return scope.set(name or "elapsed", CalendarTime(number.unit, start, end))
        case e.Day():
            start = scope.number(number.start)
            if not number.amount:
                return start
            return scope.calendar_day(start, number.amount, number.step)
        case e.Arithmetic() if is_itself(number):
            return exact(number.left, scope)
        case e.Arithmetic():
            left, right = exact(number.left, scope), exact(number.right, scope)
            return scope.set(name or "result", step(number, left, right))
        case e.Function():
            arguments = tuple(exact(argument, scope) for argument in number.arguments)
            return scope.set(name or number.name, Applied(number.name, arguments, number.exponent))
        case e.Choose():
            return scope.set(name or "table", _table(number, scope))
        case _:
            raise TypeError(f"{number.kind} is no exact number")


def exact(number: Number, scope: Scope) -> Amount:
    """A number that enters into a calculation; unknown unless it is exactly known."""
    least, most = bounds(number, scope)
    if least == most:
        return least
    least, most = scope.set("least", least), scope.set("most", most)
    return scope.set("exact", If(Relation("==", least, most), least, Nothing()))


def _table(number: e.Choose, scope: Scope) -> Amount:
    """The number of the case that holds, unknown while that is open. Each case in a local of its
    own, from the last one up: chains of alternatives nest.
    """
    found = [None if c.when is None else rails(c.when, scope) for c in number.cases]
    left: Amount = Nothing()
    for position in range(len(found) - 1, -1, -1):
        value, rule = exact(number.cases[position].value, scope), found[position]
        if position < len(found) - 1:
            left = scope.set("case", left)
        if rule is not None:
            otherwise = left if number.unique else If(rule.false, left, Nothing())
            left = If(rule.true, value, otherwise)
        elif number.unique and (others := [rule for rule in found if rule is not None]):
            left = If(all_of([other.false for other in others]), value, Nothing())
        else:
            left = value
    return left


def _named(name: str, scope: Scope, depth: int) -> Extremes:
    """A definition: a score in place if this program uses it once, everything else in locals."""
    number = scope.words.numbers[name]
    if isinstance(number, e.Score):
        if scope.uses[name] < 2:
            return bounds(number, scope, depth)
        if name not in scope.derived:
            least, most = bounds(number, scope)
            scope.derived[name] = scope.set(f"{name} least", least), scope.set(f"{name} most", most)
    elif name not in scope.derived:
        scope.derived[name] = bounds(number, scope, name=name)
    return scope.derived[name]


def _score(score: e.Score, scope: Scope, depth: int, *, least: bool) -> Amount:
    """Points that are certain (`least`), or that are still possible."""
    if depth >= DEEPEST:
        return scope.set("score", _score(score, scope, 0, least=least))
    items = tuple(_item(item, scope, depth + 1, least=least) for item in score.items)
    if not items:
        return Constant(0)
    if score.combine == "sum":
        return items[0] if len(items) == 1 else Sum(items)
    if all(item.when is not None for item in score.items) and len(items) <= LONGEST_CHAIN:
        return _highest(score, scope, depth + 1, least=least)
    return items[0] if len(items) == 1 else Greatest(items)


def _highest(score: e.Score, scope: Scope, depth: int, *, least: bool) -> Amount:
    """The points of the highest item that counts: the items from the highest down."""
    found: Amount = Constant(0)
    for item in sorted(score.items, key=lambda item: item.points):
        assert item.when is not None
        counts = _counts(item.when, scope, depth, least=least)
        found = If(counts, Constant(item.points), found)
    return found


def _counts(condition: Condition, scope: Scope, depth: int, *, least: bool) -> Test:
    both = rails(condition, scope, depth)
    return both.true if least else Not(both.false)


def _item(item: e.ScoreItem, scope: Scope, depth: int, *, least: bool) -> Amount:
    if item.score is not None:
        return _score(item.score, scope, depth, least=least)
    assert item.when is not None
    points, none = Constant(item.points), Constant(0)
    if least:
        return If(rails(item.when, scope, depth).true, points, none)
    return If(rails(item.when, scope, depth).false, none, points)
