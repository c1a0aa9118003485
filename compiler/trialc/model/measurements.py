"""What the elements of several measurements are called: `qtc.1`, `qtc.2`, and their days."""

from __future__ import annotations

DAY = "day"
"""What the name of the day of a measurement ends with: `gfr.1.day`."""


def numbered(name: str, count: int) -> tuple[str, ...]:
    """The names of so many measurements."""
    return tuple(f"{name}.{number}" for number in range(1, count + 1))
