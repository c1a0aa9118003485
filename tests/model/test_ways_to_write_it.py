"""Helps that say how to write what was meant: hours, doses for each unit of a derived number."""

from __future__ import annotations

import pytest

from trialc.model.from_syntax import resolve
from trialc.source import SourceText
from trialc.syntax.from_text import parse

BODY = """language 1
protocol p { title: "P" version: "1" }
data demo.weight "Weight" : quantity [kg] { range: 20 .. 300 kg }
data demo.height "Height" : quantity [cm] { range: 100 .. 250 cm }
data day "Day" : date
derive demo.bsa "Surface" [m2] = sqrt(demo.height [cm] * demo.weight [kg] / 3600) * 1 m2
"""


def advice(text: str) -> list[tuple[str, str]]:
    """Code and help of every error."""
    main, faults = parse(SourceText("t", f"{BODY}{text}\n"))
    _, more = resolve(main, ())
    return [(one.kind.code, one.help) for one in (*faults, *more) if one.is_error]


@pytest.mark.parametrize(
    ("length", "days"),
    [
        ("72 h", "write `3 days`: dates are those of the calendar"),
        ("24 hours", "write `1 day`: "),
        ("36 h", "write `1 day` or `2 days`: "),
        ("90 min", "write `1 day`: "),
        ("2880 minutes", "write `2 days`: "),
        ("3 kg", "write for example `3 months`"),
    ],
)
def test_hours_are_days_of_the_calendar(length: str, days: str) -> None:
    rule = f'exclusion a [1] "A" {{ exclude when day within {length} before as_of }}'
    ((code, said),) = advice(rule)
    assert code == "E0417"
    assert said.startswith(days)
    ((code, said),) = advice(f'data lab.x "X" : quantity [g/dL] {{ valid: {length} }}')
    assert code == "E0417"
    assert said.startswith(days)


@pytest.mark.parametrize(
    ("dose", "unit"), [("75 mg/m2", "mg"), ("75 mg/m2/d", "mg/d"), ("5 ug/m2", "ug")]
)
def test_a_dose_for_each_unit_of_a_derived_number(dose: str, unit: str) -> None:
    drug = 'intervention drug "Drug" {{ type: drug  dose: {}  route: intravenous }}'
    ((code, said),) = advice(drug.format(f"{dose} of demo.bsa"))
    assert code == "E0303"
    derived = f'derive drug.amount "Dose" [{unit}] = {dose} * demo.bsa'
    assert said == f"write `{derived}`\nand `dose: drug.amount`"
    assert advice(f"{derived}\n{drug.format('drug.amount')}") == []
