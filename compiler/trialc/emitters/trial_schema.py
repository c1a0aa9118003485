"""The trial schema as a picture (ICH M11 section 1.2): blocks, gates, arms, what is given when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from trialc.emitters import svg_shapes as shapes
from trialc.emitters.document_front import blocks_words, ratio_words
from trialc.emitters.schedule_words import in_time_order, occasion_words, timing_words
from trialc.emitters.treatment_words import (
    given_words,
    length_words,
    share_words,
    washout_words,
    who_words,
)
from trialc.model.protocol import Administration, Arm, Gate, Intervention, Protocol, Visit
from trialc.model.wording import quantity_words

WIDTH = 760.0
_LEFT, _AXIS, _RIGHT = 10.0, 232.0, 740.0
_NARROW = 44.0
"""A column in which no name of a visit fits."""
_ROOMY = 100.0
"""A column in which a box with a few words fits."""
_WIDEST = 128.0
_STYLES = (
    (shapes.NAVY, "#ffffff", ""),
    ("#ffffff", shapes.INK, "5 3"),
    ("#cfe3d8", shapes.INK, ""),
    ("#f3d9c4", shapes.INK, ""),
    ("#ddd6ee", shapes.INK, ""),
)


@dataclass(frozen=True)
class _Plan:
    """Where things stand. Visits are spaced evenly: the axis shows the order, not the length."""

    protocol: Protocol

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        return tuple(v for v in in_time_order(self.protocol) if v.timing != "unscheduled")

    @cached_property
    def step(self) -> float:
        return (_RIGHT - _AXIS) / max(1, len(self.visits))

    @cached_property
    def columns(self) -> dict[str, float]:
        return {v.id: _AXIS + (i + 0.5) * self.step for i, v in enumerate(self.visits)}

    @cached_property
    def marks(self) -> dict[str, str]:
        return {gate.id: f"G{i}" for i, gate in enumerate(self.protocol.gates, 1)}

    @cached_property
    def is_dense(self) -> bool:
        """Whether the visits stand so close that their labels are turned."""
        return self.step < _NARROW

    @cached_property
    def axis_height(self) -> float:
        """From the top of the labels to the first lane."""
        if not self.is_dense:
            return 52.0
        epochs = 28.0 if any(visit.epoch for visit in self.visits) else 0.0
        return epochs + 14 + max(shapes.turned_height(visit.id) for visit in self.visits)

    def place(self, arm: Arm, given: Administration) -> tuple[float, float]:
        """The middle and the width of a box: a period goes from its first visit to its last. Where
        visits stand close together, a box reaches to the next one of its arm.
        """
        usual = min(_WIDEST, self.step - 12)
        x = self.columns[given.visit]
        found = next((one for one in self.protocol.periods if one.id == given.occasion), None)
        last = self.columns.get(found.last, x) if found else x
        if last > x:
            return (x + last) / 2, last - x + usual
        if self.step >= _ROOMY:
            return x, usual
        others = (self.columns.get(one.visit, 0.0) for one in arm.gives)
        end = min((other for other in others if other > x), default=_RIGHT) - self.step / 2 - 2
        start = x - self.step / 2 + 2
        end = max(min(end, start + _WIDEST), start + self.step - 4)
        return (start + end) / 2, end - start

    def lane_height(self, arm: Arm) -> float:
        visits = [given.visit for given in arm.gives]
        count = max((visits.count(v) for v in visits), default=1)
        return 20.0 + (self.box_height(arm) + 6.0) * count

    def box_height(self, arm: Arm) -> float:
        """Two lines fit into the lowest box."""
        lines = max((2 + len(self.amounts(given)) for given in arm.gives), default=2)
        return 34.0 + 13.4 * (lines - 2)

    def amounts(self, given: Administration) -> tuple[str, ...]:
        """How much and how long, as far as it is stated in few words."""
        items = {item.id: item for item in self.protocol.interventions}
        item = items.get(given.intervention)
        dose = given.dose or (item.dose if item else None)
        much = quantity_words(dose.text) if dose and not dose.number else ""
        return tuple(
            part for part in (much, length_words(given), who_words(self.protocol, given)) if part
        )


def trial_schema(protocol: Protocol) -> str:
    """SVG, self-contained: it needs no style sheet and no script."""
    plan = _Plan(protocol)
    parts: list[str] = list(_flow(plan))
    top = 84.0
    if protocol.blocked:
        parts.extend(_blocks(plan, top))
        top += 84.0
    parts.extend(_axis(plan, top))
    top += plan.axis_height
    start, rules = top, len(parts)
    for arm in protocol.arms:
        parts.extend(_lane(plan, arm, top))
        top += plan.lane_height(arm)
    parts[rules:rules] = [_rules(plan, start, top)]
    legend = tuple(_legend(protocol, plan))
    parts.extend(
        shapes.label(_LEFT, top + 22 + 16 * i, (text,), size=11, anchor="start", fill=shapes.MUTED)
        for i, text in enumerate(legend)
    )
    height = top + 22 + 16 * len(legend)
    return shapes.drawing(WIDTH, height, "Trial schema", schema_words(protocol), parts)


def _flow(plan: _Plan) -> Iterator[str]:
    protocol = plan.protocol
    count = protocol.metadata.enrolment
    steps = [
        ("Enrolment", f"{count} participants" if count else "number not stated"),
        ("Consent and eligibility", f"{len(protocol.criteria)} criteria"),
    ]
    if protocol.randomisations:
        ratios = "; ".join(
            ratio_words(found.model_copy(update={"blocks": 0}))
            + (f" in blocks of {found.block_size}" if found.blocks else "")
            for found in protocol.randomisations
        )
        steps.append(("Randomisation", ratios))
    width = (_RIGHT - _LEFT - 34.0 * (len(steps) - 1)) / len(steps)
    for i, lines in enumerate(steps):
        x = _LEFT + i * (width + 34.0)
        yield shapes.captioned_box(x, 10, width, 48, lines, fill="#eaf1f7")
        if i:
            yield shapes.arrow(((x - 34.0, 34), (x - 2, 34)))


def _blocks(plan: _Plan, top: float) -> Iterator[str]:
    found = plan.protocol.blocked
    if found is None:
        return
    gap = 96.0
    shown = min(found.blocks, 4)
    width = (_RIGHT - _LEFT - gap * (shown - 1)) / shown
    for i in range(shown):
        block = i + 1 if i + 1 < shown else found.blocks
        x = _LEFT + i * (width + gap)
        lines = (f"Block {block}", f"{found.block_size} participants")
        yield shapes.captioned_box(x, top, width, 44, lines)
        if not i:
            continue
        yield shapes.arrow(((x - gap, top + 22), (x - 2, top + 22)))
        if block > i + 1:  # those between are left out
            yield shapes.label(x - gap / 2, top + 12, ("…",), weight="bold")
        guarding = [gate for gate in plan.protocol.gates if _randomises(gate, block)]
        for j, gate in enumerate(guarding[:2]):
            yield shapes.diamond(x - gap / 2 + 30 * j, top + 22, 17, plan.marks[gate.id])
    first = _LEFT + width / 2
    yield shapes.arrow(((_RIGHT - 60, 58), (_RIGHT - 60, 71), (first, 71), (first, top - 2)))


def _randomises(gate: Gate, block: int) -> bool:
    return any(g.action == "randomise" and g.first <= block <= g.last for g in gate.guards)


def _axis(plan: _Plan, top: float) -> Iterator[str]:
    heading = "Sequences" if plan.protocol.sequences else "Arms"
    if plan.protocol.blocked:
        heading += ", within each block"
    yield shapes.label(_LEFT, top + 14, (heading,), anchor="start", weight="bold")
    if plan.is_dense:
        yield from _dense_labels(plan, top)
    for visit in () if plan.is_dense else plan.visits:
        x = plan.columns[visit.id]
        yield shapes.label(x, top + 14, shapes.wrapped(visit.id, plan.step, 12, 1), weight="bold")
        timing = timing_words(visit).replace(" (how long: not stated)", "")
        lines = shapes.wrapped(timing, plan.step - 6, 10, 2)
        yield shapes.label(x, top + 28, lines, size=10, fill=shapes.MUTED)
    axis = top + plan.axis_height - 4
    yield shapes.arrow(((_AXIS, axis), (_RIGHT + 8, axis)))
    for x in plan.columns.values():
        yield shapes.line(((x, axis - 4), (x, axis + 4)))


def _dense_labels(plan: _Plan, top: float) -> Iterator[str]:
    """Names of visits, turned, below the epochs; the times stand in the schedule of activities."""
    titles = {item.id: item.title or item.id for item in plan.protocol.epochs}
    foot = top + plan.axis_height - 12
    for visit in plan.visits:
        yield shapes.turned_label(plan.columns[visit.id] + 3, foot, visit.id)
    for name, group in groupby(plan.visits, key=lambda visit: visit.epoch):
        visits = tuple(group)
        start = plan.columns[visits[0].id] - plan.step / 2
        width = plan.step * len(visits)
        if name and width >= _NARROW:  # less holds no word
            lines = shapes.wrapped(titles.get(name, name), width - 4, 9.5, 2)
            middle = start + width / 2
            yield shapes.label(middle, top + 2, lines, size=9.5, fill=shapes.MUTED)
        if name:
            line = ((start + 2, top + 18), (start + width - 2, top + 18))
            yield shapes.line(line, colour="#9aa7b3")


def _rules(plan: _Plan, top: float, bottom: float) -> str:
    """A faint line under every visit, behind the lanes, so that the eye keeps the column."""
    return "".join(
        shapes.line(((x, top), (x, bottom)), colour="#dbe2e8") for x in plan.columns.values()
    )


def _lane(plan: _Plan, arm: Arm, top: float) -> Iterator[str]:
    height = plan.lane_height(arm)
    middle = top + height / 2
    yield shapes.box(_LEFT, top + 6, 206, height - 12, fill="#f6f8fa", stroke="#9aa7b3")
    title = shapes.wrapped(arm.title or arm.id, 198, 12, 2)
    yield shapes.label(_LEFT + 8, middle - 8, title, anchor="start", weight="bold")
    words = shapes.wrapped(_share(plan.protocol, arm), 198, 10.5, 2)
    share = shapes.label(
        _LEFT + 8, middle - 8 + 14.6 * len(title), words,
        size=10.5, anchor="start", fill=shapes.MUTED,
    )  # fmt: skip
    yield share
    yield shapes.line(((_LEFT + 206, middle), (_RIGHT, middle)), colour="#9aa7b3", dash="2 3")
    high = plan.box_height(arm)
    for given, offset in _stacked(arm, high + 6):
        if given.visit not in plan.columns:
            continue
        x, width = plan.place(arm, given)
        y = middle + offset
        fill, ink, dash = _style(plan.protocol, given.intervention)
        titles = {i.id: i.title for i in plan.protocol.interventions}
        name = shapes.wrapped(titles.get(given.intervention) or given.intervention, width, 12, 1)
        lines = (
            *name,
            *shapes.wrapped(occasion_words(given.occasion, plan.protocol), width, 12, 1),
            *(shapes.wrapped(part, width, 11, 1)[0] for part in plan.amounts(given)),
        )
        yield shapes.captioned_box(
            x - width / 2, y - high / 2, width, high, lines, fill=fill, ink=ink, dash=dash, size=11
        )
        for gate in plan.protocol.gates:
            if any(g.action == "give" and g.occasion == given.occasion for g in gate.guards):
                yield shapes.diamond(x - width / 2 - 11, y, 14, plan.marks[gate.id])


def _stacked(arm: Arm, step: float) -> Iterator[tuple[Administration, float]]:
    """Every administration with its distance from the middle of the lane."""
    for given in arm.gives:
        same = [other for other in arm.gives if other.visit == given.visit]
        yield given, step * (same.index(given) - (len(same) - 1) / 2)


def _style(protocol: Protocol, intervention: str) -> tuple[str, str, str]:
    order = [item.id for item in protocol.interventions]
    position = order.index(intervention) if intervention in order else 0
    return _STYLES[position % len(_STYLES)]


def _share(protocol: Protocol, arm: Arm) -> str:
    found = protocol.blocked
    count = next((s.count for s in found.ratio if s.arm == arm.id), 0) if found else 0
    if found and count:
        return f"{count} of each block, {count * found.blocks} in all"
    return share_words(protocol, arm.id) or arm.type.replace("_", " ")


def _legend(protocol: Protocol, plan: _Plan) -> Iterator[str]:
    for gate in protocol.gates:
        words = f"{plan.marks[gate.id]}  Gate: {gate.title or gate.id} (section 4.3)"
        yield shapes.wrapped(words, _RIGHT - _LEFT, 11, 1)[0]
    if plan.step < _ROOMY and any(arm.gives for arm in protocol.arms):
        yield "A box begins below its visit; its width says nothing about the time."
    loose = [visit for visit in protocol.visits if visit.timing == "unscheduled"]
    if loose:
        names = ", ".join(f"{visit.title or visit.id}" for visit in loose)
        yield shapes.wrapped(f"Unscheduled: {names}", _RIGHT - _LEFT, 11, 1)[0]


def _much(protocol: Protocol, given: Administration, item: Intervention | None) -> str:
    """ "Iron", "Iron, 1000 mg, for 7 days,"."""
    words = given_words(protocol, given, item)
    title = item.title or item.id if item else words
    return words if words == title else f"{words},"


def schema_words(protocol: Protocol) -> str:
    """The picture in words, for those who do not see it and for Markdown."""
    sentences: list[str] = []
    if protocol.blocked:
        sentences.append(f"{blocks_words(protocol.blocked)} participants.")
    items = {item.id: item for item in protocol.interventions}
    for arm in protocol.arms:
        given = "; ".join(
            f"{_much(protocol, g, items.get(g.intervention))} at {g.visit}"
            f" ({occasion_words(g.occasion, protocol)})"
            for g in arm.gives
        )
        sentences.append(f"{arm.title or arm.id}, {_share(protocol, arm)}: {given}.")
    if protocol.sequences:
        washouts = ", ".join(
            f"{washout_words(period.washout)} before {period.title or period.id}"
            for period in protocol.periods[1:]
        )
        sentences.append(f"Washout: {washouts}.")
    return " ".join(sentences)
