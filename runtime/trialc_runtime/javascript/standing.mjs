// What a result says of a criterion beside its outcome: for whom it is, what its failure means.
//
// docs/semantics.md section 6.

import { add, iso, parse_date } from "./calendar.mjs";

/**
 * For whom a criterion is; what it means that somebody does not pass it, and when to ask
 * again: after a time from the day of the verdict, or when some words say.
 *
 * `branches`: the temporary ones by path, with when to ask again; `lasting` the condition without
 * them, null where nobody can fail it.
 */
export class Standing {
  constructor(whom, failure, recheck, stated = {}) {
    this.whom = whom;
    this.failure = failure;
    this.recheck = recheck;
    this.branches = stated.branches ?? new Map();
    this.lasting = stated.lasting ?? null;
  }

  /**
   * The keys of a criterion in a result: those that have nothing to say are left out.
   *
   * `fails`: it keeps out; `lasts`: without its temporary branches, too. `because` is its
   * explanation. `chosen` gives the population that a record says by an input, null where it
   * says none.
   */
  beside(fails, lasts, because, as_of, chosen) {
    const found = {};
    if (this.whom.size > 0) {
      found.for = [...this.whom.values()].flat();
      found.asked = this.is_asked(chosen);
    }
    if (fails && this.branches.size > 0 && !lasts) {
      return { ...found, ...this.said_for_now(because, as_of) };
    }
    if (fails && this.failure) {
      found.failure = this.failure;
      if (this.recheck) found.recheck = again(this.recheck, as_of);
    }
    return found;
  }

  /** What is said of a failure behind which are temporary branches only. */
  said_for_now(because, as_of) {
    const behind = [];
    for (const path of paths_of(because)) {
      if (!this.branches.has(path)) continue;
      const recheck = this.branches.get(path);
      behind.push(recheck ? { path, recheck: again(recheck, as_of) } : { path });
    }
    const found = { failure: "temporary" };
    const [days, texts] = days_and_words(behind);
    if (days.length > 0 || texts.length > 0) {
      found.recheck = days.length > 0 ? latest_of(days) : texts.join("; ");
    }
    return { ...found, temporary: behind };
  }

  /** Whether it is asked of the participant; null while that is not known. */
  is_asked(chosen) {
    const said = [...this.whom].map(([choice, codes]) => [chosen(choice), codes]);
    if (said.some(([code, codes]) => code !== null && !codes.includes(code))) return false;
    return said.some(([code]) => code === null) ? null : true;
  }
}

/** The day on which to ask again, or the words for it. */
function again(recheck, as_of) {
  return typeof recheck === "string" ? recheck : iso(add(parse_date(as_of), ...recheck));
}

/** The paths of the nodes of an explanation, in their order. */
function* paths_of(node) {
  yield node.path;
  for (const child of node.because) yield* paths_of(child);
}

/** What of some `recheck` are days, and what words, each once. */
function days_and_words(parts) {
  const stated = parts.filter((part) => part.recheck !== undefined);
  const once = [...new Set(stated.map((part) => part.recheck))];
  const days = once.filter((text) => parse_date(text) !== null);
  return [days, once.filter((text) => !days.includes(text))];
}

function latest_of(days) {
  return days.reduce((first, second) => (first > second ? first : second));
}

/**
 * RangeError where none of the criteria that are assessed at a visit is asked of somebody: to be
 * eligible there would mean nothing.
 */
export function refuse_unasked(criteria, at) {
  if (!criteria.every((item) => item.asked === false)) return;
  const whom = [...new Set(criteria.flatMap((item) => item.for))].join(", ");
  throw new RangeError(
    `nothing is assessed at ${at} for this population: its criteria are for ${whom}`,
  );
}

/**
 * What a result says of an ineligible verdict that only temporary failures are behind: that it
 * is so, the latest day on which to ask again, and what must have happened first.
 */
export function for_now(criteria, by) {
  const behind = criteria.filter((item) => by.includes(item.id));
  if (behind.length === 0 || behind.some((item) => item.failure !== "temporary")) return {};
  const [days, texts] = days_and_words(behind.flatMap((item) => item.temporary ?? [item]));
  const found = { for_now: true };
  if (days.length > 0) found.recheck_on = latest_of(days);
  if (texts.length > 0) found.recheck_when = texts;
  return found;
}
