"""E055x and E08xx: transitions of the trial, dose escalation."""

from trialc.diagnostics.diagnostic import Kind

NO_WHOLE_DAYS = Kind(
    "E0550", "no-whole-days", "error", "events are dated by the day: {text} are no whole days",
    "A report of an event has a date and no hour. A window in which events count is therefore a "
    "number of whole days; `elapsed since` and `gap between` may be in hours, because a dose may "
    "have a time.\n\n"
    "Wrong:  no dlt within 36 h after first_dose\n"
    "Right:  no dlt within 2 days after first_dose",
)  # fmt: skip
COUNT_RELATION = Kind(
    "E0551", "count-relation", "error", "a count of participants that is `{text}` {why}",
    "A gate compares a count of participants with a number that it can reach, and pass by: with "
    "`=`, `<`, `<=`, `>` or `>=`.\n\n"
    "Wrong:  count of participants in trial with dlt within 28 days after first_dose < 0\n"
    "Right:  count of participants in trial with dlt within 28 days after first_dose <= 1",
)  # fmt: skip
ASKED_FOR = Kind(
    "E0552", "asked-for", "error", "the gate `{gate}` is asked per {per}",
    "A gate has a state for each one that it is asked for: a block, a cohort, a participant, or "
    "once for the whole trial. An expectation and a decision say for whom.\n\n"
    "Wrong:  expect review open on 2027-03-01\n"
    "Right:  expect review open on 2027-03-01 for cohort first",
)  # fmt: skip
NOT_DECIDED_BY = Kind(
    "E0553", "not-decided-by", "error", "the gate `{gate}` does not ask what `{role}` decides",
    "A decision is part of a log where the gate has `decided by` with the role that decides.\n\n"
    "Wrong:  when investigator decides review open on 2027-03-01   (decided by safety_board)\n"
    "Right:  when safety_board decides review open on 2027-03-01",
)  # fmt: skip
STOP_WAITS = Kind(
    "W0554", "stop-waits", "warning",
    "this stopping rule waits until the absence of `{event}` is attested for everybody",
    "A trial goes on while its stopping rule is not met. A count without `reported` takes "
    "everybody for undecided whose window is open, so that the trial stands still until they are "
    "followed up; a count of reports looks at what has been reported.\n\n"
    "Wrong:  stops when count of participants in trial with death within 30 days after dose >= 2\n"
    "Right:  stops when count of participants in trial with reported death within 30 days after "
    "dose >= 2",
)  # fmt: skip
SENTINEL_PLACE = Kind(
    "E0555", "sentinel-place", "error",
    "a sentinel group needs a gate per participant that guards one occasion; `{gate}` is none",
    "The sentinel participants are the first who are given what the gate guards; the others wait, "
    "each for himself.\n\n"
    "Wrong:  gate g \"G\" per cohort {{ sentinel 2 participants observed 48 h }}\n"
    "Right:  gate g \"G\" per participant {{ guards give dose_1  sentinel 2 participants observed "
    "48 h }}",
)  # fmt: skip
NO_SUCH_COHORT = Kind(
    "E0821", "no-such-cohort", "error",
    "this trial test has no participants in a cohort `{cohort}`",
    "What happens in a cohort happens in each of its participants; the groups of the test say who "
    "they are.\n\n"
    "Wrong:  given cohort first of 3 ...   when no dlt in cohort frist through 2027-02-15\n"
    "Right:  given cohort first of 3 ...   when no dlt in cohort first through 2027-02-15",
)  # fmt: skip

# ---- dose escalation

OUTCOME_GAP = Kind(
    "E0801", "outcome-gap", "error", "the table has no row for {outcome}",
    "After every cohort exactly one row says what is done: for each number of participants that a "
    "level can have, and each number of them who had the toxicity.\n\n"
    "Wrong:  table {{ 0 of 3: escalate  2 .. 3 of 3: eliminate }}\n"
    "Right:  table {{ 0 of 3: escalate  1 of 3: stay  2 .. 3 of 3: eliminate }}",
)  # fmt: skip
OUTCOME_OVERLAP = Kind(
    "E0802", "outcome-overlap", "error", "two rows of the table speak of {outcome}",
    "Of every outcome one row says what is done; in which order the rows stand means nothing. Rows "
    "in whole numbers go before rates, and `otherwise` is for what no row names.\n\n"
    "Wrong:  table {{ 0 .. 1 of 3: escalate  1 .. 3 of 3: eliminate }}\n"
    "Right:  table {{ 0 of 3: escalate  1 .. 3 of 3: eliminate }}",
)  # fmt: skip
HARM_ESCALATES = Kind(
    "E0803", "harm-escalates", "error",
    "after {more} the step is `{step}`, bolder than `{before}` after {less}",
    "More toxicity never leads to a bolder step. From bold to cautious: escalate, stay, declare "
    "MTD, de_escalate, eliminate, stop.\n\n"
    "Wrong:  table {{ 0 of 3: stay  1 of 3: escalate  2 .. 3 of 3: eliminate }}\n"
    "Right:  table {{ 0 of 3: escalate  1 of 3: stay  2 .. 3 of 3: eliminate }}",
)  # fmt: skip
NO_SUCH_OUTCOME = Kind(
    "E0804", "no-such-outcome", "error", "`{outcome}` never occurs",
    "A level is treated in whole cohorts up to its maximum, and no more participants have the "
    "toxicity than were treated.\n\n"
    "Wrong:  cohort: 3  maximum: 6  table {{ 0 of 4: escalate }}\n"
    "Right:  cohort: 3  maximum: 6  table {{ 0 of 3: escalate }}",
)  # fmt: skip
LEVEL_TWICE = Kind(
    "E0805", "level-twice", "error", "the dose level `{level}` stands twice in this escalation",
    "Levels are listed once each, from the lowest dose to the highest.\n\n"
    "Wrong:  levels: d200, d200, d400\n"
    "Right:  levels: d200, d400",
)  # fmt: skip
START_LEVEL = Kind(
    "E0806", "start-level", "error", "this escalation has no level `{level}` to start at",
    "The first cohort is treated at one of the levels of the escalation.\n\n"
    "Wrong:  levels: d200, d400  start: d100\n"
    "Right:  levels: d200, d400  start: d200",
)  # fmt: skip
COHORT_SIZE = Kind(
    "E0807", "cohort-size", "error",
    "a level of at most {maximum} participants cannot be filled by cohorts of {cohort}",
    "The maximum of a level is a whole number of cohorts, of 60 participants at most; a cohort has "
    "at least one.\n\n"
    "Wrong:  cohort: 3  maximum: 7\n"
    "Right:  cohort: 3  maximum: 6",
)  # fmt: skip
TOXICITY_RATE = Kind(
    "E0808", "toxicity-rate", "error", "`{rate}` is no limit for the share of toxicities",
    "The share of participants with the toxicity is compared, by `<`, `<=`, `>`, `>=` or `=`, with "
    "a number from 0 to 1 or a percentage.\n\n"
    "Wrong:  toxicity <= 1.97: escalate\n"
    "Right:  toxicity <= 0.197: escalate",
)  # fmt: skip
BROKEN_INVARIANT = Kind(
    "E0810", "broken-invariant", "error",
    "on a course of `{escalation}` it is not so that {invariant}",
    "Every course that an escalation can take is walked. On each of them no level is skipped, "
    "nobody is treated at an eliminated level or beyond the maximum of a level, and the dose goes "
    "up only where the table says so. The help is a shortest course on which it is not so.\n\n"
    "Wrong:  a table that this compiler reads wrongly: tell us\n"
    "Right:  every table that it accepts",
)  # fmt: skip
TOO_MANY_STATES = Kind(
    "W0811", "too-many-states", "warning",
    "the courses of `{escalation}` have more than {limit} states: they were not all walked",
    "How an escalation ends, how long it takes and whether its invariants hold is found by walking "
    "every course. With many levels and many cohorts there are too many; the table itself was "
    "checked row by row, and trial tests still run.\n\n"
    "Wrong:  cohort: 1  maximum: 30  with eight levels\n"
    "Right:  cohort: 3  maximum: 9  with eight levels",
)  # fmt: skip
LEVEL_NOT_REACHED = Kind(
    "W0812", "level-not-reached", "warning",
    "no course of `{escalation}` reaches the level `{level}`",
    "Every course was walked, and none treats anybody at this level: the table never says "
    "`escalate` where it would have to.\n\n"
    "Wrong:  table {{ 0 .. 1 of 3: stay  2 .. 3 of 3: stop  0 .. 6 of 6: stop }}\n"
    "Right:  table {{ 0 .. 1 of 3: escalate  2 .. 3 of 3: stop  0 .. 6 of 6: stop }}",
)  # fmt: skip
