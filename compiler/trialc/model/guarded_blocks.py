"""The blocks and cohorts that a gate is asked for, and who decides on it (semantics section 7)."""

from __future__ import annotations

from trialc.model.expression import DecidedBy
from trialc.model.inputs import walk
from trialc.model.protocol import Gate, Protocol, Randomisation


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


def guarded_cohorts(gate: Gate) -> tuple[str, ...]:
    """The cohorts of whose participants it holds what it guards; () where it holds those of all."""
    if all(guard.cohorts for guard in gate.guards):
        return tuple(dict.fromkeys(name for guard in gate.guards for name in guard.cohorts))
    return ()


def deciders(protocol: Protocol) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The gates on which somebody decides: what each is asked per, and the roles that decide."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for gate in protocol.gates:
        atoms = (atom for atom in walk(gate.condition) if isinstance(atom, DecidedBy))
        roles = tuple(dict.fromkeys(atom.role for atom in atoms))
        if roles:
            found[gate.id] = gate.per, roles
    return found
