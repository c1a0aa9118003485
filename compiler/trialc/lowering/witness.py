"""Short tests that suffice to settle a criterion, so that most inputs need not be looked up.

Of alternatives the first is taken, of a score an item that reaches the threshold by itself. Where
the test does not hold nothing follows, and the criterion is worked out in full.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialc.lowering.joins import all_of
from trialc.lowering.nodes import Test
from trialc.lowering.rails import DEEPEST, cause_rails, rails
from trialc.lowering.scope import Scope
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import walk


def witness(condition: Condition, scope: Scope, wanted: bool, depth: int = 0) -> Test | None:
    """A test that holds only where the condition has the wanted truth; None for none."""
    if depth >= DEEPEST:
        return None
    match condition:
        case e.Junction():
            return _junction(condition, scope, wanted, depth + 1)
        case e.Not():
            return witness(condition.operand, scope, not wanted, depth)
        case e.Attributed():
            operand = witness(condition.operand, scope, wanted, depth + 1)
            return _both([operand, cause_rails(condition, scope).true]) if wanted else operand
        case e.Unless():
            operand = witness(condition.operand, scope, wanted, depth + 1)
            if not wanted:
                return operand
            return _both([operand, witness(condition.exception, scope, False, depth + 1)])
        case e.Applies():
            return _applies(condition, scope, wanted, depth + 1)
        case e.Refer():
            return witness(scope.words.conditions[condition.name], scope, wanted, depth)
        case _:
            return _atom(condition, scope, wanted, depth)


def _junction(condition: e.Junction, scope: Scope, wanted: bool, depth: int) -> Test | None:
    parts = [branch.condition for branch in condition.branches]
    quantifier = condition.quantifier
    sought = not wanted if quantifier == "none" else wanted
    if quantifier == "at_least":
        enough = condition.count if wanted else len(parts) - condition.count + 1
        return _both([witness(part, scope, wanted, depth) for part in parts[:enough]])
    if sought is (quantifier == "all"):
        return _both([witness(part, scope, sought, depth) for part in parts])
    return witness(parts[0], scope, sought, depth) if parts else None


def _applies(condition: e.Applies, scope: Scope, wanted: bool, depth: int) -> Test | None:
    if wanted is condition.neutral:
        # One of the two suffices. What is asked "if done" is mostly not done.
        if any(isinstance(inner, e.Done) for inner in walk(condition.condition)):
            return witness(condition.condition, scope, False, depth)
        return witness(condition.operand, scope, wanted, depth)
    exists = witness(condition.condition, scope, True, depth)
    return _both([exists, witness(condition.operand, scope, wanted, depth)])


def _atom(condition: Condition, scope: Scope, wanted: bool, depth: int) -> Test | None:
    score = _score(condition, scope)
    if score is None:
        found = rails(condition, scope, depth)
        return found.true if wanted else found.false
    if not isinstance(condition, e.Compare) or not isinstance(condition.right, e.Literal):
        return None
    limit = condition.right.value
    for item in score.items:
        reaches = item.points > limit or (item.points == limit and condition.relation == ">=")
        if wanted and condition.relation in (">", ">=") and reaches and item.when is not None:
            return witness(item.when, scope, True, depth + 1)
    return None


def _score(condition: Condition, scope: Scope) -> e.Score | None:
    """The score that an atom is about, if it is about one."""
    if isinstance(condition, e.Compare | e.Within):
        number = condition.left if isinstance(condition, e.Compare) else condition.value
        if isinstance(number, e.NumberOf):
            number = scope.words.numbers[number.name]
        return number if isinstance(number, e.Score) else None
    return None


def _both(parts: Sequence[Test | None]) -> Test | None:
    found = [part for part in parts if part is not None]
    return all_of(found) if found and len(found) == len(parts) else None
