"""Outcomes, verdict and needs of one participant (semantics section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from trialc_runtime.records import RecordFault, RecordRefused, read
from trialc_runtime.values import Reported, Unknown

from trialc.interpreter.evaluation import Evaluation, Known, Model, Truth
from trialc.interpreter.explanation import Explanation, needs
from trialc.model.contract import contract
from trialc.model.protocol import Criterion, Protocol
from trialc.model.wording import Wording

MOST_COMPLETIONS = 4096
"""More cases than this are not split; the compiler warns of a protocol that could need it."""


def screen(protocol: Protocol, record: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict on a record with its explanation; raises RecordRefused for a record with faults."""
    return Screening(protocol).screen(record)


@dataclass(frozen=True)
class Judged:
    """A verdict with the ids of the criteria that exclude, the inputs still needed, all outcomes."""

    verdict: str
    by: tuple[str, ...]
    needs: tuple[str, ...]
    outcomes: Mapping[str, Truth]


class Screening:
    """Screens records against one protocol. Made once, used for many records."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.model = Model(protocol)
        self.wording = Wording(protocol)
        self.inputs = contract(protocol)
        self.order = {item.path: (item.kind == "cause", index) for index, item in enumerate(self.inputs)}
        self.titles = {item.path: item.title for item in self.inputs}

    def screen(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Verdict, deciding criteria, needs, outcomes and explanations, as a JSON object."""
        evaluation, values = self.evaluate(record)
        judged = self.judge(evaluation)
        explanation = Explanation(evaluation, self.wording, values)
        return {
            "verdict": judged.verdict,
            "as_of": evaluation.as_of,
            "by": list(judged.by),
            "needs": [
                {"input": name, "title": self.titles[name], "reason": _reason(values.get(name))}
                for name in judged.needs
            ],
            "criteria": [
                self._criterion(item, judged.outcomes[item.id], explanation)
                for item in self.protocol.criteria
            ],
        }

    def judge(self, evaluation: Evaluation) -> Judged:
        """The verdict without its explanation."""
        outcomes = self.outcomes(evaluation)
        verdict = self.verdict(outcomes, evaluation)
        by = (item.id for item in self.protocol.criteria if fails(item, outcomes[item.id]))
        asked = self.needs(outcomes, evaluation) if verdict == "undetermined" else ()
        return Judged(verdict, tuple(by), tuple(asked), outcomes)

    def evaluate(
        self, record: Mapping[str, Any]
    ) -> tuple[Evaluation, dict[str, Reported | Unknown]]:
        """What can be asked about a record, and its values as reported; raises RecordRefused."""
        reading = read(self.inputs, record)
        evaluation = Evaluation(self.model, canonical(reading.values), reading.as_of)
        values = self._without_inapplicable(reading.values, evaluation)
        return Evaluation(self.model, canonical(values), reading.as_of), values

    def outcomes(self, evaluation: Evaluation) -> dict[str, Truth]:
        """The outcome of every criterion, by id, in the order of the document."""
        return {item.id: self.outcome(item, evaluation) for item in self.protocol.criteria}

    def _without_inapplicable(
        self, values: Mapping[str, Reported | Unknown], evaluation: Evaluation
    ) -> dict[str, Reported | Unknown]:
        """Elements that do not exist for this participant are `not_applicable`; a value for one is a fault."""
        kept = dict(values)
        faults: list[RecordFault] = []
        for element in self.protocol.data:
            if element.applies is None or evaluation.truth(element.applies) is not False:
                continue
            if isinstance(values.get(element.id), Reported):
                condition = self.wording.phrase(element.applies)
                faults.append(RecordFault(element.id, f"does not apply to this participant (only if {condition})"))
            kept[element.id] = Unknown("not_applicable")
        if faults:
            raise RecordRefused(tuple(faults))
        return kept

    def _criterion(self, item: Criterion, outcome: Truth, explanation: Explanation) -> dict[str, Any]:
        return {
            "id": item.id,
            "kind": item.type,
            "number": item.number,
            "title": item.title,
            "outcome": outcome,
            "source": " ".join(clause for quote in item.sources for clause in quote.clauses),
            "because": explanation.node(item.condition, item.id, outcome),
        }

    # ---- outcomes and verdict

    def outcome(self, item: Criterion, evaluation: Evaluation) -> Truth:
        """The truth of a criterion, by case splitting where Kleene's logic leaves it open."""
        kleene = evaluation.truth(item.condition)
        if kleene is not None:
            return kleene
        shared = self._open(self.model.shared_in[item.id], evaluation)
        return self._agreed(shared, evaluation, lambda case: case.truth(item.condition))

    def verdict(self, outcomes: Mapping[str, Truth], evaluation: Evaluation) -> str:
        """eligible, ineligible or undetermined."""
        first = judge(self.protocol.criteria, outcomes)
        if first != "undetermined":
            return first
        open_ = [item for item in self.protocol.criteria if outcomes[item.id] is None]

        def eligible(case: Evaluation) -> Truth:
            found = judge(open_, {item.id: case.truth(item.condition) for item in open_})
            return {"eligible": True, "ineligible": False}.get(found)

        agreed = self._agreed(self._open(self.model.shared, evaluation), evaluation, eligible)
        return {True: "eligible", False: "ineligible", None: "undetermined"}[agreed]

    def _open(self, names: Sequence[str], evaluation: Evaluation) -> list[str]:
        """Those of some inputs and derived numbers whose value is unknown."""
        found: list[str] = []
        for name in names:
            number = self.model.numbers.get(name)
            known = evaluation.bounds(number) if number is not None else evaluation.input(name)
            if known is None or isinstance(known, Unknown):
                found.append(name)
        return found

    def _agreed(
        self, names: Sequence[str], evaluation: Evaluation, ask: Callable[[Evaluation], Truth]
    ) -> Truth:
        """The common answer of all completions of some inputs; None if they differ or leave it open."""
        answers: set[Truth] = set()
        for completed in self._completions(names):
            answers.add(ask(Evaluation(self.model, evaluation.values, evaluation.as_of, completed)))
            if None in answers or len(answers) > 1:
                return None
        return answers.pop() if answers else None

    def _completions(self, names: Sequence[str]) -> Iterator[dict[str, Known]]:
        cells = [self.model.cells.by_name[name] for name in names]
        size = 1
        for values in cells:
            size *= len(values)
        if not names or size > MOST_COMPLETIONS:
            return
        for values in product(*cells):
            yield dict(zip(names, values, strict=True))

    # ---- needs

    def needs(
        self, outcomes: Mapping[str, Truth], evaluation: Evaluation
    ) -> list[str]:
        """What to ask for next: data and judgements in order of declaration, then causes."""
        found = {
            name
            for item in self.protocol.criteria
            if outcomes[item.id] is None
            for name in needs(evaluation, item.condition)
        }
        return sorted(found, key=lambda name: self.order[name])


def _reason(value: Reported | Unknown | None) -> str:
    return value.reason if isinstance(value, Unknown) else "missing"


def fails(item: Criterion, outcome: Truth) -> bool:
    """Whether a criterion by itself makes the participant ineligible."""
    return outcome is (item.type == "exclusion")


def judge(criteria: Sequence[Criterion], outcomes: Mapping[str, Truth]) -> str:
    """The verdict that outcomes give: ineligible before undetermined before eligible."""
    if any(fails(item, outcomes[item.id]) for item in criteria):
        return "ineligible"
    if any(outcomes[item.id] is None for item in criteria):
        return "undetermined"
    return "eligible"


def canonical(values: Mapping[str, Reported | Unknown]) -> dict[str, Known | Unknown]:
    """Only the canonical values of a reading."""
    return {name: found.value if isinstance(found, Reported) else found for name, found in values.items()}
