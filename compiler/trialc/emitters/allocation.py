"""allocation-unmasked.csv: what only unmasked staff may know of a randomisation.

It is written only where there is such a thing: the sizes of blocks, in a trial with masked roles or
with roles to whom alone they are shown.
"""

from __future__ import annotations

from trialc.emitters.artefact import Artefact
from trialc.emitters.schedule import table
from trialc.emitters.treatment_words import is_restricted
from trialc.graph.study import Study

COLUMNS = ("randomisation", "title", "block_sizes", "shown_to")


def emit(study: Study) -> tuple[Artefact, ...]:
    """One row for each randomisation whose block sizes are restricted; no file without one."""
    protocol = study.protocol
    restricted = [item for item in protocol.randomisations if is_restricted(protocol, item)]
    if not restricted:
        return ()
    unmasked = protocol.masking.unmasked if protocol.masking is not None else ()
    titles = {role.id: role.title or role.id for role in protocol.roles}
    rows = [
        (
            item.id,
            item.title,
            ", ".join(str(size) for size in item.block_sizes),
            "; ".join(titles[name] for name in item.shown_to or unmasked),
        )
        for item in restricted
    ]
    return (Artefact("allocation-unmasked.csv", table(protocol, COLUMNS, rows)),)
