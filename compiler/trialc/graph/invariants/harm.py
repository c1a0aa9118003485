"""Does harm open a gate? One more event may close a gate or hold it, never open it.

A gate is monotone in harm where every `no EVENT` in its condition stands under an even number of
negations (`not`, `none of`): an event makes the absence false, and with it nothing true.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import study as kinds
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import parts, walk
from trialc.model.protocol import Gate
from trialc.source import Span

NEGATED = "it makes this false, and a negation makes that a reason to open"
FEW = "this stopping rule is met while few had it, and is not once more did"


def harm_opens_no_gate(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """No absence of an event stands where its opposite helps a gate to open.

    A suspicion, not an error: a gate may be meant to wait for an event, as the treatment of a
    relapse waits for the relapse.
    """
    found: list[Diagnostic] = []
    for gate in study.protocol.gates:
        for atom, negations in _absences(gate.condition, ()):
            if len(negations) % 2:
                is_few = _is_few(gate, atom)
                related = [] if is_few else [Related(negations[-1], "negated here")]
                related.append(Related(study.declared[atom.event].where, "declared here"))
                help_ = f"say what must be so without the negation: `no {atom.event} ...`"
                if is_few:
                    help_ = "stop when so many had it, or more: write `>=`"
                found.append(
                    kinds.HARM_OPENS.at(
                        atom.where,
                        gate=gate.id,
                        event=atom.event,
                        why=FEW if is_few else NEGATED,
                        help=help_,
                        related=related,
                    )
                )
    return study, tuple(found)


def _is_few(gate: Gate, absence: e.NoEvent) -> bool:
    """Whether an event is counted by a stopping rule that is met while few had it."""
    counts = walk(gate.stops) if gate.stops is not None else ()
    return any(
        isinstance(count, e.CountEvents) and count.absence == absence and count.relation == "<="
        for count in counts
    )


def _absences(
    condition: Condition, negations: tuple[Span, ...]
) -> Iterator[tuple[e.NoEvent, tuple[Span, ...]]]:
    """Every absence of a condition, with the places that negate it, the outermost first."""
    if isinstance(condition, e.NoEvent):
        yield condition, negations
    if isinstance(condition, e.CountEvents) and condition.relation != "<=":
        negations = (*negations, condition.where)  # one more event helps to reach the number
    if isinstance(condition, e.Not) or (
        isinstance(condition, e.Junction) and condition.quantifier == "none"
    ):
        negations = (*negations, condition.where)
    for part in parts(condition):
        yield from _absences(part, negations)
