"""The blocks that a gate per block is asked for (docs/semantics.md section 7)."""

from __future__ import annotations

from trialc.model.protocol import Gate, Randomisation


def guarded_blocks(gate: Gate, randomisation: Randomisation | None) -> tuple[int, int] | None:
    """First and last block: those whose randomisation it guards, or all that there are.

    None where the protocol sets no limit, and for gates that are not asked per block.
    """
    if gate.per != "block":
        return None
    guarded = [(item.first, item.last) for item in gate.guards if item.action == "randomise"]
    if guarded and len(guarded) == len(gate.guards):
        return min(first for first, _ in guarded), max(last for _, last in guarded)
    return (1, randomisation.blocks) if randomisation else None
