"""decisions.html and decisions.md: the open questions as a page to be answered with a pen.

One block for each question: the quoted words, where it bites, our reading, the alternatives as
boxes to tick, a line for another answer, signature and date. Assumed decisions
follow, for confirmation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from trialc.analyses.readings import compare_readings
from trialc.emitters import document_front as front
from trialc.emitters.artefact import Artefact
from trialc.emitters.document_appendix import RegisterRow, register
from trialc.emitters.document_escaping import html_pages, markdown_pages, without_gaps
from trialc.graph.study import Study

NAMED = 3
"""Tests that are named for each change of verdict; the others are counted."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A change of verdict that an alternative brings, with the tests of the protocol that show it:
    the titles of the first few, and how many more there are.
    """

    before: str
    after: str
    titles: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Choice:
    """An alternative reading. `effects` is None where the build did not compute them."""

    text: str
    effects: tuple[Effect, ...] | None


@dataclass(frozen=True, slots=True)
class Question:
    """A decision of the register with its choices."""

    row: RegisterRow
    choices: tuple[Choice, ...]


def emit(study: Study) -> tuple[Artefact, ...]:
    """Both renderings. With nothing open or assumed, the pages say so."""
    if "decision_impact" not in study.evidence:  # the one analysis that takes a second
        study, _ = compare_readings(study)
    protocol = study.protocol
    asked = tuple(_question(study, row) for row in register(protocol))
    page: dict[str, Any] = {
        "about": protocol.metadata,
        "seal": front.seal(protocol),
        "status": front.status_words(protocol),
        "is_open": bool(front.open_decisions(protocol)),
        "open": tuple(q for q in asked if q.row.status == "open"),
        "assumed": tuple(q for q in asked if q.row.status == "assumed"),
        "confirmed": tuple(q for q in asked if q.row.status == "confirmed"),
    }
    markdown = markdown_pages().get_template("decisions.md.j2").render(page)
    return (
        Artefact("decisions.html", html_pages().get_template("decisions.html.j2").render(page)),
        Artefact("decisions.md", without_gaps(markdown)),
    )


def _question(study: Study, row: RegisterRow) -> Question:
    impact = cast("Mapping[str, Sequence[Any]]", study.evidence["decision_impact"])
    found = impact.get(row.id, ())
    choices = tuple(
        Choice(text, _effects(study, found[i]) if i < len(found) else None)
        for i, text in enumerate(row.alternatives)
    )
    return Question(row, choices)


def _effects(study: Study, changed: Any) -> tuple[Effect, ...] | None:
    if changed is None:
        return None
    tests: dict[tuple[str, str], list[str]] = {}
    for test, before, after in cast("Sequence[tuple[str, str, str]]", changed):
        of = tests.setdefault((before, after), [])
        if test not in of:  # a test may ask a gate on several days
            of.append(test)
    return tuple(
        Effect(*change, tuple(study.title(test) for test in of[:NAMED]), len(of[NAMED:]))
        for change, of in tests.items()
    )
