// Numbers as Python writes them, so that refusals have the same words in every engine.

/** As `repr`: the shortest text; a whole number without a point, as far as it is surely whole. */
export function number_text(number) {
  if (Number.isSafeInteger(number)) return String(number);
  const [digits, power] = shortest(number);
  return written(digits, power, 17, number < 0);
}

/** As the format `g`, with so many digits. */
export function general(number, count = 6) {
  if (number === 0) return "0";
  const [digits, power] = few_digits(Math.abs(number), count);
  return written(digits.replace(/0+$/, ""), power, count + 1, number < 0);
}

/** The digits of a number, and the power of ten of the first of them. */
function shortest(number) {
  const [mantissa, exponent] = Math.abs(number).toExponential().split("e");
  return [mantissa.replace(".", ""), Number(exponent)];
}

/** So many digits, to the nearest; JavaScript takes halves up, Python takes them to even. */
function few_digits(number, count) {
  const [mantissa, exponent] = number.toExponential(100 - 1).split("e");
  const all = mantissa.replace(".", "");
  const rest = all.slice(count);
  const is_half = /^50*$/.test(rest);
  if (is_half && Number(all[count - 1]) % 2 === 0) return [all.slice(0, count), Number(exponent)];
  const [near, power] = number.toExponential(count - 1).split("e");
  return [near.replace(".", ""), Number(power)];
}

/** Digits with their point, or with an exponent: below 1e-4, and from 10**(room - 1) up. */
function written(digits, power, room, is_negative) {
  const sign = is_negative ? "-" : "";
  if (power < -4 || power >= room - 1) {
    const more = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const size = String(Math.abs(power)).padStart(2, "0");
    return `${sign}${digits[0]}${more}e${power < 0 ? "-" : "+"}${size}`;
  }
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  const more = digits.slice(power + 1);
  return sign + (more ? `${whole}.${more}` : whole);
}
