"""Gates in a document (ICH M11 section 4.3): guarded transitions, and what shows them."""

from __future__ import annotations

from collections.abc import Iterator

from trialc.emitters.document_design import Entry, attesters, entry_of
from trialc.emitters.dose_words import dose_words
from trialc.emitters.near_literate import Reading, reading
from trialc.emitters.schedule_words import duration_words, occasion_words
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.gate_wording import toxicity_words
from trialc.model.protocol import Action, Escalation, Gate, Guard, Level, Outcome, Protocol
from trialc.model.wording import wording_of

ASKED = {
    "block": "for each block",
    "cohort": "for each cohort",
    "participant": "for each participant",
    "trial": "once",
}


def heading(protocol: Protocol) -> str:
    """What section 4.3 is called: it has stopping rules in words, gates, or both."""
    if not protocol.gates:
        return "Trial stopping rules"
    return f"Trial stopping rules{' and' if protocol.stopping_rules else ':'} gates"


def gates(protocol: Protocol) -> tuple[Entry, ...]:
    """Gates in words (section 4.3): what they stand before, what opens them, what else happens."""
    return tuple(
        entry_of(
            protocol,
            gate,
            number=f"G{position}",
            reading=_opening(protocol, gate),
            stops=reading(gate.stops, protocol) if gate.stops is not None else None,
            facts=_gate_facts(protocol, gate),
        )
        for position, gate in enumerate(protocol.gates, 1)
    )


def _opening(protocol: Protocol, gate: Gate) -> Reading | None:
    """What opens a gate; of one with a stopping rule only what must be shown beside that: nobody
    should have to turn the rule round in the head.
    """
    condition = gate.condition if gate.stops is None else gate.opens
    return reading(condition, protocol) if condition is not None else None


def _gate_facts(protocol: Protocol, gate: Gate) -> tuple[tuple[str, str], ...]:
    return (
        ("Stands before", "; ".join(_guard_words(protocol, guard) for guard in gate.guards)),
        ("Asked", ASKED[gate.per]),
        (
            "Otherwise" if gate.stops is None or gate.opens is not None else "Then",
            "; ".join(_action_words(protocol, a) for a in gate.otherwise) or "not stated",
        ),
        *(("Evidence", words) for words in dict.fromkeys(_evidence(protocol, gate.condition))),
    )


def _guard_words(protocol: Protocol, guard: Guard) -> str:
    if guard.action == "give":
        titles = {item.id: item.title or item.id for item in protocol.populations}
        cohorts = ", ".join(titles[name] for name in guard.cohorts)
        of = f" to participants of: {cohorts}" if cohorts else ""
        return f"giving {occasion_words(guard.occasion, protocol)}{of}"
    if guard.action == "everything":
        return "everything that is done in the trial"
    if guard.first == guard.last:
        return f"randomisation in block {guard.first}"
    return f"randomisation in blocks {guard.first} to {guard.last}"


def _action_words(protocol: Protocol, action: Action) -> str:
    titles = {item.id: item.title for item in protocol.roles}
    target = titles.get(action.object) or action.object.replace("_", " ")
    return f"{action.verb} {target}".strip()


def _evidence(protocol: Protocol, condition: Condition) -> Iterator[str]:
    """What must be on record before the gate can open: silence is never evidence."""
    match condition:
        case e.Junction(branches=branches):
            for branch in branches:
                yield from _evidence(protocol, branch.condition)
        case e.Every(condition=inner) | e.Not(operand=inner):
            yield from _evidence(protocol, inner)
        case e.Since(occasion=occasion, unit="hour") | e.Gap(occasion=occasion, unit="hour"):
            what = occasion_words(occasion, protocol)
            yield (
                f"a record of {what} with date and time of day for every "
                "participant concerned; without a time, any minute of the day is reckoned with"
            )
        case (
            e.CountGiven(occasion=occasion) | e.Since(occasion=occasion) | e.Gap(occasion=occasion)
        ):
            what = occasion_words(occasion, protocol)
            yield f"a dated record of {what} for every participant counted"
        case e.CountEvents(reported=True):
            event = next(item for item in protocol.events if item.id == condition.absence.event)
            yield f"reports of “{event.title or event.id}”; what nobody reported does not count"
        case e.CountEvents():
            yield from _evidence(protocol, condition.absence)
        case e.DecidedBy():
            titles = {item.id: item.title or item.id for item in protocol.roles}
            yield f"a dated decision of the role {titles[condition.role]}; the latest one counts"
        case e.MtdDeclared():
            named = (plan for plan in protocol.escalations if plan.id == condition.escalation)
            yield from _evidence(protocol, next(named).toxicity)
        case e.NoEvent():
            event = next(item for item in protocol.events if item.id == condition.event)
            by = f" by the role {attesters(protocol, event)}" if event.by else ""
            reach = (
                f"{duration_words(condition.amount, condition.unit)} after it"
                if condition.amount
                else "the day on which the gate is asked"
            )
            yield (
                f"for every participant concerned, an attestation{by}, by name and date, that no "
                f"event of the kind “{event.title or event.id}” occurred from "
                f"{occasion_words(condition.occasion, protocol)} through {reach}; no entry is no "
                "evidence"
            )
        case _:
            return


# ---- dose escalation

STEPS = {
    "escalate": "the next higher level",
    "stay": "another cohort at this level",
    "de_escalate": "the next lower level",
    "eliminate": "the next lower level; nobody is treated at this level or above it any more",
    "stop": "the escalation ends without a maximum tolerated dose",
    "declare": "this level is declared the maximum tolerated dose",
}


def escalations(protocol: Protocol) -> tuple[Entry, ...]:
    """Dose escalations in words: levels, cohorts, what is counted, and the table."""
    return tuple(
        entry_of(protocol, plan, facts=tuple(_escalation_facts(protocol, plan)))
        for plan in protocol.escalations
    )


def _escalation_facts(protocol: Protocol, plan: Escalation) -> Iterator[tuple[str, str]]:
    levels = {level.id: level for level in protocol.levels}
    named = (_level_words(protocol, levels[name]) for name in plan.levels)
    yield "Dose levels", "; ".join(named)
    yield "First level", levels[plan.start].title or plan.start
    yield "Cohorts", f"of {plan.cohort}, at most {plan.maximum} participants at a level"
    yield "Counted", toxicity_words(plan.toxicity, wording_of(protocol).title)
    for row in plan.rows:
        yield f"After {_outcome_words(row)}", STEPS[row.step]
    yield (
        "At the highest usable level",
        "escalating means another cohort there, and with its maximum treated, that it is declared",
    )
    below = "another cohort there while it has room" if plan.lowest == "stay" else STEPS["stop"]
    yield "At the lowest level", f"de-escalating means: {below}"
    yield "Going down to a full level", "it is declared the maximum tolerated dose"


def _level_words(protocol: Protocol, level: Level) -> str:
    """ "200 mg (Drug 200 mg)"."""
    titles = {item.id: item.title or item.id for item in protocol.interventions}
    doses = ", ".join(
        f"{titles[item.intervention]} {dose_words(item.dose, protocol)}" for item in level.doses
    )
    return f"{level.title or level.id} ({doses})" if doses else level.title or level.id


def _outcome_words(row: Outcome) -> str:
    count = str(row.low) if row.low == row.high else f"{row.low} to {row.high}"
    return f"{count} of {row.participants}"
