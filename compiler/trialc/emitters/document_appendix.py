"""Appendices: data dictionary, definitions, decisions register (ICH M11 sections 12 to 14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trialc.emitters.document_design import Clauses, clauses
from trialc.emitters.document_front import DecisionNote, decision_notes, words
from trialc.emitters.document_population import criterion_name
from trialc.emitters.library_parts import library_of
from trialc.emitters.near_literate import Reading, in_words, reading
from trialc.emitters.schedule_words import age_words
from trialc.model import expression as e
from trialc.model.histories import EVER
from trialc.model.protocol import Data, Declared, NumberDefinition, Protocol
from trialc.model.timeline import Visit
from trialc.model.wording import number_words, unit_words, wording_of
from trialc.source import Span

SYSTEMS = {
    "loinc": "LOINC",
    "snomed": "SNOMED CT",
    "ucum": "UCUM",
    "meddra": "MedDRA",
    "icd10": "ICD-10",
    "ncit": "NCIt",
}


@dataclass(frozen=True, slots=True)
class DictionaryRow:
    """One input of the trial: what it is, its values, who reports it, where it is collected."""

    id: str
    title: str
    type: str
    values: str
    unit: str
    resolution: str
    window: str
    codes: str
    by: str
    collected: str
    applies: str
    notes: tuple[DecisionNote, ...]
    library: str = ""
    """The library that it is of, with its version."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of a score: an item with its points, or the head of a group of items."""

    depth: int
    label: str
    words: str
    points: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A derived number, a score, a table or a named condition; scores and tables have rows, a
    condition a reading.
    """

    id: str
    title: str
    unit: str
    words: str
    rows: tuple[ScoreRow, ...]
    reading: Reading | None
    clauses: Clauses
    notes: tuple[DecisionNote, ...]
    is_table: bool = False
    """Its rows have numbers rather than points."""
    library: str = ""
    """The library that it is of, with its version."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A decision with what it bites on: titles of the declarations that it interprets."""

    id: str
    mark: str
    title: str
    status: str
    signed: str
    quotes: tuple[str, ...]
    reading: str
    because: str
    alternatives: tuple[str, ...]
    where: tuple[str, ...]


def dictionary(protocol: Protocol) -> tuple[DictionaryRow, ...]:
    """Every input: data elements, judgements, attestations of causes, in the order of the text."""
    collected = _collected(protocol)
    rows = [_data_row(protocol, item, collected) for item in protocol.data]
    for item in protocol.judgements:
        by = " and ".join(_role(protocol, name) for name in item.by)
        kind = item.type or "judgement"
        values = "; ".join(("yes, no", *_examples(item.includes)))
        rows.append(_attested(protocol, item, kind, values, by, collected))
    causes = ", ".join([*(cause.title or cause.id for cause in protocol.causes), "other"])
    for item in protocol.cause_inputs:
        rows.append(_attested(protocol, item, "attested cause", causes, "any role", collected))
    return tuple(rows)


def _data_row(
    protocol: Protocol, item: Data, collected: dict[str, tuple[str, ...]]
) -> DictionaryRow:
    return DictionaryRow(
        id=item.id,
        title=item.title or item.id,
        type=item.type,
        values="; ".join(
            (
                _values(item),
                *_normal(protocol, item),
                *_evidence(protocol, item),
                *_others(protocol, item),
            )
        ),
        unit=unit_words(item.unit),
        resolution=item.resolution,
        window=age_words(item.window),
        codes=", ".join(f"{SYSTEMS[code.system]} {code.code}" for code in item.codes),
        by=", ".join(_role(protocol, name) for name in item.by),
        collected=", ".join(collected.get(item.id, ())),
        applies=in_words(item.applies, protocol) if item.applies else "",
        notes=decision_notes(protocol, item.decided),
        library=library_of(protocol, item),
    )


def _examples(includes: tuple[str, ...]) -> Iterator[str]:
    if includes:
        yield f"such as {', '.join(includes)}"


def _attested(
    protocol: Protocol,
    item: Declared,
    kind: str,
    values: str,
    by: str,
    collected: dict[str, tuple[str, ...]],
) -> DictionaryRow:
    visits = ", ".join(collected.get(item.id, ()))
    notes = decision_notes(protocol, item.decided)
    title = item.title or item.id
    library = library_of(protocol, item)
    return DictionaryRow(
        item.id, title, kind, values, "", "", "", "", by, visits, "", notes, library
    )


def _values(item: Data) -> str:
    if item.type == "choice":
        between = " < " if item.ordered else "; " if item.option_titles else ", "
        return between.join(item.option_words.values())
    if item.type == "boolean":
        return "yes, no"
    if item.type == "date":
        return "a civil date"
    return item.range_words


def _normal(protocol: Protocol, item: Data) -> Iterator[str]:
    """What is normal: "normal 10 U/L to 40 U/L", "normal at most 40 U/L"."""
    known = item.normal
    low, high = (
        number_words(limit, protocol) if limit is not None else ""
        for limit in (known and known.low, known and known.high)
    )
    if low and high:
        yield f"normal {low} to {high}"
    elif low or high:
        yield f"normal at {'least' if low else 'most'} {low or high}"


def _evidence(protocol: Protocol, item: Data) -> Iterator[str]:
    """How a value comes to be known, and of whom: "in serum", "central laboratory"."""
    if item.about:
        yield f"of the {item.about}"
    if item.specimen:
        yield f"in {item.specimen}"
    yield from _examples(item.includes)
    if item.method:
        yield f"by {item.method}"
    if item.half_life:
        yield f"half-life {item.half_life}"
    if item.half_life_of:
        yield f"half-life: {wording_of(protocol).title(item.half_life_of)}"
    if item.laboratory:
        yield f"{item.laboratory} laboratory"


def _others(protocol: Protocol, item: Data) -> Iterator[str]:
    """What a class is not asked for: "other than Ketoconazole, Clarithromycin"."""
    if item.members:
        titles = (wording_of(protocol).title(path).removesuffix(EVER) for path in item.members)
        yield f"other than {', '.join(titles)}"


def _role(protocol: Protocol, name: str) -> str:
    return next((r.title for r in protocol.roles if r.id == name and r.title), words(name))


def _collected(protocol: Protocol) -> dict[str, tuple[str, ...]]:
    """Ids of the visits at which each input is collected, in the order of the visits' text."""
    found: dict[str, tuple[str, ...]] = {}
    for visit in protocol.visits:
        for activity in protocol.activities:
            if visit.id not in activity.visits:
                continue
            for path in activity.collects:
                if visit.id not in found.get(path, ()):
                    found[path] = (*found.get(path, ()), visit.id)
    return found


def definitions(protocol: Protocol) -> tuple[Definition, ...]:
    """Derived numbers and scores, then named conditions (section 12)."""
    numbers = tuple(_number(protocol, item) for item in protocol.numbers)
    conditions = tuple(
        Definition(
            item.id,
            item.title or item.id,
            "",
            "",
            (),
            reading(item.condition, protocol),
            clauses(item),
            decision_notes(protocol, item.decided),
            library=library_of(protocol, item),
        )
        for item in protocol.conditions
    )
    return (*numbers, *conditions)


def _number(protocol: Protocol, item: NumberDefinition) -> Definition:
    rows: tuple[ScoreRow, ...] = ()
    text = ""
    if isinstance(item.number, e.Score):
        text = COMBINE[item.number.combine]
        rows = tuple(_score_rows(protocol, item.number, 0))
    elif isinstance(item.number, e.Choose):
        text = "One case holds." if item.number.unique else "The first case that holds counts."
        rows = tuple(_case_rows(protocol, item.number))
    else:
        text = number_words(item.number, protocol)
    if item.population is not None:
        text = f"{text.removesuffix('.')}; made for: {in_words(item.population, protocol)}"
    return Definition(
        item.id,
        item.title or item.id,
        unit_words(item.unit) or ("points" if isinstance(item.number, e.Score) else ""),
        text,
        rows,
        None,
        clauses(item),
        decision_notes(protocol, item.decided),
        is_table=isinstance(item.number, e.Choose),
        library=library_of(protocol, item),
    )


COMBINE = {
    "sum": "The points of all items that are present are added.",
    "highest": "Only the highest points of the items that are present count.",
}


def _score_rows(protocol: Protocol, score: e.Score, depth: int) -> Iterator[ScoreRow]:
    for item in score.items:
        label = item.label.replace("_", " ")
        if item.score is not None:
            head = "only the highest counts" if item.score.combine == "highest" else "added up"
            yield ScoreRow(depth, label, head, "")
            yield from _score_rows(protocol, item.score, depth + 1)
        else:
            text = in_words(item.when, protocol) if item.when else "always"
            yield ScoreRow(depth, label, text, str(item.points))


def _case_rows(protocol: Protocol, table: e.Choose) -> Iterator[ScoreRow]:
    for case in table.cases:
        text = in_words(case.when, protocol) if case.when else "otherwise"
        value = number_words(case.value, protocol)
        yield ScoreRow(0, case.label.replace("_", " "), text, value)


def register(protocol: Protocol) -> tuple[RegisterRow, ...]:
    """All decisions, numbered in the order of the text."""
    return tuple(
        RegisterRow(
            id=item.id,
            mark=f"D{position}",
            title=item.title or item.id,
            status=item.status,
            signed=", ".join(part for part in (item.by, item.on) if part),
            quotes=item.quotes,
            reading=_sentence(item.reading),
            because=item.because,
            alternatives=tuple(alternative.text for alternative in item.alternatives),
            where=tuple(bites(protocol, item.id)),
        )
        for position, item in enumerate(protocol.decisions, 1)
    )


def _sentence(text: str) -> str:
    """With a full stop, for something stands behind it."""
    return text if not text or text[-1] in ".?!…" else f"{text}."


def _once(visits: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """Each visit that is written, under its own title: the repeats of one are written once."""
    written: dict[Span, list[Visit]] = {}
    for visit in visits:
        written.setdefault(visit.where, []).append(visit)
    first = (
        (repeats[0], repeats[0].title.removesuffix(" (1)") if repeats[1:] else repeats[0].title)
        for repeats in written.values()
    )
    return tuple(visit.model_copy(update={"title": title}) for visit, title in first)


def bites(protocol: Protocol, decision: str) -> Iterator[str]:
    """Where a decision bites: the declarations whose `decided` names it, in words, by kind."""
    if decision in protocol.metadata.decided:
        yield "Title page and synopsis"
    for criterion in protocol.criteria:
        if decision in criterion.decided:
            yield criterion_name(protocol, criterion)
    told = {item.id for item in protocol.criteria}
    single = (*protocol.randomisations, protocol.masking)
    for kind, items in (
        ("Objective", protocol.objectives),
        ("Endpoint", protocol.endpoints),
        ("Definition", (*protocol.numbers, *protocol.conditions)),
        ("Population", protocol.populations),
        ("Quota", protocol.quotas),
        ("Data", protocol.data),
        ("Judgement", protocol.judgements),
        ("Role", protocol.roles),
        ("Intervention", protocol.interventions),
        ("Arm", protocol.arms),
        ("Design", tuple(item for item in single if item is not None)),
        ("Event", protocol.events),
        ("Dose level", protocol.levels),
        ("Dose escalation", protocol.escalations),
        ("Gate", protocol.gates),
        ("Visit", _once(protocol.visits)),
        ("Activity", protocol.activities),
        ("Age of values", protocol.windows),
        ("Other", tuple(protocol.declarations())),
    ):
        titles: list[str] = []
        for item in items:
            is_new = decision in item.decided and item.id not in told
            titles.extend([item.title or item.id] if is_new else [])
            told.add(item.id)
        if titles:
            yield f"{kind}: {', '.join(titles)}"
