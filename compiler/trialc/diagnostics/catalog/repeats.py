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
GOES_ON_UNSEEN = Kind(
    "I0581", "goes-on-unseen", "info",
    "`{occasion}` is given {end}, and the schedule shows it at `{visit}` only",
    "The schedule of activities is made of activities. What an arm gives for some time is seen "
    "there at the visits that an activity names.\n\n"
    "Wrong:  give drug as treatment at C1 until \"progression\"     "
    "activity dosing \"Dosing\" at C1 {{ gives: treatment }}\n"
    "Right:  activity dosing \"Dosing\" at C1, CYCLE {{ gives: treatment }}",
)  # fmt: skip
GOES_ON_OTHERWISE = Kind(
    "W0582", "goes-on-otherwise", "warning",
    "`{occasion}` is given {length} from `{visit}`, and activity `{activity}` gives it {place}",
    "How long something is given is said in the arm, and shown by the visits of the activity that "
    "gives it; both must agree. Visits that may be in time by their windows do.\n\n"
    "Wrong:  give drug as treatment at D1 for 28 days     "
    "activity dosing \"Dosing\" from D1 to D7 {{ gives: treatment }}\n"
    "Right:  activity dosing \"Dosing\" from D1 to D28 {{ gives: treatment }}",
)  # fmt: skip
