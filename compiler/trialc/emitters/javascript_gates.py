"""The tables of a checker in JavaScript that gates and dose escalations need."""

from __future__ import annotations

from trialc.emitters.checker import limits
from trialc.emitters.javascript_tables import call, new_program
from trialc.emitters.javascript_text import layout
from trialc_runtime.dose_levels import EscalationRule
from trialc_runtime.gates import GateTables


def gates_text(tables: GateTables) -> str:
    """GATES."""
    words = tables.words
    gates = "".join(
        call("GateRule", (rule.id, rule.title, rule.per, rule.condition, *limits(rule)), {})
        for rule in tables.gates.values()
    )
    kinds = "".join(
        call("EventKind", (kind.id, kind.title, kind.attributes, kind.counts, kind.by), {})
        for kind in words.kinds.values()
    )
    plans = "".join(map(_escalation, tables.escalations.values()))
    stated = {
        "orders": layout(words.orders, 2) if words.orders else "",
        "levels": layout(words.levels, 2) if words.levels else "",
        "deciders": layout(words.deciders, 2) if words.deciders else "",
        "escalations": f"[\n{plans}]" if plans else "",
    }
    said = "".join(f"  {key}: {value},\n" for key, value in stated.items() if value)
    return (
        f"const GATES = new GateTables(\n{new_program(tables.program, '[]', '[]')},\n"
        f"[\n{gates}],\n[\n{kinds}],\n{layout(words.occasions)},\n{{\n{said}}},\n);\n"
    )


def _escalation(rule: EscalationRule) -> str:
    sizes = (rule.start, rule.cohort, rule.maximum, rule.lowest)
    fields = (rule.id, rule.levels, *sizes, rule.rows, rule.absence, rule.text)
    return call("EscalationRule", fields, {})
