"""Sets of participants that gates look at (docs/semantics.md section 7).

A scope is "this" or "previous" block, or the number of a block as text; "trial"; "cohort" or
"level", those that are asked about; "cohort:NAME", "level:NAME". Or, as a tuple,
("given", occasion, scope, first): of a scope those who were given an occasion, with `first` above 0
all who may be among the first so many.
"""

from __future__ import annotations

from trialc_runtime.instants import earliest, latest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from trialc_runtime.instants import Moment
    from trialc_runtime.trial_log import TrialLog

    Scope = str | tuple[Any, ...]


class Asked:
    """For whom a gate is asked: a block, a cohort, a participant with theirs, or nobody."""

    __slots__ = ("block", "cohort", "level", "participant")

    def __init__(
        self,
        block: int | None = None,
        cohort: str | None = None,
        participant: str | None = None,
        level: str | None = None,
    ) -> None:
        self.block = block
        self.cohort = cohort
        self.participant = participant
        self.level = level


def one_of(log: TrialLog, name: str) -> Asked:
    """A participant of the log, with block, cohort and dose level."""
    return Asked(log.blocks[name], log.cohorts[name], name, log.levels[name])


def moment_given(log: TrialLog, name: str, occasion: str) -> Moment | None:
    """When a participant was given an occasion."""
    on = log.given.get((name, occasion))
    return None if on is None else (on, log.times.get((name, occasion)))


def members_of(log: TrialLog, asked: Asked, scope: Scope) -> list[str]:
    """The participants of a scope, in the order of the log."""
    if isinstance(scope, tuple):
        _, occasion, inside, first = scope
        given: dict[str, Moment] = {}
        for name in members_of(log, asked, inside):
            moment = moment_given(log, name, occasion)
            if moment is not None:
                given[name] = moment
        return [name for name in given if not first or _certainly_before(name, given) < first]
    if scope == "trial":
        return list(log.blocks)
    kind, _, called = scope.partition(":")
    if kind in ("cohort", "level"):
        where: dict[str, Any] = log.cohorts if kind == "cohort" else log.levels
        wanted: Any = called or (asked.cohort if kind == "cohort" else asked.level)
    else:
        where, wanted = log.blocks, block_of(asked, scope)
    return [name for name, inside in where.items() if wanted is not None and inside == wanted]


def _certainly_before(name: str, given: dict[str, Moment]) -> int:
    """How many were certainly given it before this one."""
    own = earliest(given[name])
    return sum(latest(moment) < own for moment in given.values())


def lacking(log: TrialLog, asked: Asked, scope: Scope) -> int:
    """How many of the first n are still to come."""
    if not isinstance(scope, tuple):
        return 0
    return max(0, scope[3] - len(members_of(log, asked, scope)))


def block_of(asked: Asked, scope: str) -> int | None:
    """The block that a scope means; None where the question names none."""
    if scope == "this":
        return asked.block
    if scope == "previous":
        return None if asked.block is None else asked.block - 1
    return int(scope)


def scope_words(asked: Asked, scope: Scope) -> str:
    """A scope in words, with the block, cohort or level that is asked about."""
    if isinstance(scope, tuple):
        _, occasion, inside, first = scope
        whom = f"the first {first}" if first else "those"
        return f"{whom} given {occasion.replace('_', ' ')} in {scope_words(asked, inside)}"
    if scope == "trial":
        return "the trial"
    kind, _, called = scope.partition(":")
    if kind in ("cohort", "level"):
        name = called or (asked.cohort if kind == "cohort" else asked.level)
        words = "cohort" if kind == "cohort" else "dose level"
        return f"a {words} that is not named" if name is None else f"{words} {name}"
    block = block_of(asked, scope)
    return "a block that is not named" if block is None else f"block {block}"
