"""What a result says of a criterion beside its outcome, as the runtime has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trialc.model.data import Criterion, TemporaryBranch
from trialc.model.expression import Condition
from trialc.model.lasting import lasting
from trialc.model.protocol import Protocol
from trialc_runtime.standing import Standing


def standing(
    protocol: Protocol, item: Criterion, written: Callable[[Condition], Any] | None = None
) -> Standing | None:
    """For whom a criterion is, and what its failure means; None where it says neither. `written`:
    conditions in the form of who asks.
    """
    whom = {
        choice: codes
        for choice, all_codes in protocol.population_choices.items()
        if (codes := tuple(code for code in all_codes if code in item.populations))
    }
    if not whom and not item.failure and not item.temporary:
        return None
    branches = {branch.path: _again(branch) for branch in item.temporary}
    left = lasting(item) if branches else None
    if left is not None and written is not None:
        left = written(left)
    return Standing(whom, item.failure, _again(item), branches, left)


def _again(item: Criterion | TemporaryBranch) -> tuple[int, str] | str:
    again = item.recheck
    return (again.amount, again.unit) if again is not None else item.recheck_when
