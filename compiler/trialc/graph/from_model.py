"""Link: the resolved protocol as a graph. Nodes and edges are described in docs/graph.md."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import inputs_of, names_of_number, parts, walk
from trialc.model.protocol import (
    Activity,
    Arm,
    Event,
    Gate,
    Intervention,
    Protocol,
    Visit,
)
from trialc.source import SourceText

KINDS = (
    ("role", "roles"),
    ("cause", "causes"),
    ("objective", "objectives"),
    ("endpoint", "endpoints"),
    ("window", "windows"),
    ("data", "data"),
    ("judgement", "judgements"),
    ("definition", "numbers"),
    ("definition", "conditions"),
    ("criterion", "criteria"),
    ("intervention", "interventions"),
    ("arm", "arms"),
    ("event", "events"),
    ("gate", "gates"),
    ("visit", "visits"),
    ("activity", "activities"),
    ("decision", "decisions"),
    ("test", "tests"),
    ("test", "trial_tests"),
)
"""Kind of node, and the field of the protocol that holds the declarations."""


def link(
    protocol: Protocol, texts: tuple[SourceText, ...] = (), registered: SourceText | None = None
) -> Study:
    """The study of a protocol: the same protocol, with its graph."""
    return Study(protocol, _Linker(protocol).graph, texts, registered)


class _Linker:
    """Adds all nodes in the order of KINDS, then all edges: the order is that of the text."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.nodes: dict[str, str] = {}
        """Id of a declaration or path of a branch, to its node."""
        self._add_declarations()
        self._add_rules()
        self._add_design()
        self._add_schedule()
        self._add_decisions()
        self._add_tests()

    def _node(self, kind: str, name: str, title: str) -> str:
        node = f"{kind}:{name}"
        self.graph.add_node(node, kind=kind, title=title or name)
        self.nodes.setdefault(name, node)
        return node

    def _edge(self, source: str, target: str | None, kind: str) -> None:
        """An edge between two nodes that exist; a second one of its kind changes nothing."""
        if target is not None and target in self.graph and source in self.graph:
            self.graph.add_edge(source, target, key=kind, kind=kind)

    def _edges(self, source: str, names: Iterable[str], kind: str) -> None:
        for name in names:
            self._edge(source, self.nodes.get(name), kind)

    # ---- nodes

    def _add_declarations(self) -> None:
        about = self.protocol.metadata
        self._node("protocol", about.id, about.acronym or about.title)
        for kind, field in KINDS:
            for item in getattr(self.protocol, field):
                self._node(kind, item.id, item.title)
        for single in (self.protocol.randomisation, self.protocol.masking):
            if single is not None:
                self._node(type(single).__name__.lower(), single.id, single.title)
        for arm in self.protocol.arms:
            for given in arm.gives:
                self._node("occasion", given.occasion, given.occasion.replace("_", " "))

    # ---- rules

    def _add_rules(self) -> None:
        protocol = self.protocol
        for item in protocol.data:
            if item.applies is not None:
                self._uses(f"data:{item.id}", item.applies)
            self._edges(f"data:{item.id}", item.by, "uses")
        for item in protocol.judgements:
            self._edges(f"judgement:{item.id}", item.by, "uses")
        for item in protocol.numbers:
            self._edges(f"definition:{item.id}", names_of_number(item.number), "uses")
        for item in protocol.conditions:
            self._uses(f"definition:{item.id}", item.condition)
        for item in protocol.criteria:
            node = f"criterion:{item.id}"
            self._edge(node, f"protocol:{protocol.metadata.id}", "decides")
            self._branches(node, item.condition)
        for item in (*protocol.events, *protocol.gates):
            self._rule_of_trial(item)

    def _branches(self, owner: str, condition: Condition) -> None:
        """Labelled branches become nodes; what stands in a branch is used by the branch."""
        for inner in _unbranched(condition):
            self._uses_directly(owner, inner)
            if isinstance(inner, e.Junction):
                for branch in inner.branches:
                    if branch.label:
                        node = self._node("branch", branch.path, branch.label.replace("_", " "))
                        self._edge(node, owner, "part_of")
                        self._branches(node, branch.condition)

    def _uses(self, owner: str, condition: Condition) -> None:
        for inner in walk(condition):
            self._uses_directly(owner, inner)

    def _uses_directly(self, owner: str, condition: Condition) -> None:
        """What one condition reads by itself, without the conditions inside it."""
        if isinstance(condition, e.Attributed):
            self._edges(owner, (condition.cause,), "uses")
        elif isinstance(condition, e.NoEvent):
            self._edges(owner, (condition.event, condition.occasion), "uses")
        elif isinstance(condition, e.CountGiven | e.Since):
            self._edges(owner, (condition.occasion,), "uses")
        elif not isinstance(condition, e.Junction | e.Not | e.Unless | e.Applies | e.Every):
            self._edges(owner, inputs_of(condition), "uses")

    def _rule_of_trial(self, item: Event | Gate) -> None:
        node = f"{type(item).__name__.lower()}:{item.id}"
        self._branches(node, item.condition)
        if isinstance(item, Gate):
            for guard in item.guards:
                randomisation = self.protocol.randomisation
                if guard.action == "give":
                    self._edges(node, (guard.occasion,), "guards")
                elif randomisation is not None:
                    self._edges(node, (randomisation.id,), "guards")
            self._edges(node, (action.object for action in item.otherwise), "uses")

    # ---- design and schedule

    def _add_design(self) -> None:
        protocol = self.protocol
        for intervention in protocol.interventions:
            self._dose(intervention)
        for arm in protocol.arms:
            self._gives(arm)
        if protocol.randomisation is not None:
            node = f"randomisation:{protocol.randomisation.id}"
            self._edges(node, (one.arm for one in protocol.randomisation.ratio), "decides")
            self._edges(node, (protocol.randomisation.at,), "at")
        if protocol.masking is not None:
            node = f"masking:{protocol.masking.id}"
            roles = (*protocol.masking.masked, *protocol.masking.unmasked)
            self._edges(node, roles, "uses")
        for endpoint in protocol.endpoints:
            self._edges(f"endpoint:{endpoint.id}", (endpoint.objective,), "part_of")

    def _dose(self, intervention: Intervention) -> None:
        dose = intervention.dose
        if dose is not None and dose.element:
            node = f"intervention:{intervention.id}"
            self._edges(node, (dose.element,), "uses")
            self._edges(node, (dose.measured_at,), "at")

    def _gives(self, arm: Arm) -> None:
        for given in arm.gives:
            self._edges(f"arm:{arm.id}", (given.intervention, given.occasion), "gives")
            self._edges(f"occasion:{given.occasion}", (given.visit,), "at")

    def _add_schedule(self) -> None:
        for visit in self.protocol.visits:
            base = self.nodes.get(visit.base) if visit.base else None
            if base is not None:
                later = f"visit:{visit.id}"
                first, second = (later, base) if _is_before(visit) else (base, later)
                self._edge(first, second, "precedes")
        for activity in self.protocol.activities:
            self._activity(activity)

    def _activity(self, activity: Activity) -> None:
        node = f"activity:{activity.id}"
        self._edges(node, activity.visits, "at")
        self._edges(node, activity.collects, "collects")
        self._edges(node, activity.gives, "gives")
        self._edges(node, activity.reviews, "reviews")
        if activity.when is not None:
            self._uses(node, activity.when)

    # ---- decisions and tests

    def _add_decisions(self) -> None:
        owners = {f"protocol:{self.protocol.metadata.id}": self.protocol.metadata.decided}
        for item in self.protocol.declarations():
            if item.id in self.nodes:
                owners[self.nodes[item.id]] = item.decided
        for owner, decided in owners.items():
            for decision in decided:
                self._edge(f"decision:{decision}", owner, "interprets")

    def _add_tests(self) -> None:
        for test in self.protocol.tests:
            self._edges(f"test:{test.id}", test.by, "exercises")
        for test in self.protocol.trial_tests:
            self._edges(f"test:{test.id}", (one.gate for one in test.expects), "exercises")


def _is_before(visit: Visit) -> bool:
    return visit.timing == "before" or (visit.offset is not None and visit.offset.amount < 0)


def _unbranched(condition: Condition) -> Iterable[Condition]:
    """The condition and those inside it, but nothing of what stands in labelled branches."""
    yield condition
    if isinstance(condition, e.Junction):
        for branch in condition.branches:
            if not branch.label:
                yield from _unbranched(branch.condition)
    else:
        for part in parts(condition):
            yield from _unbranched(part)
