"""The schedule of activities as a matrix with footnotes (ICH M11 section 1.3).

An activity says the occasion, never what an arm is given, so that nothing in it tells a masked
reader who is in which arm. What is for some arms only says so: the compiler refuses it where
somebody is masked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from trialc.emitters.activity_words import activity_notes, visit_notes
from trialc.emitters.near_literate import letter
from trialc.emitters.schedule_words import (
    NOT_STATED,
    in_time_order,
    occasion_words,
    timing_words,
    window_words,
)
from trialc.model.protocol import Activity, Decision, Protocol, Visit

_DOES = {
    "consent": "informed consent is given here",
    "eligibility": "the verdict on eligibility is asked here",
    "randomisation": "participants are randomised here",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A visit: `notes` are the letters of its footnotes."""

    id: str
    title: str
    timing: str
    window: str
    notes: tuple[str, ...]
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An activity, and for every column what stands there: "X" where it is done, an arrow where it
    goes on from there, through there or to there, "" where it is not done.
    """

    id: str
    title: str
    notes: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Visits in the order of time, activities in the order of the text, footnotes by letter."""

    epochs: tuple[tuple[str, int], ...]
    """Titles of epochs with the number of columns below each; () where no visit names one."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footnotes: tuple[tuple[str, str], ...]

    @property
    def arrows(self) -> bool:
        """Whether some activity goes on between visits."""
        return any("→" in cell for row in self.rows for cell in row.cells)


@dataclass
class _Footnotes:
    """Letters in reading order: the same words get the same letter."""

    letters: dict[str, str] = field(default_factory=dict[str, str])

    def mark(self, words: str) -> str:
        return self.letters.setdefault(words, letter(len(self.letters)))


def schedule_matrix(protocol: Protocol) -> Matrix:
    """The matrix of all visits and activities."""
    notes = _Footnotes()
    decisions = {item.id: item for item in protocol.decisions}
    visits = in_time_order(protocol)
    columns = tuple(_column(visit, protocol, decisions, notes) for visit in visits)
    rows = tuple(_row(item, visits, protocol, notes) for item in protocol.activities)
    footnotes = tuple((mark, words) for words, mark in notes.letters.items())
    return Matrix(tuple(_epochs(visits, protocol)), columns, rows, footnotes)


def _epochs(visits: tuple[Visit, ...], protocol: Protocol) -> Iterator[tuple[str, int]]:
    titles = {item.id: item.title or item.id for item in protocol.epochs}
    if any(visit.epoch for visit in visits):
        for name, group in groupby(visits, key=lambda visit: visit.epoch):
            yield titles.get(name, ""), len(tuple(group))


def _column(
    visit: Visit, protocol: Protocol, decisions: dict[str, Decision], notes: _Footnotes
) -> Column:
    window = window_words(visit)
    marks: list[str] = []
    if window == NOT_STATED:
        marks.append(
            notes.mark("The source states no window for this visit; none is invented here.")
        )
    marks.extend(notes.mark(words) for words in visit_notes(visit, protocol))
    marks.extend(_decided(visit.decided, decisions, notes))
    return Column(visit.id, visit.title, timing_words(visit), window, _sorted(marks), visit.mode)


def _row(
    activity: Activity, visits: tuple[Visit, ...], protocol: Protocol, notes: _Footnotes
) -> Row:
    decisions = {item.id: item for item in protocol.decisions}
    events = {item.id: item.title or item.id for item in protocol.events}
    marks = [notes.mark(words) for words in activity_notes(activity, protocol)]
    for event in activity.reviews:
        marks.append(
            notes.mark(
                f"Reviewed: {events.get(event, event)}; its absence is attested with a date "
                "(no entry is not an absence)."
            )
        )
    if activity.timepoints:
        times = ", ".join(time.text for time in activity.timepoints)
        within = f", each within {activity.tolerance}" if activity.tolerance else ""
        marks.append(notes.mark(f"At {times} from what is given{within}."))
    if activity.note:
        marks.append(notes.mark(activity.note))
    marks.extend(notes.mark(_capital(_DOES[what]) + ".") for what in activity.does)
    marks.extend(
        notes.mark(f"Here is given: {occasion_words(o, protocol)}.") for o in activity.gives
    )
    marks.extend(_decided(activity.decided, decisions, notes))
    cells = tuple(_cell(activity, visit) for visit in visits)
    return Row(activity.id, activity.title or activity.id, _sorted(marks), cells)


def _cell(activity: Activity, visit: Visit) -> str:
    """Where it goes on between visits, the arrow runs through the row."""
    if visit.id not in activity.visits:
        return ""
    if not activity.first:
        return "X"
    return {activity.first: "X →", activity.last: "→ X"}.get(visit.id, "→")


def _decided(
    ids: tuple[str, ...], decisions: dict[str, Decision], notes: _Footnotes
) -> tuple[str, ...]:
    found = (decisions[name] for name in ids if name in decisions)
    return tuple(
        notes.mark(f"Decision “{item.title}” ({item.status}): {item.reading or NOT_STATED}")
        for item in found
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sorted(marks: list[str]) -> tuple[str, ...]:
    """In the order of the notes: z stands before aa."""
    return tuple(sorted(marks, key=lambda mark: (len(mark), mark)))
