"""E0813 onward: dose levels, and who is treated at them."""

from trialc.diagnostics.diagnostic import Kind

MISPLACED_GROUP = Kind(
    "E0813", "misplaced-group", "error",
    "trial test `{test}` treats participants where `{escalation}` cannot have brought them: {why}",
    "An escalation begins at its first level, skips none, and treats nobody at a level that was "
    "eliminated before, or after it stopped. A log that says otherwise is refused; so is a trial "
    "test.\n\n"
    "Wrong:  start: d200   given cohort first at level d400 of 3 participants ...\n"
    "Right:  start: d200   given cohort first at level d200 of 3 participants ...",
)  # fmt: skip
DOSES_FALL = Kind(
    "E0814", "doses-fall", "error",
    "the dose of `{drug}` falls from `{lower}` ({less}) to `{higher}` ({more})",
    "`levels` go from the lowest dose to the highest: `escalate` means the next one of the list. "
    "Where they stand in the wrong order, or their doses are swapped, going down gives more.\n\n"
    "Wrong:  levels: d400, d200\n"
    "Right:  levels: d200, d400",
)  # fmt: skip
LEVEL_WITHOUT_DOSE = Kind(
    "W0815", "level-without-dose", "warning", "the dose level `{level}` says no dose",
    "A level says how much of what is given at it. Without a dose nobody can see, and no check can "
    "tell, whether the next level is a higher one.\n\n"
    "Wrong:  level d200 \"200 mg\"\n"
    "Right:  level d200 \"200 mg\" {{ dose of drug: 200 mg }}",
)  # fmt: skip
LEVEL_NOT_LISTED = Kind(
    "W0816", "level-not-listed", "warning", "the dose level `{level}` is in no escalation",
    "No course leads to a level that no escalation lists.\n\n"
    "Wrong:  levels: d200, d400     with level d600 declared, too\n"
    "Right:  levels: d200, d400, d600",
)  # fmt: skip
TWO_DOSES = Kind(
    "E0817", "two-doses", "error",
    "`{drug}` has the dose {dose} here, and that of the dose level in `{level}`",
    "What depends on the level of a participant is said in the levels only. With a second dose, "
    "documents and sites could go by either.\n\n"
    "Wrong:  intervention drug \"Drug\" {{ type: drug  dose: 250 mg }}\n"
    "Right:  intervention drug \"Drug\" {{ type: drug }}",
)  # fmt: skip
TOXICITY_NOT_REVIEWED = Kind(
    "E0818", "toxicity-not-reviewed", "error",
    "`{escalation}` needs the absence of `{event}` attested, {why}",
    "A cohort is decided when each of its participants had the toxicity, or was free of it through "
    "the whole window. Where no visit looks for it when the window ends, toxicities at its end are "
    "missed, or no step is ever due.\n\n"
    "Wrong:  toxicity dlt within 28 days after first_dose, and dlt is reviewed at D1 only\n"
    "Right:  activity safety \"Safety\" at D1, D29 {{ reviews: dlt }}",
)  # fmt: skip
ESCALATION_ASKED = Kind(
    "E0819", "escalation-asked", "error",
    "a gate cannot ask the escalation `{escalation}` for a step",
    "A step of an escalation holds on a day and is over on the next. What a gate can wait for is "
    "how the escalation ends, what it counts, or a decision.\n\n"
    "Wrong:  opens when plan = declare\n"
    "Right:  opens when plan has declared MTD",
)  # fmt: skip
SAME_DOSES = Kind(
    "W0820", "same-doses", "warning", "`{lower}` and `{higher}` have the same doses",
    "`escalate` from the one to the other changes nothing that the levels say.\n\n"
    "Wrong:  level d400 \"400 mg\" {{ dose of drug: 200 mg }}\n"
    "Right:  level d400 \"400 mg\" {{ dose of drug: 400 mg }}",
)  # fmt: skip
