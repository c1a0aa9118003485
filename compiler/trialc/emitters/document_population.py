"""Who may take part, and for what (ICH M11 section 5): populations, criteria for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialc.emitters.document_design import Entry, entry_of
from trialc.emitters.document_front import words
from trialc.emitters.near_literate import reading
from trialc.emitters.schedule_words import duration_words
from trialc.emitters.validity import Validity
from trialc.model.data import TemporaryBranch
from trialc.model.expression import Applies, Branch, Condition
from trialc.model.inputs import inputs_of
from trialc.model.patching import branches
from trialc.model.populations import Population
from trialc.model.protocol import Criterion, Protocol


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """The criteria of one side that are for the same populations; "" heads those for everybody."""

    heading: str
    items: tuple[Entry, ...]


def populations(protocol: Protocol) -> tuple[Entry, ...]:
    """Whom criteria are for, with the places where they are looked at (section 5.1)."""
    return tuple(
        entry_of(protocol, item, facts=tuple(_population_facts(protocol, item)))
        for item in protocol.populations
    )


def _population_facts(protocol: Protocol, item: Population) -> Iterator[tuple[str, str]]:
    yield "Kind", words(item.type)
    yield "Assessed at", _visits(protocol, item.assessed)
    yield "Planned", f"{item.enrolment} participants" if item.enrolment else ""
    yield "At most", item.cap.words if item.cap else ""
    yield "Note", item.note


def quotas(protocol: Protocol) -> tuple[Entry, ...]:
    """How many of the participants may, or must, be such (section 5.1)."""
    return tuple(
        entry_of(
            protocol,
            item,
            reading=reading(item.condition, protocol),
            facts=(("Quota", item.words),),
        )
        for item in protocol.quotas
    )


def criteria(protocol: Protocol, side: str) -> tuple[CriteriaGroup, ...]:
    """Inclusion or exclusion criteria (sections 5.2 and 5.3), numbered as printed, under the
    populations that they are for.
    """
    validity = Validity(protocol)
    everybody: tuple[str, ...] = ()
    groups: dict[tuple[str, ...], list[Entry]] = {everybody: []}
    for item in protocol.criteria:
        if item.type == side:
            entry = entry_of(
                protocol,
                item,
                reading=reading(_of_its_population(protocol, item), protocol),
                number=item.number,
                facts=(*validity.of(item.condition), *_told(protocol, item)),
            )
            groups.setdefault(item.populations, []).append(entry)
    return tuple(
        CriteriaGroup(whom(protocol, names), tuple(items))
        for names, items in groups.items()
        if items
    )


def _of_its_population(protocol: Protocol, item: Criterion) -> Condition:
    """The rule of a criterion for those whom it is for, who are named beside it."""
    condition = item.condition
    if item.populations and isinstance(condition, Applies):
        asked = set(inputs_of(condition.condition))
        if asked <= set(protocol.population_choices):
            return condition.operand
    return condition


def whom(protocol: Protocol, names: Sequence[str]) -> str:
    """ "First randomisation; Uganda": the titles of populations; "" where there are none."""
    if not names:
        return "everybody" if protocol.populations else ""
    titles = {item.id: item.title or item.id for item in protocol.populations}
    return "; ".join(titles[name] for name in names)


def criterion_name(protocol: Protocol, item: Criterion) -> str:
    """ "Inclusion 2 (Uganda)": several populations may count from 1 each."""
    people = f" ({whom(protocol, item.populations)})" if item.populations else ""
    return f"{words(item.type)} {item.number}{people}"


def _told(protocol: Protocol, item: Criterion) -> Iterator[tuple[str, str]]:
    """Whom it is for, when it is assessed, and what the rule leaves out of the text."""
    if item.populations:
        yield "For", whom(protocol, item.populations)
    if any(one.assessed for one in protocol.criteria):
        visits = item.assessed or _reviews(protocol)
        yield from [("Assessed at", _visits(protocol, visits))] if visits else []
    if item.failure or item.temporary:
        yield "Failure", failure_words(item)
    if item.lossy:
        yield "Not in this rule", item.lossy


def _reviews(protocol: Protocol) -> tuple[str, ...]:
    """Where a criterion is assessed that says no visits of its own: at every review."""
    reviews = (item for item in protocol.activities if "eligibility" in item.does)
    return tuple(dict.fromkeys(visit for item in reviews for visit in item.visits))


def failure_words(item: Criterion) -> str:
    """ "temporary; asked again 28 days later", "final, but temporary for (b) fever"."""
    said = [f"{item.failure}{_again(item)}"] if item.failure else []
    marks = {branch.path: _mark(branch) for branch in branches(item.condition)}
    for branch in item.temporary:
        if branch.path in marks:
            said.append(f"temporary where only {marks[branch.path]} keeps out{_again(branch)}")
    return "; ".join(said)


def _mark(branch: Branch) -> str:
    """ "(a) fever"."""
    words_ = (branch.label or "").replace("_", " ")
    return f"({branch.number}) {words_}" if branch.number else words_


def _again(item: Criterion | TemporaryBranch) -> str:
    if item.recheck is not None:
        length = duration_words(item.recheck.amount, item.recheck.unit)
        return f", asked again {length} later"
    return f", asked again: {item.recheck_when}" if item.recheck_when else ""


def _visits(protocol: Protocol, names: Sequence[str]) -> str:
    titles = {visit.id: visit.title or visit.id for visit in protocol.visits}
    return "; ".join(titles[name] for name in names)
