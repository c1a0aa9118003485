"""Quotas: how many of the participants may, or must, be such."""

from __future__ import annotations

from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.shares import share
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.populations import Quota
from trialc.syntax import tree


def quota(symbol: Symbol, context: Context) -> Quota | None:
    """A quota; somebody of whom its condition drops out does not count."""
    head = symbol.declaration.head
    assert isinstance(head, tree.QuotaHead)
    body = Body(symbol.declaration, context.found)
    conditions = Conditions(context, symbol.unit)
    condition = conditions.whole(head.expression, symbol.id, neutral=False)
    if condition is None:
        return None
    fields = {
        "condition": condition,
        "bound": head.bound,
        "share": share(head.amount, head.of, context.found),
    }
    return Quota.model_validate({**declared(symbol, body, context), **fields})
