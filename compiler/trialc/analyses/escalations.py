"""Which courses can a dose escalation take? Every one is walked.

Participants of a level are exchangeable, so a state is, for each level, how many were treated and
how many of them had the toxicity, and the level that is treated next. Every state is visited once,
in the order of the number of cohorts: the first course that breaks an invariant is a shortest one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import transitions as kinds
from trialc.graph.study import Study
from trialc.interpreter.escalations import ENDS, Move, move, step_at
from trialc.model.protocol import Escalation

MOST_STATES = 50_000
"""Of one escalation; more are not walked, and nothing is claimed of them."""

Outcomes = tuple[tuple[int, int], ...]
"""For each level, how many were treated and how many of them had the toxicity."""
State = tuple[Outcomes, int]

INVARIANTS = (
    "no level is skipped",
    "nobody is treated at an eliminated level",
    "no level has more participants than its maximum",
    "the dose goes up only where the table says escalate",
    "no eliminated level is declared",
)
"""What holds on every course, in the order in which it is looked at."""


@dataclass(frozen=True)
class Broken:
    """An invariant that does not hold, and a shortest course that breaks it: a cohort each."""

    invariant: str
    course: tuple[str, ...]


@dataclass
class Courses:
    """Everything that an escalation can come to."""

    plan: Escalation
    states: int = 0
    is_whole: bool = True
    ends: dict[tuple[str, int | None], int] = field(
        default_factory=dict[tuple[str, int | None], int]
    )
    """How it ends, at which level, and the number of states in which it ends so."""
    reached: set[int] = field(default_factory=set[int])
    longest: int = 0
    """The most cohorts of a course."""
    broken: list[Broken] = field(default_factory=list[Broken])


def check_escalations(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every course of every escalation is walked; what they come to is kept as evidence."""
    courses = tuple(walk(plan) for plan in study.protocol.escalations)
    found = tuple(fault for one in courses for fault in _faults(one))
    return replace(study, evidence={**study.evidence, "escalations": courses}), found


def _faults(courses: Courses) -> Iterator[Diagnostic]:
    plan = courses.plan
    for broken in courses.broken:
        course = "; ".join(broken.course)
        yield kinds.BROKEN_INVARIANT.at(
            plan.where, escalation=plan.id, invariant=broken.invariant, help=f"the course: {course}"
        )
    if not courses.is_whole:
        yield kinds.TOO_MANY_STATES.at(
            plan.where,
            escalation=plan.id,
            limit=f"{MOST_STATES:,}",
            help="a lower `maximum` or larger cohorts have fewer",
        )
        return
    for index, level in enumerate(plan.levels):
        if index not in courses.reached:
            yield kinds.LEVEL_NOT_REACHED.at(
                plan.where,
                escalation=plan.id,
                level=level,
                help="mend the table, or leave the level out",
            )


def walk(plan: Escalation, limit: int = MOST_STATES) -> Courses:
    """Every course of an escalation, up to the exchange of participants."""
    return _Walk(plan, limit).run()


class _Walk:
    def __init__(self, plan: Escalation, limit: int) -> None:
        self.plan = plan
        self.limit = limit
        self.courses = Courses(plan)
        start = tuple((0, 0) for _ in plan.levels), plan.levels.index(plan.start)
        self.before: dict[State, tuple[State, int] | None] = {start: None}
        """Every state, the one before it and the toxicities that led here; None: the start."""
        self.ended: set[tuple[Outcomes, Move]] = set()

    def run(self) -> Courses:
        layer = list(self.before)
        while layer and self.courses.is_whole:
            self.courses.longest += 1
            layer = [state for before in layer for state in self._after(before)]
        self.courses.states = len(self.before) + len(self.ended)
        for _, end in self.ended:
            key = end.step, end.level
            self.courses.ends[key] = self.courses.ends.get(key, 0) + 1
        return self.courses

    def _after(self, before: State) -> Iterator[State]:
        """The new states that one more cohort can lead to."""
        outcomes, at = before
        self.courses.reached.add(at)
        treated, toxic = outcomes[at]
        size = self.plan.cohort
        for more in range(size + 1):
            now = (*outcomes[:at], (treated + size, toxic + more), *outcomes[at + 1 :])
            steps = [step_at(self.plan, n, t, t) for n, t in now]
            if treated + size > self.plan.maximum:  # beyond the last row of the table
                self._break(INVARIANTS[2], before, more)
                continue
            moved = move(self.plan, [n for n, _ in now], steps, at)
            for invariant in self._broken(now, steps, at, moved):
                self._break(invariant, before, more)
            if moved.level is None or moved.step in ENDS:
                self.ended.add((now, moved))
                continue
            state = now, moved.level
            if state not in self.before:
                self.before[state] = before, more
                if len(self.before) + len(self.ended) > self.limit:
                    self.courses.is_whole = False
                    return
                yield state

    def _broken(
        self, now: Outcomes, steps: list[str | None], at: int, moved: Move
    ) -> Iterator[str]:
        """The invariants that a step does not keep."""
        eliminated = [index for index, step in enumerate(steps) if step == "eliminate"]
        usable = min(eliminated, default=len(steps))
        goes_on = moved.level is not None and moved.step not in ENDS
        if moved.level is None:
            return
        if goes_on and abs(moved.level - at) > 1:
            yield INVARIANTS[0]
        if goes_on and moved.level >= usable:
            yield INVARIANTS[1]
        if goes_on and now[moved.level][0] >= self.plan.maximum:
            yield INVARIANTS[2]
        if moved.level > at and steps[at] != "escalate":
            yield INVARIANTS[3]
        if moved.step == "declare" and moved.level >= usable:
            yield INVARIANTS[4]

    def _break(self, invariant: str, state: State, more: int) -> None:
        """Keep the first course that breaks an invariant: no other one is shorter."""
        if any(broken.invariant == invariant for broken in self.courses.broken):
            return
        course: list[str] = []
        step: tuple[State, int] | None = (state, more)
        while step is not None:
            (_, at), toxic = step
            course.append(f"{toxic} of {self.plan.cohort} at {self.plan.levels[at]}")
            step = self.before[step[0]]
        self.courses.broken.append(Broken(invariant, tuple(reversed(course))))
