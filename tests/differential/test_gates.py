"""Gates over random trial logs: the checker says what the interpreter says."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from typing import Any

import pytest

from trialc.model import expression as e
from trialc.model.from_syntax.following import following
from trialc.model.protocol import Gate, Protocol

from .engines import Engines, care_ssc
from .test_protocols import kinds_in
from .trial_logs import Logs, gated_protocol

EVERY_KIND = {
    "junction", "not", "count_given", "every", "since", "no_event", "count_events", "gap",
    "decided_by", "on_day",
}  # fmt: skip


@cache
def real() -> Engines:
    return Engines(care_ssc())


def compare(engines: Engines, chance: random.Random, count: int, members: int) -> Counter[str]:
    """States that came up; AssertionError where the engines differ."""
    protocol: Protocol = engines.protocol
    logs = Logs(protocol, chance)
    states: Counter[str] = Counter()
    for _ in range(count):
        log = logs.one(chance.randint(members - 1, members))
        gate = chance.choice(protocol.gates).id
        block = chance.choice((0, 1, 2, 2, 2, 3, 4))
        whom: dict[str, Any] = chance.choice(
            ({"block": block}, {"block": block}, {"participant": "P1"}, {}, {"cohort": "a"})
        )
        difference = engines.gate_difference(gate, log, **whom)
        assert not difference, f"{gate} {whom}: {difference}\n{log}"
        states[engines.asked(gate, log, **whom).get("state", "refused")] += 1
    return states


@pytest.mark.parametrize("seed", range(2))
def test_the_gates_of_the_real_protocol(seed: int) -> None:
    states = compare(real(), random.Random(seed), 1500, 7)
    assert min(states[state] for state in ("open", "held", "closed", "refused")) > 3


def test_gates_of_every_sort() -> None:
    chance = random.Random(7)
    states: Counter[str] = Counter()
    kinds: set[str] = set()
    for _ in range(40):
        protocol = gated_protocol(chance)
        kinds.update(kind for gate in protocol.gates for kind in kinds_in(gate))
        states += compare(Engines(protocol), chance, 80, 3)
    assert kinds >= EVERY_KIND
    assert min(states[state] for state in ("open", "held", "closed", "refused")) > 20


@pytest.mark.parametrize(
    ("time", "hours", "state"), [("08:30", 24, "open"), (None, 24, "open"), (None, 25, "closed")]
)
def test_a_decision_counts_from_the_end_of_its_day(
    time: str | None, hours: int, state: str
) -> None:
    """The hours after a dose of the day before are over by 23:59, or they are not."""
    passed = e.Since(occasion="infusion_1", amount=hours, unit="hour")
    decided = e.DecidedBy(gate="g0", role="board")
    branches = tuple(e.Branch(condition=part) for part in (passed, decided))
    both = following(e.Junction(quantifier="all", branches=branches))
    made = gated_protocol(random.Random(1))
    gate = Gate(id="g0", per="participant", guards=(), condition=both, otherwise=())
    engines = Engines(made.model_copy(update={"gates": (gate,)}))
    given = {"participant": "P1", "occasion": "infusion_1", "on": "2027-01-04"}
    board = {"gate": "g0", "by": "board", "on": "2027-01-05", "decision": "open"}
    log = {
        "as_of": "2027-01-08",
        "participants": [{"id": "P1"}],
        "given": [given | ({"time": time} if time else {})],
        "decisions": [board | {"participant": "P1"}],
    }
    assert engines.asked("g0", log, participant="P1")["state"] == state
    assert not engines.gate_difference("g0", log, participant="P1")


def test_infusions_against_the_order_of_the_schedule_are_refused_alike() -> None:
    given = [
        {"participant": "P1", "occasion": "infusion_2", "on": "2027-01-03"},
        {"participant": "P1", "occasion": "infusion_1", "on": "2027-01-04"},
    ]
    log = {"as_of": "2027-03-08", "participants": [{"id": "P1"}], "given": given}
    for on in ("2027-01-03", "2027-01-04"):
        given[0]["on"] = on
        assert real().asked("second_infusion", log, participant="P1") == {
            "faults": [
                "given[0].on: must be after 2027-01-04, when `infusion_1` was given, which comes "
                "first"
            ]
        }
        assert not real().gate_difference("second_infusion", log, participant="P1")
    given[0]["on"] = "2027-01-05"
    assert real().asked("second_infusion", log, participant="P1")["state"] == "closed"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(40))
def test_many_gates(seed: int) -> None:
    chance = random.Random(1000 + seed)
    compare(real(), chance, 5000, 7)
    for _ in range(20):
        compare(Engines(gated_protocol(chance)), chance, 500, 3)
