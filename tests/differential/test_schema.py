"""`patient.schema.json` accepts the records that the checker reads, and no others.

But for what a schema cannot say (docs/semantics.md section 1): dates against one another and the
calendar, and elements that do not exist for a participant. Records here have dates of the past, and
are read without asking what exists.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from trialc.emitters.patient_schema import record_schema
from trialc.lowering.program import program_of
from trialc.model.protocol import Protocol
from trialc_runtime.inputs import Input
from trialc_runtime.program import Program
from trialc_runtime.records import RecordRefused, read

from .engines import care_ssc
from .protocols import Protocols

DAYS = ("2027-01-04", "2027-01-01", "2026-06-30", "1999-12-31")
MONSTERS: tuple[Any, ...] = (
    None, True, False, 0, -1, 2.5, 1e300, "", "furlong", "garbage", "2027-1-4", "2027-13-01",
    "2027-01-04\n", [], {}, ["investigator"], {"value": None}, {"unknown": "stale"},
    {"unknown": None},
)  # fmt: skip


CARE_SSC = -1
"""Instead of the seed of a random protocol."""


@cache
def protocol(seed: int) -> Protocol:
    return care_ssc() if seed == CARE_SSC else Protocols(random.Random(seed)).one()


@cache
def program(seed: int = CARE_SSC) -> Program:
    return program_of(protocol(seed))


@cache
def validator(seed: int = CARE_SSC) -> Any:
    return Draft202012Validator(record_schema(protocol(seed), program(seed)))


def is_read(record: Any, seed: int = CARE_SSC) -> bool:
    try:
        for item in program(seed).inputs:
            item.order = ()  # what stands in one field says nothing of another to a schema
        read(program(seed).inputs, record, roles=program(seed).roles)
    except RecordRefused:
        return False
    return True


def numbers(item: Input) -> st.SearchStrategy[Any]:
    """Numbers at and beside both ends of the range, as each unit has them."""
    ends = [end for end in (item.low, item.high) if end is not None] or [0.0]
    found: list[Any] = []
    for num, den, off, below in set(item.units.values()) or {(1, 1, 0, 1)}:
        for end in ends:
            exact = float((Fraction(repr(end)) - Fraction(off, below)) * den / num)
            found += [exact, math.nextafter(exact, -math.inf), math.nextafter(exact, math.inf)]
    whole = [int(end) + step for end in ends for step in (-1, 0, 1)]
    return st.sampled_from([*found, *whole])


def values(item: Input) -> st.SearchStrategy[Any]:
    match item.kind:
        case "quantity" | "score":
            return numbers(item)
        case "boolean" | "judgement":
            return st.booleans()
        case "choice" | "cause":
            return st.sampled_from([*item.options, "other", "nothing"])
        case _:
            return st.sampled_from(DAYS)


def fields(item: Input, roles: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """A field as a site would report it, or with parts that are wrong, left out or too many."""
    monster = st.sampled_from(MONSTERS)
    role = st.sampled_from([*roles, "nobody", ""])
    units = st.sampled_from([None, "furlong", *item.units])
    parts: dict[str, st.SearchStrategy[Any]] = {
        "value": st.one_of(values(item), values(item), st.none(), monster),
        "unknown": st.one_of(st.sampled_from(("missing", "not_done", "pending")), monster),
        "on": st.one_of(st.sampled_from(DAYS), st.none(), monster),
        "at": st.one_of(st.sampled_from(DAYS), st.sampled_from(DAYS), monster),
        "by": st.one_of(role, st.lists(role, max_size=3), monster),
        "why": st.one_of(st.just("because"), st.none(), monster),
        "unit": st.one_of(units, units, monster),
        "else": monster,
    }
    usual = {
        "quantity": ("value", "unit", "on"),
        "judgement": ("value", "by", "at"),
        "cause": ("value", "by", "at"),
    }.get(item.kind, ("value", "on"))
    whole = st.fixed_dictionaries({name: parts[name] for name in usual})
    loose = st.fixed_dictionaries({}, optional=parts)
    one = st.fixed_dictionaries(
        {"value": parts["value"]}, optional={name: parts[name] for name in usual[1:]}
    )
    unknown = st.fixed_dictionaries({"unknown": parts["unknown"]}, optional={"on": parts["on"]})
    return st.one_of(values(item), whole, one, unknown, loose, monster)


@st.composite
def records(draw: st.DrawFn, seed: int = CARE_SSC) -> dict[str, Any]:
    """Records of one or two fields: in a longer one a single fault would hide the others."""
    record: dict[str, Any] = {"as_of": "2027-01-04"}
    measured = draw(st.sampled_from(("absent", "2027-01-04", "2027-01-01", None)))
    if measured != "absent":
        record["measured"] = measured
    for item in draw(st.lists(st.sampled_from(program(seed).inputs), min_size=1, max_size=2)):
        record[item.path] = draw(fields(item, program(seed).roles))
    return record


@settings(max_examples=4_000, deadline=None)
@given(records())
def test_the_schema_accepts_what_is_read(record: dict[str, Any]) -> None:
    assert validator().is_valid(record) == is_read(record), record


@pytest.mark.parametrize("seed", range(6))
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_schema_of_a_random_protocol_accepts_what_is_read(seed: int, data: Any) -> None:
    record = data.draw(records(seed))
    assert validator(seed).is_valid(record) == is_read(record, seed), record


@pytest.mark.long
@settings(max_examples=100_000, deadline=None)
@given(records())
def test_the_schema_accepts_what_is_read_always(record: dict[str, Any]) -> None:
    assert validator().is_valid(record) == is_read(record), record


@pytest.mark.parametrize(
    ("field", "accepted"),
    [
        ({"value": 12, "on": None}, True),
        ({"value": 12, "unit": None}, True),
        ({"value": 120, "unit": "g/L"}, True),
        ({"value": 251, "unit": "g/L"}, False),
        ({"value": 251}, False),
        ({"value": None}, True),
        ({"value": None, "unit": "furlong"}, False),
        ({"value": None, "on": "garbage"}, False),
        ({"unknown": "not_done", "on": "2027-01-01"}, True),
        ({"unknown": "not_done", "on": "garbage"}, False),
        ({"unknown": "not_done", "value": None}, False),
        (12, True),
    ],
)
def test_both_read_a_field_alike(field: Any, accepted: bool) -> None:
    record = {"as_of": "2027-01-04", "measured": "2027-01-04", "lab.hemoglobin": field}
    assert (validator().is_valid(record), is_read(record)) == (accepted, accepted)


def test_a_value_that_grows_stale_needs_a_date_in_both() -> None:
    for more, accepted in [
        ({}, False),
        ({"measured": None}, False),
        ({"measured": "2027-01-04"}, True),
    ]:
        record = {"as_of": "2027-01-04", "lab.hemoglobin": 12, **more}
        assert (validator().is_valid(record), is_read(record)) == (accepted, accepted)
