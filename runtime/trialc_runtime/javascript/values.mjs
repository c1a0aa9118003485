// What a record says of an input: a value as it was reported, or the reason why there is none.

/** Why a value is unknown. `stale` is only ever concluded by the reading itself. */
export const REASONS = ["missing", "stale", "not_done", "not_applicable", "pending", "conflicting"];

/** No value, and why: one of REASONS. `on` is the ISO date of a value that is stale. */
export class Unknown {
  constructor(reason, on = "") {
    this.reason = reason;
    this.on = on;
  }
}

/**
 * A value that somebody reported.
 *
 * `value` is what rules are decided on: a number in the element's unit, true or false, a code, or
 * an ISO date. `reported` and `unit` are as reported; where the record names no unit, `unit` is
 * the element's. `on` is the ISO date of the measurement or attestation, "" where none is known.
 * `by` are the roles that attested it.
 */
export class Reported {
  constructor(value, reported, unit = "", on = "", by = []) {
    this.value = value;
    this.reported = reported;
    this.unit = unit;
    this.on = on;
    this.by = by;
  }
}

/** A record without faults: its day (ISO), and every input with its value or why it has none. */
export class Reading {
  constructor(as_of, values) {
    this.as_of = as_of;
    this.values = values;
  }
}
