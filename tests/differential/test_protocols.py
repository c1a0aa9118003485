"""Random small protocols and random records: the checker says what the interpreter says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import pytest
from pydantic import BaseModel

from trialc.model import expression as e

from .engines import Engines
from .protocols import Protocols
from .records import Records

SEEDS, PROTOCOLS, RECORDS = 8, 6, 40
EVERY_KIND = {
    kind.model_fields["kind"].default
    for kind in vars(e).values()
    if isinstance(kind, type) and issubclass(kind, BaseModel) and "kind" in kind.model_fields
} - {
    "count_given",
    "every",
    "since",
    "no_event",
    "count_events",
    "gap",
    "on_day",
    "decided_by",
    "mtd_declared",
}


def compare(seed: int, protocols: int, records: int) -> Counter[str]:
    """Verdicts that came up; AssertionError where the engines differ."""
    chance = random.Random(seed)
    seen: Counter[str] = Counter()
    for number in range(protocols):
        protocol = Protocols(chance).one()
        engines = Engines(protocol)
        made = Records(protocol, chance)
        for _ in range(records):
            record = made.one()
            difference = engines.difference(record)
            assert not difference, f"seed {seed}, protocol {number}: {difference}\n{record}"
            for visit in engines.stages:
                difference = engines.difference_at(record, visit)
                assert not difference, f"seed {seed}, {number} at {visit}: {difference}\n{record}"
            seen[engines.checked(record).get("verdict", "refused")] += 1
    return seen


def kinds_in(node: Any) -> Iterator[str]:
    """The kinds of all constructs inside a node of the model."""
    if isinstance(node, BaseModel):
        if "kind" in type(node).model_fields:
            yield node.kind  # type: ignore[attr-defined]
        for name in type(node).model_fields:
            yield from kinds_in(getattr(node, name))
    elif isinstance(node, tuple):
        for inner in cast("tuple[Any, ...]", node):
            yield from kinds_in(inner)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_protocols(seed: int) -> None:
    seen = compare(seed, PROTOCOLS, RECORDS)
    assert min(seen["ineligible"], seen["undetermined"], seen["refused"]) > 0


def test_every_construct_comes_up() -> None:
    seen: Counter[str] = Counter()
    for seed in range(SEEDS):
        protocols = Protocols(random.Random(seed))
        for _ in range(PROTOCOLS):
            protocol = protocols.one()
            for item in (*protocol.criteria, *protocol.conditions, *protocol.numbers):
                seen.update(kinds_in(item))
    assert min(seen[kind] for kind in EVERY_KIND) > 5


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_many_random_protocols(seed: int) -> None:
    compare(1000 + seed, 40, 200)
