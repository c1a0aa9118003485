"""What a record says of an input: a value as it was reported, or the reason why there is none."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS = ("missing", "stale", "not_done", "not_applicable", "pending", "conflicting")
"""Why a value is unknown. `stale` is only ever concluded by the reading itself."""


class Unknown:
    """No value, and why: one of REASONS. `on` is the ISO date of a value that is stale.

    The reason alone is what rules see: two of the same reason are equal.
    """

    __slots__ = ("on", "reason")

    def __init__(self, reason: str, on: str = "") -> None:
        self.reason = reason
        self.on = on

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and self.reason == other.reason

    def __hash__(self) -> int:
        return hash((Unknown, self.reason))

    def __repr__(self) -> str:
        return f"Unknown({self.reason!r})"


class Reported:
    """A value that somebody reported.

    `value` is what rules are decided on: a number in the element's unit, True or False, a code, or
    an ISO date. `reported` and `unit` are as reported; where the record names no unit, `unit` is
    the element's. `on` is the ISO date of the measurement or attestation, "" where none is known.
    `by` are the roles that attested it.
    """

    __slots__ = ("by", "on", "reported", "unit", "value")

    def __init__(
        self,
        value: float | bool | str,
        reported: float | bool | str,
        unit: str = "",
        on: str = "",
        by: tuple[str, ...] = (),
    ) -> None:
        self.value = value
        self.reported = reported
        self.unit = unit
        self.on = on
        self.by = by

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reported) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Reported{self._key()!r}"

    def _key(self) -> tuple[object, ...]:
        return (self.value, self.reported, self.unit, self.on, self.by)


class Reading:
    """A record without faults: its day, and every input with its value or why it has none.

    `as_of` is an ISO date.
    """

    __slots__ = ("as_of", "values")

    def __init__(self, as_of: str, values: Mapping[str, Reported | Unknown]) -> None:
        self.as_of = as_of
        self.values = values
