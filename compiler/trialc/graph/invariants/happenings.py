"""What happens is known by its words: is one happening written in two ways?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import stages as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Protocol
from trialc.source import Span

_LEFT_OUT = re.compile(r"\b(?:the|an?)\b|[^\w\s]")


def happenings_differ(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Two wordings that differ in articles, signs and capitals only are meant as one."""
    first: dict[str, tuple[str, Span]] = {}
    told: set[str] = set()
    found: list[Diagnostic] = []
    for words, where in _happenings(study.protocol):
        other, there = first.setdefault(_plain(words), (words, where))
        if other != words and words not in told:
            told.add(words)
            found.append(
                kinds.NEAR_HAPPENING.at(
                    where,
                    one=words,
                    other=other,
                    help=f'did you mean "{other}"? Write the same words at both places',
                    related=[Related(there, "written here")],
                )
            )
    return study, tuple(found)


def _plain(words: str) -> str:
    """Words without articles, signs and capitals."""
    return " ".join(_LEFT_OUT.sub(" ", words.casefold()).split())


def _happenings(protocol: Protocol) -> Iterator[tuple[str, Span]]:
    """Every happening in words, with its place, in the order of arms, visits and activities."""
    for giver in (*protocol.everyone, *protocol.arms):
        for given in giver.gives:
            if given.until:
                yield given.until, given.where
    for visit in protocol.visits:
        if visit.until:
            yield visit.until, visit.where
        for moment in visit.moments:
            if moment.kind == "happening":
                yield moment.name, moment.where
    for activity in protocol.activities:
        if activity.repetition is not None and activity.repetition.until:
            yield activity.repetition.until, activity.where
        if activity.trigger is not None and not activity.trigger.event:
            yield activity.trigger.text, activity.where
