"""What is known of the dose levels of an escalation, and who should not be at one
(docs/semantics.md section 7).
"""

from __future__ import annotations

from trialc_runtime.calendar import iso
from trialc_runtime.refusals import RecordFault
from trialc_runtime.sets import Asked, members_of, one_of
from trialc_runtime.transitions import Question

TYPE_CHECKING = False
if TYPE_CHECKING:
    from trialc_runtime.gates import GateTables
    from trialc_runtime.program import Condition
    from trialc_runtime.transitions import Finding
    from trialc_runtime.trial_log import TrialLog


class EscalationRule:
    """A dose escalation: levels from the lowest up, and a step for every outcome of a level.

    `rows` are participants, the fewest and the most toxicities, and the step. `absence` is the
    "no_event" that is counted, `text` what is counted in words.
    """

    __slots__ = (
        "absence", "cohort", "id", "levels", "lowest", "maximum", "rows", "start", "text",
    )  # fmt: skip

    def __init__(
        self,
        id: str,
        levels: tuple[str, ...],
        start: str,
        cohort: int,
        maximum: int,
        lowest: str,
        rows: tuple[tuple[int, int, int, str], ...],
        absence: Condition,
        text: str,
    ) -> None:
        self.id = id
        self.levels = levels
        self.start = start
        self.cohort = cohort
        self.maximum = maximum
        self.lowest = lowest
        self.rows = rows
        self.absence = absence
        self.text = text


class Level:
    """What is known of one level: the step that its outcome leads to, None while that is open."""

    __slots__ = ("doubt", "few", "had", "step", "treated")

    def __init__(self, tables: GateTables, rule: EscalationRule, log: TrialLog, name: str) -> None:
        given = ("given", rule.absence[2], f"level:{name}", 0)
        self.treated = members_of(log, Asked(), given)
        self.had: list[Finding] = []
        self.doubt: list[Finding] = []
        for member in self.treated:
            asked = one_of(log, member)
            found = Question(tables.program, tables.words.kinds, log, asked).find(rule.absence)
            found.node["participant"] = member
            if found.truth is not True:
                (self.doubt if found.truth is None else self.had).append(found)
        count = len(self.treated)
        # Beyond the maximum, the row of the maximum says it: whoever had the toxicity is counted.
        wanted = min((row[0] for row in rule.rows if row[0] >= count), default=rule.maximum)
        self.few = max(0, wanted - count)
        least = min(wanted, len(self.had))
        most = min(wanted, len(self.had) + len(self.doubt) + self.few)
        steps = {
            row[3] for row in rule.rows if row[0] == wanted and row[2] >= least and row[1] <= most
        }
        self.step = steps.pop() if count and len(steps) == 1 else None

    def missing(self, rule: EscalationRule, name: str) -> list[str]:
        """What the step waits for."""
        found = [text for doubt in self.doubt for text in doubt.missing]
        if self.few > 0:
            found.append(f"{given_words(rule)} of {self.few} more in dose level {name}")
        return found


def given_words(rule: EscalationRule) -> str:
    """What is given, in words."""
    words: str = rule.absence[2]
    return words.replace("_", " ")


def misplaced(tables: GateTables, rule: EscalationRule, log: TrialLog) -> list[RecordFault]:
    """Participants at a level that was skipped to, or that was closed: faults of the log."""
    found: list[RecordFault] = []
    start = rule.levels.index(rule.start)
    days = _first_days(rule, log)
    closings: dict[int, tuple[int, str]] = {}
    for place, name in enumerate(log.blocks):
        level, on = log.levels[name], log.given.get((name, rule.absence[2]))
        if on is None or level not in rule.levels:
            continue
        at = rule.levels.index(level)
        words = f"{name}: {given_words(rule)} was given at dose level {level} on {iso(on)}"
        faults: list[str] = []
        if at != start:
            beside = rule.levels[at - 1 if at > start else at + 1]
            if days.get(beside, on + 1) > on:
                faults.append(f"{words}, and to nobody at dose level {beside} before")
        if on not in closings:
            closings[on] = _closed(tables, rule, log, on)
        ceiling, why = closings[on]
        if at >= ceiling:
            faults.append(f"{words}, {why}")
        found += [RecordFault(f"participants[{place}].level", text) for text in faults]
    return found


def _first_days(rule: EscalationRule, log: TrialLog) -> dict[str, int]:
    """The day on which somebody was first treated at each level."""
    days: dict[str, int] = {}
    for name, level in log.levels.items():
        on = log.given.get((name, rule.absence[2]))
        if on is not None and level is not None:
            days[level] = min(on, days.get(level, on))
    return days


def _closed(tables: GateTables, rule: EscalationRule, log: TrialLog, on: int) -> tuple[int, str]:
    """The lowest level that was closed before a day, and why: by what is dated before it, and only
    by whole cohorts. Where the escalation had stopped, all levels were.
    """
    before = log.known_on(on - 1)
    title = tables.words.kinds[rule.absence[1]].title
    levels = [Level(tables, rule, before, name) for name in rule.levels]
    ceiling, why = len(levels), ""
    for index in reversed(range(len(levels))):
        level, name = levels[index], rule.levels[index]
        outcome = f"{len(level.had)} of {len(level.treated)} had {title}"
        if level.few == 0 and level.step == "eliminate":
            ceiling, why = index, f"after {name} was eliminated: {outcome}"
    for index, level in enumerate(levels):
        if level.few == 0 and level.step == "stop":
            outcome = f"{len(level.had)} of {len(level.treated)} had {title}"
            return 0, f"after the escalation stopped at {rule.levels[index]}: {outcome}"
    return ceiling, why
