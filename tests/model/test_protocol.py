"""The model as a value: equal without regard to position, the same after JSON, at any depth."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from pydantic import ValidationError

from trialc.model import protocol as everything
from trialc.model.node import Node
from trialc.model.protocol import Protocol
from trialc.syntax.building import DEEPEST


def test_the_protocol_survives_json(care_ssc: Any) -> None:
    protocol: Protocol = care_ssc.protocol
    text = json.dumps(protocol.model_dump(mode="json"), allow_nan=False)
    again = Protocol.model_validate(json.loads(text))
    assert again == protocol
    assert hash(again) == hash(protocol)


def test_positions_do_not_count(whole: Any) -> None:
    one = whole('language 1\nprotocol p { title: "P" version: "1" }\nrole a "A"\n').protocol
    two = whole('language 1\n\n\nprotocol p {title: "P"\n version: "1"}\nrole a "A"\n').protocol
    assert one.roles == two.roles
    assert one.metadata == two.metadata
    assert one.roles[0].where != two.roles[0].where
    assert "where" not in one.model_dump_json()


def test_values_are_frozen_and_closed(care_ssc: Any) -> None:
    protocol: Protocol = care_ssc.protocol
    with pytest.raises(ValidationError):
        protocol.roles[0].title = "Another"
    with pytest.raises(ValidationError):
        Protocol.model_validate({**protocol.model_dump(), "more": 1})


def test_one_module_has_all_classes() -> None:
    held = {name: thing for name, thing in vars(everything).items() if isinstance(thing, type)}
    nodes = {name for name, thing in held.items() if issubclass(thing, Node)} - {"Node"}
    assert nodes == set(everything.__all__) - {"Node"}


def test_the_deepest_condition_can_be_handled(small: Any) -> None:
    """As deep as the compiler lets one be, a condition can still be dumped, read, hashed."""
    rules = ["a"]
    while len(rules) < 30:
        forms = (f"(not (a and {rules[-1]}) unless a)", f"not (a or ({rules[-1]} if done))")
        rules.append(forms[len(rules) % 2])
    text = 'data a "A" : boolean\ninclusion x [1] "X" { require %s }\n'
    made = [small(text % rule) for rule in rules]
    fine = [one for one in made if "E0204" not in one.codes]
    assert 10 < len(fine) < len(made)
    assert {code for one in made for code in one.codes} == {"E0204", "W0490"}
    protocol: Protocol = fine[-1].made
    dumped = json.dumps(protocol.model_dump(mode="json"))
    assert Protocol.model_validate(json.loads(dumped)) == protocol
    assert hash(protocol)


def test_the_limit_of_depth_leaves_room_for_recursion() -> None:
    """Evaluating and explaining take a handful of frames a level."""
    assert sys.getrecursionlimit() > DEEPEST * 6
