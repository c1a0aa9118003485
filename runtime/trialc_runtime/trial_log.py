"""Reading a trial log: who is in which block, what was given, what happened, what is attested, what
was decided.

docs/semantics.md section 7. As strict as the reading of a record, and every fault is reported.
"""

from __future__ import annotations

from trialc_runtime.calendar import iso
from trialc_runtime.fields import FieldError, is_list, is_object, read_day, read_time
from trialc_runtime.refusals import (
    RecordFault,
    RecordRefused,
    did_you_mean,
    kind_of,
    listed,
    shown,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    # Occasions, each one after all that come before it in the schedule: the occasion, those right
    # before it, and for each of these whether both may be given on one day.
    Orders = tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]

_SECTIONS = ("as_of", "time", "participants", "given", "events", "absences", "decisions")


class Vocabulary:
    """What a log may speak of: kinds of events, occasions and their order, roles, dose levels, and
    the gates on which somebody decides, each with what it is asked per and the roles.
    """

    __slots__ = ("deciders", "kinds", "levels", "occasions", "orders", "roles")

    def __init__(
        self,
        kinds: dict[str, EventKind],
        occasions: tuple[str, ...],
        roles: tuple[str, ...] = (),
        orders: Orders = (),
        levels: tuple[str, ...] = (),
        deciders: dict[str, tuple[str, tuple[str, ...]]] | None = None,
    ) -> None:
        self.kinds = kinds
        self.occasions = occasions
        self.roles = roles
        self.orders = orders
        self.levels = levels
        self.deciders = deciders or {}


class EventKind:
    """A kind of event: its title, the codes of what is reported of it, and when a report counts.

    `counts` is a condition as in `program`, over inputs named `event.<attribute>`. `by`: roles, of
    whom one attests the absence; () where any role may.
    """

    __slots__ = ("attributes", "by", "counts", "id", "title")

    def __init__(
        self,
        id: str,
        title: str,
        attributes: dict[str, tuple[str, ...]],
        counts: tuple[Any, ...],
        by: tuple[str, ...] = (),
    ) -> None:
        self.id = id
        self.title = title
        self.attributes = attributes
        self.counts = counts
        self.by = by


class LoggedEvent:
    """An event of one participant; `attributes` holds what was reported of it."""

    __slots__ = ("attributes", "event", "on", "participant")

    def __init__(self, participant: str, event: str, on: int, attributes: dict[str, str]) -> None:
        self.participant = participant
        self.event = event
        self.on = on
        self.attributes = attributes


class TrialLog:
    """A log without faults, as known on the day `as_of`: nothing in it is dated later.

    `blocks`, `cohorts`, `levels`: participant to block, cohort and dose level (None where there is
    none), in the log's order. `given`: (participant, occasion) to day; `times`: to the minute of
    that day, where it is known, as `time` is that of `as_of`. `absences`: (participant, event) to
    the last attested day. `decisions`: (gate, role, for whom) to the day and whether to open.
    """

    __slots__ = (
        "absences", "as_of", "blocks", "cohorts", "decisions", "events", "given", "levels", "time",
        "times",
    )  # fmt: skip

    def __init__(self, as_of: int) -> None:
        self.as_of = as_of
        self.time: int | None = None
        self.blocks: dict[str, int | None] = {}
        self.cohorts: dict[str, str | None] = {}
        self.levels: dict[str, str | None] = {}
        self.given: dict[tuple[str, str], int] = {}
        self.times: dict[tuple[str, str], int] = {}
        self.events: list[LoggedEvent] = []
        self.absences: dict[tuple[str, str], int] = {}
        self.decisions: dict[tuple[str, str, object], tuple[int, bool]] = {}

    def known_on(self, day: int) -> TrialLog:
        """What was given and happened up to an earlier day, and the absences attested by then; no
        decisions, of which only the latest are known.
        """
        log = TrialLog(day)
        log.blocks, log.cohorts, log.levels = self.blocks, self.cohorts, self.levels
        log.given = {key: on for key, on in self.given.items() if on <= day}
        log.times = {key: minute for key, minute in self.times.items() if key in log.given}
        log.events = [event for event in self.events if event.on <= day]
        log.absences = {key: last for key, last in self.absences.items() if last <= day}
        return log


def facts_until(log: TrialLog, day: int) -> TrialLog:
    """What was given and happened up to the end of an earlier day. An absence that was attested
    later was one on that day, too.
    """
    earlier = log.known_on(day)
    earlier.time = 24 * 60 - 1
    earlier.absences = {key: min(last, day) for key, last in log.absences.items()}
    return earlier


class _LogReader:
    """The state of one reading of a log."""

    __slots__ = ("faults", "gifts", "log", "place", "words")

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.place = ""
        self.faults: list[RecordFault] = []
        self.gifts: dict[str, dict[str, tuple[int, str]]] = {}
        self.log = TrialLog(0)

    def entries(self, log: dict[Any, Any], section: str) -> Iterable[tuple[str, Any]]:
        """The entries of one section, each with the name of its place."""
        raw = log.get(section)
        if raw is None:
            return []
        if not is_list(raw):
            self.faults.append(RecordFault(section, f"must be a list, not {kind_of(raw)}"))
            return []
        return [(f"{section}[{i}]", item) for i, item in enumerate(raw)]

    def read(self, log: dict[Any, Any]) -> None:
        for key in log:
            if key not in _SECTIONS:
                guess = did_you_mean(key, _SECTIONS) or f"; a log has {listed(_SECTIONS)}"
                self.faults.append(RecordFault("log", f"{shown(key)} is no part of it{guess}"))
        try:
            self.log.as_of = read_day(log.get("as_of"))
        except FieldError as fault:
            self.faults.append(RecordFault("as_of", fault.message))
        try:
            self.log.time = read_time(log.get("time"))
        except FieldError as fault:
            self.faults.append(RecordFault("time", fault.message))
        for section, method in (
            ("participants", self.participant),
            ("given", self.gift),
            ("events", self.event),
            ("absences", self.absence),
            ("decisions", self.decision),
        ):
            for place, entry in self.entries(log, section):
                try:
                    if not is_object(entry):
                        raise FieldError(f"must be an object, not {kind_of(entry)}")
                    self.place = place
                    method(entry)
                except FieldError as fault:
                    self.faults.append(RecordFault(place + fault.where, fault.message))
        for given in self.gifts.values():
            self.check_order(given)

    # ---- entries

    def participant(self, entry: dict[Any, Any]) -> None:
        _only(entry, ("id", "block", "cohort", "level"))
        name = _text(entry, "id")
        block = entry.get("block")
        if block is not None and (isinstance(block, bool) or not isinstance(block, int)):
            raise FieldError(f"must be a whole number, not {shown(block)}", ".block")
        if block is not None and block < 1:
            raise FieldError("must be 1 or more: blocks are counted from 1", ".block")
        if name in self.log.blocks:
            raise FieldError(f"{shown(name)} is listed twice: keep one entry", ".id")
        cohort, level = entry.get("cohort"), entry.get("level")
        self.log.cohorts[name] = None if cohort is None else _text(entry, "cohort")
        self.log.levels[name] = None if level is None else _text(entry, "level", self.words.levels)
        self.log.blocks[name] = block

    def gift(self, entry: dict[Any, Any]) -> None:
        _only(entry, ("participant", "occasion", "on", "time"))
        who = self._participant(entry)
        occasion = _text(entry, "occasion", self.words.occasions)
        on = read_day(entry.get("on"), ".on")
        time = read_time(entry.get("time"), ".time")
        given = self.gifts.setdefault(who, {})
        if occasion in given:
            raise FieldError(f"{shown(occasion)} was already given to {shown(who)}: keep one entry")
        given[occasion] = on, self.place
        log = self.log
        known = log.time is None or time is None or (on, time) <= (log.as_of, log.time)
        if on <= log.as_of and known:
            log.given[who, occasion] = on
            if time is not None:
                log.times[who, occasion] = time

    def check_order(self, given: dict[str, tuple[int, str]]) -> None:
        """What one participant was given, against the order of the schedule. An occasion that was
        left out keeps those around it in order.
        """
        bounds: dict[str, tuple[int, bool, str]] = {}
        for occasion, before in self.words.orders:
            for earlier, same_day in before:
                if earlier in given:
                    bound = given[earlier][0], not same_day, earlier
                elif earlier in bounds:
                    day, strictly, name = bounds[earlier]
                    bound = day, strictly or not same_day, name
                else:
                    continue
                bounds[occasion] = max(bound, bounds.get(occasion, bound))
            if occasion not in given or occasion not in bounds:
                continue
            on, place = given[occasion]
            day, strictly, name = bounds[occasion]
            if on < day or (strictly and on == day):
                must = "must be after" if strictly else "must not be before"
                when = f"{iso(day)}, when {shown(name)} was given, which comes first"
                self.faults.append(RecordFault(place + ".on", f"{must} {when}"))

    def event(self, entry: dict[Any, Any]) -> None:
        who = self._participant(entry)
        kind = self.words.kinds[_text(entry, "event", tuple(self.words.kinds))]
        _only(entry, ("participant", "event", "on", *kind.attributes))
        on = read_day(entry.get("on"), ".on")
        attributes: dict[str, str] = {}
        for name, codes in kind.attributes.items():
            if entry.get(name) is not None:
                attributes[name] = _text(entry, name, codes)
        if on <= self.log.as_of:
            self.log.events.append(LoggedEvent(who, kind.id, on, attributes))

    def absence(self, entry: dict[Any, Any]) -> None:
        _only(entry, ("participant", "event", "through", "by"))
        who = self._participant(entry)
        event = _text(entry, "event", tuple(self.words.kinds))
        through = read_day(entry.get("through"), ".through")
        by, attesters = _text(entry, "by", self.words.roles or None), self.words.kinds[event].by
        if attesters and by not in attesters:
            raise FieldError(
                f"{shown(by)} does not attest the absence of {shown(event)}: it is attested by "
                f"{' or '.join(attesters)}",
                ".by",
            )
        if through <= self.log.as_of:
            known = self.log.absences.get((who, event), through)
            self.log.absences[who, event] = max(known, through)

    def decision(self, entry: dict[Any, Any]) -> None:
        """Of two decisions of one day that differ, the one that holds counts."""
        gate = _text(entry, "gate", tuple(self.words.deciders))
        per, roles = self.words.deciders[gate]
        _only(entry, ("gate", "by", "on", "decision", *((per,) if per != "trial" else ())))
        by, on = _text(entry, "by", roles), read_day(entry.get("on"), ".on")
        opens = _text(entry, "decision", ("open", "hold")) == "open"
        whom: object = None
        if per == "participant":
            whom = self._participant(entry)
        elif per == "cohort":
            whom = _text(entry, "cohort")
        elif per == "block":
            whom = entry.get("block")
            if type(whom) is not int or whom < 1:
                raise FieldError(f"must be a whole number from 1, not {shown(whom)}", ".block")
        if on <= self.log.as_of:
            known = self.log.decisions.get((gate, by, whom), (on, opens))
            latest = (on, opens and known[1]) if known[0] == on else max(known, (on, opens))
            self.log.decisions[gate, by, whom] = latest

    def _participant(self, entry: dict[Any, Any]) -> str:
        return _text(entry, "participant", tuple(self.log.blocks))


def read_log(log: Any, words: Vocabulary) -> TrialLog:
    """The log as known on its `as_of`; RecordRefused with every fault otherwise.

    `log` is what JSON gives. Entries dated after `as_of` are not yet known and are left out, and so
    is the absence of an event attested beyond that day: nobody can attest the future.
    """
    if not is_object(log):
        raise RecordRefused([RecordFault("log", f"must be an object, not {kind_of(log)}")])
    reader = _LogReader(words)
    reader.read(log)
    if reader.faults:
        raise RecordRefused(reader.faults)
    return reader.log


def _only(entry: dict[Any, Any], allowed: tuple[str, ...]) -> None:
    for key in entry:
        if key not in allowed:
            raise FieldError(f"has {shown(key)}, which is not among {listed(allowed)}: remove it")


def _text(entry: dict[Any, Any], name: str, known: tuple[str, ...] | None = None) -> str:
    """A text of an entry, one of the known ones where they are given."""
    text = entry.get(name)
    if not isinstance(text, str) or not text:
        raise FieldError(f"must be a text, not {kind_of(text)}", "." + name)
    if known is not None and text not in known:
        guess = did_you_mean(text, known) or f"; known are {listed(known[:12]) or 'none'}"
        raise FieldError(f"{shown(text)} is not known{guess}", "." + name)
    return text
