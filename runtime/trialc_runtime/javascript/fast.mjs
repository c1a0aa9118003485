// Numbers of the fast path of a checker, in which an unknown number is NaN.

import { add, elapsed } from "./calendar.mjs";
import { calculate } from "./decimals.mjs";
import { apply } from "./functions.mjs";

/** `calendar.elapsed` of two day numbers; NaN where one is unknown or the end comes first. */
export function calendar_time(unit, start, end) {
  if (start !== start || end !== end) return NaN;
  return elapsed(unit, start, end) ?? NaN;
}

/** `calendar.add` to a day number; NaN where it is unknown. */
export function calendar_day(start, amount, unit) {
  return start !== start ? start : add(start, amount, unit);
}

/** `decimals.calculate`; NaN where there is no result, or an operand is unknown. */
export function calculated(operator, left, right, numerator = 1, denominator = 1) {
  if (left !== left || right !== right) return NaN;
  return calculate(operator, left, right, numerator, denominator) ?? NaN;
}

/** `functions.apply`; NaN where there is no result, or an argument is unknown. */
export function applied(name, numbers, exponent = "") {
  if (numbers.some((number) => number !== number)) return NaN;
  return apply(name, numbers, exponent) ?? NaN;
}

/** A value whose name every object has from its ancestors. */
export function own(values, name) {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
