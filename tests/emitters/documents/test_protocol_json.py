"""protocol.json and its schema."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from trialc.emitters import protocol_json
from trialc.graph.study import Study
from trialc.model.protocol import Protocol


def both(study: Study) -> tuple[dict[str, Any], dict[str, Any]]:
    texts = {a.path: json.loads(a.text) for a in protocol_json.emit(study)}
    return texts["protocol.json"], texts["protocol.schema.json"]


def test_the_file_satisfies_its_schema(study: Study, hostile_study: Study) -> None:
    for each in (study, hostile_study):
        document, schema = both(each)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(document)
    assert schema["$id"] == "urn:trialc:protocol:1.0.0"


def test_reading_it_back_gives_an_equal_protocol(study: Study, hostile_study: Study) -> None:
    for each in (study, hostile_study):
        assert Protocol.model_validate(both(each)[0]["protocol"]) == each.protocol


def test_the_schema_is_closed(study: Study) -> None:
    document, schema = both(study)
    document["protocol"]["criteria"][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(document)


def test_it_names_its_origin(study: Study) -> None:
    document, schema = both(study)
    assert document["source"] == {"file": "protocol/care.proto.txt", "sha256": "ab" * 32}
    assert document["compiler"] == {"name": "trialc", "version": "0.1.0"}
    assert "ab" * 32 in schema["$comment"]
