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
DESIGN_CONTRADICTED = Kind(
    "W0661", "design-contradicted", "warning",
    "the title page says `{said}`, and {found}",
    "The title page is registered, and read by people who read nothing else. What it says of "
    "allocation and model is what the arms and the randomisation do.\n\n"
    "Wrong:  allocation: non_randomised     and a `randomisation`\n"
    "Right:  allocation: randomised         and a `randomisation`",
)  # fmt: skip
NEAR_HAPPENING = Kind(
    "W0662", "near-happening", "warning",
    "\"{one}\" and \"{other}\" read like one happening, and are two",
    "What happens is known by its words: two wordings are two happenings, and whoever gives the "
    "day of one has not given that of the other.\n\n"
    "Wrong:  until \"the end of study\"         visit EOS \"End\" at \"the end of the study\"\n"
    "Right:  until \"the end of the study\"     visit EOS \"End\" at \"the end of the study\"",
)  # fmt: skip
