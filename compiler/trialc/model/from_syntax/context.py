"""What resolving one protocol shares: names, element types, definitions, findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from trialc.diagnostics import Diagnostic
from trialc.model.expression import Condition
from trialc.model.from_syntax.names import Module, Names
from trialc.model.protocol import Data


@dataclass
class Context:
    """Filled while a protocol is resolved, and forgotten afterwards.

    `applicable` holds for every element and named condition the condition under which it exists;
    None where it always does (semantics section 4).
    """

    names: Names
    found: list[Diagnostic]
    data: dict[str, Data] = field(default_factory=dict)
    number_units: dict[str, str] = field(default_factory=dict)
    applicable: dict[str, Condition | None] = field(default_factory=dict)
    cause_branches: dict[str, Cause] = field(default_factory=dict)
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """While an event's `counts when` is resolved: its attributes and their codes."""
    unresolved: set[str] = field(default_factory=set[str])
    """Criteria, events and gates with an error that was reported where they are declared."""
    pending: dict[str, Callable[[], None]] = field(default_factory=dict)
    """Definitions that are not resolved yet."""

    def settle(self, name: str) -> None:
        """Resolve a definition before it is used. One that uses itself is found by the graph's check for circles."""
        job = self.pending.pop(name, None)
        if job is not None:
            job()


@dataclass(frozen=True)
class Cause:
    """A finding whose cause is asked, by the path of its branch."""

    path: str
