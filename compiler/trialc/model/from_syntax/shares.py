"""Shares of participants: so many of them, or so many percent."""

from __future__ import annotations

from decimal import Decimal

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import populations as kinds
from trialc.model.from_syntax.body import whole
from trialc.model.from_syntax.quantities import written
from trialc.model.populations import Share
from trialc.syntax import tree


def share(amount: tree.Quantity, of: tree.Quantity | None, found: list[Diagnostic]) -> Share:
    """A share, of all participants or of so many; what cannot be one is reported."""
    base = (whole(of, found) if of is not None else 0) or 0
    if amount.unit:
        if amount.unit != "%" or not 0 < Decimal(amount.number) <= 100:
            found.append(kinds.PERCENTAGE.at(amount.where, share=written(amount)))
            return Share()  # which has been reported
        return Share(percent=amount.number, of=base, where=amount.where)
    return Share(participants=whole(amount, found) or 0, where=amount.where)
