"""E0583 to E0587: days that are called by their number."""

from trialc.diagnostics.diagnostic import Kind

NO_FIRST_DAY = Kind(
    "E0583", "no-first-day", "error",
    "`{day}` has no date: no visit says whether the first day is day 0 or day 1",
    "Some texts count from day 0, most from day 1, and no day 0 stands before it. The same number "
    "is then another date, so the anchor says what its own day is called.\n\n"
    "Wrong:  visit D1 \"Baseline\" anchor            visit W2 \"Day 15\" at day 15\n"
    "Right:  visit D1 \"Baseline\" anchor day 1      visit W2 \"Day 15\" at day 15",
)  # fmt: skip
NO_DAY_0 = Kind(
    "E0584", "no-day-0", "error", "there is no day 0 here: `{anchor}` is day 1",
    "Where the first day is day 1, the day before it is day -1.\n\n"
    "Wrong:  visit BASE \"Baseline\" at day 0         (and visit D1 \"Day 1\" anchor day 1)\n"
    "Right:  visit BASE \"Baseline\" at day -1",
)  # fmt: skip
FIRST_DAY = Kind(
    "E0585", "first-day", "error", "a first day is day 0 or day 1, not day {number}",
    "The anchor is the day from which the trial counts. A visit on a later day is no anchor: it is "
    "counted from one.\n\n"
    "Wrong:  visit D8 \"Day 8\" anchor day 8\n"
    "Right:  visit D1 \"Day 1\" anchor day 1     visit D8 \"Day 8\" at day 8",
)  # fmt: skip
DAY_NOT_THERE = Kind(
    "E0586", "day-not-there", "error",
    "activity `{activity}` is to be done on day {day}: {why}",
    "`days` says on which days of a stay, or of another visit of several days, something is done. "
    "Each lies within one of the visits of the activity.\n\n"
    "Wrong:  visit STAY \"Stay\" from day 1 to day 5  activity pk \"PK\" at STAY {{ days: 1, 7 }}\n"
    "Right:  visit STAY \"Stay\" from day 1 to day 7  activity pk \"PK\" at STAY {{ days: 1, 7 }}",
)  # fmt: skip
CALLED_OTHERWISE = Kind(
    "W0587", "called-otherwise", "warning",
    "visit `{visit}` is called Day {title}, and takes place on day {day}",
    "Whoever reads the title would come on another day. There is no day 0 before day 1.\n\n"
    "Wrong:  visit W2 \"Day 15\" at day 14\n"
    "Right:  visit W2 \"Day 15\" at day 15",
)  # fmt: skip
