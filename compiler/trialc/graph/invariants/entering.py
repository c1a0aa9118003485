"""Arms that participants enter after an event: nobody is randomised into them, and nothing is given
in them before.
"""

from __future__ import annotations

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import entered_arms as kinds
from trialc.graph.invariants.timing import timing
from trialc.graph.study import Study


def entries_are_possible(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """One way into each arm, and what it gives comes after."""
    found: list[Diagnostic] = []
    shares = [one for item in study.protocol.randomisations for one in item.ratio]
    for arm in study.protocol.arms:
        entry = arm.entry
        if entry is None:
            continue
        share = next((one for one in shares if one.arm == arm.id), None)
        if share is not None:
            found.append(
                kinds.ENTERED_AND_RANDOMISED.at(
                    entry.where,
                    arm=arm.id,
                    help="declare an arm of its own for those who enter it later",
                    related=[Related(share.where, "randomised here")],
                )
            )
        for given in arm.gives:
            if timing(study).is_after(entry.visit, given.visit):
                found.append(
                    kinds.GIVEN_BEFORE_ENTRY.at(
                        given.where,
                        occasion=given.occasion,
                        visit=given.visit,
                        arm=arm.id,
                        entry=entry.visit,
                        help=f"give it at {entry.visit} or later",
                        related=[Related(entry.where, "entered here")],
                    )
                )
    return study, tuple(found)
