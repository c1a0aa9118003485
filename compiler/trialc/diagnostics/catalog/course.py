"""E0569 to E0589: the course of a participant: what visits are counted from, what is done when."""

from trialc.diagnostics.diagnostic import Kind

NO_DOSE = Kind(
    "E0569", "no-last-dose", "error", "nothing is given here, so there is no last dose",
    "A visit may be counted from the last dose of an occasion or an intervention, or of whatever "
    "is given. No arm gives any.\n\n"
    "Wrong:  visit FU \"Follow-up\" at last dose + 30 days     (and no arm)\n"
    "Right:  arm one \"One\" experimental {{ give drug as dose_1 at D1 }}",
)  # fmt: skip
ANCHOR_WINDOW = Kind(
    "E0570", "later-anchor-window", "error",
    "`{visit}` is a day 0 of its own: there is no planned day to lay a window around",
    "Other visits are counted from the day on which it takes place, whenever that is. How long "
    "after another visit it may be is said by a span.\n\n"
    "Wrong:  visit R2 \"Second randomisation\" anchor after M0 window -3 days .. +3 days\n"
    "Right:  visit R2 \"Second randomisation\" anchor after M0",
)  # fmt: skip
