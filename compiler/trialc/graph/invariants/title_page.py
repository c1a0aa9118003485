"""Does the title page say of the design what the arms and the randomisation do?"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import stages as kinds
from trialc.graph.study import Study
from trialc.model.protocol import Protocol
from trialc.source import Span

Fault = tuple[str, str, str, Span]
"""What is said, what is there instead, the way out, and where it is."""


def title_page_agrees(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Allocation and model are those of the arms. What the title page leaves out is no fault."""
    about = study.protocol.metadata
    return study, tuple(
        kinds.DESIGN_CONTRADICTED.at(
            about.where, said=said, found=found, help=help_, related=[Related(where, "here")]
        )
        for said, found, help_, where in (*_allocation(study.protocol), *_model(study.protocol))
    )


def _allocation(protocol: Protocol) -> Iterator[Fault]:
    allocation = protocol.metadata.allocation
    if allocation.startswith("non_randomi") and protocol.randomisations:
        found = f"participants are randomised: `{protocol.randomisations[0].id}`"
        help_ = "write `allocation: randomised`, or leave the `randomisation` out"
        yield f"allocation: {allocation}", found, help_, protocol.randomisations[0].where


def _model(protocol: Protocol) -> Iterator[Fault]:
    model, sequences = protocol.metadata.intervention_model, protocol.sequences
    is_entered = any(arm.entry is not None for arm in protocol.arms)
    if model == "crossover" and len(protocol.arms) > 1 and not (sequences or is_entered):
        found = "there are arms and no sequences: nobody is given one after the other"
        help_ = "write `period` and `sequence`, or `model: parallel`"
        yield "model: crossover", found, help_, protocol.arms[0].where
    elif model == "parallel" and sequences:
        found = f"`{sequences[0].id}` is a sequence of periods"
        yield "model: parallel", found, "write `model: crossover`", sequences[0].where
