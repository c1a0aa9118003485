"""Are the participants of every trial test at levels to which the escalation can bring them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trialc.analyses.trial_tests import TrialTests
from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import dose_levels as kinds
from trialc.graph.study import Study
from trialc.model.example_records import later
from trialc.model.protocol import TrialTest
from trialc.source import Span


def check_placements(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """`evidence["misplaced"]`: ids of trial tests whose log an escalation refuses.

    One fault is told for each group of participants, that of its first one.
    """
    trial_tests = TrialTests(study.protocol)
    found: list[Diagnostic] = []
    misplaced: set[str] = set()
    for test in study.protocol.trial_tests if study.protocol.escalations else ():
        for fault in _faults(test, trial_tests):
            misplaced.add(test.id)
            found.append(fault)
    evidence = {**study.evidence, "misplaced": frozenset(misplaced)}
    return replace(study, evidence=evidence), tuple(found)


def _faults(test: TrialTest, trial_tests: TrialTests) -> Iterator[Diagnostic]:
    asked = [expected.on for expected in (*test.expects, *test.dues)]
    given = [later(group.first, group.every, group.size - 1) for group in test.groups if group.size]
    escalations = trial_tests.escalations
    log = escalations.gates.read(trial_tests.examples.of_trial_test(test, max((*asked, *given))))
    groups = [place for place, group in enumerate(test.groups) for _ in range(group.size)]
    for plan in escalations.plans.values():
        told: set[int] = set()
        for one in escalations.misplaced(plan, log):
            group = groups[one.place]
            if group not in told:
                told.add(group)
                yield kinds.MISPLACED_GROUP.at(
                    _place(test, group),
                    test=test.id,
                    escalation=plan.id,
                    why=one.why,
                    help="mend the level or the day, or leave the level out",
                )


def _place(test: TrialTest, group: int) -> Span:
    return test.others[group - 1].where if group else test.given_where
