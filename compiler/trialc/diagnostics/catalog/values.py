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
