"""The tables of a checker in JavaScript: inputs, criteria, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trialc.emitters.javascript_text import layout, literal
from trialc.lowering.program import tables_of
from trialc_runtime.inputs import Input
from trialc_runtime.program import Criterion, Program
from trialc_runtime.standing import Standing


def inputs_text(inputs: tuple[Input, ...]) -> str:
    """INPUTS. Tables of units that several elements share stand once."""
    tables: dict[tuple[Any, ...], str] = {}
    rows: list[str] = []
    for item in inputs:
        table = tuple(item.units.items())
        name = tables.setdefault(table, f"UNITS_{len(tables) + 1}") if table else ""
        words = item.unit_words if item.unit_words != item.unit else None
        stated: dict[str, object] = {
            "unit": item.unit,
            "unit_words": words,
            "low": item.low,
            "high": item.high,
            "options": item.options,
            "window": item.window,
            "order": item.order,
            "dated": item.dated,
            "roles": item.roles,
            "applies": item.applies,
            "applies_text": item.applies_text,
        }
        # An end of zero is stated, an empty text is not; a unit in words may be empty.
        said = {
            key: layout(value, 4)
            for key, value in stated.items()
            if value or (key in ("low", "high", "unit_words") and value is not None)
        }
        if name:
            said["units"] = name
        rows.append(call("Input", (item.path, item.kind, item.title), said))
    units = "".join(f"const {name} = {layout(dict(table))};\n" for table, name in tables.items())
    return f"{units}\nconst INPUTS = [\n{''.join(rows)}];\n"


def call(name: str, first: tuple[object, ...], stated: Mapping[str, str]) -> str:
    """An object of a table, one argument a line, what may be left out by name."""
    rows = "".join(f"    {layout(value, 4)},\n" for value in first)
    if stated:
        rows += "    {\n" + "".join(f"      {k}: {v},\n" for k, v in stated.items()) + "    },\n"
    return f"  new {name}(\n{rows}  ),\n"


def program_text(program: Program) -> str:
    """PROGRAM."""
    criteria = "".join(map(_criterion, program.criteria))
    made = new_program(program, "INPUTS", "RULES")
    return f"const RULES = [\n{criteria}];\n\nconst PROGRAM = {made};\n"


def new_program(program: Program, inputs: str, criteria: str) -> str:
    """A program of these inputs and criteria, with everything else that it has."""
    fields = "".join(f"  {key}: {layout(value, 2)},\n" for key, value in tables_of(program).items())
    return f"new Program({{\n  inputs: {inputs},\n  criteria: {criteria},\n{fields}}})"


def _criterion(item: Criterion) -> str:
    first = (item.id, item.kind, item.number, item.title, item.source, item.condition)
    stated = {
        "shared": layout(item.shared, 6) if item.shared else "",
        "uses": layout(item.uses, 6) if item.uses else "",
        "standing": _standing(item.standing) if item.standing else "",
    }
    return call("Criterion", first, {key: value for key, value in stated.items() if value})


def _standing(standing: Standing) -> str:
    said = ", ".join(map(literal, (standing.whom, standing.failure, standing.recheck)))
    if not standing.branches:
        return f"new Standing({said})"
    branches, lasting = literal(standing.branches), layout(standing.lasting, 8)
    return f"new Standing({said}, {{ branches: {branches}, lasting: {lasting} }})"
