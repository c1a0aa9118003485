"""Participants at a dose level where nobody should have been treated: semantics section 7.

A course of an escalation goes from a level to the next one, and never back to one that is closed.
Where a log says something else, it is a fault of the log; so it is of a trial test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trialc.model.protocol import Escalation
from trialc_runtime.calendar import iso
from trialc_runtime.trial_log import TrialLog


@dataclass(frozen=True)
class Outcome:
    """What a level had come to: how many were treated, how many of them had the toxicity for
    certain, and the step that follows whoever is to come; None while a cohort is not whole.
    """

    treated: int
    toxicities: int
    step: str | None


@dataclass(frozen=True)
class Misplaced:
    """A participant at the wrong level: the place in the log, counted from 0, and why."""

    place: int
    why: str


def misplaced(
    plan: Escalation, log: TrialLog, outcomes: Callable[[TrialLog], Sequence[Outcome]], title: str
) -> Iterator[Misplaced]:
    """Everybody who was treated at a level that was skipped to, or at a closed one.

    `outcomes`: what the levels come to by a log; `title` is that of the toxicity.
    """
    occasion = plan.toxicity.occasion
    treated = [
        (place, name, plan.levels.index(level), log.given[name, occasion])
        for place, (name, level) in enumerate(log.levels.items())
        if level in plan.levels and (name, occasion) in log.given
    ]
    start = plan.levels.index(plan.start)
    for place, name, at, on in treated:
        given = occasion.replace("_", " ")
        what = f"{name}: {given} was given at dose level {plan.levels[at]} on {iso(on)}"
        nearer = at + (1 if at < start else -1)
        came_from = [day for _, _, level, day in treated if level == nearer and day <= on]
        if at != start and not came_from:
            yield Misplaced(
                place, f"{what}, and to nobody at dose level {plan.levels[nearer]} before"
            )
        closed = _closed(plan, outcomes(log.known_on(on - 1)), at, title)
        if closed:
            yield Misplaced(place, f"{what}, {closed}")


def _closed(plan: Escalation, outcomes: Sequence[Outcome], at: int, title: str) -> str:
    """Why a level was closed by outcomes of before; "" if it was not."""
    for kind, words in (
        ("stop", "the escalation stopped at {}"),
        ("eliminate", "{} was eliminated"),
    ):
        for index, outcome in enumerate(outcomes):
            if outcome.step == kind and (kind == "stop" or index <= at):
                had = f"{outcome.toxicities} of {outcome.treated} had {title}"
                return f"after {words.format(plan.levels[index])}: {had}"
    return ""
