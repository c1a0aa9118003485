"""Visits, and what is done at them."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.declared import Declared, Duration
from trialc.model.expression import Condition
from trialc.model.node import Node


class Window(Node):
    """Days, or hours, around a target date: `early` and `late` as stated, signed."""

    early: int
    late: int
    unit: Only["hour", "day", "week", "month"]


class Epoch(Declared):
    """A part of the trial's course: screening, treatment, follow-up (USDM StudyEpoch)."""


class Visit(Declared):
    """`timing`: `anchor` (day 0), `offset` from `base`, `span` (on a day from `offset` to `last`,
    both counted from `base`), `before` it, or `unscheduled`.
    """

    timing: Only["anchor", "offset", "span", "before", "unscheduled"]
    base: str = ""
    offset: Duration | None = None
    """Signed amount: negative is before the base."""
    last: Duration | None = None
    """Of a span: its last day, signed."""
    window: Window | None = None
    """None: the source states none."""
    every: Duration | None = None
    """It is repeated so often from then on, `until` something ends it."""
    until: str = ""
    epoch: str = ""
    mode: Only["clinic", "telephone", "home", "remote", "inpatient", ""] = ""
    note: str = ""


class Timepoint(Node):
    """A time relative to what is given at the visit; negative is before it. `text`: as written."""

    minutes: float
    text: str


class Calculated(Node):
    """A derived number that an activity collects. `inputs`: what it collects for that, because no
    other activity collects it at its visits.
    """

    number: str
    inputs: tuple[str, ...] = ()


class Activity(Declared):
    """What is done at visits."""

    visits: tuple[str, ...]
    collects: tuple[str, ...] = ()
    calculates: tuple[Calculated, ...] = ()
    gives: tuple[str, ...] = ()
    """Occasions."""
    reviews: tuple[str, ...] = ()
    """Events."""
    does: tuple[Only["consent", "eligibility", "randomisation"], ...] = ()
    when: Condition | None = None
    timepoints: tuple[Timepoint, ...] = ()
    tolerance: str = ""
    """How far from a timepoint is on time: "10 %", "5 min"."""
    note: str = ""
