"""Whether a gate of the trial is open, held or closed (docs/semantics.md section 7)."""

from __future__ import annotations

from trialc_runtime.escalation import outcome_of
from trialc_runtime.refusals import did_you_mean, listed, shown
from trialc_runtime.sets import Asked, one_of
from trialc_runtime.transitions import Question
from trialc_runtime.trial_log import Vocabulary, read_log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from trialc_runtime.dose_levels import EscalationRule
    from trialc_runtime.program import Condition, Program
    from trialc_runtime.trial_log import EventKind, Orders, TrialLog

STATES = {True: "open", False: "held", None: "closed"}


class GateRule:
    """A gate: `per` is block, cohort, participant or trial; it is open while its condition is true.

    `blocks` are the first and the last block that it is asked for, `cohorts` the cohorts; None and
    () where the protocol sets no limit.
    """

    __slots__ = ("blocks", "cohorts", "condition", "id", "per", "title")

    def __init__(
        self,
        id: str,
        title: str,
        per: str,
        condition: Condition,
        blocks: tuple[int, int] | None = None,
        cohorts: tuple[str, ...] = (),
    ) -> None:
        self.id = id
        self.title = title
        self.per = per
        self.condition = condition
        self.blocks = blocks
        self.cohorts = cohorts


class GateTables:
    """Everything that `gate` needs to know of a protocol; `program` has the definitions."""

    __slots__ = ("escalations", "gates", "program", "words")

    def __init__(
        self,
        program: Program,
        gates: tuple[GateRule, ...],
        kinds: tuple[EventKind, ...],
        occasions: tuple[str, ...],
        orders: Orders = (),
        levels: tuple[str, ...] = (),
        deciders: dict[str, tuple[str, tuple[str, ...]]] | None = None,
        escalations: tuple[EscalationRule, ...] = (),
    ) -> None:
        self.escalations = {rule.id: rule for rule in escalations}
        self.program = program
        self.gates = {gate.id: gate for gate in gates}
        known = {kind.id: kind for kind in kinds}
        self.words = Vocabulary(known, occasions, program.roles, orders, levels, deciders)


def ask_gate(
    tables: GateTables,
    name: str,
    log: Any,
    block: int | None = None,
    participant: str | None = None,
    cohort: str | None = None,
) -> dict[str, Any]:
    """The state of a gate for a block, a cohort or a participant: gate, state, missing, because.

    RecordRefused for a log with faults; ValueError for a gate, block, cohort or participant that is
    not named or not known.
    """
    rule = _rule_for(tables, name, block, participant, cohort)
    known = read_log(log, tables.words)
    if participant is not None and participant not in known.blocks:
        raise ValueError(f"participant `{participant}` is not in the log")
    asked = Asked(block, cohort) if participant is None else one_of(known, participant)

    def ended(escalation: str, log: TrialLog) -> dict[str, Any]:
        return outcome_of(tables, tables.escalations[escalation], log)

    question = Question(tables.program, tables.words.kinds, known, asked, ended)
    found = question.find(rule.condition, rule.id)
    return {
        "gate": name,
        "state": STATES[found.truth],
        "missing": list(dict.fromkeys(found.missing)),
        "because": found.node,
    }


def _rule_for(
    tables: GateTables, name: str, block: int | None, participant: str | None, cohort: str | None
) -> GateRule:
    """The gate that is asked; ValueError where it is not asked so."""
    rule = tables.gates.get(name)
    if rule is None:
        guess = did_you_mean(name, tables.gates) or f"; the gates are {listed(tables.gates)}"
        raise ValueError(f"no gate is called `{name}`{guess}")
    for kind, given in (("block", block), ("participant", participant), ("cohort", cohort)):
        if (given is not None) != (rule.per == kind):
            asked = f"for a {rule.per}" if rule.per != "trial" else "once, for the whole trial"
            advice = "leave out" if given is not None else "give"
            raise ValueError(f"the gate `{name}` is asked {asked}: {advice} `{kind}`")
    if block is not None and (type(block) is not int or block < 1):
        raise ValueError(f"a block is a whole number from 1, not {shown(block)}")
    if cohort is not None and (type(cohort) is not str or not cohort):
        raise ValueError(f"a cohort is named by a text, not {shown(cohort)}")
    if cohort is not None and rule.cohorts and cohort not in rule.cohorts:
        asked = listed(rule.cohorts)
        raise ValueError(f"the gate `{name}` stands before cohort {asked}, not before `{cohort}`")
    if block is not None and rule.blocks is not None:
        first, last = rule.blocks
        if not first <= block <= last:
            asked = f"block {first}" if first == last else f"blocks {first} to {last}"
            raise ValueError(f"the gate `{name}` stands before {asked}, not before block {block}")
    return rule
