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
