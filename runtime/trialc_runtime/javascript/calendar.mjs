// Civil dates as day numbers: parsing, calendar arithmetic, windows, elapsed time.
//
// A day number counts days in the proleptic Gregorian calendar, 0001-01-01 being day 1.
// docs/semantics.md sections 2 and 3. JavaScript's Date, which knows time zones, is not used.

const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;
const BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const MONTH_LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function quotient(number, divisor) {
  return Math.floor(number / divisor);
}

/** Whether February has 29 days. */
export function is_leap(year) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** 28 to 31. */
export function days_in_month(year, month) {
  return month === 2 && is_leap(year) ? 29 : MONTH_LENGTHS[month];
}

/** The day number of a date that exists. */
export function day_number(year, month, day) {
  const past = year - 1;
  const leaps = quotient(past, 4) - quotient(past, 100) + quotient(past, 400);
  const leap_day = month > 2 && is_leap(year) ? 1 : 0;
  return 365 * past + leaps + BEFORE_MONTH[month] + leap_day + day;
}

/** Year, month and day of a day number. */
export function civil(number) {
  // Eras of 400 years that start on 1 March, so that the leap day is the last day of a year
  // (H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days).
  const era = quotient(number + 305, 146097);
  const day_of_era = number + 305 - 146097 * era;
  const leaps =
    quotient(day_of_era, 1460) - quotient(day_of_era, 36524) + quotient(day_of_era, 146096);
  const year = quotient(day_of_era - leaps, 365);
  const day_of_year = day_of_era - (365 * year + quotient(year, 4) - quotient(year, 100));
  const shifted = quotient(5 * day_of_year + 2, 153);
  const day = day_of_year - quotient(153 * shifted + 2, 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return [year + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** The day number of a date written YYYY-MM-DD; null for any other text and for other years. */
export function parse_date(text) {
  return date_fault(text) ? null : unchecked(text);
}

/** What is wrong with the text of a date, as a way out; "" if nothing is. */
export function date_fault(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return "write a date as YYYY-MM-DD";
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  if (!(FIRST_YEAR <= year && year <= LAST_YEAR)) {
    return `the year must be from ${FIRST_YEAR} to ${LAST_YEAR}`;
  }
  if (!(1 <= month && month <= 12)) return "the month must be from 01 to 12";
  const last = days_in_month(year, month);
  return 1 <= day && day <= last ? "" : `that month has the days 01 to ${last}`;
}

function unchecked(text) {
  return day_number(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)));
}

/** A day number written YYYY-MM-DD. */
export function iso(number) {
  const [year, month, day] = civil(number);
  const two = (part) => String(part).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/**
 * The date so many days, weeks, months or years later; earlier where the amount is negative.
 *
 * Months and years keep the day of the month, or take the last day of a shorter month. Count from
 * the anchor every time: adding one month twice is not adding two months. RangeError for hours.
 */
export function add(number, amount, unit) {
  if (unit === "day") return number + amount;
  if (unit === "week") return number + 7 * amount;
  if (unit !== "month" && unit !== "year") {
    throw new RangeError(`${unit}s are not counted on a calendar of days`);
  }
  const [year, month, day] = civil(number);
  const months = 12 * year + month - 1 + (unit === "month" ? amount : 12 * amount);
  const then = quotient(months, 12);
  const month_then = months - 12 * then + 1;
  return day_number(then, month_then, Math.min(day, days_in_month(then, month_then)));
}

/**
 * Calendar time from one date to another; null where the end is before the start.
 *
 * For months and years: the completed ones, and the days since the last of them divided by the
 * days from it to the next; a whole number on every anniversary. For weeks: days / 7.
 */
export function elapsed(unit, start, end) {
  const days = end - start;
  if (days < 0) return null;
  if (unit === "day") return days;
  if (unit === "week") return days / 7;
  const first = civil(start);
  const last = civil(end);
  let whole = last[0] - first[0];
  if (unit === "month") whole = 12 * whole + last[1] - first[1];
  let completed = add(start, whole, unit);
  if (completed > end) {
    whole -= 1;
    completed = add(start, whole, unit);
  }
  return whole + (end - completed) / (add(start, whole + 1, unit) - completed);
}
