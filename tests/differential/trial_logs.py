"""Gates and trial logs made by chance: days on and beside the ends of every window."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from trialc.model import expression as e
from trialc.model import protocol as p
from trialc.model.expression import Condition
from trialc.model.from_syntax.following import following
from trialc.model.guarded_blocks import deciders
from trialc.model.inputs import walk
from trialc_runtime.calendar import add, iso, parse_date

Log = dict[str, Any]

OCCASIONS = ("infusion_1", "infusion_2")
VISITS = ("M0", "W1")
GRADES = ("grade_2", "grade_3", "grade_4")
FIRST_DAYS = ("2027-01-04", "2027-01-29", "2027-01-31", "2028-01-30", "2027-02-28")
EVERY_REPORT = e.Junction(quantifier="all", branches=())
"""Of an event without `counts when`."""


def gated_protocol(chance: random.Random) -> p.Protocol:
    """A protocol of gates of every sort, and of nothing else."""
    graded: Condition = e.OneOf(path="event.severity", codes=GRADES[1:])
    related: Condition = e.OneOf(path="event.related", codes=("yes",))
    both = e.Junction(
        quantifier=chance.choice(("all", "any")),
        branches=(e.Branch(condition=graded), e.Branch(condition=e.Not(operand=related))),
    )
    attributes = (
        p.Attribute(name="severity", title="Severity", options=GRADES),
        p.Attribute(name="related", title="Related", options=("yes", "no")),
    )
    give = tuple(
        p.Administration(intervention="x", occasion=occasion, visit=visit)
        for occasion, visit in zip(OCCASIONS, chance.choice((("M0", "M0"), VISITS)), strict=True)
    )
    return p.Protocol(
        language=1,
        file="gates.proto.txt",
        sha256="cd" * 32,
        metadata=p.Metadata(id="gates", title="Gates", version="1"),
        roles=(p.Role(id="investigator"), p.Role(id="board")),
        arms=(p.Arm(id="arm", type="experimental", gives=give),),
        events=(
            p.Event(
                id="sae",
                title="Severe event",
                attributes=attributes,
                condition=both,
                by=chance.choice(((), ("board",))),
            ),
            p.Event(
                id="cold",
                attributes=attributes[:1],
                condition=chance.choice((graded, EVERY_REPORT)),
            ),
        ),
        levels=(p.Level(id="low"), p.Level(id="high")),
        gates=tuple(_gate(chance, f"g{index}") for index in range(4)),
        visits=(
            p.Visit(id=VISITS[0], timing="anchor"),
            _second_visit(chance),
        ),
    )


def _second_visit(chance: random.Random) -> p.Visit:
    """A week later, with windows that meet the first visit or not; or on a day that comes."""
    name, first = VISITS[1], VISITS[0]
    week = p.Duration(amount=1, unit="week")
    kind = chance.choice(("offset", "offset", "after", "counted"))
    if kind == "after":
        return p.Visit(id=name, timing="after", base=first)
    if kind == "counted":
        moment = p.Moment(kind="actual", name=first, text=first, offset=week)
        return p.Visit(id=name, timing="counted", moments=(moment,))
    window = p.Window(early=chance.choice((-6, -7, -8, None)), late=0, unit="day")
    return p.Visit(id=name, timing="offset", base=first, offset=week, window=window)


def _gate(chance: random.Random, name: str) -> p.Gate:
    per = chance.choice(("block", "cohort", "participant", "trial"))
    fields = {"id": name, "per": per, "guards": _guards(per, name), "otherwise": ()}
    condition = _condition(chance, 3, name)
    if chance.random() < 0.4:
        condition = _decided(chance, name, condition)
    return p.Gate.model_validate({**fields, "condition": following(condition)})


def _guards(per: str, name: str) -> tuple[p.Guard, ...]:
    """Some gates per cohort are asked for some cohorts only."""
    cohorts = {"g1": ("b",), "g2": ("a", "b")}.get(name, ())
    if per != "cohort" or not cohorts:
        return ()
    return (p.Guard(action="give", occasion="infusion_2", cohorts=cohorts),)


def _decided(chance: random.Random, gate: str, condition: Condition) -> Condition:
    """A condition, and a decision that follows it."""
    decided = e.DecidedBy(gate=gate, role=chance.choice(("investigator", "board")))
    both = [condition, decided]
    chance.shuffle(both)
    branches = tuple(e.Branch(condition=part) for part in both)
    return e.Junction(quantifier="all", branches=branches)


def _condition(chance: random.Random, depth: int, gate: str) -> Condition:
    if depth == 0 or chance.random() < 0.2:
        return _atom(chance, gate)
    inside = [_condition(chance, depth - 1, gate) for _ in range(chance.randint(1, 3))]
    match chance.randrange(5):
        case 0:
            return e.Not(operand=inside[0])
        case 1 | 2:
            return e.Every(scope=_scope(chance), condition=inside[0])
        case _:
            quantifier = chance.choice(("all", "any", "none", "at_least"))
            count = chance.randint(1, len(inside)) if quantifier == "at_least" else 0
            branches = [
                {"condition": condition, "path": f"x.b{i}" if chance.random() < 0.5 else ""}
                for i, condition in enumerate(inside)
            ]
            return e.Junction.model_validate(
                {"quantifier": quantifier, "count": count, "branches": branches}
            )


def _atom(chance: random.Random, gate: str) -> Condition:
    occasion = chance.choice(OCCASIONS)
    relation = chance.choice(("=", ">=", "<="))
    match chance.randrange(8):
        case 0 | 1:
            fields: Log = {"scope": _scope(chance), "occasion": occasion, "relation": relation}
            return e.CountGiven.model_validate({**fields, "equals": chance.randint(0, 3)})
        case 2:
            return e.Since.model_validate({"occasion": occasion, **_length(chance)})
        case 3:
            scope = _whole_scope(chance)
            fields = {"scope": scope, "occasion": occasion, **_length(chance)}
            return e.Gap.model_validate(fields)
        case 4 if chance.random() < 0.4:
            relation = chance.choice(("<", "<=", ">", ">="))
            return e.OnDay(relation=relation, day=chance.choice(FIRST_DAYS))
        case 4:
            return e.DecidedBy(gate=gate, role=chance.choice(("investigator", "board")))
        case 5:
            fields = {"scope": _scope(chance), "absence": _absence(chance), "relation": relation}
            fields["reported"] = chance.random() < 0.3
            return e.CountEvents.model_validate({**fields, "count": chance.randint(0, 3)})
        case _:
            return _absence(chance)


def _absence(chance: random.Random) -> e.NoEvent:
    fields = {
        "event": chance.choice(("sae", "cold")),
        "occasion": chance.choice(OCCASIONS),
        "amount": chance.choice((0, 1, 2)),
        "unit": chance.choice(("day", "week", "month")),
    }
    return e.NoEvent.model_validate(fields)


def _length(chance: random.Random) -> Log:
    if chance.random() < 0.3:
        return {"amount": chance.choice((1, 24, 48)), "unit": "hour"}
    return {"amount": chance.randint(1, 3), "unit": chance.choice(("day", "week", "month"))}


def _scope(chance: random.Random) -> e.Scope:
    if chance.random() < 0.2:
        occasion, first = chance.choice(OCCASIONS), chance.randint(0, 3)
        return e.GivenIn(occasion=occasion, scope=_whole_scope(chance), first=first)
    return _whole_scope(chance)


def _whole_scope(chance: random.Random) -> str:
    blocks = ("this", "previous", "1", "2", "this", "previous", "1", "1")
    return chance.choice((*blocks, "trial", "cohort", "cohort:a", "level", "level:low"))


class Logs:
    """Makes trial logs of one protocol."""

    def __init__(self, protocol: p.Protocol, chance: random.Random) -> None:
        self.chance = chance
        self.events = protocol.events
        self.occasions = sorted({given.occasion for arm in protocol.arms for given in arm.gives})
        self.roles = [role.id for role in protocol.roles]
        self.windows = [
            (inner.amount, inner.unit)
            for gate in protocol.gates
            for inner in walk(gate.condition)
            if isinstance(inner, e.Since | e.NoEvent) and inner.unit != "hour"
        ] or [(1, "month")]
        self.levels = [level.id for level in protocol.levels]
        self.deciders = deciders(protocol)

    def one(self, members: int) -> Log:
        """A log of so many participants, mostly of block 1."""
        names = [f"P{number}" for number in range(1, members + 1)]
        blocks = [self.chance.choice((1, 1, 1, 1, 1, 1, 2, 3, None)) for _ in names]
        log: Log = {
            "participants": [
                {"id": name} if block is None else {"id": name, "block": block}
                for name, block in zip(names, blocks, strict=True)
            ],
            "given": [],
            "events": [],
            "absences": [],
        }
        days = [self._history(name, log) for name in names]
        self._places(log)
        known = [day for some in days for day in some]
        log["as_of"] = self._near(known) if known else FIRST_DAYS[0]
        log["decisions"] = [
            self._decision(gate, [*known, parse_date(log["as_of"]) or 0])
            for gate in self.deciders
            for _ in range(self.chance.choice((0, 1, 1, 2)))
        ]
        if not log["decisions"]:
            del log["decisions"]
        if self.chance.random() < 0.3:
            log["time"] = self._time()
        if self.chance.random() < 0.04:
            self._spoil(log)
        return log

    def _places(self, log: Log) -> None:
        """Cohorts, dose levels and times of day, for some."""
        for entry in log["participants"]:
            if self.levels and self.chance.random() < 0.7:
                entry["cohort"] = self.chance.choice("aaab")
                entry["level"] = self.chance.choice(self.levels)
        for entry in log["given"]:
            if self.levels and self.chance.random() < 0.5:
                entry["time"] = self._time()

    def _time(self) -> str:
        return self.chance.choice(("00:00", "08:30", "08:30", "09:30", "23:59"))

    def _decision(self, gate: str, days: Sequence[int]) -> Log:
        per, roles = self.deciders[gate]
        whom: Log = {"block": self.chance.choice((1, 2, 2)), "cohort": "a", "participant": "P1"}
        return {
            "gate": gate,
            "by": self.chance.choice(roles),
            "on": self._near(days),
            "decision": self.chance.choice(("open", "open", "hold")),
            **({per: whom[per]} if per in whom else {}),
        }

    def _history(self, name: str, log: Log) -> Sequence[int]:
        """One participant's entries; the days on which a window ends, or the first one begins."""
        if self.chance.random() < 0.05:
            return ()
        first = parse_date(self.chance.choice(FIRST_DAYS[:3]))
        assert first is not None
        amount, unit = self.chance.choice(self.windows)
        end = add(first, amount, unit) if amount else first + 40
        for number, occasion in enumerate(self.occasions[: self.chance.choice((1, 1, 2))]):
            on = first + number * self.chance.choice((*(1,) * 40, 8, 0, -1))
            log["given"].append({"participant": name, "occasion": occasion, "on": iso(on)})
        for event in self.events:
            if self.chance.random() < 0.15:
                entry = {"participant": name, "event": event.id, "on": self._near([first, end])}
                log["events"].append({**entry, **self._attributes(event)})
            if self.chance.random() < 0.85:
                through = iso(end + self.chance.choice((0, 0, 0, 0, 0, 60, -1, 1)))
                likely = event.by if self.chance.random() < 0.97 else ()
                by = self.chance.choice(likely or self.roles)
                entry = {"participant": name, "event": event.id, "through": through, "by": by}
                log["absences"].append(entry)
                if self.chance.random() < 0.2:
                    log["absences"].append({**entry, "through": iso(first)})
        return first, end, end, end

    def _near(self, days: Sequence[int]) -> str:
        return iso(self.chance.choice(days) + self.chance.choice((-1, 0, 0, 1, 30)))

    def _attributes(self, event: p.Event) -> dict[str, str]:
        return {
            item.name: self.chance.choice(item.options)
            for item in event.attributes
            if self.chance.random() < 0.85
        }

    def _spoil(self, log: Log) -> None:
        section = self.chance.choice(("participants", "given", "events", "absences"))
        wrong: tuple[Any, ...] = (
            {"id": "P1"}, {"id": "P99", "block": 0}, {"participant": "P1"}, "P1", None, [],
            {"participant": "P1", "occasion": "none", "on": "2027-01-01"},
            {"participant": "P1", "occasion": self.occasions[0], "on": "2027-01-04"},
        )  # fmt: skip
        log[section].append(self.chance.choice(wrong))
