"""The passes that spell phrases out (docs/decisions/0004): each takes texts in which an author's
phrase stands, and gives texts that say the same in declarations the language has already.
"""

from __future__ import annotations

from collections.abc import Callable

from trialc.diagnostics import Diagnostic
from trialc.model.from_syntax import (
    courses,
    doses,
    histories,
    measurements,
    populations,
    repeats,
    retests,
    variants,
)
from trialc.model.from_syntax.texts import Texts

Pass = Callable[[Texts, list[Diagnostic]], Texts]

PASSES: tuple[Pass, ...] = (
    repeats.in_full,
    populations.counted,
    variants.in_full,
    populations.in_full,
    doses.in_full,
    courses.in_full,
    measurements.in_full,
    retests.in_full,
    histories.in_full,
)
"""In this order: attributes of courses may be histories, and repeats of a measurement have
histories of their own, never the other way.
"""


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The texts without phrases; what is wrong with these is added to `found`."""
    for spelled_out in PASSES:
        texts = spelled_out(texts, found)
    return texts
