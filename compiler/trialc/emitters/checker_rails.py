"""Conditions as pairs of plain Python expressions: one is true where the condition is true, the
other where it is false, neither where it is unknown.

Unknown numbers are NaN, of which no comparison holds; other unknown values are None. No expression
tests for an unknown, so both rails are short-circuit logic over local variables.
"""

from __future__ import annotations

import math

from trialc.emitters.checker_joins import (
    AND,
    ATOM,
    LONGEST_SUM,
    OR,
    Rails,
    Text,
    count,
    every,
    one_of,
    some,
)
from trialc.emitters.checker_numbers import SAFE, call, exactly, is_itself, is_product, roughly
from trialc.emitters.checker_program import constant
from trialc.emitters.checker_scope import Scope
from trialc.model import expression as e
from trialc.model.expression import Condition, Number

DEEPEST = 12
"""Levels of brackets in one expression; what lies deeper becomes a local variable first."""
LONGEST_CHAIN = 10
"""Alternatives in one chain of conditional expressions, which nest too."""

FALSE_WHEN = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
NEAR = 1e-9
"""How close to a limit, relative to it, a number is calculated exactly."""
SHORTEST = {"year": 365, "month": 28}
LONGEST = {"year": 366, "month": 31}
"""Days in one calendar unit, at least and at most."""


def rails(condition: Condition, scope: Scope, depth: int = 0) -> Rails:
    """Both expressions of a condition. What they read is loaded into locals of the scope before."""
    if depth >= DEEPEST:
        return _in_locals(rails(condition, scope), scope)
    match condition:
        case e.Junction():
            return _junction(condition, scope, depth + 1)
        case e.Not():
            inner = rails(condition.operand, scope, depth)
            return Rails(inner.false, inner.true)
        case e.Attributed():
            operand = rails(condition.operand, scope, depth + 1)
            return every((operand, cause_rails(condition, scope)))
        case e.Unless():
            operand = rails(condition.operand, scope, depth + 1)
            exception = rails(condition.exception, scope, depth + 1)
            return every((operand, Rails(exception.false, exception.true)))
        case e.Applies():
            exists = rails(condition.condition, scope, depth + 1)
            operand = rails(condition.operand, scope, depth + 1)
            if condition.neutral:
                return some((Rails(exists.false, exists.true), operand))
            return every((exists, operand))
        case e.Refer():
            return _definition(condition.name, scope, depth)
        case _:
            return _atom(condition, scope, depth)


def _definition(name: str, scope: Scope, depth: int) -> Rails:
    """A named condition: in place if this function uses it once, else in locals."""
    if name in scope.definitions:
        true, false = scope.definitions[name]
        return Rails(Text(true, ATOM), Text(false, ATOM))
    if scope.uses[name] < 2:
        return rails(scope.words.conditions[name], scope, depth)
    found = _in_locals(rails(scope.words.conditions[name], scope), scope, name)
    scope.definitions[name] = (found.true.text, found.false.text)
    return found


def _in_locals(found: Rails, scope: Scope, name: str = "part") -> Rails:
    true = scope.assign(f"{name} true", found.true.text)
    false = scope.assign(f"{name} false", found.false.text)
    return Rails(Text(true, ATOM), Text(false, ATOM))


# ---- groups


def _junction(condition: e.Junction, scope: Scope, depth: int) -> Rails:
    parts = [rails(branch.condition, scope, depth) for branch in condition.branches]
    if condition.quantifier == "all":
        return every(parts)
    one = some(parts)
    if condition.quantifier == "any":
        return one
    if condition.quantifier == "none":
        return Rails(one.false, one.true)
    if condition.count <= 1:
        return one if condition.count == 1 else Rails(Text("True", ATOM), Text("False", ATOM))
    if condition.count == len(parts):
        return every(parts)
    enough = count([part.true for part in parts])
    too_few = count([part.false for part in parts])
    false = f"{too_few} > {len(parts) - condition.count}"
    return Rails(Text(f"{enough} >= {condition.count}", ATOM), Text(false, ATOM))


# ---- atoms


def _atom(condition: Condition, scope: Scope, depth: int) -> Rails:
    match condition:
        case e.Holds():
            name = scope.other(condition.path)
            return Rails(Text(f"{name} is True", ATOM), Text(f"{name} is False", ATOM))
        case e.OneOf():
            name, options = scope.other(condition.path), scope.words.options[condition.path]
            return one_of(name, condition.codes, options)
        case e.Done():
            known, not_done = scope.done(condition.path)
            return Rails(Text(known, ATOM), Text(f"{not_done} is True", ATOM))
        case e.Within():
            low, high = exact(condition.low, scope), exact(condition.high, scope)
            least, most = bounds(condition.value, scope, depth)
            if least == most:
                return Rails(
                    Text(f"{low} <= {least} <= {high}", ATOM),
                    Text(f"{least} < {low} or {least} > {high}", OR),
                )
            return Rails(
                Text(f"{least} >= {low} and {most} <= {high}", AND),
                Text(f"{most} < {low} or {least} > {high}", OR),
            )
        case e.Compare():
            return _compare(condition, scope, depth)
        case _:
            raise TypeError(f"{condition.kind} is no condition of one participant")


def cause_rails(condition: e.Attributed, scope: Scope) -> Rails:
    """Whether the attested cause is the one that an attribution asks for."""
    name = scope.other(condition.path)
    found = one_of(name, (condition.cause,), scope.words.options[condition.path])
    return Rails(found.false, found.true) if condition.other else found


def _compare(condition: e.Compare, scope: Scope, depth: int) -> Rails:
    relation = condition.relation
    limit = condition.right
    distance = _distance(condition.left, scope)
    if (
        distance is not None
        and isinstance(limit, e.Literal)
        and limit.value >= 0
        and relation in FALSE_WHEN
    ):
        true = _anniversary(distance, relation, limit.value, scope)
        return Rails(true, _anniversary(distance, FALSE_WHEN[relation], limit.value, scope))
    if (
        is_product(condition.left, scope.words)
        and isinstance(limit, e.Literal)
        and abs(limit.value) > 1 / SAFE
        and relation in FALSE_WHEN
    ):
        true = _beside(condition.left, relation, limit.value, scope)
        return Rails(true, _beside(condition.left, FALSE_WHEN[relation], limit.value, scope))
    left, right = bounds(condition.left, scope, depth), bounds(limit, scope, depth)
    if relation in FALSE_WHEN:
        return Rails(_surely(relation, left, right), _surely(FALSE_WHEN[relation], left, right))
    same = _equal(left, right)
    apart = Text(f"{left[1]} < {right[0]} or {left[0]} > {right[1]}", OR)
    return Rails(same, apart) if relation == "=" else Rails(apart, same)


def _surely(relation: str, left: tuple[str, str], right: tuple[str, str]) -> Text:
    """The relation holds whatever the two numbers turn out to be within their bounds."""
    first, second = (left[1], right[0]) if relation in ("<", "<=") else (left[0], right[1])
    return Text(f"{first} {relation} {second}", ATOM)


def _beside(number: Number, relation: str, limit: float, scope: Scope) -> Text:
    """A comparison of a calculated number: exactly beside the limit only."""
    name = number.name if isinstance(number, e.NumberOf) else "result"
    rough = scope.rough(name, roughly(number, scope))
    low, high = sorted((limit * (1 - NEAR), limit * (1 + NEAR)))
    asked = f"{exactly(number, scope)} {relation} {limit!r}"
    if relation in ("<", "<="):
        return Text(f"{rough} < {low!r} or {rough} < {high!r} and {asked}", OR)
    return Text(f"{rough} > {high!r} or {rough} > {low!r} and {asked}", OR)


def _equal(left: tuple[str, str], right: tuple[str, str]) -> Text:
    if left[0] == left[1] and right[0] == right[1]:
        return Text(f"{left[0]} == {right[0]}", ATOM)
    return Text(f"{left[1]} <= {right[0]} and {left[0]} >= {right[1]}", AND)


def _distance(number: Number, scope: Scope) -> e.Elapsed | None:
    """The calendar distance in years or months behind a number, if it is one."""
    if isinstance(number, e.NumberOf):
        number = scope.words.numbers[number.name]
    if isinstance(number, e.Elapsed) and number.unit in SHORTEST:
        return number
    return None


def _anniversary(distance: e.Elapsed, relation: str, limit: float, scope: Scope) -> Text:
    """A comparison of a calendar distance: by the number of days where that decides it.

    The calendar is asked only between the shortest and the longest that so many units can be.
    """
    start, end = scope.number(distance.start), scope.number(distance.end)
    days = scope.days_between(distance.start, distance.end)
    least = SHORTEST[distance.unit] * math.floor(limit)
    most = LONGEST[distance.unit] * math.ceil(limit)
    asked = f"calendar_time({distance.unit!r}, {start}, {end}) {relation} {limit!r}"
    match relation:
        case "<=":
            text = f"0 <= {days} <= {least} or {least} < {days} <= {most} and {asked}"
        case "<":
            text = f"0 <= {days} < {least} or {least} <= {days} < {most} and {asked}"
        case ">":
            text = f"{days} > {most} or {least} < {days} <= {most} and {asked}"
        case _:
            text = f"{days} >= {most} or {least} <= {days} < {most} and {asked}"
    return Text(text, OR)


# ---- numbers


def bounds(number: Number, scope: Scope, depth: int = 0, name: str = "") -> tuple[str, str]:
    """Expressions for the least and the most that a number can be: one text twice if it is exact.

    `name` is what a local variable for it is called.
    """
    match number:
        case e.Literal() | e.Date():
            text = repr(constant(number))
        case e.Value():
            text = scope.number(number.path)
        case e.NumberOf():
            return _named(number.name, scope, depth)
        case e.Elapsed():
            start, end = scope.number(number.start), scope.number(number.end)
            time = f"calendar_time({number.unit!r}, {start}, {end})"
            text = scope.assign(name or "elapsed", time)
        case e.Day():
            text = _day(number, scope)
        case e.Arithmetic() if is_itself(number):
            text = exact(number.left, scope)
        case e.Arithmetic():
            left, right = exact(number.left, scope), exact(number.right, scope)
            text = scope.assign(name or "result", call(number, left, right))
        case e.Function():
            inside = "".join(f"{exact(argument, scope)}, " for argument in number.arguments)
            exponent = f", {number.exponent!r}" if number.exponent else ""
            applied = f"applied({number.name!r}, ({inside.rstrip()}){exponent})"
            text = scope.assign(name or number.name, applied)
        case e.Choose():
            text = scope.assign(name or "table", _table(number, scope))
        case e.Score():
            least = _score(number, scope, depth, least=True)
            return least, _score(number, scope, depth, least=False)
    return text, text


def _day(day: e.Day, scope: Scope) -> str:
    """The expression for a day counted from another."""
    start = scope.number(day.start)
    if not day.amount:
        return start
    return scope.calendar_day(start, day.amount, day.step)


def exact(number: Number, scope: Scope) -> str:
    """The expression of a number that enters into a calculation; NaN unless it is exactly known."""
    least, most = bounds(number, scope)
    if least == most:
        return least
    least, most = scope.assign("least", least), scope.assign("most", most)
    return scope.assign("exact", f"{least} if {least} == {most} else NAN")


def _table(number: e.Choose, scope: Scope) -> str:
    """The number of the case that holds; NaN while that is open. Each case in a local of its own,
    from the last one up: chains of alternatives nest.
    """
    found = [None if c.when is None else rails(c.when, scope) for c in number.cases]
    left = "NAN"
    for position in range(len(found) - 1, -1, -1):
        value, rule = exact(number.cases[position].value, scope), found[position]
        if position < len(found) - 1:
            left = scope.assign("case", left)
        if rule is not None:
            otherwise = left if number.unique else f"{left} if {rule.false.text} else NAN"
            left = f"{value} if {rule.true.text} else {otherwise}"
        elif number.unique and (others := [rule for rule in found if rule is not None]):
            left = (
                f"{value} if {every([Rails(o.false, o.true) for o in others]).true.text} else NAN"
            )
        else:
            left = value
    return left


def _named(name: str, scope: Scope, depth: int) -> tuple[str, str]:
    """A definition: a score in place if this function uses it once, everything else in locals."""
    number = scope.words.numbers[name]
    if isinstance(number, e.Score):
        if scope.uses[name] < 2:
            return bounds(number, scope, depth)
        if name not in scope.derived:
            least, most = bounds(number, scope)
            locals_ = scope.assign(f"{name} least", least), scope.assign(f"{name} most", most)
            scope.derived[name] = locals_
    elif name not in scope.derived:
        scope.derived[name] = bounds(number, scope, name=name)
    return scope.derived[name]


def _score(score: e.Score, scope: Scope, depth: int, *, least: bool) -> str:
    """Points that are certain (`least`), or that are still possible."""
    if depth >= DEEPEST:
        return scope.assign("score", _score(score, scope, 0, least=least))
    texts = [_item(item, scope, depth + 1, least=least) for item in score.items]
    if not texts:
        return "0"
    if score.combine == "highest":
        if all(item.when is not None for item in score.items) and len(texts) <= LONGEST_CHAIN:
            return _highest(score, scope, depth + 1, least=least)
        return texts[0] if len(texts) == 1 else f"max({', '.join(texts)})"
    if len(texts) > LONGEST_SUM:
        return f"sum(({', '.join(texts)}))"
    return " + ".join(texts) if len(texts) == 1 else f"({' + '.join(texts)})"


def _highest(score: e.Score, scope: Scope, depth: int, *, least: bool) -> str:
    """The points of the highest item that counts: the items from the highest down."""
    text = "0"
    for item in sorted(score.items, key=lambda item: item.points):
        assert item.when is not None
        found = rails(item.when, scope, depth)
        counts = found.true.text if least else f"not ({found.false.text})"
        text = f"{item.points} if {counts} else {text}"
    return f"({text})"


def _item(item: e.ScoreItem, scope: Scope, depth: int, *, least: bool) -> str:
    if item.score is not None:
        return _score(item.score, scope, depth, least=least)
    assert item.when is not None
    found = rails(item.when, scope, depth)
    if least:
        return f"({item.points} if {found.true.text} else 0)"
    return f"(0 if {found.false.text} else {item.points})"
