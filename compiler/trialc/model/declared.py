"""What declarations share: identity, title, registered words, codes, lengths of time."""

from __future__ import annotations

from typing import Literal as Only

from trialc.model.node import Node


class Quote(Node):
    """Registered words behind a declaration: one clause a line, verbatim."""

    clauses: tuple[str, ...]


class Declared(Node):
    """What every declaration has: identity, title, the words it stands on, its open points."""

    id: str
    title: str = ""
    sources: tuple[Quote, ...] = ()
    decided: tuple[str, ...] = ()
    """Ids of the decisions that interpret this declaration."""
    renamed_from: tuple[str, ...] = ()
    """Older ids of the same thing; none of them is ever used again."""

    @property
    def source_words(self) -> str:
        """The words it stands on, on one line."""
        return " ".join(clause for quote in self.sources for clause in quote.clauses)


class Code(Node):
    """A concept in a published terminology."""

    system: Only["loinc", "snomed", "ucum", "meddra", "icd10", "ncit"]
    code: str


class Duration(Node):
    """A length of civil time; units are never converted into one another."""

    amount: int
    unit: Only["hour", "day", "week", "month", "year"]
