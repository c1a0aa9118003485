// Exact conversion and calculation: the shortest decimal texts, integers, one rounding.
//
// docs/semantics.md section 2. So a value that sits on a threshold sits on it in every unit, and so
// does one that is calculated: 0.57 g/dL is 5.7 g/L, and 0.1 + 0.2 is 0.3, although 0.57 * 10 is
// not 5.7 in binary arithmetic, nor is that sum. Integers are BigInt: they have no end.

export const SAME_UNIT = [1, 1, 0, 1];
const LARGEST_WHOLE = 1e15; // up to it the text of a whole number has all of its digits
const DIGITS = 53; // of binary64
const LEAST_POWER = -1074; // of 2 that binary64 has

/** There is no result: beyond binary64, or divided by zero. */
export class NoResult extends Error {}

/**
 * [m, e]: the number is m * 10**e, by the shortest decimal text that reads back as it.
 *
 * Finite numbers only.
 */
export function decimal_of(number) {
  if (Number.isInteger(number) && Math.abs(number) < LARGEST_WHOLE) return [BigInt(number), 0];
  const [mantissa, exponent = "0"] = String(number).split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}

/** Whether a conversion changes nothing. */
export function is_same_unit(factor) {
  return factor.every((part, place) => Number(part) === SAME_UNIT[place]);
}

/**
 * A number in another unit: number * num / den + off_num / off_den, rounded once to binary64.
 *
 * `factor` is [num, den, off_num, off_den]. NoResult where the result is beyond binary64.
 */
export function convert(number, factor) {
  if (is_same_unit(factor)) return number;
  const [mantissa, exponent] = decimal_of(number);
  const [num, den, shift_num, shift_den] = factor.map(BigInt);
  const above = mantissa * num * shift_den;
  const below = den * shift_den;
  const shift = shift_num * den;
  if (exponent < 0) {
    const scale = power_of_ten(-exponent);
    return divided(above + shift * scale, below * scale);
  }
  return divided(above * power_of_ten(exponent) + shift, below);
}

/**
 * `left operator right`, scaled by numerator/denominator: exact, then rounded to binary64.
 *
 * Finite numbers only. null where there is no result: a division by zero, an overflow.
 */
export function calculate(operator, left, right, numerator = 1, denominator = 1) {
  let [above, power] = decimal_of(left);
  let [other, exponent] = decimal_of(right);
  let below = 1n;
  if (operator === "*") {
    above = above * other * BigInt(numerator);
    below = BigInt(denominator);
    power += exponent;
  } else if (operator === "/") {
    above *= BigInt(numerator);
    below = other * BigInt(denominator);
    power -= exponent;
  } else {
    if (operator === "-") other = -other;
    const least = Math.min(power, exponent);
    above = above * power_of_ten(power - least) + other * power_of_ten(exponent - least);
    power = least;
  }
  return rounded(above, below, power);
}

/** above / below * 10**power, rounded to binary64; null where there is no result. */
export function rounded(above, below, power) {
  try {
    return power >= 0
      ? divided(above * power_of_ten(power), below)
      : divided(above, below * power_of_ten(-power));
  } catch (error) {
    if (error instanceof NoResult) return null;
    throw error;
  }
}

/** 10**power, for a power of at least zero. */
export function power_of_ten(power) {
  return 10n ** BigInt(power);
}

/** The quotient of two integers, rounded once to binary64, to the nearest, halves to even. */
function divided(above, below) {
  if (below === 0n) throw new NoResult();
  if (above === 0n) return 0; // there is one zero: 0 divided by -5 would be another one
  const is_negative = above < 0n !== below < 0n;
  const first = above < 0n ? -above : above;
  const second = below < 0n ? -below : below;
  // The power of two of the last digit that the result has room for.
  let power = Math.max(bits(first) - bits(second) - DIGITS, LEAST_POWER);
  let [whole, rest, unit] = quotient_of(first, second, power);
  if (bits(whole) > DIGITS) [whole, rest, unit] = quotient_of(first, second, ++power);
  const twice = 2n * rest;
  if (twice > unit || (twice === unit && whole % 2n === 1n)) whole += 1n;
  const found = Number(whole) * power_of_two(power);
  if (found === Infinity) throw new NoResult();
  return is_negative ? -found : found;
}

/** How often second * 2**power goes into first, what is left, and what it is left of. */
function quotient_of(first, second, power) {
  const above = power < 0 ? first << BigInt(-power) : first;
  const below = power > 0 ? second << BigInt(power) : second;
  return [above / below, above % below, below];
}

function bits(integer) {
  const hexadecimal = integer.toString(16);
  return 4 * hexadecimal.length - Math.clz32(Number.parseInt(hexadecimal[0], 16)) + 28;
}

/** 2**power, exactly, on every machine; a power above those of binary64 gives infinity. */
function power_of_two(power) {
  if (power > 1023) return Infinity;
  const view = new DataView(new ArrayBuffer(8));
  const is_small = power < -1022; // a number without a leading digit of its own
  view.setBigUint64(0, is_small ? 1n << BigInt(power + 1074) : BigInt(power + 1023) << 52n);
  return view.getFloat64(0);
}
