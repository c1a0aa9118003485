"""What a failed trial test says of what is missing."""

from __future__ import annotations

from trialc.analyses.trial_tests import grouped
from trialc.pipeline import compile_protocol
from trialc.source import SourceText

TEXT = """language 1
protocol small { title: "Small" version: "1" }
intervention pill "Pill" { type: drug }
arm drug "Drug" experimental { give pill as dose_1 at M0 }
visit M0 "Month 0" anchor
event sae "Serious adverse event" {
  reports severity "Severity" {mild, severe}
  counts when event.severity = severe
}
gate next_block "Next block" per block {
  guards randomise in block 2 .. 2
  opens when every participant in previous block satisfies no sae within 1 month after dose_1
  otherwise hold
}
trial test late "The absence is attested later" {
  given block 1 of 6 participants with dose_1 from 2027-01-04 every 7 days
  %s
  expect next_block open on 2027-03-15
}
"""


def failure(step: str) -> str:
    text = SourceText("p.proto.txt", TEXT % step)
    made = compile_protocol(text, lambda _: None, lambda: 0.0)
    return next(found.message for found in made.diagnostics if found.kind.code == "E0703")


def test_an_attestation_after_the_day_is_too_late() -> None:
    found = failure("when no sae in block through 2027-03-16")
    assert found.endswith(
        "for this reason: participants 1, 2, 3, 4, 5, 6: absence of Serious adverse event through "
        "2027-02-04 to 2027-03-08 is not attested; the absence of sae through 2027-03-16 is "
        "attested too late: after 2027-03-15"
    )
    assert "too late" not in failure("when no sae in block through 2027-03-01")


def test_what_several_lack_is_said_once() -> None:
    lacking = [
        "participant 1: absence of {SAE} through 2027-02-04 is not attested",
        "participant 2: absence of {SAE} through 2027-02-04 is not attested",
        "participant 3: dose 1 has not been given",
        "no decision of board on next_block is recorded",
    ]
    assert list(grouped(lacking)) == [
        "participants 1, 2: absence of {SAE} through 2027-02-04 is not attested",
        "participant 3: dose 1 has not been given",
        "no decision of board on next_block is recorded",
    ]
