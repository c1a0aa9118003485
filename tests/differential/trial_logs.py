"""Gates and trial logs made by chance: days on and beside the ends of every window."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from trialc.model import expression as e
from trialc.model import protocol as p
from trialc.model.expression import Condition
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
        gates=tuple(_gate(chance, f"g{index}") for index in range(4)),
        visits=(
            p.Visit(id=VISITS[0], timing="anchor"),
            p.Visit(
                id=VISITS[1],
                timing="offset",
                base=VISITS[0],
                offset=p.Duration(amount=1, unit="week"),
                window=p.Window(early=-chance.choice((6, 7, 8)), late=0, unit="day"),
            ),
        ),
    )


def _gate(chance: random.Random, name: str) -> p.Gate:
    per = chance.choice(("block", "participant", "trial"))
    fields = {"id": name, "per": per, "guards": (), "otherwise": ()}
    return p.Gate.model_validate({**fields, "condition": _condition(chance, 3)})


def _condition(chance: random.Random, depth: int) -> Condition:
    if depth == 0 or chance.random() < 0.2:
        return _atom(chance)
    inside = [_condition(chance, depth - 1) for _ in range(chance.randint(1, 3))]
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


def _atom(chance: random.Random) -> Condition:
    occasion = chance.choice(OCCASIONS)
    unit = chance.choice(("day", "week", "month"))
    match chance.randrange(4):
        case 0:
            return e.CountGiven(
                scope=_scope(chance), occasion=occasion, equals=chance.randint(0, 3)
            )
        case 1:
            fields = {"occasion": occasion, "amount": chance.randint(1, 3), "unit": unit}
            return e.Since.model_validate(fields)
        case _:
            event = chance.choice(("sae", "cold"))
            amount = chance.choice((0, 1, 2))
            fields = {"event": event, "occasion": occasion, "amount": amount, "unit": unit}
            return e.NoEvent.model_validate(fields)


def _scope(chance: random.Random) -> str:
    return chance.choice(("this", "previous", "1", "2"))


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
            if isinstance(inner, e.Since | e.NoEvent)
        ] or [(1, "month")]

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
        known = [day for some in days for day in some]
        log["as_of"] = self._near(known) if known else FIRST_DAYS[0]
        if self.chance.random() < 0.04:
            self._spoil(log)
        return log

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
