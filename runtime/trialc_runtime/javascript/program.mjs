// The tables that a checker is made of. The form of the conditions and numbers in them is that of
// the module of the same name in Python, with lists for tuples and null for None:
//
//     ["junction", "all" | "any" | "none" | "at_least", count, [[path, condition], ...], text]
//     ["compare", number, relation, number, text], ["value", input], and so on.
//
// What they mean: docs/semantics.md sections 2 and 4. Dates are day numbers.

/**
 * One inclusion or exclusion criterion.
 *
 * `shared` are the inputs and derived numbers that feed several of its atoms, so that Kleene's
 * logic may leave it open although every completion agrees (docs/semantics.md section 5). `uses`:
 * how many of its atoms each input feeds that feeds several atoms of all criteria together.
 * `standing`: what a result says of it beside its outcome, if anything.
 */
export class Criterion {
  constructor(id, kind, number, title, source, condition, stated = {}) {
    this.id = id;
    this.kind = kind;
    this.number = number;
    this.title = title;
    this.source = source;
    this.condition = condition;
    this.shared = stated.shared ?? [];
    this.uses = stated.uses ?? new Map();
    this.standing = stated.standing ?? null;
  }

  /** Whether this outcome alone makes the participant ineligible. */
  fails(outcome) {
    return outcome === (this.kind === "exclusion");
  }
}

/**
 * Everything that `screen` needs to know of a protocol.
 *
 * `shared` are the inputs that feed several atoms of the criteria taken together; `cells` has for
 * each shared input one value of every cell that the conditions can tell apart; `units` the units
 * of the derived numbers that have one. `stages` are the ids of the criteria that are assessed at
 * each visit.
 */
export class Program {
  constructor(stated) {
    this.inputs = stated.inputs;
    this.criteria = stated.criteria;
    this.numbers = stated.numbers ?? new Map();
    this.conditions = stated.conditions ?? new Map();
    this.parts = stated.parts ?? new Map();
    this.shared = stated.shared ?? [];
    this.cells = stated.cells ?? new Map();
    this.roles = stated.roles ?? [];
    this.stages = stated.stages ?? new Map();
    this.units = stated.units ?? new Map();
  }

  /** The same with the criteria that are assessed at a visit; RangeError where none are. */
  at(visit) {
    if (!this.stages.has(visit)) {
      const places = [...this.stages.keys()].join(", ");
      throw new RangeError(`no criterion is assessed at ${visit}; they are at ${places}`);
    }
    const kept = this.stages.get(visit);
    const criteria = this.criteria.filter((item) => kept.includes(item.id));
    return new Program({ ...this, criteria, stages: new Map() });
  }
}
