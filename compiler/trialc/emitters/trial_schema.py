"""The trial schema as a picture (ICH M11 section 1.2): blocks, gates, arms, what is given when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from trialc.emitters import svg_shapes as shapes
from trialc.emitters.document_front import blocks_words, ratio_words
from trialc.emitters.schedule_words import in_time_order, occasion_words, timing_words
from trialc.emitters.treatment_words import share_words, washout_words
from trialc.model.protocol import Administration, Arm, Gate, Protocol, Visit

WIDTH = 760.0
_LEFT, _AXIS, _RIGHT = 10.0, 232.0, 740.0
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

    def place(self, given: Administration, usual: float) -> tuple[float, float]:
        """The middle and the width of a box: a period goes from its first visit to its last."""
        x = self.columns[given.visit]
        found = next((one for one in self.protocol.periods if one.id == given.occasion), None)
        end = self.columns.get(found.last, x) if found else x
        return ((x + end) / 2, end - x + usual) if end > x else (x, usual)

    def lane_height(self, arm: Arm) -> float:
        visits = [given.visit for given in arm.gives]
        return 26.0 + 40.0 * max((visits.count(v) for v in visits), default=1)


def trial_schema(protocol: Protocol) -> str:
    """SVG, self-contained: it needs no style sheet and no script."""
    plan = _Plan(protocol)
    parts: list[str] = list(_flow(plan))
    top = 84.0
    if protocol.blocked:
        parts.extend(_blocks(plan, top))
        top += 84.0
    parts.extend(_axis(plan, top))
    top += 52.0
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
    for visit in plan.visits:
        x = plan.columns[visit.id]
        yield shapes.label(x, top + 14, shapes.wrapped(visit.id, plan.step, 12, 1), weight="bold")
        timing = timing_words(visit).replace(" (how long: not stated)", "")
        lines = shapes.wrapped(timing, plan.step - 6, 10, 2)
        yield shapes.label(x, top + 28, lines, size=10, fill=shapes.MUTED)
    yield shapes.arrow(((_AXIS, top + 48), (_RIGHT + 8, top + 48)))
    for x in plan.columns.values():
        yield shapes.line(((x, top + 44), (x, top + 52)))


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
    share = shapes.label(
        _LEFT + 8, middle - 8 + 14.6 * len(title), (_share(plan.protocol, arm),),
        size=10.5, anchor="start", fill=shapes.MUTED,
    )  # fmt: skip
    yield share
    yield shapes.line(((_LEFT + 206, middle), (_RIGHT, middle)), colour="#9aa7b3", dash="2 3")
    usual = min(128.0, plan.step - 12)
    for given, offset in _stacked(arm):
        if given.visit not in plan.columns:
            continue
        x, width = plan.place(given, usual)
        y = middle + offset
        fill, ink, dash = _style(plan.protocol, given.intervention)
        titles = {i.id: i.title for i in plan.protocol.interventions}
        name = shapes.wrapped(titles.get(given.intervention) or given.intervention, width, 12, 1)
        lines = (
            *name,
            *shapes.wrapped(occasion_words(given.occasion, plan.protocol), width, 12, 1),
        )
        yield shapes.captioned_box(
            x - width / 2, y - 17, width, 34, lines, fill=fill, ink=ink, dash=dash, size=11
        )
        for gate in plan.protocol.gates:
            if any(g.action == "give" and g.occasion == given.occasion for g in gate.guards):
                yield shapes.diamond(x - width / 2 - 11, y, 14, plan.marks[gate.id])


def _stacked(arm: Arm) -> Iterator[tuple[Administration, float]]:
    """Every administration with its distance from the middle of the lane."""
    for given in arm.gives:
        same = [other for other in arm.gives if other.visit == given.visit]
        yield given, 40.0 * (same.index(given) - (len(same) - 1) / 2)


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
    loose = [visit for visit in protocol.visits if visit.timing == "unscheduled"]
    if loose:
        names = ", ".join(f"{visit.title or visit.id}" for visit in loose)
        yield shapes.wrapped(f"Unscheduled: {names}", _RIGHT - _LEFT, 11, 1)[0]


def schema_words(protocol: Protocol) -> str:
    """The picture in words, for those who do not see it and for Markdown."""
    sentences: list[str] = []
    if protocol.blocked:
        sentences.append(f"{blocks_words(protocol.blocked)} participants.")
    titles = {item.id: item.title for item in protocol.interventions}
    for arm in protocol.arms:
        given = "; ".join(
            f"{titles.get(g.intervention) or g.intervention} at {g.visit}"
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
