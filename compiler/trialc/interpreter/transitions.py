"""What the condition of a gate comes to: semantics section 7, word for word."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol

from trialc.interpreter.evaluation import Evaluation, Model, Truth, combined
from trialc.interpreter.explanation import decides
from trialc.interpreter.participants import Moment, Sets, Whom, reached, reached_on
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.protocol import Event
from trialc.model.wording import Wording
from trialc_runtime.calendar import add, iso, parse_date
from trialc_runtime.trial_log import LoggedEvent, TrialLog
from trialc_runtime.truth import all_of, negate

Node = dict[str, Any]


class About(Protocol):
    """What a question needs to know of the protocol."""

    model: Model
    wording: Wording

    @property
    def events(self) -> Mapping[str, Event]:
        """Kinds of events by their ids."""
        ...

    def per(self, gate: str) -> str:
        """What a gate is asked for."""
        ...

    def escalated(self, escalation: str, log: TrialLog) -> dict[str, Any]:
        """What an escalation has come to."""
        ...


COMPARED: Mapping[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
}
DAYS: Mapping[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
GROWING: Mapping[str, Callable[[int, int], Truth]] = {
    "=": lambda count, wanted: None if count < wanted else count == wanted,
    ">=": lambda count, wanted: True if count >= wanted else None,
    "<=": lambda count, wanted: count <= wanted,
}
"""Counts of those who were given something only grow: what is not reached yet is not false."""


@dataclass(frozen=True)
class Finding:
    """What one condition comes to; `missing` says what it waits for while it is unknown."""

    truth: Truth
    node: Node
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One gate, asked for somebody."""

    gates: About
    log: TrialLog
    whom: Whom

    @property
    def sets(self) -> Sets:
        """The sets of participants that the question speaks of."""
        return Sets(self.log, self.whom)

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
        found = self._each(every.scope, every.condition)
        missing = self._still_to_come(every.scope)
        truths = [inner.truth for inner in found]
        truth = all_of([*truths, None] if missing else truths)
        deciding = [inner for inner in found if inner.truth is truth]
        return self._finding(every, path, truth, deciding, missing=missing, last=True)

    def _each(self, scope: e.Scope, condition: Condition, reported: bool = False) -> list[Finding]:
        """What a condition comes to for each participant of a set."""
        found: list[Finding] = []
        for name in self.sets.members(scope):
            asked = Question(self.gates, self.log, Whom.of(name, self.log))
            if reported:
                assert isinstance(condition, e.NoEvent)
                inner = asked.absence(condition, "", reported=True)
            else:
                inner = asked.find(condition)
            inner.node["participant"] = name
            found.append(inner)
        return found

    def _still_to_come(self, scope: e.Scope) -> list[str]:
        """What a set waits for itself: anybody, or those who are yet to be among the first."""
        if isinstance(scope, e.GivenIn) and (few := self.sets.to_come(scope)):
            whom = self.sets.words(scope.scope)
            return [f"{_words(scope.occasion)} of {few} more in {whom}"]
        if not self.sets.members(scope):
            return [f"no participant is listed in {self.sets.words(scope)}"]
        return []

    # ---- atoms

    def _count_given(self, atom: e.CountGiven, path: str) -> Finding:
        members = self.sets.members(atom.scope)
        without = [name for name in members if (name, atom.occasion) not in self.log.given]
        count = len(members) - len(without)
        truth = GROWING[atom.relation](count, atom.equals)
        missing = f"{_words(atom.occasion)} of {atom.equals - count} more"
        missing += f" in {self.sets.words(atom.scope)}"
        missing += f" (not given to {', '.join(without)})" if without else ""
        values: list[Node] = [{"input": atom.occasion, "value": count}]
        return self._finding(atom, path, truth, values=values, missing=[missing])

    def _count_events(self, atom: e.CountEvents, path: str) -> Finding:
        """Every number that the count can still come to decides the same, or nothing is decided."""
        found = self._each(atom.scope, atom.absence, atom.reported)
        least = sum(1 for inner in found if inner.truth is False)
        most = least + sum(1 for inner in found if inner.truth is None)
        most += self.sets.to_come(atom.scope)
        nobody = [] if atom.reported else self._still_to_come(atom.scope)
        answers = {COMPARED[atom.relation](count, atom.count) for count in range(least, most + 1)}
        is_decided = len(answers) == 1 and (found or not nobody)
        truth = answers.pop() if is_decided else None
        deciding = [inner for inner in found if inner.truth is not True]
        values: list[Node] = [{"input": atom.absence.event, "value": least}]
        if least != most:
            values[0]["most"] = most
        return self._finding(atom, path, truth, deciding, values, nobody, last=True)

    def _since(self, atom: e.Since, path: str) -> Finding:
        on = self._given(atom.occasion)
        if on is None:
            return self._not_given(atom, path, atom.occasion)
        truth = True if reached(on, atom.amount, atom.unit, self._now()) else None
        words = self.gates.wording.condition(atom)
        due = reached_on(on, atom.amount, atom.unit)
        missing = f"{self._who()}: {words} is reached on {due}"
        values: list[Node] = [{"input": atom.occasion, "value": iso(on.day)}]
        return self._finding(atom, path, truth, values=values, missing=[missing])

    def _gap(self, atom: e.Gap, path: str) -> Finding:
        """As long as this participant was not given it, now is when it would be given."""
        own = self._given(atom.occasion)
        now = own or self._now()
        truths: list[Truth] = []
        missing: list[str] = []
        values: list[Node] = []
        for name in self.sets.members(atom.scope):
            before = self.sets.given(name, atom.occasion)
            if name == self.whom.participant or before is None or now.is_certainly_before(before):
                continue
            truth = reached(before, atom.amount, atom.unit, now)
            truths.append(None if own is None and not truth else truth)
            if truths[-1] is True:
                continue
            values.append({"input": atom.occasion, "participant": name, "value": iso(before.day)})
            if truths[-1] is None:
                due = reached_on(before, atom.amount, atom.unit)
                words = self.gates.wording.condition(atom)
                missing.append(f"{self._who()}: {words}: for {name} reached on {due}")
        return self._finding(atom, path, all_of(truths), values=values, missing=missing)

    def _on_day(self, atom: e.OnDay, path: str) -> Finding:
        day = parse_date(atom.day)
        assert day is not None
        truth = DAYS[atom.relation](self.log.as_of, day)
        today: list[Node] = [{"input": "as_of", "value": iso(self.log.as_of)}]
        return self._finding(atom, path, truth, values=today)

    def _decided_by(self, atom: e.DecidedBy, path: str) -> Finding:
        per = self.gates.per(atom.gate)
        whom = self.whom.name(per)
        decision = self.log.decisions.get((atom.gate, atom.role, whom))
        if decision is None:
            about = f" for {per} {whom}" if whom is not None else ""
            missing = f"no decision of {atom.role} on {atom.gate}{about} is recorded"
            nothing: list[Node] = [{"input": atom.gate, "reason": "missing"}]
            return self._finding(atom, path, None, values=nothing, missing=[missing])
        on, opens = decision
        when = {"on": iso(on), "by": [atom.role]}
        if opens and not self._held_on(atom.follows, on):
            about = f" for {per} {whom}" if whom is not None else ""
            missing = f"the decision of {atom.role} on {atom.gate}{about} of {iso(on)} is older "
            missing += "than what it must follow: a new one is needed"
            old: list[Node] = [{"input": atom.gate, "reason": "stale", **when}]
            return self._finding(atom, path, None, values=old, missing=[missing])
        said = {"value": "open" if opens else "hold", **when}
        return self._finding(atom, path, opens, values=[{"input": atom.gate, **said}])

    def _held_on(self, follows: Condition | None, day: int) -> bool:
        """Whether what a decision follows was so at the end of its day; what is beside a decision
        of today is asked there. Who is free of an event through today was free of it through that
        day.
        """
        if follows is None or day == self.log.as_of:
            return True
        earlier = self.log.known_on(day)
        for (name, event), last in self.log.absences.items():
            earlier.absences[name, event] = min(last, day)
        earlier.time = 23 * 60 + 59
        return replace(self, log=earlier).find(follows).truth is True

    def _mtd_declared(self, atom: e.MtdDeclared, path: str) -> Finding:
        """Decided once the escalation has ended; till then it waits for what that waits for."""
        answer = self.gates.escalated(atom.escalation, self.log)
        step = answer["due"]
        truth: Truth = {"declare": True, "stop": False}.get(step)
        said = {"value": step} if step else {"reason": "missing"}
        at = {"level": answer["to"]} if answer["to"] else {}
        missing = answer["missing"]
        if truth is None and step:
            missing = [f"{atom.escalation}: {step} to dose level {answer['to']} is due"]
        values: list[Node] = [{"input": atom.escalation, **said, **at}]
        inner = Finding(truth, answer["because"])
        return self._finding(atom, path, truth, [inner], values, missing)

    def _no_event(self, atom: e.NoEvent, path: str) -> Finding:
        return self.absence(atom, path)

    def absence(self, atom: e.NoEvent, path: str, reported: bool = False) -> Finding:
        """Whether an event did not occur; `reported`: where nobody said that it did."""
        given = self._given(atom.occasion)
        if given is None:
            if reported:
                return self._finding(atom, path, True)
            return self._not_given(atom, path, atom.occasion)
        on = given.day
        end = add(on, atom.amount, atom.unit) if atom.amount else self.log.as_of
        event = self.gates.events[atom.event]
        inside = [
            (logged, self._counts(event, logged))
            for logged in self.log.events
            if logged.participant == self.whom.participant
            and logged.event == atom.event
            and on <= logged.on <= end
        ]
        missing = [
            f"{self._who()}: {_title(event)} of {iso(logged.on)}: "
            f"{', '.join(_unreported(event, logged))} not reported"
            for logged, counts in inside
            if counts is None
        ]
        missing += [] if reported else self._unattested(event, end)
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

    def _given(self, occasion: str) -> Moment | None:
        return self.sets.given(self._who(), occasion)

    def _now(self) -> Moment:
        return Moment.of(self.log.as_of, self.log.time or 0)

    def _who(self) -> str:
        return "no participant" if self.whom.participant is None else self.whom.participant

    # ---- findings

    def _finding(
        self,
        condition: Condition,
        path: str,
        truth: Truth,
        deciding: Sequence[Finding] = (),
        values: Sequence[Node] = (),
        missing: Sequence[str] = (),
        last: bool = False,
    ) -> Finding:
        """A finding waits for what the findings wait for that leave it open, and for its own:
        `last`, behind those.
        """
        node = {
            "path": path,
            "text": self.gates.wording.condition(condition),
            "truth": truth,
            "values": list(values),
            "because": [inner.node for inner in deciding],
        }
        inside = [text for inner in deciding for text in inner.missing]
        waiting = [*inside, *missing] if last else [*missing, *inside]
        return Finding(truth, node, tuple(waiting) if truth is None else ())

    CONDITIONS: ClassVar[dict[type, Callable[[Question, Any, str], Finding]]] = {
        e.Junction: _junction,
        e.Not: _not,
        e.Every: _every,
        e.CountGiven: _count_given,
        e.Since: _since,
        e.NoEvent: _no_event,
        e.CountEvents: _count_events,
        e.Gap: _gap,
        e.OnDay: _on_day,
        e.DecidedBy: _decided_by,
        e.MtdDeclared: _mtd_declared,
    }


def _title(event: Event) -> str:
    return event.title or event.id


def _unreported(event: Event, logged: LoggedEvent) -> list[str]:
    return [item.name for item in event.attributes if item.name not in logged.attributes]


def _words(occasion: str) -> str:
    return occasion.replace("_", " ")
