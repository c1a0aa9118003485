"""E0442-E0469: values of a participant: histories, washouts, reference ranges, measurements."""

from trialc.diagnostics.diagnostic import Kind

START_NOT_ASKED = Kind(
    "E0442", "start-not-asked", "error", "no rule asks since when `{name}` goes on",
    "A history has a first day, and a day of its last change, only where a rule asks for them: "
    "records need no day that decides nothing.\n\n"
    "Wrong:  exclusion esa ... {{ exclude when drug.esa ongoing }}   (and in an example: drug.esa: "
    "ongoing since 2026-01-02)\n"
    "Right:  drug.esa: ongoing",
)  # fmt: skip
START_OF_NO_HISTORY = Kind(
    "E0443", "start-of-no-history", "error", "`{name}` has no first day",
    "Only a `history` goes on since a day. In an example it is `ongoing since` that day.\n\n"
    "Wrong:  data drug.esa \"ESA\" : boolean   (and then: drug.esa: ongoing since 2026-01-02)\n"
    "Right:  data drug.esa \"ESA\" : history",
)  # fmt: skip
HALF_LIFE_MISSING = Kind(
    "E0444", "half-life-missing", "error", "`{name}` states no half-life",
    "A time in half-lives is counted by the half-life that the history of a medicine states, in "
    "hours, days or weeks.\n\n"
    "Wrong:  data drug.rituximab \"Rituximab\" : history   (and then: drug.rituximab within 5 "
    "half-lives before as_of)\n"
    "Right:  data drug.rituximab \"Rituximab\" : history {{ half_life: 22 days }}",
)  # fmt: skip
SHORT_WASHOUT = Kind(
    "W0445", "short-washout", "warning",
    "{days} are less than 5 half-lives of `{name}` ({needed}): some of it is still there",
    "After five half-lives about 97 % of a medicine have left the body. A washout that is "
    "shorter may be meant; then nothing is wrong.\n\n"
    "Wrong:  drug.rituximab within 30 days before as_of   (half-life 22 days)\n"
    "Right:  drug.rituximab within longer of (30 days, 5 half-lives) before as_of",
)  # fmt: skip
NO_LIMIT_OF_NORMAL = Kind(
    "E0446", "no-limit-of-normal", "error", "`{name}` states no {side} limit of normal",
    "Multiples of the limit of normal (xULN, xLLN) and `in normal range` compare an element with "
    "the limits that it states, or with those of the laboratory: elements of their own.\n\n"
    "Wrong:  data lab.alat \"ALT\" : quantity [U/L]   (and then: lab.alat > 3 xULN)\n"
    "Right:  data lab.alat \"ALT\" : quantity [U/L] {{ normal: at most 40 U/L }}",
)  # fmt: skip
LIMIT_OF_NORMAL = Kind(
    "E0447", "limit-of-normal", "error", "`{name}` cannot be a limit of normal of `{element}`",
    "A limit of normal is a number, an element, or a derived number, in a unit of the element.\n\n"
    "Wrong:  normal: ssc.onset .. lab.k.uln\n"
    "Right:  normal: lab.k.lln .. lab.k.uln",
)  # fmt: skip
SEVERAL_MEASUREMENTS = Kind(
    "E0448", "several-measurements", "error",
    "`{name}` is measured {count} times: the rule does not say which of them it means",
    "What is measured several times is no single number. Say what of it is compared.\n\n"
    "Wrong:  exclude when ecg.qtc > 470 ms\n"
    "Right:  exclude when mean of ecg.qtc > 470 ms   (or: at least 2 of ecg.qtc > 470 ms)",
)  # fmt: skip
ONE_MEASUREMENT = Kind(
    "E0449", "one-measurement", "error", "`{name}` is measured once",
    "Only what is measured several times has a mean, a highest and a latest one.\n\n"
    "Wrong:  data ecg.qtc \"QTc\" : quantity [ms]   (and then: mean of ecg.qtc > 470 ms)\n"
    "Right:  data ecg.qtc \"QTc\" : quantity [ms] {{ measurements: 3 }}",
)  # fmt: skip
NUMBER_OF_VALUES = Kind(
    "E0450", "number-of-values", "error",
    "`{name}` is measured {count}, but the number of values is {given}",
    "An example gives all measurements in their order, or single ones by their numbers.\n\n"
    "Wrong:  ecg.qtc: 470, 480 ms\n"
    "Right:  ecg.qtc: 470, 480, 475 ms",
)  # fmt: skip
DONE_PLACE = Kind(
    "E0451", "done-place", "error", "a number `of those done` stands by itself",
    "Which of the measurements were done is a table of its own, which explanations name.\n\n"
    "Wrong:  exclude when mean of ecg.qtc of those done > 470 ms\n"
    "Right:  derive qtc \"QTc\" [ms] = mean of ecg.qtc of those done",
)  # fmt: skip
TOO_MANY_DONE = Kind(
    "E0452", "too-many-done", "error",
    "{count} measurements cannot be told apart by which were done: {most} are the most",
    "Every combination of what was done is a case of its own.\n\n"
    "Wrong:  mean of bp.systolic of those done   (of 8 measurements)\n"
    "Right:  mean of bp.systolic   (or: latest of bp.systolic of those done)",
)  # fmt: skip
CONFIRMED_FORM = Kind(
    "E0453", "confirmed-form", "error",
    "`confirmed after` asks for a comparison of two measurements",
    "Of an element with `measurements: 2`, both must fulfil the comparison, the second so long "
    "after the first.\n\n"
    "Wrong:  data gfr \"GFR\" : quantity [mL/min] {{ measurements: 3 }}   (and then: gfr < 60 "
    "mL/min confirmed after at least 3 months)\n"
    "Right:  data gfr \"GFR\" : quantity [mL/min] {{ measurements: 2 }}",
)  # fmt: skip
NEAR_NO_LIMIT = Kind(
    "E0454", "near-no-limit", "error",
    "`{name}` may be repeated near its limit, and here is none that is fixed",
    "Whether a retest counts depends on how near to the limit the first value was. That is known "
    "only where the element is compared with a fixed number.\n\n"
    "Wrong:  retest: once within 10 % of the limit   (and then: lab.hb > 2 * lab.hb_before)\n"
    "Right:  lab.hb > 11 g/dL",
)  # fmt: skip
TWO_UNITS = Kind(
    "E0455", "two-units", "error", "`{first}` is {converted}, not `{second}`",
    "A limit that a text prints in two units is the first of them; the second must be the same, "
    "rounded to the digits that are printed.\n\n"
    "Wrong:  lab.glucose >= 126 mg/dL (7.1 mmol/L)\n"
    "Right:  lab.glucose >= 126 mg/dL (7.0 mmol/L)",
)  # fmt: skip
PERCENT_OF_PERCENT = Kind(
    "E0456", "percent-of-percent", "error",
    "`{amount}` of an element in percent can be percent of it or percentage points",
    "From 40 % to 30 % is a fall by 10 percentage points, or by a quarter.\n\n"
    "Wrong:  echo.lvef falls by at least 10 % from echo.lvef_before\n"
    "Right:  echo.lvef_before - echo.lvef >= 10 %   (or: echo.lvef <= 0.9 * echo.lvef_before)",
)  # fmt: skip
CHANGE_AMOUNT = Kind(
    "E0457", "change-amount", "error", "a change by {amount} is none",
    "The direction is said by `falls` and `rises`, the amount is above zero.\n\n"
    "Wrong:  lab.hb falls by at least -2 g/dL from lab.hb_before\n"
    "Right:  lab.hb rises by at least 2 g/dL from lab.hb_before",
)  # fmt: skip
OUTSIDE_POPULATION = Kind(
    "W0458", "outside-population", "warning",
    "`{name}` was made for {population}, and the criteria admit others: {case}",
    "A formula says something of those of whom it was made. The criteria must restrict the trial "
    "to them where it is used.\n\n"
    "Wrong:  inclusion gfr ... {{ require ckd.gfr >= 60 mL/min/1.73m2 }}   (no criterion of age)\n"
    "Right:  inclusion adult ... {{ require demo.age >= 18 years }}",
)  # fmt: skip
