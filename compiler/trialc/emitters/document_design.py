"""Interventions, arms and events in a document (ICH M11 sections 4 and 6 to 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trialc.emitters.document_front import DecisionNote, decision_notes, nobody_masked, words
from trialc.emitters.dose_words import dose_words, limit_words
from trialc.emitters.near_literate import Reading, reading
from trialc.emitters.schedule_words import NOT_STATED, occasion_words
from trialc.emitters.treatment_words import (
    choice_words,
    frequency_words,
    given_words,
    group_words,
    has_groups,
    is_restricted,
    length_words,
    rule_words,
    share_head,
    share_words,
    step_words,
)
from trialc.model.code_lists import ACTS
from trialc.model.expression import Junction
from trialc.model.protocol import (
    Administration,
    Arm,
    Declared,
    Event,
    Intervention,
    Protocol,
    Randomisation,
)

Clauses = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration beside its registered words: `clauses` holds the lines of each quotation."""

    id: str
    title: str
    clauses: Clauses
    notes: tuple[DecisionNote, ...]
    reading: Reading | None = None
    stops: Reading | None = None
    """When a stopping rule is met, as it is written."""
    number: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ArmTable:
    """Who is given what on which occasion: one row for each arm, one column for each occasion."""

    occasions: tuple[str, ...]
    rows: tuple[tuple[Entry, tuple[str, ...]], ...]
    share: str
    """What the share of an arm is a share of: the head of its column."""


def clauses(item: Declared) -> Clauses:
    """The registered words behind a declaration."""
    return tuple(quote.clauses for quote in item.sources)


def entry_of(protocol: Protocol, item: Declared, **more: object) -> Entry:
    """A declaration with its registered words and its decisions."""
    notes = decision_notes(protocol, item.decided)
    return Entry(item.id, item.title or item.id, clauses(item), notes, **more)  # type: ignore[arg-type]


def interventions(protocol: Protocol) -> tuple[Entry, ...]:
    """Trial interventions with dose, vehicle and volume (section 6.1)."""
    return tuple(
        entry_of(protocol, item, facts=tuple(_intervention_facts(protocol, item)))
        for item in protocol.interventions
    )


def _intervention_facts(protocol: Protocol, item: Intervention) -> Iterator[tuple[str, str]]:
    yield "Type", words(item.type)
    yield "Route", words(item.route)
    yield "Form", item.form
    if item.one_of:
        roles = {role.id: role.title or role.id for role in protocol.roles}
        yield "Treatment", choice_words(protocol, item)
        yield "Chosen by", roles.get(item.chosen_by, NOT_STATED)
        yield "Instructions", item.instructions
        return
    unstated = "" if item.type in ACTS else NOT_STATED
    steps = item.titration
    if item.dose or steps is None:
        yield "Dose", dose_words(item.dose, protocol) if item.dose else unstated
    if item.loading_dose is not None:
        yield "Loading dose, the first time", dose_words(item.loading_dose, protocol)
    if steps is not None:
        yield "Steps", step_words(steps)
        yield "Step up", rule_words(steps.up)
        yield "Step down", rule_words(steps.down)
    yield "Rounding and maximum", limit_words(item)
    yield "Frequency", item.frequency
    yield "Half-life", item.half_life
    yield "Vehicle", item.vehicle
    yield "Volume", item.volume
    yield "Instructions", item.instructions


def arms(protocol: Protocol) -> ArmTable:
    """Arms, the share of each, and what each is given (sections 6.3 and 6.7); no sequences."""
    plain = [arm for arm in protocol.arms if arm not in protocol.sequences]
    slots = tuple(dict.fromkeys((g.occasion, g.visit) for arm in plain for g in _own(arm)))
    items = {item.id: item for item in protocol.interventions}
    rows: list[tuple[Entry, tuple[str, ...]]] = []
    for arm in plain:
        given: dict[tuple[str, str], list[str]] = {}
        for one in _own(arm):
            text = given_words(protocol, one, items.get(one.intervention))
            given.setdefault((one.occasion, one.visit), []).append(text)
        share = share_words(protocol, arm.id) or "not stated"
        row = entry_of(protocol, arm, facts=(("Type", words(arm.type)), ("Share", share)))
        rows.append((row, tuple("; ".join(given.get(slot, ("nothing",))) for slot in slots)))
    heads = tuple(_head(protocol, plain, name, visit) for name, visit in slots)
    return ArmTable(heads, tuple(rows), share_head(protocol))


def _head(protocol: Protocol, plain: list[Arm], occasion: str, visit: str) -> str:
    """ "Infusion 1, at M0"; "Treatment, from C1 until progression, every 3 weeks", as far as that
    is the same in all arms.
    """
    slot = (occasion, visit)
    given = [g for arm in plain for g in _own(arm) if (g.occasion, g.visit) == slot]
    name = words(occasion_words(occasion, protocol))
    if not any(length_words(one) for one in given):
        return f"{name}, at {visit}"
    items = {item.id: item for item in protocol.interventions}
    lengths = {length_words(one) for one in given}
    rhythms = {frequency_words(one, items.get(one.intervention)) for one in given}
    length = f" {lengths.pop()}" if len(lengths) == 1 else ""
    rhythm = rhythms.pop() if len(rhythms) == 1 else ""
    return f"{name}, from {visit}{length}" + (f", {rhythm}" if rhythm else "")


def _own(arm: Arm) -> tuple[Administration, ...]:
    """What an arm gives that not everybody is given."""
    return tuple(given for given in arm.gives if not given.everyone)


def blinding(protocol: Protocol) -> Entry | None:
    """Who is masked and who is not (section 6.7.3)."""
    masking = protocol.masking
    if masking is None:
        return None
    titles = {item.id: item.title or item.id for item in protocol.roles}

    def names(ids: tuple[str, ...]) -> str:
        return ", ".join(titles.get(name) or words(name) for name in ids) or NOT_STATED

    facts = (
        ("Blinded to allocation", nobody_masked(masking) or names(masking.masked)),
        ("Knows the allocation", names(masking.unmasked)),
    )
    if masking.absent:
        facts += (("Not there when anything is given", names(masking.absent)),)
    if masking.unblinded:
        facts += (("Unblinded when this has happened", "; ".join(masking.unblinded)),)
    return entry_of(protocol, masking, facts=facts)


def randomisations(protocol: Protocol) -> tuple[Entry, ...]:
    """Blocks, ratio, strata and place of each randomisation (section 6.7.2)."""
    return tuple(
        entry_of(protocol, item, facts=tuple(_randomisation_facts(protocol, item)))
        for item in protocol.randomisations
    )


def _randomisation_facts(protocol: Protocol, found: Randomisation) -> Iterator[tuple[str, str]]:
    titles = {item.id: item.title or item.id for item in (*protocol.arms, *protocol.declarations())}
    yield "Of", "; ".join(titles[name] for name in found.populations)
    ratio = ", ".join(f"{titles.get(s.arm, s.arm)}: {s.count}" for s in found.ratio)
    ratio = ratio or NOT_STATED
    if found.blocks:
        order = found.order or f"order {NOT_STATED}"
        yield "Blocks", f"{found.blocks} of {found.block_size} participants, {order}"
        yield "Within each block", ratio
    elif has_groups(found):
        for of in dict.fromkeys(share.of for share in found.ratio):
            shares = (share for share in found.ratio if share.of == of)
            words_ = ", ".join(f"{titles.get(s.arm, s.arm)}: {s.count}" for s in shares)
            yield f"Ratio ({group_words(protocol, of)})", words_
    else:
        yield "Ratio", ratio
    yield "Method", words(found.method)
    yield "Sizes of blocks", size_words(protocol, found)
    if found.strata:
        strata = (stratum.text or titles.get(stratum.name, "") for stratum in found.strata)
        yield "Stratified by", "; ".join(strata)
    if found.cap:
        yield "At most", f"{found.cap} participants"
    for cap in found.caps:
        most = f"{cap.percent} %" if cap.percent else f"{cap.count} participants"
        yield f"At most, of: {group_words(protocol, cap.of)}", most
    yield "Takes place at", found.at or "not stated"


def size_words(protocol: Protocol, found: Randomisation) -> str:
    """ "4, 6"; where somebody is masked, only that they are stated elsewhere."""
    if not found.block_sizes:
        return ""
    if is_restricted(protocol, found):
        return "stated in a restricted document"
    return ", ".join(str(size) for size in found.block_sizes)


def events(protocol: Protocol) -> tuple[Entry, ...]:
    """Kinds of events, what is reported of them, and when a report counts (section 9.1)."""
    return tuple(
        entry_of(
            protocol,
            item,
            reading=_counting(protocol, item),
            facts=tuple(
                (
                    a.title or words(a.name),
                    (" < " if a.ordered else ", ").join(words(option) for option in a.options),
                )
                for a in item.attributes
            )
            + ((("Its absence is attested by", attesters(protocol, item)),) if item.by else ()),
        )
        for item in protocol.events
    )


def _counting(protocol: Protocol, event: Event) -> Reading:
    """When a report counts; the protocol need not say."""
    if event.condition == Junction(quantifier="all", branches=()):
        return Reading("it is reported, whatever the report says")
    return reading(event.condition, protocol)


def attesters(protocol: Protocol, event: Event) -> str:
    """Who attests that an event did not occur, in words."""
    titles = {item.id: item.title or item.id for item in protocol.roles}
    return " or ".join(titles[name] for name in event.by)
