"""Outcomes, verdict and needs of one participant (semantics section 5)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialc.interpreter.completions import MOST_COMPLETIONS, agreed, cases
from trialc.interpreter.evaluation import Evaluation, Known, Model, Truth
from trialc.interpreter.explanation import Explanation
from trialc.interpreter.needs import Needs
from trialc.model.contract import contract
from trialc.model.expression import Condition
from trialc.model.protocol import Criterion, Protocol
from trialc.model.stages import stages
from trialc.model.standing import standing
from trialc.model.wording import Wording
from trialc_runtime.inputs import DAY_OF
from trialc_runtime.records import read
from trialc_runtime.standing import for_now, refuse_unasked
from trialc_runtime.values import Reading, Reported, Unknown

__all__ = ["MOST_COMPLETIONS", "Judged", "Screening", "screen"]


def screen(protocol: Protocol, record: Mapping[str, Any], at: str = "") -> dict[str, Any]:
    """The verdict on a record with its explanation; raises RecordRefused for one with faults.

    `at`: the verdict over the criteria that are assessed at a visit; ValueError where none are, or
    none for the population of the record.
    """
    return Screening(protocol, at).screen(record)


@dataclass(frozen=True)
class Judged:
    """A verdict, the ids of the criteria behind it if it is ineligible, the inputs still needed if
    it is undetermined, all outcomes.
    """

    verdict: str
    by: tuple[str, ...]
    needs: tuple[str, ...]
    outcomes: Mapping[str, Truth]


class Screening:
    """Screens records against one protocol, or against the criteria that are assessed at a visit
    (`at`; ValueError where none are). Made once, used for many records.
    """

    def __init__(self, protocol: Protocol, at: str = "") -> None:
        self.protocol = protocol
        self.at = at
        kept = self._stage(at)
        self.criteria = tuple(item for item in protocol.criteria if item.id in kept)
        self.left_out = [item.id for item in protocol.criteria if item.id not in kept]
        self.model = Model(protocol)
        self.wording = Wording(protocol)
        self.inputs = contract(protocol)
        self.roles = tuple(role.id for role in protocol.roles)
        self.standings = {item.id: standing(protocol, item) for item in protocol.criteria}
        self.titles = {item.path: item.title for item in self.inputs}

    def _stage(self, at: str) -> Collection[str]:
        if not at:
            return {item.id for item in self.protocol.criteria}
        known = stages(self.protocol)
        if at not in known:
            raise ValueError(f"no criterion is assessed at {at}; they are at {', '.join(known)}")
        return known[at]

    def screen(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Verdict, deciding criteria, needs, outcomes and explanations, as a JSON object;
        ValueError where nothing at the visit is asked of the population of the record.
        """
        evaluation, values = self.evaluate(record)
        judged = self.judge(evaluation)
        explanation = Explanation(evaluation, self.wording, values)
        criteria = [
            self._criterion(item, judged.outcomes[item.id], explanation) for item in self.criteria
        ]
        if self.at:
            refuse_unasked(criteria, self.at)
        return {
            "verdict": judged.verdict,
            "as_of": evaluation.as_of,
            **({"at": self.at, "left_out": self.left_out} if self.at else {}),
            **for_now(criteria, judged.by),
            "by": list(judged.by),
            "needs": [
                {"input": name, "title": self.titles[name], "reason": _reason(values[name])}
                for name in judged.needs
            ],
            "criteria": criteria,
        }

    def judge(self, evaluation: Evaluation) -> Judged:
        """The verdict without its explanation."""
        outcomes = self.outcomes(evaluation)
        verdict = self.verdict(outcomes, evaluation)
        by = self.by(outcomes, evaluation) if verdict == "ineligible" else ()
        asked = self.needs(outcomes, evaluation) if verdict == "undetermined" else ()
        return Judged(verdict, by, asked, outcomes)

    def evaluate(
        self, record: Mapping[str, Any]
    ) -> tuple[Evaluation, Mapping[str, Reported | Unknown]]:
        """What can be asked about a record, and its values as reported; raises RecordRefused."""
        reading = read(self.inputs, record, roles=self.roles, decider=self._decider)
        return self._evaluation(reading), reading.values

    def _decider(self, reading: Reading) -> Callable[[Condition], Truth]:
        """Decides, while a record is read, which elements exist for the participant."""
        return self._evaluation(reading).truth

    def _evaluation(self, reading: Reading) -> Evaluation:
        values: dict[str, Known | Unknown] = {
            name: found.value if isinstance(found, Reported) else found
            for name, found in reading.values.items()
        }
        for name, found in reading.values.items():
            if isinstance(found, Reported) and found.on:
                values[DAY_OF + name] = found.on
        return Evaluation(self.model, values, reading.as_of)

    def _criterion(
        self, item: Criterion, outcome: Truth, explanation: Explanation
    ) -> dict[str, Any]:
        because = explanation.criterion(item.condition, item.id, outcome)
        return {
            "id": item.id,
            "kind": item.type,
            "number": item.number,
            "title": item.title,
            "outcome": outcome,
            **self._beside(item, outcome, because, explanation.evaluation),
            "source": item.source_words,
            "because": because,
        }

    def _beside(
        self,
        item: Criterion,
        outcome: Truth,
        because: Mapping[str, Any],
        evaluation: Evaluation,
    ) -> dict[str, Any]:
        """For whom it is, and what its failure means."""
        known = self.standings[item.id]
        if known is None:
            return {}

        def chosen(choice: str) -> str | None:
            said = evaluation.input(choice)
            return said if isinstance(said, str) else None

        left, lasts = known.lasting, False
        if left is not None and fails(item, outcome):
            lasts = fails(item, self._settled(left, item, evaluation))
        return known.beside(fails(item, outcome), lasts, because, evaluation.as_of, chosen)

    # ---- outcomes and verdict

    def outcomes(self, evaluation: Evaluation) -> dict[str, Truth]:
        """The outcome of every criterion, by id, in the order of the document."""
        return {item.id: self.outcome(item, evaluation) for item in self.criteria}

    def outcome(self, item: Criterion, evaluation: Evaluation) -> Truth:
        """The truth of a criterion, by completions where Kleene's logic leaves it open."""
        return self._settled(item.condition, item, evaluation)

    def _settled(self, condition: Condition, item: Criterion, evaluation: Evaluation) -> Truth:
        """The truth of the condition of a criterion, or of a part of it."""
        kleene = evaluation.truth(condition)
        if kleene is not None:
            return kleene
        return agreed(evaluation, self.model.shared([item]), lambda case: case.truth(condition))

    def verdict(self, outcomes: Mapping[str, Truth], evaluation: Evaluation) -> str:
        """eligible, ineligible or undetermined."""
        first = judge(self.criteria, outcomes)
        if first != "undetermined":
            return first
        open_ = [item for item in self.criteria if outcomes[item.id] is None]
        if len(open_) == 1:
            return first  # its outcome is what all completions agree on: nothing

        def is_eligible(case: Evaluation) -> Truth:
            found = judge(open_, {item.id: case.truth(item.condition) for item in open_})
            return {"eligible": True, "ineligible": False, "undetermined": None}[found]

        found = agreed(evaluation, self.model.shared(open_), is_eligible)
        return {True: "eligible", False: "ineligible", None: "undetermined"}[found]

    def by(self, outcomes: Mapping[str, Truth], evaluation: Evaluation) -> tuple[str, ...]:
        """The criteria that make a participant ineligible.

        Where none does by itself: criteria of which every completion breaks one. None of them can
        be left out; of several such choices, the one that leaves out the later criteria.
        """
        alone = tuple(item.id for item in self.criteria if fails(item, outcomes[item.id]))
        if alone:
            return alone
        open_ = [item for item in self.criteria if outcomes[item.id] is None]
        broken = [
            {item.id for item in open_ if fails(item, case.truth(item.condition))}
            for case in cases(evaluation, self.model.shared(open_))
        ]
        together = [item.id for item in open_]
        for name in reversed(together):
            others = [other for other in together if other != name]
            if all(ids.intersection(others) for ids in broken):
                together = others
        return tuple(together)

    def needs(self, outcomes: Mapping[str, Truth], evaluation: Evaluation) -> tuple[str, ...]:
        """What to ask next: data and judgements in order of declaration, then causes."""
        needs = Needs(evaluation)
        wanted = {
            name
            for item in self.criteria
            if outcomes[item.id] is None
            for name in needs.of(item.condition)
        }
        # The contract has the causes last.
        return tuple(item.path for item in self.inputs if item.path in wanted)


def _reason(value: Reported | Unknown) -> str:
    """Why an input is needed. A known one is only if it leads to a number that cannot be."""
    return value.reason if isinstance(value, Unknown) else "conflicting"


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
