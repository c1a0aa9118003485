"""Small protocols from their text, and records of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from trialc.interpreter import Screening
from trialc.model.from_syntax import resolve
from trialc.model.protocol import Protocol
from trialc.source import SourceText
from trialc.syntax.from_text import parse

HEAD = """
language 1

protocol small {
  title: "A small trial"
  version: "1"
}

role subject "Patient"
role investigator "Investigator"
cause ssc "systemic sclerosis"

window fresh "Blood" = 28 days

data lab.hb "Haemoglobin" : quantity [g/dL] { range: 2 .. 25 g/dL }
data lab.esr "ESR" : quantity [mm/h] {
  range: 0 .. 150 mm/h
  valid: fresh
}
data demo.height "Height" : quantity [m] { range: 1 .. 2.5 m }
data demo.weight "Weight" : quantity [kg] { range: 25 .. 250 kg }
data demo.sex "Sex" : choice {female, male}
data preg "Pregnant" : boolean {
  applies when demo.sex = female
  valid: fresh
}
data crisis "Crisis" : boolean
data onset "Onset" : date
data cath "Catheter pressure" : quantity [mmHg] { range: 3 .. 120 mmHg }
judgement judged "Judged" by subject and investigator
judgement risky "Risky" by investigator
derive bmi "BMI" [kg/m2] = demo.weight / (demo.height * demo.height)
derive duration "Duration" [year] = years from onset to as_of
"""

DAY = "2027-01-04"


@cache
def screening(body: str) -> Screening:
    """The interpreter of a protocol with these criteria."""
    return Screening(protocol(body))


def protocol(body: str) -> Protocol:
    """The protocol of the head above and these declarations."""
    tree, faults = parse(SourceText("small.proto.txt", HEAD + body))
    found, more = resolve(tree, ())
    errors = [fault.message for fault in (*faults, *more) if fault.is_error]
    assert not errors, errors
    assert found is not None
    return found


def record(**values: Any) -> dict[str, Any]:
    """A record of today; `__` stands for the dot in a name."""
    return {
        "as_of": DAY,
        "measured": DAY,
        **{name.replace("__", "."): value for name, value in values.items()},
    }


def attested(value: Any, *by: str) -> dict[str, Any]:
    """A judgement, or a cause, of today."""
    return {"value": value, "by": list(by or ("investigator",)), "at": DAY}


def asked(body: str, **values: Any) -> tuple[str, list[tuple[str, str]]]:
    """The verdict, and what is needed with the reasons."""
    found = screening(body).screen(record(**values))
    return found["verdict"], [(need["input"], need["reason"]) for need in found["needs"]]


def excluded_when(condition: str) -> str:
    """A protocol of one exclusion."""
    return f'exclusion only [1] "Only" {{ exclude when {condition} }}'


def outcome(condition: str, **values: Any) -> bool | None:
    """The outcome of an exclusion by this condition."""
    found = screening(excluded_when(condition)).screen(record(**values))
    truth: bool | None = found["criteria"][0]["outcome"]
    return truth
