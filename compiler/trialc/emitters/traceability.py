"""From every registered clause to what was made of it, and to the tests that exercise it.

A clause is traced to the declaration that quotes it; its branches are listed with their paths,
which are their identities in the checker and in its explanations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trialc.emitters.document_design import Clauses, clauses
from trialc.emitters.document_front import words
from trialc.emitters.document_population import criterion_name
from trialc.emitters.near_literate import reading
from trialc.graph.study import Study
from trialc.model.expression import Condition
from trialc.model.protocol import Declared, Test, TrialTest


@dataclass(frozen=True, slots=True)
class TestRow:
    """A test of the protocol. `result` is "passed", "failed", or empty where no tests were run."""

    id: str
    title: str
    expects: str
    result: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One declaration: clauses, branches (path, words), the function that decides it, tests."""

    kind: str
    id: str
    title: str
    clauses: Clauses
    branches: tuple[tuple[str, str], ...]
    function: str
    tests: tuple[TestRow, ...]


def traces(study: Study) -> tuple[Trace, ...]:
    """Every declaration that quotes the registered text or decides something, criteria first."""
    protocol = study.protocol
    found: list[Trace] = []
    for position, item in enumerate(protocol.criteria):
        title = f"{criterion_name(protocol, item)}: {item.title or item.id}"
        called = f"outcomes(values)[{position}], screen(record)"
        found.append(_trace(study, "criterion", item, title, item.condition, called))
    for item in protocol.gates:
        title = f"Gate: {item.title or item.id}"
        called = f'gate("{item.id}", log)'
        found.append(_trace(study, "gate", item, title, item.condition, called))
    single = (*protocol.randomisations, protocol.masking)
    for kind, items in (
        ("objective", protocol.objectives),
        ("endpoint", protocol.endpoints),
        ("estimand", protocol.estimands),
        ("population", protocol.populations),
        ("quota", protocol.quotas),
        ("intervention", protocol.interventions),
        ("modification", protocol.modifications),
        ("everyone", protocol.everyone),
        ("period", protocol.periods),
        ("arm", protocol.arms),
        ("design", tuple(item for item in single if item is not None)),
        ("level", protocol.levels),
        ("escalation", protocol.escalations),
        ("event", protocol.events),
        ("interim", protocol.interims),
        ("stopping", protocol.stopping_rules),
        ("visit", protocol.visits),
        ("activity", protocol.activities),
        ("narrative", protocol.narratives),
    ):
        found.extend(
            _trace(study, kind, item, f"{words(kind)}: {item.title or item.id}")
            for item in items
            if item.sources
        )
    return tuple(found)


def _trace(
    study: Study,
    kind: str,
    item: Declared,
    title: str,
    condition: Condition | None = None,
    function: str = "",
) -> Trace:
    branches: tuple[tuple[str, str], ...] = ()
    if condition is not None:
        lines = reading(condition, study.protocol).lines()
        branches = tuple((line.path, line.text) for _, line in lines if line.path)
    tests = tuple(_tests(study, kind, item.id))
    return Trace(kind, item.id, title, clauses(item), branches, function, tests)


def _tests(study: Study, kind: str, name: str) -> list[TestRow]:
    """Tests that the graph connects with the declaration, and those whose verdict names it."""
    node = f"{kind}:{name}"
    linked: set[str] = set()
    if node in study.graph:
        near = (*study.predecessors(node, "exercises"), *study.successors(node, "exercises"))
        linked = {other.partition(":")[2] for other in near}
    results = test_results(study)
    return [
        TestRow(test.id, test.title or test.id, _expects(test), results.get(test.id, ""))
        for test in (*study.protocol.tests, *study.protocol.trial_tests)
        if test.id in linked or _names(test, name)
    ]


def _names(test: Test | TrialTest, name: str) -> bool:
    if isinstance(test, TrialTest):
        plans = (expected.escalation for expected in test.dues)
        return name in plans or any(expected.gate == name for expected in test.expects)
    return name in test.by


def _expects(test: Test | TrialTest) -> str:
    if isinstance(test, TrialTest):
        states = [f"{e.gate.replace('_', ' ')} {e.state} on {e.on}" for e in test.expects]
        dues = [f"{e.escalation.replace('_', ' ')}: {e.step} on {e.on}" for e in test.dues]
        return ", ".join(states + dues)
    return test.verdict


def test_results(study: Study) -> dict[str, str]:
    """Test id to "passed" or "failed", from the evidence; empty where no test was run."""
    results: Sequence[Any] = study.evidence.get("tests") or ()
    return {str(one.test.id): "passed" if one.passed else "failed" for one in results}
