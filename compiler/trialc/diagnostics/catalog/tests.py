"""E07xx: examples and tests written in the language."""

from trialc.diagnostics.diagnostic import Kind

EXPECTATION = Kind(
    "E0701", "expectation", "error", "this expectation cannot go with the verdict `{verdict}`",
    "`by` names the criteria that exclude a participant, `needing` the inputs that are still "
    "needed.\n\n"
    "Wrong:  expect eligible by severe_disease\n"
    "Right:  expect ineligible by severe_disease",
)  # fmt: skip
NO_SUCH_PARTICIPANT = Kind(
    "E0702", "no-such-participant", "error",
    "there is no participant {number} in a block of {size}",
    "Participants of a trial test are counted from 1.\n\n"
    "Wrong:  when trsae in participant 7 on 2027-01-24   (in a block of 6)\n"
    "Right:  when trsae in participant 3 on 2027-01-24",
)  # fmt: skip
TEST_FAILED = Kind(
    "E0703", "test-failed", "error", "test `{name}` fails: {why}",
    "The protocol, as written, does not give the verdict that the author expects. Either the rule "
    "or the test is wrong; `protoc test` explains the criteria concerned.\n\n"
    "Wrong:  demo.age: 17 years ... expect eligible\n"
    "Right:  demo.age: 17 years ... expect ineligible by under_age",
)  # fmt: skip
TEST_REFUSED = Kind(
    "E0704", "test-refused", "error", "test `{name}` makes an impossible participant: {why}",
    "What a test changes is read as strictly as what a site reports: units, ranges, dates, "
    "roles.\n\n"
    "Wrong:  given typical but {{ skin.mrss: 60 }}\n"
    "Right:  given typical but {{ skin.mrss: 24 }}",
)  # fmt: skip
PATIENT_REFUSED = Kind(
    "E0705", "patient-refused", "error", "`{name}` is no possible participant: {why}",
    "Example participants are read as strictly as real ones: units, ranges, dates, roles.\n\n"
    "Wrong:  patient typical {{ as_of: 2027-01-04  skin.mrss: 60 }}\n"
    "Right:  patient typical {{ as_of: 2027-01-04  skin.mrss: 24 }}",
)  # fmt: skip
