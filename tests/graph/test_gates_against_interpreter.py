"""A gate that is said never to open is open in no trial log that keeps to the design."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from trialc.diagnostics import Diagnostic
from trialc.interpreter.gates import Gates

OPENS = """all of {
    dosed: count of participants in previous block given dose_1 = 6
    over: every participant in previous block satisfies elapsed since dose_1 >= 2 weeks
    safe: every participant in previous block satisfies no sae within 2 weeks after dose_1
  }"""
PLACEBO_TWICE = "  give placebo as dose_2 at M1\n"
DATED = (
    "elapsed since dose_1 >= 2 weeks",
    "no sae within 2 weeks after dose_1",
    "elapsed since dose_2 >= 1 day",
    "no sae after dose_2",
    "none of { x: elapsed since dose_1 >= 2 weeks }",
    "none of { x: no sae after dose_2 }",
)


def condition(chance: random.Random, depth: int = 2) -> str:
    scope = chance.choice(("previous block", "block 1"))
    if depth and chance.random() < 0.5:
        group = chance.choice(("all of", "any of", "none of", "at least 2 of"))
        parts = (f"l{i}: {condition(chance, depth - 1)}" for i in range(chance.randint(2, 3)))
        return f"{group} {{ {'  '.join(parts)} }}"
    if chance.random() < 0.4:
        occasion, count = chance.choice(("dose_1", "dose_2")), chance.choice((0, 3, 5, 6, 7))
        return f"count of participants in {scope} given {occasion} = {count}"
    return f"every participant in {scope} satisfies {chance.choice(DATED)}"


def log(chance: random.Random, second_for: int) -> dict[str, Any]:
    """A full block; the second dose goes to the first `second_for` participants at most."""
    names = [f"P{number}" for number in range(1, 7)]
    likely = chance.choice((0.0, 0.5, 1.0))
    first = [name for name in names if chance.random() < likely]
    second = [name for name in first if name in names[:second_for] and chance.random() < 0.9]
    return {
        "as_of": chance.choice(("2027-01-05", "2027-03-08")),
        "participants": [{"id": name, "block": 1} for name in names],
        "given": [
            {"participant": name, "occasion": occasion, "on": day}
            for occasion, day, given in (
                ("dose_1", "2027-01-04", first),
                ("dose_2", "2027-02-04", second),
            )
            for name in given
        ],
        "events": [
            {"participant": name, "event": "sae", "on": "2027-02-10"}
            | {"grade": "severe", "related": "related"}
            for name in names
            if chance.random() < chance.choice((0.0, 0.3))
        ],
        "absences": [
            {"participant": name, "event": "sae", "through": "2027-03-08", "by": "nurse"}
            for name in names
            if chance.random() < 0.95
        ],
    }


@pytest.mark.parametrize("seed", range(25))
def test_never(
    seed: int, study: Callable[..., Any], found: Callable[..., list[Diagnostic]], trial: str
) -> None:
    chance = random.Random(seed)
    changes = [OPENS, condition(chance)]
    if seed % 2:
        changes += [PLACEBO_TWICE, ""]
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        trial = trial.replace(old, new)
    never = any(each.kind.code == "E0508" for each in found(*changes))
    if never:
        gates = Gates(study(trial).protocol)
        for _ in range(60):
            asked = gates.ask("next_block", log(chance, 3 if seed % 2 else 6), block=2)
            assert asked["state"] != "open"


@pytest.mark.parametrize("seed", range(25))
def test_an_event_opens_no_gate_without_a_warning(
    seed: int, study: Callable[..., Any], found: Callable[..., list[Diagnostic]], trial: str
) -> None:
    chance = random.Random(1000 + seed)
    opens = condition(chance)
    warned = any(each.kind.code == "W0538" for each in found(OPENS, opens))
    gates = Gates(study(trial.replace(OPENS, opens)).protocol)
    for _ in range(40):
        before = log(chance, 6)
        harm = {"participant": chance.choice(before["participants"])["id"], "event": "sae"}
        harm |= {"on": "2027-02-04", "grade": "severe", "related": "related"}
        after = {**before, "events": [*before["events"], harm]}
        states = [gates.ask("next_block", each, block=2)["state"] for each in (before, after)]
        assert warned or states[0] == "open" or states[1] != "open"


def test_an_event_opens_a_gate_of_which_is_warned(
    study: Callable[..., Any], found: Callable[..., list[Diagnostic]], trial: str
) -> None:
    opens = "not every participant in previous block satisfies no sae within 2 weeks after dose_1"
    assert "W0538" in {each.kind.code for each in found(OPENS, opens)}
    gates = Gates(study(trial.replace(OPENS, opens)).protocol)
    calm: dict[str, Any] = {
        "as_of": "2027-03-08",
        "participants": [{"id": "P1", "block": 1}],
        "given": [{"participant": "P1", "occasion": "dose_1", "on": "2027-01-04"}],
    }
    harm = {"participant": "P1", "event": "sae", "on": "2027-01-05"}
    harmed = {**calm, "events": [harm | {"grade": "severe", "related": "related"}]}
    assert gates.ask("next_block", calm, block=2)["state"] == "closed"
    assert gates.ask("next_block", harmed, block=2)["state"] == "open"
