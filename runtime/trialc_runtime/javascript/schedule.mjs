// The dates of a participant's visits, counted from the anchor (docs/semantics.md section 3).
//
// A visit is a list, as in the module of the same name in Python: id, title, kind, base, amount,
// unit, window, last day of a span, step of a cycle, moments, the cycle that it is repeated with.

import { add, date_fault, iso, parse_date } from "./calendar.mjs";

const NO_DAY = [null, []];
const [ID, TITLE, KIND, BASE, AMOUNT, UNIT, WINDOW, LAST, STEP, MOMENTS, CYCLE] = Array(11).keys();

/**
 * Every visit, in the protocol's order, with `target`, `earliest`, `latest` and `actual` as ISO
 * dates, null where there is none; `waits_for` are the names of days that have not come.
 *
 * `anchor` is the date of day 0, `cycles` how often repeats without a number are shown, `actual` an
 * object of the days that have come. RangeError for what is no date, for a name that the protocol
 * does not have, and where a date would lie in no year that records know (1900 to 2200).
 */
export function dated_visits(visits, anchor, cycles = 3, actual = {}) {
  const day_0 = parse_date(anchor);
  if (day_0 === null) throw new RangeError(`the anchor: ${date_fault(anchor)}`);
  const rows = [...shown_visits(visits, cycles)];
  const known = actual_days(visits, rows.map(({ name }) => name), day_0, actual ?? {});
  if ([...known.values()].some((day) => day < day_0)) {
    come_in_order(dated_visits(visits, anchor, cycles), visits, day_0, known);
  }
  const times = [...Array(Math.max(1, cycles)).keys()];
  const of_cycles = times.map((time) => target_days(visits, day_0, known, time));
  const spans = times.map((time) => days_of_spans(visits, of_cycles[time], time));
  return rows.map(({ visit, name, title, time }) => {
    const [target, waits] = of_cycles[time].get(visit[ID]);
    const [first, last] = days_around(visit, target, spans[time]);
    for (const day of [target, first, last]) {
      if (day !== null && parse_date(iso(day)) === null) {
        const years = "dates are in the years 1900 to 2200";
        throw new RangeError(`visit \`${name}\` would be on ${iso(day)}: ${years}`);
      }
    }
    return {
      visit: name,
      of: visit[ID],
      title,
      target: date_of(target),
      earliest: date_of(first),
      latest: date_of(last),
      actual: date_of(known.get(name) ?? null),
      waits_for: [...waits],
    };
  });
}

/** Each visit with its name and title, and the how manieth of its repeats it is, from 0. */
function* shown_visits(visits, cycles) {
  for (const visit of visits) {
    if (!is_repeated(visit)) {
      yield { visit, name: visit[ID], title: visit[TITLE], time: 0 };
      continue;
    }
    const count = Math.min(cycles, most_repeats(visit, visits) || cycles);
    for (let time = 0; time < count; time += 1) {
      const [name, title] = [`${visit[ID]}.${time + 1}`, `${visit[TITLE]} (${time + 1})`];
      yield { visit, name, title, time };
    }
  }
}

function moments_of(visit) {
  return visit[MOMENTS] === null ? [] : visit[MOMENTS][1];
}

/** The days that have come, by the names that are asked for. */
function actual_days(visits, names, day_0, given) {
  const moments = visits.flatMap(moments_of);
  const others = moments.filter(([kind]) => kind === "last_dose" || kind === "happening");
  const askable = new Set([...names, ...others.map(name_of_moment)]);
  const days = new Map();
  for (const visit of visits) if (visit[KIND] === "anchor") days.set(visit[ID], day_0);
  for (const [name, date] of Object.entries(given)) {
    const day = parse_date(date);
    if (!askable.has(name)) {
      throw new RangeError(`there is no \`${name}\` here; there are ${[...askable].join(", ")}`);
    }
    if (day === null) throw new RangeError(`the actual day of \`${name}\`: ${date_fault(date)}`);
    if ((days.get(name) ?? day) !== day) {
      throw new RangeError(`\`${name}\` is day 0, which is ${iso(day_0)}, not ${date}`);
    }
    days.set(name, day);
  }
  return days;
}

/** RangeError for an actual day before day 0 of a visit that is planned after it. */
function come_in_order(planned, visits, day_0, known) {
  const after = visits.filter((visit) => visit[KIND] === "after");
  const bases = new Map(after.map((visit) => [visit[ID], visit[BASE]]));
  const targets = new Map(planned.map((row) => [row.visit, row.target]));
  for (const row of planned) {
    const day = known.get(row.visit) ?? day_0;
    let least = row.earliest ?? row.target;
    if (bases.has(row.of)) least = targets.get(bases.get(row.of)) ?? null;
    if (day < day_0 && least !== null && least >= iso(day_0)) {
      throw new RangeError(
        `the actual day of \`${row.visit}\`, ${iso(day)}, is before day 0, ${iso(day_0)}: ` +
          "it is planned for a later day",
      );
    }
  }
}

/** Under which name the day of a moment is given. */
function name_of_moment([kind, name]) {
  return kind === "last_dose" ? `last ${name || "dose"}` : name;
}

// ---- target days

/** How often a cycle, or what is repeated with it, takes place at most; 0: no limit. */
function most_repeats(visit, visits) {
  const cycle = visits.find((one) => one[ID] === visit[CYCLE]) ?? visit;
  return cycle[STEP] === null ? 0 : cycle[STEP][3];
}

function is_repeated(visit) {
  return visit[STEP] !== null || visit[CYCLE] !== "";
}

/**
 * The target day of every visit, of cycles and what is counted from them that of the so
 * manieth; from the anchor, link by link. A day is [day or null, what it waits for].
 */
function target_days(visits, day_0, known, time) {
  const targets = new Map();
  const repeated = visits.filter(is_repeated).map((visit) => visit[ID]);
  const repeats = new Map(repeated.map((name) => [name, `${name}.${time + 1}`]));
  let waiting = [...visits];
  while (waiting.length > 0) {
    const rest = [];
    for (const visit of waiting) {
      if (bases_of(visit).every((name) => targets.has(name))) {
        const first = target_day(visit, targets, day_0, known, repeats);
        targets.set(visit[ID], repeat_of(visit, time, first, known));
      } else {
        rest.push(visit);
      }
    }
    if (rest.length === waiting.length) {
      // A circle: the compiler refuses it.
      for (const visit of rest) targets.set(visit[ID], NO_DAY);
      break;
    }
    waiting = rest;
  }
  return targets;
}

/** The visits whose target is needed first. */
function bases_of(visit) {
  if (visit[KIND] === "offset") return [visit[BASE]];
  const bases = moments_of(visit).filter(([kind]) => kind === "planned" || kind === "actual");
  return bases.map(([, name]) => name);
}

function target_day(visit, targets, day_0, known, repeats) {
  if (visit[KIND] === "anchor") return [day_0, []];
  if (visit[KIND] === "after") return day_that_came(visit[ID], known);
  if (visit[KIND] === "offset") return moved(targets.get(visit[BASE]), visit[AMOUNT], visit[UNIT]);
  if (visit[MOMENTS] === null) return NO_DAY;
  const [which, moments] = visit[MOMENTS];
  const days = [];
  const waits = new Set();
  let is_waiting = false;
  for (const moment of moments) {
    const [, , amount, unit] = moment;
    const [day, more] = moved(day_of_moment(moment, targets, known, repeats), amount, unit);
    for (const name of more) waits.add(name);
    if (day !== null) days.push(day);
    // What has not happened yet is not the earlier one so far.
    else if (which !== "earlier" || moment[0] !== "happening") is_waiting = true;
  }
  if (is_waiting || days.length === 0) return [null, [...waits]];
  return [which === "later" ? Math.max(...days) : Math.min(...days), [...waits]];
}

/** A day that counts only once it has come. */
function day_that_came(name, known) {
  return known.has(name) ? [known.get(name), []] : [null, [name]];
}

function day_of_moment(moment, targets, known, repeats) {
  const [kind, name] = moment;
  if (kind === "planned") return targets.get(name);
  if (kind !== "actual") return day_that_came(name_of_moment(moment), known);
  const asked = repeats.get(name) ?? name;
  return known.has(asked) ? [known.get(asked), []] : [targets.get(name)[0], [asked]];
}

function moved([there, waits], amount, unit) {
  return [there === null || unit === "hour" ? null : add(there, amount, unit), waits];
}

/** The target of a repeat of a cycle. */
function repeat_of(visit, time, first, known) {
  if (visit[STEP] === null || time === 0) return first;
  const [amount, unit, is_chained] = visit[STEP];
  if (!is_chained) return moved(first, time * amount, unit);
  let day = first;
  for (let number = 1; number <= time; number += 1) {
    const before = `${visit[ID]}.${number}`;
    day = known.has(before) ? [known.get(before), []] : [day[0], [before]];
    day = moved(day, amount, unit);
  }
  return day;
}

// ---- windows

/**
 * The first and the last day of every span, and of what is counted from one; of cycles those of
 * the so manieth.
 */
function days_of_spans(visits, targets, time) {
  const spans = new Map();
  let waiting = [...visits];
  for (;;) {
    const rest = waiting.filter((visit) => !is_spanned(visit, targets, time, spans));
    if (rest.length === waiting.length) return spans;
    waiting = rest;
  }
}

/** Whether the days of a visit are settled; those of a span are then among the spans. */
function is_spanned(visit, targets, time, spans) {
  const base = (targets.get(visit[BASE]) ?? NO_DAY)[0];
  const ends = base === null ? (spans.get(visit[BASE]) ?? null) : [base, base];
  const offset = visit[KIND] === "offset" ? [visit[AMOUNT], visit[UNIT]] : null;
  const last = visit[LAST] ?? offset;
  if (ends === null || last === null || visit[UNIT] === "hour" || last[1] === "hour") return false;
  if (visit[LAST] !== null || base === null) {
    const [from, to] = [add(ends[0], visit[AMOUNT], visit[UNIT]), add(ends[1], ...last)];
    const [amount, step] = visit[STEP] === null ? [0, "day"] : visit[STEP];
    spans.set(visit[ID], [add(from, amount * time, step), add(to, amount * time, step)]);
  }
  return true;
}

/** The window around a target; without one, the days of a span. */
function days_around(visit, target, spans) {
  const [early, late, unit] = visit[WINDOW] ?? [0, 0, "day"];
  let ends = [target, target];
  if (target !== null && visit[KIND] !== "span") {
    if (visit[WINDOW] === null) return [null, null];
  } else if (spans.has(visit[ID])) {
    ends = spans.get(visit[ID]);
  } else {
    return [null, null];
  }
  if (unit === "hour") return [null, null];
  const [first, last] = ends;
  return [
    early === null ? null : add(first, early, unit),
    late === null ? null : add(last, late, unit),
  ];
}

function date_of(day) {
  return day === null ? null : iso(day);
}
