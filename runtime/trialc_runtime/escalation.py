"""Which step of a dose escalation is due, by a trial log (docs/semantics.md section 7)."""

from __future__ import annotations

from trialc_runtime.refusals import did_you_mean, listed
from trialc_runtime.sets import Asked, members_of, one_of
from trialc_runtime.transitions import Question
from trialc_runtime.trial_log import read_log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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


class _Level:
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
            found.append(f"{_given_words(rule)} of {self.few} more in dose level {name}")
        return found


def ask_escalation(tables: GateTables, name: str, log: Any) -> dict[str, Any]:
    """The step that is due: escalation, level, participants, toxicities (fewest and most), due, to,
    missing, because. `level` is the one treated last, `to` the one of the step.

    RecordRefused for a log with faults; ValueError for an escalation that is not known.
    """
    rule = tables.escalations.get(name)
    if rule is None:
        known = tables.escalations
        guess = did_you_mean(name, known) or f"; the escalations are {listed(known) or 'none'}"
        raise ValueError(f"no escalation is called `{name}`{guess}")
    read = read_log(log, tables.words)
    levels = [_Level(tables, rule, read, level) for level in rule.levels]
    last = _treated_last(rule, read, levels)
    current = rule.levels.index(rule.start) if last is None else last
    open_ = [i for i, level in enumerate(levels) if level.treated and level.step is None]
    missing = [text for i in open_ for text in levels[i].missing(rule, rule.levels[i])]
    due: tuple[str | None, int | None] = (None, None)
    if last is None:
        missing = [f"{_given_words(rule)} of {rule.cohort} more in dose level {rule.start}"]
    elif not open_:
        due = _next_step(rule, levels, current)
    here = levels[current]
    least, most = len(here.had), len(here.had) + len(here.doubt)
    values: dict[str, Any] = {"input": rule.absence[1], "value": least}
    if most > least:
        values["most"] = most
    deciding = [*here.had, *here.doubt]
    deciding.sort(key=lambda found: here.treated.index(found.node["participant"]))
    node = {
        "path": rule.id,
        "text": rule.text,
        "truth": None if due[0] is None else True,
        "values": [values],
        "because": [found.node for found in deciding],
    }
    return {
        "escalation": name,
        "level": rule.levels[current],
        "participants": len(here.treated),
        "toxicities": [least, most],
        "due": due[0],
        "to": None if due[1] is None else rule.levels[due[1]],
        "missing": list(dict.fromkeys(missing)),
        "because": node,
    }


def _treated_last(rule: EscalationRule, log: TrialLog, levels: list[_Level]) -> int | None:
    """The level at which somebody was treated last; of several on one day the highest."""
    days = [
        (log.given[name, rule.absence[2]], index)
        for index, level in enumerate(levels)
        for name in level.treated
    ]
    return max(days)[1] if days else None


def _next_step(
    rule: EscalationRule, levels: list[_Level], current: int
) -> tuple[str | None, int | None]:
    """A step, where there may be no level above or below, or no place left at it."""
    step = levels[current].step
    room = [len(level.treated) < rule.maximum for level in levels]
    closed = [index for index, level in enumerate(levels) if level.step == "eliminate"]
    ceiling = min(closed, default=len(levels))
    if step in ("stop", "declare"):
        return step, current if step == "declare" else None
    if current >= ceiling or step in ("de_escalate", "eliminate"):
        if current > 0:
            below = min(current, ceiling) - 1
            if below < 0:
                return "stop", None
            return (
                ("de_escalate" if step != "eliminate" else step, below)
                if room[below]
                else ("declare", below)
            )
        stays = step == "de_escalate" and rule.lowest == "stay" and room[0] and ceiling > 0
        return ("stay", 0) if stays else ("stop", None)
    above = current + 1
    if step == "escalate" and above < ceiling and room[above]:
        return "escalate", above
    return ("stay" if room[current] else "declare"), current


def _given_words(rule: EscalationRule) -> str:
    words: str = rule.absence[2]
    return words.replace("_", " ")
