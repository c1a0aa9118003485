"""The executable checker: one Python module that needs nothing but Python (docs/semantics.md).

It screens records with an explanation (`screen`), decides many quickly (`outcomes`, `verdict`),
asks gates and dates visits. It runs without the compiler and without installed packages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import trialc
from trialc.emitters.artefact import Artefact
from trialc.emitters.checker_functions import fast_path
from trialc.emitters.checker_runtime import runtime_text
from trialc.emitters.checker_text import layout, literal, one_line
from trialc.graph.study import Study
from trialc.lowering.program import gates_of, program_of, tables_of, visits_of
from trialc.model.protocol import Protocol
from trialc_runtime.gates import GateRule, GateTables
from trialc_runtime.inputs import Input
from trialc_runtime.program import Criterion, Program
from trialc_runtime.standing import Standing

if TYPE_CHECKING:
    from trialc_runtime.decimals import Factor
    from trialc_runtime.dose_levels import EscalationRule

    UnitTable = tuple[tuple[str, Factor], ...]

DOCSTRING = '''"""Checker of a clinical-trial protocol, generated from its text; do not edit.

    python checker.py RECORD.json     exit code 0 eligible, 3 ineligible, 4 undetermined, 2 refused

screen(record)      the verdict on one participant's record, with its explanation
load(record)        the record's canonical values, for outcomes and verdict
outcomes(values)    the outcome of every criterion of CRITERIA: True, False, None
verdict(values)     the verdict alone
gate(name, log)     whether a gate of the trial is open, held or closed
escalation(name, log)  the step of a dose escalation that is due
schedule(anchor)    the dates of the visits

A record is an object: `as_of`, perhaps `measured`, and for every input of INPUTS that is known its
value. A record with a fault is never decided on: RecordRefused has every fault.

Canonical values are a mapping. `as_of` is a day number, as `datetime.date.toordinal` counts. Every
known input stands under its path: a quantity or a score as a float in the unit of INPUTS, within
its range; a boolean or a judgement as True or False; a choice or a cause as its code; a date as a
day number. What is unknown is absent. `not_done:` and a path is True where the record says that the
element was not done. `day_of:` and the path of an input that INPUTS calls dated is the day number
on which it was measured or attested.
"""'''

INTERFACE = '''def screen(record: Any, at: str | None = None) -> dict[str, Any]:
    """The verdict on a record: verdict, as_of, by, needs, criteria with their explanations.

    `at` a visit: over the criteria that are assessed there; the others are `left_out`. ValueError
    for a visit where none are, or none for the population of the record. RecordRefused, with every
    fault, for a record that cannot be used.
    """
    return screen_with(PROGRAM, record, at)


def load(record: Any) -> Values:
    """The canonical values of a record; RecordRefused, with every fault, if it cannot be used."""
    return canonical(INPUTS, read_for(PROGRAM, record))


def _split_verdict(values: Values) -> str:
    """The verdict where Kleene's logic leaves it open: by the completions of what is unknown."""
    found = outcomes(values)
    verdict = judge(PROGRAM.criteria, found)
    return settled_verdict(PROGRAM, found, values) if verdict == "undetermined" else verdict


def gate(
    name: str,
    log: Any,
    block: int | None = None,
    participant: str | None = None,
    cohort: str | None = None,
) -> dict[str, Any]:
    """The state of a gate for a block, a cohort or a participant: gate, state, missing, because.

    RecordRefused for a log with faults; ValueError for what the protocol or the log do not know.
    """
    return ask_gate(GATES, name, log, block, participant, cohort)


def escalation(name: str, log: Any) -> dict[str, Any]:
    """The step of a dose escalation that is due: level, participants, toxicities, due, to, missing.

    RecordRefused for a log with faults; ValueError for an escalation that is not known.
    """
    return ask_escalation(GATES, name, log)


def schedule(
    anchor: str, cycles: int = 3, actual: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Every visit with target, earliest, latest and actual date, None where the protocol states
    none.

    `anchor` is the ISO date of day 0, `cycles` how often repeats without a number are shown,
    `actual` the days that have come, by visit; ValueError for what is no date or no visit.
    """
    return dated_visits(VISITS, anchor, cycles, actual)
'''

MAIN = """if __name__ == "__main__":
    import sys

    sys.exit(run_command(screen, sys.argv[1:]))
"""


def emit_checker(study: Study) -> tuple[Artefact, ...]:
    """`checker.py`."""
    protocol = study.protocol
    program = program_of(protocol)
    outcomes, verdict = fast_path(protocol, program)
    sections = (
        f"{header(protocol)}{DOCSTRING}\n\nfrom __future__ import annotations\n\n"
        "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from typing import Any\n",
        "\n".join(f"{name} = {literal(value)}" for name, value in constants(protocol).items()),
        _rule("the runtime of trialc, the same for every protocol") + "\n\n" + runtime_text(),
        _rule("what the protocol asks about a participant"),
        _inputs(program.inputs),
        _rule("the conditions of the protocol, for explanations"),
        _program(program),
        f"CRITERIA = {layout(tuple(item.id for item in program.criteria))}\n",
        _rule("gates and visits"),
        _gates(gates_of(protocol)),
        f"VISITS = {layout(visits_of(protocol))}\n",
        _rule("the fast path"),
        outcomes,
        verdict,
        _rule("for callers"),
        INTERFACE,
        MAIN,
    )
    return (Artefact("checker.py", "\n\n".join(text.strip("\n") + "\n" for text in sections)),)


def header(protocol: Protocol, sign: str = "#") -> str:
    """Where a checker comes from, as comments: names and sums, no path and no time."""
    file = PurePosixPath(protocol.file.replace("\\", "/")).name
    lines = [
        f"{sign} Generated by trialc; do not edit.",
        f"{sign} compiler: trialc {trialc.__version__}",
        f"{sign} source: {one_line(file)}",
        f"{sign} sha256: {one_line(protocol.sha256)}",
    ]
    lines += [
        f"{sign} library: {one_line(f'{used.name} {used.version}')} sha256 {one_line(used.sha256)}"
        for used in protocol.libraries
    ]
    return "\n".join(lines) + "\n"


def constants(protocol: Protocol) -> dict[str, str]:
    """What a checker in any language says of where it comes from."""
    return {
        "PROTOCOL_ID": protocol.metadata.id,
        "PROTOCOL_VERSION": protocol.metadata.version,
        "PROTOCOL_SHA256": protocol.sha256,
        "COMPILER_VERSION": trialc.__version__,
    }


def _rule(title: str) -> str:
    return f"# {'=' * 20} {title}\n"


# ---- tables


def _inputs(inputs: tuple[Input, ...]) -> str:
    """INPUTS. Tables of units that several elements share stand once."""
    tables: dict[UnitTable, str] = {}
    rows: list[str] = []
    for item in inputs:
        fields = {
            "unit": literal(item.unit) if item.unit else "",
            "unit_words": literal(item.unit_words) if item.unit_words != item.unit else "",
            "units": _units(item.units, tables),
            "low": "" if item.low is None else literal(item.low),
            "high": "" if item.high is None else literal(item.high),
            "options": literal(item.options) if item.options else "",
            "window": literal(item.window) if item.window else "",
            "order": literal(item.order) if item.order else "",
            "dated": "True" if item.dated else "",
            "roles": literal(item.roles) if item.roles else "",
            "applies": layout(item.applies, 8) if item.applies else "",
            "applies_text": literal(item.applies_text) if item.applies_text else "",
        }
        first = f"{item.path!r}, {item.kind!r}, {item.title!r}"
        rows.append(_call("Input", first, fields))
    units = "".join(f"{name} = {layout(dict(table))}\n" for table, name in tables.items())
    return f"{units}\nINPUTS = (\n{''.join(rows)})\n"


def _units(units: Mapping[str, Factor], tables: dict[UnitTable, str]) -> str:
    """The name of the table of these units; "" for none."""
    if not units:
        return ""
    return tables.setdefault(tuple(units.items()), f"UNITS_{len(tables) + 1}")


def _call(name: str, first: str, fields: Mapping[str, str]) -> str:
    stated = [f"{key}={value}" for key, value in fields.items() if value]
    if not stated:
        return f"    {name}({first}),\n"
    return (
        f"    {name}(\n        {first},\n" + "".join(f"        {s},\n" for s in stated) + "    ),\n"
    )


def _program(program: Program) -> str:
    criteria = "".join(_criterion(item) for item in program.criteria)
    fields = "".join(
        f"    {key}={layout(value, 4)},\n" for key, value in tables_of(program).items()
    )
    return f"PROGRAM = Program(\n    inputs=INPUTS,\n{fields}    criteria=(\n{criteria}    ),\n)\n"


def _criterion(item: Criterion) -> str:
    first = (item.id, item.kind, item.number, item.title, item.source, item.condition)
    more = (item.shared, item.uses) if item.uses else (item.shared,) if item.shared else ()
    return _positional("Criterion", (*first, *more), _standing(item.standing))


def _standing(standing: Standing | None) -> str:
    if standing is None:
        return ""
    said = (standing.whom, standing.failure, standing.recheck)
    words = [*map(literal, said)]
    if standing.branches:
        words += [f"branches={literal(standing.branches)}"]
        words += [f"lasting={layout(standing.lasting, 12)}"] if standing.lasting else []
    return f"            standing=Standing({', '.join(words)}),\n"


def _positional(name: str, values: Iterable[object], more: str = "") -> str:
    """A call inside a table, one argument a line."""
    rows = "".join(f"            {layout(value, 12)},\n" for value in values)
    return f"        {name}(\n{rows}{more}        ),\n"


def limits(gate: GateRule) -> tuple[object, ...]:
    """The blocks or cohorts that a gate is asked for, as far as it has any."""
    if gate.cohorts:
        return gate.blocks, gate.cohorts
    return (gate.blocks,) if gate.blocks else ()


def _gates(tables: GateTables) -> str:
    program = tables.program
    fields = {
        "numbers": program.numbers,
        "conditions": program.conditions,
        "parts": program.parts,
        "roles": program.roles,
    }
    stated = "".join(f", {key}={literal(value)}" for key, value in fields.items() if value)
    gates = "".join(
        _positional("GateRule", (g.id, g.title, g.per, g.condition, *limits(g)))
        for g in tables.gates.values()
    )
    kinds = "".join(
        _positional("EventKind", (k.id, k.title, k.attributes, k.counts, *([k.by] if k.by else [])))
        for k in tables.words.kinds.values()
    )
    words = tables.words
    orders = f"    {layout(words.orders, 4)},\n" if words.orders else ""
    more = {"levels": words.levels, "deciders": words.deciders}
    orders += "".join(f"    {name}={layout(value, 4)},\n" for name, value in more.items() if value)
    if tables.escalations:
        plans = "".join(map(_escalation, tables.escalations.values()))
        orders += f"    escalations=(\n{plans}    ),\n"
    return (
        f"GATES = GateTables(\n    Program(inputs=(), criteria=(){stated}),\n"
        f"    (\n{gates}    ),\n    (\n{kinds}    ),\n    {literal(words.occasions)},\n"
        f"{orders})\n"
    )


def _escalation(rule: EscalationRule) -> str:
    sizes = (rule.start, rule.cohort, rule.maximum, rule.lowest)
    fields = (rule.id, rule.levels, *sizes, rule.rows, rule.absence, rule.text)
    return _positional("EscalationRule", fields)
