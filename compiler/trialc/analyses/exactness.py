"""For which criteria may an unknown outcome be too cautious (docs/semantics.md section 5)?"""

from __future__ import annotations

import operator
from collections import Counter
from math import prod

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.interpreter.screening import MOST_COMPLETIONS
from trialc.model.cells import Cells, points_between
from trialc.model.expression import Compare, Condition, Junction, Literal
from trialc.model.inputs import parts, walk
from trialc.model.protocol import Criterion

RELATIONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def check_exactness(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Criteria whose inputs cannot all be completed value by value."""
    cells = Cells(study.protocol)
    found: list[Diagnostic] = []
    for criterion in study.protocol.criteria:
        names = _not_completed(criterion, cells)
        if names:
            inputs = ", ".join(f"`{name}`" for name in names)
            found.append(kinds.INEXACT.at(criterion.where, name=criterion.id, inputs=inputs))
    return study, tuple(found)


def _not_completed(criterion: Criterion, cells: Cells) -> tuple[str, ...]:
    """Inputs that feed several atoms and have no cells, or all of them where they are too many."""
    uses: Counter[str] = Counter()
    for atom, times in cells.atoms(criterion.condition):
        uses.update(dict.fromkeys(cells.inputs(atom), times))
    shared = [
        name
        for name, count in uses.items()
        if count > 1 and not _is_one_range(criterion.condition, name, count, cells)
    ]
    without = tuple(name for name in shared if name not in cells.by_name)
    if without:
        return without
    together = prod(len(cells.by_name[name]) for name in shared)
    return tuple(shared) if together > MOST_COMPLETIONS else ()


def _is_one_range(condition: Condition, name: str, uses: int, cells: Cells) -> bool:
    """Whether all atoms that a derived number feeds stand side by side in one `and` or `or` and are
    together no foregone thing: then they are one atom, as `in 24 .. 59 months` is, and Kleene's
    answer is exact.
    """
    if name not in cells.numbers:
        return False
    for group in walk(condition):
        if not isinstance(group, Junction) or group.quantifier not in ("all", "any"):
            continue
        atoms = [
            branch.condition
            for branch in group.branches
            if not parts(branch.condition) and name in cells.inputs(branch.condition)
        ]
        if len(atoms) == uses and all(isinstance(atom, Compare) for atom in atoms):
            return _can_differ(group.quantifier, atoms)
    return False


def _can_differ(quantifier: str, atoms: list[Condition]) -> bool:
    """Whether some numbers satisfy comparisons with constants together, and some do not."""
    compared = [atom for atom in atoms if isinstance(atom, Compare)]
    if not all(isinstance(atom.right, Literal) for atom in compared):
        return False
    limits = [
        (atom.relation, atom.right.value) for atom in compared if isinstance(atom.right, Literal)
    ]
    together = all if quantifier == "all" else any
    points = points_between(sorted({limit for _, limit in limits}), None, None)
    answers = {
        together(RELATIONS[relation](point, limit) for relation, limit in limits)
        for point in points
    }
    return len(answers) > 1
