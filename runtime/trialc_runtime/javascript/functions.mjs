// Functions of numbers: to 50 digits, then rounded once to binary64 (docs/semantics.md 2).
//
// A decimal number is [m, e]: m * 10**e. Math.log and Math.exp are not used: their last digit
// differs from machine to machine.

import { decimal_of, power_of_ten, rounded } from "./decimals.mjs";

const FUNCTION_DIGITS = 70;
const KEPT_DIGITS = 50;
const PLACES = 120; // behind the point, of logarithms and powers on their way to 70 digits
const ONE = 10n ** 120n;
const FARTHEST = 800; // e to the power of more has no place in binary64, of less than it is zero
const KNOWN_LOGARITHMS = new Map();

/**
 * A function of finite numbers, calculated on their shortest decimal texts.
 *
 * The same on every machine: roots, logarithms and powers of e are rounded correctly. null
 * where there is no result.
 */
export function apply(name, numbers, exponent = "") {
  if (name === "min" || name === "max") {
    return (name === "min" ? Math.min(...numbers) : Math.max(...numbers)) + 0;
  }
  // Digits to spare, so that what is exact comes out exactly: the square root of 9 is 3.
  const exact = applied_exactly(name, decimal_of(numbers[0]), exponent);
  if (exact === null) return null;
  const [digits, power] = to_digits(exact, KEPT_DIGITS);
  return rounded(digits, 1n, power);
}

function applied_exactly(name, number, exponent) {
  const [digits, power] = number;
  if (name === "sqrt") return digits < 0n ? null : square_root(number);
  if (name === "exp") return exponential(number);
  if (name === "round") return whole_steps(number, Number(exponent || 0));
  if (name === "power") {
    const [above, below = "1"] = exponent.split("/");
    const raised = divided_decimals(decimal_of_text(above), decimal_of_text(below));
    if (digits === 0n && raised[0] > 0n) return number;
    if (digits <= 0n) return null;
    const [first, second] = [logarithm(number), raised];
    return exponential(to_digits([first[0] * second[0], first[1] + second[1]], FUNCTION_DIGITS));
  }
  if (digits <= 0n) return null;
  return name === "ln" ? logarithm(number) : logarithm_of_ten(digits, power);
}

/** The decimal number that a text writes. */
function decimal_of_text(text) {
  const [mantissa, exponent = "0"] = text.toLowerCase().split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}

/** A decimal number with so many digits at most, to the nearest, halves to even. */
function to_digits([digits, power], count) {
  const spare = length_of(digits) - count;
  if (spare <= 0) return [digits, power];
  return [nearest(digits, power_of_ten(spare)), power + spare];
}

/** The quotient of integers, the second above zero, to the nearest, halves to even. */
function nearest(above, below) {
  const size = above < 0n ? -above : above;
  const twice = 2n * (size % below);
  let whole = size / below;
  if (twice > below || (twice === below && whole % 2n === 1n)) whole += 1n;
  return above < 0n ? -whole : whole;
}

function length_of(digits) {
  return String(digits < 0n ? -digits : digits).length;
}

function divided_decimals([above, power], [below, exponent]) {
  const more = 2 * FUNCTION_DIGITS + length_of(below);
  const sign = below < 0n ? -1n : 1n;
  // The last digit tells that something follows, so that no half is seen where there is none.
  const size = sign * above * power_of_ten(more);
  const whole = size / (sign * below);
  const rest = size % (sign * below) === 0n ? 0n : size < 0n ? -1n : 1n;
  return to_digits([10n * whole + rest, power - exponent - more - 1], FUNCTION_DIGITS);
}

function square_root([digits, power]) {
  if (digits === 0n) return [0n, 0];
  let more = 2 * FUNCTION_DIGITS + 10;
  if ((power - more) % 2 !== 0) more += 1;
  const large = digits * power_of_ten(more);
  const root = whole_root(large);
  const rest = root * root === large ? 0n : 1n;
  return to_digits([10n * root + rest, (power - more) / 2 - 1], FUNCTION_DIGITS);
}

/** The whole square root of an integer above zero (Newton's steps, from above). */
function whole_root(number) {
  let root = 1n << BigInt((number.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + number / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Halves away from zero. */
function whole_steps([digits, power], places) {
  if (power + places >= 0) return [digits, power];
  const step = power_of_ten(-(power + places));
  const size = digits < 0n ? -digits : digits;
  const steps = (2n * size + step) / (2n * step);
  return [digits < 0n ? -steps : steps, -places];
}

/** The natural logarithm of a decimal number above zero, to 70 digits. */
function logarithm([digits, power]) {
  const [fraction, tens] = split(digits, power);
  const found = logarithm_of(fraction) + BigInt(tens) * logarithm_of(10n * ONE);
  return to_digits([found, -PLACES], FUNCTION_DIGITS);
}

function logarithm_of_ten(digits, power) {
  const [fraction, tens] = split(digits, power);
  const part = (logarithm_of(fraction) * ONE) / logarithm_of(10n * ONE);
  return to_digits([part + BigInt(tens) * ONE, -PLACES], FUNCTION_DIGITS);
}

/** A number as a fraction from 1/4 to 5/2, in PLACES, and a power of ten. */
function split(digits, power) {
  const length = length_of(digits);
  const fraction = digits * power_of_ten(PLACES - length + 1);
  const tens = power + length - 1;
  return 2n * fraction >= 5n * ONE ? [fraction / 10n, tens + 1] : [fraction, tens];
}

/** In PLACES: ln x = 2 artanh((x - 1) / (x + 1)). */
function logarithm_of(number) {
  const known = KNOWN_LOGARITHMS.get(number);
  if (known !== undefined) return known;
  const first = ((number - ONE) * ONE) / (number + ONE);
  const square = (first * first) / ONE;
  let sum = 0n;
  let term = first;
  for (let odd = 1n; term !== 0n; odd += 2n) {
    sum += term / odd;
    term = (term * square) / ONE;
  }
  if (number === 10n * ONE) KNOWN_LOGARITHMS.set(number, 2n * sum);
  return 2n * sum;
}

/** e to the power of a decimal number, to 70 digits; null where it is beyond binary64. */
function exponential([digits, power]) {
  const size = length_of(digits) + power;
  if (size > 3 || divides_beyond(digits, power)) return digits < 0n ? [0n, 0] : null;
  const shift = power + PLACES;
  const number = shift >= 0 ? digits * power_of_ten(shift) : digits / power_of_ten(-shift);
  const ten = logarithm_of(10n * ONE);
  const tens = nearest(number, ten);
  const [found, exponent] = [series(number - tens * ten), Number(tens)];
  if (number === 0n && digits !== 0n) return nearly_one(digits);
  return to_digits([found, exponent - PLACES], FUNCTION_DIGITS);
}

function divides_beyond(digits, power) {
  const size = digits < 0n ? -digits : digits;
  const limit = BigInt(FARTHEST);
  return power >= 0 ? size * power_of_ten(power) > limit : size > limit * power_of_ten(-power);
}

/** e to the power of what is too small to see. */
function nearly_one(digits) {
  return to_digits([ONE + (digits < 0n ? -1n : 1n), -PLACES], FUNCTION_DIGITS);
}

/** e to the power of a number in PLACES, of at most ln 10 / 2. */
function series(number) {
  let sum = ONE;
  let term = ONE;
  for (let count = 1n; term !== 0n; count += 1n) {
    term = (term * number) / (count * ONE);
    sum += term;
  }
  return sum;
}
