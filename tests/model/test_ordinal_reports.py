"""Reports whose codes have an order."""

from __future__ import annotations

import pytest

from trialc.emitters.document_design import events
from trialc.graph.invariants.gates import counts

from .conftest import HEAD, resolved

TEXT = (
    HEAD
    + """event potassium "Potassium" {
  reports level "mmol/L" KIND{below_5_5, to_6_0, from_6_0}
  counts when event.level RULE
}
"""
)


def text_of(kind: str, rule: str) -> str:
    return TEXT.replace("KIND", kind).replace("RULE", rule)


@pytest.mark.parametrize(
    ("rule", "those"),
    [
        (">= to_6_0", ["to_6_0", "from_6_0"]),
        ("> to_6_0", ["from_6_0"]),
        ("<= to_6_0", ["below_5_5", "to_6_0"]),
        ("< to_6_0", ["below_5_5"]),
        ("in to_6_0 .. from_6_0", ["to_6_0", "from_6_0"]),
        ("= to_6_0", ["to_6_0"]),
    ],
)
def test_codes_from_there_on(rule: str, those: list[str]) -> None:
    protocol = resolved(text_of("ordinal ", rule)).protocol
    event = protocol.events[0]
    codes = event.attributes[0].options
    held = [code for code in codes if counts(event.condition, {"event.level": code})]
    assert held == those
    assert events(protocol)[0].facts[0][1] == "Below 5 5 < To 6 0 < From 6 0"


def test_without_an_order_the_way_out_can_be_written() -> None:
    found = resolved(text_of("", ">= to_6_0")).found
    assert [one.kind.code for one in found] == ["E0404"]
    assert found[0].help.endswith("order: `reports level ... ordinal {...}`")


def test_a_report_may_be_called_ordinal() -> None:
    text = HEAD + 'event e "E" { reports ordinal "O" {a, b} counts when event.ordinal = a }'
    assert resolved(text).codes == []
