"""Dose escalations over random logs: the checker says what the interpreter says, and bugs show."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest

from trialc.interpreter.escalations import Escalations
from trialc.model import expression as e
from trialc.model import protocol as p
from trialc_runtime.calendar import iso, parse_date
from trialc_runtime.records import RecordRefused

from .engines import Answer, Engines, differing
from .test_bites import Bug, by_name, plain
from .trial_logs import Log

STEPS = ("escalate", "stay", "declare", "de_escalate", "eliminate", "stop")
LEVELS = ("low", "middle", "high")
PROTOCOLS, LOGS = 40, 60


def escalating(chance: random.Random) -> p.Protocol:
    """A protocol of one escalation with a table made by chance, and of nothing else."""
    cohort = chance.choice((1, 2, 3))
    maximum = cohort * chance.choice((1, 2, 2, 3))
    rows: list[p.Outcome] = []
    for count in range(cohort, maximum + 1, cohort):
        steps = sorted((chance.choice(STEPS) for _ in range(count + 1)), key=STEPS.index)
        for toxicities, step in enumerate(steps):
            fields = {"participants": count, "low": toxicities, "high": toxicities, "step": step}
            rows.append(p.Outcome.model_validate(fields))
    give = (p.Administration(intervention="x", occasion="dose", visit="D1"),)
    graded: e.Condition = e.OneOf(path="event.grade", codes=("g3",))
    return p.Protocol(
        language=1,
        file="escalation.proto.txt",
        sha256="ef" * 32,
        metadata=p.Metadata(id="escalation", title="Escalation", version="1"),
        roles=(p.Role(id="board"),),
        arms=(p.Arm(id="arm", type="experimental", gives=give),),
        events=(
            p.Event(
                id="dlt",
                title="Toxicity",
                attributes=(p.Attribute(name="grade", title="Grade", options=("g2", "g3")),),
                condition=graded,
            ),
        ),
        levels=tuple(p.Level(id=level) for level in LEVELS),
        escalations=(
            p.Escalation.model_validate(
                {
                    "id": "plan",
                    "levels": LEVELS,
                    "start": chance.choice(LEVELS[:2]),
                    "cohort": cohort,
                    "maximum": maximum,
                    "lowest": chance.choice(("stop", "stay")),
                    "toxicity": e.NoEvent(event="dlt", occasion="dose", amount=28, unit="day"),
                    "rows": tuple(rows),
                }
            ),
        ),
        gates=(
            p.Gate(
                id="declared",
                per="trial",
                guards=(p.Guard(action="everything"),),
                condition=e.MtdDeclared(escalation="plan"),
                otherwise=(),
            ),
        ),
        visits=(p.Visit(id="D1", timing="anchor"),),
    )


def log_of(plan: p.Escalation, chance: random.Random) -> Log:
    """Mostly whole cohorts at the levels up to one of them, mostly followed up to the end."""
    first = parse_date("2027-01-04")
    assert first is not None
    log: Log = {"participants": [], "given": [], "events": [], "absences": []}
    last = chance.randrange(len(LEVELS))
    start = LEVELS.index(plan.start) if chance.random() < 0.9 else 0
    visited = list(LEVELS[start : max(start, last) + 1])
    apart = chance.choice((3, 3, 60))  # before the toxicities of the level below, or after them
    if last and chance.random() < 0.5:
        visited.append(LEVELS[LEVELS.index(visited[-1]) - 1])  # and down again
    for index, level in enumerate(visited):
        size = plan.cohort * chance.choice((0, *(1,) * 12, *(2,) * 6)) + chance.choice(
            (0,) * 6 + (1, -1)
        )
        if chance.random() < 0.08:
            size = plan.maximum + chance.choice((1, 2))
        for number in range(max(size, 0)):
            name, on = f"{index} {number}", first + apart * index + chance.choice((0, 0, 7))
            log["participants"].append({"id": name, "level": level})
            if chance.random() < 0.97:
                log["given"].append({"participant": name, "occasion": "dose", "on": iso(on)})
            if chance.random() < 0.2:
                event = {
                    "participant": name,
                    "event": "dlt",
                    "on": iso(on + chance.choice((9, 28))),
                }
                grade = {"grade": chance.choice(("g2", "g3", "g3"))}
                log["events"].append(event | grade if chance.random() < 0.9 else event)
            if chance.random() < 0.96:
                absence = {"participant": name, "event": "dlt", "by": "board"}
                log["absences"].append(absence | {"through": iso(on + 28)})
    log["as_of"] = iso(first + apart * (len(visited) - 1) + chance.choice((27, 28, 40, 40, 40, 40)))
    return log


def asked(escalations: Escalations, log: Log) -> Answer:
    """What the interpreter says."""
    try:
        return {**escalations.ask("plan", log), "gate": escalations.gates.ask("declared", log)}
    except RecordRefused as refused:
        return {"faults": [str(fault) for fault in refused.faults]}


@cache
def cases() -> tuple[tuple[Engines, tuple[tuple[Log, Answer], ...]], ...]:
    """Protocols with logs, and what the interpreter says of each."""
    chance = random.Random(81)
    made: list[tuple[Engines, tuple[tuple[Log, Answer], ...]]] = []
    for _ in range(PROTOCOLS):
        engines = Engines(escalating(chance))
        plans = engines.protocol.escalations
        escalations = Escalations(engines.gates, plans)
        logs = [log_of(plans[0], chance) for _ in range(LOGS)]
        made.append((engines, tuple((log, asked(escalations, log)) for log in logs)))
    return tuple(made)


def said(damaged: Engines, log: Log) -> Answer:
    """What the checker says."""
    try:
        answer: Answer = damaged.checker.escalation("plan", log)
        return {**answer, "gate": damaged.checker.gate("declared", log)}
    except damaged.checker.RecordRefused as refused:
        return {"faults": [str(fault) for fault in refused.faults]}


def found(bug: Bug) -> str:
    """The first difference between a damaged checker and the interpreter."""
    for engines, logs in cases():
        damaged = engines.damaged(bug.put_into)
        for log, expected in logs:
            difference = differing(expected, said(damaged, log))
            if difference:
                return f"{difference}\n{log}"
    return ""


def test_the_checker_says_what_the_interpreter_says() -> None:
    assert not found(Bug("none", "", ""))


def test_every_step_comes_up() -> None:
    answers = [answer for _, logs in cases() for _, answer in logs]
    steps = Counter(str(answer.get("due", "refused")) for answer in answers)
    assert min(steps[step] for step in (*STEPS, "None", "refused")) > 10, steps
    assert steps["refused"] < len(answers) / 2, steps
    faults = " ".join(fault for answer in answers for fault in answer.get("faults", ()))
    assert min(map(faults.count, ("to nobody at", "was eliminated", "escalation stopped"))) > 10


BUGS = (
    plain("silence counts as free of toxicity", "(self.doubt if found.truth is None else self.had)",
          "(list() if found.truth is None else self.had)"),
    plain("who is to come has no toxicity", "len(self.doubt) + self.few)", "len(self.doubt))"),
    plain("an eliminated level is entered", "above < ceiling and room",
          "above < len(levels) and room"),
    plain("the maximum does not count", "< rule.maximum for level", "< 99 for level"),
    plain("who is too many counts as free of it", "default=rule.maximum)", "default=0)"),
    plain("the lowest level always stays", 'rule.lowest == "stay" and room', "room"),
    plain("one toxicity more is allowed", "row[2] >= least and",
          "row[2] + 1 >= least and"),
    plain("levels may be skipped", "days.get(beside, on + 1) > on", "False"),
    plain("an eliminated level may be used",
          'level.few == 0 and level.step == "eliminate"', "False"),
    plain("it goes on after it stopped", 'level.few == 0 and level.step == "stop"', "False"),
    plain("what is of the day itself is known", "log.known_on(on - 1)", "log.known_on(on)"),
    plain("what has stopped may still be declared", 'else False if due == "stop"',
          'else None if due == "stop"'),
    plain("any step declares it", 'True if due == "declare" else', 'True if due else'),
    plain("the first level is the current one", "return max(days)[1]", "return min(days)[1]"),
)  # fmt: skip


@pytest.mark.parametrize("bug", BUGS, ids=by_name)
def test_bugs_are_found(bug: Bug) -> None:
    assert found(bug)
