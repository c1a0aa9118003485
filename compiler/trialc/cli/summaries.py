"""What a study says about itself: what is still open, and what stands in the way of a release."""

from __future__ import annotations

from typing import Any

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import inputs
from trialc.graph.study import Study

ANSWER = (
    "when it is answered, write `status: confirmed` with `by` and `on`;\n"
    "`protoc decisions PROTOCOL` prints the page of questions"
)
"""The way out of an open decision."""


def open_points(study: Study) -> dict[str, Any]:
    """`open_decisions`: how many; `registered_text_quoted`: share from 0 to 1, None if unknown."""
    coverage = study.evidence.get("coverage")
    return {
        "open_decisions": sum(item.status == "open" for item in study.protocol.decisions),
        "registered_text_quoted": coverage.share if coverage else None,
    }


def unreleasable(study: Study) -> tuple[Diagnostic, ...]:
    """One finding for each open decision."""
    return tuple(
        inputs.OPEN_DECISION.at(decision.where, name=decision.id, help=ANSWER)
        for decision in study.protocol.decisions
        if decision.status == "open"
    )
