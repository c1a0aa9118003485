"""Criteria that are missing between the printed numbers of their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Criterion

_COUNTED = re.compile(r"(\d+)[a-z]?")


def check_printed_numbers(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Numbers that are missing although both neighbours are there. Sides that share no number are
    counted as one list. Where numbers are not simply counted, and where a decision is named behind
    the gap, nothing is said.
    """
    sides = ("inclusion", "exclusion")
    criteria = [[one for one in study.protocol.criteria if one.type == side] for side in sides]
    known = [{_counted(one) for one in side} for side in criteria]
    if known[0].isdisjoint(known[1]):
        known = [known[0] | known[1]] * 2
    return study, tuple(
        found
        for side, numbers in zip(criteria, known, strict=True)
        for found in _gaps(side, numbers)
    )


def _gaps(side: Sequence[Criterion], known: set[int]) -> Iterator[Diagnostic]:
    numbered = [(_counted(one), one) for one in side]
    if not all(number for number, _ in numbered):
        return
    for (low, before), (high, after) in pairwise(sorted(numbered, key=lambda pair: pair[0])):
        missing = [str(number) for number in range(low + 1, high) if number not in known]
        if missing and not after.decided:
            yield kinds.NUMBER_GAP.at(
                after.where,
                side=after.type,
                missing=", ".join(missing),
                number=after.number,
                help="write what is missing, or `decided` with the decision that says why it is",
                related=[Related(before.where, f"number {before.number} is here")],
            )


def _counted(criterion: Criterion) -> int:
    """3 of "3" and "3a"; 0 where a number is not simply counted."""
    match = _COUNTED.fullmatch(criterion.number)
    return int(match[1]) if match else 0
