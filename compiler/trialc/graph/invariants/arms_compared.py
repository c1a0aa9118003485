"""Which arms a masked person could confuse: those that chance decides between.

The arms of one randomisation are compared with one another, and not with those of another one: who
is randomised where follows from what is known of a participant. An arm that participants enter
after they are unblinded is compared with none; one that they enter while they are masked, with all
others that are entered at that visit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.graph.study import Study
from trialc.model.protocol import Arm, Protocol

Arms = tuple[Arm, ...]


def compared(study: Study) -> tuple[Arms, ...]:
    """The groups of arms that must look the same; arms that nothing randomises are one, too."""
    protocol = study.protocol
    entered = {arm.id for arm in protocol.arms if arm.entry is not None}
    groups = [{one.arm for one in item.ratio} - entered for item in protocol.randomisations]
    groups.append({arm.id for arm in protocol.arms}.difference(entered, *groups))
    masked = [arm for arm in protocol.arms if arm.entry and not is_unblinded(arm, protocol)]
    for visit in dict.fromkeys(arm.entry.visit for arm in masked if arm.entry):
        groups.append({arm.id for arm in masked if arm.entry and arm.entry.visit == visit})
    return tuple(
        tuple(arm for arm in protocol.arms if arm.id in group) for group in groups if group
    )


def is_unblinded(arm: Arm, protocol: Protocol) -> bool:
    """Whether the masked roles know the arm of everybody who enters this one."""
    arms = {item.id: item for item in protocol.arms}
    known = protocol.masking.unblinded if protocol.masking else ()

    def all_known(item: Arm, above: frozenset[str]) -> bool:
        if item.entry is None or item.id in above:
            return False
        sources = [arms[name] for name in item.entry.sources]
        return item.entry.when in known or all(
            all_known(source, above | {item.id}) for source in sources
        )

    return all_known(arm, frozenset())


def telling(study: Study) -> Iterator[tuple[Arm, Arm]]:
    """An arm that masked participants enter, and an arm of which nobody enters it or one like it:
    whoever does is not in that one.
    """
    arms = {arm.id: arm for arm in study.protocol.arms}
    groups = compared(study)
    for group in groups:
        first = group[0]
        if first.entry is None:
            continue
        sources = {name for arm in group if arm.entry for name in arm.entry.sources}
        for others in groups:
            names = {arm.id for arm in others}
            left = [arm.id for arm in others if arm.id not in sources]
            if names & sources and left:
                yield first, arms[left[0]]


def left_out(study: Study, arms: Iterable[str]) -> list[Arm]:
    """The arms for which something is not done, of a group that has others for which it is."""
    named = set(arms)
    groups = [{arm.id for arm in group} for group in compared(study)]
    missing = {name for group in groups if group & named for name in group - named}
    return [arm for arm in study.protocol.arms if arm.id in missing] if named else []


def one_after_another(protocol: Protocol, arm: Arm) -> list[Arm]:
    """The arms that a participant of this one may have been in before, or may enter later."""
    found: list[Arm] = []
    for follow in (_sources, _entered):
        ways = [arm]
        while ways:
            for other in follow(protocol, ways.pop()):
                if other is not arm and other not in found:
                    found.append(other)
                    ways.append(other)
    return found


def _sources(protocol: Protocol, arm: Arm) -> list[Arm]:
    names = arm.entry.sources if arm.entry else ()
    return [other for other in protocol.arms if other.id in names]


def _entered(protocol: Protocol, arm: Arm) -> list[Arm]:
    return [other for other in protocol.arms if other.entry and arm.id in other.entry.sources]
