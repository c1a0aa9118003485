"""Does every table of dose modifications say what to do after every report?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import design as kinds
from trialc.graph.invariants.gates import MOST_REPORTS, counts
from trialc.graph.study import Study
from trialc.model.protocol import Event, Modification, ModificationRow

REDUCING = ("reduce", "hold_and_reduce")


def modifications_have_no_gap(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every combination of reported codes is tried; a dose that is reduced has steps."""
    events = {event.id: event for event in study.protocol.events}
    steps = {item.id for item in study.protocol.interventions if item.titration is not None}
    found: list[Diagnostic] = []
    for item in study.protocol.modifications:
        found += _holes(item, events[item.event])
        reducing = (row for row in item.rows if row.action in REDUCING)
        for row, name in product(reducing, item.interventions):
            if name not in steps:
                found.append(
                    kinds.REDUCE_WITHOUT_STEPS.at(
                        row.where,
                        action=row.action,
                        intervention=name,
                        help=f"add `steps: ...` to `{name}`",
                        related=[Related(study.declared[name].where, "it has none")],
                    )
                )
    return study, tuple(found)


def _holes(item: Modification, event: Event) -> Iterator[Diagnostic]:
    options = {f"event.{one.name}": one.options for one in event.attributes}
    if prod(len(codes) for codes in options.values()) > MOST_REPORTS:
        return
    for codes in product(*options.values()):
        report = dict(zip(options, codes, strict=True))
        if not counts(event.condition, report):
            continue
        held = [row for row in item.rows if row.when is None or counts(row.when, report)]
        shown = ", ".join(f"`{name}` is `{code}`" for name, code in report.items()) or "it occurs"
        if not held:
            help_ = "add a last row: `rest: ... otherwise`, or change a condition"
            yield kinds.MODIFICATION_GAP.at(item.where, report=shown, help=help_)
            return
        if item.unique and len(_conditional(held)) > 1:
            first, second = _conditional(held)[:2]
            yield kinds.MODIFICATION_OVERLAP.at(
                second.where,
                first=first.label,
                second=second.label,
                report=shown,
                help="change a condition, or write `first of` if the order decides",
                related=[Related(first.where, "the other row")],
            )
            return


def _conditional(rows: list[ModificationRow]) -> list[ModificationRow]:
    return [row for row in rows if row.when is not None]
