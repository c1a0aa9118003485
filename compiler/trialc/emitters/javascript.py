"""The checker as an ES module for browsers and node, with its types and a `package.json`.

It says what `checker.py` says: the same tables, the same programs (`lowering`), the same runtime
(`trialc_runtime/javascript`, module by module).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from trialc.emitters.artefact import Artefact
from trialc.emitters.checker import constants, header
from trialc.emitters.javascript_functions import fast_path
from trialc.emitters.javascript_gates import gates_text
from trialc.emitters.javascript_tables import inputs_text, program_text
from trialc.emitters.javascript_text import layout, quoted, runtime_text
from trialc.emitters.javascript_types import types_text
from trialc.graph.study import Study
from trialc.lowering.program import gates_of, program_of, visits_of
from trialc.model.protocol import Protocol
from trialc_runtime.inputs import DAY_OF
from trialc_runtime.program import Program

ABOUT = """// Checker of a clinical-trial protocol, generated from its text; do not edit.
//
//     node checker.mjs RECORD.json    exit code 0 eligible, 3 ineligible, 4 undetermined, 2 refused
//
// screen(record)      the verdict on one participant's record, with its explanation
// load(record)        the record's canonical values, for outcomes and verdict
// outcomes(values)    the outcome of every criterion of CRITERIA: true, false, null
// verdict(values)     the verdict alone
// blank()             canonical values of which nothing is known, to be filled
// gate(name, log)     whether a gate of the trial is open, held or closed
// escalation(name, log)  the step of a dose escalation that is due
// schedule(anchor)    the dates of the visits
// parse_record(text)  a record from its JSON text, in which no key may stand twice
//
// A record is an object: `as_of`, perhaps `measured`, and for every input of INPUTS that is known
// its value. A record with a fault is never decided on: RecordRefused has every fault.
//
// Canonical values are an object. `as_of` is a day number, 0001-01-01 being day 1. Every known
// input stands under its path: a quantity or a score as a number in the unit of INPUTS, within its
// range; a boolean or a judgement as true or false; a choice or a cause as its code; a date as a
// day number. What is unknown is absent, undefined or null; a number may be NaN, too. `not_done:`
// and a path is true where the record says that the element was not done. `day_of:` and the path of
// an input that INPUTS calls dated is the day number on which it was measured or attested.
"""

INTERFACE = """/** The verdict on a record; RecordRefused, with every fault, if it has any. */
function screen(record, at = null) {
  return screen_with(PROGRAM, record, at);
}

/** The canonical values of a record; RecordRefused, with every fault, if it cannot be used. */
function load(record) {
  return canonical(INPUTS, read_for(PROGRAM, record), blank());
}

/** The verdict where Kleene's logic leaves it open: by the completions of what is unknown. */
function split_verdict(values) {
  const found = outcomes(values);
  const judged = judge(PROGRAM.criteria, found);
  return judged === "undetermined" ? settled_verdict(PROGRAM, found, values) : judged;
}

/** The state of a gate for a block, a cohort or a participant: gate, state, missing, because. */
function gate(name, log, whom = {}) {
  const { block = null, participant = null, cohort = null } = whom ?? {};
  return ask_gate(GATES, name, log, block, participant, cohort);
}

/** The step of a dose escalation that is due: level, participants, toxicities, due, to, missing. */
function escalation(name, log) {
  return ask_escalation(GATES, name, log);
}

/** Every visit with target, earliest, latest and actual date, null where none is stated. */
function schedule(anchor, cycles = 3, actual = {}) {
  return dated_visits(VISITS, anchor, cycles, actual);
}

export {
  COMPILER_VERSION,
  CRITERIA,
  INPUTS,
  PROTOCOL_ID,
  PROTOCOL_SHA256,
  PROTOCOL_VERSION,
  RecordFault,
  RecordRefused,
  blank,
  escalation,
  gate,
  load,
  outcomes,
  parse_record,
  schedule,
  screen,
  verdict,
};

run_if_asked(import.meta.url, screen);
"""


def emit_javascript(study: Study) -> tuple[Artefact, ...]:
    """`checker.mjs`, `checker.d.ts`, `package.json`."""
    protocol = study.protocol
    program = program_of(protocol)
    outcomes, verdict = fast_path(protocol, program)
    sections = (
        header(protocol, "//") + ABOUT,
        "\n".join(
            f"const {name} = {quoted(value)};" for name, value in constants(protocol).items()
        ),
        _rule("the runtime of trialc, the same for every protocol"),
        runtime_text(),
        _rule("what the protocol asks about a participant"),
        inputs_text(program.inputs),
        _rule("the conditions of the protocol, for explanations"),
        program_text(program),
        f"const CRITERIA = {layout(tuple(item.id for item in program.criteria))};\n",
        _rule("gates and visits"),
        gates_text(gates_of(protocol)),
        f"const VISITS = {layout(visits_of(protocol))};\n",
        _rule("the fast path"),
        _blank(program),
        outcomes,
        verdict,
        _rule("for callers"),
        INTERFACE,
    )
    module = "\n".join(text.strip("\n") + "\n" for text in sections)
    return (
        Artefact("checker.mjs", module),
        Artefact("checker.d.ts", header(protocol, "//") + types_text(program)),
        Artefact("package.json", _package(protocol)),
    )


def _rule(title: str) -> str:
    return f"// {'=' * 20} {title}\n"


# ---- canonical values


def _blank(program: Program) -> str:
    """One object of one shape: engines read objects of one shape faster."""
    keys: dict[str, str] = {"as_of": "NaN"}
    for item in program.inputs:
        is_amount = item.kind in ("quantity", "score", "date")
        keys[item.path] = "NaN" if is_amount else "undefined"
        if item.dated:
            keys[DAY_OF + item.path] = "NaN"
    keys |= {f"not_done:{path}": "undefined" for path in sorted(set(_asked_done(program)))}
    rows = "".join(f"    [{quoted(key)}]: {value},\n" for key, value in keys.items())
    return (
        "/** Canonical values of which nothing is known: what rules read, in one order. */\n"
        f"function blank() {{\n  return {{\n{rows}  }};\n}}\n"
    )


def _asked_done(program: Program) -> Iterator[str]:
    """The inputs of which some condition asks whether they were done."""
    waiting: list[Any] = [item.condition for item in program.criteria]
    waiting += [item.standing.lasting for item in program.criteria if item.standing]
    for table in (program.numbers, program.conditions, program.parts):
        waiting += table.values()
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            row = cast("tuple[Any, ...]", node)
            if row[:1] == ("done",):
                yield row[1]
            waiting += row


# ---- the package


def _package(protocol: Protocol) -> str:
    package = {
        "name": _name(protocol.metadata.id),
        "version": _version(protocol.metadata.version),
        "description": f"Checker of {protocol.metadata.id} {protocol.metadata.version}: "
        "eligibility of one participant. Generated by trialc.",
        "type": "module",
        "exports": {".": {"types": "./checker.d.ts", "default": "./checker.mjs"}},
        "types": "./checker.d.ts",
        "files": ["checker.mjs", "checker.d.ts"],
        "engines": {"node": ">=18"},
    }
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _name(protocol_id: str) -> str:
    """A name that npm takes: small letters, digits, and no sign at the beginning."""
    plain = re.sub(r"[^a-z0-9._-]", "-", protocol_id.lower()).lstrip("._-")
    return f"trialc-{plain or 'protocol'}"


def _version(version: str) -> str:
    """A version that npm takes: three numbers; other texts stand behind 0.0.0."""
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9}){0,2}", version):
        numbers = [*map(int, version.split(".")), 0, 0]
        return ".".join(map(str, numbers[:3]))
    said = _identifiers(re.split(r"[^0-9A-Za-z]+", version))
    return f"0.0.0-{'.'.join(said) or 'unnamed'}"


def _identifiers(parts: Iterable[str]) -> list[str]:
    return [str(int(part)) if part.isdigit() else part for part in parts if part]
