"""What each chapter says in words only, and what it says nothing of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from trialc.emitters import document_front as front
from trialc.emitters.document_design import Clauses, clauses
from trialc.model.metadata import Narrative
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
    """ "" where it stands inside the section of that number."""
    title: str
    clauses: Clauses
    text: str
    notes: tuple[front.DecisionNote, ...]
    below: bool
    """Whether it is a part of a section of the second level."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What a chapter says beside its constructs, by the section that the document prints there:
    inside it, and behind it; and the sections of which it says nothing.
    """

    inside: Mapping[str, tuple[Told, ...]]
    after: Mapping[str, tuple[Told, ...]]
    silent: tuple[str, ...]

    def within(self, section: str) -> tuple[Told, ...]:
        """The words of a section that the document prints itself."""
        return self.inside.get(section, ())

    def behind(self, section: str) -> tuple[Told, ...]:
        """What stands between a section and the next one that the document prints itself; "":
        before the first of them.
        """
        return self.after.get(section, ())


def rest(protocol: Protocol) -> dict[int, Rest]:
    """By chapter, in the order of the sections."""
    told = sorted(protocol.narratives, key=lambda item: _parts(item.section))
    numbers = (*(item.section for item in told), *_constructed(protocol))
    printed = tuple(_printed(protocol))
    found: dict[int, Rest] = {}
    for chapter in SECTIONS:
        inside: dict[str, tuple[Told, ...]] = {}
        after: dict[str, tuple[Told, ...]] = {}
        for item in told:
            if _parts(item.section)[0] != chapter:
                continue
            if item.section in printed:
                before = inside.get(item.section, ())
                inside[item.section] = (*before, _told(protocol, item, printed))
            else:
                place = _place(item.section, printed)
                after[place] = (*after.get(place, ()), _told(protocol, item, printed))
        silent = tuple(words for words in SILENT.get(chapter, ()) if not _is_told(words, numbers))
        found[chapter] = Rest(inside, after, tuple(_beside_rules(protocol, silent)))
    return found


def _beside_rules(protocol: Protocol, silent: tuple[str, ...]) -> Iterator[str]:
    """What is not told; a rule that says when the trial stops is no silence about its end."""
    gates = any(gate.stops is not None and gate.per == "trial" for gate in protocol.gates)
    stops = gates or any(rule.scope == "trial" for rule in protocol.stopping_rules)
    for words in silent:
        is_end = stops and words.startswith("4.4 ")
        yield f"{words}, but for the stopping rules above" if is_end else words


def _told(protocol: Protocol, item: Narrative, printed: Collection[str]) -> Told:
    is_inside = item.section in printed
    others = [one.section for one in protocol.narratives if one is not item]
    return Told(
        item.id,
        "" if is_inside else item.section,
        item.title,
        clauses(item),
        item.text,
        front.decision_notes(protocol, item.decided),
        is_inside or _is_below(item.section, (*printed, *others)),
    )


def _is_below(section: str, headings: Collection[str]) -> bool:
    """Whether a section is a part of one that has a heading of the second level."""
    return ".".join(section.split(".")[:2]) in headings and section.count(".") > 1


def _parts(section: str) -> list[int]:
    return [int(number) for number in section.split(".")]


def _place(section: str, printed: Iterable[str]) -> str:
    """The last section of its chapter that is printed and before it; "" where none is."""
    own = _parts(section)
    before = (one for one in printed if _parts(one)[0] == own[0] and _parts(one) < own)
    return max(before, key=_parts, default="")


def _printed(protocol: Protocol) -> Iterator[str]:
    """The sections of the second level that the templates print, without those of chapter 1."""
    yield from ("2.1", "4.1", "5.1", "5.2", "5.3", "6.1", "6.3", "8.1", "9.1")
    yield from ("12.4", "12.5", "12.6", "12.7", "12.8")
    if protocol.gates or protocol.stopping_rules:
        yield "4.3"
    if protocol.randomisations or protocol.masking is not None:
        yield "6.7"
    if protocol.roles:
        yield "11.2"
    yield from (section for section in _constructed(protocol) if section != ESTIMANDS.split(" ")[0])


def _constructed(protocol: Protocol) -> Iterator[str]:
    """The sections that are told by constructs of the language."""
    if protocol.estimands:
        yield ESTIMANDS.split(" ")[0]
    if protocol.modifications:
        yield "6.4"
    if protocol.interims:
        yield "10.9"
    if protocol.metadata.rescreenings is not None or protocol.metadata.rescreening_open:
        yield "5.6"


def _is_told(words: str, numbers: tuple[str, ...]) -> bool:
    """Whether a section, or one below it, is told; `words` begin with its number."""
    own = words.split(" ")[0]
    return any(number == own or number.startswith(f"{own}.") for number in numbers)
