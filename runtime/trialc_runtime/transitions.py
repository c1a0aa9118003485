"""What the condition of a gate comes to (docs/semantics.md section 7).

A condition has the form of `program`, of junctions and `not`, over these atoms:

    ("count_given", scope, occasion, count, text)         or (..., count, relation, text)
    ("count_events", scope, absence, reported, relation, count, text)
    ("every", scope, condition, text)
    ("since", occasion, amount, unit, text)
    ("no_event", event, occasion, amount, unit, text)     amount 0: up to the day of asking
    ("gap", scope, occasion, amount, unit, text)
    ("on_day", relation, day, text)
    ("decided_by", gate, role, per, follows, text)        follows: a condition, or None
    ("mtd_declared", escalation, text)

`absence` is a "no_event"; a scope is what `sets` says.
"""

from __future__ import annotations

from trialc_runtime.calendar import add, iso
from trialc_runtime.evaluate import Evaluation
from trialc_runtime.instants import due, earliest, latest, passed
from trialc_runtime.sets import lacking, members_of, moment_given, one_of, scope_words
from trialc_runtime.trial_log import facts_until
from trialc_runtime.truth import all_of, any_of, at_least, negate, none_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from trialc_runtime.instants import Moment
    from trialc_runtime.program import Condition, Program, Truth
    from trialc_runtime.sets import Asked
    from trialc_runtime.trial_log import EventKind, LoggedEvent, TrialLog


class Finding:
    """What one condition comes to: its truth, its node, and what is missing while it is unknown."""

    __slots__ = ("missing", "node", "truth")

    def __init__(self, truth: Truth, node: dict[str, Any], missing: list[str]) -> None:
        self.truth = truth
        self.node = node
        self.missing = missing if truth is None else []


class Question:
    """One gate, asked for somebody; `escalated` answers what an escalation has come to by a log."""

    __slots__ = ("asked", "escalated", "kinds", "log", "program")

    def __init__(
        self,
        program: Program,
        kinds: dict[str, EventKind],
        log: TrialLog,
        asked: Asked,
        escalated: Callable[[str, TrialLog], dict[str, Any]] | None = None,
    ) -> None:
        self.escalated = escalated
        self.program = program
        self.kinds = kinds
        self.log = log
        self.asked = asked

    # ---- conditions

    def find(self, condition: Condition, path: str = "") -> Finding:
        operator = condition[0]
        if operator == "part":
            return self.find(self.program.parts[condition[1]], path)
        if operator == "junction":
            return self._junction(condition, path)
        if operator == "not":
            inner = self.find(condition[1])
            truth = negate(inner.truth)
            return Finding(truth, _node(condition, path, truth, [inner]), inner.missing)
        return {
            "count_given": self._count_given,
            "count_events": self._count_events,
            "every": self._every,
            "since": self._since,
            "no_event": self._none,
            "reported": self._none,
            "gap": self._gap,
            "on_day": self._on_day,
            "decided_by": self._decided_by,
            "mtd_declared": self._mtd_declared,
        }[operator](condition, path)

    def _junction(self, condition: Condition, path: str) -> Finding:
        _, quantifier, count, branches, _ = condition
        found = [self.find(branch, inner) for inner, branch in branches]
        truths = [finding.truth for finding in found]
        if quantifier == "at_least":
            truth = at_least(count, truths)
        else:
            truth = {"all": all_of, "any": any_of, "none": none_of}[quantifier](truths)
        sought = negate(truth) if quantifier == "none" else truth
        everything = quantifier != "at_least" and sought is (quantifier == "all")
        deciding = [finding for finding in found if everything or finding.truth is sought]
        missing = [text for finding in found for text in finding.missing]
        return Finding(truth, _node(condition, path, truth, deciding), missing)

    def _every(self, condition: Condition, path: str) -> Finding:
        """All of a condition over the participants of a scope; unknown where there are none."""
        found = self._each(condition[1], condition[2])
        missing = [text for finding in found for text in finding.missing]
        missing += self._nobody(condition[1])
        truths = [finding.truth for finding in found]
        if lacking(self.log, self.asked, condition[1]) or not found:
            truths.append(None)
        truth = all_of(truths)
        deciding = [finding for finding in found if truth is True or finding.truth is truth]
        return Finding(truth, _node(condition, path, truth, deciding), missing)

    def _each(self, scope: Any, condition: Condition) -> list[Finding]:
        """What a condition comes to for each participant of a scope."""
        found: list[Finding] = []
        for name in members_of(self.log, self.asked, scope):
            inner = Question(self.program, self.kinds, self.log, one_of(self.log, name))
            finding = inner.find(condition)
            finding.node["participant"] = name
            found.append(finding)
        return found

    def _nobody(self, scope: Any) -> list[str]:
        """What is missing of a scope itself: the first n of it, or anybody."""
        few = lacking(self.log, self.asked, scope)
        if few:
            whom = scope_words(self.asked, scope[2])
            return [f"{scope[1].replace('_', ' ')} of {few} more in {whom}"]
        if members_of(self.log, self.asked, scope):
            return []
        return [f"no participant is listed in {scope_words(self.asked, scope)}"]

    # ---- atoms

    def _count_given(self, condition: Condition, path: str) -> Finding:
        """`=` is true of the number, `>=` from it on: both are not yet true of fewer."""
        scope, occasion, wanted = condition[1:4]
        relation = condition[4] if len(condition) > 5 else "="
        members = members_of(self.log, self.asked, scope)
        without = [name for name in members if (name, occasion) not in self.log.given]
        count = len(members) - len(without)
        if relation == "<=":
            truth: Truth = count <= wanted
        else:
            truth = None if count < wanted else count == wanted or relation == ">="
        words = occasion.replace("_", " ")
        text = f"{words} of {wanted - count} more in {scope_words(self.asked, scope)}"
        if without:
            text += f" (not given to {', '.join(without)})"
        values = [{"input": occasion, "value": count}]
        return Finding(truth, _node(condition, path, truth, [], values), [text])

    def _count_events(self, condition: Condition, path: str) -> Finding:
        """How many had an event: an interval, while some of them may have had it."""
        _, scope, absence, reported, relation, wanted, _ = condition
        found = self._each(scope, ("reported", *absence) if reported else absence)
        had = [finding for finding in found if finding.truth is False]
        doubt = [finding for finding in found if finding.truth is None]
        nobody = [] if reported else self._nobody(scope)
        least = len(had)
        most = least + len(doubt) + lacking(self.log, self.asked, scope)
        if nobody and not found:
            truth: Truth = None
        elif relation == "<=":
            truth = True if most <= wanted else False if least > wanted else None
        elif relation == ">=":
            truth = True if least >= wanted else False if most < wanted else None
        else:
            outside = least > wanted or most < wanted
            truth = False if outside else True if least == most else None
        values: list[dict[str, Any]] = [{"input": absence[1], "value": least}]
        if most > least:
            values[0]["most"] = most
        missing = [text for finding in doubt for text in finding.missing] + nobody
        deciding = [finding for finding in found if finding.truth is not True]
        return Finding(truth, _node(condition, path, truth, deciding, values), missing)

    def _since(self, condition: Condition, path: str) -> Finding:
        _, occasion, amount, unit, _ = condition
        given = self._given(occasion)
        if given is None:
            return self._not_given(condition, path, occasion)
        reached = passed(given, amount, unit, (self.log.as_of, self.log.time or 0))
        truth: Truth = True if reached else None
        values = [{"input": occasion, "value": iso(given[0])}]
        text = f"{self._who()}: {condition[-1]} is reached on {due(given, amount, unit)}"
        return Finding(truth, _node(condition, path, truth, [], values), [text])

    def _gap(self, condition: Condition, path: str) -> Finding:
        """So long after everybody before. Who was not given it yet would be given it now."""
        _, scope, occasion, amount, unit, _ = condition
        own = self._given(occasion)
        now = own if own is not None else (self.log.as_of, self.log.time or 0)
        truths: list[Truth] = []
        missing: list[str] = []
        values: list[dict[str, Any]] = []
        for name in members_of(self.log, self.asked, scope):
            moment = moment_given(self.log, name, occasion)
            if name == self.asked.participant or moment is None or earliest(moment) > latest(now):
                continue
            truth = passed(moment, amount, unit, now)
            if own is None and truth is False:
                truth = None
            truths.append(truth)
            if truth is not True:
                values.append({"input": occasion, "participant": name, "value": iso(moment[0])})
            if truth is None:
                reached = due(moment, amount, unit)
                text = f"{condition[-1]}: for {name} reached on {reached}"
                missing.append(f"{self._who()}: {text}")
        result = all_of(truths)
        return Finding(result, _node(condition, path, result, [], values), missing)

    def _on_day(self, condition: Condition, path: str) -> Finding:
        _, relation, day, _ = condition
        today = self.log.as_of
        truth = {"<": today < day, "<=": today <= day, ">": today > day, ">=": today >= day}[
            relation
        ]
        values = [{"input": "as_of", "value": iso(today)}]
        return Finding(truth, _node(condition, path, truth, [], values), [])

    def _decided_by(self, condition: Condition, path: str) -> Finding:
        """The latest decision; without one nothing is decided, nor by one that opens before what it
        follows was so.
        """
        _, gate, role, per, follows, _ = condition
        whom: object = getattr(self.asked, per, None)
        decision = self.log.decisions.get((gate, role, whom))
        truth: Truth = None if decision is None else decision[1]
        value: dict[str, Any] = {"input": gate, "reason": "missing"}
        about = "" if whom is None else f" for {per} {whom}"
        missing = [f"no decision of {role} on {gate}{about} is recorded"]
        if decision is not None:
            on = iso(decision[0])
            said = {"value": "open" if truth else "hold"}
            if truth and not self._held_on(follows, decision[0]):
                truth, said = None, {"reason": "stale"}
                missing = [
                    f"the decision of {role} on {gate}{about} of {on} is older than what it must "
                    "follow: a new one is needed"
                ]
            value = {"input": gate, **said, "on": on, "by": [role]}
        return Finding(truth, _node(condition, path, truth, [], [value]), missing)

    def _held_on(self, follows: Condition | None, day: int) -> bool:
        """Whether what a decision follows was so by the end of its day; today is asked anyway."""
        if follows is None or day == self.log.as_of:
            return True
        log = facts_until(self.log, day)
        earlier = Question(self.program, self.kinds, log, self.asked, self.escalated)
        return earlier.find(follows).truth is True

    def _mtd_declared(self, condition: Condition, path: str) -> Finding:
        """True and false are the two ends of an escalation; before them nothing is known."""
        _, escalation, _ = condition
        assert self.escalated is not None
        answer = self.escalated(escalation, self.log)
        due, level = answer["due"], answer["to"]
        truth: Truth = True if due == "declare" else False if due == "stop" else None
        missing: list[str] = answer["missing"]
        value: dict[str, Any] = {"input": escalation}
        if due is None:
            value["reason"] = "missing"
        else:
            value["value"] = due
        if level is not None:
            value["level"] = level
        if due is not None and truth is None:
            missing = [f"{escalation}: {due} to dose level {level} is due"]
        node = _node(condition, path, truth, [], [value])
        node["because"] = [answer["because"]]
        return Finding(truth, node, missing)

    def _none(self, condition: Condition, path: str) -> Finding:
        """No event after an occasion. An event that counts outranks an attested absence; where
        reports are enough, no absence is asked for.
        """
        is_reported = condition[0] == "reported"
        _, event, occasion, amount, unit, _ = condition[1:] if is_reported else condition
        given = self._given(occasion)
        if given is None:
            if is_reported:
                return Finding(True, _node(condition, path, True, []), [])
            return self._not_given(condition, path, occasion)
        on = given[0]
        end = add(on, amount, unit) if amount else self.log.as_of
        kind = self.kinds[event]
        values: list[dict[str, Any]] = [{"input": occasion, "value": iso(on)}]
        missing: list[str] = []
        counted = False
        for logged in self.log.events:
            if (logged.participant, logged.event) != (self.asked.participant, event):
                continue
            counts = self._counts(kind, logged) if on <= logged.on <= end else False
            if counts is not False:
                values.append({"input": event, "on": iso(logged.on), **logged.attributes})
            if counts is None:
                unreported = [name for name in kind.attributes if name not in logged.attributes]
                what = f"{kind.title} of {iso(logged.on)}: {', '.join(unreported)} not reported"
                missing.append(f"{self._who()}: {what}")
            counted = counted or counts is True
        if not is_reported:
            missing += self._unattested(kind, end)
        truth: Truth = False if counted else None if missing else True
        return Finding(truth, _node(condition, path, truth, [], values), missing)

    def _unattested(self, kind: EventKind, end: int) -> list[str]:
        """What is missing before an absence through the end of a window may be concluded."""
        if self.log.as_of < end:
            return [f"{self._who()}: {kind.title} can occur until {iso(end)}"]
        attested = self.log.absences.get((self.asked.participant or "", kind.id))
        if attested is not None and attested >= end:
            return []
        absence = f"absence of {kind.title} through {iso(end)} is not attested"
        return [f"{self._who()}: {absence}"]

    def _counts(self, kind: EventKind, logged: LoggedEvent) -> Truth:
        values = {f"event.{name}": code for name, code in logged.attributes.items()}
        return Evaluation(self.program, values).truth(kind.counts)

    def _not_given(self, condition: Condition, path: str, occasion: str) -> Finding:
        values = [{"input": occasion, "reason": "missing"}]
        text = f"{self._who()}: {occasion.replace('_', ' ')} has not been given"
        return Finding(None, _node(condition, path, None, [], values), [text])

    def _given(self, occasion: str) -> Moment | None:
        return moment_given(self.log, self.asked.participant or "", occasion)

    def _who(self) -> str:
        return self.asked.participant or "no participant"


def _node(
    condition: Condition,
    path: str,
    truth: Truth,
    deciding: list[Finding],
    values: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    return {
        "path": path,
        "text": condition[-1],
        "truth": truth,
        "values": values or [],
        "because": [finding.node for finding in deciding],
    }
