"""Histories in examples: `mi: never`, `mi: ongoing`, `mi: ongoing since 2026-01-02`,
`mi: 2026-03-01`, as values of the elements that a history stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import values as kinds
from trialc.diagnostics.catalog.recorded import NEVER_ONGOING
from trialc.model.histories import LAST, ONGOING, SINCE, UNCHANGED, all_of
from trialc.syntax import tree

Parts = Mapping[str, tuple[str, ...]]
"""What the names of a history's elements end with, beside the first, which has none."""
Classes = Mapping[str, tuple[str, ...]]
"""The members of histories that are classes."""
Value = tree.Name | tree.DateText
_ABSENT = "not_applicable"
_ASKS = {
    SINCE: "`{name} ongoing for at least 6 weeks`",
    UNCHANGED: "`{name} unchanged for at least 4 weeks`",
}


def assigned(
    statements: Sequence[tree.Statement], parts: Parts, made: Classes, found: list[Diagnostic]
) -> Iterator[tree.Statement]:
    """The values of an example, those of histories spelled out. `never` of a class is said of all
    members that have no line of their own.
    """
    given = {each.path.text for each in statements if isinstance(each, tree.Assignment)}
    for statement in statements:
        if not isinstance(statement, tree.Assignment) or statement.cause:
            yield statement
        elif statement.path.text in parts:
            yield from _values(statement, parts[statement.path.text], given, found)
            if isinstance(statement.value, tree.Name) and statement.value.text in ("never", "no"):
                for member in all_of(statement.path.text, made)[1:]:
                    if member not in given:
                        given.add(member)
                        path = tree.Name(member, where=statement.path.where)
                        never = replace(statement, path=path)
                        yield from _values(never, parts[member], given, found)
        elif isinstance(statement.value, tree.Started):
            _no_history(statement, statement.value, found)
        else:
            yield statement


def _no_history(statement: tree.Assignment, started: tree.Started, found: list[Diagnostic]) -> None:
    name = statement.path.text
    advice = f'declare it so: `data {name} "..." : history`'
    found.append(kinds.START_OF_NO_HISTORY.at(started.where, name=name, help=advice))


def _values(
    history: tree.Assignment, parts: Sequence[str], given: set[str], found: list[Diagnostic]
) -> Iterator[tree.Assignment]:
    """The values of the elements; one that has a line of its own is left to that."""
    name = history.path.text
    if ONGOING not in parts and _goes_on(history.value):
        advice = f"write the day of the last one, or `{name}: never`"
        found.append(NEVER_ONGOING.at(history.value.where, name=name, help=advice))
        return
    ever, said = _said(history, parts, found)
    yield replace(history, value=ever)
    for part in parts:
        path = tree.Name(f"{name}.{part}", where=history.path.where)
        if part in said and path.text not in given:
            yield replace(history, path=path, value=said[part])


def _goes_on(value: object) -> bool:
    """Whether an example says of something that it goes on."""
    word = value.word if isinstance(value, tree.Started) else value
    return isinstance(word, tree.Name) and word.text == "ongoing"


def _said(
    history: tree.Assignment, parts: Sequence[str], found: list[Diagnostic]
) -> tuple[tree.Given, Mapping[str, Value]]:
    """What is said of the first element, and of the others; nothing of what is left open."""
    value = history.value
    absent = tree.Name(_ABSENT, where=value.where)
    yes, no = (tree.Name(word, where=value.where) for word in ("yes", "no"))
    days = dict.fromkeys((SINCE, UNCHANGED), absent)
    if isinstance(value, tree.DateText):
        return yes, {ONGOING: no, LAST: value, **days}
    if isinstance(value, tree.Started):
        return yes, {ONGOING: yes, LAST: absent, **_started(history, value, parts, found)}
    word = value.text if isinstance(value, tree.Name) else ""
    missing = tree.Name("missing", where=value.where)
    if word == "ongoing":
        return yes, {ONGOING: yes, LAST: absent, SINCE: missing, UNCHANGED: missing}
    if word in ("never", "no"):
        return no, {ONGOING: absent, LAST: absent, **days}
    if word == "yes":
        return value, {}
    # a reason why nobody knows, or a mistake, which is reported once
    return value, dict.fromkeys((ONGOING, LAST, SINCE, UNCHANGED), missing)


def _started(
    history: tree.Assignment, started: tree.Started, parts: Sequence[str], found: list[Diagnostic]
) -> Mapping[str, Value]:
    """Since when it goes on, and goes on unchanged: days that some rule asks for."""
    name = history.path.text
    if started.word.text != "ongoing":
        advice = f"write `{name}: {started_words(started, 'ongoing')}`"
        found.append(kinds.START_OF_NO_HISTORY.at(started.where, name=name, help=advice))
    missing = tree.Name("missing", where=started.where)
    said: dict[str, Value] = {SINCE: missing, UNCHANGED: missing}
    for part, day in ((SINCE, started.since), (UNCHANGED, started.unchanged)):
        if day is None:
            continue
        if part not in parts:
            advice = f"leave the day out, or ask for it: {_ASKS[part].format(name=name)}"
            found.append(kinds.START_NOT_ASKED.at(day.where, name=name, help=advice))
        said[part] = day
    return said


def started_words(started: tree.Started, word: str = "") -> str:
    """What an example says of a start, in the words of the author."""
    days = (("since", started.since), ("unchanged since", started.unchanged))
    said = (f"{how} {day.text}" for how, day in days if day is not None)
    return " ".join((word or started.word.text, *said))
