"""Rules that ask for a day of a history, and never whether there is one.

`mi.last` exists for nobody in whom it goes on, so a rule that counts from it passes them over: an
exclusion of recent treatment would let in who is being treated. `mi.since` exists only for whom it
goes on: who never had it would pass an inclusion that asks for long treatment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import types as kinds
from trialc.model.expression import Applies, Condition, Holds, Junction, Not, Unless
from trialc.model.histories import LAST, ONGOING, SINCE, SUSPECTED, UNCHANGED
from trialc.model.inputs import inputs_of, parts
from trialc.model.opened import Opened
from trialc.model.protocol import Protocol

WAYS_OUT = {
    LAST: ("goes on", "within ... before ..."),
    SINCE: ("does not go on", "ongoing for at least ..."),
    UNCHANGED: ("does not go on", "unchanged for at least ..."),
    SUSPECTED: ("is known to go on", "suspected or {name} ongoing"),
}
"""For whom a day of a history does not exist, and what asks for it with that in mind."""


def passed_over(protocol: Protocol, histories: Collection[str]) -> Iterator[Diagnostic]:
    """A warning for each criterion that asks for a last day and never whether it goes on."""
    opened = Opened(protocol)
    for criterion in protocol.criteria:
        keeps_out = criterion.type == "exclusion"
        asked = set(opened.names_of(_asked(criterion.condition, keeps_out)))
        for history in sorted(histories):
            if f"{history}.{ONGOING}" in asked:
                continue
            for day, (whom, advice) in WAYS_OUT.items():
                name = f"{history}.{day}"
                if name in asked:
                    advice = advice.format(name=history)
                    way_out = f"write `{history} {advice}`, or ask `{history} ongoing`, too"
                    yield kinds.PASSED_OVER.at(criterion.where, name=name, whom=whom, help=way_out)


def _asked(condition: Condition, keeps_out: bool) -> Iterator[str]:
    """What a condition asks, without what only says for whom it exists, and without last days
    that keep out in whom it goes on: these are not passed over. `keeps_out`: the condition keeps
    out by being true.

    `h ongoing for at least ...` asks first whether it goes on, bare; the day by itself exists where
    it happened *and* goes on.
    """
    if isinstance(condition, Applies):
        if isinstance(condition.condition, Holds):
            yield condition.condition.path
        inside = _asked(condition.operand, keeps_out)
        is_kept_out = condition.neutral is keeps_out
        yield from (name for name in inside if not (is_kept_out and name.endswith(f".{LAST}")))
        return
    inner = parts(condition)
    if not inner:
        yield from inputs_of(condition)
    for place, part in enumerate(inner):
        yield from _asked(part, keeps_out is not _turns_round(condition, place))


def _turns_round(condition: Condition, place: int) -> bool:
    """Whether a part of a condition helps it by being false."""
    if isinstance(condition, Junction):
        return condition.quantifier == "none"
    return isinstance(condition, Not) or (isinstance(condition, Unless) and place == 1)
