"""Every way in which what is unknown of a participant can turn out, worked out by brute force.

Nothing here is shared with the engines: an input takes the ends of its range, all that it is
compared with, and a value between any two of these.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from typing import Any

from trialc.model import expression as e
from trialc.model import protocol as p
from trialc.model.cells import Cells

from .thresholds import Thresholds

Values = dict[str, Any]
NOT_DONE = object()


class Completions:
    """The completions of records of one protocol, as canonical values."""

    def __init__(self, protocol: p.Protocol) -> None:
        cuts = Thresholds(protocol).of_inputs
        causes = [*(cause.id for cause in protocol.causes), "other"]
        self.possible: dict[str, list[Any]] = {
            **{
                item.id: _of_element(item, cuts.get(item.id, set()))
                for item in protocol.data
                if item.type != "date"
            },
            **{item.id: [True, False] for item in protocol.judgements},
            **{item.id: causes for item in protocol.cause_inputs},
        }
        self.asked = asked_done(protocol)

    def count(self, unknown: Iterable[str]) -> int:
        """How many completions these inputs have, at most."""
        return math.prod(len(self.possible[name]) + (name in self.asked) for name in unknown)

    def of(self, values: Values) -> Iterator[Values]:
        """The record completed in every way.

        What was not done stays so where it is asked whether it was; elsewhere it is unknown.
        """
        kept = {key: value for key, value in values.items() if not key.startswith("not_done:")}
        open_: dict[str, list[Any]] = {}
        for name, possible in self.possible.items():
            if name in kept:
                continue
            if name in self.asked:
                was_not_done = f"not_done:{name}" in values
                open_[name] = [NOT_DONE] if was_not_done else [*possible, NOT_DONE]
            else:
                open_[name] = possible
        for chosen in product(*open_.values()):
            case = dict(kept)
            for name, value in zip(open_, chosen, strict=True):
                if value is NOT_DONE:
                    case[f"not_done:{name}"] = True
                else:
                    case[name] = value
            yield case


def asked_done(protocol: p.Protocol) -> set[str]:
    """Inputs of which some condition asks whether they were done."""
    cells = Cells(protocol)
    conditions = (item.condition for item in protocol.criteria)
    atoms = (atom for condition in conditions for atom, _ in cells.atoms(condition))
    return {atom.path for atom in atoms if isinstance(atom, e.Done)}


def _of_element(element: p.Data, cuts: set[float]) -> list[Any]:
    if element.type == "boolean":
        return [True, False]
    if element.type == "choice":
        return list(element.options)
    known = {end for end in (element.low, element.high, *cuts) if end is not None} or {0.0}
    low = min(known) - 10 if element.low is None else element.low
    high = max(known) + 10 if element.high is None else element.high
    points = sorted({low, high, *(cut for cut in cuts if low <= cut <= high)})
    if element.type == "score":
        near = {float(math.floor(point) + step) for point in points for step in (-1, 0, 1)}
        return sorted(value for value in near if low <= value <= high)
    return sorted({*points, *((first + second) / 2 for first, second in pairwise(points))})
