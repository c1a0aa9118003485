"""What a gate cannot be asked is named, and told what it can wait for."""

from __future__ import annotations

from typing import Any

import pytest

TRIAL = """data k "Potassium" : quantity [mmol/L]
data ill "Ill" : boolean
event sae "Serious event" { attested by nurse }
intervention drug "Drug" { type: drug }
visit D1 "Day 1" anchor
arm x "X" experimental { give drug as dose_1 at D1 }
gate g "G" per participant { guards give dose_1  opens when RULE }
"""


@pytest.mark.parametrize(
    ("rule", "named", "advice"),
    [
        ("k <= 5.2 mmol/L", "k", "`assessed` at a visit"),
        ("5.2 mmol/L > k", "k", "`assessed` at a visit"),
        ("k in 3 .. 5 mmol/L", "k", "`assessed` at a visit"),
        ("ill", "ill", "`assessed` at a visit"),
        ("dose_1", "dose_1", "`elapsed since dose_1 >= ...`"),
        ("sae", "sae", "`no sae after ...`"),
        ("as_of = 2027-01-04", "as_of = ...", "`as_of >= 2028-01-31`"),
    ],
)
def test_it_is_named(small: Any, rule: str, named: str, advice: str) -> None:
    made = small('role nurse "Nurse"\n' + TRIAL.replace("RULE", rule))
    assert [(one.kind.code, one.message) for one in made.found] == [
        ("E0413", f"`{named}` cannot be asked in a gate")
    ]
    assert advice in made.found[0].help
