"""Participants of the example trials by chance: the checker says what the interpreter says."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from trialc.model.example_records import Examples

from .engines import EXAMPLES, Engines, differing, protocol_of
from .records import Records

KEPT = (0.75, 0.97, 0.99, 1)
"""Shares of an example's values that stay."""
FAULTY = 0.02


def compare(path: str, seed: int, count: int) -> Counter[str]:
    """How often each verdict came up; AssertionError where the engines differ."""
    protocol = protocol_of(path)
    engines, examples = Engines(protocol), Examples(protocol)
    references = [examples.of_participant(item) for item in protocol.participants]
    records = Records(protocol, random.Random(seed), references, KEPT, FAULTY)
    verdicts: Counter[str] = Counter()
    for index in range(count):
        record = records.one()
        expected = engines.expected(record, True)
        difference = differing(expected, engines.found(record, True))
        assert not difference, f"{path}, seed {seed}, participant {index}: {difference}\n{record}"
        verdicts[expected.get("verdict", "refused")] += 1
    return verdicts


@pytest.mark.parametrize("path", EXAMPLES)
def test_participants_of_an_example(path: str) -> None:
    verdicts = compare(path, 1, 400)
    assert all(verdicts[kind] for kind in ("ineligible", "undetermined"))


@pytest.mark.long
@pytest.mark.parametrize("path", EXAMPLES)
@pytest.mark.parametrize("seed", range(10))
def test_many_participants_of_an_example(path: str, seed: int) -> None:
    compare(path, 100 + seed, 2500)
