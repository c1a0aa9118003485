"""Outcomes, verdict, needs and explanations of one participant (docs/semantics.md 5 and 6)."""

from __future__ import annotations

from trialc_runtime.evaluate import Evaluation
from trialc_runtime.explain import Explanation
from trialc_runtime.records import canonical, read
from trialc_runtime.standing import for_now, refuse_unasked
from trialc_runtime.values import Reported, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from trialc_runtime.program import Condition, Criterion, Program, Truth, Values
    from trialc_runtime.values import Reading

MOST_COMPLETIONS = 4096
"""More cases than this are not split; the compiler warns of a protocol that could need it."""

_LEAP = 2_654_435_761
"""A prime: leaps of this length come to every completion once, and soon to two that disagree."""


def read_for(program: Program, record: Any) -> Reading:
    """What a record says, with elements that do not exist for the participant left out."""

    def decider(reading: Reading) -> Callable[[Condition], Truth]:
        return Evaluation(program, canonical(program.inputs, reading)).truth

    return read(program.inputs, record, roles=program.roles, decider=decider)


def screen_with(program: Program, record: Any, at: str | None = None) -> dict[str, Any]:
    """The verdict on a record with its explanation; RecordRefused for a record with faults.

    `at`: the verdict over the criteria that are assessed at a visit; ValueError where none are, or
    none for the population of the record.
    """
    if at is not None:
        kept = program.stages.get(at, ())
        left_out = [item.id for item in program.criteria if item.id not in kept]
        found = screen_with(program.at(at), record)
        refuse_unasked(found["criteria"], at)
        return {
            "verdict": found.pop("verdict"),
            "as_of": found.pop("as_of"),
            "at": at,
            "left_out": left_out,
            **found,
        }
    reading = read_for(program, record)
    values = canonical(program.inputs, reading)
    evaluation = Evaluation(program, values)
    outcomes = [
        settled(program, index, evaluation.truth(item.condition), values)
        for index, item in enumerate(program.criteria)
    ]
    verdict = judge(program.criteria, outcomes)
    if verdict == "undetermined":
        verdict = settled_verdict(program, outcomes, values)
    explanation = Explanation(evaluation, reading)
    criteria = [
        {
            "id": item.id,
            "kind": item.kind,
            "number": item.number,
            "title": item.title,
            "outcome": outcome,
            **(
                item.standing.beside(item.fails(outcome), reading.as_of, values.get)
                if item.standing
                else {}
            ),
            "source": item.source,
            "because": explanation.criterion(item.condition, item.id, outcome),
        }
        for item, outcome in zip(program.criteria, outcomes, strict=True)
    ]
    by = deciding(program, outcomes, values) if verdict == "ineligible" else []
    return {
        "verdict": verdict,
        "as_of": reading.as_of,
        **for_now(criteria, by),
        "by": by,
        "needs": _needs(program, outcomes, explanation) if verdict == "undetermined" else [],
        "criteria": criteria,
    }


def judge(criteria: Sequence[Criterion], outcomes: Sequence[Truth]) -> str:
    """The verdict that outcomes give: ineligible before undetermined before eligible."""
    if any(item.fails(outcome) for item, outcome in zip(criteria, outcomes, strict=True)):
        return "ineligible"
    return "undetermined" if None in outcomes else "eligible"


def settled(program: Program, index: int, outcome: Truth, values: Values) -> Truth:
    """The outcome of a criterion; where Kleene's logic leaves it open, by case splitting."""
    item = program.criteria[index]
    if outcome is not None or not item.shared:
        return outcome
    return _agreed(program, item.shared, values, lambda case: case.truth(item.condition))


def settled_verdict(program: Program, outcomes: Sequence[Truth], values: Values) -> str:
    """The verdict that all completions agree on, where the outcomes leave it undetermined."""
    open_ = _open(program, outcomes)

    def eligible(case: Evaluation) -> Truth:
        found = judge(open_, [case.truth(item.condition) for item in open_])
        return None if found == "undetermined" else found == "eligible"

    if len(open_) == 1:
        return "undetermined"  # its outcome is what all completions agree on: nothing
    agreed = _agreed(program, _shared(program, open_), values, eligible)
    return "undetermined" if agreed is None else "eligible" if agreed else "ineligible"


def deciding(program: Program, outcomes: Sequence[Truth], values: Values) -> list[str]:
    """The ids of the criteria that make a participant ineligible.

    Where none does by itself: criteria of which every completion breaks one, and of which none can
    be left out; later ones are left out first.
    """
    alone = [i.id for i, o in zip(program.criteria, outcomes, strict=True) if i.fails(o)]
    if alone:
        return alone
    open_ = _open(program, outcomes)
    broken = {
        frozenset(item.id for item in open_ if item.fails(case.truth(item.condition)))
        for case in _cases(program, _shared(program, open_), values)
    }
    together = [item.id for item in open_]
    for name in together[::-1]:
        others = [other for other in together if other != name]
        if not any(each.isdisjoint(others) for each in broken):
            together = others
    return together


def _open(program: Program, outcomes: Sequence[Truth]) -> list[Criterion]:
    """The criteria without an outcome."""
    return [item for item, o in zip(program.criteria, outcomes, strict=True) if o is None]


def _shared(program: Program, criteria: Sequence[Criterion]) -> list[str]:
    """What feeds several atoms of some criteria taken together."""
    return [name for name in program.shared if sum(i.uses.get(name, 0) for i in criteria) > 1]


def _agreed(
    program: Program, shared: Sequence[str], values: Values, ask: Callable[[Evaluation], Truth]
) -> Truth:
    """The common answer of all completions of some inputs; None if they differ or leave it open."""
    answer: Truth = None
    for case in _cases(program, shared, values):
        found = ask(case)
        if found is None or (answer is not None and found is not answer):
            return None
        answer = found
    return answer


def _cases(program: Program, shared: Sequence[str], values: Values) -> Iterator[Evaluation]:
    """The participant, completed in every way."""
    plain = Evaluation(program, values)
    names = [name for name in shared if _is_open(plain, name)]
    for completed in _completions(program, names):
        yield Evaluation(program, values, completed, plain)


def _is_open(evaluation: Evaluation, name: str) -> bool:
    number = evaluation.program.numbers.get(name)
    return (evaluation.known(name) if number is None else evaluation.bounds(number)) is None


def _completions(program: Program, names: Sequence[str]) -> Iterator[Values]:
    """Every combination of one value from each cell of some inputs; none if there are too many."""
    size = 1
    for name in names:
        size *= len(program.cells[name])
    if not names or size > MOST_COMPLETIONS:
        return
    for leap in range(size):
        completed: Values = {}
        position = leap * _LEAP % size
        for name in names:
            position, chosen = divmod(position, len(program.cells[name]))
            completed[name] = program.cells[name][chosen]
        yield completed


def _needs(
    program: Program, outcomes: Sequence[Truth], explanation: Explanation
) -> list[dict[str, str]]:
    """What to ask next, in the order of the inputs: causes come last."""
    wanted = {
        name
        for item, outcome in zip(program.criteria, outcomes, strict=True)
        if outcome is None
        for name in explanation.needs(item.condition)
    }
    found: list[dict[str, str]] = []
    for item in program.inputs:
        if item.path in wanted:
            value: Reported | Unknown = explanation.reading.values[item.path]
            # What is asked for although it is known has led to a derived number that cannot be.
            reason = value.reason if isinstance(value, Unknown) else "conflicting"
            found.append({"input": item.path, "title": item.title, "reason": reason})
    return found
