"""Is somebody asked for every population, and where it is looked at?"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import populations as kinds
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.inputs import walk
from trialc.model.populations import Population
from trialc.model.protocol import Criterion, Protocol


def populations_are_asked(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every population has criteria, and these are assessed where it is looked at."""
    protocol = study.protocol
    found: list[Diagnostic] = []
    looked_at = _looked_at(protocol)
    for population in protocol.populations:
        asked = any(_is_asked(item, population, protocol) for item in protocol.criteria)
        if not asked and population.id not in looked_at:
            help_ = f"write `for {population.id}` in the criteria that are asked for it"
            found.append(kinds.NO_CRITERIA.at(population.where, name=population.id, help=help_))
        found += _stages(population, protocol)
    return study, tuple(found)


def _looked_at(protocol: Protocol) -> set[str]:
    """The populations that gates look at as cohorts: they are there for that."""
    scopes = [
        atom.scope.scope if isinstance(atom.scope, e.GivenIn) else atom.scope
        for gate in protocol.gates
        for atom in walk(gate.condition)
        if isinstance(atom, e.CountGiven | e.CountEvents | e.Every | e.Gap)
    ]
    named = {
        name for kind, _, name in (scope.partition(":") for scope in scopes) if kind == "cohort"
    }
    guards = (guard for gate in protocol.gates for guard in gate.guards)
    return named.union(*(guard.cohorts for guard in guards))


def _is_asked(item: Criterion, population: Population, protocol: Protocol) -> bool:
    """Whether a criterion is for a population; one that holds for all is asked for a later
    randomisation, too, but gives it no criteria of its own.
    """
    if population.id in item.populations:
        return True
    narrowed = protocol.population_choices[population.element]
    is_general = not set(narrowed).intersection(item.populations)
    return is_general and population.type != "entry"


def _stages(population: Population, protocol: Protocol) -> Iterator[Diagnostic]:
    for item in protocol.criteria:
        if population.id not in item.populations or not (item.assessed and population.assessed):
            continue
        if set(item.assessed).isdisjoint(population.assessed):
            places = ", ".join(population.assessed)
            yield kinds.STAGE_ELSEWHERE.at(
                item.where,
                name=item.id,
                visits=", ".join(f"`{name}`" for name in item.assessed),
                population=population.id,
                help=f"assess it at {places}",
                related=[Related(population.where, f"its criteria are assessed at {places}")],
            )
