"""Is there a rule that decides nothing, because it comes out the same for everybody?

What is known of a participant of whom nothing is known is known of all of them: the interpreter,
which completes unknown inputs (docs/semantics.md section 5), is asked about such a one. It finds no
contradiction that only a calendar or two inputs beside each other could show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.interpreter.evaluation import Evaluation
from trialc.interpreter.screening import Screening
from trialc.model.cells import Cells
from trialc.model.inputs import inputs_of
from trialc.model.protocol import Criterion, Protocol
from trialc.model.wording import Wording

ANY_DAY = "2000-01-01"
Findings = Iterator[Diagnostic]


def check_vacuous(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Comparisons, criteria and whole protocols that are decided before anybody is asked."""
    screening = Screening(study.protocol)
    nobody = Evaluation(screening.model, {}, ANY_DAY)
    closed = next(_closed_populations(screening), nobody)
    found = (
        *_atoms(study.protocol, screening.model.cells),
        *_criteria(screening, nobody, closed),
        *_repeated(study.protocol),
    )
    return study, found


def _atoms(protocol: Protocol, cells: Cells) -> Findings:
    """Comparisons that every value of their input answers alike."""
    wording = Wording(protocol)
    advice = "compare it with what the element can be; mend it, or leave it out"
    seen: set[int] = set()
    for criterion in protocol.criteria:
        for atom, _ in cells.atoms(criterion.condition):
            if id(atom) in seen:
                continue
            seen.add(id(atom))
            if any(cells.is_foregone(atom, name) for name in cells.inputs(atom)):
                text = wording.condition(atom)
                yield kinds.FOREGONE.at(atom.where, text=text, help=advice)


def _closed_populations(screening: Screening) -> Iterator[Evaluation]:
    """The populations of which nobody can be eligible, whatever is known of them."""
    for choice, codes in screening.protocol.population_choices.items():
        for code in codes:
            found = Evaluation(screening.model, {choice: code}, ANY_DAY)
            if screening.verdict(screening.outcomes(found), found) == "ineligible":
                yield found


def _criteria(screening: Screening, nobody: Evaluation, closed: Evaluation) -> Findings:
    """Criteria that everybody passes; criteria that nobody passes, alone or together."""
    criteria = {item.id: item for item in screening.protocol.criteria}
    outcomes = screening.outcomes(closed)
    if screening.verdict(outcomes, closed) == "ineligible":
        by = screening.by(outcomes, closed)
        first, *others = (criteria[name] for name in by)
        names = ", ".join(f"`{name}`" for name in by)
        yield kinds.NOBODY.at(
            first.where,
            names=f"all of {names}" if others else names,
            related=tuple(Related(item.where, "and this one") for item in others),
            help="one of them says something else than was meant",
        )
        return
    outcomes = screening.outcomes(nobody)
    for item in criteria.values():
        if outcomes[item.id] is not None:
            yield kinds.EVERYBODY.at(item.where, name=item.id)


def _repeated(protocol: Protocol) -> Findings:
    """Criteria that ask the same as an earlier one."""
    alike: dict[Any, list[Criterion]] = defaultdict(list)
    for item in protocol.criteria:
        alike[item.type, tuple(inputs_of(item.condition))].append(item)
    for group in alike.values():
        earlier: list[tuple[Criterion, Any]] = []
        for item in group if len(group) > 1 else ():
            meaning = _meaning(item.condition.model_dump())
            same = next((other for other, its in earlier if its == meaning), None)
            if same is not None:
                related = (Related(same.where, "the same is asked here"),)
                yield kinds.REPEATED.at(item.where, name=item.id, other=same.id, related=related)
            earlier.append((item, meaning))


def _meaning(value: Any) -> Any:
    """A condition without what its branches are called."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        named = ("label", "number", "path", "text") if "kind" not in fields else ("text",)
        return {key: _meaning(part) for key, part in fields.items() if key not in named}
    if isinstance(value, tuple):
        return tuple(map(_meaning, cast("tuple[Any, ...]", value)))
    return value
