"""E0660 to W0669: gates, stages, messages and what documents say of them."""

from trialc.diagnostics.diagnostic import Kind

COMPLETED_UNITS = Kind(
    "W0660", "completed-units", "warning",
    "`{name}` goes on counting between birthdays: `{text}` is no longer so of who is {last} and "
    "some days",
    "People state their age in completed years or months: they are 59 months old until the day on "
    "which they become 60. `months from` a date of birth counts the days as well, so that a range "
    "or a limit that ends at 59 months ends on the day on which these are completed.\n\n"
    "Wrong:  derive age \"Age\" [month] = months from birth to as_of   require age in 24 .. 59 "
    "months\n"
    "Right:  require age >= 24 months and age < 60 months",
)  # fmt: skip
