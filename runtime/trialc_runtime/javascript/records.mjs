// Reading one participant's record against the inputs of a protocol (docs/semantics.md section 1).
//
// Strict: a fault is never taken for an unknown value, and every fault of a record is reported.

import { add, iso, parse_date } from "./calendar.mjs";
import {
  ATTESTED,
  FieldError,
  as_list,
  faults_of_parts,
  how_to_attest,
  part_of,
  possible_parts,
  read_code,
  read_day,
  read_truth,
  read_unit,
  read_value,
  stated_unknown,
} from "./fields.mjs";
import { DAY_OF } from "./inputs.mjs";
import { contradictions } from "./order.mjs";
import {
  RecordFault,
  RecordRefused,
  did_you_mean,
  is_object,
  kind_of,
  listed,
  shown,
} from "./refusals.mjs";
import { Reading, Reported, Unknown } from "./values.mjs";

/** The state of one reading. */
class Reader {
  constructor(roles) {
    this.roles = roles;
    this.faults = [];
    this.as_of = null;
    this.measured = null;
    this.measured_text = "";
    // `measured` has a fault: one fault is enough, not one for every value.
    this.misdated = false;
  }

  fault(field, message) {
    this.faults.push(new RecordFault(field, message));
  }

  // ---- the record as a whole

  /** `as_of` and `measured`. */
  days(record) {
    const [as_of, measured] = [part_of(record, "as_of"), part_of(record, "measured")];
    if (as_of === null) {
      this.fault("as_of", "is required: the date, YYYY-MM-DD, for which the verdict is asked");
    } else {
      this.as_of = this.day("as_of", as_of);
    }
    if (measured !== null) {
      this.measured = this.day("measured", measured);
      if (this.measured !== null && this.as_of !== null && this.measured > this.as_of) {
        this.fault("measured", later(this.as_of));
        this.measured = null;
      }
      this.misdated = this.measured === null;
      this.measured_text = this.misdated ? "" : measured;
    }
  }

  /** A date of the record; null and a fault where it is none. */
  day(field, text) {
    try {
      return read_day(text);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.fault(field, error.message);
      return null;
    }
  }

  /** Fields that the protocol does not know. */
  names(inputs, record) {
    for (const key of Object.keys(record)) {
      if (key === "as_of" || key === "measured" || inputs.has(key)) continue;
      const guess = did_you_mean(key, inputs.keys());
      const message = `is no input of this protocol${guess || "; remove it or correct its name"}`;
      this.fault(shown(key).slice(1, -1), message);
    }
  }

  // ---- one input

  /** The value of one input. After a fault: unknown, and every fault of its parts is kept. */
  input(wanted, raw) {
    const count = this.faults.length;
    const found = this.tried(wanted, () => this.read_input(wanted, raw));
    return found === null || this.faults.length > count ? new Unknown("missing") : found;
  }

  /** What a part of an input is; null after a fault, which is kept. */
  tried(wanted, read_part) {
    try {
      return read_part();
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.fault(wanted.path + error.where, error.message);
      return null;
    }
  }

  read_input(wanted, raw) {
    if (raw === null) return new Unknown("missing");
    const is_attested = ATTESTED.includes(wanted.kind);
    if (is_attested && !is_object(raw)) {
      throw new FieldError(`nobody attested this: ${how_to_attest(wanted)}`);
    }
    const stated = is_object(raw) ? raw : { value: raw };
    const possible = possible_parts(wanted, stated);
    for (const message of faults_of_parts(stated, possible)) this.fault(wanted.path, message);
    // A part is read even where nothing follows from it: a fault there may hide a value. One
    // that should not be there has no meaning, and is only told to be removed.
    const parts = new Map(possible.map((key) => [key, part_of(stated, key)]));
    let reason = null;
    if (Object.hasOwn(stated, "unknown")) {
      reason = this.tried(wanted, () => stated_unknown(stated.unknown));
    }
    const part = (key) => parts.get(key) ?? null;
    const said = is_attested ? this.attested(wanted, part) : this.measured_value(wanted, part);
    return reason ?? said;
  }

  measured_value(wanted, part) {
    const dated = this.tried(wanted, () => this.date_of_value(part));
    const factor = this.tried(wanted, () => read_unit(wanted, part("unit")));
    const raw = part("value");
    if (raw === null) return new Unknown("missing");
    // Whether the value is possible depends on its unit.
    if (factor === null) return new Unknown("missing");
    const value = this.tried(wanted, () => read_value(wanted, raw, factor));
    if (dated === null || value === null) return new Unknown("missing");
    const [on, text] = dated;
    const unit = wanted.kind === "quantity" ? part("unit") || wanted.unit : wanted.unit;
    return this.fresh(wanted, new Reported(value, raw, unit, text), on);
  }

  /** The day and its text, which is ISO or it would not have been read. */
  date_of_value(part) {
    const text = part("on");
    if (text === null) return [this.measured, this.measured_text];
    return [this.past_day(text, ".on"), text];
  }

  /** The day of something that happened: none after `as_of`. */
  past_day(text, where) {
    const day = read_day(text, where);
    if (this.as_of !== null && day > this.as_of) throw new FieldError(later(this.as_of), where);
    return day;
  }

  /** The value, unless it is older than its window. */
  fresh(wanted, reported, on) {
    const { window } = wanted;
    if ((window === null && !wanted.dated) || (on === null && this.misdated)) return reported;
    if (on === null) {
      const valid = window === null ? "" : `it is valid for ${length_of_time(window)}`;
      const why = valid || "a rule asks for it";
      throw new FieldError(
        `needs the date it was measured, for ${why}: ` +
          "add `on` to it, or `measured` to the record",
      );
    }
    if (window === null || this.as_of === null) return reported;
    const [amount, unit] = window;
    const is_fresh = on >= add(this.as_of, -amount, unit);
    return is_fresh ? reported : new Unknown("stale", reported.on);
  }

  attested(wanted, part) {
    const [said, raw, at, why] = ["value", "by", "at", "why"].map(part);
    const by = raw === null ? null : this.tried(wanted, () => this.attesting(wanted, raw));
    const day = at === null ? null : this.tried(wanted, () => this.past_day(at, ".at"));
    if (why !== null && typeof why !== "string") {
      this.fault(`${wanted.path}.why`, `must be a text, not ${kind_of(why)}`);
    }
    if (said === null) return new Unknown("missing");
    if (raw === null || at === null) {
      this.fault(wanted.path, `nobody attested this: ${how_to_attest(wanted)}`);
    }
    const value = wanted.kind === "cause" ? read_code(wanted, said) : read_truth(said);
    if (by === null || at === null || day === null) return new Unknown("missing");
    if (wanted.kind === "judgement" && !wanted.roles.every((role) => by.includes(role))) {
      return new Unknown("pending");
    }
    return new Reported(value, value, "", at, by);
  }

  /** The roles that attest, each a role of the protocol. */
  attesting(wanted, raw) {
    const names = as_list(raw);
    const known = this.roles.length > 0 ? this.roles : wanted.roles;
    for (const name of names) {
      if (typeof name !== "string" || !name) {
        throw new FieldError(`must name a role or a list of roles, not ${kind_of(name)}`, ".by");
      }
      if (known.length > 0 && !known.includes(name)) {
        const guess = did_you_mean(name, known) || `; the roles are ${listed(known)}`;
        throw new FieldError(`${shown(name)} is no role of this protocol${guess}`, ".by");
      }
    }
    if (names.length === 0) {
      throw new FieldError("names nobody: name a role or a list of roles", ".by");
    }
    return [...new Set(names)];
  }
}

/**
 * The record's value, or reason, for every input; RecordRefused with every fault otherwise.
 *
 * `record` is what JSON gives. `roles` are all roles of the protocol. `decider(reading)` decides,
 * by what was read, whether an element exists for this participant: it is asked for the `applies`
 * of inputs.
 */
export function read(inputs, record, roles, decider) {
  if (!is_object(record)) {
    const message = `must be an object with \`as_of\` and the inputs, not ${kind_of(record)}`;
    throw new RecordRefused([new RecordFault("record", message)]);
  }
  const wanted = new Map(inputs.map((item) => [item.path, item]));
  const reader = new Reader(roles);
  reader.days(record);
  reader.names(wanted, record);
  const values = new Map();
  for (const [path, item] of wanted) values.set(path, reader.input(item, part_of(record, path)));
  const reading = new Reading(reader.as_of === null ? "" : iso(reader.as_of), values);
  const decide = decider(reading);
  const conditional = inputs.filter((item) => item.applies !== null);
  for (const item of conditional.filter((each) => decide(each.applies) === false)) {
    if (is_stated(part_of(record, item.path))) reader.fault(item.path, inapplicable(item));
    values.set(item.path, new Unknown("not_applicable"));
  }
  for (const item of inputs) reader.faults.push(...contradictions(item, wanted, reading));
  if (reader.faults.length > 0) throw new RecordRefused(reader.faults);
  return reading;
}

/**
 * What rules are decided on: the form that the fast path of a checker takes.
 *
 * `as_of`, a day number; each known input by its path, dates as day numbers; and, for an input
 * that the record says was not done, true under `not_done:` and its path. What is unknown for
 * another reason is absent. Under `day_of:` and its path stands the day number on which an input
 * was measured or attested, where rules ask for that. `blank`: an object with all that rules
 * read, to be filled: objects of one shape are read faster.
 */
export function canonical(inputs, reading, blank = null) {
  const values = blank ?? Object.create(null);
  values.as_of = parse_date(reading.as_of);
  for (const item of inputs) {
    const found = reading.values.get(item.path);
    if (found instanceof Reported) {
      values[item.path] = item.kind === "date" ? parse_date(found.value) : found.value;
      if (item.dated) values[DAY_OF + item.path] = parse_date(found.on);
    } else if (found.reason === "not_done") {
      const mark = `not_done:${item.path}`;
      if (blank === null || mark in blank) values[mark] = true;
    }
  }
  return values;
}

/** Whether a field carries a value. */
function is_stated(raw) {
  return (is_object(raw) ? part_of(raw, "value") : raw) !== null;
}

function later(as_of) {
  return `is after \`as_of\`, ${iso(as_of)}: correct one of the two`;
}

function inapplicable(wanted) {
  const only_if = wanted.applies_text ? ` (only if ${wanted.applies_text})` : "";
  return `does not apply to this participant${only_if}: remove it, or correct what excludes it`;
}

function length_of_time([amount, unit]) {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
