"""Link: a protocol to the graph of what its declarations have to do with one another.

docs/graph.md lists the kinds of nodes and edges. Nodes stand in the order of the protocol's fields,
those of one kind in the order of the text; edges in the order of the text of the node they leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import networkx as nx

from trialc.graph.asked_of import asked_of
from trialc.graph.kinds import KINDS
from trialc.graph.study import Study
from trialc.graph.walks import reached, reading
from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import names_of_number, numbers, parts, sides
from trialc.model.protocol import (
    Declared,
    Participant,
    Protocol,
    Randomisation,
    Test,
    TrialTest,
    Visit,
)
from trialc.source import SourceText


def link(
    protocol: Protocol, texts: tuple[SourceText, ...] = (), registered: SourceText | None = None
) -> Study:
    """The study of a protocol: its graph, not yet checked; no evidence yet."""
    return Study(protocol, _Linker(protocol).run(), texts, registered)


class _Linker:
    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.nodes: dict[str, str] = {}
        """Id of a declaration to its node. Ids are unique in the whole protocol."""

    def run(self) -> nx.MultiDiGraph[str]:
        self.declarations()
        self.occasions()
        self.inputs()
        self.rules()
        self.design()
        self.timeline()
        self.decisions()
        self.tests()
        return self.graph

    # ---- nodes

    def declarations(self) -> None:
        about = self.protocol.metadata
        self.node("protocol", about.id, about.acronym or about.title)
        for kind, item in declarations(self.protocol):
            self.nodes[item.id] = self.node(kind, item.id, item.title)

    def occasions(self) -> None:
        for arm in self.protocol.arms:
            for given in arm.gives:
                self.node("occasion", given.occasion, given.occasion.replace("_", " "))

    def node(self, kind: str, name: str, title: str) -> str:
        node = f"{kind}:{name}"
        self.graph.add_node(node, kind=kind, title=title or name)
        return node

    # ---- edges

    def edge(self, start: str, kind: str, end: str) -> None:
        """One edge of a kind, keyed by it; none where an end is no declaration."""
        if start in self.graph and end in self.graph:
            self.graph.add_edge(start, end, key=kind, kind=kind)

    def named(self, start: str, kind: str, names: Iterable[str]) -> None:
        """Edges to declarations by their ids."""
        for name in names:
            self.edge(start, kind, self.nodes.get(name, ""))

    def inputs(self) -> None:
        for endpoint in self.protocol.endpoints:
            node, change = f"endpoint:{endpoint.id}", endpoint.change
            self.named(node, "part_of", endpoint.objectives)
            self.named(node, "uses", (endpoint.number, change.number if change else ""))
            ends = (change.first, change.last) if change else ()
            self.named(node, "at", (*endpoint.visits, *ends, endpoint.first, endpoint.last))
            if endpoint.condition is not None:
                self.condition(node, endpoint.condition)
        for estimand in self.protocol.estimands:
            node = f"estimand:{estimand.id}"
            self.named(node, "part_of", (estimand.endpoint,))
            self.named(node, "uses", estimand.arms)
        for item in self.protocol.data:
            node = f"data:{item.id}"
            self.named(node, "uses", (item.valid, *item.by))
            if item.applies is not None:
                self.condition(node, item.applies)
        for judgement in self.protocol.judgements:
            self.named(f"judgement:{judgement.id}", "uses", judgement.by)

    def rules(self) -> None:
        protocol = self.protocol
        for definition in protocol.numbers:
            self.number(f"definition:{definition.id}", definition.number)
        for named in protocol.conditions:
            self.condition(f"definition:{named.id}", named.condition)
        reviews = [
            f"activity:{item.id}" for item in protocol.activities if "eligibility" in item.does
        ]
        for population in protocol.populations:
            self.named(f"population:{population.id}", "at", population.assessed)
        for quota in protocol.quotas:
            self.condition(f"quota:{quota.id}", quota.condition)
        for criterion in protocol.criteria:
            node = f"criterion:{criterion.id}"
            self.condition(node, criterion.condition)
            self.named(node, "at", criterion.assessed)
            self.named(node, "for", criterion.populations)
            for review in reviews:
                self.edge(node, "decides", review)

    def design(self) -> None:
        protocol = self.protocol
        for intervention in protocol.interventions:
            node = f"intervention:{intervention.id}"
            for dose in (intervention.dose, intervention.loading_dose):
                if dose is not None:
                    self.named(node, "uses", (dose.element, dose.number))
                    self.named(node, "at", (dose.measured_at,))
            self.named(node, "uses", (*intervention.one_of, intervention.chosen_by))
        for item in protocol.everyone:
            for given in item.gives:
                self.edge(f"everyone:{item.id}", "gives", f"occasion:{given.occasion}")
        for item in protocol.modifications:
            self.named(f"modification:{item.id}", "uses", (*item.interventions, item.event))
        for period in protocol.periods:
            self.named(f"period:{period.id}", "at", (period.first, period.last))
        self.arms()
        if protocol.masking is not None:
            masking = protocol.masking
            self.named(f"masking:{masking.id}", "uses", (*masking.masked, *masking.unmasked))
        for randomisation in protocol.randomisations:
            node = f"randomisation:{randomisation.id}"
            self.named(node, "decides", _allocated(protocol, randomisation))
            self.named(node, "uses", (stratum.name for stratum in randomisation.strata))
            self.named(
                node, "uses", (one.of for one in (*randomisation.ratio, *randomisation.caps))
            )
            self.named(node, "uses", (*randomisation.shown_to, *randomisation.populations))
            self.named(node, "at", (randomisation.at,))
        for level in protocol.levels:
            self.named(f"level:{level.id}", "uses", (item.intervention for item in level.doses))
        for plan in protocol.escalations:
            node = f"escalation:{plan.id}"
            self.named(node, "uses", plan.levels)
            self.condition(node, plan.toxicity)
        for event in protocol.events:
            self.condition(f"event:{event.id}", event.condition)
            self.named(f"event:{event.id}", "uses", event.by)

    def arms(self) -> None:
        protocol = self.protocol
        periods = {period.id for period in protocol.periods}
        for arm in protocol.arms:
            for given in arm.gives:
                self.named(f"arm:{arm.id}", "gives", {given.occasion} & periods)
                self.named(f"arm:{arm.id}", "gives", (given.intervention,))
                self.edge(f"arm:{arm.id}", "gives", f"occasion:{given.occasion}")
                self.named(f"occasion:{given.occasion}", "at", (given.visit,))
                if given.when is not None:
                    self.condition(f"arm:{arm.id}", given.when)
            if arm.entry is not None:
                self.named(f"arm:{arm.id}", "uses", (*arm.entry.sources, *arm.populations))
                self.named(f"arm:{arm.id}", "at", (arm.entry.visit,))

    def gates(self) -> None:
        protocol = self.protocol
        for gate in protocol.gates:
            node = f"gate:{gate.id}"
            self.condition(node, gate.condition)
            for guard in gate.guards:
                self.named(node, "uses", guard.cohorts)
                if guard.action == "give":
                    self.edge(node, "guards", f"occasion:{guard.occasion}")
                elif guard.action == "randomise" and protocol.blocked is not None:
                    self.edge(node, "guards", f"randomisation:{protocol.blocked.id}")
            self.named(node, "uses", (action.object for action in gate.otherwise))

    def timeline(self) -> None:
        protocol = self.protocol
        self.gates()
        for interim in protocol.interims:
            node = f"interim:{interim.id}"
            self.named(node, "uses" if interim.of == "events" else "at", (interim.at,))
            if interim.milestone == "given":
                self.edge(node, "uses", f"occasion:{interim.at}")
            self.named(node, "uses", interim.by)
        for rule in protocol.stopping_rules:
            self.named(f"stopping:{rule.id}", "uses", (*rule.by, rule.gate))
        for visit in protocol.visits:
            self.named(f"visit:{visit.id}", "part_of", (visit.epoch,))
            self.named(f"visit:{visit.id}", "uses", visit.arms)
            for first, second in in_order(visit):
                self.named(f"visit:{first}", "precedes", (second,))
        for activity in protocol.activities:
            node = f"activity:{activity.id}"
            self.named(node, "at", activity.visits)
            numbers = (one.number for one in activity.calculates)
            self.named(node, "collects", (*activity.collects, *numbers))
            self.named(node, "reviews", activity.reviews)
            if activity.trigger is not None:
                self.named(node, "uses", (activity.trigger.event,))
            self.named(node, "uses", activity.arms)
            for occasion in activity.gives:
                self.edge(node, "gives", f"occasion:{occasion}")
            for item in protocol.randomisations if "randomisation" in activity.does else ():
                if item.at in ("", *activity.visits):
                    self.edge(f"randomisation:{item.id}", "at", node)
            if activity.when is not None:
                self.condition(node, activity.when)

    def named_from(self, names: Iterable[str], kind: str, end: str) -> None:
        """Edges from declarations by their ids."""
        for name in names:
            if name in self.nodes:
                self.edge(self.nodes[name], kind, end)

    def decisions(self) -> None:
        about = self.protocol.metadata
        self.named_from(about.decided, "interprets", f"protocol:{about.id}")
        for _, item in declarations(self.protocol):
            self.named_from(item.decided, "interprets", self.nodes[item.id])

    # ---- rules

    def condition(self, owner: str, condition: Condition) -> None:
        """What a rule reads, each from the innermost labelled part that reads it."""
        if isinstance(condition, e.Junction):
            for branch in condition.branches:
                inner = owner
                if branch.label:
                    inner = self.part(owner, branch.path, branch.label, branch.number)
                self.condition(inner, branch.condition)
            return
        for number in numbers(condition):
            self.number(owner, number)
        self.named(owner, "uses", _atom(condition))
        if isinstance(condition, e.CountGiven | e.Since | e.NoEvent | e.Gap):
            self.edge(owner, "uses", f"occasion:{condition.occasion}")
        if isinstance(condition, e.CountGiven | e.CountEvents | e.Every | e.Gap):
            self.scope(owner, condition.scope)
        for part in parts(condition):
            self.condition(owner, part)
        if isinstance(condition, e.Attributed):
            self.named(owner, "uses", (condition.path,))
            self.named(f"cause:{condition.path}", "uses", (condition.cause,))

    def scope(self, owner: str, scope: e.Scope) -> None:
        """The dose level that a set of participants is named by, and what those were given."""
        if isinstance(scope, e.GivenIn):
            self.edge(owner, "uses", f"occasion:{scope.occasion}")
            scope = scope.scope
        kind, _, name = scope.partition(":")
        self.named(owner, "uses", (name,) if name and kind in ("level", "cohort") else ())

    def number(self, owner: str, number: Number) -> None:
        """What a number reads; the items of a score are labelled parts."""
        if isinstance(number, e.Score):
            for item in number.items:
                inner = self.part(owner, item.path, item.label, None)
                if item.when is not None:
                    self.condition(inner, item.when)
                if item.score is not None:
                    self.number(inner, item.score)
        elif isinstance(number, e.Choose):
            for case in number.cases:
                inner = self.part(owner, case.path, case.label, None)
                self.number(inner, case.value)
                if case.when is not None:
                    self.condition(inner, case.when)
        elif isinstance(number, e.Arithmetic | e.Function):
            for side in sides(number):
                self.number(owner, side)
        elif isinstance(number, e.Value):
            self.named(owner, "uses", (number.path,))
        elif isinstance(number, e.NumberOf):
            self.named(owner, "uses", (number.name,))
        elif isinstance(number, e.Elapsed | e.Day):
            self.named(owner, "uses", tuple(names_of_number(number)))

    def part(self, owner: str, path: str, label: str, number: str | None) -> str:
        words = label.replace("_", " ")
        node = self.node("branch", path, f"{words} [{number}]" if number else words)
        self.edge(node, "part_of", owner)
        return node

    # ---- tests

    def tests(self) -> None:
        """A test exercises the criteria that it names, and those that read what it changes."""
        readers = self.readers()
        typical = {item.id: item for item in self.protocol.participants}
        for test in self.protocol.tests:
            node = f"test:{test.id}"
            self.named(node, "uses", (test.given,))
            exercised = set(test.by)
            for path in _distinguished(test, typical):
                exercised |= readers.get(path, set())
            criteria = asked_of(self.protocol, test, typical.get(test.given))
            self.named(node, "exercises", (name for name in criteria if name in exercised))
        for trial in self.protocol.trial_tests:
            gates = dict.fromkeys(expected.gate for expected in trial.expects)
            self.named(f"test:{trial.id}", "exercises", gates)
            self.named(f"test:{trial.id}", "uses", _log_events(trial))
            plans = dict.fromkeys(expected.escalation for expected in trial.dues)
            self.named(f"test:{trial.id}", "exercises", plans)

    def readers(self) -> dict[str, set[str]]:
        """Input to the criteria whose verdict can depend on it."""
        found: dict[str, set[str]] = {}
        reads = reading(self.graph)
        for criterion in self.protocol.criteria:
            for node in reached(reads, f"criterion:{criterion.id}"):
                found.setdefault(node.partition(":")[2], set()).add(criterion.id)
        return found


def declarations(protocol: Protocol) -> Iterator[tuple[str, Declared]]:
    """Every declaration with the kind of its node, in the order of KINDS."""
    for kind, field in KINDS:
        value: object = getattr(protocol, field)
        members = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        for item in members:
            if isinstance(item, Declared):
                yield kind, item


def in_order(visit: Visit) -> Iterator[tuple[str, str]]:
    """A visit and each that it is counted from, the earlier one first. What is the earlier one of
    several days follows none of them for certain.
    """
    if visit.base:
        is_before = visit.timing == "before" or (visit.offset and visit.offset.amount < 0)
        yield (visit.id, visit.base) if is_before else (visit.base, visit.id)
    for moment in visit.moments:
        if moment.kind in ("planned", "actual") and visit.whichever != "earlier":
            if moment.offset.amount >= 0:
                yield moment.name, visit.id
            elif not visit.whichever:
                yield visit.id, moment.name


def _allocated(protocol: Protocol, randomisation: Randomisation) -> list[str]:
    """The arms that a randomisation leads to: all, where it is the only one and states no ratio."""
    if randomisation.ratio or len(protocol.randomisations) > 1:
        return [share.arm for share in randomisation.ratio]
    return [arm.id for arm in protocol.arms]


def _atom(condition: Condition) -> Iterator[str]:
    if isinstance(condition, e.Holds | e.OneOf | e.Done):
        yield condition.path
    elif isinstance(condition, e.Refer):
        yield condition.name
    elif isinstance(condition, e.NoEvent):
        yield condition.event
    elif isinstance(condition, e.DecidedBy):
        yield condition.role
    elif isinstance(condition, e.MtdDeclared):
        yield condition.escalation


def _distinguished(test: Test, typical: dict[str, Participant]) -> Iterator[str]:
    """The inputs that a test is about: those it changes and asks for; all, if it changes none."""
    yield from test.needing
    if test.changes:
        yield from (change.path for change in test.changes)
    elif test.given in typical:
        yield from (assignment.path for assignment in typical[test.given].assignments)


def _log_events(trial: TrialTest) -> Iterator[str]:
    yield from dict.fromkeys(step.event for step in trial.steps)
