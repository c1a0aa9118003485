// Outcomes, verdict, needs and explanations of one participant (docs/semantics.md 5 and 6).

import { Evaluation } from "./evaluate.mjs";
import { Explanation } from "./explain.mjs";
import { canonical, read } from "./records.mjs";
import { for_now, refuse_unasked } from "./standing.mjs";
import { Unknown } from "./values.mjs";

/** More cases than this are not split; the compiler warns of a protocol that could need it. */
const MOST_COMPLETIONS = 4096;

/** A prime: leaps of this length come to every completion once, and soon to two that disagree. */
const LEAP = 2_654_435_761;

/** What a record says, with elements that do not exist for the participant left out. */
export function read_for(program, record) {
  const decider = (reading) => {
    const evaluation = new Evaluation(program, canonical(program.inputs, reading));
    return (condition) => evaluation.truth(condition);
  };
  return read(program.inputs, record, program.roles, decider);
}

/**
 * The verdict on a record with its explanation; RecordRefused for a record with faults.
 *
 * `at`: the verdict over the criteria that are assessed at a visit; RangeError where none are, or
 * none for the population of the record.
 */
export function screen_with(program, record, at = null) {
  if (at !== null) {
    const kept = program.stages.get(at) ?? [];
    const left_out = program.criteria.map((item) => item.id).filter((id) => !kept.includes(id));
    const { verdict, as_of, ...found } = screen_with(program.at(at), record);
    refuse_unasked(found.criteria, at);
    return { verdict, as_of, at, left_out, ...found };
  }
  const reading = read_for(program, record);
  const values = canonical(program.inputs, reading);
  const evaluation = new Evaluation(program, values);
  const outcomes = program.criteria.map((item, index) =>
    settled(program, index, evaluation.truth(item.condition), values),
  );
  let verdict = judge(program.criteria, outcomes);
  if (verdict === "undetermined") verdict = settled_verdict(program, outcomes, values);
  const explanation = new Explanation(evaluation, reading);
  const criteria = outcomes.map((outcome, index) =>
    explained(program, index, outcome, explanation, values),
  );
  const by = verdict === "ineligible" ? deciding(program, outcomes, values) : [];
  const needs = verdict === "undetermined" ? needed(program, outcomes, explanation) : [];
  return { verdict, as_of: reading.as_of, ...for_now(criteria, by), by, needs, criteria };
}

/** What a result says of one criterion. */
function explained(program, index, outcome, explanation, values) {
  const item = program.criteria[index];
  const because = explanation.criterion(item.condition, item.id, outcome);
  let beside = {};
  if (item.standing !== null) {
    const [fails, left] = [item.fails(outcome), item.standing.lasting];
    let lasts = false;
    if (fails && left !== null) {
      const rest = settled(program, index, explanation.evaluation.truth(left), values, left);
      lasts = item.fails(rest);
    }
    const chosen = (name) => (Object.hasOwn(values, name) ? values[name] : null);
    beside = item.standing.beside(fails, lasts, because, explanation.reading.as_of, chosen);
  }
  const { id, kind, number, title, source } = item;
  return { id, kind, number, title, outcome, ...beside, source, because };
}

/** The verdict that outcomes give: ineligible before undetermined before eligible. */
export function judge(criteria, outcomes) {
  if (criteria.some((item, index) => item.fails(outcomes[index]))) return "ineligible";
  return outcomes.includes(null) ? "undetermined" : "eligible";
}

/**
 * The outcome of a criterion, or of a `part` of it; where Kleene's logic leaves it open, by
 * case splitting.
 */
export function settled(program, index, outcome, values, part = null) {
  const item = program.criteria[index];
  if (outcome !== null || item.shared.length === 0) return outcome;
  const condition = part ?? item.condition;
  return agreed(program, item.shared, values, (each) => each.truth(condition));
}

/** The verdict that all completions agree on, where the outcomes leave it undetermined. */
export function settled_verdict(program, outcomes, values) {
  const open = without_outcome(program, outcomes);
  if (open.length === 1) return "undetermined"; // its outcome is what all completions agree on
  const eligible = (each) => {
    const found = judge(open, open.map((item) => each.truth(item.condition)));
    return found === "undetermined" ? null : found === "eligible";
  };
  const answer = agreed(program, shared_by(program, open), values, eligible);
  return answer === null ? "undetermined" : answer ? "eligible" : "ineligible";
}

/**
 * The ids of the criteria that make a participant ineligible.
 *
 * Where none does by itself: criteria of which every completion breaks one, and of which none can
 * be left out; later ones are left out first.
 */
export function deciding(program, outcomes, values) {
  const alone = program.criteria.filter((item, index) => item.fails(outcomes[index]));
  if (alone.length > 0) return alone.map((item) => item.id);
  const open = without_outcome(program, outcomes);
  const broken = [];
  for (const each of cases_of(program, shared_by(program, open), values)) {
    const fails = open.filter((item) => item.fails(each.truth(item.condition)));
    broken.push(fails.map((item) => item.id));
  }
  let together = open.map((item) => item.id);
  for (const name of [...together].reverse()) {
    const others = together.filter((other) => other !== name);
    if (broken.every((each) => each.some((id) => others.includes(id)))) together = others;
  }
  return together;
}

/** The criteria without an outcome. */
function without_outcome(program, outcomes) {
  return program.criteria.filter((_, index) => outcomes[index] === null);
}

/** What feeds several atoms of some criteria taken together. */
function shared_by(program, criteria) {
  const uses = (name) => criteria.reduce((sum, item) => sum + (item.uses.get(name) ?? 0), 0);
  return program.shared.filter((name) => uses(name) > 1);
}

/** The common answer of all completions of some inputs; null if they differ or leave it open. */
function agreed(program, shared, values, ask) {
  let answer = null;
  for (const each of cases_of(program, shared, values)) {
    const found = ask(each);
    if (found === null || (answer !== null && found !== answer)) return null;
    answer = found;
  }
  return answer;
}

/** The participant, completed in every way. */
function* cases_of(program, shared, values) {
  const plain = new Evaluation(program, values);
  const names = shared.filter((name) => is_open(plain, name));
  for (const completed of completions(program, names)) {
    yield new Evaluation(program, values, completed, plain);
  }
}

function is_open(evaluation, name) {
  const number = evaluation.program.numbers.get(name);
  const found = number === undefined ? evaluation.known(name) : evaluation.bounds(number);
  return found === null;
}

/** Every combination of one value from each cell of some inputs; none if there are too many. */
function* completions(program, names) {
  const size = names.reduce((product, name) => product * program.cells.get(name).length, 1);
  if (names.length === 0 || size > MOST_COMPLETIONS) return;
  for (let leap = 0; leap < size; leap += 1) {
    const completed = new Map();
    let position = (leap * LEAP) % size;
    for (const name of names) {
      const cells = program.cells.get(name);
      completed.set(name, cells[position % cells.length]);
      position = Math.floor(position / cells.length);
    }
    yield completed;
  }
}

/** What to ask next, in the order of the inputs: causes come last. */
function needed(program, outcomes, explanation) {
  const wanted = new Set();
  program.criteria.forEach((item, index) => {
    if (outcomes[index] !== null) return;
    for (const name of explanation.needs(item.condition)) wanted.add(name);
  });
  return program.inputs
    .filter((item) => wanted.has(item.path))
    .map((item) => {
      const value = explanation.reading.values.get(item.path);
      // What is asked for although it is known has led to a derived number that cannot be.
      const reason = value instanceof Unknown ? value.reason : "conflicting";
      return { input: item.path, title: item.title, reason };
    });
}
