"""Are there masked arms that give exactly the same?"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import against_words as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Administration, Arm, Protocol


def check_arms(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Arms of a masked trial of which each gives the same, at the same doses and visits."""
    masking = study.protocol.masking
    is_masked = masking is not None and bool(masking.masked) and not masking.open_label
    return study, tuple(_alike(study.protocol)) if is_masked else ()


def _alike(protocol: Protocol) -> Iterator[Diagnostic]:
    first: dict[object, Arm] = {}
    for arm in protocol.arms:
        gives = tuple(sorted(map(_given, arm.gives), key=repr))
        key = (gives, frozenset(_apart(arm, protocol)))
        other = first.setdefault(key, arm)
        if gives and other is not arm:
            yield kinds.SAME_ARMS.at(
                arm.where,
                name=arm.id,
                other=other.id,
                related=[Related(other.where, "this arm gives it, too")],
                help="mend what one of them gives, or say where it gives something else",
            )


def _given(one: Administration) -> tuple[object, ...]:
    """What masked people cannot see, and what they can: all but the name of the occasion."""
    dose = None if one.dose is None else one.dose.model_dump_json()
    length = None if one.length is None else (one.length.amount, one.length.unit)
    return one.intervention, one.visit, dose, length, one.until


def _apart(arm: Arm, protocol: Protocol) -> Iterator[str]:
    """Visits and activities that are for some arms only, this one among them."""
    for item in (*protocol.visits, *protocol.activities):
        if arm.id in item.arms:
            yield item.id
