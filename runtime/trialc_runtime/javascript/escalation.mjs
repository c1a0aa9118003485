// Which step of a dose escalation is due, by a trial log (docs/semantics.md section 7).

import { Level, given_words, misplaced } from "./dose_levels.mjs";
import { RecordRefused, did_you_mean, listed } from "./refusals.mjs";
import { key_of } from "./sets.mjs";
import { read_log } from "./trial_log.mjs";

/**
 * The step that is due: escalation, level, participants, toxicities (fewest and most), due, to,
 * missing, because. `level` is the one treated last, `to` the one of the step.
 *
 * RecordRefused for a log with faults, or with participants at a level where nobody should have
 * been treated; RangeError for an escalation that is not known.
 */
export function ask_escalation(tables, name, log) {
  const rule = tables.escalations.get(name);
  if (rule === undefined) {
    const known = [...tables.escalations.keys()];
    const guess = did_you_mean(name, known) || `; the escalations are ${listed(known) || "none"}`;
    throw new RangeError(`no escalation is called \`${name}\`${guess}`);
  }
  return outcome_of(tables, rule, read_log(log, tables.words));
}

/**
 * What `ask_escalation` answers, by a log that was read; RecordRefused for participants at a
 * level where nobody should have been treated.
 */
export function outcome_of(tables, rule, log) {
  const faults = misplaced(tables, rule, log);
  if (faults.length > 0) throw new RecordRefused(faults);
  const levels = rule.levels.map((level) => new Level(tables, rule, log, level));
  const last = treated_last(rule, log, levels);
  const current = last ?? rule.levels.indexOf(rule.start);
  const is_waiting = (level) => level.treated.length > 0 && level.step === null;
  let missing = levels.flatMap((level, place) =>
    is_waiting(level) ? level.missing(rule, rule.levels[place]) : [],
  );
  let [step, to] = [null, null];
  if (last === null) {
    missing = [`${given_words(rule)} of ${rule.cohort} more in dose level ${rule.start}`];
  } else if (!levels.some(is_waiting)) {
    [step, to] = next_step(rule, levels, current);
  }
  const here = levels[current];
  const least = here.had.length;
  const most = least + here.doubt.length;
  return {
    escalation: rule.id,
    level: rule.levels[current],
    participants: here.treated.length,
    toxicities: [least, most],
    due: step,
    to: to === null ? null : rule.levels[to],
    missing: [...new Set(missing)],
    because: node_of_level(rule, here, step),
  };
}

function node_of_level(rule, here, step) {
  const value = { input: rule.absence[1], value: here.had.length };
  if (here.doubt.length > 0) value.most = here.had.length + here.doubt.length;
  const behind = [...here.had, ...here.doubt].map((found) => found.node);
  const place = (node) => here.treated.indexOf(node.participant);
  return {
    path: rule.id,
    text: rule.text,
    truth: step === null ? null : true,
    values: [value],
    because: behind.sort((first, second) => place(first) - place(second)),
  };
}

/** The level at which somebody was treated last; of several on one day the highest. */
function treated_last(rule, log, levels) {
  let found = null;
  let last = -Infinity;
  levels.forEach((level, index) => {
    for (const name of level.treated) {
      const on = log.given.get(key_of(name, rule.absence[2]));
      if (on >= last) [found, last] = [index, on];
    }
  });
  return found;
}

/** A step, where there may be no level above or below, or no place left at it. */
function next_step(rule, levels, current) {
  const { step } = levels[current];
  const room = levels.map((level) => level.treated.length < rule.maximum);
  const eliminated = levels.findIndex((level) => level.step === "eliminate");
  const ceiling = eliminated < 0 ? levels.length : eliminated;
  if (step === "stop" || step === "declare") return [step, step === "declare" ? current : null];
  if (current >= ceiling || step === "de_escalate" || step === "eliminate") {
    if (current > 0) {
      const below = Math.min(current, ceiling) - 1;
      if (below < 0) return ["stop", null];
      if (!room[below]) return ["declare", below];
      return [step === "eliminate" ? step : "de_escalate", below];
    }
    const stays = step === "de_escalate" && rule.lowest === "stay" && room[0] && ceiling > 0;
    return stays ? ["stay", 0] : ["stop", null];
  }
  const above = current + 1;
  if (step === "escalate" && above < ceiling && room[above]) return ["escalate", above];
  return [room[current] ? "stay" : "declare", current];
}
