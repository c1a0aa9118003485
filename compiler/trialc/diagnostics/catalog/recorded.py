"""E0336-E0349: what records say beside a value: half-lives, occurrences, days, titles of codes."""

from trialc.diagnostics.diagnostic import Kind

HALF_LIFE_HELD = Kind(
    "E0336", "half-life-held", "error", "`{name}` cannot be the half-life of `{medicine}`",
    "The half-life of a medicine that the text does not know is held by an element, or by a "
    "derived number (a table of half-lives), in days, hours, weeks or minutes. It is "
    "measured once.\n\n"
    "Wrong:  data therapy.half_life \"Half-life\" : quantity [mg]\n"
    "Right:  data therapy.half_life \"Half-life\" : quantity [d]",
)  # fmt: skip
HALF_LIFE_ABSENT = Kind(
    "E0337", "half-life-absent", "error",
    "`{name}` does not exist for everybody who had `{medicine}`",
    "Whoever had the medicine has its half-life. Where it could be left out, nobody would know for "
    "how long the medicine acts.\n\n"
    "Wrong:  data therapy.half_life \"Half-life\" : quantity [d] "
    "{{ applies when demo.sex = female }}\n"
    "Right:  data therapy.half_life \"Half-life\" : quantity [d] {{ applies when therapy.other }}",
)  # fmt: skip
NEVER_ONGOING = Kind(
    "E0338", "never-ongoing", "error", "`{name}` happens on a day: it does not go on",
    "An `occurrence` (an infarction, a transfusion) is over on the day on which it happens, so no "
    "rule and no example says that it goes on. What can go on is a `history`.\n\n"
    "Wrong:  data hist.mi \"Infarction\" : occurrence   (and then: hist.mi ongoing)\n"
    "Right:  hist.mi within 1 day before as_of   (or: data hist.mi \"...\" : history)",
)  # fmt: skip
NO_DAY = Kind(
    "E0339", "no-day", "error", "`{name}` has no day of its own: {why}",
    "The day of a value is the day on which it was measured, or attested, as the record says. It "
    "is that of one element or one judgement.\n\n"
    "Wrong:  demo.bmi.day <= dose.planned   (a derived number)\n"
    "Right:  demo.weight.day <= dose.planned",
)  # fmt: skip
PERCENT_OF_NOTHING = Kind(
    "E0340", "percent-of-nothing", "error",
    "`{name}` can be 0, and nobody knows what {amount} of nothing are",
    "A change in percent is a part of the earlier value, which must be above zero by its range.\n\n"
    "Wrong:  data lab.psa.before \"PSA before\" : quantity [ng/mL]   (and then: lab.psa falls by "
    "at least 50 % from lab.psa.before)\n"
    "Right:  data lab.psa.before \"PSA before\" : quantity [ng/mL] {{ range: 0.1 .. 5000 ng/mL }}",
)  # fmt: skip
SAME_TITLE = Kind(
    "E0341", "same-title", "error", "`{first}` and `{second}` are both called \"{title}\"",
    "Documents print the title of a code instead of the code: two that read alike cannot be told "
    "apart.\n\n"
    "Wrong:  choice {{positive \"Seropositive\", weak \"Seropositive\"}}\n"
    "Right:  choice {{positive \"Seropositive\", weak \"Weakly seropositive\"}}",
)  # fmt: skip
