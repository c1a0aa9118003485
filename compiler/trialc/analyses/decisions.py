"""Which decisions interpret nothing, and how many are open?"""

from __future__ import annotations

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import analyses as kinds
from trialc.graph.study import Study


def check_decisions(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Unused decisions are warned of; the open ones are counted."""
    protocol = study.protocol
    found = [
        kinds.UNUSED_DECISION.at(
            item.where, name=item.id, help=f"write `decided {item.id}` where it bites"
        )
        for item in protocol.decisions
        if not study.graph.out_degree(f"decision:{item.id}")
    ]
    open_ = sum(item.status == "open" for item in protocol.decisions)
    if open_:
        found.append(
            kinds.OPEN_DECISIONS.at(
                protocol.metadata.where,
                what=_share(open_, len(protocol.decisions)),
                help="`protoc decisions PROTOCOL` prints them as a page to be answered",
            )
        )
    return study, tuple(found)


def _share(open_: int, all_: int) -> str:
    if all_ == 1:
        return "the only decision is"
    return f"{open_} of {all_} decisions {'is' if open_ == 1 else 'are'}"
