"""What would the alternative readings of a decision change for the protocol's example participants?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.graph.study import Study
from trialc.interpreter import Screening
from trialc.interpreter.evaluation import Evaluation
from trialc.model.example_records import Examples
from trialc.model.patching import patched
from trialc.model.protocol import Decision, Protocol
from trialc_runtime.records import RecordRefused

Change = tuple[str, str, str]
"""Test, verdict as read today, verdict under the alternative."""


def compare_readings(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """`evidence["decision_impact"]`: for each decision a tuple with one item for each alternative: the tests whose verdict
    it changes, or None for an alternative without a patch, of which nothing can be said.
    """
    tests = _Tests(study.protocol)
    impact = {
        decision.id: tuple(
            tests.changes(decision, index) if alternative.patches else None
            for index, alternative in enumerate(decision.alternatives)
        )
        for decision in study.protocol.decisions
    }
    return replace(study, evidence={**study.evidence, "decision_impact": impact}), ()


class _Tests:
    """The records of all tests with their outcomes as the protocol stands."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.screening = Screening(protocol)
        examples = Examples(protocol)
        self.records = {test.id: examples.of_test(test) for test in protocol.tests}
        self.before = {
            name: found
            for name, record in self.records.items()
            if (found := _verdict(self.screening, record))
        }

    def changes(self, decision: Decision, alternative: int) -> tuple[Change, ...]:
        """The tests whose verdict another reading changes."""
        other = Screening(patched(self.protocol, decision.id, alternative))
        found: list[Change] = []
        for name, before in self.before.items():
            after = _verdict(other, self.records[name])
            if after and after != before:
                found.append((name, before, after))
        return tuple(found)


def _verdict(screening: Screening, record: dict[str, object]) -> str:
    """The verdict, or "" for a record that is refused."""
    try:
        evaluation, _ = screening.evaluate(record)
    except RecordRefused:
        return ""
    return screening.verdict(screening.outcomes(evaluation), evaluation)
