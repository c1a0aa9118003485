"""What is given, in words: how much, how often, how long; and the share of each arm."""

from __future__ import annotations

from trialc.emitters.dose_words import dose_words
from trialc.emitters.schedule_words import duration_words
from trialc.model.protocol import Administration, Intervention, Protocol


def given_words(protocol: Protocol, given: Administration, item: Intervention | None) -> str:
    """ "Iron, 1000 mg, once daily, for 7 days": what somebody has to prepare."""
    if item is None:
        return given.intervention
    dose = given.dose or item.dose
    parts = (
        item.title or item.id,
        dose_words(dose, protocol) if dose else "",
        item.frequency,
        length_words(given),
    )
    return ", ".join(part for part in parts if part)


def length_words(given: Administration) -> str:
    """ "for 7 days", "until disease progression"; "" where it is given once, or nothing says."""
    length = given.length
    words = f"for {duration_words(length.amount, length.unit)}" if length else ""
    return " ".join(part for part in (words, f"until {given.until}" if given.until else "") if part)


def share_head(protocol: Protocol) -> str:
    """What stands above the shares of arms: those of a block, or of a ratio."""
    blocked = [bool(found.blocks) for found in protocol.randomisations]
    return "Of each block" if blocked and all(blocked) else "Share"


def share_words(protocol: Protocol, arm: str) -> str:
    """ "2 (6 in all)" of each block, "1 of 3" of a ratio; "" for an arm of no randomisation."""
    for found in protocol.randomisations:
        count = sum(share.count for share in found.ratio if share.arm == arm)
        if count and found.blocks:
            return f"{count} ({count * found.blocks} in all)"
        if count:
            return f"{count} of {sum(share.count for share in found.ratio)}"
    return ""
