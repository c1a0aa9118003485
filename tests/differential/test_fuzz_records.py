"""Whatever JSON is handed in as a record: an answer or its faults, and both engines alike."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trialc.model.example_records import Examples

from .engines import Engines
from .protocols import Protocols
from .records import Record, Records
from .test_care_ssc import engines as real

LONG = 50_000
"""Records for each protocol in a long run."""

UNHURRIED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
quickly = settings(
    max_examples=150, derandomize=True, database=None, deadline=None,
    suppress_health_check=UNHURRIED,
)  # fmt: skip
at_length = settings(
    max_examples=LONG, database=None, deadline=None, suppress_health_check=UNHURRIED
)

texts = st.text(st.characters(exclude_categories=()), max_size=12)
scalars = (
    st.none() | st.booleans() | st.integers() | st.sampled_from((10**400, -(2**63), 0, 1))
    | st.floats() | texts
)  # fmt: skip
json_values = st.recursive(
    scalars,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(texts, inside, max_size=3),
    max_leaves=6,
)
dates = st.sampled_from(
    ("2027-01-04", "2026-12-07", "2028-02-29", "2027-02-29", "1899-12-31", "2200-12-31", "2027-1-4")
)


@cache
def small() -> Engines:
    return Engines(Protocols(random.Random(5)).one())


@cache
def records(of: Engines) -> st.SearchStrategy[Any]:
    """Records that are nearly right, and anything else that is JSON."""
    codes = sorted({code for item in of.screening.inputs for code in item.options})
    units = sorted({unit for item in of.screening.inputs for unit in item.units})
    roles = st.sampled_from(of.screening.roles)
    value = scalars | dates | st.sampled_from(codes) | st.floats(-10, 300) | st.integers(-1, 160)
    parts: dict[str, st.SearchStrategy[Any]] = {
        "value": value,
        "unit": st.sampled_from(units) | scalars,
        "on": dates | scalars,
        "by": roles | st.lists(roles | scalars, max_size=3) | scalars,
        "at": dates | scalars,
        "why": texts | scalars,
        "unknown": st.sampled_from(("missing", "stale", "not_done", "pending", "")) | scalars,
        "other": scalars,
    }
    shaped = st.fixed_dictionaries({}, optional=parts)
    attested = st.fixed_dictionaries({key: parts[key] for key in ("value", "by", "at")})
    fields = value | shaped | attested | json_values
    names = st.sampled_from([item.path for item in of.screening.inputs]) | texts
    changes: st.SearchStrategy[Record] = st.dictionaries(names, fields, max_size=2)
    dated = {"as_of": dates | json_values, "measured": dates | json_values}
    days: st.SearchStrategy[Record] = st.fixed_dictionaries({}, optional=dated)
    right = st.integers(0, 2**32).map(lambda seed: _right(of, seed))
    nearly_right = st.builds(_joined, right, changes, days | st.just(dict[str, Any]()))
    return right | nearly_right | nearly_right | json_values | st.builds(_joined, changes, days)


def _joined(*parts: Record) -> Record:
    return {name: value for part in parts for name, value in part.items()}


def _right(of: Engines, seed: int) -> Record:
    """A record without faults, but for contradictions."""
    made = _made(of)
    made.chance.seed(seed)
    return made.one()


@cache
def _made(of: Engines) -> Records:
    examples = Examples(of.protocol)
    bases = [examples.of_participant(item) for item in of.protocol.participants]
    return Records(of.protocol, random.Random(), bases, kept=(0.9, 0.97), faulty=0)


def agree(of: Engines, record: Any) -> None:
    assert not of.difference(record)


@quickly
@given(st.data())
def test_any_json_for_the_real_protocol(data: st.DataObject) -> None:
    agree(real(), data.draw(records(real())))


@quickly
@given(st.data())
def test_any_json_for_a_small_protocol(data: st.DataObject) -> None:
    agree(small(), data.draw(records(small())))


@pytest.mark.long
@at_length
@given(st.data())
def test_much_json_for_the_real_protocol(data: st.DataObject) -> None:
    agree(real(), data.draw(records(real())))


@pytest.mark.long
@at_length
@given(st.data())
def test_much_json_for_a_small_protocol(data: st.DataObject) -> None:
    agree(small(), data.draw(records(small())))
