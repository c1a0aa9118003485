"""Can anybody who is eligible be among those that a quota counts?

The interpreter is asked about somebody of whom nothing is known, as if to be counted were one more
criterion (see `vacuous`). Only the criteria are asked that read what the quota reads.
"""

from __future__ import annotations

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import populations as kinds
from trialc.graph.study import Study
from trialc.interpreter.evaluation import Evaluation
from trialc.interpreter.screening import Screening
from trialc.model.expression import Condition, Not
from trialc.model.opened import Opened
from trialc.model.protocol import Criterion, Protocol, Quota

ANY_DAY = "2000-01-01"


def check_quotas(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Quotas that count nobody who is eligible, or everybody."""
    found: list[Diagnostic] = []
    for quota in study.protocol.quotas:
        if _is_closed(quota, quota.condition, study.protocol):
            found.append(kinds.FOREGONE_QUOTA.at(quota.where, who="nobody", name=quota.id))
        elif _is_closed(quota, Not(operand=quota.condition), study.protocol):
            found.append(kinds.FOREGONE_QUOTA.at(quota.where, who="everybody", name=quota.id))
    return study, tuple(found)


def _is_closed(quota: Quota, condition: Condition, protocol: Protocol) -> bool:
    """Whether nobody is eligible of whom a condition holds."""
    opened = Opened(protocol)
    reads = set(opened.names(condition))
    near = (c for c in protocol.criteria if not reads.isdisjoint(opened.names(c.condition)))
    as_criterion = Criterion(id=quota.id, type="inclusion", number="", condition=condition)
    asked = protocol.model_copy(update={"criteria": (*near, as_criterion)})
    screening = Screening(asked)
    nobody = Evaluation(screening.model, {}, ANY_DAY)
    return screening.verdict(screening.outcomes(nobody), nobody) == "ineligible"
