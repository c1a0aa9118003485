"""What the trial is to answer, and when: estimands, interim analyses, stopping, replacement."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.declared import Declared
from trialc.model.node import Node

Strategy = Only[
    "treatment_policy", "hypothetical", "composite", "while_on_treatment", "principal_stratum"
]


class IntercurrentEvent(Node):
    """An event after the start of treatment, and the strategy by which it is handled."""

    event: str
    strategy: Strategy


class Estimand(Declared):
    """The five attributes of ICH E9(R1); "" or () where one is not stated.

    The variable is that of the endpoint.
    """

    endpoint: str
    population: str = ""
    arms: tuple[str, ...] = ()
    """The treatments that are compared."""
    treatment: str = ""
    """The treatments in words, where no arms are named."""
    intercurrent_events: tuple[IntercurrentEvent, ...] = ()
    summary: str = ""


class Interim(Declared):
    """An analysis before the end: when so many participants or events are there."""

    amount: float
    of: Only["participants", "share", "events"]
    milestone: Only["", "enrolled", "randomised", "completed", "given"] = ""
    at: str = ""
    """The visit that they completed, the occasion that they were given, or the event."""
    purposes: tuple[str, ...] = ()
    boundary: str = ""
    by: str = ""
    """The role that sees the results."""


class Stopping(Declared):
    """A rule in words by which the trial, an arm or a participant stops or pauses."""

    when: str
    action: Only["stop", "pause"]
    scope: Only["trial", "arm", "cohort", "participant"]
    by: str = ""
    gate: str = ""
    """The gate whose `stops when` says the same for programs; "" where none does."""


class Replaced(Node):
    """Who is replaced: for which reason, and before which visit it happened ("": at any time)."""

    reason: str
    before: str = ""


class Replacement(Node):
    """Participants who are replaced; `cases` () says that nobody is."""

    cases: tuple[Replaced, ...]
    most: int | None = None
    """How many at most; None: not stated."""
