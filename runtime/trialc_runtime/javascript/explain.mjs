// Why a condition has its truth, and what is still to be asked (docs/semantics.md 5 and 6).

import { DAY_OF } from "./inputs.mjs";
import { Unknown } from "./values.mjs";

const WITHOUT_VALUES = ["junction", "not", "attributed", "unless", "applies", "refer"];
const TWO_CONDITIONS = ["attributed", "unless", "applies"];
const COMPARISONS = ["compare", "within"];

/** Explains the conditions of one evaluation with the values as they were reported. */
export class Explanation {
  constructor(evaluation, reading) {
    this.evaluation = evaluation;
    this.reading = reading;
  }

  /** The node of a criterion; its truth is the outcome, even if found by case splitting. */
  criterion(condition, path, outcome) {
    const node = this.node(condition, path);
    node.truth = outcome;
    return node;
  }

  /** The node of a condition: path, text, truth, values, and the nodes that decide it. */
  node(part, path = "") {
    const condition = this.evaluation.whole(part);
    return {
      path,
      text: condition.at(-1),
      truth: this.evaluation.truth(condition),
      values: this.#values(condition),
      because: this.#because(condition),
    };
  }

  // ---- what decides

  #because(condition) {
    const [operator, first, second] = condition;
    if (operator === "junction") return this.#deciding(condition);
    if (operator === "not") return [this.node(first)];
    if (operator === "refer") return [this.node(this.evaluation.program.conditions.get(first))];
    if (operator === "attributed") return this.#attributed(condition);
    if (operator === "unless") {
      const node = this.node(first);
      return node.truth === false ? [node] : [node, this.node(second)];
    }
    if (operator === "applies") {
      const exists = this.evaluation.truth(first);
      const nodes = exists === true ? [] : [this.node(first)];
      return exists === false ? nodes : [...nodes, this.node(second)];
    }
    return [];
  }

  /** The operands whose truth decides a group. */
  #deciding(condition) {
    const [, quantifier, , branches] = condition;
    let truth = this.evaluation.truth(condition);
    if (quantifier === "none" && truth !== null) truth = !truth;
    const everything = quantifier !== "at_least" && truth === (quantifier === "all");
    return branches
      .filter(([, branch]) => everything || this.evaluation.truth(branch) === truth)
      .map(([path, branch]) => this.node(branch, path));
  }

  #attributed(condition) {
    const first = this.node(condition[1]);
    if (first.truth === false) return [first];
    const cause = {
      path: "",
      text: condition.at(-2),
      truth: this.evaluation.cause(condition),
      values: [this.#value(condition[2])],
      because: [],
    };
    return [first, cause];
  }

  // ---- the values behind an atom

  #values(condition) {
    const operator = condition[0];
    if (WITHOUT_VALUES.includes(operator)) return [];
    if (!COMPARISONS.includes(operator)) return [this.#value(condition[1])];
    const values = new Map();
    for (const number of numbers_of(condition)) {
      for (const name of this.#names(number)) this.#show(name, values);
    }
    return [...values.values()];
  }

  /** A value, and behind a definition the values of all that it reads, each once. */
  #show(name, values) {
    const { program } = this.evaluation;
    if (values.has(name)) return;
    if (program.numbers.has(name)) values.set(name, this.#derived(name));
    else if (!program.conditions.has(name)) values.set(name, this.#value(name));
    for (const other of this.#shown_behind(name)) this.#show(other, values);
  }

  /** What a definition names; of a table, what decided it. */
  *#shown_behind(name) {
    const number = this.evaluation.program.numbers.get(name);
    const decided = number && number[0] === "choose" ? this.evaluation.case(number) : null;
    if (decided === null) {
      yield* this.#read_by_definition(name);
      return;
    }
    const [, unique, cases] = number;
    if (unique && decided[2] !== null) {
      yield* this.#names_of_case(decided);
      return;
    }
    for (const other of cases) {
      if (other === decided) {
        yield* this.#names_of_case(decided);
        return;
      }
      yield* this.#read_by(other[2]);
    }
  }

  #derived(name) {
    const { program } = this.evaluation;
    const number = program.numbers.get(name);
    const known = this.#exact(number);
    if (known !== null) {
      const node = { input: name, value: known };
      if (program.units.get(name)) node.unit = program.units.get(name);
      const decided = number[0] === "choose" ? this.evaluation.case(number) : null;
      return decided === null ? node : { ...node, case: decided[0] };
    }
    const needs = [...this.#needs_of_number(number)];
    const is_missing = needs.some((needed) => this.#is_unknown(needed));
    if (this.evaluation.bounds(number) === null && !is_missing) {
      return { input: name, reason: "conflicting" };
    }
    return { input: name };
  }

  #exact(number) {
    const bounds = this.evaluation.bounds(number);
    return bounds !== null && bounds[0] === bounds[1] ? bounds[0] : null;
  }

  #is_unknown(name) {
    return this.reading.values.get(name) instanceof Unknown;
  }

  #value(name) {
    const found = this.reading.values.get(name);
    if (found instanceof Unknown) {
      const why = { input: name, reason: found.reason };
      return found.on ? { ...why, on: found.on } : why;
    }
    const node = { input: name, value: found.reported };
    if (found.unit) node.unit = found.unit;
    if (found.on) node.on = found.on;
    if (found.by.length > 0) node.by = [...found.by];
    return node;
  }

  // ---- what conditions and numbers read, in reading order

  *#names(number) {
    const operator = number[0];
    if (operator === "value" || operator === "number_of") {
      yield number[1];
    } else if (operator === "arithmetic") {
      yield* this.#names(number[2]);
      yield* this.#names(number[3]);
    } else if (operator === "function") {
      for (const argument of number[2]) yield* this.#names(argument);
    } else if (operator === "choose") {
      for (const each of number[2]) yield* this.#names_of_case(each);
    } else if (operator === "elapsed") {
      yield* number.slice(2).filter((name) => name !== "as_of").map(input_of);
    } else if (operator === "day") {
      yield* number.slice(1, 2).filter((name) => name !== "as_of").map(input_of);
    } else if (operator === "score") {
      for (const [points, inner] of number[2]) {
        yield* points === null ? this.#names(inner) : this.#read_by(inner);
      }
    }
  }

  *#names_of_case(each) {
    yield* this.#names(each[1]);
    if (each[2] !== null) yield* this.#read_by(each[2]);
  }

  *#read_by(part) {
    const condition = this.evaluation.whole(part);
    const operator = condition[0];
    if (["holds", "one_of", "done", "refer"].includes(operator)) {
      yield condition[1];
    } else if (COMPARISONS.includes(operator)) {
      for (const number of numbers_of(condition)) yield* this.#names(number);
    } else {
      for (const inner of operands(condition)) yield* this.#read_by(inner);
      if (operator === "attributed") yield condition[2];
    }
  }

  /** What a definition names; nothing for an input. */
  *#read_by_definition(name) {
    const { program } = this.evaluation;
    if (program.numbers.has(name)) yield* this.#names(program.numbers.get(name));
    else if (program.conditions.has(name)) yield* this.#read_by(program.conditions.get(name));
  }

  /** The inputs that a number comes from, definitions opened. */
  *#inputs_behind(number) {
    const waiting = [...this.#names(number)];
    const seen = new Set();
    for (const name of waiting) {
      if (seen.has(name)) continue;
      seen.add(name);
      waiting.push(...this.#read_by_definition(name));
      if (this.reading.values.has(name)) yield name;
    }
  }

  // ---- what is still to be asked

  /**
   * Inputs that can still matter to a condition, in reading order, some repeated.
   *
   * Unknown ones, and known ones that together lead to a number that cannot be.
   */
  *needs(part) {
    const condition = this.evaluation.whole(part);
    if (this.evaluation.truth(condition) !== null) return;
    const operator = condition[0];
    if (TWO_CONDITIONS.includes(operator)) {
      if (this.evaluation.truth(condition[1]) === null) yield* this.needs(condition[1]);
      else if (operator === "attributed") yield condition[2];
      else yield* this.needs(condition[2]);
    } else if (operator === "refer") {
      yield* this.needs(this.evaluation.program.conditions.get(condition[1]));
    } else if (["holds", "one_of", "done"].includes(operator)) {
      yield condition[1];
    } else if (COMPARISONS.includes(operator)) {
      for (const number of numbers_of(condition)) yield* this.#needs_of_number(number);
    } else {
      for (const inner of operands(condition)) yield* this.needs(inner);
    }
  }

  *#needs_of_number(number) {
    const operator = number[0];
    if (this.#exact(number) !== null) return;
    if (operator === "number_of") {
      yield* this.#needs_of_number(this.evaluation.program.numbers.get(number[1]));
    } else if (operator === "score") {
      for (const [points, inner] of number[2]) {
        yield* points === null ? this.#needs_of_number(inner) : this.needs(inner);
      }
    } else {
      const needed = [...this.#needed_by(number)];
      // Everything is known, and there is no such number: what led to it conflicts.
      const inputs = needed.length > 0 ? [] : [...this.#inputs_behind(number)];
      yield* needed.length > 0 ? needed : inputs.filter((name) => !this.#is_unknown(name));
    }
  }

  *#needed_by(number) {
    const operator = number[0];
    if (operator === "arithmetic") {
      for (const side of number.slice(2, 4)) yield* this.#needs_of_number(side);
    } else if (operator === "function") {
      for (const side of number[2]) yield* this.#needs_of_number(side);
    } else if (operator === "choose") {
      yield* this.#needs_of_table(number);
    } else {
      for (const name of this.#names(number)) if (this.#is_unknown(name)) yield name;
    }
  }

  /** What decides which case it is; then what its number needs. */
  *#needs_of_table(number) {
    const decided = this.evaluation.case(number);
    if (decided !== null) {
      yield* this.#needs_of_number(decided[1]);
      return;
    }
    const [, unique, cases] = number;
    for (const [, , condition] of cases) {
      if (condition !== null && this.evaluation.truth(condition) === null) {
        yield* this.needs(condition);
        if (!unique) return;
      }
    }
  }
}

/** The conditions directly inside a condition, in order. */
function operands(condition) {
  const operator = condition[0];
  if (operator === "junction") return condition[3].map(([, branch]) => branch);
  if (operator === "not" || operator === "attributed") return [condition[1]];
  return operator === "unless" || operator === "applies" ? [condition[1], condition[2]] : [];
}

/** The input of which a day is, or on the day of which something was measured. */
function input_of(moment) {
  return moment.startsWith(DAY_OF) ? moment.slice(DAY_OF.length) : moment;
}

function numbers_of(condition) {
  return condition[0] === "compare" ? [condition[1], condition[3]] : condition.slice(1, 4);
}
