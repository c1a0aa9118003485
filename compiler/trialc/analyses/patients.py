"""Can every example participant exist, and every one that a test changes?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import tests as kinds
from trialc.graph.study import Study
from trialc.interpreter import Screening
from trialc.model.example_records import Examples, Record
from trialc.model.protocol import Assignment
from trialc.source import Span
from trialc_runtime.records import RecordRefused
from trialc_runtime.refusals import RecordFault


def check_patients(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """`evidence["impossible"]`: ids of participants and tests that are no possible record.

    Each fault is told where its value stands: of a participant once, not for every test.
    """
    protocol = study.protocol
    examples, screening = Examples(protocol), Screening(protocol)
    found: list[Diagnostic] = []
    impossible: set[str] = set()
    for patient in protocol.participants:
        record = examples.of_participant(patient)
        for fault, where in _faults(screening, record, patient.assignments, patient.where):
            impossible.add(patient.id)
            why = f"`{fault.field}` {fault.message}"
            found.append(kinds.PATIENT_REFUSED.at(where, name=patient.id, why=why))
    for test in protocol.tests:
        record = examples.of_test(test)
        for fault, where in _faults(screening, record, test.changes, test.where):
            impossible.add(test.id)
            if test.given not in impossible:
                why = f"`{fault.field}` {fault.message}"
                found.append(kinds.TEST_REFUSED.at(where, name=test.id, why=why))
    evidence = {**study.evidence, "impossible": frozenset(impossible)}
    return replace(study, evidence=evidence), tuple(found)


def _faults(
    screening: Screening, record: Record, assignments: Iterable[Assignment], otherwise: Span
) -> Iterator[tuple[RecordFault, Span]]:
    """The faults of a record, each with the place of the value that it is about."""
    places = {item.path: item.where for item in assignments}
    try:
        screening.evaluate(record)
    except RecordRefused as refused:
        for fault in refused.faults:
            # A fault may be of a part of a field: "lab.hb.unit".
            owners = (p for p in places if f"{fault.field}.".startswith(f"{p}."))
            owner = max(owners, key=len, default="")
            yield fault, places.get(owner, otherwise)
