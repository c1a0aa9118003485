"""E0623 to E0629: what is given how often, in which parts, at whose choice; what is measured."""

from trialc.diagnostics.diagnostic import Kind

DAYS_OF_CYCLE = Kind(
    "E0623", "days-of-cycle", "error", "{what}",
    "`on days 1, 8, 15 of every 28 days` counts the first day of each cycle as day 1. Each day is "
    "written once, in the order of time.\n\n"
    "Wrong:  on days 1, 8, 28 of every 21 days\n"
    "Right:  on days 1, 8, 15 of every 21 days",
)  # fmt: skip
DOSE_PARTS = Kind(
    "E0624", "dose-parts", "error", "{what}",
    "A dose of several parts says for each of them at which time of the day it is given, or which "
    "substance of a combination it is.\n\n"
    "Wrong:  dose: 40 mg morning + 20 mg\n"
    "Right:  dose: 40 mg morning + 20 mg evening     dose: 160 mg trimethoprim + 800 mg sulfa",
)  # fmt: skip
TIMES_A_DAY = Kind(
    "E0625", "times-a-day", "error",
    "the dose of `{drug}` has {times} times of a day, and its frequency is {frequency}",
    "The times of a day say how often it is given; a frequency beside them must say the same.\n\n"
    "Wrong:  dose: 40 mg morning + 20 mg evening  frequency: once daily\n"
    "Right:  dose: 40 mg morning + 20 mg evening  frequency: twice daily   (or no frequency)",
)  # fmt: skip
CHOICE = Kind(
    "E0626", "choice-of-treatments", "error", "{what}",
    "An intervention that is `one_of` several is only the choice: each of those that can be chosen "
    "is declared, with its own dose, route and frequency.\n\n"
    "Wrong:  intervention chemo ... {{ one_of: docetaxel, vinflunine  dose: 75 mg/m2 }}\n"
    "Right:  intervention chemo ... {{ one_of: docetaxel, vinflunine }}",
)  # fmt: skip
CHOOSER_MASKED = Kind(
    "E0627", "chooser-masked", "error", "`{role}` is masked, and chooses what is given as `{drug}`",
    "Whoever chooses a treatment for a participant knows which arm it is for.\n\n"
    "Wrong:  chosen_by: investigator     masked: investigator\n"
    "Right:  chosen_by: pharmacist       masked: investigator",
)  # fmt: skip
NOT_MEASURED_THERE = Kind(
    "E0628", "not-measured-there", "error",
    "endpoint `{endpoint}` needs `{name}` at `{visit}`, and no activity collects it there",
    "What an endpoint compares must have been collected, at the baseline as at the visit of the "
    "endpoint.\n\n"
    "Wrong:  measure: change in lab.hb from D1 to W24     (and lab.hb is collected at D1 only)\n"
    "Right:  activity blood \"Blood count\" at D1, W24 {{ collects: lab.hb }}",
)  # fmt: skip
TIME_FRAME = Kind(
    "E0629", "time-frame", "error", "{what}",
    "A time frame goes from a visit to a later one; a change goes from the baseline to a later "
    "visit, which lies within the time frame.\n\n"
    "Wrong:  time_frame: W24 to D1\n"
    "Right:  time_frame: D1 to W24",
)  # fmt: skip
