"""054x, 059x: sequences of periods, doses, titration, estimands, analyses."""

from trialc.diagnostics.diagnostic import Kind

PERIOD_MISSED = Kind(
    "E0539", "period-missed", "error", "sequence `{sequence}` gives nothing in period `{period}`",
    "A sequence says what is given in every period. Where a period is without treatment, that is "
    'an intervention, too: `intervention nothing "No treatment" {{ type: other }}`.\n\n'
    'Wrong:  sequence ab "A, then B" experimental {{ give a in p1 }}\n'
    'Right:  sequence ab "A, then B" experimental {{ give a in p1  give b in p2 }}',
)  # fmt: skip
PERIOD_TWICE = Kind(
    "E0540", "period-twice", "error", "sequence `{sequence}` has period `{period}` twice",
    "Each period has one line; what is given together in it stands on that line.\n\n"
    "Wrong:  give a in p1  give b in p1\n"
    "Right:  give a, b in p1   (or, if another period was meant: give b in p2)",
)  # fmt: skip
TREATMENT_LEFT_OUT = Kind(
    "W0541", "treatment-left-out", "warning", "sequence `{sequence}` never gives `{intervention}`",
    "In a crossover every participant gets every treatment, one after the other. A sequence that "
    "leaves one out is an incomplete block design, or a slip of the finger.\n\n"
    "Wrong:  give a in p1  give a in p2\n"
    "Right:  give a in p1  give b in p2",
)  # fmt: skip
UNBALANCED = Kind(
    "I0542", "sequences-unbalanced", "info", "the sequences are not balanced: {why}",
    "In a balanced crossover each treatment stands equally often in each period, and follows each "
    "other treatment equally often, so that neither time nor what was given before favours one. "
    "Other designs are possible; the analysis must then allow for it.\n\n"
    "For example:  ABC, BCA, CAB: B follows A twice, and A never follows B",
)  # fmt: skip
WASHOUT_SHORT = Kind(
    "W0543", "washout-short", "warning",
    "the washout before `{period}` is {washout}, 5 half-lives of `{intervention}` are {needed}",
    "After five half-lives about 3 % of a substance are left. What was given in the period before "
    "and is not given any more can still act in this one.\n\n"
    "Wrong:  half_life: 40 h   (and)   washout: 7 days\n"
    "Right:  half_life: 40 h   (and)   washout: 9 days",
)  # fmt: skip
PERIOD_ORDER = Kind(
    "E0544", "period-order", "error", "{what}",
    "Periods stand in the order of time. None ends before it begins, and none begins before the "
    "one above it has ended; one may begin at the visit where that ends.\n\n"
    'Wrong:  period p1 "One" from D1 to D8  period p2 "Two" from D7 to D14\n'
    'Right:  period p1 "One" from D1 to D7  period p2 "Two" from D8 to D14',
)  # fmt: skip
WASHOUT_DIFFERS = Kind(
    "W0545", "washout-differs", "warning", "the washout before `{period}` is {washout}, but {why}",
    "The visits at which periods end and begin say how long nothing is given between them. The "
    "stated washout should be the same: the days between, or the days from the last to the first."
    "\n\n"
    'Wrong:  period p1 "One" from D1 to D7  period p2 "Two" from D8 to D14 {{ washout: 7 days }}\n'
    'Right:  period p1 "One" from D1 to D7  period p2 "Two" from D15 to D21 {{ washout: 7 days }}',
)  # fmt: skip
DOSE_LIMIT = Kind(
    "E0546", "dose-limit", "error", "{what}",
    "`maximum` is the most that is given at a time; `rounded` says to a multiple of what a "
    "calculated dose is rounded, before it is compared with the maximum.\n\n"
    "Wrong:  dose: 1 g  maximum: 800 mg\n"
    "Right:  dose: 20 mg/kg of demo.weight  rounded: to 50 mg  maximum: 800 mg",
)  # fmt: skip
MAXIMUM_NOT_GIVEN = Kind(
    "W0547", "maximum-not-a-multiple", "warning",
    "the maximum {maximum} is no multiple of {step}, to which the dose is rounded",
    "What can be given comes in steps, of tablets or of marks on a syringe; the maximum is one of "
    "them, or it cannot be given.\n\n"
    "Wrong:  rounded: to 50 mg  maximum: 425 mg\n"
    "Right:  rounded: to 50 mg  maximum: 400 mg",
)  # fmt: skip
EVERYONE_WITHOUT_ARMS = Kind(
    "E0548", "everyone-without-arms", "error", "there is no arm that could be given this",
    "`everyone` says once what every arm gives, such as a run-in. A trial of one arm has an arm, "
    "too.\n\n"
    'Wrong:  everyone lead_in "Run-in" {{ give placebo as run_in at V1 }}   (and no arm)\n'
    'Right:  arm all "All" experimental {{ give drug as dose at V2 }}   (beside it)',
)  # fmt: skip
STEP_ORDER = Kind(
    "E0549", "step-order", "error", "the step {two} is not above the step {one}",
    "The steps of a dose stand from the least to the highest: a step up goes to the next one, a "
    "step down to the one before.\n\n"
    "Wrong:  steps: 30 mg, 15 mg, 60 mg\n"
    "Right:  steps: 15 mg, 30 mg, 60 mg",
)  # fmt: skip
MODIFICATION_GAP = Kind(
    "E0590", "modification-gap", "error", "this table does not say what to do when {report}",
    "After a report somebody has to know what to do with the next dose. The rows cover every "
    "report of the event that counts, or the last one is `otherwise`.\n\n"
    "Wrong:  first of {{ high: stop when event.grade = grade_4 }}\n"
    "Right:  first of {{ high: stop when event.grade = grade_4  low: continue otherwise }}",
)  # fmt: skip
MODIFICATION_OVERLAP = Kind(
    "E0591", "modification-overlap", "error", "`{first}` and `{second}` both hold when {report}",
    "In `unique of` no two rows ever hold together. Where the order decides, write `first of`.\n\n"
    "Wrong:  unique of {{ a: hold when event.grade in {{grade_3, grade_4}}  b: stop when "
    "event.grade = grade_4 }}\n"
    "Right:  first of {{ b: stop when event.grade = grade_4  a: hold otherwise }}",
)  # fmt: skip
REDUCE_WITHOUT_STEPS = Kind(
    "E0592", "reduce-without-steps", "error",
    "`{action}` goes one step down, and `{intervention}` has no steps",
    "A reduced dose is the step below. The intervention says which steps there are.\n\n"
    "Wrong:  intervention a \"A\" {{ type: drug dose: 60 mg }}\n"
    "Right:  intervention a \"A\" {{ type: drug steps: 15 mg, 30 mg, 60 mg }}",
)  # fmt: skip
RATIO_OF_GROUPS = Kind(
    "E0593", "ratio-of-groups", "error", "{what}",
    "Where groups of participants have ratios of their own, everybody belongs to one of them, or "
    "to all others, whose ratio stands without `of`; nobody belongs to two.\n\n"
    "Wrong:  ratio: a 2 of older, b 1 of older\n"
    "Right:  ratio: a 2 of older, b 1 of older, a 1, b 1",
)  # fmt: skip
METHOD = Kind(
    "E0594", "allocation-method", "error", "{what}",
    "Minimisation keeps the arms alike in the factors that `strata` names; it has no blocks. "
    "Permuted blocks have sizes, or a number of blocks that gates ask for.\n\n"
    "Wrong:  method: minimisation  ratio: a 1, b 1\n"
    "Right:  method: minimisation  strata: sex, \"site\"  ratio: a 1, b 1",
)  # fmt: skip
BLOCK_SIZES = Kind(
    "E0595", "block-sizes", "error", "{what}",
    "Every block gives each arm its share, so its size is a multiple of the sum of the ratio. Who "
    "knows the sizes can guess the last ones of a block: nobody who is masked may.\n\n"
    "Wrong:  ratio: a 2, b 1  block_sizes: 4, 6\n"
    "Right:  ratio: a 2, b 1  block_sizes: 3, 6",
)  # fmt: skip
ESTIMAND_REPEATED = Kind(
    "I0596", "estimand-repeated", "info", "`{one}` and `{two}` ask the same of `{endpoint}`",
    "Two estimands of one endpoint differ in the population, the treatments, the summary, or in "
    "how an intercurrent event is handled. Two that do not are one, or one of them has a slip.\n\n"
    "For example:  intercurrent_event: \"Rescue\" by treatment_policy   (in both)",
)  # fmt: skip
EVENT_TWICE = Kind(
    "E0597", "intercurrent-event-twice", "error",
    "the event `{event}` is handled by {one} and by {two} in one estimand",
    "An estimand handles each intercurrent event in one way. Another way is another question, and "
    "so another estimand (ICH E9(R1)).\n\n"
    'Wrong:  intercurrent_event: "Death" by composite, "Death" by hypothetical\n'
    'Right:  intercurrent_event: "Death" by composite',
)  # fmt: skip
MASKED_SEES_RESULTS = Kind(
    "W0556", "masked-sees-results", "warning",
    "`{role}` is masked, and sees the results of `{interim}`",
    "Whoever sees the results of an interim analysis by arm is no longer masked, and may tell "
    "others by what is done next (ICH E9, 4.5). A committee apart from the trial sees them.\n\n"
    "Wrong:  masked: investigator   (and)   interim half \"Half\" when ... {{ by: investigator }}\n"
    "Right:  interim half \"Half\" when ... {{ by: data_board }}",
)  # fmt: skip
GATE_THAT_STOPS_NOTHING = Kind(
    "E0557", "gate-without-stop", "error", "the gate `{gate}` does not say what stops anything",
    "A stopping rule in words may name the gate that says the same for programs. Such a gate has "
    "`stops when`.\n\n"
    "Wrong:  stopping harm \"Harm\" {{ ... gate: safety }}   (and `safety` has `opens when`)\n"
    "Right:  gate safety \"Safety\" per trial {{ stops when ... }}",
)  # fmt: skip
RANDOMISATION_NOT_DONE = Kind(
    "W0558", "randomisation-not-done", "warning",
    "`{name}` takes place at `{visit}`, where no activity does `randomisation`",
    "A randomisation that says where it takes place is done in an activity there, as the review "
    "of eligibility is.\n\n"
    'Wrong:  randomisation second "..." {{ ratio: a 1, b 1  at: W36 }}\n'
    '        activity allocation "Randomisation" at W0 {{ does: randomisation }}\n'
    'Right:  activity allocation "Randomisation" at W0, W36 {{ does: randomisation }}',
)  # fmt: skip
INTERIM_DUE = Kind(
    "E0598", "interim-due", "error", "{what}",
    "An interim analysis is due when a share or a number of participants have done something, or "
    "when a number of events are there.\n\n"
    'Wrong:  interim first "First" when 50 % of participants V8\n'
    'Right:  interim first "First" when 50 % of participants completed V8',
)  # fmt: skip
MORE_THAN_PLANNED = Kind(
    "W0599", "more-than-planned", "warning", "{what}",
    "The number of participants that are planned stands in the protocol as `enrolment`. An "
    "analysis that waits for more never comes; more replacements than participants are a slip.\n\n"
    'Wrong:  enrolment: 100   (and)   interim first "First" when 120 participants randomised\n'
    'Right:  enrolment: 100   (and)   interim first "First" when 50 participants randomised',
)  # fmt: skip
RATIO_OF_BLOCKS = Kind(
    "W0620", "ratio-of-blocks", "warning",
    "how many of the {size} participants of a block go to each arm is not stated (`{name}`)",
    "Where the text does not say how participants are divided, `ratio: not stated` says so, and "
    "the documents print it. But a block that is filled by counting needs the counts; without them "
    "nobody can check that an arm gets its participants.\n\n"
    "Wrong:  blocks: 3 of 6   ratio: not stated\n"
    "Right:  blocks: 3 of 6   ratio: placebo 3, drug 3",
)  # fmt: skip
