"""Bugs put on purpose into what the checker says of sets, counts and times: all are found."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest

from .engines import Answer, Engines, differing
from .test_bites import Bug, by_name, plain
from .trial_logs import Log, Logs, gated_protocol

PROTOCOLS, LOGS = 90, 60

Question = tuple[str, Log, dict[str, Any], Answer]

BUGS = (
    plain("who may have had it counts as free of it", "most = least + len(doubt) + lacking",
          "most = least + 0 * len(doubt) + lacking"),
    plain("at most becomes below", "truth = True if most <= wanted else",
          "truth = True if most < wanted else"),
    plain("silence is enough everywhere", "if not is_reported: missing +=",
          "if False:\n            missing +="),
    plain("a count of nobody", "if nobody and not found: truth: Truth = None",
          "if False:\n            truth: Truth = None"),
    plain("any order of who is first", "< first]", "<= first]"),
    plain("the hours of an unknown time", "if moment[1] is None else moment[1])",
          "if False else (moment[1] or 0))"),
    plain("days for hours", "earliest(end) - latest(start) >= 60 * amount",
          "earliest(end) - latest(start) >= 1440 * amount"),
    plain("a gap to oneself", "if name == self.asked.participant or moment", "if moment"),
    plain("what is not yet too late is wrong", "if own is None and truth is False:",
          "if False:"),
    plain("the first decision counts", "else max(known, (on, opens))",
          "else min(known, (on, opens))"),
    plain("opening outranks holding", "(on, opens and known[1])", "(on, opens or known[1])"),
    plain("a decision before what it follows", "if truth and not self._held_on(",
          "if False and not self._held_on("),
    plain("what it follows as it is now", "log = facts_until(self.log, day)", "log = self.log"),
    plain("later attestations forgotten",
          "min(last, day) for key, last in log.absences.items()",
          "last for key, last in log.absences.items() if last <= day"),
    plain("everybody's cohort", '(asked.cohort if kind == "cohort" else asked.level)', '"a"'),
    plain("at least is exact", 'count == wanted or relation == ">="', "count == wanted"),
    plain("on the day itself", '"<=": today <= day', '"<=": today < day'),
    plain("the future of the same day", "<= (log.as_of, log.time)", "<= (log.as_of, 1439)"),
)  # fmt: skip


@cache
def asked() -> tuple[tuple[Engines, tuple[Question, ...]], ...]:
    """Small protocols with logs and questions, and what the interpreter says of each."""
    chance = random.Random(85)
    made: list[tuple[Engines, tuple[Question, ...]]] = []
    for _ in range(PROTOCOLS):
        engines = Engines(gated_protocol(chance))
        logs, questions = Logs(engines.protocol, chance), list[Question]()
        for _ in range(LOGS):
            log = logs.one(chance.randint(2, 4))
            gate = chance.choice(engines.protocol.gates)
            whom = {
                "block": {"block": chance.choice((1, 2, 2))},
                "cohort": {"cohort": "a"},
                "participant": {"participant": "P1"},
                "trial": {},
            }[gate.per]
            questions.append((gate.id, log, whom, engines.asked(gate.id, log, **whom)))
        made.append((engines, tuple(questions)))
    return tuple(made)


def found(bug: Bug) -> str:
    """The first difference between a damaged checker and the interpreter."""
    for engines, questions in asked():
        damaged = engines.damaged(bug.put_into)
        for gate, log, whom, expected in questions:
            difference = differing(expected, damaged.answered(gate, log, **whom))
            if difference:
                return f"{gate}: {difference}"
    return ""


@pytest.mark.parametrize("bug", BUGS, ids=by_name)
def test_random_gates_find(bug: Bug) -> None:
    assert found(bug)


def test_without_a_bug_nothing_is_found() -> None:
    assert not found(Bug("none", "", ""))
