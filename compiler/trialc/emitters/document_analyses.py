"""Estimands, interim analyses, stopping, replacement in a document (ICH M11 3, 4.3, 7, 10)."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.emitters.document_design import Entry, entry_of
from trialc.emitters.document_front import words
from trialc.emitters.schedule_words import NOT_STATED, occasion_words
from trialc.model.protocol import Estimand, Interim, Protocol

STRATEGIES = {
    "treatment_policy": "treatment policy",
    "hypothetical": "hypothetical",
    "composite": "composite variable",
    "while_on_treatment": "while on treatment",
    "principal_stratum": "principal stratum",
}


@dataclass(frozen=True, slots=True)
class EstimandRow:
    """An estimand by its five attributes, with the objective that its endpoint measures."""

    entry: Entry
    objective: str
    attributes: tuple[tuple[str, str], ...]


def estimands(protocol: Protocol) -> tuple[EstimandRow, ...]:
    """One row for each estimand (section 3)."""
    return tuple(_row(protocol, item) for item in protocol.estimands)


def _row(protocol: Protocol, item: Estimand) -> EstimandRow:
    arms = {arm.id: arm.title or arm.id for arm in protocol.arms}
    endpoint = next(one for one in protocol.endpoints if one.id == item.endpoint)
    objectives = {one.id: one.title or one.id for one in protocol.objectives}
    events = "; ".join(
        f"{one.event}: {STRATEGIES[one.strategy]}" for one in item.intercurrent_events
    )
    attributes = (
        ("Treatment", item.treatment or ", ".join(arms[name] for name in item.arms)),
        ("Population", item.population),
        ("Variable", endpoint.title or endpoint.id),
        ("Intercurrent events", events),
        ("Population-level summary", item.summary),
    )
    stated = tuple((name, text or NOT_STATED) for name, text in attributes)
    return EstimandRow(
        entry_of(protocol, item),
        "; ".join(objectives[name] for name in endpoint.objectives) or NOT_STATED,
        stated,
    )


def interims(protocol: Protocol) -> tuple[Entry, ...]:
    """When each interim analysis is due, what for, and who sees it (section 10.9)."""
    roles = {role.id: role.title or role.id for role in protocol.roles}
    return tuple(
        entry_of(
            protocol,
            item,
            facts=(
                ("Due", _due_words(protocol, item)),
                ("For", ", ".join(words(one).lower() for one in item.purposes) or NOT_STATED),
                ("Boundary", item.boundary or NOT_STATED),
                ("Seen by", " and ".join(roles[name] for name in item.by) or NOT_STATED),
            ),
        )
        for item in protocol.interims
    )


def _due_words(protocol: Protocol, item: Interim) -> str:
    number = f"{item.amount:g}"
    if item.of == "events":
        titles = {event.id: event.title or event.id for event in protocol.events}
        return f"when {number} events of “{titles[item.at]}” are there"
    who = f"{number} % of participants" if item.of == "share" else f"{number} participants"
    if item.milestone == "completed":
        return f"when {who} have completed {item.at}"
    if item.milestone == "given":
        return f"when {who} have been given {occasion_words(item.at, protocol)}"
    return f"when {who} are {item.milestone}"


def stopping_rules(protocol: Protocol) -> tuple[Entry, ...]:
    """What stops or pauses what (section 4.3)."""
    roles = {role.id: role.title or role.id for role in protocol.roles}
    gates = {gate.id: gate.title or gate.id for gate in protocol.gates}
    verbs = {"stop": "stops", "pause": "pauses"}
    return tuple(
        entry_of(
            protocol,
            item,
            facts=(
                ("When", item.when),
                ("Then", f"the {item.scope} {verbs[item.action]}"),
                ("Decided by", " and ".join(roles[name] for name in item.by) or NOT_STATED),
                ("Asked by the gate", gates.get(item.gate, "")),
            ),
        )
        for item in protocol.stopping_rules
    )


def replacement_words(protocol: Protocol) -> str:
    """ "Participants are replaced who are withdrawn before V3; at most 4."; "" where not stated."""
    found = protocol.metadata.replacement
    if found is None:
        return ""
    if not found.cases:
        return "No participant is replaced."
    reasons = " or ".join(
        ("leave for any reason" if one.reason == "any" else f"are {words(one.reason).lower()}")
        + (f" before {one.before}" if one.before else "")
        for one in found.cases
    )
    most = "how many at most is not stated" if found.most is None else f"at most {found.most}"
    return f"Participants are replaced who {reasons}; {most}."
