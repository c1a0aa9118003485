"""The checker in JavaScript says what the one in Python says: results, reasons, refusals."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trialc.model.example_records import Examples

from .engines import EXAMPLES, Engines, protocol_of
from .javascript import Question, differences, module_text, needs_node, readable
from .protocols import Protocols
from .records import Records
from .test_care_ssc import engines as real
from .test_care_ssc import participants
from .test_fuzz_records import UNHURRIED, records, small

pytestmark = needs_node

SEEDS, PROTOCOLS, RECORDS = 8, 6, 40
PARTICIPANTS = 1500
BATCH = 60


@pytest.mark.parametrize("chunk", range(2))
def test_participants_of_care_ssc(chunk: int) -> None:
    made = readable(participants(random.Random(700 + chunk), PARTICIPANTS))
    assert not differences(real(), [(record, None) for record in made])
    seen = Counter(real().screened(record).get("verdict", "refused") for record in made[:300])
    assert min(seen[name] for name in ("eligible", "ineligible", "undetermined", "refused")) > 0


@pytest.mark.parametrize("path", EXAMPLES)
def test_example_trials(path: str) -> None:
    protocol = protocol_of(path)
    examples = Examples(protocol)
    bases = [examples.of_participant(item) for item in protocol.participants]
    engines = Engines(protocol)
    made = Records(protocol, random.Random(3), bases, kept=(0.75, 0.97, 0.99))
    found = readable(made.one() for _ in range(150))
    visits = [*engines.stages, "nowhere", ""]
    questions = [(record, at) for record in found for at in (None, *visits)]
    assert not differences(engines, questions)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_protocols(seed: int) -> None:
    compare(seed, PROTOCOLS, RECORDS)


def compare(seed: int, protocols: int, count: int) -> None:
    """Random protocols and records of one seed; AssertionError where the engines differ."""
    chance = random.Random(seed)
    for number in range(protocols):
        protocol = Protocols(chance).one()
        made = Records(protocol, chance)
        engines = Engines(protocol)
        found = readable(made.one() for _ in range(count))
        questions = [(record, at) for record in found for at in (None, *engines.stages)]
        assert not differences(engines, questions), f"seed {seed}, protocol {number}"


@settings(
    max_examples=12, derandomize=True, database=None, deadline=None,
    suppress_health_check=UNHURRIED,
)  # fmt: skip
@given(st.data())
def test_any_json(data: st.DataObject) -> None:
    for engines in (real(), small()):
        made = data.draw(st.lists(records(engines), min_size=BATCH, max_size=BATCH))
        assert not differences(engines, [(record, None) for record in readable(made)])


DAMAGES = {
    "a window of validity": ("is_fresh = on >= add", "is_fresh = on > add"),
    "Kleene's logic": ("if (truth === null) result = null;", ""),
    "a refusal": ("is outside", "lies outside"),
    "completions": ("(found === null || (answer !== null", "(false || (answer !== null"),
    "a conversion": ("below * scale", "below"),
    "needs": ("if (TWO_CONDITIONS.includes(operator)) {", "if (false) {"),
    "a limit of the fast path": ("demo_age >= 18", "demo_age > 18"),
}


@cache
def shown() -> list[Question]:
    return [(record, None) for record in readable(participants(random.Random(5), 700))]


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_noticed(name: str) -> None:
    """The comparison means something: what is broken on purpose is found."""
    before, after = DAMAGES[name]
    assert before in module_text(real().protocol)
    assert differences(real(), shown(), lambda text: text.replace(before, after))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
def test_many_random_protocols(seed: int) -> None:
    compare(5000 + seed, 40, 200)


@pytest.mark.long
@settings(
    max_examples=300, database=None, deadline=None,
    suppress_health_check=[*UNHURRIED, HealthCheck.filter_too_much],
)  # fmt: skip
@given(st.data())
def test_much_json(data: st.DataObject) -> None:
    made = data.draw(st.lists(records(small()), min_size=BATCH, max_size=BATCH))
    assert not differences(small(), [(record, None) for record in readable(made)])
