"""Which criteria a test can say anything of: those that are asked of its participant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trialc.model.examples import Participant, Test
from trialc.model.protocol import Criterion, Protocol


def asked_of(protocol: Protocol, test: Test, given: Participant | None) -> Iterator[str]:
    """The ids of the criteria that are for the populations that the test states, or for all. A
    population that it does not state may be any.
    """
    choices = protocol.population_choices
    answers = {
        item.path: "" if item.unknown else str(item.value)
        for item in (*(given.assignments if given is not None else ()), *test.changes)
        if item.path in choices
    }
    for criterion in protocol.criteria:
        if criterion.id in test.by or _is_asked(criterion, choices, answers):
            yield criterion.id


def _is_asked(
    criterion: Criterion, choices: Mapping[str, tuple[str, ...]], answers: Mapping[str, str]
) -> bool:
    for path, code in answers.items():
        ours = set(choices[path]).intersection(criterion.populations)
        if code and ours and code not in ours:
            return False
    return True
