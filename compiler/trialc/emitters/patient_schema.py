"""The record format as JSON Schema (2020-12), and one filled example of it.

The schema says what a record may look like; what it means, and what only the reading can tell
(ranges in other units, dates that must not be later than `as_of`, who must attest), is in
docs/semantics.md section 1 and in the checker.
"""

from __future__ import annotations

import json
from typing import Any

from trialc.emitters.artefact import Artefact
from trialc.emitters.checker_program import program_of
from trialc.graph.study import Study
from trialc.model.example_records import Examples
from trialc.model.protocol import Protocol
from trialc_runtime.inputs import Input
from trialc_runtime.program import Program
from trialc_runtime.records import RecordRefused
from trialc_runtime.screening import read_for

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATE = {"type": "string", "format": "date", "pattern": "^(19|20|21|22)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
REASONS = ["missing", "not_done", "not_applicable", "pending", "conflicting"]
EXAMPLE_DAY = "2027-01-04"
"""The day of the example where the protocol has no example participant."""

Json = dict[str, Any]


def emit_patient_schema(study: Study) -> tuple[Artefact, ...]:
    """`patient.schema.json`, and `patient.example.json`, which satisfies it and has no fault."""
    program = program_of(study.protocol)
    schema = record_schema(study.protocol, program)
    example = example_record(study.protocol, program)
    return (
        Artefact("patient.schema.json", _text(schema)),
        Artefact("patient.example.json", _text(example)),
    )


def _text(value: Json) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


# ---- schema


def record_schema(protocol: Protocol, program: Program) -> Json:
    """The schema of one participant's record."""
    about = protocol.metadata
    title = about.acronym or about.title
    properties: Json = {
        "as_of": {"$ref": "#/$defs/date", "description": "The day for which the verdict is asked."},
        "measured": {
            "$ref": "#/$defs/date",
            "description": "The day of every value that has no date of its own.",
        },
    }
    for item in program.inputs:
        properties[item.path] = _field(item, program.roles)
    return {
        "$schema": DIALECT,
        "title": f"{title}: one participant",
        "description": f"{about.id} {about.version}, sha256 {protocol.sha256}",
        "type": "object",
        "properties": properties,
        "required": ["as_of"],
        "additionalProperties": False,
        "$defs": {
            "date": DATE,
            "unknown": _object({"unknown": {"enum": REASONS}}, ["unknown"]),
        },
    }


def _field(item: Input, roles: tuple[str, ...]) -> Json:
    value = _value(item)
    unknown = [{"type": "null"}, {"$ref": "#/$defs/unknown"}]
    if item.kind in ("judgement", "cause"):
        role: Json = {"enum": list(roles)} if roles else {"type": "string", "minLength": 1}
        parts: Json = {
            "value": {"anyOf": [value, {"type": "null"}]},
            "by": {"anyOf": [role, {"type": "array", "items": role, "minItems": 1}]},
            "at": {"$ref": "#/$defs/date"},
            "why": {"type": "string"},
        }
        forms: list[Json] = [_object(parts, ["value", "by", "at"])]
    else:
        parts = {"value": {"anyOf": [value, {"type": "null"}]}, "on": {"$ref": "#/$defs/date"}}
        if item.kind == "quantity":
            # In another unit the range is another one; the checker converts and then looks.
            parts["value"] = {"type": ["number", "null"]}
            parts["unit"] = {"enum": list(item.units)} if item.units else {"const": item.unit}
        forms = [value, _object(parts, ["value"])]
    return {"title": item.title, "description": _description(item), "anyOf": [*forms, *unknown]}


def _value(item: Input) -> Json:
    """A bare value, in the element's unit."""
    if item.kind in ("boolean", "judgement"):
        return {"type": "boolean"}
    if item.kind in ("choice", "cause"):
        return {"enum": list(item.options)}
    if item.kind == "date":
        return {"$ref": "#/$defs/date"}
    number: Json = {"type": "integer" if item.kind == "score" else "number"}
    if item.low is not None:
        number["minimum"] = item.low
    if item.high is not None:
        number["maximum"] = item.high
    return number


def _object(parts: Json, required: list[str]) -> Json:
    return {
        "type": "object",
        "properties": parts,
        "required": required,
        "additionalProperties": False,
    }


def _description(item: Input) -> str:
    words = [item.kind]
    if item.kind == "quantity":
        words.append(f"in {item.unit}")
    if item.window:
        amount, length = item.window
        words.append(f"valid for {amount} {length}{'' if amount == 1 else 's'}")
    if item.roles:
        words.append(f"attested by {' and '.join(item.roles)}")
    if item.applies_text:
        words.append(f"only if {item.applies_text}")
    return ", ".join(words)


# ---- example


def example_record(protocol: Protocol, program: Program) -> Json:
    """The first example participant as a record, or an ordinary one by typical values."""
    examples = Examples(protocol)
    if protocol.participants:
        record = examples.of_participant(protocol.participants[0])
    else:
        record = examples.ordinary(EXAMPLE_DAY)
    known = {path: value for path, value in record.items() if value != {"unknown": "missing"}}
    return _readable(known, program)


def _readable(record: Json, program: Program) -> Json:
    """The record without what reading refuses: elements that do not exist for the participant."""
    try:
        read_for(program, record)
    except RecordRefused as refused:
        faulty = {fault.field for fault in refused.faults}
        kept = {key: value for key, value in record.items() if key not in faulty}
        return record if kept == record else _readable(kept, program)
    return record
