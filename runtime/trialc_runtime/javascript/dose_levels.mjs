// What is known of the dose levels of an escalation, and who should not be at one
// (docs/semantics.md section 7).

import { iso } from "./calendar.mjs";
import { RecordFault } from "./refusals.mjs";
import { Asked, key_of, members_of, one_of, plain_words } from "./sets.mjs";
import { Question } from "./transitions.mjs";

/**
 * A dose escalation: levels from the lowest up, and a step for every outcome of a level.
 *
 * `rows` are participants, the fewest and the most toxicities, and the step. `absence` is the
 * "no_event" that is counted, `text` what is counted in words.
 */
export class EscalationRule {
  constructor(id, levels, start, cohort, maximum, lowest, rows, absence, text) {
    this.id = id;
    this.levels = levels;
    this.start = start;
    this.cohort = cohort;
    this.maximum = maximum;
    this.lowest = lowest;
    this.rows = rows;
    this.absence = absence;
    this.text = text;
  }
}

/** What is known of one level: the step that its outcome leads to, null while that is open. */
export class Level {
  constructor(tables, rule, log, name) {
    const given = ["given", rule.absence[2], `level:${name}`, 0];
    this.treated = members_of(log, new Asked(), given);
    this.had = [];
    this.doubt = [];
    for (const member of this.treated) {
      const asked = one_of(log, member);
      const question = new Question(tables.program, tables.words.kinds, log, asked);
      const found = question.find(rule.absence);
      found.node.participant = member;
      if (found.truth !== true) (found.truth === null ? this.doubt : this.had).push(found);
    }
    const count = this.treated.length;
    // Beyond the maximum, the row of the maximum says it: whoever had the toxicity is counted.
    const sizes = rule.rows.map((row) => row[0]).filter((size) => size >= count);
    const wanted = sizes.length > 0 ? Math.min(...sizes) : rule.maximum;
    this.few = Math.max(0, wanted - count);
    const least = Math.min(wanted, this.had.length);
    const most = Math.min(wanted, this.had.length + this.doubt.length + this.few);
    const possible = rule.rows.filter(
      ([size, low, high]) => size === wanted && high >= least && low <= most,
    );
    const steps = new Set(possible.map((row) => row[3]));
    this.step = count > 0 && steps.size === 1 ? [...steps][0] : null;
  }

  /** What the step waits for. */
  missing(rule, name) {
    const found = this.doubt.flatMap((doubt) => doubt.missing);
    if (this.few > 0) {
      found.push(`${given_words(rule)} of ${this.few} more in dose level ${name}`);
    }
    return found;
  }
}

/** What is given, in words. */
export function given_words(rule) {
  return plain_words(rule.absence[2]);
}

/** Participants at a level that was skipped to, or that was closed: faults of the log. */
export function misplaced(tables, rule, log) {
  const found = [];
  const start = rule.levels.indexOf(rule.start);
  const days = first_days(rule, log);
  const closings = new Map();
  [...log.blocks.keys()].forEach((name, place) => {
    const level = log.levels.get(name);
    const on = log.given.get(key_of(name, rule.absence[2]));
    if (on === undefined || !rule.levels.includes(level)) return;
    const at = rule.levels.indexOf(level);
    const words = `${name}: ${given_words(rule)} was given at dose level ${level} on ${iso(on)}`;
    const field = `participants[${place}].level`;
    if (at !== start) {
      const beside = rule.levels[at > start ? at - 1 : at + 1];
      if ((days.get(beside) ?? on + 1) > on) {
        const nobody = `and to nobody at dose level ${beside} before`;
        found.push(new RecordFault(field, `${words}, ${nobody}`));
      }
    }
    if (!closings.has(on)) closings.set(on, closed_before(tables, rule, log, on));
    const [ceiling, why] = closings.get(on);
    if (at >= ceiling) found.push(new RecordFault(field, `${words}, ${why}`));
  });
  return found;
}

/** The day on which somebody was first treated at each level. */
function first_days(rule, log) {
  const days = new Map();
  for (const [name, level] of log.levels) {
    const on = log.given.get(key_of(name, rule.absence[2]));
    if (on !== undefined && level !== null) days.set(level, Math.min(on, days.get(level) ?? on));
  }
  return days;
}

/**
 * The lowest level that was closed before a day, and why: by what is dated before it, and only
 * by whole cohorts. Where the escalation had stopped, all levels were.
 */
function closed_before(tables, rule, log, on) {
  const before = log.known_on(on - 1);
  const { title } = tables.words.kinds.get(rule.absence[1]);
  const levels = rule.levels.map((name) => new Level(tables, rule, before, name));
  const outcome = (level) => `${level.had.length} of ${level.treated.length} had ${title}`;
  const is_over = (level, step) => level.few === 0 && level.step === step;
  const stopped = levels.findIndex((level) => is_over(level, "stop"));
  if (stopped >= 0) {
    const where = rule.levels[stopped];
    return [0, `after the escalation stopped at ${where}: ${outcome(levels[stopped])}`];
  }
  const ceiling = levels.findIndex((level) => is_over(level, "eliminate"));
  if (ceiling < 0) return [levels.length, ""];
  return [ceiling, `after ${rule.levels[ceiling]} was eliminated: ${outcome(levels[ceiling])}`];
}
