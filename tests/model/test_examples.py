"""Example participants and tests: what they may assign, and expect."""

from __future__ import annotations

from typing import Any

import pytest

from trialc.model.example_records import Examples
from trialc.model.protocol import Protocol

TRIAL = """
role doctor "Doctor"
cause ssc "SSc"
data hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL }
data skin "Skin" : score 0 .. 51
data asthma "Asthma" : boolean
data block_1 "Block" : choice {absent, mild}
data onset "Onset" : date
judgement fit "Fit" by doctor
inclusion anaemia [1] "Anaemia" { require any of { low: hb < 11 g/dL attributed to ssc } }
exclusion lungs [1] "Lungs" { exclude when asthma }
intervention drug "Drug" { type: drug }
arm one "One" experimental { give drug as dose_1 at M0 }
visit M0 "Month 0" anchor
event sae "SAE" { reports grade "Grade" {mild, severe} counts when event.grade = severe }
gate next "Next" per participant { guards give dose_1 opens when no sae after dose_1 }
patient woman "Woman" {
  as_of: 2027-01-04
  hb: 110 g/L on 2026-12-20
  skin: 24
  asthma: no
  block_1: mild
  onset: 2025-10-20
  fit: yes
  cause of anaemia.low: ssc
}
"""


def test_a_number_needs_its_unit(small: Any) -> None:
    assert small(TRIAL.replace("hb: 110 g/L", "hb: 11")).faults == [("E0406", "11")]
    assert small(TRIAL.replace("skin: 24", "skin: 25")).codes == []


def test_an_example_has_no_day_for_all_of_its_values(small: Any) -> None:
    made = small(TRIAL.replace("  skin: 24\n", "  measured: 2027-01-02\n"))
    assert made.faults == [("E0302", "measured")]
    assert "behind each value" in made.found[0].help


def test_a_participant_is_a_list_of_inputs(small: Any) -> None:
    protocol: Protocol = small(TRIAL).protocol
    (woman,) = protocol.participants
    assert woman.as_of == "2027-01-04"
    assert [(item.path, item.value, item.unit, item.on) for item in woman.assignments] == [
        ("hb", 110, "g/L", "2026-12-20"),
        ("skin", 24, "", ""),
        ("asthma", False, "", ""),
        ("block_1", "mild", "", ""),
        ("onset", "2025-10-20", "", ""),
        ("fit", True, "", ""),
        ("anaemia.low.cause", "ssc", "", ""),
    ]


@pytest.mark.parametrize(
    ("words", "unknown"),
    [("unknown", "missing"), ("stale", "stale"), ("not_done", "not_done"), ("pending", "pending")],
)
def test_an_unknown_value_has_a_reason(small: Any, words: str, unknown: str) -> None:
    protocol: Protocol = small(TRIAL.replace("asthma: no", f"asthma: {words}")).protocol
    assert protocol.participants[0].assignments[2].unknown == unknown
    assert protocol.participants[0].assignments[2].value is None


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("asthma: no", "asthmaa: no", "E0302"),
        ("asthma: no", "doctor: no", "E0303"),
        ("asthma: no", "asthma: maybe", "E0405"),
        ("asthma: no", "asthma: 1", "E0405"),
        ("asthma: no", "asthma: no  asthma: yes", "E0305"),
        ("block_1: mild", "block_1: severe", "E0405"),
        ("block_1: mild", "block_1: yes", "E0405"),
        ("skin: 24", "skin: yes", "E0405"),
        ("skin: 24", "skin: 2027-01-01", "E0405"),
        ("onset: 2025-10-20", "onset: 24", "E0405"),
        ("onset: 2025-10-20", "onset: 2025-10-32", "E0410"),
        ("fit: yes", "fit: 3", "E0405"),
        ("110 g/L", "110 foo", "E0401"),
        ("on 2026-12-20", "on 2026-13-20", "E0410"),
        ("anaemia.low: ssc", "anaemia.low: other", None),
        ("anaemia.low: ssc", "anaemia.low: doctor", "E0405"),
        ("anaemia.low: ssc", "anaemia.high: ssc", "E0302"),
        ("anaemia.low: ssc", "lungs: ssc", "E0302"),
        ("as_of: 2027-01-04", "", "E0321"),
        ("as_of: 2027-01-04", "as_of: 3 days", "E0307"),
        ("as_of: 2027-01-04", "as_of: 2027-02-30", "E0410"),
        ("as_of: 2027-01-04", "as_of: 2027-01-04  as_of: 2027-01-05", "E0305"),
    ],
)
def test_assignments_are_read_strictly(
    small: Any, before: str, after: str, code: str | None
) -> None:
    made = small(TRIAL.replace(before, after))
    assert made.codes == ([code] if code else []), made.found


def test_a_test_changes_a_participant(small: Any) -> None:
    protocol: Protocol = small(
        TRIAL + 'test t "T" { given woman but { asthma: yes as_of: 2027-02-01 } '
        "expect ineligible by lungs }\n"
        'test u "U" { given woman expect eligible }\n'
        'test v "V" { given woman but { hb: unknown } expect undetermined needing hb, '
        "cause of anaemia.low }\n"
    ).protocol
    first, second, third = protocol.tests
    assert (first.as_of, second.as_of) == ("2027-02-01", "")
    assert [item.path for item in first.changes] == ["asthma"]
    assert (first.by, third.needing) == (("lungs",), ("hb", "anaemia.low.cause"))
    record = Examples(protocol).of_test(first)
    assert (record["as_of"], record["measured"]) == ("2027-02-01", "2027-01-04")
    assert Examples(protocol).of_test(second)["as_of"] == "2027-01-04"


@pytest.mark.parametrize(
    ("expectation", "code"),
    [
        ("eligible by lungs", "E0701"),
        ("undetermined by lungs", "E0701"),
        ("eligible needing hb", "E0701"),
        ("ineligible by lungs needing hb", "E0701"),
        ("ineligible by hb", "E0303"),
        ("undetermined needing lungs", "E0303"),
        ("undetermined needing cause of lungs", "E0302"),
        ("ineligible by nothing", "E0302"),
    ],
)
def test_expectations_go_with_their_verdict(small: Any, expectation: str, code: str) -> None:
    made = small(TRIAL + f'test t "T" {{ given woman expect {expectation} }}\n')
    assert made.codes == [code]


TRIAL_TEST = """trial test t "T" {
  given block 1 of 6 participants with dose_1 from 2027-01-04 every 7 days
  when sae in participant 3 on 2027-01-20 { grade: severe }
  when no sae in block through 2027-03-08
  expect next open on 2027-03-08 for participant 6
}
"""


def test_a_trial_test_is_a_log(small: Any) -> None:
    (test,) = small(TRIAL + TRIAL_TEST).protocol.trial_tests
    assert (test.block, test.size, test.occasion, test.every.amount) == (1, 6, "dose_1", 7)
    assert [(step.step, step.participant, step.attributes) for step in test.steps] == [
        ("event", 3, (("grade", "severe"),)),
        ("absence", None, ()),
    ]
    assert test.expects[0].participant == 6


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("dose_1", "dose_2", "E0302"),
        ("7 days", "7 hours", "E0417"),
        ("from 2027-01-04", "from 2027-02-30", "E0410"),
        ("when sae", "when drug", "E0303"),
        ("participant 3", "participant 7", "E0702"),
        ("participant 3", "participant 0", "E0702"),
        ("for participant 6", "for participant 7", "E0702"),
        ("grade: severe", "grade: grave", "E0405"),
        ("grade: severe", "grade: 3", "E0405"),
        ("grade: severe", "gradee: severe", "E0302"),
        ("grade: severe", "grade: severe grade: mild", "E0308"),
        ("expect next", "expect sae", "E0303"),
        ("on 2027-03-08", "on 2027-03-32", "E0410"),
    ],
)
def test_a_trial_test_speaks_of_what_there_is(
    small: Any, before: str, after: str, code: str
) -> None:
    assert small(TRIAL + TRIAL_TEST.replace(before, after)).codes == [code]
