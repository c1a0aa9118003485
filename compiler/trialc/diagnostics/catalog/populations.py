"""E032x to E034x: who is asked about: populations, what a failure means, quotas."""

from trialc.diagnostics.diagnostic import Kind

CHOICE_TAKEN = Kind(
    "E0326", "population-name-taken", "error",
    "`{name}` is the choice between the populations, and declared here a second time",
    "Where a protocol declares populations, a record says by `population` (or by "
    "`population.country`, `population.part` where there are several kinds) which of them the "
    "participant is looked at for. The compiler declares that element itself.\n\n"
    'Wrong:  data population "Population" : choice {{adult, child}}   '
    '(and then: population adult "Adults")\n'
    'Right:  population adult "Adults"',
)  # fmt: skip
NO_KIND = Kind(
    "E0327", "population-kind", "error",
    "population `{name}` does not say of which kind it is, and others do",
    "A participant is of one population of each kind: of one country and of one part of the "
    "trial. So as soon as populations are of several kinds, each of them says of which.\n\n"
    'Wrong:  population uganda "Uganda" {{ kind: country }}   population expansion "Expansion"\n'
    "Right:  population uganda \"Uganda\" {{ kind: country }}   "
    'population expansion "Expansion" {{ kind: part }}',
)  # fmt: skip
NO_CRITERIA = Kind(
    "W0328", "population-without-criteria", "warning", "no criterion is asked for `{name}`",
    "Whoever is looked at for a population without criteria is eligible for it. That is seldom "
    "meant; a later randomisation (`kind: entry`) has criteria of its own, too.\n\n"
    'Wrong:  population once_daily "Once daily" {{ kind: entry }}   (and no criterion for it)\n'
    'Right:  inclusion on_treatment [1] "On ART for 36 weeks" for once_daily {{ ... }}',
)  # fmt: skip
STAGE_ELSEWHERE = Kind(
    "E0329", "stage-of-no-population", "error",
    "`{name}` is assessed at {visits}, where nobody is looked at for `{population}`",
    "A population that says where its criteria are assessed is looked at nowhere else. A criterion "
    "that is for it and assessed at other visits would never be asked.\n\n"
    "Wrong:  population once_daily \"...\" {{ assessed: W36 }}   "
    "exclusion ... for once_daily {{ assessed: SCREEN }}\n"
    "Right:  exclusion ... for once_daily {{ assessed: W36 }}",
)  # fmt: skip
PERCENTAGE = Kind(
    "E0330", "share-of-participants", "error", "{share} is no share of the participants",
    "A share of the participants is above 0 % and at most 100 %.\n\n"
    "Wrong:  cap: 110 %\n"
    "Right:  cap: 10 %",
)  # fmt: skip
RECHECK_OF_FINAL = Kind(
    "E0331", "recheck-of-final", "error", "only a temporary failure is asked again",
    "`recheck` says when a criterion that somebody does not pass is asked again. Where the failure "
    "is final, or where nobody says what it means, there is nothing to ask again.\n\n"
    "Wrong:  failure: final   recheck: after 28 days\n"
    "Right:  failure: temporary   recheck: after 28 days",
)  # fmt: skip
FOREGONE_QUOTA = Kind(
    "W0332", "foregone-quota", "warning", "{who} who is eligible is counted by `{name}`",
    "A quota says how many of the participants may, or must, be such. Where the criteria admit "
    "nobody whom it counts, or only those, it asks for what cannot be, or for nothing.\n\n"
    "Wrong:  exclusion minor [1] \"Minor\" {{ exclude when demo.age < 18 years }}   "
    "quota minors \"Minors\" = demo.age < 18 years at most 10 %\n"
    "Right:  quota young \"Below 30\" = demo.age < 30 years at most 10 %",
)  # fmt: skip
NOTHING_TO_VARY = Kind(
    "E0333", "nothing-to-vary", "error", "`{name}` {why}, so that it cannot vary",
    "`varies` puts another rule in the place of a criterion for some of the populations that it is "
    "asked for. Where it is for none of them, there is nothing to replace; where it is for no "
    "others, the criterion itself is to be changed.\n\n"
    "Wrong:  varies age for uganda {{ ... }}   (and `age` is for zimbabwe)\n"
    "Right:  inclusion age [1] \"Age\" for uganda, zimbabwe {{ ... }}   "
    "varies age for uganda {{ ... }}",
)  # fmt: skip
LOOKED_AT_LATE = Kind(
    "E0334", "looked-at-after-entry", "error",
    "{what} assessed at {visits}, after `{randomisation}` at `{at}`",
    "Whoever is randomised is known to be eligible by then. The criteria of a population are "
    "assessed before, or at, the randomisation that it is for (`population: ...` in the "
    "randomisation says which).\n\n"
    "Wrong:  population once_daily \"...\" {{ kind: entry  assessed: W48 }}   "
    "randomisation second \"...\" {{ at: W36  population: once_daily  ratio: a 1, b 1 }}\n"
    "Right:  population once_daily \"...\" {{ kind: entry  assessed: W36 }}",
)  # fmt: skip
TWO_LIMITS = Kind(
    "W0335", "two-limits", "warning",
    "the quota `{quota}` says {one}, and `{randomisation}` at most {other} of the same people",
    "A quota, and the `cap` of a randomisation, that are about one group limit the same. Where "
    "they differ, only the smaller one can be reached; one of them is a slip.\n\n"
    "Wrong:  quota elderly \"Elderly\" = older at most 10 %   "
    "randomisation r \"R\" {{ ratio: a 1, b 1  cap: 20 % of older }}\n"
    "Right:  quota elderly \"Elderly\" = older at most 10 %   "
    "randomisation r \"R\" {{ ratio: a 1, b 1 }}",
)  # fmt: skip
