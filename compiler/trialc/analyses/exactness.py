"""For which criteria may an unknown outcome be too cautious (docs/semantics.md section 5)?"""

from __future__ import annotations

from collections import Counter
from math import prod

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study
from trialc.interpreter.screening import MOST_COMPLETIONS
from trialc.model.cells import Cells
from trialc.model.protocol import Criterion


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
    shared = [name for name, count in uses.items() if count > 1]
    without = tuple(name for name in shared if name not in cells.by_name)
    if without:
        return without
    together = prod(len(cells.by_name[name]) for name in shared)
    return tuple(shared) if together > MOST_COMPLETIONS else ()
