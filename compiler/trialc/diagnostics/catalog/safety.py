"""E048x and E082x: what would let a step of the trial through, or a value, that must not pass."""

from trialc.diagnostics.diagnostic import Kind

UNKNOWN_COHORT = Kind(
    "E0822", "unknown-cohort", "error", "no cohort is called `{cohort}`",
    "A gate that looks at a cohort by its name looks at the participants whom a log lists under "
    "exactly this name. A name that nothing declares may be a slip of the finger: the set is then "
    "always empty, and `at most 2 participants` are true of it whatever happens. So a cohort that "
    "is named in a gate is declared as a population. A dose level is looked at as `level "
    "NAME`.\n\n"
    "Wrong:  count of participants in cohort frist given first_dose < 3\n"
    "Right:  population first \"First cohort\" {{ kind: cohort }}\n"
    "        ... count of participants in cohort first given first_dose < 3",
)  # fmt: skip
