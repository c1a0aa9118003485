"""`protoc coverage`: how every criterion is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

PROTOCOL = """language 1

protocol tiny { title: "Tiny" version: "1" }

role investigator "Investigator"
role subject "Participant"
cause flu "Influenza"
data age "Age" : quantity [year]
data fever "Fever" : boolean
judgement fit "Fit" by investigator
judgement signs "Signs the consent" by subject { kind: consent }
define fit_adult "Fit adult" = fit and age >= 18 years

inclusion adult [1] "Adult" { require age >= 18 years }
inclusion strong [2] "Fit adult" { require fit_adult }
inclusion consent [3] "Consent" { require signs }
inclusion feels [4] "Fit" { require fit }
exclusion hot [1] "Fever" { exclude when fever attributed to flu }
exclusion odd [2] "Fever, or odd" {
  lossy: "what is odd is not said"
  exclude when fever
}
"""


def test_every_criterion_is_said_to_be_written_in_one_way(
    home: Path, protoc: Callable[..., Result]
) -> None:
    (home / "protocol" / "tiny.proto.txt").write_text(PROTOCOL, encoding="utf-8")
    done = protoc("coverage", "protocol/tiny.proto.txt")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "I1  adult    exact",
        "I2  strong   attested   fit",
        "I3  consent  attested   signs",
        "I4  feels    free text  fit",
        "E1  hot      attested   hot.cause",
        "E2  odd      lossy      what is odd is not said",
        "tiny: 6 criteria: 1 exact, 3 attested, 1 lossy, 1 free text",
    ]
    found = json.loads(protoc("coverage", "protocol/tiny.proto.txt", "--format", "json").stdout)
    assert found["count"] == {"exact": 1, "attested": 3, "lossy": 1, "free text": 1}
    assert found["of"] == 6
    assert found["criteria"][5]["lossy"] == "what is odd is not said"


def test_the_same_number_for_two_populations(home: Path, protoc: Callable[..., Result]) -> None:
    several = PROTOCOL.replace(
        "inclusion adult", 'population uk "UK"\npopulation ug "Uganda"\ninclusion adult'
    ).replace('"Adult" {', '"Adult" for uk, ug {')
    text = several.replace(
        "exclusion odd", 'exclusion cold [1] "Cold" for ug { exclude when fever }\nexclusion odd'
    ).replace('"Fever" { exclude', '"Fever" for uk { exclude')
    (home / "protocol" / "tiny.proto.txt").write_text(text, encoding="utf-8")
    done = protoc("coverage", "protocol/tiny.proto.txt")
    assert done.exit_code == 0
    lines = [line.split("  ")[0] for line in done.stdout.splitlines()]
    assert lines[:6] == ["I1 (uk, ug)", "I2", "I3", "I4", "E1 (uk)", "E1 (ug)"]
    found = json.loads(protoc("coverage", "protocol/tiny.proto.txt", "--format", "json").stdout)
    assert [item["for"] for item in found["criteria"]][:2] == [["uk", "ug"], []]


def test_a_rule_that_is_not_as_quoted_is_no_silent_exact(
    home: Path, protoc: Callable[..., Result]
) -> None:
    quoted = PROTOCOL.replace('version: "1" }', 'version: "1" text: "said.txt" }').replace(
        '"Adult" { require', '"Adult" {\n  source """\n    Age 21 years or more\n  """\n  require'
    )
    (home / "protocol" / "said.txt").write_text("Age 21 years or more\n", encoding="utf-8")
    (home / "protocol" / "tiny.proto.txt").write_text(quoted, encoding="utf-8")
    done = protoc("coverage", "protocol/tiny.proto.txt")
    lines = done.stdout.splitlines()
    assert lines[0] == "I1  adult    exact      not as quoted: see W0606"
    assert lines[1] == "I2  strong   attested   fit"
    found = json.loads(protoc("coverage", "protocol/tiny.proto.txt", "--format", "json").stdout)
    assert [item["not_as_quoted"] for item in found["criteria"]][:2] == [["W0606"], []]
