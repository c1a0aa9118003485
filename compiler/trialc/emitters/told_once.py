"""Conditions for reading: for whom an element exists is told once, not at every element.

Inside `where sex is female`, or beside it in an `and`, nobody wants to read of each element that it
applies only if the sex is female.
"""

from __future__ import annotations

from trialc.model import expression as e
from trialc.model.expression import Condition

Given = tuple[Condition, ...]
"""What holds wherever a condition is asked."""


def told_once(condition: Condition, given: Given = ()) -> Condition:
    """The condition without what is told already. It means the same where `given` holds."""
    match condition:
        case e.Applies():
            if _holds(condition.condition, given):
                return told_once(condition.operand, given)
            whom = told_once(condition.condition, given)
            inner = told_once(condition.operand, (*given, *_all_of(condition.condition)))
            return condition.model_copy(update={"condition": whom, "operand": inner})
        case e.Junction():
            branches = tuple(
                branch.model_copy(
                    update={
                        "condition": told_once(branch.condition, _beside(branch, condition, given))
                    }
                )
                for branch in condition.branches
            )
            return condition.model_copy(update={"branches": branches})
        case e.Not() | e.Attributed():
            return condition.model_copy(update={"operand": told_once(condition.operand, given)})
        case e.Unless():
            parts = {
                "operand": told_once(condition.operand, given),
                "exception": told_once(condition.exception, given),
            }
            return condition.model_copy(update=parts)
        case _:
            return condition


def _holds(condition: Condition, given: Given) -> bool:
    """Whether something surely holds where `given` does: an `or` of which one part does, too."""
    if condition in given:
        return True
    match condition:
        case e.Junction(quantifier="all"):
            return all(_holds(branch.condition, given) for branch in condition.branches)
        case e.Junction(quantifier="any"):
            return any(_holds(branch.condition, given) for branch in condition.branches)
        case e.Applies():
            return _holds(condition.condition, given) and _holds(condition.operand, given)
        case _:
            return False


def _beside(branch: e.Branch, group: e.Junction, given: Given) -> Given:
    """What holds for a branch: in an `and`, also what the other branches ask without dropping."""
    if group.quantifier != "all":
        return given
    others = (other.condition for other in group.branches if other is not branch)
    return (*given, *(other for other in others if not isinstance(other, e.Applies)))


def _all_of(condition: Condition) -> Given:
    """A condition, and those of which it is the `and`."""
    if isinstance(condition, e.Junction) and condition.quantifier == "all":
        return (condition, *(branch.condition for branch in condition.branches))
    return (condition,)
