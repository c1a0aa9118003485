"""Participants of the real protocol by chance: the checker says what the interpreter says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from trialc.model.example_records import Examples

from .engines import Answer, Engines, care_ssc, differing
from .records import Record, Records

CHUNK = 2500
FAULTY = 0.04
"""Share of records that are spoilt on purpose."""
KEPT = (0.75, 0.75, 0.97, 0.99)
"""Shares of an example's values that stay: with 0.75, hardly anybody is eligible."""
EXPLAINED = 4
"""Of so many participants, one is compared with the whole explanation."""
HINT = "does not apply to this participant"


@cache
def engines() -> Engines:
    return Engines(care_ssc())


def participants(chance: random.Random, count: int, faulty: float = FAULTY) -> Iterator[Record]:
    """Participants around the protocol's examples."""
    examples = Examples(care_ssc())
    references = [examples.of_participant(item) for item in care_ssc().participants]
    records = Records(care_ssc(), chance, references, KEPT, faulty)
    for _ in range(count):
        record = records.one()
        if chance.random() < 0.1:
            _set_body_mass(record, chance)
        elif chance.random() < 0.04:
            _leave_sex_open(record, chance)
        yield record


def _set_body_mass(record: Record, chance: random.Random) -> None:
    """Height and weight whose body mass index is 18, or one step beside it."""
    height = 10 * chance.randint(12, 22)
    record["demo.height"] = height
    record["demo.weight"] = round(18 * height * height / 10_000 + chance.choice((-0.1, 0, 0.1)), 2)


def _leave_sex_open(record: Record, chance: random.Random) -> None:
    """What decides about contraception, but for the sex: mostly it does not matter then."""
    record["demo.sex"] = None
    record["contraception.childbearing"] = chance.random() < 0.7
    record["contraception.partner"] = chance.random() < 0.7
    adequate = {"value": chance.random() < 0.3, "by": "investigator", "at": record["as_of"]}
    record["contraception.adequate"] = adequate


def cases(
    seed: int, count: int, explained: int = EXPLAINED, faulty: float = FAULTY
) -> Iterator[tuple[Record, bool, Answer]]:
    """Participants, whether they are explained, and what the interpreter says of them.

    Contradictions are mostly taken out, or hardly any man would be left.
    """
    chance = random.Random(seed)
    for index, record in enumerate(participants(chance, count, faulty)):
        whole = index % explained == 0
        expected = engines().expected(record, whole)
        contradictions = [text.split(":")[0] for text in expected.get("faults", ()) if HINT in text]
        if contradictions and chance.random() < 0.9:
            record = {key: value for key, value in record.items() if key not in contradictions}
            expected = engines().expected(record, whole)
        yield record, whole, expected


def compare(seed: int, count: int, explained: int = EXPLAINED) -> Counter[str]:
    """How often each verdict came up; AssertionError where the engines differ."""
    verdicts: Counter[str] = Counter()
    for index, (record, whole, expected) in enumerate(cases(seed, count, explained)):
        difference = differing(expected, engines().found(record, whole))
        assert not difference, f"seed {seed}, participant {index}: {difference}\n{record}"
        verdicts[expected.get("verdict", "refused")] += 1
    return verdicts


@pytest.mark.parametrize("chunk", range(8))
def test_twenty_thousand_participants(chunk: int) -> None:
    verdicts = compare(chunk, CHUNK)
    # The comparison means something: all kinds of participants are among them.
    seen = {name: count / verdicts.total() for name, count in verdicts.items()}
    assert min(seen[name] for name in ("eligible", "ineligible", "undetermined", "refused")) > 0.01


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(80))
def test_two_hundred_thousand_participants_explained(chunk: int) -> None:
    compare(1000 + chunk, CHUNK, explained=1)
