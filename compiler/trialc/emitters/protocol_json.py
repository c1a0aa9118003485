"""protocol.json and protocol.schema.json: the resolved protocol for other programs.

The document is described in docs/protocol-json.md; the schema is JSON Schema 2020-12, made from the
model itself, so that the two cannot part.
"""

from __future__ import annotations

import json
from typing import Any

from trialc import __version__
from trialc.emitters.artefact import Artefact
from trialc.graph.study import Study
from trialc.model.protocol import Protocol

FORMAT = "trialc-protocol"
FORMAT_VERSION = "1.0.0"
SCHEMA_ID = f"urn:trialc:protocol:{FORMAT_VERSION}"


def emit(study: Study) -> tuple[Artefact, ...]:
    """The protocol and the schema that it satisfies."""
    return (
        Artefact("protocol.json", _text(document(study))),
        Artefact("protocol.schema.json", _text(schema(study))),
    )


def document(study: Study) -> dict[str, Any]:
    """The wrapped protocol: `Protocol.model_validate(document["protocol"])` gives an equal one."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "compiler": {"name": "trialc", "version": __version__},
        "source": {"file": study.protocol.file, "sha256": study.protocol.sha256},
        "protocol": study.protocol.model_dump(mode="json"),
    }


def schema(study: Study) -> dict[str, Any]:
    """The JSON Schema of `document`. The comment names the build, as every generated file does."""
    model = Protocol.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    definitions: dict[str, Any] = model.pop("$defs")
    definitions["Protocol"] = model
    text = {"type": "string"}
    compiler = {"name": {"const": "trialc"}, "version": text}
    source = {"file": text, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "$comment": (
            f"Written by trialc {__version__} with {study.protocol.file}, "
            f"SHA-256 {study.protocol.sha256}"
        ),
        "title": "A clinical-trial protocol, resolved",
        **_closed(
            {
                "format": {"const": FORMAT},
                "format_version": {"const": FORMAT_VERSION},
                "compiler": _closed(compiler),
                "source": _closed(source),
                "protocol": {"$ref": "#/$defs/Protocol"},
            }
        ),
        "$defs": dict(sorted(definitions.items())),
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
