"""Titles of what is no declaration of its own."""

from __future__ import annotations

from trialc.model.protocol import Protocol


def titles_of_facts(protocol: Protocol) -> dict[str, str]:
    """Titles of what is reported of events. Events may share a fact; where their titles for it
    differ, it goes by its name.
    """
    found: dict[str, str] = {}
    for event in protocol.events:
        for fact in event.attributes:
            words = fact.name.replace("_", " ")
            title = fact.title or words
            path = f"event.{fact.name}"
            found[path] = title if found.get(path, title) == title else words
    return found
