"""Which step of a dose escalation is due, by a trial log (docs/semantics.md section 7)."""

from __future__ import annotations

from trialc_runtime.dose_levels import Level, given_words, misplaced
from trialc_runtime.refusals import RecordRefused, did_you_mean, listed
from trialc_runtime.trial_log import read_log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from trialc_runtime.dose_levels import EscalationRule
    from trialc_runtime.gates import GateTables
    from trialc_runtime.trial_log import TrialLog


def ask_escalation(tables: GateTables, name: str, log: Any) -> dict[str, Any]:
    """The step that is due: escalation, level, participants, toxicities (fewest and most), due, to,
    missing, because. `level` is the one treated last, `to` the one of the step.

    RecordRefused for a log with faults, or with participants at a level where nobody should have
    been treated; ValueError for an escalation that is not known.
    """
    rule = tables.escalations.get(name)
    if rule is None:
        known = tables.escalations
        guess = did_you_mean(name, known) or f"; the escalations are {listed(known) or 'none'}"
        raise ValueError(f"no escalation is called `{name}`{guess}")
    return outcome_of(tables, rule, read_log(log, tables.words))


def outcome_of(tables: GateTables, rule: EscalationRule, read: TrialLog) -> dict[str, Any]:
    """What `ask_escalation` answers, by a log that was read; RecordRefused for participants at a
    level where nobody should have been treated.
    """
    faults = misplaced(tables, rule, read)
    if faults:
        raise RecordRefused(faults)
    levels = [Level(tables, rule, read, level) for level in rule.levels]
    last = _treated_last(rule, read, levels)
    current = rule.levels.index(rule.start) if last is None else last
    open_ = [i for i, level in enumerate(levels) if level.treated and level.step is None]
    missing = [text for i in open_ for text in levels[i].missing(rule, rule.levels[i])]
    due: tuple[str | None, int | None] = (None, None)
    if last is None:
        missing = [f"{given_words(rule)} of {rule.cohort} more in dose level {rule.start}"]
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
        "escalation": rule.id,
        "level": rule.levels[current],
        "participants": len(here.treated),
        "toxicities": [least, most],
        "due": due[0],
        "to": None if due[1] is None else rule.levels[due[1]],
        "missing": list(dict.fromkeys(missing)),
        "because": node,
    }


def _treated_last(rule: EscalationRule, log: TrialLog, levels: list[Level]) -> int | None:
    """The level at which somebody was treated last; of several on one day the highest."""
    days = [
        (log.given[name, rule.absence[2]], index)
        for index, level in enumerate(levels)
        for name in level.treated
    ]
    return max(days)[1] if days else None


def _next_step(
    rule: EscalationRule, levels: list[Level], current: int
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
