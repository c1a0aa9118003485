"""Do the tests that a protocol contains pass, and which branches do they decide?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from trialc.analyses.trial_tests import TrialTests
from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import tests as kinds
from trialc.graph.study import Study
from trialc.interpreter import Screening
from trialc.interpreter.evaluation import Evaluation, Truth
from trialc.model import expression as e
from trialc.model.example_records import Examples
from trialc.model.inputs import inputs_of, names_of_number, rules, sides, walk
from trialc.model.protocol import Protocol, Test, TrialTest
from trialc.source import Span


@dataclass(frozen=True)
class Result:
    """One test with what came of it. `message` says what was found instead; "" when it passed."""

    test: Test | TrialTest
    message: str = ""

    @property
    def passed(self) -> bool:
        return not self.message


class BranchCount(NamedTuple):
    """How often a criterion or labelled branch came out true, false, unknown in the tests."""

    path: str
    true: int
    false: int
    unknown: int


def run_tests(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """`evidence["tests"]`: every Result; `evidence["branch_coverage"]`: every BranchCount."""
    protocol = study.protocol
    impossible = study.evidence.get("impossible", frozenset())
    misplaced = study.evidence.get("misplaced", frozenset())
    runner, trial_tests = _Runner(protocol), TrialTests(protocol)
    results = (
        *(
            Result(test, "its participant is not possible")
            if test.id in impossible
            else runner.test(test)
            for test in protocol.tests
        ),
        *(
            Result(test, "its participants are at levels where nobody should be treated")
            if test.id in misplaced
            else _trial_result(test, trial_tests)
            for test in protocol.trial_tests
        ),
    )
    found = [
        kinds.TEST_FAILED.at(_place(result.test), name=result.test.id, why=result.message)
        for result in results
        if not result.passed and result.test.id not in impossible | misplaced
    ]
    evidence = {**study.evidence, "tests": results, "branch_coverage": runner.coverage()}
    return replace(study, evidence=evidence), tuple(found)


class _Runner:
    def __init__(self, protocol: Protocol) -> None:
        self.examples = Examples(protocol)
        self.screening = Screening(protocol)
        self.branches = dict(_branches(protocol))
        self.truths: Counter[tuple[str, Truth]] = Counter()

    def test(self, test: Test) -> Result:
        """Screen the participant of a test, a possible one, and compare."""
        evaluation, _ = self.screening.evaluate(self.examples.of_test(test))
        self._count(evaluation)
        judged = self.screening.judge(evaluation)
        agrees = (
            judged.verdict == test.verdict
            and (not test.by or set(test.by) == set(judged.by))
            and (not test.needing or set(test.needing) == set(judged.needs))
        )
        if agrees:
            return Result(test)
        expected = _words(test.verdict, test.by, test.needing)
        return Result(
            test, f"expected {expected}; it is {_words(judged.verdict, judged.by, judged.needs)}"
        )

    def _count(self, evaluation: Evaluation) -> None:
        for path, condition in self.branches.items():
            self.truths[path, evaluation.truth(condition)] += 1

    def coverage(self) -> tuple[BranchCount, ...]:
        """The truths of every branch, in the order of the text."""
        return tuple(
            BranchCount(path, *(self.truths[path, truth] for truth in (True, False, None)))
            for path in self.branches
        )


def _trial_result(test: TrialTest, trial_tests: TrialTests) -> Result:
    wrong = [why for expected in test.expects if (why := trial_tests.difference(test, expected))]
    wrong += [why for expected in test.dues if (why := trial_tests.not_due(test, expected))]
    return Result(test, "; ".join(wrong))


def _branches(protocol: Protocol) -> Iterable[tuple[str, e.Condition]]:
    """Criteria, then the definitions that they rest on, with their labelled branches, by path."""
    conditions = {item.id: item.condition for item in protocol.conditions}
    numbers = {item.id: item.number for item in protocol.numbers}
    asked = {criterion.id: criterion.condition for criterion in protocol.criteria}
    named: list[tuple[str, e.Condition]] = list(asked.items())
    for path, rule in named:  # which grows by what is named
        yield path, rule
        for condition in walk(rule):
            if isinstance(condition, e.Junction):
                yield from ((b.path, b.condition) for b in condition.branches if b.label)
        names = list(inputs_of(rule))
        for name in names:
            if name in conditions:
                named.append((name, conditions.pop(name)))
            elif (number := numbers.pop(name, None)) is not None:
                names += names_of_number(number)
                named += _deciding(number)


def _deciding(number: e.Number) -> Iterable[tuple[str, e.Condition]]:
    """What gives points, and what chooses a case of a table, by path."""
    yield from rules(number)
    for side in sides(number):
        yield from _deciding(side)


def _place(test: Test | TrialTest) -> Span:
    return test.expects_where if isinstance(test, Test) else test.where


def _words(verdict: str, by: Sequence[str], needs: Sequence[str]) -> str:
    """A verdict as a test expects it: "ineligible by pregnancy"."""
    if by:
        return f"{verdict} by {', '.join(by)}"
    return f"{verdict} needing {', '.join(needs)}" if needs else verdict
