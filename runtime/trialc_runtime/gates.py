"""Whether a gate of the trial is open, held or closed (docs/semantics.md section 7).

A gate's condition has the form of `program`, of junctions and `not`, over these atoms:

    ("count_given", scope, occasion, count, text)
    ("every", scope, condition, text)
    ("since", occasion, amount, unit, text)
    ("no_event", event, occasion, amount, unit, text)     amount 0: up to the day of asking

A scope is "this" or "previous" block, or the number of a block as text.
"""

from __future__ import annotations

from trialc_runtime.calendar import add, iso
from trialc_runtime.evaluate import Evaluation
from trialc_runtime.refusals import did_you_mean, listed, shown
from trialc_runtime.trial_log import read_log
from trialc_runtime.truth import all_of, any_of, at_least, negate, none_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from trialc_runtime.program import Condition, Program, Truth
    from trialc_runtime.trial_log import EventKind, LoggedEvent, Orders, TrialLog

STATES = {True: "open", False: "held", None: "closed"}


class GateRule:
    """A gate: `per` is block, participant or trial; it is open while its condition is true.

    `blocks` are the first and the last block that it is asked for; None where the protocol sets no
    limit.
    """

    __slots__ = ("blocks", "condition", "id", "per", "title")

    def __init__(
        self,
        id: str,
        title: str,
        per: str,
        condition: Condition,
        blocks: tuple[int, int] | None = None,
    ) -> None:
        self.id = id
        self.title = title
        self.per = per
        self.condition = condition
        self.blocks = blocks


class GateTables:
    """Everything that `gate` needs to know of a protocol; `program` has the definitions."""

    __slots__ = ("gates", "kinds", "occasions", "orders", "program")

    def __init__(
        self,
        program: Program,
        gates: tuple[GateRule, ...],
        kinds: tuple[EventKind, ...],
        occasions: tuple[str, ...],
        orders: Orders = (),
    ) -> None:
        self.program = program
        self.gates = {gate.id: gate for gate in gates}
        self.kinds = {kind.id: kind for kind in kinds}
        self.occasions = occasions
        self.orders = orders


class _Finding:
    """What one condition comes to: its truth, its node, and what is missing while it is unknown."""

    __slots__ = ("missing", "node", "truth")

    def __init__(self, truth: Truth, node: dict[str, Any], missing: list[str]) -> None:
        self.truth = truth
        self.node = node
        self.missing = missing if truth is None else []


class _Question:
    """One gate, asked for one block or participant (either may be None)."""

    __slots__ = ("block", "log", "participant", "tables")

    def __init__(
        self, tables: GateTables, log: TrialLog, block: int | None, participant: str | None
    ) -> None:
        self.tables = tables
        self.log = log
        self.block = block
        self.participant = participant

    # ---- conditions

    def find(self, condition: Condition, path: str = "") -> _Finding:
        operator = condition[0]
        if operator == "part":
            return self.find(self.tables.program.parts[condition[1]], path)
        if operator == "junction":
            return self._junction(condition, path)
        if operator == "not":
            inner = self.find(condition[1])
            truth = negate(inner.truth)
            return _Finding(truth, _node(condition, path, truth, [inner]), inner.missing)
        if operator == "count_given":
            return self._count_given(condition, path)
        if operator == "every":
            return self._every(condition, path)
        return self._since(condition, path) if operator == "since" else self._none(condition, path)

    def _junction(self, condition: Condition, path: str) -> _Finding:
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
        return _Finding(truth, _node(condition, path, truth, deciding), missing)

    def _every(self, condition: Condition, path: str) -> _Finding:
        """All of a condition over the participants of a scope; unknown where there are none."""
        members = self._members(condition[1])
        found: list[_Finding] = []
        for name in members:
            inner = _Question(self.tables, self.log, self.log.blocks[name], name)
            finding = inner.find(condition[2])
            finding.node["participant"] = name
            found.append(finding)
        truth = all_of(finding.truth for finding in found) if found else None
        deciding = [finding for finding in found if truth is True or finding.truth is truth]
        missing = [text for finding in found for text in finding.missing]
        if not found:
            missing = [f"no participant is listed in {self._scope_words(condition[1])}"]
        return _Finding(truth, _node(condition, path, truth, deciding), missing)

    # ---- atoms

    def _count_given(self, condition: Condition, path: str) -> _Finding:
        _, scope, occasion, wanted, _ = condition
        members = self._members(scope)
        without = [name for name in members if (name, occasion) not in self.log.given]
        count = len(members) - len(without)
        truth: Truth = None if count < wanted else count == wanted
        words = occasion.replace("_", " ")
        text = f"{words} of {wanted - count} more in {self._scope_words(scope)}"
        if without:
            text += f" (not given to {', '.join(without)})"
        values = [{"input": occasion, "value": count}]
        return _Finding(truth, _node(condition, path, truth, [], values), [text])

    def _since(self, condition: Condition, path: str) -> _Finding:
        _, occasion, amount, unit, _ = condition
        on = self._given(occasion)
        if on is None:
            return self._not_given(condition, path, occasion)
        due = add(on, amount, unit)
        truth: Truth = True if due <= self.log.as_of else None
        values = [{"input": occasion, "value": iso(on)}]
        text = f"{self._who()}: {condition[-1]} is reached on {iso(due)}"
        return _Finding(truth, _node(condition, path, truth, [], values), [text])

    def _none(self, condition: Condition, path: str) -> _Finding:
        """No event after an occasion. An event that counts outranks an attested absence."""
        _, event, occasion, amount, unit, _ = condition
        on = self._given(occasion)
        if on is None:
            return self._not_given(condition, path, occasion)
        end = add(on, amount, unit) if amount else self.log.as_of
        kind = self.tables.kinds[event]
        values: list[dict[str, Any]] = [{"input": occasion, "value": iso(on)}]
        missing: list[str] = []
        counted = False
        for logged in self.log.events:
            if (logged.participant, logged.event) != (self.participant, event):
                continue
            counts = self._counts(kind, logged) if on <= logged.on <= end else False
            if counts is not False:
                values.append({"input": event, "on": iso(logged.on), **logged.attributes})
            if counts is None:
                unreported = [name for name in kind.attributes if name not in logged.attributes]
                what = f"{kind.title} of {iso(logged.on)}: {', '.join(unreported)} not reported"
                missing.append(f"{self._who()}: {what}")
            counted = counted or counts is True
        missing += self._unattested(kind, end)
        truth: Truth = False if counted else None if missing else True
        return _Finding(truth, _node(condition, path, truth, [], values), missing)

    def _unattested(self, kind: EventKind, end: int) -> list[str]:
        """What is missing before an absence through the end of a window may be concluded."""
        if self.log.as_of < end:
            return [f"{self._who()}: {kind.title} can occur until {iso(end)}"]
        attested = self.log.absences.get((self.participant or "", kind.id))
        if attested is not None and attested >= end:
            return []
        absence = f"absence of {kind.title} through {iso(end)} is not attested"
        return [f"{self._who()}: {absence}"]

    def _counts(self, kind: EventKind, logged: LoggedEvent) -> Truth:
        values = {f"event.{name}": code for name, code in logged.attributes.items()}
        return Evaluation(self.tables.program, values).truth(kind.counts)

    def _not_given(self, condition: Condition, path: str, occasion: str) -> _Finding:
        values = [{"input": occasion, "reason": "missing"}]
        text = f"{self._who()}: {occasion.replace('_', ' ')} has not been given"
        return _Finding(None, _node(condition, path, None, [], values), [text])

    def _given(self, occasion: str) -> int | None:
        return self.log.given.get((self.participant or "", occasion))

    # ---- scopes

    def _members(self, scope: str) -> list[str]:
        block = self._scope(scope)
        if block is None:
            return []
        return [name for name, inside in self.log.blocks.items() if inside == block]

    def _scope(self, scope: str) -> int | None:
        if scope == "this":
            return self.block
        if scope == "previous":
            return None if self.block is None else self.block - 1
        return int(scope)

    def _scope_words(self, scope: str) -> str:
        block = self._scope(scope)
        return "a block that is not named" if block is None else f"block {block}"

    def _who(self) -> str:
        return self.participant or "no participant"


def ask_gate(
    tables: GateTables,
    name: str,
    log: Any,
    block: int | None = None,
    participant: str | None = None,
) -> dict[str, Any]:
    """The state of a gate for a block or a participant: gate, state, missing, because.

    RecordRefused for a log with faults; ValueError for a gate, block or participant that is not
    named or not known.
    """
    rule = tables.gates.get(name)
    if rule is None:
        guess = did_you_mean(name, tables.gates) or f"; the gates are {listed(tables.gates)}"
        raise ValueError(f"no gate is called `{name}`{guess}")
    for kind, given in (("block", block), ("participant", participant)):
        if (given is not None) != (rule.per == kind):
            asked = f"for a {rule.per}" if rule.per != "trial" else "once, for the whole trial"
            advice = "leave out" if given is not None else "give"
            raise ValueError(f"the gate `{name}` is asked {asked}: {advice} `{kind}`")
    if block is not None and (type(block) is not int or block < 1):
        raise ValueError(f"a block is a whole number from 1, not {shown(block)}")
    if block is not None and rule.blocks is not None:
        first, last = rule.blocks
        if not first <= block <= last:
            asked = f"block {first}" if first == last else f"blocks {first} to {last}"
            raise ValueError(f"the gate `{name}` stands before {asked}, not before block {block}")
    known = read_log(log, tables.kinds, tables.occasions, tables.program.roles, tables.orders)
    if participant is not None:
        if participant not in known.blocks:
            raise ValueError(f"participant `{participant}` is not in the log")
        block = known.blocks[participant]
    found = _Question(tables, known, block, participant).find(rule.condition, rule.id)
    return {
        "gate": name,
        "state": STATES[found.truth],
        "missing": list(dict.fromkeys(found.missing)),
        "because": found.node,
    }


def _node(
    condition: Condition,
    path: str,
    truth: Truth,
    deciding: list[_Finding],
    values: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    return {
        "path": path,
        "text": condition[-1],
        "truth": truth,
        "values": values or [],
        "because": [finding.node for finding in deciding],
    }
