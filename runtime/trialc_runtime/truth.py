"""Three-valued truth after Kleene: True, False, and None for what is not known.

S. C. Kleene, Introduction to Metamathematics (1952), section 64, the strong connectives.
docs/semantics.md section 4.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def negate(truth: bool | None) -> bool | None:
    """Not: what is unknown stays unknown."""
    return None if truth is None else not truth


def all_of(truths: Iterable[bool | None]) -> bool | None:
    """False if one is false, true if all are true, else unknown. True of nothing."""
    result: bool | None = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[bool | None]) -> bool | None:
    """True if one is true, false if all are false, else unknown. False of nothing."""
    result: bool | None = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def none_of(truths: Iterable[bool | None]) -> bool | None:
    """Not any."""
    return negate(any_of(truths))


def at_least(count: int, truths: Iterable[bool | None]) -> bool | None:
    """True when enough are true; false when all the unknown ones could not make up the count."""
    true = unknown = 0
    for truth in truths:
        true += truth is True
        unknown += truth is None
    if true >= count:
        return True
    return False if true + unknown < count else None
