// What the condition of a gate comes to (docs/semantics.md section 7). The form of the conditions
// is that of the module of the same name in Python, with lists for tuples.

import { add, iso } from "./calendar.mjs";
import { Evaluation } from "./evaluate.mjs";
import { due, earliest, latest, passed } from "./instants.mjs";
import {
  key_of,
  lacking,
  members_of,
  moment_given,
  one_of,
  plain_words,
  scope_words,
} from "./sets.mjs";
import { facts_until } from "./trial_log.mjs";
import { all_of, any_of, at_least, negate, none_of } from "./truth.mjs";

const JUNCTIONS = new Map([
  ["all", all_of],
  ["any", any_of],
  ["none", none_of],
]);

/** What one condition comes to: its truth, its node, and what is missing while it is unknown. */
class Finding {
  constructor(truth, node, missing) {
    this.truth = truth;
    this.node = node;
    this.missing = truth === null ? missing : [];
  }
}

/** One gate, asked for somebody; `escalated` answers what an escalation has come to by a log. */
export class Question {
  constructor(program, kinds, log, asked, escalated = null) {
    this.program = program;
    this.kinds = kinds;
    this.log = log;
    this.asked = asked;
    this.escalated = escalated;
  }

  // ---- conditions

  find(condition, path = "") {
    const operator = condition[0];
    if (operator === "part") return this.find(this.program.parts.get(condition[1]), path);
    if (operator === "junction") return this.#junction(condition, path);
    if (operator === "not") {
      const inner = this.find(condition[1]);
      const truth = negate(inner.truth);
      return new Finding(truth, node_of(condition, path, truth, [inner]), inner.missing);
    }
    if (operator === "count_given") return this.#count_given(condition, path);
    if (operator === "count_events") return this.#count_events(condition, path);
    if (operator === "every") return this.#every(condition, path);
    if (operator === "since") return this.#since(condition, path);
    if (operator === "no_event" || operator === "reported") return this.#none(condition, path);
    if (operator === "gap") return this.#gap(condition, path);
    if (operator === "on_day") return this.#on_day(condition, path);
    if (operator === "decided_by") return this.#decided_by(condition, path);
    if (operator === "mtd_declared") return this.#mtd_declared(condition, path);
    throw new TypeError(`no condition is called ${operator}`);
  }

  #junction(condition, path) {
    const [, quantifier, count, branches] = condition;
    const found = branches.map(([inner, branch]) => this.find(branch, inner));
    const truths = found.map((finding) => finding.truth);
    const truth =
      quantifier === "at_least" ? at_least(count, truths) : JUNCTIONS.get(quantifier)(truths);
    const sought = quantifier === "none" ? negate(truth) : truth;
    const everything = quantifier !== "at_least" && sought === (quantifier === "all");
    const behind = found.filter((finding) => everything || finding.truth === sought);
    const missing = found.flatMap((finding) => finding.missing);
    return new Finding(truth, node_of(condition, path, truth, behind), missing);
  }

  /** All of a condition over the participants of a scope; unknown where there are none. */
  #every(condition, path) {
    const [, scope, inner] = condition;
    const found = this.#each(scope, inner);
    const missing = found.flatMap((finding) => finding.missing);
    missing.push(...this.#nobody(scope));
    const truths = found.map((finding) => finding.truth);
    if (lacking(this.log, this.asked, scope) > 0 || found.length === 0) truths.push(null);
    const truth = all_of(truths);
    const behind = found.filter((finding) => truth === true || finding.truth === truth);
    return new Finding(truth, node_of(condition, path, truth, behind), missing);
  }

  /** What a condition comes to for each participant of a scope. */
  #each(scope, condition) {
    return members_of(this.log, this.asked, scope).map((name) => {
      const inner = new Question(this.program, this.kinds, this.log, one_of(this.log, name));
      const finding = inner.find(condition);
      finding.node.participant = name;
      return finding;
    });
  }

  /** What is missing of a scope itself: the first n of it, or anybody. */
  #nobody(scope) {
    const few = lacking(this.log, this.asked, scope);
    if (few > 0) {
      const whom = scope_words(this.asked, scope[2]);
      return [`${plain_words(scope[1])} of ${few} more in ${whom}`];
    }
    if (members_of(this.log, this.asked, scope).length > 0) return [];
    return [`no participant is listed in ${scope_words(this.asked, scope)}`];
  }

  // ---- atoms

  /** `=` is true of the number, `>=` from it on: both are not yet true of fewer. */
  #count_given(condition, path) {
    const [, scope, occasion, wanted] = condition;
    const relation = condition.length > 5 ? condition[4] : "=";
    const members = members_of(this.log, this.asked, scope);
    const without = members.filter((name) => !this.log.given.has(key_of(name, occasion)));
    const count = members.length - without.length;
    let truth = count <= wanted;
    if (relation !== "<=") {
      truth = count < wanted ? null : count === wanted || relation === ">=";
    }
    const more = `${wanted - count} more in ${scope_words(this.asked, scope)}`;
    let text = `${plain_words(occasion)} of ${more}`;
    if (without.length > 0) text += ` (not given to ${without.join(", ")})`;
    const values = [{ input: occasion, value: count }];
    return new Finding(truth, node_of(condition, path, truth, [], values), [text]);
  }

  /** How many had an event: an interval, while some of them may have had it. */
  #count_events(condition, path) {
    const [, scope, absence, is_reported, relation, wanted] = condition;
    const found = this.#each(scope, is_reported ? ["reported", ...absence] : absence);
    const doubt = found.filter((finding) => finding.truth === null);
    const nobody = is_reported ? [] : this.#nobody(scope);
    const least = found.filter((finding) => finding.truth === false).length;
    const most = least + doubt.length + lacking(this.log, this.asked, scope);
    let truth;
    if (nobody.length > 0 && found.length === 0) truth = null;
    else if (relation === "<=") truth = most <= wanted ? true : least > wanted ? false : null;
    else if (relation === ">=") truth = least >= wanted ? true : most < wanted ? false : null;
    else truth = least > wanted || most < wanted ? false : least === most ? true : null;
    const value = { input: absence[1], value: least };
    if (most > least) value.most = most;
    const missing = [...doubt.flatMap((finding) => finding.missing), ...nobody];
    const behind = found.filter((finding) => finding.truth !== true);
    return new Finding(truth, node_of(condition, path, truth, behind, [value]), missing);
  }

  #since(condition, path) {
    const [, occasion, amount, unit] = condition;
    const given = this.#given(occasion);
    if (given === null) return this.#not_given(condition, path, occasion);
    const reached = passed(given, amount, unit, [this.log.as_of, this.log.time ?? 0]);
    const truth = reached ? true : null;
    const values = [{ input: occasion, value: iso(given[0]) }];
    const when = due(given, amount, unit);
    const text = `${this.#who()}: ${condition.at(-1)} is reached on ${when}`;
    return new Finding(truth, node_of(condition, path, truth, [], values), [text]);
  }

  /** So long after everybody before. Who was not given it yet would be given it now. */
  #gap(condition, path) {
    const [, scope, occasion, amount, unit] = condition;
    const own_moment = this.#given(occasion);
    const now = own_moment ?? [this.log.as_of, this.log.time ?? 0];
    const [truths, missing, values] = [[], [], []];
    for (const name of members_of(this.log, this.asked, scope)) {
      const moment = moment_given(this.log, name, occasion);
      if (name === this.asked.participant || moment === null) continue;
      if (earliest(moment) > latest(now)) continue;
      let truth = passed(moment, amount, unit, now);
      if (own_moment === null && truth === false) truth = null;
      truths.push(truth);
      if (truth !== true) {
        values.push({ input: occasion, participant: name, value: iso(moment[0]) });
      }
      if (truth === null) {
        const text = `${condition.at(-1)}: for ${name} reached on ${due(moment, amount, unit)}`;
        missing.push(`${this.#who()}: ${text}`);
      }
    }
    const result = all_of(truths);
    return new Finding(result, node_of(condition, path, result, [], values), missing);
  }

  #on_day(condition, path) {
    const [, relation, day] = condition;
    const today = this.log.as_of;
    const truths = { "<": today < day, "<=": today <= day, ">": today > day, ">=": today >= day };
    const values = [{ input: "as_of", value: iso(today) }];
    return new Finding(
      truths[relation],
      node_of(condition, path, truths[relation], [], values),
      [],
    );
  }

  /**
   * The latest decision; without one nothing is decided, nor by one that opens before what it
   * follows was so.
   */
  #decided_by(condition, path) {
    const [, gate, role, per, follows] = condition;
    const whom = this.asked[per] ?? null;
    const decision = this.log.decisions.get(key_of(gate, role, whom));
    const about = whom === null ? "" : ` for ${per} ${whom}`;
    if (decision === undefined) {
      const value = { input: gate, reason: "missing" };
      const missing = [`no decision of ${role} on ${gate}${about} is recorded`];
      return new Finding(null, node_of(condition, path, null, [], [value]), missing);
    }
    const on = iso(decision[0]);
    let [truth, said, missing] = [decision[1], { value: decision[1] ? "open" : "hold" }, []];
    if (truth && !this.#held_on(follows, decision[0])) {
      [truth, said] = [null, { reason: "stale" }];
      missing = [
        `the decision of ${role} on ${gate}${about} of ${on} is older than what it must ` +
          "follow: a new one is needed",
      ];
    }
    const value = { input: gate, ...said, on, by: [role] };
    return new Finding(truth, node_of(condition, path, truth, [], [value]), missing);
  }

  /** Whether what a decision follows was so by the end of its day; today is asked anyway. */
  #held_on(follows, day) {
    if (follows === null || day === this.log.as_of) return true;
    const log = facts_until(this.log, day);
    const before = new Question(this.program, this.kinds, log, this.asked, this.escalated);
    return before.find(follows).truth === true;
  }

  /** True and false are the two ends of an escalation; before them nothing is known. */
  #mtd_declared(condition, path) {
    const plan = condition[1];
    const answer = this.escalated(plan, this.log);
    const [step, level] = [answer.due, answer.to];
    const truth = step === "declare" ? true : step === "stop" ? false : null;
    const value = { input: plan };
    if (step === null) value.reason = "missing";
    else value.value = step;
    if (level !== null) value.level = level;
    const is_underway = step !== null && truth === null;
    const underway = [`${plan}: ${step} to dose level ${level} is due`];
    const missing = is_underway ? underway : answer.missing;
    const node = node_of(condition, path, truth, [], [value]);
    node.because = [answer.because];
    return new Finding(truth, node, missing);
  }

  /**
   * No event after an occasion. An event that counts outranks an attested absence; where
   * reports are enough, no absence is asked for.
   */
  #none(condition, path) {
    const is_reported = condition[0] === "reported";
    const [, event, occasion, amount, unit] = is_reported ? condition.slice(1) : condition;
    const given = this.#given(occasion);
    if (given === null) {
      if (is_reported) return new Finding(true, node_of(condition, path, true, []), []);
      return this.#not_given(condition, path, occasion);
    }
    const on = given[0];
    const end = amount ? add(on, amount, unit) : this.log.as_of;
    const kind = this.kinds.get(event);
    const values = [{ input: occasion, value: iso(on) }];
    const missing = [];
    let is_counted = false;
    for (const logged of this.log.events) {
      if (logged.participant !== this.asked.participant || logged.event !== event) continue;
      const counts = on <= logged.on && logged.on <= end ? this.#counts(kind, logged) : false;
      if (counts !== false) {
        values.push({ input: event, on: iso(logged.on), ...Object.fromEntries(logged.attributes) });
      }
      if (counts === null) {
        const names = [...kind.attributes.keys()].filter((name) => !logged.attributes.has(name));
        const what = `${kind.title} of ${iso(logged.on)}: ${names.join(", ")} not reported`;
        missing.push(`${this.#who()}: ${what}`);
      }
      is_counted = is_counted || counts === true;
    }
    if (!is_reported) missing.push(...this.#unattested(kind, end));
    const truth = is_counted ? false : missing.length > 0 ? null : true;
    return new Finding(truth, node_of(condition, path, truth, [], values), missing);
  }

  /** What is missing before an absence through the end of a window may be concluded. */
  #unattested(kind, end) {
    if (this.log.as_of < end) {
      return [`${this.#who()}: ${kind.title} can occur until ${iso(end)}`];
    }
    const attested = this.log.absences.get(key_of(this.asked.participant ?? "", kind.id));
    if (attested !== undefined && attested >= end) return [];
    const absence = `absence of ${kind.title} through ${iso(end)} is not attested`;
    return [`${this.#who()}: ${absence}`];
  }

  #counts(kind, logged) {
    const values = Object.create(null);
    for (const [name, code] of logged.attributes) values[`event.${name}`] = code;
    return new Evaluation(this.program, values).truth(kind.counts);
  }

  #not_given(condition, path, occasion) {
    const values = [{ input: occasion, reason: "missing" }];
    const text = `${this.#who()}: ${plain_words(occasion)} has not been given`;
    return new Finding(null, node_of(condition, path, null, [], values), [text]);
  }

  #given(occasion) {
    return moment_given(this.log, this.asked.participant ?? "", occasion);
  }

  #who() {
    return this.asked.participant || "no participant";
  }
}

function node_of(condition, path, truth, behind, values = []) {
  const because = behind.map((finding) => finding.node);
  return { path, text: condition.at(-1), truth, values, because };
}
