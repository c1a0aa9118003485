"""Participants made by chance: values on, just below and just above everything that cuts them."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from trialc.model.contract import contract
from trialc.model.protocol import Protocol
from trialc.model.units import unit
from trialc_runtime.calendar import FIRST_YEAR, LAST_YEAR, add, civil, iso, parse_date
from trialc_runtime.inputs import Input

from .thresholds import Thresholds, inputs_of_criteria

Record = dict[str, Any]

REASONS = ("missing", "not_done", "not_applicable", "pending", "conflicting")
DAYS = ("2027-01-04", "2028-02-29", "2027-03-31", "2026-12-31", "2027-02-28")
FOCUSED = 0.4
"""How often the changes gather in what one criterion reads."""


class Records:
    """Makes records of one protocol.

    `kept`: shares of an example participant's inputs that stay as they are, one of them for each
    record. `faulty`: the share of records that are spoilt.
    """

    def __init__(
        self,
        protocol: Protocol,
        chance: random.Random,
        examples: Sequence[Record] = (),
        kept: Sequence[float] = (0.75,),
        faulty: float = 0.04,
    ) -> None:
        self.chance = chance
        self.inputs = contract(protocol)
        self.roles = [role.id for role in protocol.roles] or ["investigator"]
        self.thresholds = Thresholds(protocol)
        self.criteria = inputs_of_criteria(protocol)
        self.resolution = {item.id: item.resolution for item in protocol.data}
        self.examples = examples
        self.kept = kept
        self.faulty = faulty
        self._numbers: dict[str, list[tuple[float, str]]] = {}

    def one(self) -> Record:
        """One participant: an example changed here and there, or all by chance."""
        example = self.chance.choice(self.examples) if self.examples else {}
        kept = self.chance.choice(self.kept)
        # What one criterion reads changes together, or the rare ways through it are never taken.
        focus = self.chance.choice(self.criteria) if self.chance.random() < FOCUSED else set[str]()
        record: Record = {"as_of": self._as_of(example, kept)}
        if self.chance.random() < 0.97:
            record["measured"] = self._measured(record["as_of"])
        known = self.chance.choice((0.3, 0.8, 1.0))
        for wanted in self.inputs:
            if example and self.chance.random() < (0.4 if wanted.path in focus else kept):
                if wanted.path in example:
                    record[wanted.path] = example[wanted.path]
            elif self.chance.random() < known:
                record[wanted.path] = self.field(wanted, record["as_of"])
        if self.chance.random() < self.faulty:
            self._spoil(record)
        return record

    def _as_of(self, example: Record, kept: float) -> str:
        if example and self.chance.random() < kept:
            return example["as_of"]
        return self.chance.choice(DAYS)

    def _measured(self, as_of: str) -> str:
        return _shifted(as_of, -self.chance.choice((0, 0, 0, 1, 28, 29)))

    # ---- fields

    def field(self, wanted: Input, as_of: str) -> Any:
        """What a record may say of an input, without fault."""
        if self.chance.random() < 0.12:
            reason = self.chance.choice(REASONS)
            return (
                {"unknown": reason}
                if reason != "missing"
                else self.chance.choice((None, {"unknown": reason}))
            )
        if wanted.kind in ("judgement", "cause"):
            return self._attested(wanted, as_of)
        if wanted.kind in ("quantity", "score"):
            value, spelling = self.number(wanted)
        else:
            value, spelling = self._code(wanted, as_of), ""
        field: Record = {"value": value}
        if spelling:
            field["unit"] = spelling
        if (wanted.window or wanted.dated or self.chance.random() < 0.1) and (
            self.chance.random() < 0.6
        ):
            field["on"] = self._on(wanted, as_of)
        return value if len(field) == 1 and self.chance.random() < 0.9 else field

    def _code(self, wanted: Input, as_of: str) -> Any:
        if wanted.kind == "boolean":
            return self.chance.random() < 0.5
        if wanted.kind == "choice":
            return self.chance.choice(wanted.options)
        return self._date(wanted.path, as_of)

    def _attested(self, wanted: Input, as_of: str) -> Record:
        by = list(wanted.roles) or [self.chance.choice(self.roles)]
        roll = self.chance.random()
        if roll < 0.1:
            by = by[:-1] or [self.chance.choice(self.roles)]
        elif roll < 0.2:
            by = [*by, self.chance.choice(self.roles)]
        value = self.chance.choice(wanted.options or (True, False))
        at = _shifted(as_of, -self.chance.choice((0, 0, 1, 400)))
        field: Record = {"value": value, "by": by if len(by) > 1 else by[0], "at": at}
        if self.chance.random() < 0.1:
            field["why"] = "seen"
        return field

    def _on(self, wanted: Input, as_of: str) -> str:
        """A day around the end of the validity window, mostly the valid side of it."""
        if wanted.window is None:
            return _shifted(as_of, -self.chance.choice((0, 1, 1000)))
        amount, length = wanted.window
        day = parse_date(as_of)
        assert day is not None
        return iso(add(day, -amount, length) + self.chance.choice((-1, 0, 0, 1, 1, 2)))

    # ---- values

    def number(self, wanted: Input) -> tuple[float, str]:
        """A number within the range, and the unit it is reported in ("" for the element's own)."""
        if wanted.path not in self._numbers:
            cuts = {Fraction(cut) for cut in self.thresholds.of_inputs.get(wanted.path, ())}
            cuts |= {Fraction(repr(end)) for end in (wanted.low, wanted.high) if end is not None}
            pool = list(numbers_around(wanted, cuts or {Fraction(1)}, self.resolution[wanted.path]))
            self._numbers[wanted.path] = pool
        pool = self._numbers[wanted.path]
        return self.chance.choice(pool)

    def _date(self, path: str, as_of: str) -> str:
        """A day around those that the date is compared with, or an end of the calendar's years."""
        today = parse_date(as_of)
        assert today is not None
        days = [today, *map(parse_date, self.thresholds.of_dates.get(path, ()))]
        for length, constant in self.thresholds.of_distances.get(path, ()):
            limits = {math.floor(constant), math.ceil(constant)}
            days += [add(today, -limit, length) for limit in limits]
        day = self.chance.choice([day for day in days if day is not None])
        return _shifted(iso(day), self.chance.choice((0, 0, -1, 1, -180, 30)))

    # ---- faults

    def _spoil(self, record: Record) -> None:
        wanted = self.chance.choice(self.inputs)
        day = record["as_of"]
        attested = {"value": (*wanted.options, True)[0], "by": self.roles[0], "at": day}
        faults: list[Any] = [
            [], {}, {"unknown": "stale"}, {"unknown": 1}, {"value": 1, "unknown": "missing"},
            {"value": 1, "on": "2999-01-01"}, {"value": 1, "on": "2027-02-30"},
            {"value": 1, "x": 1},
        ]  # fmt: skip
        if wanted.kind in ("judgement", "cause"):
            faults += [
                True,
                attested["value"],
                {**attested, "by": "nobody"},
                {**attested, "by": []},
            ]
            faults += [{**attested, "at": "2190-01-01"}, {**attested, "at": "x"}]
            faults += [{**attested, "value": 1}, {**attested, "why": 1}]
        else:
            faults += [
                "much",
                -1e9,
                math.inf,
                10**400,
                {"value": True},
                {"value": 1.5},
                1,
                "2027-1-4",
            ]
            faults += [{"value": 1, "unit": "furlong"}, {"value": 1, "unit": 1}]
        record[wanted.path] = self.chance.choice(faults)
        roll = self.chance.random()
        if roll < 0.1:
            record[wanted.path + "x"] = 1
        elif roll < 0.2:
            record["measured"] = self.chance.choice(("2199-01-01", "soon", 1))
        elif roll < 0.25:
            record["as_of"] = self.chance.choice(("2027-13-01", None, 20270104))


def _shifted(day: str, days: int) -> str:
    number = parse_date(day)
    assert number is not None
    moved = number + days
    return iso(moved) if FIRST_YEAR <= civil(moved)[0] <= LAST_YEAR else day


# ---- numbers around cuts


def numbers_around(
    wanted: Input, cuts: set[Fraction], resolution: str
) -> Iterator[tuple[float, str]]:
    """Every cut, one step and one binary step below and above it, in every accepted unit."""
    spellings: Mapping[str, tuple[int, int, int, int]] = {"": (1, 1, 0, 1), **wanted.units}
    for spelling, ratio in spellings.items():
        step = _step(spelling, resolution, wanted)
        for cut in cuts:
            at = (cut - Fraction(ratio[2], ratio[3])) * ratio[1] / ratio[0]
            for number in _neighbours(at, step, whole=wanted.kind == "score"):
                if _is_within(number, ratio, wanted):
                    yield number, spelling


def _neighbours(at: Fraction, step: Fraction, *, whole: bool) -> Iterator[float]:
    if whole:
        yield from (int(at) - 1, int(at), int(at) + 1)
        return
    nearest = float(at)
    yield int(nearest) if nearest.is_integer() else nearest
    yield from (float(at - step), float(at + step))
    yield from (math.nextafter(nearest, -math.inf), math.nextafter(nearest, math.inf))
    yield from (nearest * (1 - 1e-12), nearest * (1 + 1e-12))


def _is_within(number: float, ratio: tuple[int, int, int, int], wanted: Input) -> bool:
    value = Fraction(repr(number)) * Fraction(ratio[0], ratio[1]) + Fraction(ratio[2], ratio[3])
    low, high = wanted.low, wanted.high
    # The range is that of the rounded number.
    return (low is None or float(value) >= low) and (high is None or float(value) <= high)


@cache
def _step_of_unit(spelling: str) -> str:
    known = unit(spelling)
    return known.step if known else "0.01"


def _step(spelling: str, resolution: str, wanted: Input) -> Fraction:
    """What one more digit is worth where the number is reported."""
    if not spelling:
        return Fraction(resolution or _step_of_unit(wanted.unit) or "0.01")
    return Fraction(_step_of_unit(spelling) or "0.01")
