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
