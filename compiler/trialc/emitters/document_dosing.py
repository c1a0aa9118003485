"""Doses that change, and what everybody is given, in a document (ICH M11 sections 6.3 and 6.4)."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.emitters.document_design import Entry, entry_of
from trialc.emitters.document_front import words
from trialc.emitters.near_literate import in_words
from trialc.emitters.schedule_words import occasion_words
from trialc.emitters.treatment_words import given_words
from trialc.model.protocol import Declared, Modification, Protocol

ACTIONS = {
    "continue": "go on with the same dose",
    "hold": "hold the dose",
    "reduce": "reduce by one step",
    "hold_and_reduce": "hold the dose, then go on one step lower",
    "stop": "stop for good",
}


@dataclass(frozen=True, slots=True)
class ModificationTable:
    """What becomes of a dose after an event: label, condition and action of each row."""

    entry: Entry
    rows: tuple[tuple[str, str, str], ...]


def modifications(protocol: Protocol) -> tuple[ModificationTable, ...]:
    """Tables of dose modifications (section 6.4)."""
    return tuple(_table(protocol, item) for item in protocol.modifications)


def _table(protocol: Protocol, item: Modification) -> ModificationTable:
    declared: tuple[Declared, ...] = (*protocol.interventions, *protocol.events)
    titles = {one.id: one.title or one.id for one in declared}
    order = "the row that holds counts" if item.unique else "the first row that holds counts"
    facts = (
        ("Dose of", ", ".join(titles[name] for name in item.interventions)),
        ("After", f"{titles[item.event]}; {order}"),
    )
    rows = (
        (
            words(row.label),
            in_words(row.when, protocol) if row.when is not None else "otherwise",
            ACTIONS[row.action],
        )
        for row in item.rows
    )
    return ModificationTable(entry_of(protocol, item, facts=facts), tuple(rows))


def everyone(protocol: Protocol) -> tuple[Entry, ...]:
    """What every participant is given, whatever the arm (section 6.3)."""
    items = {item.id: item for item in protocol.interventions}
    return tuple(
        entry_of(
            protocol,
            item,
            facts=tuple(
                (
                    f"{words(occasion_words(one.occasion, protocol))}, at {one.visit}",
                    given_words(protocol, one, items.get(one.intervention)),
                )
                for one in item.gives
            ),
        )
        for item in protocol.everyone
    )
