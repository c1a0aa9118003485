"""Can every gate open, in time, and on what somebody attests?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.invariants.opening import Obstacle, Opening, of_blocks, unobtainable
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import walk
from trialc.model.protocol import Event, Gate
from trialc.source import Span

MOST_REPORTS = 50_000
"""Combinations of reported codes that are tried; with more, nothing is claimed."""


def blocks_exist(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Gates speak of blocks that the randomisation has."""
    found: list[Diagnostic] = []
    for gate in study.protocol.gates:
        for guard in gate.guards:
            if guard.action == "randomise":
                wrong = _wrong_block(study, guard.first) or _wrong_block(study, guard.last)
                found += _no_block(study, guard.where, wrong)
        for atom in walk(gate.condition):
            if isinstance(atom, e.Every | e.CountGiven | e.CountEvents | e.Gap):
                found += _no_block(study, atom.where, _wrong_scope(study, atom.scope))
    return study, tuple(found)


def _wrong_scope(study: Study, scope: e.Scope) -> tuple[str, str] | None:
    if isinstance(scope, e.GivenIn):
        scope = scope.scope
    if not of_blocks(scope):
        return None
    if scope.isdecimal():
        return _wrong_block(study, int(scope))
    if scope not in ("this", "previous"):
        return f"block {scope}", "blocks are counted from 1"
    if study.protocol.blocked is None:
        return f"{scope} block", _without_blocks(study)
    return None


def _wrong_block(study: Study, block: int) -> tuple[str, str] | None:
    randomisation = study.protocol.blocked
    if randomisation is None:
        return f"block {block}", _without_blocks(study)
    if not 1 <= block <= randomisation.blocks:
        return f"block {block}", f"the blocks are 1 to {randomisation.blocks}"
    return None


def _without_blocks(study: Study) -> str:
    some = bool(study.protocol.randomisations)
    return "the `randomisation` has no blocks" if some else "the protocol has no `randomisation`"


def _no_block(study: Study, where: Span, wrong: tuple[str, str] | None) -> Iterator[Diagnostic]:
    if wrong:
        randomisation = next(iter(study.protocol.randomisations), None)
        randomisation = study.protocol.blocked or randomisation
        related = [Related(randomisation.where, "declared here")] if randomisation else []
        help_ = "declare a `randomisation`"
        if randomisation:
            help_ = "name a block that there is" if randomisation.blocks else "add `blocks: 3 of 6`"
        yield kinds.NO_SUCH_BLOCK.at(
            where, block=wrong[0], why=wrong[1], help=help_, related=related
        )


def events_can_count(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Some report of an event counts: every combination of codes is tried."""
    return study, tuple(
        kinds.EVENT_NEVER_COUNTS.at(
            event.where,
            event=event.id,
            help="change `counts when` so that some combination of the reported codes counts",
            related=[Related(event.condition.where, "false for every report")],
        )
        for event in study.protocol.events
        if _nevercounts(event)
    )


def _nevercounts(event: Event) -> bool:
    options = {f"event.{item.name}": item.options for item in event.attributes}
    if prod(len(codes) for codes in options.values()) > MOST_REPORTS:
        return False
    reports = (dict(zip(options, codes, strict=True)) for codes in product(*options.values()))
    return not any(counts(event.condition, report) for report in reports)


def counts(condition: Condition, report: dict[str, str]) -> bool:
    """Whether a condition about what is reported holds of the codes of a report."""
    if isinstance(condition, e.OneOf):
        return report.get(condition.path) in condition.codes
    if isinstance(condition, e.Not):
        return not counts(condition.operand, report)
    if isinstance(condition, e.Unless):
        return counts(condition.operand, report) and not counts(condition.exception, report)
    if isinstance(condition, e.Junction):
        truths = [counts(branch.condition, report) for branch in condition.branches]
        return {
            "all": all(truths),
            "any": any(truths),
            "none": not any(truths),
            "at_least": sum(truths) >= condition.count,
        }[condition.quantifier]
    return True  # whatever else stands here, nothing is claimed about it


# ---- opening


def gates_can_open(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every gate can open, for every block and arm that waits for it."""
    if any(blocks_exist(study)[1]):
        return study, ()  # blocks that do not exist are reported; nothing more is known
    stuck = _unobtainable(study)
    found: list[Diagnostic] = []
    for gate in study.protocol.gates:
        found += _opening(study, gate, stuck)
        found += _counts_below(study, gate)
        found += _counts_nobody(study, gate)
        found += _together(study, gate)
    return study, tuple(found)


def never_opens(study: Study, gate: Gate) -> bool:
    """Whether a gate stays closed in some situation, whatever happens."""
    stuck = _unobtainable(study)
    return any(
        obstacles for g in gate.guards for _, obstacles, _ in _asked(Opening(study, gate, g, stuck))
    )


def _unobtainable(study: Study) -> dict[str, str]:
    return unobtainable(study, lambda opening: any(found for _, found, _ in _asked(opening)))


def _opening(study: Study, gate: Gate, stuck: dict[str, str]) -> Iterator[Diagnostic]:
    dead: list[dict[Span, str]] = []
    related = [Related(gate.where, "declared here")]
    for guard in gate.guards:
        for setting, obstacles, more in _asked(Opening(study, gate, guard, stuck)):
            if obstacles:
                yield kinds.GATE_NEVER_OPENS.at(
                    obstacles[0].where or gate.where,
                    gate=gate.id,
                    setting=setting,
                    why=obstacles[0].why,
                    help=obstacles[0].help,
                    related=related,
                )
                return
            dead.append(more)
    for where, why in (dead[0] if dead else {}).items():
        if where and all(where in other for other in dead):
            help_ = "mend it, or leave this alternative out"
            yield kinds.DEAD_PART.at(where, gate=gate.id, why=why, help=help_, related=related)


def _asked(opening: Opening) -> Iterator[tuple[str, list[Obstacle], dict[Span, str]]]:
    """What stands in the way in each situation, and which alternatives are dead in it."""
    found: list[tuple[str, list[Obstacle], dict[Span, str]]] = []
    for setting in opening.settings():
        opening.dead = {}
        obstacles = opening.obstacles(opening.gate.condition, True, setting)
        found.append((setting.words(), obstacles, opening.dead))
    if len(found) > 1 and all(obstacles for _, obstacles, _ in found):
        found = [(f"for any {opening.gate.per}", *found[0][1:])]
    return iter(found)


def _counts_below(study: Study, gate: Gate) -> Iterator[Diagnostic]:
    """Counts that a full block passes by."""
    if not gate.guards or study.protocol.blocked is None:
        return
    opening = Opening(study, gate, gate.guards[0])
    for atom in walk(gate.condition):
        if not isinstance(atom, e.CountGiven) or atom.relation != "=":
            continue
        if of_blocks(atom.scope) and atom.equals < opening.capacity(atom.occasion):
            capacity = opening.capacity(atom.occasion)
            yield kinds.COUNT_BELOW.at(
                atom.where,
                count=atom.equals,
                capacity=capacity,
                occasion=atom.occasion,
                help=f"write `= {capacity}` if the whole block is meant",
                related=[Related(study.protocol.blocked.where, "blocks are declared here")],
            )


def _counts_nobody(study: Study, gate: Gate) -> Iterator[Diagnostic]:
    """Gates before a block that are open while the block before it is still being filled."""
    atoms = list(walk(gate.condition))
    asked = [
        atom
        for atom in atoms
        if isinstance(atom, e.Every | e.CountEvents) and atom.scope == "previous"
    ]
    waits = any(guard.action == "randomise" for guard in gate.guards)
    if waits and asked and not any(isinstance(atom, e.CountGiven) for atom in atoms):
        help_ = "add `count of participants in previous block given ... = n`, n being a whole block"
        yield kinds.NOBODY_COUNTS.at(asked[0].where, gate=gate.id, help=help_)


def _together(study: Study, gate: Gate) -> Iterator[Diagnostic]:
    randomisation = study.protocol.blocked
    scopes = {
        atom.scope
        for atom in walk(gate.condition)
        if isinstance(atom, e.Every | e.CountGiven | e.CountEvents) and isinstance(atom.scope, str)
    }
    waiting = [guard for guard in gate.guards if guard.action == "randomise"]
    if randomisation and randomisation.order == "concurrent" and waiting and "previous" in scopes:
        yield kinds.BLOCKS_TOGETHER.at(
            waiting[0].where,
            gate=gate.id,
            help="write `order: successive` if blocks follow one another",
            related=[Related(randomisation.where, "declared here")],
        )
