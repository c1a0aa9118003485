"""What is made of a study: one target a module. A new emitter is one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trialc.emitters import allocation, decisions_page, document, protocol_json, schedule
from trialc.emitters.artefact import Artefact
from trialc.emitters.checker import emit_checker
from trialc.emitters.javascript import emit_javascript
from trialc.emitters.patient_schema import emit_patient_schema
from trialc.graph.study import Study


@dataclass(frozen=True, slots=True)
class Emitter:
    """`name` is what `protoc build --only` takes; `about` says what the user gets."""

    name: str
    about: str
    emit: Callable[[Study], tuple[Artefact, ...]]


EMITTERS = (
    Emitter("checker", "eligibility and gates as a Python module", emit_checker),
    Emitter("javascript", "eligibility as a JavaScript module, with types", emit_javascript),
    Emitter("patient-schema", "the record of a participant as JSON Schema", emit_patient_schema),
    Emitter("schedule", "visits and infusions as CSV", schedule.emit),
    Emitter("allocation", "what only unmasked staff may know, as CSV", allocation.emit),
    Emitter("document", "the protocol to read and sign", document.emit),
    Emitter("decisions", "the open questions as a page to answer", decisions_page.emit),
    Emitter("protocol-json", "the resolved model for other tools", protocol_json.emit),
)
