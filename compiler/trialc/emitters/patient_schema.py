"""The record format as JSON Schema (2020-12), and one filled example of it.

The schema accepts what the checker accepts, but for what only the reading can tell: dates against
one another and the calendar, and elements that do not exist for a participant (docs/semantics.md
section 1).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from trialc.emitters.artefact import Artefact
from trialc.emitters.converted_ends import converted_end
from trialc.graph.study import Study
from trialc.lowering.program import program_of
from trialc.model.example_records import Examples
from trialc.model.protocol import Protocol
from trialc_runtime.decimals import SAME_UNIT
from trialc_runtime.fields import ATTESTED
from trialc_runtime.inputs import Input
from trialc_runtime.program import Program
from trialc_runtime.records import RecordRefused
from trialc_runtime.screening import read_for

if TYPE_CHECKING:
    from trialc_runtime.decimals import Factor

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATE = {
    "type": "string",
    "format": "date",
    "maxLength": 10,
    "pattern": "^(19[0-9]{2}|2[01][0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}
"""`maxLength`, because `$` also stands before a last line end in some languages, as in Python."""
DATED: Json = {
    "anyOf": [
        {"type": "null"},
        {"type": "object", "required": ["unknown"]},
        {"type": "object", "required": ["value"], "properties": {"value": {"type": "null"}}},
        {"type": "object", "required": ["on"], "properties": {"on": {"type": "string"}}},
    ]
}
"""A value with a date, or none."""
ATTESTATION = ("by", "at", "why")
"""Who attested a value, when, and why."""
REASONS = ["missing", "not_done", "not_applicable", "pending", "conflicting"]
EXAMPLE_DAY = "2027-01-04"
"""The day of the example where the protocol has no example participant."""


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
            "$ref": "#/$defs/on",
            "description": "The day of every value that has no date of its own.",
        },
    }
    titled = {item.id: item.option_words for item in protocol.data if item.option_titles}
    for item in program.inputs:
        properties[item.path] = _field(item, titled.get(item.path, {}))
    dated = [
        item.path
        for item in program.inputs
        if item.window or (item.dated and item.kind not in ATTESTED)
    ]
    return {
        "$schema": DIALECT,
        "title": f"{title}: one participant",
        "description": f"{about.id} {about.version}, sha256 {protocol.sha256}",
        "type": "object",
        "properties": properties,
        "required": ["as_of"],
        "additionalProperties": False,
        **(_each_dated(dated) if dated else {}),
        "$defs": _definitions(program.roles),
    }


def _each_dated(paths: Sequence[str]) -> Json:
    """Values that grow stale, and those whose day is asked, have a date of their own where the
    record has none for all.
    """
    return {
        "if": {"properties": {"measured": {"type": "string"}}, "required": ["measured"]},
        "else": {"properties": {path: _ref("dated") for path in paths}},
    }


def _definitions(roles: tuple[str, ...]) -> Json:
    """What the fields share."""
    role: Json = {"enum": list(roles)} if roles else {"type": "string", "minLength": 1}
    loose = {name: _or_null(_ref(name)) for name in ATTESTATION}
    return {
        "date": DATE,
        "by": {"anyOf": [role, {"type": "array", "items": role, "minItems": 1}]},
        "at": _ref("date"),
        "why": {"type": ["string", "null"]},
        "on": _or_null(_ref("date")),
        "dated": DATED,
        "unknown": {
            "anyOf": [
                {"type": "null"},
                _object({"value": {"type": "null"}, "on": _ref("on")}, ["value"]),
                _object({"unknown": {"enum": REASONS}, "on": _ref("on")}, ["unknown"]),
            ]
        },
        "unattested": {
            "anyOf": [
                {"type": "null"},
                _object({"value": {"type": "null"}, **loose}, ["value"]),
                _object({"unknown": {"enum": REASONS}, **loose}, ["unknown"]),
            ]
        },
    }


def _field(item: Input, titles: Mapping[str, str]) -> Json:
    """What a record may say of an input; `titles` of its codes."""
    about = {"title": item.title, "description": _description(item, titles)}
    if item.kind in ATTESTED:
        parts = {"value": _value(item), **{name: _ref(name) for name in ATTESTATION}}
        return {**about, "anyOf": [_object(parts, ["value", "by", "at"]), _ref("unattested")]}
    on = {"on": _ref("on")}
    if item.kind == "quantity":
        # The value's range, and that a unit is one of those, are said for each unit.
        form = _object({"value": {"type": ["number", "null"]}, "unit": True, **on}, ["value"])
        form["anyOf"] = [_in_unit(item, *unit) for unit in _units(item)]
    else:
        form = _object({"value": _value(item), **on}, ["value"])
    return {**about, "anyOf": [_value(item), form, _ref("unknown")]}


def _in_unit(item: Input, factor: Factor, spellings: list[str | None]) -> Json:
    """The range of a value that is reported in one of these spellings; None: in none."""
    properties = {"unit": {"enum": spellings}, "value": _range(item, factor)}
    return {"properties": properties} | ({} if None in spellings else {"required": ["unit"]})


def _units(item: Input) -> Iterator[tuple[Factor, list[str | None]]]:
    """Spellings of units that have one conversion; the element's own are first, with None."""
    groups: dict[Factor, list[str | None]] = {SAME_UNIT: [None]}
    for spelling, factor in item.units.items():
        groups.setdefault(factor, []).append(spelling)
    return iter(groups.items())


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(form: Json) -> Json:
    return {"anyOf": [form, {"type": "null"}]}


def _value(item: Input) -> Json:
    """A value that is known, in the element's unit."""
    if item.kind in ("boolean", "judgement"):
        return {"type": "boolean"}
    if item.kind in ("choice", "cause"):
        return {"enum": list(item.options)}
    if item.kind == "date":
        return _ref("date")
    return {"type": "integer" if item.kind == "score" else "number"} | _range(item, SAME_UNIT)


def _range(item: Input, factor: Factor) -> Json:
    """What is possible, in the unit of the factor."""
    ends: Json = {}
    if item.low is not None:
        ends["minimum"] = converted_end(item.low, factor, 1)
    if item.high is not None:
        ends["maximum"] = converted_end(item.high, factor, -1)
    return ends


def _object(parts: Json, required: list[str]) -> Json:
    return {
        "type": "object",
        "properties": parts,
        "required": required,
        "additionalProperties": False,
    }


def _description(item: Input, titles: Mapping[str, str]) -> str:
    words = [item.kind]
    if titles:
        words = [f"{item.kind} ({'; '.join(f'{code}: {title}' for code, title in titles.items())})"]
    if item.kind == "quantity":
        words.append(f"in {item.unit_words}" if item.unit_words else "a number")
    if item.window:
        amount, length = item.window
        words.append(f"valid for {amount} {length}{'' if amount == 1 else 's'}")
    if item.dated:
        words.append("its day is asked for")
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
