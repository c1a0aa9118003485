"""E0579 to E0589: what is counted from a repeated visit, and what goes on between visits."""

from trialc.diagnostics.diagnostic import Kind

REPEAT_IN_REPEAT = Kind(
    "E0579", "repeat-in-repeat", "error",
    "this visit is counted from `{base}`, which is repeated, and is repeated itself",
    "A visit that is counted from a repeated one takes place once for each of its repeats. A "
    "repeat inside a repeat would have dates that nobody can name.\n\n"
    "Wrong:  visit D8 \"Day 8\" at CYCLE + 7 days every 7 days 2 times\n"
    "Right:  visit D8 \"Day 8\" at CYCLE + 7 days     visit D15 \"Day 15\" at CYCLE + 14 days",
)  # fmt: skip
WHICH_REPEAT = Kind(
    "E0580", "which-repeat", "error",
    "`{visit}` is repeated, so it has many days of which one could be the earlier or later one",
    "`earlier of` and `later of` choose between days, each of which there is once.\n\n"
    "Wrong:  visit EOT \"End\" at later of (CYCLE + 7 days, last dose + 30 days)\n"
    "Right:  visit EOT \"End\" at last dose + 30 days",
)  # fmt: skip
