// The contract of a record: what a protocol asks about one participant.

/** Before the path of an input: the day on which it was measured or attested. */
export const DAY_OF = "day_of:";

/** Kinds of input whose canonical value is a number. */
const AMOUNTS = ["quantity", "score", "date"];

/**
 * One thing a record may state.
 *
 * `kind`: quantity, score, boolean, choice, date, judgement or cause. Numbers are in `unit`, which
 * people read as `unit_words`; `units` gives, for every spelling of a unit that a record may use,
 * the [num, den, off_num, off_den] with canonical = reported * num / den + off_num / off_den. `low`
 * and `high` are included. `options` are the codes of a choice and the causes of a cause. `window`
 * [amount, unit] is how old a value may be. `dated`: rules ask for the day on which it was
 * measured. `roles` must all attest a judgement. `order` is what its value must not contradict.
 * `applies` is the condition under which the element exists; `applies_text` words it.
 */
export class Input {
  constructor(path, kind, title, stated = {}) {
    this.path = path;
    this.kind = kind;
    this.title = title;
    this.unit = stated.unit ?? "";
    this.unit_words = stated.unit_words ?? this.unit;
    this.units = stated.units ?? new Map();
    this.low = stated.low ?? null;
    this.high = stated.high ?? null;
    this.options = stated.options ?? [];
    this.window = stated.window ?? null;
    this.order = stated.order ?? [];
    this.dated = stated.dated ?? false;
    this.roles = stated.roles ?? [];
    this.applies = stated.applies ?? null;
    this.applies_text = stated.applies_text ?? "";
  }

  /** Whether its canonical value is a number. */
  get is_amount() {
    return AMOUNTS.includes(this.kind);
  }
}
