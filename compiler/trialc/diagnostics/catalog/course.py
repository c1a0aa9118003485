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
ARM_TOO_EARLY = Kind(
    "E0571", "arm-too-early", "error",
    "{what} is for {arms} only, before anybody is randomised into it",
    "What is done for some arms can only be done when participants are in them.\n\n"
    "Wrong:  visit SCREEN \"Screening\" at D1 - 7 days for active     (randomised at D1)\n"
    "Right:  visit W1 \"Week 1\" at D1 + 7 days for active",
)  # fmt: skip
ARM_NOT_THERE = Kind(
    "E0572", "arm-not-there", "error",
    "arm `{arm}` is given `{occasion}` at `{visit}`, where {what} for {arms} only",
    "What an arm is given needs a visit that takes place for it, and an activity that gives it.\n\n"
    "Wrong:  visit W8 \"Week 8\" at D1 + 8 weeks for a     (and arm b gives drug as dose_2 at W8)\n"
    "Right:  visit W8 \"Week 8\" at D1 + 8 weeks for a, b",
)  # fmt: skip
FOR_NOBODY = Kind(
    "E0573", "done-for-nobody", "error",
    "activity `{activity}` is for {ours}, and `{visit}` for {theirs}: no participant is in both",
    "An activity that is for some arms takes place at visits of these arms.\n\n"
    "Wrong:  visit W8 \"Week 8\" ... for a     activity ecg \"ECG\" at W8 for b\n"
    "Right:  activity ecg \"ECG\" at W8",
)  # fmt: skip
ORDER_CIRCLE = Kind(
    "E0574", "circular-order", "error",
    "the order of what is done at `{visit}` goes in a circle: {path}",
    "`after`, `before` and a binding order of the text say together what is done first. In a "
    "circle nothing is.\n\n"
    "Wrong:  activity a ... {{ after: b }}     activity b ... {{ after: a }}\n"
    "Right:  activity a ... {{ after: b }}     activity b ...",
)  # fmt: skip
SPAN_BACKWARDS = Kind(
    "E0575", "span-backwards", "error",
    "activity `{activity}` goes on from `{first}` to `{last}`, which does not come after it",
    "What goes on continuously begins at one visit and ends at a later one. Unscheduled visits "
    "come after all others.\n\n"
    "Wrong:  activity ae \"Adverse events\" from ET to SCREEN\n"
    "Right:  activity ae \"Adverse events\" from SCREEN to ET",
)  # fmt: skip
WIDE_TOLERANCE = Kind(
    "W0576", "wide-tolerance", "warning",
    "within {tolerance}, what is due at `{first}` may be later than what is due at `{second}`",
    "Of two samples nobody could say which is which. The tolerance is at most half of the shortest "
    "time between two of them, or it is a share of the time.\n\n"
    "Wrong:  timepoints: 5 min, 10 min, 1 h   tolerance: 5 min\n"
    "Right:  timepoints: 5 min, 10 min, 1 h   tolerance: 2 min",
)  # fmt: skip
STALE_REUSE = Kind(
    "E0577", "reuse-too-old", "error",
    "a result of `{name}` is reused for {reuse}, and valid for {valid}",
    "A result that may be reused must still be valid, or the verdict is undetermined although "
    "nothing is asked again.\n\n"
    "Wrong:  data lab.hb ... {{ valid: 14 days }}     reuse if within 28 days\n"
    "Right:  data lab.hb ... {{ valid: 28 days }}     reuse if within 28 days",
)  # fmt: skip
ORDER_APART = Kind(
    "E0578", "order-apart", "error",
    "activities `{one}` and `{other}` are at no visit together, so neither is {word} the other",
    "`after` and `before` say what is done first at one visit.\n\n"
    "Wrong:  activity blood \"Blood\" at M1 {{ after: ecg }}     activity ecg \"ECG\" at M0\n"
    "Right:  activity blood \"Blood\" at M1 {{ after: ecg }}     activity ecg \"ECG\" at M0, M1",
)  # fmt: skip
