"""Title page, synopsis, and what every page says about its origin (ICH M11 section 1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trialc import __version__
from trialc.emitters.schedule_words import NOT_STATED, duration_words
from trialc.model.protocol import Decision, Declared, Masking, Metadata, Protocol, Randomisation

REGISTRIES = {
    "nct": "ClinicalTrials.gov",
    "euct": "EU CT number",
    "eudract": "EudraCT number",
    "isrctn": "ISRCTN",
    "who": "WHO UTN",
    "ind": "FDA IND",
    "other": "Other identifier",
}

Row = tuple[str, str]

LONG = 200
"""Letters of a reading that may be printed beside everything that rests on it."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Where a document comes from: the protocol's file, its SHA-256, the compiler's version."""

    file: str
    sha256: str
    compiler: str = f"trialc {__version__}"

    @property
    def short(self) -> str:
        """The first twelve digits, for running heads."""
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class DecisionNote:
    """A decision as it stands in a margin: "D7" is its place in the register."""

    id: str
    mark: str
    title: str
    status: str
    reading: str


def seal(protocol: Protocol) -> Seal:
    """The origin of a document made from this protocol."""
    return Seal(protocol.file, protocol.sha256)


def open_decisions(protocol: Protocol) -> tuple[Decision, ...]:
    """The decisions that nobody has taken yet, in the order of the text."""
    return tuple(item for item in protocol.decisions if item.status == "open")


def status_words(protocol: Protocol) -> str:
    """ "DRAFT: 12 open decisions" as long as one is open."""
    count = len(open_decisions(protocol))
    if count:
        return f"DRAFT: {count} open decision{'' if count == 1 else 's'}"
    assumed = sum(item.status == "assumed" for item in protocol.decisions)
    return f"No open decisions ({assumed} assumed)" if assumed else "No open decisions"


def decision_notes(protocol: Protocol, ids: tuple[str, ...]) -> tuple[DecisionNote, ...]:
    """The decisions that interpret a declaration, in the order of the register."""
    return tuple(
        DecisionNote(item.id, f"D{i}", item.title or item.id, item.status, _beside(protocol, item))
        for i, item in enumerate(protocol.decisions, 1)
        if item.id in ids
    )


def _beside(protocol: Protocol, decision: Decision) -> str:
    """The reading of a decision as it stands beside what rests on it. A long one that several
    declarations rest on is printed in the register only.
    """
    if len(decision.reading) <= LONG:
        return decision.reading
    tables: list[Any] = [part for part in protocol.__dict__.values() if isinstance(part, tuple)]
    named = sum(
        isinstance(item, Declared) and decision.id in item.decided
        for table in tables
        for item in table
    )
    return "Its reading stands in section 12.4." if named > 1 else decision.reading


def words(code: str) -> str:
    """A code of the language as words: "parallel_assignment" is "Parallel assignment"."""
    plain = code.replace("_", " ")
    return plain[:1].upper() + plain[1:]


def title_rows(protocol: Protocol) -> tuple[Row, ...]:
    """The table of the title page: ICH M11's fields, "not stated" where the source is silent."""
    about = protocol.metadata
    products = _products(protocol)
    rows: list[Row] = [("Trial acronym", about.acronym)]
    rows.extend((REGISTRIES.get(i.registry, words(i.registry)), i.value) for i in about.identifiers)
    rows.extend(
        (
            ("Protocol version", about.version),
            ("Trial phase", phases(about)),
            ("Trial interventions", products),
            ("Sponsor", about.sponsor),
            ("Medical expert contact", about.contact),
            ("Recruitment status", words(about.status)),
        )
    )
    return _stated(rows)


def synopsis_rows(protocol: Protocol) -> tuple[Row, ...]:
    """The table of the synopsis (ICH M11 section 1.1.2)."""
    about = protocol.metadata
    masked = ", ".join(_title(protocol, name) for name in _masked(protocol))
    rows: list[Row] = [
        ("Purpose", words(about.purpose)),
        ("Trial phase", phases(about)),
        ("Study type", words(about.study_type)),
        ("Condition", "; ".join(about.conditions)),
        ("Intervention model", words(about.intervention_model)),
        ("Allocation", words(about.allocation)),
        ("Number of arms", str(len(protocol.arms)) if protocol.arms else ""),
        ("Randomisation", randomisation_words(protocol)),
        ("Blinding", (protocol.masking.title if protocol.masking else "")),
        ("Blinded roles", masked or nobody_masked(protocol.masking)),
        ("Participants", enrolment_words(about)),
        *_populations(protocol),
        *_quotas(protocol),
        *_rescreening(about),
        ("Sites", str(about.sites) if about.sites else ""),
        ("Sex", words(about.sex)),
        ("Age", age_words(about)),
        ("Healthy volunteers", _yes_no(about.healthy_volunteers)),
        ("Trial interventions", _products(protocol)),
        ("Funder", words(about.funder)),
    ]
    return _stated(rows)


def _populations(protocol: Protocol) -> Iterator[Row]:
    """Whom criteria are for, each with the number that is planned and the most."""
    shown: list[str] = []
    for item in protocol.populations:
        numbers = [f"{item.enrolment} planned"] if item.enrolment else []
        numbers += [f"at most {item.cap.words}"] if item.cap else []
        behind = f" ({', '.join(numbers)})" if numbers else ""
        shown.append(f"{item.title}{behind}")
    if shown:
        yield "Populations", "; ".join(shown)


def _quotas(protocol: Protocol) -> Iterator[Row]:
    if protocol.quotas:
        yield "Quotas", "; ".join(f"{item.title}: {item.words}" for item in protocol.quotas)


def _rescreening(about: Metadata) -> Iterator[Row]:
    if said := rescreening_words(about):
        yield "Rescreening", said


def rescreening_words(about: Metadata) -> str:
    """ "once, after 4 weeks at the earliest"; "" where nothing is said of it."""
    if about.rescreenings is None:
        return "not stated" if about.rescreening_open else ""
    few = {0: "not allowed", 1: "once", 2: "twice"}
    often = few.get(about.rescreenings, f"{about.rescreenings} times")
    length = about.rescreening_after
    if length is None:
        return often
    return f"{often}, after {duration_words(length.amount, length.unit)} at the earliest"


def _products(protocol: Protocol) -> str:
    """Titles, each once: two doses of one product are one product."""
    return ", ".join(dict.fromkeys(item.title or item.id for item in protocol.interventions))


def _masked(protocol: Protocol) -> tuple[str, ...]:
    return protocol.masking.masked if protocol.masking else ()


def nobody_masked(masking: Masking | None) -> str:
    """What is said where no role is masked: "" where that is not stated."""
    return "none (open label)" if masking is not None and masking.open_label else ""


def enrolment_words(about: Metadata) -> str:
    """ "18 (estimated)"; "" where no number is stated."""
    if not about.enrolment:
        return ""
    return f"{about.enrolment}{f' ({about.enrolment_type})' if about.enrolment_type else ''}"


def _title(protocol: Protocol, role: str) -> str:
    return next(
        (item.title for item in protocol.roles if item.id == role and item.title), words(role)
    )


def _stated(rows: list[Row]) -> tuple[Row, ...]:
    return tuple((name, value or NOT_STATED) for name, value in rows)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "Yes" if value else "No"


def phases(about: Metadata) -> str:
    """ "Phase 1 / Phase 2"."""
    return " / ".join(words(phase) for phase in about.phases)


def age_words(about: Metadata) -> str:
    """ "18 to 80 years", "18 years or older; no upper limit stated"."""
    if not about.minimum_age and not about.maximum_age:
        return ""
    (least, unit), (most, other) = (
        age.split(" ", 1) if age else ("", "") for age in (about.minimum_age, about.maximum_age)
    )
    if unit and unit == other:
        return f"{least} to {most} {unit}"
    low = f"{about.minimum_age} or older" if about.minimum_age else "no lower limit stated"
    return (
        f"{low}; {f'up to {about.maximum_age}' if about.maximum_age else 'no upper limit stated'}"
    )


def randomisation_words(protocol: Protocol) -> str:
    """ "2 : 2 : 2 within 3 successive blocks of 6"."""
    return "; ".join(map(ratio_words, protocol.randomisations))


def ratio_words(found: Randomisation) -> str:
    """ "2 : 2 : 2 within 3 successive blocks of 6"."""
    groups = dict.fromkeys(share.of for share in found.ratio)
    ratio = " and ".join(
        " : ".join(str(share.count) for share in found.ratio if share.of == of) for of in groups
    )
    ratio = ratio or f"ratio {NOT_STATED}"
    if len(groups) > 1:
        ratio += " by group"
    return f"{ratio} within {blocks_words(found)}" if found.blocks else ratio


def blocks_words(found: Randomisation) -> str:
    """ "3 successive blocks of 6"; without a word for an order that is not stated."""
    return " ".join(f"{found.blocks} {found.order} blocks of {found.block_size}".split())
