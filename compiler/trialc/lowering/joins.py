"""Pairs of tests, joined: all of them, any of them, how many of them, one of some codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trialc.lowering.nodes import All, Always, Any, Local, Member, Test


class Rails(NamedTuple):
    """A condition: `true` holds where it is true, `false` where it is false, neither where it is
    unknown.
    """

    true: Test
    false: Test

    @property
    def swapped(self) -> Rails:
        """The opposite condition."""
        return Rails(self.false, self.true)


def every(parts: Sequence[Rails]) -> Rails:
    return Rails(all_of([p.true for p in parts]), any_of([p.false for p in parts]))


def some(parts: Sequence[Rails]) -> Rails:
    return Rails(any_of([p.true for p in parts]), all_of([p.false for p in parts]))


def all_of(parts: Sequence[Test]) -> Test:
    return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else Always(True)


def any_of(parts: Sequence[Test]) -> Test:
    return parts[0] if len(parts) == 1 else Any(tuple(parts)) if parts else Always(False)


def one_of(local: Local, codes: tuple[str, ...], options: tuple[str, ...]) -> Rails:
    """Membership; false only for another code that the protocol declares, never for an unknown."""
    others = tuple(option for option in options if option not in codes)
    return Rails(_member(local, codes), _member(local, others))


def _member(local: Local, codes: tuple[str, ...]) -> Test:
    return Member(local, codes) if codes else Always(False)
