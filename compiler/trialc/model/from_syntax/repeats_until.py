"""How often a visit is repeated `until week 48`; `at most` how often until something ends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import entered_arms as kinds
from trialc.model.from_syntax.quantities import DAYS, written
from trialc.syntax import tree


def counted(
    visit: tree.Declaration, heads: Mapping[str, tree.VisitHead], found: list[Diagnostic]
) -> tree.Declaration:
    """The visit with a number of repeats in the place of the day until which they go on; without
    repeats where that day cannot be counted, or no repeat is left, which is reported.
    """
    head = visit.head
    if not isinstance(head, tree.VisitHead | tree.ActivityHead) or head.repeat is None:
        return visit
    repeat = head.repeat
    if repeat.most == 0:
        help_ = "write a number from 1 on, or leave `at most` out"
        found.append(kinds.NO_REPEAT_AT_MOST.at(repeat.where, help=help_))
        return replace(visit, head=replace(head, repeat=replace(repeat, most=None)))
    if repeat.last is None:
        return visit
    last = f"{repeat.last.unit} {repeat.last.number}"
    if isinstance(head, tree.ActivityHead):
        why = "an activity is repeated within a visit"
        help_ = "write `3 times`, or repeat the visit: `visit ... every 9 weeks until week 48`"
        found.append(kinds.UNTIL_NO_DAY.at(repeat.where, last=last, why=why, help=help_))
        return replace(visit, head=replace(head, repeat=replace(repeat, last=None, times=1)))
    why = _fault(head, repeat, repeat.last, heads)
    if why:
        help_ = "say how often: `every 9 weeks 4 times`"
        found.append(kinds.UNTIL_NO_DAY.at(repeat.where, last=last, why=why, help=help_))
        return replace(visit, head=replace(head, repeat=None))
    times = 1 + int((Decimal(repeat.last.number) - _start(head)) // Decimal(repeat.every.number))
    return replace(visit, head=replace(head, repeat=replace(repeat, last=None, times=times)))


def _fault(
    head: tree.VisitHead,
    repeat: tree.Repeat,
    last: tree.Quantity,
    heads: Mapping[str, tree.VisitHead],
) -> str:
    """Why the repeats cannot be counted; "" where they can."""
    unit = _word(last)
    base = heads.get(head.base.text) if head.base else None
    if unit not in DAYS:
        return f"`{last.unit}` is no `day`, `week` or `month`"
    if repeat.chained:
        return "they are counted from the one before, on days that nobody knows"
    if head.timing != "offset" or base is None or base.timing not in ("anchor", "after"):
        return "the visit is not counted from a day 0"
    if _word(repeat.every) != unit or (head.offset is not None and _word(head.offset) != unit):
        return f"not all lengths are in {unit}s"
    if Decimal(repeat.every.number) <= 0:
        return f"a step of {written(repeat.every)} leads nowhere"
    if _start(head) > Decimal(last.number):
        return "the first one is later"
    return ""


def _start(head: tree.VisitHead) -> Decimal:
    """How long after day 0 the first one is."""
    start = Decimal(head.offset.number) if head.offset else Decimal(0)
    return -start if head.sign in ("-", "−", "–") else start


def _word(length: tree.Quantity) -> str:
    return length.unit.removesuffix("s")
