"""A crossover in a document: what each sequence gives in each period (ICH M11 section 6.3)."""

from __future__ import annotations

from dataclasses import dataclass

from trialc.emitters.document_design import Entry, clauses
from trialc.emitters.document_front import decision_notes, words
from trialc.emitters.treatment_words import given_words, share_words, washout_words
from trialc.model.protocol import Arm, Declared, Period, Protocol

FIRST = "–"
"""The first period has nothing before it."""


@dataclass(frozen=True, slots=True)
class SequenceTable:
    """One row for each sequence, one column for each period; and what lies between these."""

    periods: tuple[tuple[str, str], ...]
    """The title of each, and its visits."""
    rows: tuple[tuple[Entry, tuple[str, ...]], ...]
    washouts: tuple[str, ...]
    details: tuple[Entry, ...]
    """Periods and sequences that have registered words or decisions."""


def sequences(protocol: Protocol) -> SequenceTable | None:
    """The table of sequences and periods; None where there is no crossover."""
    if not protocol.sequences:
        return None
    periods = protocol.periods
    entries = [_entry(protocol, item) for item in (*periods, *protocol.sequences)]
    return SequenceTable(
        tuple((period.title or period.id, _visits(period)) for period in periods),
        tuple(
            (_entry(protocol, arm), tuple(_given(protocol, arm, period) for period in periods))
            for arm in protocol.sequences
        ),
        tuple(
            washout_words(period.washout) if place else FIRST
            for place, period in enumerate(periods)
        ),
        tuple(entry for entry in entries if entry.clauses or entry.notes),
    )


def _entry(protocol: Protocol, item: Declared) -> Entry:
    facts: tuple[tuple[str, str], ...] = ()
    if isinstance(item, Arm):
        share = share_words(protocol, item.id) or "not stated"
        facts = (("Type", words(item.type)), ("Share", share))
    notes = decision_notes(protocol, item.decided)
    return Entry(item.id, item.title or item.id, clauses(item), notes, facts=facts)


def _visits(period: Period) -> str:
    return (
        f"at {period.first}" if period.first == period.last else f"{period.first} to {period.last}"
    )


def _given(protocol: Protocol, arm: Arm, period: Period) -> str:
    items = {item.id: item for item in protocol.interventions}
    given = (
        given_words(protocol, one, items.get(one.intervention))
        for one in arm.gives
        if one.occasion == period.id
    )
    return "; ".join(given)
