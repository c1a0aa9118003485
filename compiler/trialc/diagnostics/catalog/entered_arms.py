"""E0650 to E0659: who is given what, how long, and how participants change arms."""

from trialc.diagnostics.diagnostic import Kind

ENTERED_AND_RANDOMISED = Kind(
    "E0650", "entered-and-randomised", "error",
    "participants are randomised into arm `{arm}`, and enter it from another one",
    "What an arm gives is counted from one beginning. Those who come later, after an event, are "
    "given it at visits of their own: that is another arm.\n\n"
    "Wrong:  ratio: drug 1, control 1     (and arm drug ... {{ entered from control at X1 }})\n"
    "Right:  arm drug_later ... {{ entered from control at X1  give drug as dose_x at X1 }}",
)  # fmt: skip
ENTRY_CIRCLE = Kind(
    "E0651", "entry-circle", "error", "participants enter arm `{arm}` from itself",
    "Participants come into such an arm from one into which they were randomised.\n\n"
    "Wrong:  arm later ... {{ entered from later at X1 }}\n"
    "Right:  arm later ... {{ entered from control at X1 }}",
)  # fmt: skip
GIVEN_BEFORE_ENTRY = Kind(
    "E0652", "given-before-entry", "error",
    "`{occasion}` is given at `{visit}`, before anybody enters arm `{arm}` at `{entry}`",
    "Who enters an arm is given what it gives from then on.\n\n"
    "Wrong:  entered from control at X1     give drug as dose_x at D1     (X1 is later)\n"
    "Right:  entered from control at X1     give drug as dose_x at X1",
)  # fmt: skip
GIVEN_NOTHING = Kind(
    "W0653", "given-nothing", "warning",
    "`{owner}` does not say what is given as `{occasion}` {case}",
    "Where everything that an occasion gives has a condition, a participant of whom none of them "
    "holds would be given nothing. If that is meant, it is said.\n\n"
    "Wrong:  give a as drug at D1 when choice = a     (choice: {{a, b}})\n"
    "Right:  give a as drug at D1 when choice = a     give b as drug at D1 when choice = b",
)  # fmt: skip
GIVEN_BOTH = Kind(
    "W0654", "given-both", "warning",
    "`{owner}` gives both `{first}` and `{second}` as `{occasion}` when {case}",
    "Conditions at an occasion say which of several things is given. Where two of them hold "
    "together, a participant is given both.\n\n"
    "Wrong:  give low as drug at D1 when age >= 65 years     "
    "give high as drug at D1 when age <= 65 years\n"
    "Right:  give low as drug at D1 when age >= 65 years     "
    "give high as drug at D1 when age < 65 years",
)  # fmt: skip
CYCLE_UNKNOWN = Kind(
    "E0655", "cycle-unknown", "error", "nothing says how long a cycle of `{intervention}` is",
    "A cycle is as long as the frequency of what is given: `frequency: every 3 weeks`.\n\n"
    "Wrong:  intervention drug ... {{ frequency: once daily }}     "
    "give drug as course at C1 for 4 cycles\n"
    "Right:  intervention drug ... {{ frequency: every 3 weeks }}     "
    "give drug as course at C1 for 4 cycles",
)  # fmt: skip
UNTIL_NO_DAY = Kind(
    "E0656", "until-no-day", "error", "the repeats until {last} cannot be counted: {why}",
    "`until week 48` is counted from day 0: the visit is counted from it, and its distance, its "
    "steps and the last one have one unit.\n\n"
    "Wrong:  visit IMG \"Imaging\" at D1 + 21 weeks every 60 days until week 48\n"
    "Right:  visit IMG \"Imaging\" at D1 + 21 weeks every 9 weeks until week 48",
)  # fmt: skip
COHORT_GUARD = Kind(
    "E0658", "cohort-guard", "error",
    "gate `{gate}` is asked per {per}, and stands before what is given in a cohort",
    "Only a gate per cohort is asked for a cohort.\n\n"
    "Wrong:  gate g \"Older ones\" per trial {{ guards give dose_1 in cohort older ... }}\n"
    "Right:  gate g \"Older ones\" per cohort {{ guards give dose_1 in cohort older ... }}",
)  # fmt: skip
NO_REPEAT_AT_MOST = Kind(
    "E0657", "no-repeat-at-most", "error", "at most 0 times is never",
    "The number says how often a visit, or what is done at it, takes place at most.\n\n"
    "Wrong:  visit C \"Cycle\" at D1 + 21 days every 21 days at most 0 times until "
    "\"progression\"\n"
    "Right:  visit C \"Cycle\" at D1 + 21 days every 21 days at most 34 times until "
    "\"progression\"",
)  # fmt: skip
NOT_BEFORE = Kind(
    "E0659", "not-before", "error", "the gate `{gate}` does not stand before {what}",
    "A gate that says in which cohorts, or before which blocks, it holds something has no state "
    "for others.\n\n"
    "Wrong:  guards give dose_1 in cohort younger     "
    "expect g open on 2027-03-01 for cohort older\n"
    "Right:  guards give dose_1 in cohort younger     "
    "expect g open on 2027-03-01 for cohort younger",
)  # fmt: skip
