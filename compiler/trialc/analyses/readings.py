"""What would the alternative readings of a decision change for the protocol's tests?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trialc.analyses.trial_tests import TrialTests
from trialc.diagnostics import Diagnostic
from trialc.graph.study import Study
from trialc.interpreter import Screening
from trialc.interpreter.evaluation import Evaluation
from trialc.model.example_records import Examples
from trialc.model.opened import Opened
from trialc.model.patching import patched
from trialc.model.protocol import Decision, Protocol, Test
from trialc_runtime.records import RecordRefused

Change = tuple[str, str, str]
"""Test, verdict (or gate and its state) as read today, and under the alternative."""


def compare_readings(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """`evidence["decision_impact"]`: for each decision a tuple with one item for each alternative:
    the tests that it changes, or None for one without a patch, of which nothing can be said.
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
    """The protocol's tests, each with what it comes to as the protocol stands."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.examples = Examples(protocol)
        self.screening = Screening(protocol)
        self.judged = {
            test.id: (evaluation, self.screening.judge(evaluation))
            for test in protocol.tests
            if (evaluation := self._evaluation(test)) is not None
        }

    def _evaluation(self, test: Test) -> Evaluation | None:
        """None for a participant who is no possible record."""
        try:
            return self.screening.evaluate(self.examples.of_test(test))[0]
        except RecordRefused:
            return None

    def changes(self, decision: Decision, alternative: int) -> tuple[Change, ...]:
        """The tests that another reading changes."""
        other = patched(self.protocol, decision.id, alternative)
        return (*self._verdicts(other), *self._states(other))

    def _verdicts(self, other: Protocol) -> Iterator[Change]:
        """Only criteria that read otherwise are asked again: most do not."""
        pairs = zip(self.protocol.criteria, other.criteria, strict=True)
        anew = {after.id for before, after in pairs if before != after}
        if not anew:
            return
        opened = Opened(other)
        changed = [
            item
            for item in other.criteria
            if item.id in anew or not anew.isdisjoint(opened.names(item.condition))
        ]
        screening = Screening(other)
        for name, (evaluation, before) in self.judged.items():
            case = Evaluation(screening.model, evaluation.values, evaluation.as_of)
            again = {item.id: screening.outcome(item, case) for item in changed}
            outcomes = {**before.outcomes, **again}
            # An open criterion that reads otherwise can matter to the open ones beside it.
            if outcomes == before.outcomes and None not in again.values():
                continue
            after = screening.verdict(outcomes, case)
            if after != before.verdict:
                yield name, before.verdict, after

    def _states(self, other: Protocol) -> Iterator[Change]:
        """Gates and events that read otherwise change states in trial tests."""
        if (self.protocol.gates, self.protocol.events) == (other.gates, other.events):
            return
        now, then = (TrialTests(protocol) for protocol in (self.protocol, other))
        titles = {gate.id: f"“{gate.title or gate.id}”" for gate in self.protocol.gates}
        for test in self.protocol.trial_tests:
            for expected in test.expects:
                before, after = (tests.state(test, expected) for tests in (now, then))
                if before != after:
                    yield test.id, f"{titles[expected.gate]} {before}", after
