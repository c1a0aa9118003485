"""E05xx: what the graph of the whole study shows: circles, design, gates, schedule, masking."""

from trialc.diagnostics.diagnostic import Kind

# ---- circles

CIRCULAR_DEFINITION = Kind(
    "E0501", "circular-definition", "error", "`{name}` depends on itself: {path}",
    "What a definition means is found by looking up what it uses; in a circle there is no end "
    "to that, and no value.\n\n"
    "Wrong:  define a = b or x    define b = a and y\n"
    "Right:  define a = b or x    define b = x and y",
)  # fmt: skip
CIRCULAR_VISITS = Kind(
    "E0502", "circular-visits", "error", "the date of `{name}` depends on itself: {path}",
    "Every visit is counted from another one, and in the end from the anchor, day 0 of the "
    "participant. Visits that are counted from one another have no date.\n\n"
    "Wrong:  visit M1 at M2 - 1 month    visit M2 at M1 + 1 month\n"
    "Right:  visit M1 at M0 + 1 month    visit M2 at M0 + 2 months",
)  # fmt: skip

# ---- arms and blocks

RATIO = Kind(
    "E0503", "ratio-does-not-fill-block", "error",
    "the ratio allocates {total} participants, a block has {size}",
    "The ratio says how many participants of one block go to each arm; together they are the "
    "block.\n\n"
    "Wrong:  blocks: 3 of 6   ratio: placebo 1, active 1\n"
    "Right:  blocks: 3 of 6   ratio: placebo 3, active 3",
)  # fmt: skip
UNREACHABLE_ARM = Kind(
    "E0504", "unreachable-arm", "error", "no participant can come into arm `{arm}`",
    "Participants come into an arm by randomisation, and the ratio gives this arm nobody. What "
    "it says would never happen to anyone.\n\n"
    "Wrong:  ratio: placebo 3, low_dose 3          (and an arm high_dose)\n"
    "Right:  ratio: placebo 2, low_dose 2, high_dose 2",
)  # fmt: skip
ARM_TWICE = Kind(
    "E0505", "arm-twice-in-ratio", "error", "arm `{arm}` stands twice in the ratio",
    "One number for each arm: readers would not know whether the second one replaces the first "
    "or adds to it.\n\n"
    "Wrong:  ratio: placebo 2, active 2, placebo 2\nRight:  ratio: placebo 4, active 2",
)  # fmt: skip

# ---- gates and events

ANCHOR_COUNT = Kind(
    "E0506", "anchor-count", "error", "a schedule has one anchor; this one has {count}",
    "The anchor is day 0 of a participant: all dates of visits are counted from it. Without one "
    "there are no dates, and with two of them nobody knows which dates hold.\n\n"
    "Wrong:  visit SCREEN anchor    visit M0 anchor\n"
    "Right:  visit SCREEN before M0    visit M0 anchor",
)  # fmt: skip
NO_SUCH_BLOCK = Kind(
    "E0507", "no-such-block", "error", "there is no {block}: {why}",
    "A gate before randomisation, and a gate that looks at a block, can only speak of blocks that "
    "the randomisation has.\n\n"
    "Wrong:  blocks: 3 of 6    guards randomise in block 2 .. 4\n"
    "Right:  blocks: 3 of 6    guards randomise in block 2 .. 3",
)  # fmt: skip
GATE_NEVER_OPENS = Kind(
    "E0508", "gate-never-opens", "error", "gate `{gate}` can never open {setting}: {why}",
    "A gate opens when its condition is true; while the condition is unknown it stays closed. A "
    "gate that cannot open stops the trial at that point, for good.\n\n"
    "Wrong:  blocks: 3 of 6    count of participants in previous block given dose_1 = 7\n"
    "Right:  blocks: 3 of 6    count of participants in previous block given dose_1 = 6",
)  # fmt: skip
GATE_TOO_LATE = Kind(
    "E0509", "gate-opens-too-late", "error",
    "gate `{gate}` opens {opens} at the earliest, and `{occasion}` is due {due} at the latest",
    "What a gate waits for must be over when the occasion that it guards is due; otherwise the "
    "occasion can never be given as planned.\n\n"
    "Wrong:  visit W2 at D0 + 2 weeks    guards give dose_2    opens when no sae within 1 month "
    "after dose_1\n"
    "Right:  visit W2 at D0 + 2 weeks    guards give dose_2    opens when no sae within 2 weeks "
    "after dose_1",
)  # fmt: skip
EVENT_NEVER_COUNTS = Kind(
    "E0510", "event-never-counts", "error", "no report of `{event}` can ever count",
    "`counts when` is false whatever is reported, so that a gate would never see an event. That "
    "is dangerous: the gate looks as if it protected somebody.\n\n"
    "Wrong:  event.grade = severe and event.grade = mild\n"
    "Right:  event.grade = severe or event.grade = moderate",
)  # fmt: skip

# ---- what is done when

DONE_ELSEWHERE = Kind(
    "E0511", "done-elsewhere", "error", "{what} is at {planned}, and here at {done}",
    "Two places of the protocol say at which visit something is done; they must agree.\n\n"
    "Wrong:  give drug as dose_1 at M0    activity dosing \"Dose\" at M1 {{ gives: dose_1 }}\n"
    "Right:  give drug as dose_1 at M0    activity dosing \"Dose\" at M0 {{ gives: dose_1 }}",
)  # fmt: skip
NEVER_COLLECTED = Kind(
    "E0512", "never-collected", "error", "{reader} needs `{name}`, and no activity collects it",
    "Everything that a rule asks is collected by an activity of the schedule; else the rule "
    "stays undecided for every participant.\n\n"
    "Wrong:  require lab.esr > 25 mm/h            (and no activity collects lab.esr)\n"
    "Right:  activity blood \"Blood tests\" at SCREEN {{ collects: lab.esr }}",
)  # fmt: skip
COLLECTED_TOO_LATE = Kind(
    "E0513", "collected-too-late", "error",
    "{names} collected at {collected} only, after {readers} at {needed}",
    "What a rule asks must be known when it is asked.\n\n"
    "Wrong:  activity blood \"Blood\" at M1 {{ collects: lab.esr }}    activity review "
    "\"Eligibility\" at SCREEN {{ does: eligibility }}\n"
    "Right:  activity blood \"Blood\" at SCREEN, M1 {{ collects: lab.esr }}",
)  # fmt: skip
DOSE_NOT_MEASURED = Kind(
    "E0514", "dose-not-measured", "error",
    "the dose of `{intervention}` needs `{element}`, {why}",
    "A dose for each kg of body weight cannot be prepared before somebody was weighed. The visit "
    "at which the dose is measured needs an activity that collects the element, and it must not "
    "be later than the administration.\n\n"
    "Wrong:  dose: 1 mg/kg of demo.weight at M0        (and nobody is weighed at M0)\n"
    "Right:  activity weighing \"Body weight\" at M0 {{ collects: demo.weight }}",
)  # fmt: skip

# ---- masking

MASKED_AND_UNMASKED = Kind(
    "E0515", "masked-and-unmasked", "error", "role `{role}` is masked and unmasked",
    "A role knows the arm or does not.\n\n"
    "Wrong:  masked: subject, pharmacist   unmasked: pharmacist\n"
    "Right:  masked: subject   unmasked: pharmacist",
)  # fmt: skip
MASKING_WITHOUT_ARMS = Kind(
    "E0516", "masking-without-arms", "error", "there is no arm that `{masking}` could conceal",
    "Masking hides to which arm a participant belongs; a protocol without arms has nothing to "
    "hide.\n\nWrong:  a masking, and no arm\nRight:  arms, or no masking",
)  # fmt: skip
ARM_REVEALED = Kind(
    "E0517", "arm-revealed", "error", "{difference}: a masked {role} can tell the arm from it",
    "Masked roles see that an occasion takes place, when, and how what is given looks: surgery "
    "or a tablet, the route, form, vehicle and volume, how many tablets. A dose in milligrams or "
    "cells does not show. What they see must be the same in every arm, or the masking is broken "
    "by the protocol itself. Who is not there when it is given is `absent` in the masking.\n\n"
    "Wrong:  one arm gives dose_2 and another does not\n"
    "Right:  every arm gives dose_2, of the drug or of placebo",
)  # fmt: skip
ARM_MAY_BE_REVEALED = Kind(
    "W0518", "arm-may-be-revealed", "warning", "{difference}: {who} could tell the arm from it",
    "What differs between the arms, or is stated for one of them only, may give the arm away. "
    "State it for both. Whoever is masked and not there when anything is given (an outcomes "
    "assessor, perhaps) is `absent` in the masking, and then sees visits and occasions only.\n\n"
    "Wrong:  drug: volume 50 mL   placebo: nothing stated\n"
    "Right:  drug: volume 50 mL   placebo: volume 50 mL",
)  # fmt: skip

# ---- suspicions

UNUSED = Kind(
    "W0519", "unused", "warning", "{thing} `{name}` is used nowhere",
    "Nothing in the protocol would change without it. Often a rule that should use it was "
    "forgotten, or uses something else by mistake. What no rule reads, but an activity collects "
    "or an alternative of a decision reads, counts as used.\n\n"
    "Wrong:  data lab.crp, which no rule reads and no activity collects\n"
    "Right:  activity blood \"Blood tests\" at SCREEN {{ collects: lab.crp }}",
)  # fmt: skip
NO_ENDPOINT = Kind(
    "W0520", "objective-without-endpoint", "warning", "no endpoint measures objective `{name}`",
    "An objective that nothing measures cannot be met or missed (ICH M11 section 3). Where the "
    "text states no measure, the endpoint says so.\n\n"
    "Wrong:  objective safety, and no endpoint that names it\n"
    "Right:  endpoint sae primary \"Events\" {{ objective: safety  measure: not stated }}",
)  # fmt: skip
ENROLMENT = Kind(
    "W0521", "enrolment-differs", "warning",
    "the enrolment is {enrolment}, the blocks hold {total}",
    "The planned number of participants and the number of places in the blocks should be the "
    "same; if not, one of them is probably a slip of the finger.\n\n"
    "Wrong:  enrolment: 18    blocks: 3 of 5\nRight:  enrolment: 18    blocks: 3 of 6",
)  # fmt: skip
NOT_RANDOMISED = Kind(
    "W0522", "not-randomised", "warning", "the trial is randomised, and nothing says how",
    "`allocation: randomised` needs a `randomisation`: blocks, ratio and visit.\n\n"
    "Wrong:  allocation: randomised, two arms, and no randomisation\n"
    "Right:  randomisation main \"Blocks of four\" {{ blocks: 5 of 4  ratio: a 2, b 2 }}",
)  # fmt: skip
OVERLAP = Kind(
    "W0523", "visits-overlap", "warning",
    "`{first}` and `{second}` can fall on one day: {day}, if {start} {anchor}",
    "Where the windows of two visits overlap, nobody can tell which of the two a day belongs to, "
    "and one can take place after the other. Months differ in length, so that windows may meet "
    "in February only.\n\n"
    "Wrong:  W1 at D0 + 1 week window -4 days .. +4 days, W2 at D0 + 2 weeks window -4 days .. +4 "
    "days\n"
    "Right:  W1 at D0 + 1 week window -3 days .. +3 days, W2 at D0 + 2 weeks window -3 days .. +3 "
    "days",
)  # fmt: skip
CHANGE_PLACES = Kind(
    "W0524", "visits-change-places", "warning",
    "`{first}` is before `{second}` if {start} {one}, and after it if {start} {other}",
    "A month has 28 to 31 days: visits that are counted in months and in days can change places. "
    "Count both in the same unit.\n\n"
    "Wrong:  D30 at D0 + 30 days, M1 at D0 + 1 month\nRight:  D30 at D0 + 30 days, D60 at D0 + "
    "60 days",
)  # fmt: skip
EMPTY_VISIT = Kind(
    "W0525", "empty-visit", "warning", "nothing is done at visit `{visit}`",
    "No activity takes place at the visit, nothing is given or randomised there, and no other "
    "visit is counted from it.\n\n"
    "Wrong:  visit M2 at M0 + 2 months, and no activity at M2\n"
    "Right:  activity safety_review \"Adverse events\" at M1, M2 {{ reviews: sae }}",
)  # fmt: skip
COUNT_BELOW = Kind(
    "W0526", "count-below-block", "warning",
    "the gate is open from participant {count} to the next one only: {capacity} of a block are "
    "given `{occasion}`",
    "`count of participants ... = n` is true while exactly n were given it. One more makes it "
    "false, and a false condition holds the gate.\n\n"
    "Wrong:  blocks: 3 of 6    count of participants in previous block given dose_1 = 5\n"
    "Right:  blocks: 3 of 6    count of participants in previous block given dose_1 = 6",
)  # fmt: skip
DEAD_PART = Kind(
    "W0527", "part-never-holds", "warning", "this part of gate `{gate}` never holds: {why}",
    "The gate can open in another way, but this alternative will never be the reason.\n\n"
    "Wrong:  any of {{ seven: count of participants in previous block given dose_1 = 7  ... }}   "
    "(blocks of 6)\n"
    "Right:  any of {{ six: count of participants in previous block given dose_1 = 6  ... }}",
)  # fmt: skip
LATE_IN_SOME_MONTHS = Kind(
    "W0528", "gate-late-in-some-months", "warning",
    "if day 0 is {anchor}, gate `{gate}` opens on {opens} at the earliest, and `{occasion}` is "
    "due until {due}",
    "Months differ in length: what the gate waits for is over in time in some months only. Count "
    "both in the same unit, or leave days of grace.\n\n"
    "Wrong:  dose_2 at D0 + 28 days    opens when no sae within 1 month after dose_1\n"
    "Right:  dose_2 at D0 + 1 month    opens when no sae within 1 month after dose_1",
)  # fmt: skip
NOT_REVIEWED = Kind(
    "W0529", "event-not-reviewed", "warning", "gate `{gate}` needs the absence of `{event}`, {why}",
    "A gate stays closed until somebody attests that the event did not occur. The schedule "
    "should have an activity that reviews it when that can be said.\n\n"
    "Wrong:  no sae within 1 month after dose_1, and sae is reviewed at W1 only\n"
    "Right:  activity safety_review \"Adverse events\" at W1, M1 {{ reviews: sae }}",
)  # fmt: skip
BLOCKS_TOGETHER = Kind(
    "W0530", "blocks-together", "warning",
    "blocks run together (`concurrent`), yet gate `{gate}` lets one wait for the other",
    "Blocks are either filled one after the other or side by side.\n\n"
    "Wrong:  order: concurrent    guards randomise in block 2 .. 3\n"
    "Right:  order: successive    guards randomise in block 2 .. 3",
)  # fmt: skip
STEPS = Kind(
    "W0531", "order-of-steps", "warning", "{first} is at {one}, after {second} at {other}",
    "The usual order is consent, eligibility, randomisation, intervention.\n\n"
    "Wrong:  does: eligibility at M1, does: randomisation at M0\n"
    "Right:  does: eligibility at SCREEN, does: randomisation at M0",
)  # fmt: skip
STALE = Kind(
    "W0532", "stale-at-verdict", "warning",
    "`{name}` is collected more than {window} before the eligibility review at {visit}",
    "A value is unknown once it is older than its window, so that a participant who keeps to the "
    "schedule could never be found eligible.\n\n"
    "Wrong:  lab.esr valid 28 days, collected at D0 - 60 days, eligibility at D0\n"
    "Right:  lab.esr valid 28 days, collected at D0 - 14 days, eligibility at D0",
)  # fmt: skip
NO_REVIEW = Kind(
    "W0533", "no-eligibility-activity", "warning",
    "there are criteria and activities, and no activity `does: eligibility`",
    "The schedule does not say when eligibility is decided, so that nobody can check whether "
    "everything is collected by then.\n\n"
    "Wrong:  activities that collect what the criteria ask, and no review of them\n"
    "Right:  activity review \"Eligibility review\" at SCREEN {{ does: eligibility }}",
)  # fmt: skip
NOT_SCHEDULED = Kind(
    "W0534", "occasion-not-scheduled", "warning", "no activity at `{visit}` gives `{occasion}`",
    "The arms say what is given; the schedule shows what is done at each visit. An occasion that "
    "no activity gives is missing in the schedule.\n\n"
    "Wrong:  give drug as dose_1 at M0, and no activity gives dose_1\n"
    "Right:  activity dosing \"First dose\" at M0 {{ gives: dose_1 }}",
)  # fmt: skip
NOBODY_COUNTS = Kind(
    "W0535", "open-before-full", "warning",
    "gate `{gate}` asks about every participant in the previous block, and not how many they are",
    "`every participant` speaks of those whom the log lists. While a block is being filled, all "
    "who are in it can be well: the gate is open, and the last ones have not even come.\n\n"
    "Wrong:  opens when every participant in previous block satisfies no sae after dose_1\n"
    "Right:  opens when count of participants in previous block given dose_1 = 6 and every "
    "participant in previous block satisfies no sae after dose_1",
)  # fmt: skip

# ---- later ones: a code is never reused, so they stand at the end

LOOKS_UNSTATED = Kind(
    "I0536", "looks-unstated", "info",
    "nothing states {what} of `{first}` and `{second}`: whether a masked {role} can tell them "
    "apart is not known",
    "One stands for the other in different arms, and the protocol does not say what they look "
    "like. Where the source states it, write it down, and the compiler compares it.\n\n"
    "Wrong:  drug {{ type: drug }}   placebo {{ type: other }}\n"
    "Right:  drug {{ type: drug  route: oral  form: tablet }}   placebo {{ type: other  route: "
    "oral  form: tablet }}",
)  # fmt: skip
ABSENT_NOT_MASKED = Kind(
    "E0537", "absent-not-masked", "error", "role `{role}` is `absent`, and is not masked",
    "`absent` names those of the masked who are not there when anything is given. It says nothing "
    "of a role that is not masked.\n\n"
    "Wrong:  masked: subject   absent: assessor\n"
    "Right:  masked: subject, assessor   absent: assessor",
)  # fmt: skip
HARM_OPENS = Kind(
    "W0538", "harm-opens", "warning",
    "`{event}` can open gate `{gate}`: {why}",
    "A gate protects people: one more event may hold it, and must not open it. Under `not` or "
    "`none of` the absence of an event works the other way round, and a closed gate opens "
    "because somebody came to harm. Two negations cancel out. A gate may be meant to wait for an "
    "event (the treatment of a relapse): then this is only a reminder.\n\n"
    "Wrong:  opens when not every participant in previous block satisfies no sae after dose_1\n"
    "Right:  opens when every participant in previous block satisfies no sae after dose_1",
)  # fmt: skip
STAGE_NOT_REVIEWED = Kind(
    "W0560", "stage-not-reviewed", "warning",
    "criterion `{name}` is assessed at `{visit}`, where no activity does `eligibility`",
    "A criterion that is assessed at visits of its own is part of a review at each of them.\n\n"
    "Wrong:  assessed: SCREEN, D1     and a review at SCREEN only\n"
    "Right:  activity review \"Eligibility\" at SCREEN, D1 {{ does: eligibility }}",
)  # fmt: skip
STAGE_TOO_LATE = Kind(
    "E0561", "stage-too-late", "error",
    "criterion `{name}` is assessed at `{visit}`, after `{occasion}` was given",
    "Whoever may take part must be known before the first treatment.\n\n"
    "Wrong:  assessed: M3     and the first dose at M0\n"
    "Right:  assessed: SCREEN, M0",
)  # fmt: skip
ARM_IN_TWO = Kind(
    "E0562", "arm-in-two", "error", "arm `{arm}` is in two randomisations",
    "Whoever is randomised twice is in two arms at a time. Each randomisation has arms of its "
    "own.\n\n"
    "Wrong:  randomisation one {{ ratio: a 1, b 1 }}   randomisation two {{ ratio: a 1, c 1 }}\n"
    "Right:  randomisation one {{ ratio: a 1, b 1 }}   randomisation two {{ ratio: c 1, d 1 }}",
)  # fmt: skip
BLOCKS_TWICE = Kind(
    "E0563", "blocks-twice", "error", "two randomisations are in blocks",
    "A gate that asks about a block, and the log of a trial, know one numbering of blocks.\n\n"
    "Wrong:  blocks: 3 of 6   in both randomisations\n"
    "Right:  blocks: 3 of 6   in the one that gates guard",
)  # fmt: skip
EMPTY_NARRATIVE = Kind(
    "E0640", "empty-narrative", "error", "this narrative says nothing",
    "A narrative is a section of the document in words: registered ones (`source`), or the "
    "author's own (`text`).\n\n"
    'Wrong:  narrative again "Rescreening" {{ section: "5.6" }}\n'
    'Right:  narrative again "Rescreening" {{ section: "5.6"  text: "Once, after 4 weeks." }}',
)  # fmt: skip
CYCLE_WITHOUT_END = Kind(
    "E0564", "cycle-without-end", "error", "nothing says when these repeats end",
    "A visit is repeated a number of times, or until something happens.\n\n"
    "Wrong:  visit C \"Cycle\" at D1 + 21 days every 21 days\n"
    "Right:  visit C \"Cycle\" at D1 + 21 days every 21 days until \"disease progression\"",
)  # fmt: skip
MANY_REPEATS = Kind(
    "E0565", "many-repeats", "error", "{number} repeats; nobody reads a table of more than {most}",
    "Each repeat is a visit of the schedule. What goes on for so long is a cycle: `until` what it "
    "goes on is what readers want to know.\n\n"
    "Wrong:  every 1 day 1000 times\n"
    "Right:  every 1 day until \"discharge\"",
)  # fmt: skip
SPAN_FROM_TWO = Kind(
    "E0566", "span-from-two", "error", "the two ends of this span are counted from two visits",
    "How long a span is must not depend on when visits take place.\n\n"
    "Wrong:  from D1 - 28 days to D8 - 1 day\n"
    "Right:  from D1 - 28 days to D1 + 6 days",
)  # fmt: skip
TIMEPOINT_ORDER = Kind(
    "E0567", "timepoint-order", "error", "`{text}` is not in the order of time",
    "Times are relative to what is given at the visit, from the first to the last.\n\n"
    "Wrong:  timepoints: 0 h, 2 h, 1 h\n"
    "Right:  timepoints: -30 min, 0 h, 1 h, 2 h",
)  # fmt: skip
EPOCH_ORDER = Kind(
    "W0568", "epoch-order", "warning",
    "`{visit}` of epoch `{epoch}` is before `{other}`, which is of the earlier epoch `{before}`",
    "Epochs stand in the order in which a participant goes through them. The table of the schedule "
    "is headed by them.\n\n"
    "Wrong:  epoch treatment   epoch screening   (and a screening visit before the treatment)\n"
    "Right:  epoch screening   epoch treatment",
)  # fmt: skip
