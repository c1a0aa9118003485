"""What a result says of a criterion beside its outcome, as the runtime has it."""

from __future__ import annotations

from trialc.model.data import Criterion
from trialc.model.protocol import Protocol
from trialc_runtime.standing import Standing


def standing(protocol: Protocol, item: Criterion) -> Standing | None:
    """For whom a criterion is, and what its failure means; None where it says neither."""
    whom = {
        choice: codes
        for choice, all_codes in protocol.population_choices.items()
        if (codes := tuple(code for code in all_codes if code in item.populations))
    }
    if not whom and not item.failure:
        return None
    again = item.recheck
    recheck = (again.amount, again.unit) if again is not None else item.recheck_when
    return Standing(whom, item.failure, recheck)
