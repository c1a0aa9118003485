"""What stands in the way of a gate: why its condition cannot be true (docs/semantics.md section 7).

The question is optimistic: whatever participants and investigators can do, they do. So what is
found here is certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import networkx as nx

from trialc.graph.invariants.arms_compared import one_after_another
from trialc.graph.study import Study
from trialc.graph.walks import circle
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import walk
from trialc.model.protocol import Arm, Gate, Guard, Protocol
from trialc.source import Span


@dataclass(frozen=True)
class Obstacle:
    """A part of a gate's condition that cannot become what it would have to be."""

    where: Span
    why: str
    help: str = ""


@dataclass(frozen=True)
class Setting:
    """In which situation a gate is asked. `block`: of whom (None: of no block). `arm`: of the one
    participant that is looked at; None while nobody in particular is. `own`: whether that
    participant, or the block that is looked at, is the one that waits for the gate. `cohort`: the
    one that it is asked for, of those that the gate names.
    """

    block: int | None
    arm: Arm | None = None
    own: bool = False
    cohort: str = ""

    def words(self) -> str:
        """Which of several situations, for a message."""
        if self.cohort:
            return f"for cohort `{self.cohort}`"
        arm = f"in arm `{self.arm.id}` " if self.arm is not None else ""
        return f"{arm}for block {self.block}" if self.block is not None else arm or "at all"


@dataclass
class Opening:
    """One gate. `dead` collects obstacles in alternatives that are not needed."""

    study: Study
    gate: Gate
    guard: Guard
    unobtainable: Mapping[str, str] = field(default_factory=dict[str, str])
    """Occasions that a waiting participant can never be given, and what they wait for."""
    dead: dict[Span, str] = field(default_factory=dict[Span, str])

    @property
    def protocol(self) -> Protocol:
        return self.study.protocol

    def settings(self) -> Iterator[Setting]:
        """Every situation in which the gate must be able to open."""
        randomisation = self.protocol.blocked
        if self.guard.action == "randomise":
            blocks = range(self.guard.first, self.guard.last + 1)
            yield from (Setting(block) for block in blocks)
            return
        if self.gate.per in ("trial", "cohort"):
            if self.gate.per == "trial" or not self.guard.cohorts:
                yield Setting(None)
            yield from (Setting(None, cohort=name) for name in self._cohorts())
            return
        blocks = [None] if randomisation is None else range(1, randomisation.blocks + 1)
        single = self.gate.per == "participant"
        arms = [arm for arm in self.allocated() if _gives(self.protocol, arm, self.guard.occasion)]
        for block in blocks:
            if single:
                yield from (Setting(block, arm, own=True) for arm in arms)
            else:
                yield Setting(block)

    def _cohorts(self) -> tuple[str, ...]:
        """The cohorts that it is asked for, as far as a gate per cohort names any."""
        if self.gate.per != "cohort" or self.guard.action != "give":
            return ()
        atoms = walk(self.gate.condition)
        scopes = (
            atom.scope for atom in atoms if isinstance(atom, e.Every | e.CountGiven | e.CountEvents)
        )
        named = (scope for scope in scopes if isinstance(scope, str))
        asked = (scope.removeprefix("cohort:") for scope in named if scope.startswith("cohort:"))
        return self.guard.cohorts or tuple(dict.fromkeys(asked))

    def allocated(self) -> list[Arm]:
        """The arms that participants come into."""
        randomisation = self.protocol.blocked
        shares = {s.arm for s in randomisation.ratio if s.count} if randomisation else set[str]()
        arms = list(self.protocol.arms)
        return [arm for arm in arms if arm.id in shares or arm.entry] if shares else arms

    # ---- conditions

    def obstacles(self, condition: Condition, to_be: bool, setting: Setting) -> list[Obstacle]:
        """Why a condition cannot be true (or false); empty if it can."""
        if isinstance(condition, e.Junction):
            return self._junction(condition, to_be, setting)
        if isinstance(condition, e.Not):
            return self.obstacles(condition.operand, not to_be, setting)
        if isinstance(condition, e.Every):
            return self._every(condition, to_be, setting)
        if isinstance(condition, e.CountGiven):
            return self._count(condition, to_be, setting)
        if isinstance(condition, e.Since | e.NoEvent):
            return self._dated(condition, to_be, setting)
        if isinstance(condition, e.CountEvents):
            return self._count_events(condition, to_be, setting)
        return []

    def _junction(self, group: e.Junction, to_be: bool, setting: Setting) -> list[Obstacle]:
        wanted = to_be is not (group.quantifier == "none")
        parts = [self.obstacles(part.condition, wanted, setting) for part in group.branches]
        size, blocked = len(parts), sum(1 for part in parts if part)
        needed = {
            "all": size if to_be else 1,
            "any": 1 if to_be else size,
            "none": size if to_be else 1,
            "at_least": group.count if to_be else size - group.count + 1,
        }[group.quantifier]
        found = [obstacle for part in parts for obstacle in part]
        if size - blocked < needed:
            return found
        self.dead.update((obstacle.where, obstacle.why) for obstacle in found)
        return _different_counts(group) if group.quantifier == "all" and to_be else []

    def _every(self, every: e.Every, to_be: bool, setting: Setting) -> list[Obstacle]:
        if to_be and setting.cohort and every.scope == f"cohort:{setting.cohort}":
            return self.obstacles(every.condition, True, Setting(None, own=True))
        if not of_blocks(every.scope):
            return []
        members = self._members(every.scope, setting)
        if isinstance(members, str):
            return [Obstacle(every.where, members)]
        # A block that is being filled may have participants of one arm only, the asking one's.
        alone = setting.arm if members.own else None
        arms = self.allocated() if alone is None else [alone]
        inside = [self.obstacles(every.condition, to_be, replace(members, arm=arm)) for arm in arms]
        if to_be and self._is_full(members, setting):
            return [obstacle for found in inside for obstacle in found]
        return inside[0] if inside and all(inside) else []

    def _count(self, atom: e.CountGiven, to_be: bool, setting: Setting) -> list[Obstacle]:
        if to_be and setting.cohort and atom.scope == f"cohort:{setting.cohort}":
            needed = atom.equals if atom.relation != "<=" else 0
            waits = self._waits(atom.occasion, Setting(None, own=True)) if needed else ""
            return [Obstacle(atom.where, waits, self._way_out())] if waits else []
        if not of_blocks(atom.scope):
            return []
        members = self._members(atom.scope, setting)
        if atom.relation == "<=" and to_be:
            return []
        capacity = 0 if isinstance(members, str) else self.capacity(atom.occasion)
        if not to_be:
            if atom.relation == ">=":
                return [Obstacle(atom.where, "this is never false, only not yet true")]
            why = f"no more than {capacity} can be given `{atom.occasion}`"
            return [] if capacity > atom.equals else [Obstacle(atom.where, why)]
        if isinstance(members, str):
            return [Obstacle(atom.where, members)] if atom.equals else []
        if atom.equals > capacity:
            why = f"{capacity} participants of a block are given `{atom.occasion}`"
            return [Obstacle(atom.where, f"only {why}", f"write `= {capacity}`")]
        waits = self._waits(atom.occasion, members)
        return [Obstacle(atom.where, waits)] if waits and atom.equals else []

    def _count_events(self, atom: e.CountEvents, to_be: bool, setting: Setting) -> list[Obstacle]:
        """Only that there must be participants: how many of them have an event is theirs."""
        if atom.reported or not of_blocks(atom.scope):
            return []
        members = self._members(atom.scope, setting)
        return [Obstacle(atom.where, members)] if isinstance(members, str) else []

    def _dated(self, atom: e.Since | e.NoEvent, to_be: bool, setting: Setting) -> list[Obstacle]:
        if setting.arm is not None and not _gives(self.protocol, setting.arm, atom.occasion):
            why = f"`{atom.occasion}` is not given in arm `{setting.arm.id}`"
            return [Obstacle(atom.where, why)]
        waits = self._waits(atom.occasion, setting)
        if waits:
            return [Obstacle(atom.where, waits, self._way_out())]
        if isinstance(atom, e.Since) and not to_be:
            return [Obstacle(atom.where, "this is never false, only not yet true")]
        return []

    def _way_out(self) -> str:
        """What to write where a gate per cohort holds the cohort that it waits for, too."""
        if self.gate.per != "cohort" or not self._cohorts():
            return ""
        return f"name the cohorts that wait: `guards give {self.guard.occasion} in cohort ...`"

    # ---- what conditions look at

    def _members(self, scope: e.Scope, setting: Setting) -> Setting | str:
        """The participants of a block, or why there are none."""
        assert isinstance(scope, str)
        randomisation, block = self.protocol.blocked, setting.block
        if randomisation is None:
            return "there are no blocks"
        if scope in ("this", "previous"):
            if block is None:
                return "it belongs to no block"
            looked_at = block if scope == "this" else block - 1
        else:
            looked_at = int(scope) if scope.isdecimal() else 0
        if looked_at < 1:
            return f"there is no {scope} block of block {block}"
        own = looked_at == block
        if self.guard.action == "give":
            own = own or self.gate.per == "trial"  # all participants wait for it
        elif randomisation.order != "concurrent" and block is not None:
            own = looked_at >= block  # later blocks are randomised later still
        return Setting(looked_at, own=own)

    def _is_full(self, members: Setting, setting: Setting) -> bool:
        """Whether a block has all its participants by the time at which the gate is asked."""
        randomisation = self.protocol.blocked
        if randomisation is None or members.block is None or setting.block is None:
            return False
        return randomisation.order != "concurrent" and members.block < setting.block

    def capacity(self, occasion: str) -> int:
        """How many participants of a block can be given an occasion."""
        randomisation = self.protocol.blocked
        if randomisation is None:
            return 0
        givers = {arm.id for arm in self.protocol.arms if _gives(self.protocol, arm, occasion)}
        if sum(share.count for share in randomisation.ratio) != randomisation.block_size:
            return randomisation.block_size
        return sum(share.count for share in randomisation.ratio if share.arm in givers)

    def _waits(self, occasion: str, setting: Setting) -> str:
        """Why participants who wait for the gate cannot have had the occasion; "" if they can."""
        if not setting.own:
            return ""
        if self.guard.action == "randomise":
            return "the participants of a block are randomised only after it opens"
        return self.unobtainable.get(occasion, "")


# ---- occasions that wait for one another


def unobtainable(study: Study, holds: Callable[[Opening], bool]) -> dict[str, str]:
    """Occasions behind gates that wait for one another, with the circle; `holds` says whether a
    gate cannot open under the occasions that are taken for unobtainable.

    Starts with every guarded occasion and lets go what can be given: what is left cannot.
    """
    guarded = [
        (gate, guard)
        for gate in study.protocol.gates
        for guard in gate.guards
        if guard.action == "give"
    ]
    left = {guard.occasion: _circle(study, guard.occasion) for _, guard in guarded}
    while True:
        free = {
            occasion
            for occasion in left
            if not any(
                holds(Opening(study, gate, guard, left))
                for gate, guard in guarded
                if guard.occasion == occasion
            )
        }
        if not free:
            return left
        left = {occasion: why for occasion, why in left.items() if occasion not in free}


def _circle(study: Study, occasion: str) -> str:
    """In words how an occasion waits for itself; the graph says what each gate asks about."""
    waits: nx.DiGraph[str] = nx.DiGraph()
    for start, end, kind in study.graph.edges(keys=True):
        if kind in ("guards", "part_of"):
            waits.add_edge(end, start)
        elif kind == "uses" and end.startswith("occasion:"):
            waits.add_edge(start, end)
    way = circle(waits, f"occasion:{occasion}")
    if not way:
        return f"`{occasion}` waits for another gate that cannot open"
    names = [node.partition(":")[2] for node in way if not node.startswith("branch:")]
    return f"`{occasion}` waits for itself: {' -> '.join((*names, occasion))}"


def _different_counts(group: e.Junction) -> list[Obstacle]:
    """Counts that exclude one another, in a group of which all must hold."""
    seen: dict[tuple[e.Scope, str], e.CountGiven] = {}
    for branch in group.branches:
        atom = branch.condition
        if isinstance(atom, e.CountGiven) and atom.relation == "=":
            first = seen.setdefault((atom.scope, atom.occasion), atom)
            if first.equals != atom.equals:
                why = f"{first.equals} and {atom.equals} participants cannot both be all of them"
                return [Obstacle(atom.where, why)]
    return []


def of_blocks(scope: e.Scope) -> bool:
    """Whether a set of participants is a block. Of others nothing is claimed: the protocol does not
    say how large they are.
    """
    return isinstance(scope, str) and (scope.isdecimal() or scope in ("this", "previous"))


def _gives(protocol: Protocol, arm: Arm, occasion: str) -> bool:
    """Whether somebody in an arm is given an occasion, there or in an arm of before or after."""
    arms = [arm, *one_after_another(protocol, arm)]
    return any(given.occasion == occasion for one in arms for given in one.gives)
