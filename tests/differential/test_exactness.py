"""A verdict is that of all completions; where there is none, two completions disagree."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest

from trialc.model.protocol import Protocol

from .completions import Completions, Values
from .engines import Engines
from .protocols import DATES, Protocols
from .records import Records

DAY = 739_985  # 2027-01-04
MOST = 400

Truths = tuple[bool | None, ...]


def participants(protocol: Protocol, chance: random.Random, count: int) -> Iterable[Values]:
    """Participants of whom little is unknown, as canonical values."""
    completions = Completions(protocol)
    names = list(completions.possible)
    while count:
        unknown = chance.sample(names, chance.randint(1, 4))
        if completions.count(unknown) > MOST:
            continue
        count -= 1
        values: Values = {"as_of": DAY}
        for name in names:
            if name not in unknown:
                values[name] = chance.choice(completions.possible[name])
            elif chance.random() < 0.2:
                values[f"not_done:{name}"] = True
        yield values


def common(answers: Iterable[Any]) -> Any:
    """What all answers are; None if they differ."""
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def check(seed: int, protocols: int, count: int) -> int:
    """How many outcomes case splitting decided; AssertionError where one is not exact."""
    chance = random.Random(seed)
    decided = 0
    for _ in range(protocols):
        protocol = Protocols(chance, simple=True).one()
        checker = Engines(protocol).checker
        completions = Completions(protocol)
        for values in participants(protocol, chance, count):
            cases = list(completions.of(values))
            outcomes: list[Truths] = [checker.outcomes(case) for case in cases]
            expected = tuple(common(each) for each in zip(*outcomes, strict=True))
            assert checker.outcomes(values) == expected, (seed, values)
            verdict = common(map(checker.verdict, cases)) or "undetermined"
            assert checker.verdict(values) == verdict, (seed, values)
            decided += splits(checker, values, expected)
    return decided


def splits(checker: Any, values: Values, outcomes: Truths) -> int:
    """How many outcomes are known that Kleene's logic alone leaves open."""
    plain = checker.Evaluation(checker.PROGRAM, values)
    kleene = [plain.truth(item.condition) for item in checker.PROGRAM.criteria]
    return sum(a is None and b is not None for a, b in zip(kleene, outcomes, strict=True))


def check_sound(seed: int, protocols: int, count: int) -> int:
    """How many known outcomes were looked at again when more was known.

    Of protocols with everything in them: derived numbers, calendar distances, dates.
    """
    chance = random.Random(seed)
    looked_at = 0
    made = Protocols(chance)
    for protocol in (made.entangled(), *(made.one() for _ in range(protocols))):
        checker, records = Engines(protocol).checker, Records(protocol, chance, faulty=0)
        possible = Completions(protocol).possible | dict.fromkeys(
            DATES, range(DAY - 1500, DAY + 400, 77)
        )
        for _ in range(count):
            try:
                values = checker.load(records.one())
            except checker.RecordRefused:
                continue
            more = dict(values)
            for name, some in possible.items():
                if f"not_done:{name}" not in values and chance.random() < 0.7:
                    more.setdefault(name, chance.choice(some))
            before, after = checker.outcomes(values), checker.outcomes(more)
            assert all(a is None or a is b for a, b in zip(before, after, strict=True)), values
            verdicts = checker.verdict(values), checker.verdict(more)
            assert verdicts[0] in ("undetermined", verdicts[1]), (verdicts, values, more)
            looked_at += sum(outcome is not None for outcome in before)
    return looked_at


@pytest.mark.parametrize("seed", range(4))
def test_what_is_known_stays_when_more_is_known(seed: int) -> None:
    assert check_sound(seed, 8, 60) > 100


@pytest.mark.parametrize("seed", range(4))
def test_every_verdict_is_that_of_all_completions(seed: int) -> None:
    assert check(seed, 20, 15) > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_many_verdicts_are_those_of_all_completions(seed: int) -> None:
    check(1000 + seed, 20, 40)
    check_sound(1000 + seed, 20, 200)
