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


class Visit(Declared):
    """`timing`: `anchor` (day 0), `offset` from `base`, `before` it, or `unscheduled`."""

    timing: Only["anchor", "offset", "before", "unscheduled"]
    base: str = ""
    offset: Duration | None = None
    """Signed amount: negative is before the base."""
    window: Window | None = None
    """None: the source states none."""


class Activity(Declared):
    """What is done at visits."""

    visits: tuple[str, ...]
    collects: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    """Occasions."""
    reviews: tuple[str, ...] = ()
    """Events."""
    does: tuple[Only["consent", "eligibility", "randomisation"], ...] = ()
    when: Condition | None = None
