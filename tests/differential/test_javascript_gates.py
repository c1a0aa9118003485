"""Gates, dose escalations and schedules in JavaScript: what the checker in Python says of them."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from trialc.model.protocol import Protocol
from trialc_runtime.calendar import FIRST_YEAR, LAST_YEAR, day_number, iso

from .engines import EXAMPLES, Engines, care_ssc, protocol_of
from .javascript import ask, called, module_text, needs_node, readable, same
from .test_escalations import escalating, log_of
from .trial_logs import Log, Logs, gated_protocol

pytestmark = needs_node

SPOILT = 0.12
FAULTS: tuple[Any, ...] = (
    None, "", 1, 1.5, True, [], {}, "2027-02-30", "25:00", "08:30", "nobody", "P1", "2027-01-04",
)  # fmt: skip


def spoil(log: Log, chance: random.Random) -> Log:
    """A log in which something is wrong, or merely strange."""
    log = {key: list(part) if isinstance(part, list) else part for key, part in log.items()}
    section = chance.choice([*log, "remarks", "time", "decisions"])
    entries: Any = log.get(section)
    if isinstance(entries, list) and entries and chance.random() < 0.9:
        place = chance.randrange(len(entries))
        entry = dict(entries[place])
        entry[chance.choice([*entry, "level", "cohort", "time", "x"])] = chance.choice(FAULTS)
        entries[place] = chance.choice((entry, entry, entry, chance.choice(FAULTS)))
        if chance.random() < 0.2:
            entries.append(entries[0])
    else:
        log[section] = chance.choice(FAULTS)
    return log


def questions(protocol: Protocol, chance: random.Random, count: int) -> list[tuple[Any, ...]]:
    """Gates, and for whom they are asked by which log."""
    logs = Logs(protocol, chance)
    found: list[tuple[Any, ...]] = []
    for _ in range(count):
        log = logs.one(chance.randint(2, 6))
        if chance.random() < SPOILT:
            log = spoil(log, chance)
        gate = chance.choice([gate.id for gate in protocol.gates] + ["gaet"] * 1)
        block = chance.choice((0, 1, 2, 2, 2, 3, 4))
        whom = chance.choice(
            ({"block": block}, {"block": block}, {"participant": "P1"}, {}, {"cohort": "a"})
        )
        found.append((gate, *readable([log]), whom))
    return found


def compare_gates(protocol: Protocol, chance: random.Random, count: int) -> Counter[str]:
    engines = Engines(protocol)
    asked = questions(protocol, chance, count)
    answers = ask(module_text(protocol), [("gate", *question) for question in asked])
    states: Counter[str] = Counter()
    for (gate, log, whom), answer in zip(asked, answers, strict=True):
        expected = called(engines, "gate", gate, log, **whom)
        assert not same(expected, answer), f"{gate} {whom}: {same(expected, answer)}\n{log}"
        states[expected["found"]["state"] if "found" in expected else "refused"] += 1
    return states


def test_the_gates_of_care_ssc() -> None:
    states = compare_gates(care_ssc(), random.Random(1), 1500)
    assert min(states[state] for state in ("open", "held", "closed", "refused")) > 3


def test_gates_of_every_sort() -> None:
    chance = random.Random(7)
    states: Counter[str] = Counter()
    for _ in range(25):
        states += compare_gates(gated_protocol(chance), chance, 80)
    assert min(states[state] for state in ("open", "held", "closed", "refused")) > 20


def test_dose_escalations() -> None:
    chance = random.Random(81)
    seen: Counter[str] = Counter()
    for _ in range(25):
        protocol = escalating(chance)
        engines, plan = Engines(protocol), protocol.escalations[0]
        logs = [log_of(plan, chance) for _ in range(60)]
        logs = readable(spoil(log, chance) if chance.random() < SPOILT else log for log in logs)
        calls = [("escalation", "plan", log) for log in logs]
        calls += [("gate", "declared", log) for log in logs] + [("escalation", "plam", logs[0])]
        for call, answer in zip(calls, ask(module_text(protocol), calls), strict=True):
            expected = called(engines, *call)
            assert not same(expected, answer), f"{same(expected, answer)}\n{call}"
            found = expected.get("found", {})
            seen["refused" if "found" not in expected else str(found.get("due"))] += 1
    assert min(seen[step] for step in ("escalate", "stay", "declare", "stop", "refused")) > 3


@pytest.mark.parametrize("path", ["care_ssc.proto.txt", *EXAMPLES])
def test_schedules(path: str) -> None:
    """Day 0 at all ends of months and years, actual days around the planned ones, wrong names."""
    chance = random.Random(path)
    protocol = protocol_of(path)
    engines = Engines(protocol)
    first, last = day_number(FIRST_YEAR, 1, 1), day_number(LAST_YEAR, 12, 31)
    anchors = ["2027-01-31", "2028-02-29", "2027-12-31", iso(first), iso(last), "2027-02-30", ""]
    anchors += [iso(chance.randint(first, last)) for _ in range(40)]
    names = [visit["visit"] for visit in engines.checker.schedule("2027-01-31", 2)]
    names += ["last dose", "nowhere", *(n for v in engines.checker.VISITS if v[9] for n in _of(v))]
    calls: list[tuple[Any, ...]] = [("schedule", anchor) for anchor in anchors]
    for _ in range(150):
        actual = {
            name: iso(day_number(2027, 1, 31) + chance.randint(-20, 200))
            for name in chance.sample(names, chance.choice((1, 1, 2, 3)))
        }
        calls.append(("schedule", "2027-01-31", chance.randint(0, 4), actual))
    for call, answer in zip(calls, ask(module_text(protocol), calls), strict=True):
        expected = called(engines, *call)
        assert not same(expected, answer), f"{same(expected, answer)}\n{call}"


def _of(visit: tuple[Any, ...]) -> list[str]:
    """Names under which the days of moments can be given."""
    kinds = {"last_dose": "last {}", "happening": "{}"}
    return [kinds[kind].format(name) for kind, name, *_ in visit[9][1] if kind in kinds]
