"""How far the conditions of a rule reach from a day, and to which side of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal as Only

from trialc.model import expression as e
from trialc.model.expression import Condition, Day, Number
from trialc.model.histories import LAST, ONGOING
from trialc.model.inputs import parts
from trialc.source import Span

Relation = Only["<", "<=", ">", ">="]
OPPOSITE: dict[str, Relation] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
MIRRORED: dict[str, Relation] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Reach:
    """The time from `anchor` to `value` compared with a length: `within 3 days before` is `<=`.

    `side` is "" for `within ... of`, which looks both ways. `is_window`: written with `within`.
    `negated`: below an odd number of `not`.
    """

    value: str
    anchor: str
    side: Only["before", "after", ""]
    relation: Relation
    amount: int
    step: Only["day", "week", "month", "year"]
    is_window: bool
    negated: bool
    where: Span

    @property
    def length(self) -> str:
        """ "3 days"."""
        return f"{self.amount} {self.step}{'' if self.amount == 1 else 's'}"


def reaches(condition: Condition, negated: bool = False) -> Iterator[Reach]:
    """Every length of time of a condition, in the order of the text; names are not opened, and
    what says for whom a condition applies is left out.
    """
    window = _of_history(condition) or _of_occurrence(condition)
    if window is not None:
        yield from _compared(window, negated, is_window=True)
        return
    if isinstance(condition, e.Compare):
        yield from _compared(condition, negated, is_window=False)
    elif isinstance(condition, e.Within):
        yield from _between(condition, negated)
    elif isinstance(condition, e.Unless):
        yield from reaches(condition.operand, negated)
        yield from reaches(condition.exception, not negated)
    elif isinstance(condition, e.Applies):
        yield from reaches(condition.operand, negated)
    else:
        none = isinstance(condition, e.Junction) and condition.quantifier == "none"
        turned = negated != (none or isinstance(condition, e.Not))
        for part in parts(condition):
            yield from reaches(part, turned)


def _of_history(condition: Condition) -> e.Compare | None:
    """The last day's comparison in what `history within ... before` was spelled out in: it goes on,
    or ended so long ago, all of it written at one place.
    """
    if not isinstance(condition, e.Junction) or condition.quantifier != "any":
        return None
    first, last = condition.branches[0].condition, condition.branches[-1].condition
    if not isinstance(first, e.Holds) or not isinstance(last, e.Compare):
        return None
    if first.where != last.where or not first.path.endswith(f".{ONGOING}"):
        return None
    return last


def _of_occurrence(condition: Condition) -> e.Compare | None:
    """The last day's comparison where nothing goes on."""
    if not isinstance(condition, e.Applies) or not isinstance(condition.condition, e.Holds):
        return None
    ever, last = condition.condition, condition.operand
    if not isinstance(last, e.Compare) or ever.where != last.where:
        return None
    is_last = isinstance(last.left, e.Value) and last.left.path == f"{ever.path}.{LAST}"
    return last if is_last else None


def _compared(condition: e.Compare, negated: bool, is_window: bool) -> Iterator[Reach]:
    sides = ((condition.left, condition.right, False), (condition.right, condition.left, True))
    for value, day, turned in sides:
        relation = condition.relation
        if relation not in OPPOSITE or not isinstance(day, Day) or not _is_plain(day):
            continue
        relation = MIRRORED[relation] if turned else relation
        # The earlier a day before the anchor is, the more time has passed.
        relation = MIRRORED[relation] if day.amount < 0 else relation
        yield from _reach(value, day, relation, negated, is_window, condition.where)


def _between(condition: e.Within, negated: bool) -> Iterator[Reach]:
    low, high = condition.low, condition.high
    if not isinstance(low, Day) or not isinstance(high, Day):
        return
    if low.amount == -high.amount:
        for reach in _reach(condition.value, high, "<=", negated, True, condition.where):
            yield replace(reach, side="")
        return
    is_window = 0 in (low.amount, high.amount)
    for day, relation in ((low, ">="), (high, "<=")):
        if day.amount and _is_plain(day):
            turned = MIRRORED[relation] if day.amount < 0 else relation
            yield from _reach(condition.value, day, turned, negated, is_window, condition.where)


def _is_plain(day: Day) -> bool:
    """Whether its length is the author's, and not calculated from half-lives."""
    return bool(day.amount) and not day.text


def _reach(
    value: Number, day: Day, relation: str, negated: bool, is_window: bool, where: Span
) -> Iterator[Reach]:
    if isinstance(value, e.Value) and relation in OPPOSITE and _is_plain(day):
        path = value.path.removesuffix(f".{LAST}") if is_window else value.path
        side = "before" if day.amount < 0 else "after"
        amount = abs(day.amount)
        found: Relation = MIRRORED[MIRRORED[relation]]
        yield Reach(path, day.start, side, found, amount, day.step, is_window, negated, where)
