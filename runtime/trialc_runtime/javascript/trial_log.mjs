// Reading a trial log: who is in which block, what was given, what happened, what is attested, what
// was decided.
//
// docs/semantics.md section 7. As strict as the reading of a record, and every fault is reported.

import { iso } from "./calendar.mjs";
import { FieldError, part_of, read_day, read_time } from "./fields.mjs";
import {
  RecordFault,
  RecordRefused,
  did_you_mean,
  is_object,
  kind_of,
  listed,
  shown,
} from "./refusals.mjs";
import { key_of } from "./sets.mjs";

const SECTIONS = ["as_of", "time", "participants", "given", "events", "absences", "decisions"];

/**
 * What a log may speak of: kinds of events, occasions and their order, roles, dose levels, and
 * the gates on which somebody decides, each with what it is asked per and the roles.
 */
export class Vocabulary {
  constructor(kinds, occasions, roles = [], stated = {}) {
    this.kinds = kinds;
    this.occasions = occasions;
    this.roles = roles;
    this.orders = stated.orders ?? [];
    this.levels = stated.levels ?? [];
    this.deciders = stated.deciders ?? new Map();
  }
}

/**
 * A kind of event: its title, the codes of what is reported of it, and when a report counts.
 *
 * `counts` is a condition as in `program`, over inputs named `event.<attribute>`. `by`: roles, of
 * whom one attests the absence; [] where any role may.
 */
export class EventKind {
  constructor(id, title, attributes, counts, by = []) {
    this.id = id;
    this.title = title;
    this.attributes = attributes;
    this.counts = counts;
    this.by = by;
  }
}

/** An event of one participant; `attributes` holds what was reported of it. */
class LoggedEvent {
  constructor(participant, event, on, attributes) {
    this.participant = participant;
    this.event = event;
    this.on = on;
    this.attributes = attributes;
  }
}

/**
 * A log without faults, as known on the day `as_of`: nothing in it is dated later.
 *
 * `blocks`, `cohorts`, `levels`: participant to block, cohort and dose level (null where there is
 * none), in the log's order. `given`: (participant, occasion) to day; `times`: to the minute of
 * that day, where it is known, as `time` is that of `as_of`. `absences`: (participant, event) to
 * the last attested day. `decisions`: (gate, role, for whom) to the day and whether to open.
 */
class TrialLog {
  constructor(as_of) {
    this.as_of = as_of;
    this.time = null;
    this.blocks = new Map();
    this.cohorts = new Map();
    this.levels = new Map();
    this.given = new Map();
    this.times = new Map();
    this.events = [];
    this.absences = new Map();
    this.decisions = new Map();
  }

  /**
   * What was given and happened up to an earlier day, and the absences attested by then; no
   * decisions, of which only the latest are known.
   */
  known_on(day) {
    const log = new TrialLog(day);
    [log.blocks, log.cohorts, log.levels] = [this.blocks, this.cohorts, this.levels];
    log.given = new Map([...this.given].filter(([, on]) => on <= day));
    log.times = new Map([...this.times].filter(([key]) => log.given.has(key)));
    log.events = this.events.filter((event) => event.on <= day);
    log.absences = new Map([...this.absences].filter(([, last]) => last <= day));
    return log;
  }
}

/**
 * What was given and happened up to the end of an earlier day. An absence that was attested
 * later was one on that day, too.
 */
export function facts_until(log, day) {
  const earlier = log.known_on(day);
  earlier.time = 24 * 60 - 1;
  earlier.absences = new Map([...log.absences].map(([key, last]) => [key, Math.min(last, day)]));
  return earlier;
}

/** The state of one reading of a log. */
class LogReader {
  constructor(words) {
    this.words = words;
    this.place = "";
    this.faults = [];
    this.gifts = new Map();
    this.log = new TrialLog(0);
  }

  /** The entries of one section, each with the name of its place. */
  entries(log, section) {
    const raw = part_of(log, section);
    if (raw === null) return [];
    if (!Array.isArray(raw)) {
      this.faults.push(new RecordFault(section, `must be a list, not ${kind_of(raw)}`));
      return [];
    }
    return raw.map((item, place) => [`${section}[${place}]`, item]);
  }

  read(log) {
    for (const key of Object.keys(log)) {
      if (SECTIONS.includes(key)) continue;
      const guess = did_you_mean(key, SECTIONS) || `; a log has ${listed(SECTIONS)}`;
      this.faults.push(new RecordFault("log", `${shown(key)} is no part of it${guess}`));
    }
    this.tried("as_of", () => (this.log.as_of = read_day(part_of(log, "as_of"))));
    this.tried("time", () => (this.log.time = read_time(part_of(log, "time"))));
    for (const [section, read_entry] of [
      ["participants", this.participant],
      ["given", this.gift],
      ["events", this.event],
      ["absences", this.absence],
      ["decisions", this.decision],
    ]) {
      for (const [place, entry] of this.entries(log, section)) {
        this.tried(place, () => {
          if (!is_object(entry)) throw new FieldError(`must be an object, not ${kind_of(entry)}`);
          this.place = place;
          read_entry.call(this, entry);
        });
      }
    }
    for (const given of this.gifts.values()) this.check_order(given);
  }

  tried(place, read_part) {
    try {
      read_part();
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.faults.push(new RecordFault(place + error.where, error.message));
    }
  }

  // ---- entries

  participant(entry) {
    only(entry, ["id", "block", "cohort", "level"]);
    const name = text_of(entry, "id");
    const block = part_of(entry, "block");
    if (block !== null && !Number.isInteger(block)) {
      throw new FieldError(`must be a whole number, not ${shown(block)}`, ".block");
    }
    if (block !== null && block < 1) {
      throw new FieldError("must be 1 or more: blocks are counted from 1", ".block");
    }
    if (this.log.blocks.has(name)) {
      throw new FieldError(`${shown(name)} is listed twice: keep one entry`, ".id");
    }
    const [cohort, level] = [part_of(entry, "cohort"), part_of(entry, "level")];
    this.log.cohorts.set(name, cohort === null ? null : text_of(entry, "cohort"));
    const known_level = level === null ? null : text_of(entry, "level", this.words.levels);
    this.log.levels.set(name, known_level);
    this.log.blocks.set(name, block);
  }

  gift(entry) {
    only(entry, ["participant", "occasion", "on", "time"]);
    const who = this.named_participant(entry);
    const occasion = text_of(entry, "occasion", this.words.occasions);
    const on = read_day(part_of(entry, "on"), ".on");
    const time = read_time(part_of(entry, "time"), ".time");
    if (!this.gifts.has(who)) this.gifts.set(who, new Map());
    const given = this.gifts.get(who);
    if (given.has(occasion)) {
      const message = `${shown(occasion)} was already given to ${shown(who)}: keep one entry`;
      throw new FieldError(message);
    }
    given.set(occasion, [on, this.place]);
    const { log } = this;
    const is_timed = log.time !== null && time !== null;
    const is_known = on < log.as_of || (on === log.as_of && (!is_timed || time <= log.time));
    if (is_known) {
      log.given.set(key_of(who, occasion), on);
      if (time !== null) log.times.set(key_of(who, occasion), time);
    }
  }

  /**
   * What one participant was given, against the order of the schedule. An occasion that was
   * left out keeps those around it in order.
   */
  check_order(given) {
    const bounds = new Map();
    for (const [occasion, before] of this.words.orders) {
      for (const [before_it, same_day] of before) {
        let bound = null;
        if (given.has(before_it)) {
          bound = [given.get(before_it)[0], !same_day, before_it];
        } else if (bounds.has(before_it)) {
          const [day, strictly, name] = bounds.get(before_it);
          bound = [day, strictly || !same_day, name];
        }
        if (bound === null) continue;
        const known = bounds.get(occasion);
        bounds.set(occasion, known === undefined || comes_after(bound, known) ? bound : known);
      }
      if (!given.has(occasion) || !bounds.has(occasion)) continue;
      const [on, place] = given.get(occasion);
      const [day, strictly, name] = bounds.get(occasion);
      if (on < day || (strictly && on === day)) {
        const must = strictly ? "must be after" : "must not be before";
        const when = `${iso(day)}, when ${shown(name)} was given, which comes first`;
        this.faults.push(new RecordFault(`${place}.on`, `${must} ${when}`));
      }
    }
  }

  event(entry) {
    const who = this.named_participant(entry);
    const kind = this.words.kinds.get(text_of(entry, "event", [...this.words.kinds.keys()]));
    only(entry, ["participant", "event", "on", ...kind.attributes.keys()]);
    const on = read_day(part_of(entry, "on"), ".on");
    const attributes = new Map();
    for (const [name, codes] of kind.attributes) {
      if (part_of(entry, name) !== null) attributes.set(name, text_of(entry, name, codes));
    }
    if (on <= this.log.as_of) this.log.events.push(new LoggedEvent(who, kind.id, on, attributes));
  }

  absence(entry) {
    only(entry, ["participant", "event", "through", "by"]);
    const who = this.named_participant(entry);
    const event = text_of(entry, "event", [...this.words.kinds.keys()]);
    const through = read_day(part_of(entry, "through"), ".through");
    const by = text_of(entry, "by", this.words.roles.length > 0 ? this.words.roles : null);
    const attesters = this.words.kinds.get(event).by;
    if (attesters.length > 0 && !attesters.includes(by)) {
      throw new FieldError(
        `${shown(by)} does not attest the absence of ${shown(event)}: it is attested by ` +
          attesters.join(" or "),
        ".by",
      );
    }
    if (through <= this.log.as_of) {
      const key = key_of(who, event);
      this.log.absences.set(key, Math.max(this.log.absences.get(key) ?? through, through));
    }
  }

  /** Of two decisions of one day that differ, the one that holds counts. */
  decision(entry) {
    const gate = text_of(entry, "gate", [...this.words.deciders.keys()]);
    const [per, roles] = this.words.deciders.get(gate);
    only(entry, ["gate", "by", "on", "decision", ...(per === "trial" ? [] : [per])]);
    const [by, on] = [text_of(entry, "by", roles), read_day(part_of(entry, "on"), ".on")];
    const opens = text_of(entry, "decision", ["open", "hold"]) === "open";
    const whom = this.decided_for(per, entry);
    if (on > this.log.as_of) return;
    const key = key_of(gate, by, whom);
    const known = this.log.decisions.get(key) ?? [on, opens];
    if (known[0] === on) this.log.decisions.set(key, [on, opens && known[1]]);
    else this.log.decisions.set(key, known[0] > on ? known : [on, opens]);
  }

  decided_for(per, entry) {
    if (per === "participant") return this.named_participant(entry);
    if (per === "cohort") return text_of(entry, "cohort");
    if (per !== "block") return null;
    const block = part_of(entry, "block");
    if (!Number.isInteger(block) || block < 1) {
      throw new FieldError(`must be a whole number from 1, not ${shown(block)}`, ".block");
    }
    return block;
  }

  named_participant(entry) {
    return text_of(entry, "participant", [...this.log.blocks.keys()]);
  }
}

/**
 * The log as known on its `as_of`; RecordRefused with every fault otherwise.
 *
 * `log` is what JSON gives. Entries dated after `as_of` are not yet known and are left out, and so
 * is the absence of an event attested beyond that day: nobody can attest the future.
 */
export function read_log(log, words) {
  if (!is_object(log)) {
    throw new RecordRefused([new RecordFault("log", `must be an object, not ${kind_of(log)}`)]);
  }
  const reader = new LogReader(words);
  reader.read(log);
  if (reader.faults.length > 0) throw new RecordRefused(reader.faults);
  return reader.log;
}

function only(entry, allowed) {
  for (const key of Object.keys(entry)) {
    if (!allowed.includes(key)) {
      const message = `has ${shown(key)}, which is not among ${listed(allowed)}: remove it`;
      throw new FieldError(message);
    }
  }
}

/** A text of an entry, one of the known ones where they are given. */
function text_of(entry, name, known = null) {
  const text = part_of(entry, name);
  if (typeof text !== "string" || !text) {
    throw new FieldError(`must be a text, not ${kind_of(text)}`, `.${name}`);
  }
  if (known !== null && !known.includes(text)) {
    const some = listed(known.slice(0, 12)) || "none";
    const guess = did_you_mean(text, known) || `; known are ${some}`;
    throw new FieldError(`${shown(text)} is not known${guess}`, `.${name}`);
  }
  return text;
}

/** Whether a bound of `check_order` is narrower than another. */
function comes_after([day, strictly, name], [other_day, other_strictly, other_name]) {
  if (day !== other_day) return day > other_day;
  return strictly !== other_strictly ? strictly : name > other_name;
}
