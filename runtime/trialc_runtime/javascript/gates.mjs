// Whether a gate of the trial is open, held or closed (docs/semantics.md section 7).

import { outcome_of } from "./escalation.mjs";
import { did_you_mean, listed, shown } from "./refusals.mjs";
import { Asked, one_of } from "./sets.mjs";
import { Question } from "./transitions.mjs";
import { Vocabulary, read_log } from "./trial_log.mjs";

/**
 * A gate: `per` is block, cohort, participant or trial; it is open while its condition is true.
 *
 * `blocks` are the first and the last block that it is asked for, `cohorts` the cohorts; null and
 * [] where the protocol sets no limit.
 */
export class GateRule {
  constructor(id, title, per, condition, blocks = null, cohorts = []) {
    this.id = id;
    this.title = title;
    this.per = per;
    this.condition = condition;
    this.blocks = blocks;
    this.cohorts = cohorts;
  }
}

/** Everything that `gate` needs to know of a protocol; `program` has the definitions. */
export class GateTables {
  constructor(program, gates, kinds, occasions, stated = {}) {
    this.program = program;
    this.gates = new Map(gates.map((gate) => [gate.id, gate]));
    this.escalations = new Map((stated.escalations ?? []).map((rule) => [rule.id, rule]));
    const known = new Map(kinds.map((kind) => [kind.id, kind]));
    this.words = new Vocabulary(known, occasions, program.roles, stated);
  }
}

/**
 * The state of a gate for a block, a cohort or a participant: gate, state, missing, because.
 *
 * RecordRefused for a log with faults; RangeError for a gate, block, cohort or participant that is
 * not named or not known.
 */
export function ask_gate(tables, name, log, block, participant, cohort) {
  const rule = rule_for(tables, name, block, participant, cohort);
  const known = read_log(log, tables.words);
  if (participant !== null && !known.blocks.has(participant)) {
    throw new RangeError(`participant \`${participant}\` is not in the log`);
  }
  const asked = participant === null ? new Asked(block, cohort) : one_of(known, participant);
  const ended = (plan, of) => outcome_of(tables, tables.escalations.get(plan), of);
  const question = new Question(tables.program, tables.words.kinds, known, asked, ended);
  const found = question.find(rule.condition, rule.id);
  const state = found.truth === null ? "closed" : found.truth ? "open" : "held";
  return { gate: name, state, missing: [...new Set(found.missing)], because: found.node };
}

/** The gate that is asked; RangeError where it is not asked so. */
function rule_for(tables, name, block, participant, cohort) {
  const rule = tables.gates.get(name);
  if (rule === undefined) {
    const known = [...tables.gates.keys()];
    const guess = did_you_mean(name, known) || `; the gates are ${listed(known)}`;
    throw new RangeError(`no gate is called \`${name}\`${guess}`);
  }
  for (const [kind, given] of Object.entries({ block, participant, cohort })) {
    if ((given !== null) === (rule.per === kind)) continue;
    const asked = rule.per === "trial" ? "once, for the whole trial" : `for a ${rule.per}`;
    const advice = given !== null ? "leave out" : "give";
    throw new RangeError(`the gate \`${name}\` is asked ${asked}: ${advice} \`${kind}\``);
  }
  if (block !== null && (!Number.isInteger(block) || block < 1)) {
    throw new RangeError(`a block is a whole number from 1, not ${shown(block)}`);
  }
  if (cohort !== null && (typeof cohort !== "string" || !cohort)) {
    throw new RangeError(`a cohort is named by a text, not ${shown(cohort)}`);
  }
  if (cohort !== null && rule.cohorts.length > 0 && !rule.cohorts.includes(cohort)) {
    const asked = `before cohort ${listed(rule.cohorts)}, not before \`${cohort}\``;
    throw new RangeError(`the gate \`${name}\` stands ${asked}`);
  }
  if (block !== null && rule.blocks !== null) {
    const [first, last] = rule.blocks;
    if (block < first || block > last) {
      const asked = first === last ? `block ${first}` : `blocks ${first} to ${last}`;
      const wrong = `not before block ${block}`;
      throw new RangeError(`the gate \`${name}\` stands before ${asked}, ${wrong}`);
    }
  }
  return rule;
}
