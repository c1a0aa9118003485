// Lengths of time between what has a day and perhaps a time of day (docs/semantics.md section 7).
//
// Hours are counted as the clock at the site shows them. Where a time is not known, it may be any
// minute of its day: what follows is true of every one of them, or it is not said. A moment is
// [day number, minute of the day or null].

import { add, iso } from "./calendar.mjs";

const MINUTES = 1440;
const LAST_MINUTE = 1439;

/** The first minute that a moment can be. */
export function earliest([day, minute]) {
  return day * MINUTES + (minute ?? 0);
}

/** The last minute that a moment can be. */
export function latest([day, minute]) {
  return day * MINUTES + (minute ?? LAST_MINUTE);
}

/**
 * Whether so much time lies between two moments: calendar units by the day, hours by the
 * minute; null where it depends on a time that is not known.
 */
export function passed(start, amount, unit, end) {
  if (unit !== "hour") return add(start[0], amount, unit) <= end[0];
  if (earliest(end) - latest(start) >= 60 * amount) return true;
  return latest(end) - earliest(start) >= 60 * amount ? null : false;
}

/** When so much time after a moment is reached, in words: a date, with hours also a time. */
export function due(start, amount, unit) {
  if (unit !== "hour") return iso(add(start[0], amount, unit));
  const reached = latest(start) + 60 * amount;
  const day = Math.floor(reached / MINUTES);
  const minute = reached - day * MINUTES;
  const two = (part) => String(part).padStart(2, "0");
  const words = `${iso(day)} at ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  return start[1] !== null ? words : `${words} at the latest`;
}
