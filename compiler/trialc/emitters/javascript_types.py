"""The types of a checker in JavaScript, for TypeScript: records, results, functions."""

from __future__ import annotations

from collections.abc import Iterable

from trialc.emitters.javascript_text import quoted
from trialc_runtime.inputs import DAY_OF, Input
from trialc_runtime.program import Program
from trialc_runtime.values import REASONS

FIXED = """
/** A value that is not known, and why. */
export interface NotKnown {
  unknown: Exclude<Reason, "stale"> | null;
  on?: string | null;
}

/** Something measured: its value, or with the date on which it was measured (YYYY-MM-DD). */
export type Measured<V> = V | { value: V | null; on?: string | null } | NotKnown | null;

/** A number in the unit of the element, or in one of the units U. */
export type Quantity<U extends string> =
  | number
  | { value: number | null; unit?: U | null; on?: string | null }
  | NotKnown
  | null;

/** Something that somebody attests: nobody is believed who does not say who and when. */
export type Attested<V> =
  | {
      value: V | null;
      by?: Role | readonly Role[] | null;
      at?: string | null;
      why?: string | null;
    }
  | {
      unknown: Exclude<Reason, "stale"> | null;
      by?: Role | readonly Role[] | null;
      at?: string | null;
      why?: string | null;
    }
  | null;

export type Verdict = "eligible" | "ineligible" | "undetermined";
export type Truth = boolean | null;

/** What is to be asked next. */
export interface Need {
  input: string;
  title: string;
  reason: Reason;
}

/** A value that an explanation shows, as it was reported. */
export interface ShownValue {
  input: string;
  value?: number | boolean | string;
  unit?: string;
  on?: string;
  by?: string[];
  reason?: Reason;
  case?: string;
}

/** Why a condition has its truth. */
export interface ExplanationNode {
  path: string;
  text: string;
  truth: Truth;
  values: ShownValue[];
  because: ExplanationNode[];
}

export interface CriterionResult {
  id: CriterionId;
  kind: "inclusion" | "exclusion";
  number: string;
  title: string;
  outcome: Truth;
  for?: string[];
  asked?: Truth;
  failure?: "final" | "temporary";
  recheck?: string;
  temporary?: { path: string; recheck?: string }[];
  source: string;
  because: ExplanationNode;
}

export interface Screening {
  verdict: Verdict;
  as_of: string;
  at?: string;
  left_out?: CriterionId[];
  for_now?: true;
  recheck_on?: string;
  recheck_when?: string[];
  by: CriterionId[];
  needs: Need[];
  criteria: CriterionResult[];
}

/** Whether a gate of the trial is open; while it is closed, what is missing. */
export interface GateAnswer {
  gate: string;
  state: "open" | "held" | "closed";
  missing: string[];
  because: GateNode;
}

/** Why a gate is open, held or closed. */
export interface GateNode {
  path: string;
  text: string;
  truth: Truth;
  participant?: string;
  values: Record<string, unknown>[];
  because: GateNode[];
}

/** The step of a dose escalation that is due. */
export interface EscalationAnswer {
  escalation: string;
  level: string;
  participants: number;
  toxicities: [number, number];
  due: "escalate" | "stay" | "de_escalate" | "eliminate" | "declare" | "stop" | null;
  to: string | null;
  missing: string[];
  because: GateNode;
}

/** A visit with its dates (YYYY-MM-DD), null where the protocol states none. */
export interface DatedVisit {
  visit: string;
  of: string;
  title: string;
  target: string | null;
  earliest: string | null;
  latest: string | null;
  actual: string | null;
  waits_for: string[];
}

/** One fault of a record: the field, and the way out. */
export class RecordFault {
  readonly field: string;
  readonly message: string;
  toString(): string;
}

/** A record that cannot be used; `faults` are all of them. */
export class RecordRefused extends Error {
  readonly faults: readonly RecordFault[];
}

/** What a record may say of one input. */
export interface Input {
  readonly path: string;
  readonly kind: "quantity" | "score" | "boolean" | "choice" | "date" | "judgement" | "cause";
  readonly title: string;
  readonly unit: string;
  readonly unit_words: string;
  readonly units: ReadonlyMap<string, readonly (number | bigint)[]>;
  readonly low: number | null;
  readonly high: number | null;
  readonly options: readonly string[];
  readonly window: readonly [number, string] | null;
  readonly dated: boolean;
  readonly roles: readonly string[];
  readonly applies_text: string;
}

export const PROTOCOL_ID: string;
export const PROTOCOL_VERSION: string;
export const PROTOCOL_SHA256: string;
export const COMPILER_VERSION: string;
export const INPUTS: readonly Input[];
export const CRITERIA: readonly CriterionId[];

/**
 * The verdict on a record, with its explanation; `at` a visit: over the criteria that are assessed
 * there. RecordRefused for a record with faults; RangeError for a visit where nothing is assessed.
 */
export function screen(record: PatientRecord, at?: Visit | null): Screening;
/** A record from its JSON text; SyntaxError where a key stands twice in one object. */
export function parse_record(text: string): PatientRecord;
/** The canonical values of a record, for `outcomes` and `verdict`; RecordRefused for faults. */
export function load(record: PatientRecord): CanonicalValues;
/** Canonical values of which nothing is known, to be filled. */
export function blank(): CanonicalValues;
/** The outcome of every criterion of CRITERIA: true, false, null for unknown. */
export function outcomes(values: CanonicalValues): Truth[];
/** The verdict alone. */
export function verdict(values: CanonicalValues): Verdict;
/**
 * The state of a gate by a trial log. RecordRefused for a log with faults; RangeError for what the
 * protocol or the log do not know.
 */
export function gate(
  name: string,
  log: unknown,
  whom?: { block?: number; participant?: string; cohort?: string },
): GateAnswer;
/** The step of a dose escalation that is due by a trial log. */
export function escalation(name: string, log: unknown): EscalationAnswer;
/** The dates of the visits; RangeError for what is no date or no visit. */
export function schedule(
  anchor: string,
  cycles?: number,
  actual?: Record<string, string>,
): DatedVisit[];
"""


def types_text(program: Program) -> str:
    """The text of `checker.d.ts`."""
    named = {
        "Reason": REASONS,
        "Role": program.roles,
        "CriterionId": tuple(item.id for item in program.criteria),
        "Visit": tuple(program.stages),
    }
    unions = "".join(f"export type {name} = {_union(names)};\n" for name, names in named.items())
    return f"\n{unions}{FIXED}\n{_record(program.inputs)}\n{_canonical(program.inputs)}"


def _union(names: Iterable[str]) -> str:
    return " | ".join(quoted(name) for name in names) or "never"


def _record(inputs: Iterable[Input]) -> str:
    rows = "".join(_row(item) for item in inputs)
    return (
        "/** One participant's data on one day; what is not known may be left out. */\n"
        "export interface PatientRecord {\n"
        "  /** The date, YYYY-MM-DD, for which the verdict is asked. */\n"
        "  as_of: string;\n"
        "  /** The date of every value without one of its own. */\n"
        "  measured?: string | null;\n"
        f"{rows}}}\n"
    )


def _row(item: Input) -> str:
    title = " ".join(item.title.split()).replace("*/", "* /")
    unit = f", in {item.unit_words}" if item.unit_words else ""
    return f"  /** {title}{unit} */\n  {quoted(item.path)}?: {_reported(item)};\n"


def _reported(item: Input) -> str:
    match item.kind:
        case "quantity":
            return f"Quantity<{_union(item.units)}>" if item.units else "Quantity<never>"
        case "judgement":
            return "Attested<boolean>"
        case "cause":
            return f"Attested<{_union(item.options)}>"
        case _:
            return f"Measured<{_value(item)}>"


def _value(item: Input) -> str:
    """The type of a value, once it is known."""
    types = {"quantity": "number", "score": "number", "date": "string"}
    if item.kind in ("choice", "cause"):
        return _union(item.options)
    return types.get(item.kind, "boolean")


def _canonical(inputs: Iterable[Input]) -> str:
    rows = "".join(
        f"  {quoted(item.path)}?: {'number' if item.kind == 'date' else _value(item)} | null;\n"
        + (f"  {quoted(DAY_OF + item.path)}?: number | null;\n" if item.dated else "")
        for item in inputs
    )
    return (
        "/** What rules are decided on. An unknown number may be NaN, too. */\n"
        f"export interface CanonicalValues {{\n  as_of: number;\n{rows}"
        "  [not_done: `not_done:${string}`]: true | null | undefined;\n}\n"
    )
