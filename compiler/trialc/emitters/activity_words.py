"""What is said of a visit or an activity beside its name: whom it is for, when, how often.

Footnotes of the schedule, and the list of activities. They are free of arms but for what is stated
to be for some of them, which the compiler refuses where a masked role could learn the arm from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.emitters.near_literate import in_words
from trialc.emitters.schedule_words import duration_words
from trialc.model.protocol import Activity, Declared, Protocol, Trigger, Visit


def visit_notes(visit: Visit, protocol: Protocol) -> Iterator[str]:
    """Sentences about a visit, its own note last."""
    if visit.arms:
        yield f"Only in these arms: {_titles(visit.arms, protocol.arms)}."
    if visit.in_order:
        yield "What is done here is done in the order of the table, from above."
    if visit.note:
        yield visit.note


def activity_notes(activity: Activity, protocol: Protocol) -> Iterator[str]:
    """Sentences about when and for whom an activity is done, its condition first."""
    if activity.when is not None:
        yield f"Only when: {in_words(activity.when, protocol)}."
    if activity.arms:
        yield f"Only in these arms: {_titles(activity.arms, protocol.arms)}."
    if activity.optional:
        yield "Optional."
    yield from _when(activity)
    if activity.reuse is not None:
        age = duration_words(activity.reuse.amount, activity.reuse.unit)
        yield f"Not done again where there is a result that is at most {age} old."
    if activity.mode:
        yield f"Takes place: {activity.mode}."
    for word, names in (("after", activity.after), ("before", activity.before)):
        if names:
            yield f"At the same visit {word}: {_titles(names, protocol.activities)}."


def in_a_cell(activity: Activity, protocol: Protocol) -> str:
    """The title with all that limits it, where no footnote can stand: "Pregnancy test (repeated
    every 4 weeks; only when: sex is female)". No arm is named.
    """
    anybody = activity.model_copy(update={"arms": ()})
    limits = [_aside(words) for words in activity_notes(anybody, protocol)]
    if activity.arms:
        limits.insert(0, "only in some arms")
    title = activity.title or activity.id
    return f"{title} ({'; '.join(limits)})" if limits else title


def _aside(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].removesuffix(".")


def _when(activity: Activity) -> Iterator[str]:
    if activity.days:
        days = ", ".join(str(day).replace("-", "−") for day in activity.days)
        yield f"On {'day' if len(activity.days) == 1 else 'days'} {days}."
    if activity.trigger is not None:
        at = " at these visits" if activity.visits else ""
        yield f"Done{at} when this happens: {trigger_words(activity.trigger)}."
    if activity.first:
        yield f"Goes on continuously from {activity.first} to {activity.last}."
    repeat = activity.repetition
    if repeat is not None:
        most = f" at most {repeat.most} times" if repeat.most else ""
        end = f"{most} until {repeat.until}" if repeat.until else ""
        times = f", {repeat.times} times" if repeat.times else ""
        yield f"Repeated every {repeat.every}{times}{end}."


def trigger_words(trigger: Trigger) -> str:
    """ "glucose below 50 mg/dL, within 15 min"."""
    return trigger.text + (f", within {trigger.within}" if trigger.within else "")


def _titles(names: Iterable[str], declared: Iterable[Declared]) -> str:
    titles = {item.id: item.title for item in declared}
    return ", ".join(titles.get(name) or name for name in names)
