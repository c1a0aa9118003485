// Reading one field of a record; a fault is thrown as a FieldError and collected by `records`.

import { date_fault, iso, parse_date } from "./calendar.mjs";
import { NoResult, SAME_UNIT, convert, is_same_unit } from "./decimals.mjs";
import { general } from "./number_text.mjs";
import { did_you_mean, kind_of, listed, shown } from "./refusals.mjs";
import { REASONS, Unknown } from "./values.mjs";

/** Kinds of input that somebody must attest. */
export const ATTESTED = ["judgement", "cause"];

const STATED_REASONS = REASONS.filter((reason) => reason !== "stale");

/** A fault of one field; `where` is the part of the field ("" for the whole). */
export class FieldError extends Error {
  constructor(message, where = "") {
    super(message);
    this.where = where;
  }
}

/** A part of an object that was handed in; null where it has none, whatever its ancestors have. */
export function part_of(parts, name) {
  return Object.hasOwn(parts, name) ? (parts[name] ?? null) : null;
}

/** The items of a list; anything else by itself. */
export function as_list(raw) {
  return Array.isArray(raw) ? raw : [raw];
}

/** The way out where nobody attested a judgement or a cause. */
export function how_to_attest(wanted) {
  const roles = wanted.roles.join(" and ") || "the role";
  return `write an object with \`value\`, \`by\` (${roles}) and \`at\` (the date)`;
}

/** The parts that an object may have, by whether it gives a reason or a value. */
export function possible_parts(wanted, parts) {
  const is_reason = Object.hasOwn(parts, "unknown") && !Object.hasOwn(parts, "value");
  const said = is_reason ? "unknown" : "value";
  if (ATTESTED.includes(wanted.kind)) return [said, "by", "at", "why"];
  if (wanted.kind === "quantity" && said === "value") return [said, "unit", "on"];
  return [said, "on"];
}

/** Parts that an object has too many or too few; their values are not looked at. */
export function faults_of_parts(parts, possible) {
  const found = [];
  if (Object.hasOwn(parts, "value") && Object.hasOwn(parts, "unknown")) {
    found.push("has both a value and the reason why there is none: remove one of them");
  } else if (!Object.hasOwn(parts, possible[0])) {
    found.push("has neither `value` nor `unknown`: add one of them");
  }
  for (const key of Object.keys(parts)) {
    if (key !== "unknown" && !possible.includes(key)) {
      found.push(`has ${shown(key)}, which is not among ${listed(possible)}: remove it`);
    }
  }
  return found;
}

/** The reason that a record gives for having no value. */
export function stated_unknown(reason) {
  if (STATED_REASONS.includes(reason)) return new Unknown(reason);
  if (reason === "stale") {
    const way_out = "give the value with its date `on`: whether it is stale follows from it";
    throw new FieldError(way_out, ".unknown");
  }
  const what = shown(reason);
  throw new FieldError(`${what} is no reason: use ${listed(STATED_REASONS)}`, ".unknown");
}

/** The day number of an ISO date; `where` is the part of the field that holds it. */
export function read_day(text, where = "") {
  if (typeof text !== "string") {
    throw new FieldError(`must be a date written YYYY-MM-DD, not ${kind_of(text)}`, where);
  }
  const day = parse_date(text);
  if (day === null) throw new FieldError(`${shown(text)} is no date: ${date_fault(text)}`, where);
  return day;
}

/** The minute of the day of a time written HH:MM; null where none is given. */
export function read_time(text, where = "") {
  if (text === null) return null;
  if (typeof text !== "string") {
    throw new FieldError(`must be a time written HH:MM, not ${kind_of(text)}`, where);
  }
  const is_plain = /^[0-9]{2}:[0-9]{2}$/.test(text);
  const [hours, minutes] = [Number(text.slice(0, 2)), Number(text.slice(3))];
  if (!is_plain || hours > 23 || minutes > 59) {
    const way_out = "write it as HH:MM, from 00:00 to 23:59";
    throw new FieldError(`${shown(text)} is no time: ${way_out}`, where);
  }
  return 60 * hours + minutes;
}

/** The conversion of a value that is reported in this unit; null is the element's own unit. */
export function read_unit(wanted, unit) {
  if (unit === null) return SAME_UNIT;
  if (typeof unit === "string" && wanted.units.has(unit)) return wanted.units.get(unit);
  const what =
    typeof unit === "string"
      ? `${shown(unit)} is not a unit of this element`
      : `must be a text, not ${kind_of(unit)}`;
  throw new FieldError(`${what}: it is measured in ${listed(units_of(wanted))}`, ".unit");
}

/**
 * Its own unit, and one spelling of each other one, at most four. No guess: a wrong unit that
 * looks alike is a wrong value.
 */
function units_of(wanted) {
  const spellings = new Map([[SAME_UNIT.join(), wanted.unit_words || wanted.unit || "1"]]);
  for (const [spelling, factor] of wanted.units) {
    if (!spellings.has(factor.join())) spellings.set(factor.join(), spelling);
  }
  return [...spellings.values()].slice(0, 5);
}

/** The canonical value of something that is measured. */
export function read_value(wanted, value, factor) {
  if (wanted.kind === "boolean") return read_truth(value);
  if (wanted.kind === "choice") return read_code(wanted, value);
  if (wanted.kind === "date") return iso(read_day(value));
  return number_of(wanted, value, factor);
}

/** True or false, and nothing that merely resembles them. */
export function read_truth(value) {
  if (typeof value === "boolean") return value;
  throw new FieldError(`must be \`true\` or \`false\`, not ${shown(value)}`);
}

/** One of the codes of an input, spelled exactly. */
export function read_code(wanted, value) {
  if (typeof value !== "string") {
    throw new FieldError(`must be one of ${listed(wanted.options)}, not ${kind_of(value)}`);
  }
  if (!wanted.options.includes(value)) {
    const guess = did_you_mean(value, wanted.options);
    throw new FieldError(`${shown(value)} is not one of ${listed(wanted.options)}${guess}`);
  }
  return value;
}

/** The number in the element's unit, within its range. */
function number_of(wanted, value, factor) {
  if (typeof value !== "number") throw new FieldError(`must be a number, not ${kind_of(value)}`);
  if (!Number.isFinite(value)) throw new FieldError("must be a finite number");
  const number = converted(value, factor);
  if (wanted.kind === "score" && !Number.isInteger(number)) {
    throw new FieldError(`must be a whole number, not ${shown(value)}`);
  }
  const { low, high } = wanted;
  if ((low !== null && number < low) || (high !== null && number > high)) {
    const stated = is_same_unit(factor) ? "" : ` (${general(number)} ${wanted.unit_words})`;
    throw new FieldError(
      `${shown(value)}${stated} is outside ${range_of(wanted)}: check the number and its unit`,
    );
  }
  return number + 0;
}

function converted(value, factor) {
  try {
    return convert(value, factor);
  } catch (error) {
    if (!(error instanceof NoResult)) throw error;
    throw new FieldError("is far too large: check the number and its unit");
  }
}

function range_of(wanted) {
  const unit = wanted.unit_words ? ` ${wanted.unit_words}` : "";
  if (wanted.low === null) return `what is possible, ${general(wanted.high)}${unit} at most`;
  if (wanted.high === null) return `what is possible, ${general(wanted.low)}${unit} at least`;
  return `what is possible, ${general(wanted.low)} to ${general(wanted.high)}${unit}`;
}
