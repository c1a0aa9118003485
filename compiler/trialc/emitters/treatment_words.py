"""What is given, in words: how much, how often, how long; and the share of each arm."""

from __future__ import annotations

from collections.abc import Iterator

from trialc.emitters.dose_words import dose_words, limit_words
from trialc.emitters.near_literate import in_words
from trialc.emitters.schedule_words import NOT_STATED, duration_words
from trialc.model.protocol import (
    Administration,
    Arm,
    Dose,
    Intervention,
    Protocol,
    Randomisation,
    StepRule,
    Titration,
    Washout,
)
from trialc.model.wording import quantity_words


def given_words(protocol: Protocol, given: Administration, item: Intervention | None) -> str:
    """ "Iron, 1000 mg, once daily, for 7 days": what somebody has to prepare."""
    if item is None:
        return given.intervention
    dose = given.dose or item.dose
    by_level = "" if dose or item.titration else level_dose_words(protocol, item)
    parts = (
        item.title or item.id,
        loaded_words(protocol, item, dose) if dose else by_level,
        f"in steps of {step_words(item.titration)}" if item.titration and not dose else "",
        limit_words(item) if dose and (dose.element or dose.number) else "",
        choice_words(protocol, item),
        frequency_words(given, item),
        length_words(given),
        who_words(protocol, given),
    )
    return ", ".join(part for part in parts if part)


def frequency_words(given: Administration, item: Intervention | None) -> str:
    """How often it is given on this occasion: "twice daily"; "" where nothing says."""
    return given.frequency or (item.frequency if item else "")


def choice_words(protocol: Protocol, item: Intervention) -> str:
    """ "one of docetaxel, paclitaxel or vinflunine"; "" for what is no choice."""
    if not item.one_of:
        return ""
    titles = {one.id: one.title or one.id for one in protocol.interventions}
    *most, last = [titles[name] for name in item.one_of]
    return f"one of {', '.join(most)} or {last}" if most else last


def loaded_words(protocol: Protocol, item: Intervention, dose: Dose) -> str:
    """ "300 mg"; "600 mg the first time, then 300 mg" where there is a loading dose."""
    words = _amount(dose, protocol)
    if item.loading_dose is None:
        return words
    return f"{_amount(item.loading_dose, protocol)} the first time, then {words}"


def level_dose_words(protocol: Protocol, item: Intervention) -> str:
    """ "dose of the participant's level: 200, 400 or 600 mg"; "" where no level says a dose."""
    listed = [name for plan in protocol.escalations for name in plan.levels]
    levels = {level.id: level for level in protocol.levels}
    doses = dict.fromkeys(
        dose_words(stated.dose, protocol)
        for name in dict.fromkeys((*listed, *levels))
        for stated in levels[name].doses
        if stated.intervention == item.id
    )
    if not doses:
        return ""
    unit = {words.partition(" ")[2] for words in doses}
    shared = unit.pop() if len(unit) == 1 else ""
    amounts = [words.partition(" ")[0] if shared else words for words in doses]
    *most, last = amounts
    text = f"{', '.join(most)} or {last}" if most else last
    return f"dose of the participant's level: {text} {shared}".rstrip()


def step_words(titration: Titration) -> str:
    """ "15 mg, 30 mg, 60 mg"."""
    return ", ".join(quantity_words(step.text) for step in titration.steps)


def rule_words(rule: StepRule | None) -> str:
    """ "every 4 weeks, until the tremor is gone"; "not stated" where nothing is."""
    if rule is None:
        return NOT_STATED
    if rule.when:
        return f"when {rule.when}"
    every = rule.every
    rhythm = duration_words(every.amount, every.unit).removeprefix("1 ") if every else NOT_STATED
    return f"every {rhythm}" + (f", until {rule.until}" if rule.until else "")


def _amount(dose: Dose, protocol: Protocol) -> str:
    """A table in parentheses: what follows belongs to all of its cases."""
    words = dose_words(dose, protocol)
    return f"({words})" if dose.number else words


def washout_words(washout: Washout | None) -> str:
    """ "7 days", "3 to 14 days", "none"; "not stated" where nothing is."""
    if washout is None:
        return NOT_STATED
    if not washout.most:
        return "none"
    most = duration_words(washout.most, washout.unit)
    return most if washout.least == washout.most else f"{washout.least} to {most}"


def length_words(given: Administration) -> str:
    """ "for 7 days", "until disease progression"; "" where it is given once, or nothing says."""
    length = given.length
    words = f"for {duration_words(length.amount, length.unit)}" if length else ""
    if length and given.cycles:
        days = duration_words(length.amount, length.unit)
        words = f"for {duration_words(given.cycles, 'cycle')} ({days})"
    return " ".join(part for part in (words, f"until {given.until}" if given.until else "") if part)


def who_words(protocol: Protocol, given: Administration) -> str:
    """ "only when: Platinum chosen is cisplatin"; "" where all participants are given it."""
    return f"only when: {in_words(given.when, protocol)}" if given.when else ""


def entry_words(protocol: Protocol, arm: Arm) -> str:
    """ "entered from Control at X1 when progression is verified"; "" where nobody changes arms."""
    entry = arm.entry
    if entry is None:
        return ""
    titles = {item.id: item.title or item.id for item in (*protocol.arms, *protocol.populations)}
    sources = " or ".join(titles[name] for name in entry.sources)
    when = f" when this has happened: {entry.when}" if entry.when else ""
    who = "; ".join(titles[name] for name in arm.populations)
    of = f", by those eligible for: {who}" if who else ""
    return f"entered from {sources} at {entry.visit}{when}{of}"


def share_head(protocol: Protocol) -> str:
    """What stands above the shares of arms: those of a block, or of a ratio."""
    blocked = [bool(found.blocks) for found in protocol.randomisations]
    return "Of each block" if blocked and all(blocked) else "Share"


def share_words(protocol: Protocol, arm: str) -> str:
    """ "2 (6 in all)" of each block, "1 of 3" of a ratio; how participants come into an arm of no
    randomisation, "" where that is not said.
    """
    for found in protocol.randomisations:
        count = sum(share.count for share in found.ratio if share.arm == arm)
        if count and found.blocks:
            return f"{count} ({count * found.blocks} in all)"
        if count:
            return "; ".join(_shares(protocol, found, arm))
    return next((entry_words(protocol, item) for item in protocol.arms if item.id == arm), "")


def _shares(protocol: Protocol, found: Randomisation, arm: str) -> Iterator[str]:
    """The share of an arm in each group that has a ratio of its own."""
    for of in dict.fromkeys(share.of for share in found.ratio):
        shares = [share for share in found.ratio if share.of == of]
        count = sum(share.count for share in shares if share.arm == arm)
        words = f"{count} of {sum(share.count for share in shares)}"
        yield f"{words} ({group_words(protocol, of)})" if has_groups(found) else words


def has_groups(found: Randomisation) -> bool:
    """Whether some participants have a ratio of their own."""
    return any(share.of for share in found.ratio)


def group_words(protocol: Protocol, of: str) -> str:
    """The title of a group; "all others" of those who are in none."""
    declared = (*protocol.conditions, *protocol.data, *protocol.judgements)
    titles = {item.id: item.title or item.id for item in declared}
    return titles.get(of, of) or "all others"


def is_restricted(protocol: Protocol, found: Randomisation) -> bool:
    """Whether the sizes of the blocks are kept from some readers: with them, who is masked could
    guess the last allocations of a block.
    """
    masked = protocol.masking is not None and bool(protocol.masking.masked)
    return bool(found.block_sizes) and (masked or bool(found.shown_to))
