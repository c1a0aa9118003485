"""The contract of a record: what a protocol asks about one participant."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from trialc_runtime.decimals import Factor


DAY_OF = "day_of:"
"""Before the path of an input: the day on which it was measured or attested."""


class Input:
    """One thing a record may state.

    `kind`: quantity, score, boolean, choice, date, judgement or cause. Numbers are in `unit`, which
    people read as `unit_words` ("years", "" for scores and counts);
    `units` gives, for every spelling of a unit that a record may use, the (num, den, off_num,
    off_den) with canonical = reported * num / den + off_num / off_den. `low` and `high` are
    included. `options` are the codes of a choice and the causes of a cause. `window` (amount, unit)
    is how old a value may be. `dated`: rules ask for the day on which it was measured. `roles` must
    all attest a judgement. `order` is what its value must not contradict: relations ("<=" or ">=")
    to another input, to "as_of" or to a number. `applies` is the condition, in whatever form the
    caller evaluates, under which the element exists; `applies_text` words it.
    """

    __slots__ = (
        "applies", "applies_text", "dated", "high", "kind", "low", "options", "order", "path",
        "roles", "title", "unit", "unit_words", "units", "window",
    )  # fmt: skip

    def __init__(
        self,
        path: str,
        kind: str,
        title: str,
        *,
        unit: str = "",
        unit_words: str | None = None,
        units: Mapping[str, Factor] | None = None,
        low: float | None = None,
        high: float | None = None,
        options: tuple[str, ...] = (),
        window: tuple[int, str] | None = None,
        order: tuple[tuple[str, str | float], ...] = (),
        dated: bool = False,
        roles: tuple[str, ...] = (),
        applies: Any = None,
        applies_text: str = "",
    ) -> None:
        self.path = path
        self.kind = kind
        self.title = title
        self.unit = unit
        self.unit_words = unit if unit_words is None else unit_words
        self.units = units or {}
        self.low = low
        self.high = high
        self.options = options
        self.window = window
        self.order = order
        self.dated = dated
        self.roles = roles
        self.applies = applies
        self.applies_text = applies_text
