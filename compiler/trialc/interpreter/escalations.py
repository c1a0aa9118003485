"""Which step of a dose escalation is due: semantics section 7, word for word.

`step_at` and `move` know nothing of logs: by them the compiler also walks every course of a trial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trialc.interpreter.participants import Sets, Whom
from trialc.interpreter.placements import Misplaced, Outcome, misplaced
from trialc.interpreter.transitions import Finding, Node, Question
from trialc.model.expression import GivenIn
from trialc.model.gate_wording import toxicity_words
from trialc.model.protocol import Escalation
from trialc_runtime.refusals import RecordFault, RecordRefused
from trialc_runtime.trial_log import TrialLog

if TYPE_CHECKING:
    from trialc.interpreter.gates import Gates

ENDS = ("stop", "declare")
"""Steps after which nobody is treated any more."""


@dataclass(frozen=True)
class Move:
    """What is done next: a step, and the index of its level; no level after `stop`."""

    step: str
    level: int | None


def wanted_size(plan: Escalation, treated: int) -> int:
    """The number of participants for which the table says what is done next: the next one that it
    has rows for, and of a level with more than its maximum the maximum.
    """
    sizes = [row.participants for row in plan.rows]
    return min((size for size in sizes if size >= treated), default=max(sizes))


def step_at(plan: Escalation, treated: int, least: int, most: int) -> str | None:
    """The step that every number of toxicities from `least` to `most` leads to; None where there
    are several. Whoever is still to be treated up to the next row of the table may have one, too.
    Of more participants than the maximum, those who had the toxicity are counted first.
    """
    size = wanted_size(plan, treated)
    if treated == 0:
        return None
    to_come = max(size - treated, 0)
    possible = {min(count, size) for count in range(least, most + to_come + 1)}
    steps = {
        row.step
        for row in plan.rows
        if row.participants == size and any(row.low <= count <= row.high for count in possible)
    }
    return next(iter(steps)) if len(steps) == 1 else None


def move(plan: Escalation, treated: Sequence[int], steps: Sequence[str | None], at: int) -> Move:
    """What the step of the level treated last comes to, by what is known of the others.

    A level is closed when its outcome eliminates it or one below. Nobody is treated at a closed
    level, or at one that has its maximum: where a step would lead there, the level that is left is
    declared, or, going up, stays in use while it has room.
    """
    eliminated = [index for index, step in enumerate(steps) if step == "eliminate"]
    usable = eliminated[0] if eliminated else len(plan.levels)
    step = steps[at]
    assert step is not None
    if step == "stop":
        return Move("stop", None)
    if step == "declare":
        return Move("declare", at)
    goes_down = step in ("de_escalate", "eliminate") or at >= usable
    if goes_down and at == 0:
        may_stay = step == "de_escalate" and plan.lowest == "stay" and usable > 0
        if may_stay and treated[0] < plan.maximum:
            return Move("stay", 0)
        return Move("stop", None)
    if goes_down:
        target = min(at, usable) - 1
        if target < 0:
            return Move("stop", None)
        if treated[target] >= plan.maximum:
            return Move("declare", target)
        return Move("eliminate" if step == "eliminate" else "de_escalate", target)
    if step == "escalate" and at + 1 < usable and treated[at + 1] < plan.maximum:
        return Move("escalate", at + 1)
    return Move("stay" if treated[at] < plan.maximum else "declare", at)


class Escalations:
    """The escalations of one protocol. Made once, asked about many logs."""

    def __init__(self, gates: Gates, plans: Sequence[Escalation]) -> None:
        self.gates = gates
        self.plans = {plan.id: plan for plan in plans}

    def ask(self, name: str, log: Any) -> dict[str, Any]:
        """The step that is due, and what it stands on; RecordRefused for a log with faults,
        ValueError for an escalation that is not known.
        """
        plan = self.plans.get(name)
        if plan is None:
            raise ValueError(f"no escalation is called `{name}`")
        return outcome(self.gates, plan, self.gates.read(log))

    def misplaced(self, plan: Escalation, log: TrialLog) -> list[Misplaced]:
        """Participants whom the escalation cannot have brought to their level."""
        return _misplaced(self.gates, plan, log)


def outcome(gates: Gates, plan: Escalation, log: TrialLog) -> dict[str, Any]:
    """The step that is due, and what it stands on; RecordRefused where somebody was treated at a
    level to which the escalation cannot have brought them.
    """
    faults = _misplaced(gates, plan, log)
    if faults:
        raise RecordRefused(
            [RecordFault(f"participants[{one.place}].level", one.why) for one in faults]
        )
    return _Course(gates, plan, log).answer()


def _misplaced(gates: Gates, plan: Escalation, log: TrialLog) -> list[Misplaced]:
    event = gates.events[plan.toxicity.event]

    def outcomes(known: TrialLog) -> list[Outcome]:
        return _Course(gates, plan, known).outcomes()

    return list(misplaced(plan, log, outcomes, event.title or event.id))


class _Course:
    """One escalation as far as a log tells of it."""

    def __init__(self, gates: Gates, plan: Escalation, log: TrialLog) -> None:
        self.gates = gates
        self.plan = plan
        self.log = log
        sets = Sets(log, Whom())
        occasion = plan.toxicity.occasion
        self.members = [
            sets.members(GivenIn(occasion=occasion, scope=f"level:{level}"))
            for level in plan.levels
        ]
        self.found = [[self._of(name) for name in members] for members in self.members]
        self.steps = [
            step_at(plan, len(found), *_toxicities(found)) if found else None
            for found in self.found
        ]

    def _of(self, name: str) -> Finding:
        finding = Question(self.gates, self.log, Whom.of(name, self.log)).find(self.plan.toxicity)
        finding.node["participant"] = name
        return finding

    def outcomes(self) -> list[Outcome]:
        """What every level has come to by whole cohorts."""
        return [
            Outcome(
                len(found),
                _toxicities(found)[0],
                None if wanted_size(self.plan, len(found)) > len(found) else step,
            )
            for found, step in zip(self.found, self.steps, strict=True)
        ]

    def answer(self) -> dict[str, Any]:
        """The answer to a caller."""
        plan = self.plan
        last = self._last()
        at = plan.levels.index(plan.start) if last is None else last
        least, most = _toxicities(self.found[at])
        missing = self._missing() if last is not None else [self._more(plan.cohort, at)]
        due = None
        if last is not None and not missing:
            due = move(plan, [len(found) for found in self.found], self.steps, at)
        return {
            "escalation": plan.id,
            "level": plan.levels[at],
            "participants": len(self.found[at]),
            "toxicities": [least, most],
            "due": due.step if due else None,
            "to": None if due is None or due.level is None else plan.levels[due.level],
            "missing": list(dict.fromkeys(missing)),
            "because": self._because(at, least, most, due is not None),
        }

    def _because(self, at: int, least: int, most: int, is_due: bool) -> Node:
        value: Node = {"input": self.plan.toxicity.event, "value": least}
        return {
            "path": self.plan.id,
            "text": toxicity_words(self.plan.toxicity, self.gates.wording.title),
            "truth": True if is_due else None,
            "values": [value if least == most else {**value, "most": most}],
            "because": [found.node for found in self.found[at] if found.truth is not True],
        }

    def _last(self) -> int | None:
        """The highest of the levels at which somebody was treated on the last day of treatment."""
        occasion = self.plan.toxicity.occasion
        days = [[self.log.given[name, occasion] for name in names] for names in self.members]
        latest = max((day for some in days for day in some), default=None)
        if latest is None:
            return None
        return [index for index, some in enumerate(days) if latest in some][-1]

    def _missing(self) -> list[str]:
        """What the open levels wait for; every level that was treated must be decided."""
        missing: list[str] = []
        for at, found in enumerate(self.found):
            if not found or self.steps[at] is not None:
                continue
            missing += [text for one in found for text in one.missing]
            size = wanted_size(self.plan, len(found))
            if size > len(found):
                missing.append(self._more(size - len(found), at))
        return missing

    def _more(self, count: int, at: int) -> str:
        given = self.plan.toxicity.occasion.replace("_", " ")
        return f"{given} of {count} more in dose level {self.plan.levels[at]}"


def _toxicities(found: Sequence[Finding]) -> tuple[int, int]:
    """The fewest and the most participants who had it."""
    had = sum(1 for one in found if one.truth is False)
    return had, had + sum(1 for one in found if one.truth is None)
