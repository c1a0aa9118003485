"""E048x and E082x: what would let a step of the trial through, or a value, that must not pass."""

from trialc.diagnostics.diagnostic import Kind

RETEST_UNREAD = Kind(
    "W0480", "retest-unread", "warning",
    "`{name}` may be measured again, and no rule reads which one counts",
    "A retest says which measurement a rule reads: the latest one. Where no rule reads any, "
    "it changes nothing, and often the rule that should read it was forgotten, or reads another "
    "element by mistake.\n\n"
    "Wrong:  data lab.hb \"Haemoglobin\" : quantity [g/dL] {{ retest: once }}, read by no rule\n"
    "Right:  inclusion hb [1] \"Haemoglobin\" {{ require lab.hb >= 9 g/dL }}",
)  # fmt: skip
WORST_ESCALATES = Kind(
    "E0823", "worst-escalates", "error",
    "after {worst}, everybody treated, the next step is to escalate",
    "Where every participant of a level had the toxicity, nobody would give more. A row that reads "
    "`otherwise`, or a limit of the share, may reach this outcome without being meant for it. A "
    "row in whole numbers is taken to mean it, with a warning (W0824).\n\n"
    "Wrong:  table {{ 0 of 3: escalate  1 of 3: stay  otherwise: escalate }}\n"
    "Right:  table {{ 0 of 3: escalate  1 of 3: stay  otherwise: eliminate }}",
)  # fmt: skip
TOXICITY_IGNORED = Kind(
    "W0824", "toxicity-ignored", "warning",
    "after {worst}, everybody treated, the next step is to escalate: the toxicity decides nothing",
    "A dose goes up whatever happened in the cohort. If the protocol says so, another rule must "
    "watch over it: a gate with a committee, or a stopping rule.\n\n"
    "Wrong:  table {{ 0 .. 3 of 3: escalate }}\n"
    "Right:  table {{ 0 .. 1 of 3: escalate  2 .. 3 of 3: eliminate }}",
)  # fmt: skip
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
