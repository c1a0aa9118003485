"""What each chapter says in words only, and what it says nothing of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trialc.emitters import document_front as front
from trialc.emitters.document_design import Clauses, clauses
from trialc.model.protocol import Protocol
from trialc.model.sections import SECTIONS

ESTIMANDS = "estimands: treatment, population-level summary, intercurrent events"
SILENT = {
    2: ("2.2 Assessment of risks and benefits",),
    3: (ESTIMANDS,),
    4: (
        "4.2 Rationale for trial design",
        "4.4 Start of trial and end of trial",
        "4.5 Access to trial intervention after end of trial",
    ),
    5: ("5.5 Lifestyle restrictions", "5.6 Screen failure and rescreening"),
    6: (
        "6.2 Rationale for dose and regimen",
        "6.4 Dose modification",
        "6.5 Management of overdose",
        "6.6 Preparation, storage, handling and accountability",
        "6.7.4 Emergency unblinding at the site",
        "6.8 Adherence",
        "6.10 Concomitant therapy",
    ),
    7: (
        "7.1 Discontinuation of trial intervention for individual participants",
        "7.2 Discontinuation or withdrawal from the trial",
        "7.3 Management of loss to follow-up",
    ),
    9: ("9.2 Timing and procedures for collection and reporting", "9.4 Special safety situations"),
    10: (
        "10.2 Analysis sets",
        "10.4 Analyses associated with the primary objective",
        "10.9 Interim analyses",
        "10.11 Sample size determination",
    ),
    11: (
        "11.1 Regulatory and ethical considerations",
        "11.5 Insurance and indemnity",
        "11.6 Risk-based quality management",
        "11.8 Data protection",
    ),
}
"""Sections of the second level that a protocol may say nothing of."""


@dataclass(frozen=True, slots=True)
class Told:
    """A section that is told in words: registered ones, and the author's own."""

    id: str
    number: str
    title: str
    clauses: Clauses
    text: str
    notes: tuple[front.DecisionNote, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """What a chapter says beside its constructs, and the sections of which it says nothing."""

    told: tuple[Told, ...]
    silent: tuple[str, ...]


def rest(protocol: Protocol) -> dict[int, Rest]:
    """By chapter, in the order of the sections."""
    told = sorted(protocol.narratives, key=lambda item: [int(n) for n in item.section.split(".")])
    numbers = (*(item.section for item in told), *_constructed(protocol))
    return {
        chapter: Rest(
            tuple(
                Told(
                    item.id,
                    item.section,
                    item.title,
                    clauses(item),
                    item.text,
                    front.decision_notes(protocol, item.decided),
                )
                for item in told
                if item.section.split(".")[0] == str(chapter)
            ),
            tuple(words for words in SILENT.get(chapter, ()) if not _is_told(words, numbers)),
        )
        for chapter in SECTIONS
    }


def _constructed(protocol: Protocol) -> Iterator[str]:
    """The sections that are told by constructs of the language."""
    if protocol.estimands:
        yield ESTIMANDS.split(" ")[0]
    if protocol.modifications:
        yield "6.4"
    if protocol.interims:
        yield "10.9"
    if protocol.metadata.rescreenings is not None:
        yield "5.6"


def _is_told(words: str, numbers: tuple[str, ...]) -> bool:
    """Whether a section, or one below it, is told; `words` begin with its number."""
    own = words.split(" ")[0]
    return any(number == own or number.startswith(f"{own}.") for number in numbers)
