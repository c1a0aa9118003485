// Sets of participants that gates look at (docs/semantics.md section 7).
//
// A scope is "this" or "previous" block, or the number of a block as text; "trial"; "cohort" or
// "level", those that are asked about; "cohort:NAME", "level:NAME". Or, as a list,
// ["given", occasion, scope, first]: of a scope those who were given an occasion, with `first`
// above 0 all who may be among the first so many.

import { earliest, latest } from "./instants.mjs";

/** For whom a gate is asked: a block, a cohort, a participant with theirs, or nobody. */
export class Asked {
  constructor(block = null, cohort = null, participant = null, level = null) {
    this.block = block;
    this.cohort = cohort;
    this.participant = participant;
    this.level = level;
  }
}

/** A participant of the log, with block, cohort and dose level. */
export function one_of(log, name) {
  return new Asked(log.blocks.get(name), log.cohorts.get(name), name, log.levels.get(name));
}

/** One text for several names, as a key. */
export function key_of(...names) {
  return JSON.stringify(names);
}

/** When a participant was given an occasion. */
export function moment_given(log, name, occasion) {
  const key = key_of(name, occasion);
  return log.given.has(key) ? [log.given.get(key), log.times.get(key) ?? null] : null;
}

/** The participants of a scope, in the order of the log. */
export function members_of(log, asked, scope) {
  if (Array.isArray(scope)) {
    const [, occasion, inside, first] = scope;
    const given = new Map();
    for (const name of members_of(log, asked, inside)) {
      const moment = moment_given(log, name, occasion);
      if (moment !== null) given.set(name, moment);
    }
    return [...given.keys()].filter((name) => !first || certainly_before(name, given) < first);
  }
  if (scope === "trial") return [...log.blocks.keys()];
  const [kind, called] = parts_of_scope(scope);
  let [where, wanted] = [log.blocks, null];
  if (kind === "cohort" || kind === "level") {
    where = kind === "cohort" ? log.cohorts : log.levels;
    wanted = called || (kind === "cohort" ? asked.cohort : asked.level);
  } else {
    wanted = block_of(asked, scope);
  }
  if (wanted === null) return [];
  return [...where].filter(([, inside]) => inside === wanted).map(([name]) => name);
}

/** "cohort:a" as "cohort" and "a". */
function parts_of_scope(scope) {
  const place = scope.indexOf(":");
  return place < 0 ? [scope, ""] : [scope.slice(0, place), scope.slice(place + 1)];
}

/** How many were certainly given it before this one. */
function certainly_before(name, given) {
  const own_minute = earliest(given.get(name));
  return [...given.values()].filter((moment) => latest(moment) < own_minute).length;
}

/** How many of the first n are still to come. */
export function lacking(log, asked, scope) {
  if (!Array.isArray(scope)) return 0;
  return Math.max(0, scope[3] - members_of(log, asked, scope).length);
}

/** The block that a scope means; null where the question names none. */
function block_of(asked, scope) {
  if (scope === "this") return asked.block;
  if (scope === "previous") return asked.block === null ? null : asked.block - 1;
  return Number(scope);
}

/** A scope in words, with the block, cohort or level that is asked about. */
export function scope_words(asked, scope) {
  if (Array.isArray(scope)) {
    const [, occasion, inside, first] = scope;
    const whom = first ? `the first ${first}` : "those";
    return `${whom} given ${plain_words(occasion)} in ${scope_words(asked, inside)}`;
  }
  if (scope === "trial") return "the trial";
  const [kind, called] = parts_of_scope(scope);
  if (kind === "cohort" || kind === "level") {
    const name = called || (kind === "cohort" ? asked.cohort : asked.level);
    const words = kind === "cohort" ? "cohort" : "dose level";
    return name === null ? `a ${words} that is not named` : `${words} ${name}`;
  }
  const block = block_of(asked, scope);
  return block === null ? "a block that is not named" : `block ${block}`;
}

/** A name as words. */
export function plain_words(name) {
  return name.replaceAll("_", " ");
}
