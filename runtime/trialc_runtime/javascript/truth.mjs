// Three-valued truth after Kleene: true, false, and null for what is not known.
//
// S. C. Kleene, Introduction to Metamathematics (1952), section 64, the strong connectives.
// docs/semantics.md section 4.

/** Not: what is unknown stays unknown. */
export function negate(truth) {
  return truth === null ? null : !truth;
}

/** False if one is false, true if all are true, else unknown. True of nothing. */
export function all_of(truths) {
  let result = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth === null) result = null;
  }
  return result;
}

/** True if one is true, false if all are false, else unknown. False of nothing. */
export function any_of(truths) {
  let result = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === null) result = null;
  }
  return result;
}

/** Not any. */
export function none_of(truths) {
  return negate(any_of(truths));
}

/** True when enough are true; false when all the unknown ones could not make up the count. */
export function at_least(count, truths) {
  let sure = 0;
  let unknown = 0;
  for (const truth of truths) {
    if (truth === true) sure += 1;
    if (truth === null) unknown += 1;
  }
  if (sure >= count) return true;
  return sure + unknown < count ? false : null;
}
