"""Whether a gate of the trial is open, held or closed: semantics section 7, word for word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from trialc.interpreter.evaluation import Evaluation, Model, Truth, combined
from trialc.interpreter.explanation import decides
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.guarded_blocks import guarded_blocks
from trialc.model.occasion_order import occasion_order
from trialc.model.protocol import Event, Protocol
from trialc.model.wording import Wording
from trialc_runtime.calendar import add, iso
from trialc_runtime.trial_log import EventKind, LoggedEvent, TrialLog, read_log
from trialc_runtime.truth import all_of, negate

Node = dict[str, Any]

STATES = {True: "open", False: "held", None: "closed"}


class Gates:
    """The gates of one protocol. Made once, asked about many logs."""

    def __init__(self, protocol: Protocol) -> None:
        self.model = Model(protocol)
        self.wording = Wording(protocol)
        self.gates = {gate.id: gate for gate in protocol.gates}
        self.events = {event.id: event for event in protocol.events}
        self.occasions = tuple(given.occasion for arm in protocol.arms for given in arm.gives)
        self.roles = tuple(role.id for role in protocol.roles)
        self.orders = occasion_order(protocol)
        self.randomisation = protocol.blocked

    def ask(
        self, name: str, log: Any, *, block: int | None = None, participant: str | None = None
    ) -> dict[str, Any]:
        """The state of a gate for a block or a participant: gate, state, missing, because.

        RecordRefused for a log with faults; ValueError for a question that makes no sense.
        """
        gate = self.gates.get(name)
        if gate is None:
            raise ValueError(f"no gate is called `{name}`")
        if (gate.per == "block") != (block is not None):
            raise ValueError(f"the gate `{name}` is asked per {gate.per}: see `block`")
        if (gate.per == "participant") != (participant is not None):
            raise ValueError(f"the gate `{name}` is asked per {gate.per}: see `participant`")
        if block is not None and (type(block) is not int or block < 1):
            raise ValueError("a block is a whole number from 1")
        blocks = guarded_blocks(gate, self.randomisation)
        if block is not None and blocks and not blocks[0] <= block <= blocks[1]:
            raise ValueError(f"the gate `{name}` does not stand before block {block}")
        known = self.read(log)
        if participant is not None:
            if participant not in known.blocks:
                raise ValueError(f"participant `{participant}` is not in the log")
            block = known.blocks[participant]
        found = Question(self, known, block, participant).find(gate.condition, gate.id)
        return {
            "gate": name,
            "state": STATES[found.truth],
            "missing": list(dict.fromkeys(found.missing)),
            "because": found.node,
        }

    def read(self, log: Any) -> TrialLog:
        """What is known on the log's `as_of`; RecordRefused for a log with faults."""
        kinds = {
            event.id: EventKind(
                event.id,
                event.title,
                {item.name: item.options for item in event.attributes},
                (),
                event.by,
            )
            for event in self.events.values()
        }
        occasions = tuple(dict.fromkeys(self.occasions))
        return read_log(log, kinds, occasions, self.roles, self.orders)


@dataclass(frozen=True)
class Finding:
    """What one condition comes to; `missing` says what it waits for while it is unknown."""

    truth: Truth
    node: Node
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One gate, asked for a block or for a participant; either may be None."""

    gates: Gates
    log: TrialLog
    block: int | None
    participant: str | None

    def find(self, condition: Condition, path: str = "") -> Finding:
        """The truth of a condition, why, and what is missing."""
        return self.CONDITIONS[type(condition)](self, condition, path)

    # ---- groups

    def _junction(self, junction: e.Junction, path: str) -> Finding:
        found = [self.find(branch.condition, branch.path) for branch in junction.branches]
        truth = combined(junction, [inner.truth for inner in found])
        deciding = [inner for inner in found if decides(inner.truth, junction.quantifier, truth)]
        return self._finding(junction, path, truth, deciding)

    def _not(self, condition: e.Not, path: str) -> Finding:
        inner = self.find(condition.operand)
        return self._finding(condition, path, negate(inner.truth), [inner])

    def _every(self, every: e.Every, path: str) -> Finding:
        members = self._members(every.scope)
        if not members:
            missing = f"no participant is listed in {self._scope_words(every.scope)}"
            return self._finding(every, path, None, missing=[missing])
        found: list[Finding] = []
        for name in members:
            asked = Question(self.gates, self.log, self.log.blocks[name], name)
            inner = asked.find(every.condition)
            inner.node["participant"] = name
            found.append(inner)
        truth = all_of(inner.truth for inner in found)
        deciding = [inner for inner in found if inner.truth is truth]
        return self._finding(every, path, truth, deciding)

    # ---- atoms

    def _count_given(self, atom: e.CountGiven, path: str) -> Finding:
        members = self._members(atom.scope)
        without = [name for name in members if (name, atom.occasion) not in self.log.given]
        count = len(members) - len(without)
        truth = True if count == atom.equals else False if count > atom.equals else None
        missing = f"{_words(atom.occasion)} of {atom.equals - count} more"
        missing += f" in {self._scope_words(atom.scope)}"
        missing += f" (not given to {', '.join(without)})" if without else ""
        values: list[Node] = [{"input": atom.occasion, "value": count}]
        return self._finding(atom, path, truth, values=values, missing=[missing])

    def _since(self, atom: e.Since, path: str) -> Finding:
        on = self._given(atom.occasion)
        if on is None:
            return self._not_given(atom, path, atom.occasion)
        due = add(on, atom.amount, atom.unit)
        truth = True if due <= self.log.as_of else None
        words = self.gates.wording.condition(atom)
        missing = f"{self._who()}: {words} is reached on {iso(due)}"
        values: list[Node] = [{"input": atom.occasion, "value": iso(on)}]
        return self._finding(atom, path, truth, values=values, missing=[missing])

    def _no_event(self, atom: e.NoEvent, path: str) -> Finding:
        on = self._given(atom.occasion)
        if on is None:
            return self._not_given(atom, path, atom.occasion)
        end = add(on, atom.amount, atom.unit) if atom.amount else self.log.as_of
        event = self.gates.events[atom.event]
        inside = [
            (logged, self._counts(event, logged))
            for logged in self.log.events
            if logged.participant == self.participant
            and logged.event == atom.event
            and on <= logged.on <= end
        ]
        missing = [
            f"{self._who()}: {_title(event)} of {iso(logged.on)}: "
            f"{', '.join(_unreported(event, logged))} not reported"
            for logged, counts in inside
            if counts is None
        ]
        missing += self._unattested(event, end)
        happened = any(counts is True for _, counts in inside)
        truth = False if happened else None if missing else True
        values: list[Node] = [{"input": atom.occasion, "value": iso(on)}]
        values += [
            {"input": atom.event, "on": iso(logged.on), **logged.attributes}
            for logged, counts in inside
            if counts is not False
        ]
        return self._finding(atom, path, truth, values=values, missing=missing)

    def _counts(self, event: Event, logged: LoggedEvent) -> Truth:
        """Whether an event is one that counts; an attribute that is not reported is unknown."""
        reported = {f"event.{name}": code for name, code in logged.attributes.items()}
        return Evaluation(self.gates.model, reported, "").truth(event.condition)

    def _unattested(self, event: Event, end: int) -> list[str]:
        """What keeps an absence through the end of a window from being concluded."""
        if self.log.as_of < end:
            return [f"{self._who()}: {_title(event)} can occur until {iso(end)}"]
        attested = self.log.absences.get((self._who(), event.id))
        if attested is not None and attested >= end:
            return []
        absence = f"absence of {_title(event)} through {iso(end)}"
        return [f"{self._who()}: {absence} is not attested"]

    def _not_given(self, atom: e.Since | e.NoEvent, path: str, occasion: str) -> Finding:
        missing = f"{self._who()}: {_words(occasion)} has not been given"
        values: list[Node] = [{"input": occasion, "reason": "missing"}]
        return self._finding(atom, path, None, values=values, missing=[missing])

    def _given(self, occasion: str) -> int | None:
        return self.log.given.get((self._who(), occasion))

    def _who(self) -> str:
        return "no participant" if self.participant is None else self.participant

    # ---- scopes

    def _members(self, scope: str) -> list[str]:
        block = self._scope(scope)
        return [name for name, of in self.log.blocks.items() if of is not None and of == block]

    def _scope(self, scope: str) -> int | None:
        """The block that a scope means; None where the question names none."""
        if scope == "this":
            return self.block
        if scope == "previous":
            return None if self.block is None else self.block - 1
        return int(scope)

    def _scope_words(self, scope: str) -> str:
        block = self._scope(scope)
        return "a block that is not named" if block is None else f"block {block}"

    # ---- findings

    def _finding(
        self,
        condition: Condition,
        path: str,
        truth: Truth,
        deciding: Sequence[Finding] = (),
        values: Sequence[Node] = (),
        missing: Sequence[str] = (),
    ) -> Finding:
        """A finding waits for what the findings wait for that leave it open, or for its own."""
        node = {
            "path": path,
            "text": self.gates.wording.condition(condition),
            "truth": truth,
            "values": list(values),
            "because": [inner.node for inner in deciding],
        }
        waiting = [*missing, *(text for inner in deciding for text in inner.missing)]
        return Finding(truth, node, tuple(waiting) if truth is None else ())

    CONDITIONS: ClassVar[dict[type, Callable[[Question, Any, str], Finding]]] = {
        e.Junction: _junction,
        e.Not: _not,
        e.Every: _every,
        e.CountGiven: _count_given,
        e.Since: _since,
        e.NoEvent: _no_event,
    }


def _title(event: Event) -> str:
    return event.title or event.id


def _unreported(event: Event, logged: LoggedEvent) -> list[str]:
    return [item.name for item in event.attributes if item.name not in logged.attributes]


def _words(occasion: str) -> str:
    return occasion.replace("_", " ")
