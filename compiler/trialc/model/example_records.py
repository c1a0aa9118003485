"""The examples of a protocol as the JSON that a checker reads: records and trial logs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trialc.model.protocol import (
    Assignment,
    Data,
    Duration,
    LogDecision,
    LogGroup,
    LogStep,
    Participant,
    Protocol,
    Test,
    TrialTest,
)
from trialc.model.units import unit
from trialc_runtime.calendar import add, iso, parse_date

Record = dict[str, Any]


class Examples:
    """Makes records (docs/semantics.md section 1) and logs (section 7) of one protocol."""

    def __init__(self, protocol: Protocol) -> None:
        self.participants = {item.id: item for item in protocol.participants}
        self.data = {item.id: item for item in protocol.data}
        self.judgements = protocol.judgements
        self.attesters = {item.id: item.by for item in (*protocol.judgements, *protocol.events)}
        roles = [role.id for role in protocol.roles]
        self.somebody = roles[0] if roles else "investigator"

    def of_participant(
        self, participant: Participant, changes: Iterable[Assignment] = (), as_of: str = ""
    ) -> Record:
        """A participant's record, changed in places. What has no date was found on the
        participant's own day, also when the verdict is asked for another one.
        """
        assigned = {item.path: item for item in participant.assignments}
        assigned.update((item.path, item) for item in changes)
        day = participant.as_of
        record: Record = {"as_of": as_of or day, "measured": day}
        for path, item in assigned.items():
            record[path] = self._field(item, day, record["as_of"])
        return record

    def ordinary(self, day: str) -> Record:
        """A record with a typical value of every element, and every question answered no."""
        record: Record = {"as_of": day, "measured": day}
        record.update((item.id, ordinary(item)) for item in self.data.values())
        record.update((item.id, self._attested(item.id, False, day)) for item in self.judgements)
        return record

    def of_test(self, test: Test) -> Record:
        """The record that a `test` asks about."""
        return self.of_participant(self.participants[test.given], test.changes, test.as_of)

    def of_trial_test(self, test: TrialTest, as_of: str) -> Record:
        """The log of a `trial test`, as it stands on a day."""
        log: Record = {"as_of": as_of, "given": [], "events": [], "absences": []}
        log["participants"] = []
        names: list[str] = []
        for group in test.groups:
            names += self._group(group, len(names), log)
        for step in test.steps:
            for name in names if step.participant is None else [names[step.participant - 1]]:
                self._log(step, name, log)
        if test.decisions:
            log["decisions"] = [self._decision(item, names) for item in test.decisions]
        return log

    def _group(self, group: LogGroup, before: int, log: Record) -> list[str]:
        """The participants of a group, each given the occasion some time after the one before."""
        listed = {"block": group.block, "cohort": group.cohort, "level": group.level}
        place = {key: value for key, value in listed.items() if value}
        names = [f"participant {before + index + 1}" for index in range(group.size)]
        for index, name in enumerate(names):
            log["participants"].append({"id": name, **place})
            on = later(group.first, group.every, index)
            log["given"].append({"participant": name, "occasion": group.occasion, "on": on})
        return names

    def _decision(self, item: LogDecision, names: list[str]) -> Record:
        entry: Record = {"gate": item.gate, "by": item.role, "on": item.on}
        if item.participant is not None:
            entry["participant"] = names[item.participant - 1]
        if item.cohort:
            entry["cohort"] = item.cohort
        if item.block is not None:
            entry["block"] = item.block
        return {**entry, "decision": item.decision}

    def _log(self, step: LogStep, participant: str, log: Record) -> None:
        entry = {"participant": participant, "event": step.event}
        if step.step == "absence":
            by = [*self.attesters.get(step.event, ()), self.somebody][0]  # one attests for all
            log["absences"].append({**entry, "through": step.on, "by": by})
        else:
            log["events"].append({**entry, "on": step.on, **dict(step.attributes)})

    # ---- fields

    def _field(self, item: Assignment, day: str, as_of: str) -> Any:
        element = self.data.get(item.path)
        if item.unknown == "stale" and element is not None:
            return _outdated(element, as_of)
        if item.unknown:
            return {"unknown": item.unknown}
        if element is None:
            return self._attested(item.path, item.value, item.on or day)
        field: Record = {"value": item.value}
        if item.unit and not _is_same_unit(item.unit, element.unit):
            field["unit"] = item.unit
        if item.on:
            field["on"] = item.on
        return field if len(field) > 1 else item.value

    def _attested(self, path: str, value: object, on: str) -> Record:
        by = list(self.attesters.get(path, ())) or [self.somebody]
        return {"value": value, "by": by[0] if len(by) == 1 else by, "at": on}


def later(first: str, step: Duration, times: int) -> str:
    """A date some steps after another, counted from the first one: months are never chained."""
    start = parse_date(first)
    assert start is not None  # the resolver refuses dates that do not exist
    return iso(add(start, step.amount * times, step.unit))


def _is_same_unit(spelling: str, code: str) -> bool:
    known = unit(spelling)
    return known is not None and known.code == code


def _outdated(element: Data, as_of: str) -> Mapping[str, Any]:
    """A value one day older than its window; one without a window cannot grow stale."""
    day = parse_date(as_of)
    if element.window is None or day is None:
        return {"unknown": "stale"}  # refused by the reading: no record may state it
    last = add(day, -element.window.amount, element.window.unit)
    return {"value": ordinary(element), "on": iso(add(last, -1, "day"))}


def ordinary(element: Data) -> Any:
    """A value that an ordinary participant may have: the typical one, else one within the range."""
    text = element.typical
    if element.type in ("quantity", "score"):
        low, high = element.low, element.high
        if text:
            number = float(text.split()[0])
        elif low is not None and high is not None:
            number = float(round((low + high) / 2))
        else:
            number = max(1.0, low or 0.0) if high is None else min(1.0, high)
        return int(number) if number == int(number) else number
    if element.type == "boolean":
        return text in ("true", "yes")
    return text or (element.options[0] if element.type == "choice" else "2000-01-01")
