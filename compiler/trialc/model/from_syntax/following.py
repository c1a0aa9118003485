"""What a committee's decision follows: the conditions beside it, which must have held then."""

from __future__ import annotations

from trialc.model import expression as e
from trialc.model.expression import Branch, Condition, Junction
from trialc.model.inputs import walk

NO_EVIDENCE = e.DecidedBy | e.OnDay | e.Gap
"""Nothing that a committee looks at: what another one decides, what day it is, who waits still."""


def following(condition: Condition, beside: tuple[Condition, ...] = ()) -> Condition:
    """The condition of a gate, in which every decision says what it follows: all that must hold
    together with it, as far as it is evidence.
    """
    if isinstance(condition, e.DecidedBy):
        return condition.model_copy(update={"follows": _together(beside)})
    if not isinstance(condition, Junction) or condition.quantifier == "none":
        return condition
    branches: list[Branch] = []
    for branch in condition.branches:
        others = beside
        if condition.quantifier == "all":
            rest = (other for other in condition.branches if other is not branch)
            shown = (_evidence(other.condition) for other in rest)
            others = (*beside, *(each for each in shown if each is not None))
        inside = following(branch.condition, others)
        branches.append(branch.model_copy(update={"condition": inside}))
    return condition.model_copy(update={"branches": tuple(branches)})


def _together(conditions: tuple[Condition, ...]) -> Condition | None:
    if len(conditions) < 2:
        return conditions[0] if conditions else None
    branches = tuple(Branch(condition=each, where=each.where) for each in conditions)
    return Junction(quantifier="all", branches=branches, where=conditions[0].where)


def _evidence(condition: Condition) -> Condition | None:
    """What of a condition is evidence. Of alternatives either all is, or nothing can be said."""
    if not any(isinstance(inner, NO_EVIDENCE) for inner in walk(condition)):
        return condition
    if not isinstance(condition, Junction):
        return None
    parts = [(branch, _evidence(branch.condition)) for branch in condition.branches]
    shown = [
        branch.model_copy(update={"condition": part}) for branch, part in parts if part is not None
    ]
    if condition.quantifier == "all":
        return condition.model_copy(update={"branches": tuple(shown)}) if shown else None
    if condition.quantifier == "any" and len(shown) == len(parts):
        return condition.model_copy(update={"branches": tuple(shown)})
    return None
