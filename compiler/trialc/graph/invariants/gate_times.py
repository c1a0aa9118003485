"""Does every gate open in time, and is its event reviewed by then?

By the schedule: an occasion can be given as early as the window of its visit begins, and is due
until it ends. Where a visit has no date of its own, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.invariants.gates import never_opens
from trialc.graph.invariants.timing import Timing, timing
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import attested_absences
from trialc.model.protocol import Gate
from trialc.model.visit_days import ANCHORS
from trialc_runtime.calendar import add, iso


def gates_open_in_time(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """What a gate waits for is over by the end of the visit of what it guards."""
    found: list[Diagnostic] = []
    for gate in study.protocol.gates:
        occasions = [guard.occasion for guard in gate.guards if guard.action == "give"]
        if occasions and never_opens(study, gate):
            continue  # reported as such
        for occasion in occasions:
            found += _in_time(study, gate, occasion)
    return study, tuple(found)


def _in_time(study: Study, gate: Gate, occasion: str) -> Iterator[Diagnostic]:
    times = timing(study)
    for visit in _visits(study, occasion):
        late: list[tuple[int, float, float]] = []
        for anchor in ANCHORS:
            opens = _Waiting(study, times, visit, anchor).earliest(gate.condition)
            due = times.span(visit, anchor)[1] if times.roots.get(visit) else None
            if opens is not None and due is not None and opens > due:
                late.append((anchor, opens, due))
        if not late:
            continue
        anchor, opens, due = late[0]
        related = [
            Related(gate.where, "declared here"),
            Related(study.declared[visit].where, f"`{occasion}` is due here"),
        ]
        if len(late) == len(ANCHORS):
            days = int(opens) - anchor, int(due) - anchor
            yield kinds.GATE_TOO_LATE.at(
                gate.condition.where,
                gate=gate.id,
                occasion=occasion,
                opens=f"on day {days[0]}",
                due=f"on day {days[1]}",
                help=f"wait for less, or give `{occasion}` at a later visit",
                related=related,
            )
        else:
            yield kinds.LATE_IN_SOME_MONTHS.at(
                gate.condition.where,
                gate=gate.id,
                occasion=occasion,
                anchor=iso(anchor),
                opens=iso(int(opens)),
                due=iso(int(due)),
                help="count both in the same unit, or give the visit a window",
                related=related,
            )
        return


class _Waiting:
    """The earliest day on which a condition can hold for a participant with a given day 0."""

    def __init__(self, study: Study, times: Timing, visit: str, anchor: int) -> None:
        self.study = study
        self.times = times
        self.visit = visit
        self.anchor = anchor

    def earliest(self, condition: Condition) -> float | None:
        """None where the schedule does not bound it from below."""
        if isinstance(condition, e.Junction):
            days = [self.earliest(branch.condition) for branch in condition.branches]
            known = sorted(day for day in days if day is not None)
            if condition.quantifier == "all":
                return known[-1] if known else None
            # An alternative that nothing bounds can hold at once.
            needed = condition.count if condition.quantifier == "at_least" else 1
            at_once = len(days) - len(known)
            if condition.quantifier == "none" or at_once >= needed:
                return None
            return known[needed - at_once - 1]
        if isinstance(condition, e.Every):
            return self.earliest(condition.condition) if condition.scope == "this" else None
        if isinstance(condition, e.Since | e.NoEvent):
            return self._after(condition)
        # Others have other days: counts, gaps and decisions bound nothing from below.
        return None

    def _after(self, atom: e.Since | e.NoEvent) -> float | None:
        days: list[float] = []
        for visit in _visits(self.study, atom.occasion):
            if not self.times.comparable(visit, self.visit):
                return None
            given = self.times.span(visit, self.anchor)[0]
            if given == -inf:
                return None
            if atom.unit == "hour":
                days.append(int(given) + atom.amount // 24)
            else:
                days.append(add(int(given), atom.amount, atom.unit))
        return min(days, default=None)


def absences_are_reviewed(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Some activity reviews the event when its absence can be attested."""
    if not study.protocol.activities:
        return study, ()
    found: list[Diagnostic] = []
    for gate in study.protocol.gates:
        guarded = [visit for g in gate.guards if g.occasion for visit in _visits(study, g.occasion)]
        for atom in attested_absences(gate.condition):
            found += _reviewed(study, gate, atom, guarded)
    return study, tuple(found)


@dataclass(frozen=True)
class ReviewGap:
    """Why nobody looks for an event when its absence is to be attested, and what to do."""

    why: str
    help: str
    related: tuple[Related, ...]


def _reviewed(
    study: Study, gate: Gate, atom: e.NoEvent, guarded: list[str]
) -> Iterator[Diagnostic]:
    gap = review_gap(study, atom, guarded)
    if gap is not None:
        fields = {"gate": gate.id, "event": atom.event, "why": gap.why}
        yield kinds.NOT_REVIEWED.at(atom.where, help=gap.help, related=gap.related, **fields)


def review_gap(study: Study, atom: e.NoEvent, guarded: list[str]) -> ReviewGap | None:
    """What is wrong with the reviews of an event; None where they are in time."""
    event = study.declared[atom.event]
    reviewers = [
        node
        for node in study.predecessors(f"event:{atom.event}", "reviews")
        if any(study.successors(node, "at"))  # what an event triggers sees no absence
    ]
    visits = [
        visit.partition(":")[2] for node in reviewers for visit in study.successors(node, "at")
    ]
    if not reviewers:
        why = "and no activity reviews it"
        help_ = f"add `reviews: {event.id}` to an activity"
    elif _all_too_early(study, atom, visits, guarded):
        why = f"and it is reviewed at {_listed(visits)} only, before that can be said"
        until = _listed(guarded) if not atom.amount else f"the end of {_length(atom)}"
        help_ = f"review it at {until}, too"
    else:
        return None
    related = [Related(event.where, "declared here")]
    related += [
        Related(study.declared[node.partition(":")[2]].where, "reviewed here") for node in reviewers
    ]
    return ReviewGap(why, help_, tuple(related))


def _all_too_early(study: Study, atom: e.NoEvent, reviews: list[str], guarded: list[str]) -> bool:
    """Whether every review is over before the end of what the gate looks at, in every month."""
    times, starts = timing(study), _visits(study, atom.occasion)
    ends = starts if atom.amount else guarded
    if not ends or not all(times.comparable(one, two) for one in reviews for two in ends):
        return False
    for anchor in ANCHORS:
        latest = max(times.span(visit, anchor)[1] for visit in reviews)
        start = min(times.span(visit, anchor)[0] for visit in ends)
        if start == -inf:
            return False
        first = int(start)
        if latest >= (add(first, atom.amount, atom.unit) if atom.amount else first):
            return False
    return True


def _visits(study: Study, occasion: str) -> list[str]:
    places = study.successors(f"occasion:{occasion}", "at")
    return [place.partition(":")[2] for place in places]


def _length(atom: e.NoEvent) -> str:
    return f"{atom.amount} {atom.unit}{'' if atom.amount == 1 else 's'} after `{atom.occasion}`"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in dict.fromkeys(names))
