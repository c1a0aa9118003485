"""What of a criterion is left when its temporary branches are set aside."""

from __future__ import annotations

from collections.abc import Collection

from trialc.model import expression as e
from trialc.model.data import Criterion
from trialc.model.expression import Condition


def lasting(item: Criterion) -> Condition | None:
    """The condition of a criterion with its temporary branches counted as passed, whatever they
    are; None where nobody can fail what is left.
    """
    paths = {branch.path for branch in item.temporary}
    left = _left(item.condition, paths, passed=item.type == "inclusion")
    return None if isinstance(left, bool) else left


def _left(condition: Condition, paths: Collection[str], passed: bool) -> Condition | bool:
    """The rest of a condition. `passed`: the truth that lets pass where it stands."""
    match condition:
        case e.Junction():
            return _of_junction(condition, paths, passed)
        case e.Not():
            left = _left(condition.operand, paths, not passed)
            return not left if isinstance(left, bool) else e.Not(operand=left)
        case e.Attributed():
            left = _left(condition.operand, paths, passed)
            if left is True:
                return _cause(condition)
            return condition.model_copy(update={"operand": left}) if left else False
        case e.Unless():
            operand = _left(condition.operand, paths, passed)
            exception = _left(condition.exception, paths, not passed)
            return _unless(operand, exception, condition)
        case e.Applies():
            left = _left(condition.operand, paths, passed)
            if not isinstance(left, bool):
                return condition.model_copy(update={"operand": left})
            if left is condition.neutral:
                return left
            return condition.condition if left else e.Not(operand=condition.condition)
        case _:
            return condition


def _cause(attributed: e.Attributed) -> Condition:
    """What is asked of the cause of a finding that is set aside as present."""
    is_this = e.OneOf(path=attributed.path, codes=(attributed.cause,))
    return e.Not(operand=is_this) if attributed.other else is_this


def _of_junction(group: e.Junction, paths: Collection[str], passed: bool) -> Condition | bool:
    is_none = group.quantifier == "none"
    inner = passed != is_none
    left: list[e.Branch] = []
    held = 0
    for branch in group.branches:
        is_aside = branch.label and branch.path in paths
        rest = inner if is_aside else _left(branch.condition, paths, inner)
        if not isinstance(rest, bool):
            left.append(branch.model_copy(update={"condition": rest}))
        held += rest is True
    count, size = len(group.branches), len(left)
    wanted = {"all": count, "any": 1, "none": 1, "at_least": group.count}[group.quantifier] - held
    if wanted <= 0 or wanted > size:
        return (wanted <= 0) != is_none
    fewer = {"branches": tuple(left)}
    if group.quantifier == "at_least":
        return group.model_copy(update={**fewer, "count": wanted})
    return group.model_copy(update=fewer)


def _unless(
    operand: Condition | bool, exception: Condition | bool, whole: e.Unless
) -> Condition | bool:
    if operand is False or exception is True:
        return False
    if exception is False:
        return operand
    if operand is True:
        assert not isinstance(exception, bool)
        return e.Not(operand=exception)
    return whole.model_copy(update={"operand": operand, "exception": exception})
