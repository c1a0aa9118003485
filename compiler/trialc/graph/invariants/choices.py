"""What decides who is given what: is it collected, and before it is given?"""

from __future__ import annotations

from trialc.diagnostics import Diagnostic, Related
from trialc.graph.invariants.collection import Late, collected, too_late
from trialc.graph.invariants.inputs_read import INPUTS, rules_read
from trialc.graph.study import Study
from trialc.graph.walks import reached
from trialc.model.inputs import inputs_of
from trialc.model.protocol import Administration


def choices_are_collected(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Every input of a condition on what is given, no later than it is given."""
    if not any(item.collects for item in study.protocol.activities):
        return study, ()  # the schedule does not say yet what is collected
    found: list[Diagnostic] = []
    late: list[Late] = []
    seen: set[tuple[str, str]] = set()
    for arm in study.protocol.arms:
        for given in arm.gives:
            for node in _inputs(study, given):
                if (node, given.visit) in seen:
                    continue
                seen.add((node, given.visit))
                reader = f"`{given.occasion}` of arm `{arm.id}`"
                related = [Related(given.where, "needed here")]
                found += collected(study, node, reader, [given.visit], related, late)
    return study, (*found, *too_late(late))


def _inputs(study: Study, given: Administration) -> list[str]:
    """The inputs that a condition reads, definitions opened, in the order of the graph."""
    names = set(inputs_of(given.when)) if given.when is not None else set[str]()
    starts = {f"{kind}:{name}" for kind in (*INPUTS, "definition") for name in names}
    nodes = {node for node in starts if node in study.graph}
    for start in tuple(nodes):
        nodes |= reached(rules_read(study.graph), start)
    asked = {f"data:{name}" for name in study.protocol.population_choices}
    return [node for node in study.nodes(*INPUTS) if node in nodes and node not in asked]
