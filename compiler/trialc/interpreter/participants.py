"""Sets of participants, and the moments at which they were given something (section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trialc.model.expression import GivenIn, Scope
from trialc_runtime.calendar import add, iso
from trialc_runtime.trial_log import TrialLog

DAY = 24 * 60


@dataclass(frozen=True)
class Moment:
    """A day, and the minutes of it in which something can have been: one, if its time is known."""

    day: int
    first: int
    last: int

    @staticmethod
    def of(day: int, minute: int | None) -> Moment:
        """A moment, with or without its time of day."""
        start = day * DAY
        if minute is None:
            return Moment(day, start, start + DAY - 1)
        return Moment(day, start + minute, start + minute)

    def is_certainly_before(self, other: Moment) -> bool:
        """Before it, whatever the times were."""
        return self.last < other.first


def reached(start: Moment, amount: int, unit: str, end: Moment) -> bool | None:
    """Whether the time between two moments is so long; None where the times decide it."""
    if unit != "hour":
        return add(start.day, amount, unit) <= end.day
    shortest, longest = end.first - start.last, end.last - start.first
    wanted = amount * 60
    if (shortest >= wanted) == (longest >= wanted):
        return shortest >= wanted
    return None


def reached_on(start: Moment, amount: int, unit: str) -> str:
    """The date, and for hours the time, by which so much time is certainly over."""
    if unit != "hour":
        return iso(add(start.day, amount, unit))
    end = start.last + amount * 60
    hours, minutes = divmod(end % DAY, 60)
    exact = "" if start.first == start.last else " at the latest"
    return f"{iso(end // DAY)} at {hours:02d}:{minutes:02d}{exact}"


@dataclass(frozen=True)
class Whom:
    """For whom a gate is asked. A participant brings block, cohort and dose level."""

    block: int | None = None
    cohort: str | None = None
    level: str | None = None
    participant: str | None = None

    @staticmethod
    def of(name: str, log: TrialLog) -> Whom:
        """A participant of a log."""
        return Whom(log.blocks[name], log.cohorts[name], log.levels[name], name)

    def name(self, kind: str) -> object:
        """What a decision on a gate per block, cohort or participant must be about."""
        return {"block": self.block, "cohort": self.cohort, "participant": self.participant}.get(
            kind
        )


class Sets:
    """The sets of participants that one question speaks of."""

    def __init__(self, log: TrialLog, whom: Whom) -> None:
        self.log = log
        self.whom = whom

    def given(self, name: str, occasion: str) -> Moment | None:
        """When a participant was given an occasion."""
        if (name, occasion) not in self.log.given:
            return None
        return Moment.of(self.log.given[name, occasion], self.log.times.get((name, occasion)))

    def members(self, scope: Scope) -> list[str]:
        """Who belongs to a set, in the order of the log."""
        if isinstance(scope, GivenIn):
            return self._given_in(scope)
        if scope == "trial":
            return list(self.log.blocks)
        groups: Mapping[str, object]
        groups, wanted = self.log.blocks, self.block(scope)
        if scope.startswith("cohort"):
            groups, wanted = self.log.cohorts, self._name(scope, self.whom.cohort)
        elif scope.startswith("level"):
            groups, wanted = self.log.levels, self._name(scope, self.whom.level)
        if wanted is None:
            return []
        return [name for name in self.log.blocks if groups[name] == wanted]

    def _given_in(self, scope: GivenIn) -> list[str]:
        """With a number: those before whom fewer were certainly given it."""
        moments = [(name, self.given(name, scope.occasion)) for name in self.members(scope.scope)]
        known = [(name, moment) for name, moment in moments if moment is not None]
        if scope.first == 0:
            return [name for name, _ in known]
        return [
            name
            for name, own in known
            if len([1 for _, other in known if other.is_certainly_before(own)]) < scope.first
        ]

    def to_come(self, scope: Scope) -> int:
        """How many of the first so many have not been given it yet."""
        if isinstance(scope, GivenIn) and scope.first:
            return max(scope.first - len(self.members(scope)), 0)
        return 0

    def block(self, scope: str) -> object:
        """The number of the block that a scope means; None where the question names none."""
        if scope.isdecimal():
            return int(scope)
        back = {"this": 0, "previous": 1}.get(scope)
        if back is None or self.whom.block is None:
            return None
        return self.whom.block - back

    def _name(self, scope: str, own: str | None) -> str | None:
        return scope.partition(":")[2] or own

    def words(self, scope: Scope) -> str:
        """A set in words, by the names of the log."""
        if isinstance(scope, GivenIn):
            many = f"the first {scope.first}" if scope.first else "those"
            return f"{many} given {scope.occasion.replace('_', ' ')} in {self.words(scope.scope)}"
        if scope == "trial":
            return "the trial"
        if scope.startswith("cohort"):
            name = self._name(scope, self.whom.cohort)
            return f"cohort {name}" if name is not None else "a cohort that is not named"
        if scope.startswith("level"):
            name = self._name(scope, self.whom.level)
            return f"dose level {name}" if name is not None else "a dose level that is not named"
        block = self.block(scope)
        return "a block that is not named" if block is None else f"block {block}"
