// The truth of conditions and the value of numbers for one participant (semantics 2 and 4).

import { add, elapsed } from "./calendar.mjs";
import { calculate } from "./decimals.mjs";
import { apply } from "./functions.mjs";
import { all_of, any_of, at_least, negate, none_of } from "./truth.mjs";

/**
 * One participant: `values` are canonical (`records.canonical`).
 *
 * `completed` gives values for inputs and derived numbers that are unknown (null: not done); case
 * splitting tries them, and `plain` is then the same participant without them. Every condition is
 * decided once.
 */
export class Evaluation {
  #plain;
  #truths = new Map();

  constructor(program, values, completed = new Map(), plain = null) {
    this.program = program;
    this.values = values;
    this.completed = completed;
    this.#plain = plain;
  }

  /**
   * Without completions. Each of them stands for a whole cell: good for comparing with a
   * constant, not for calculating.
   */
  get plain() {
    return this.#plain ?? this;
  }

  /** The value of an input; null where it is unknown. */
  known(name) {
    if (this.completed.has(name)) return this.completed.get(name);
    return value_of(this.values, name);
  }

  /** The condition itself, where a part stands for it. */
  whole(condition) {
    let found = condition;
    while (found[0] === "part") found = this.program.parts.get(found[1]);
    return found;
  }

  // ---- conditions

  /** True, false, or null for unknown. */
  truth(condition) {
    let found = this.#truths.get(condition);
    if (found === undefined) {
      // Kleene's logic is monotone: what is known stays known when something is completed.
      found = this.#plain === null ? null : this.#plain.truth(condition);
      if (found === null) found = this.#decide(condition);
      this.#truths.set(condition, found);
    }
    return found;
  }

  /** Whether the attested cause is the one that an attribution asks for. */
  cause(condition) {
    const [, , name, cause, other] = condition;
    const found = this.known(name);
    return found === null ? null : (found === cause) !== other;
  }

  #decide(condition) {
    const [operator, first, second] = condition;
    if (operator === "junction") return this.#junction(condition);
    if (operator === "not") return negate(this.truth(first));
    if (operator === "attributed") return all_of([this.truth(first), this.cause(condition)]);
    if (operator === "unless") return all_of([this.truth(first), negate(this.truth(second))]);
    if (operator === "applies") {
      const [exists, operand] = [this.truth(first), this.truth(second)];
      return condition[3] ? any_of([negate(exists), operand]) : all_of([exists, operand]);
    }
    if (operator === "refer") return this.truth(this.program.conditions.get(first));
    if (operator === "part") return this.truth(this.whole(condition));
    return this.#atom(condition);
  }

  #junction(condition) {
    const [, quantifier, count, branches] = condition;
    const truths = branches.map(([, branch]) => this.truth(branch));
    if (quantifier === "all") return all_of(truths);
    if (quantifier === "any") return any_of(truths);
    return quantifier === "none" ? none_of(truths) : at_least(count, truths);
  }

  #atom(condition) {
    const [operator, name] = condition;
    if (operator === "compare") {
      return this.#compare(this.bounds(name), condition[2], this.bounds(condition[3]));
    }
    if (operator === "within") {
      const bounds = this.bounds(name);
      const [low, high] = [this.bounds(condition[2]), this.bounds(condition[3])];
      return all_of([this.#compare(bounds, ">=", low), this.#compare(bounds, "<=", high)]);
    }
    const found = this.known(name);
    if (operator === "done") {
      if (value_of(this.values, `not_done:${name}`) === true) return false;
      if (found !== null) return true;
      return this.completed.has(name) ? false : null;
    }
    if (found === null) return null;
    if (operator === "one_of") return condition[2].includes(found);
    if (operator === "holds") return found === true;
    throw new TypeError(`no condition is called ${operator}`);
  }

  /** A relation between numbers of which only the bounds may be known. */
  #compare(one, relation, other) {
    if (one === null || other === null) return null;
    if (relation === ">" || relation === ">=") {
      return this.#compare(other, relation === ">" ? "<" : "<=", one);
    }
    if (relation === "<") {
      return one[1] < other[0] ? true : one[0] >= other[1] ? false : null;
    }
    if (relation === "<=") {
      return one[1] <= other[0] ? true : one[0] > other[1] ? false : null;
    }
    let equal = null;
    if (one[1] < other[0] || other[1] < one[0]) equal = false;
    else if (one[0] === one[1] && one[0] === other[0] && one[0] === other[1]) equal = true;
    return relation === "=" ? equal : negate(equal);
  }

  // ---- numbers

  /** The lowest and the highest that a number can be; null where nothing is known of it. */
  bounds(number) {
    const operator = number[0];
    if (operator === "literal") return [number[1], number[1]];
    if (operator === "score") return this.#score(number);
    if (operator === "number_of") {
      const completed = this.completed.get(number[1]) ?? null;
      if (completed !== null) return [completed, completed];
      const inner = this.program.numbers.get(number[1]);
      return inner[0] === "score" ? this.bounds(inner) : this.plain.bounds(inner);
    }
    let found;
    if (operator === "value") found = this.known(number[1]);
    else if (operator === "elapsed") found = this.#elapsed(number);
    else if (operator === "day") found = this.#day(number);
    else if (operator === "function") found = this.#function(number);
    else if (operator === "choose") found = this.#chosen(number);
    else found = this.#arithmetic(number);
    return found === null ? null : [found, found];
  }

  #elapsed([, unit, start, end]) {
    const [first, last] = [this.known(start), this.known(end)];
    return first === null || last === null ? null : elapsed(unit, first, last);
  }

  #day([, start, amount, unit]) {
    const first = this.known(start);
    return first === null ? null : add(first, amount, unit);
  }

  #arithmetic([, operator, left, right, numerator, denominator]) {
    const [first, second] = [this.#exact(left), this.#exact(right)];
    if (first === null || second === null) return null;
    return calculate(operator, first, second, numerator, denominator);
  }

  #function([, name, inside, exponent]) {
    const known = inside.map((argument) => this.#exact(argument));
    return known.includes(null) ? null : apply(name, known, exponent);
  }

  #chosen(number) {
    const found = this.case(number);
    return found === null ? null : this.#exact(found[1]);
  }

  /** The case of a table that decides; null while that is open. */
  case([, unique, cases]) {
    let is_open = false;
    for (const each of cases) {
      const truth = each[2] === null ? true : this.plain.truth(each[2]);
      if (truth === true && !(is_open && (each[2] === null || !unique))) return each;
      is_open = is_open || truth !== false;
    }
    return null;
  }

  /** A number of the record alone, if it is exactly known. */
  #exact(number) {
    const bounds = this.plain.bounds(number);
    return bounds !== null && bounds[0] === bounds[1] ? bounds[0] : null;
  }

  #score([, combine, items]) {
    let [low, high] = [0, 0];
    for (const [points, inner] of items) {
      let [least, most] = [0, 0];
      if (points === null) {
        [least, most] = this.#score(inner);
      } else {
        const truth = this.truth(inner);
        least = truth === true ? points : 0;
        most = truth === false ? 0 : points;
      }
      if (combine === "sum") [low, high] = [low + least, high + most];
      else [low, high] = [Math.max(low, least), Math.max(high, most)];
    }
    return [low, high];
  }
}

/** A canonical value; null where it is unknown. What an object has from its ancestors is none. */
function value_of(values, name) {
  const found = Object.hasOwn(values, name) ? values[name] : null;
  return found === undefined || found !== found ? null : found;
}
