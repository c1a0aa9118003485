"""What the failure of a branch means: for now where only temporary branches keep somebody out."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest

from trialc.interpreter import screen
from trialc.interpreter.evaluation import Evaluation, Model
from trialc.model import expression as e
from trialc.model import protocol as p
from trialc.model.lasting import lasting

TEXT = """
data fever "Fever" : boolean
data wound "Wound" : boolean
data hiv "HIV" : boolean
data lab.hb "Haemoglobin" : quantity [g/dL]
data lab.plt "Platelets" : quantity [x10^9/L]
exclusion infection [1] "Infection" {
  failure: final
  failure of infection.fever: temporary
  recheck of infection.fever: after 1 month
  failure of infection.wound: temporary
  recheck of infection.wound: "after healing"
  exclude when any of { hiv: hiv fever: fever wound: wound }
}
inclusion blood [1] "Blood" {
  failure of blood.hb: temporary
  recheck of blood.hb: after 4 weeks
  require all of { hb: lab.hb >= 8 g/dL plt: lab.plt >= 100 x10^9/L }
}
"""
WELL = {"fever": False, "wound": False, "hiv": False, "lab.hb": 8, "lab.plt": 100}
DAY, WORDS = {"recheck_on": "2027-02-28"}, {"recheck_when": ["after healing"]}


def result(small: Any, **changed: Any) -> dict[str, Any]:
    values = {key.replace("__", "."): value for key, value in changed.items()}
    return screen(small(TEXT).protocol, {"as_of": "2027-01-31", **WELL, **values})


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"fever": True}, DAY),
        ({"wound": True}, WORDS),
        ({"fever": True, "wound": True}, {**DAY, **WORDS}),
        ({"fever": True, "hiv": True}, None),
        ({"fever": True, "hiv": None}, DAY),  # what is not known may still be final
        ({"lab__hb": 7.9}, {"recheck_on": "2027-02-28"}),
        ({"lab__hb": 8.1}, None),
        ({"lab__hb": 7.9, "lab__plt": 99}, None),  # nobody says what that failure means
        ({"lab__hb": 7.9, "lab__plt": 101}, {"recheck_on": "2027-02-28"}),
        ({"lab__hb": 7.9, "wound": True}, {"recheck_on": "2027-02-28", **WORDS}),
        ({"lab__hb": 7.9, "hiv": True}, None),
    ],
)
def test_for_now_where_only_temporary_branches_decide(
    small: Any, changed: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    found = result(small, **changed)
    keys = {key: found[key] for key in ("recheck_on", "recheck_when") if key in found}
    assert found.get("for_now", False) is (expected is not None)
    assert keys == (expected or {})


def test_a_criterion_says_which_branches_are_behind(small: Any) -> None:
    infection, blood = result(small, fever=True, wound=True, lab__plt=99)["criteria"]
    assert infection["failure"] == "temporary"
    assert infection["recheck"] == "2027-02-28"
    assert infection["temporary"] == [
        {"path": "infection.fever", "recheck": "2027-02-28"},
        {"path": "infection.wound", "recheck": "after healing"},
    ]
    assert not {"failure", "recheck", "temporary"} & set(blood)
    lasting_ = result(small, fever=True, hiv=True)["criteria"][0]
    assert lasting_["failure"] == "final"
    assert "temporary" not in lasting_


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ("failure of x.a: temporary", []),
        ("failure of x.c: temporary", [("E0461", "x.c")]),
        ("failure of a: temporary", [("E0461", "a")]),
        ("failure of x.a: final", [("E0462", "final")]),
        ("failure: temporary failure of x.a: temporary", [("E0462", "failure")]),
        ("recheck of x.a: after 1 week", [("E0331", "recheck")]),
        ("failure of x.a: temporary recheck of x.a: 1 week", [("E0307", "recheck")]),
        ("failure of x.a: temporary failure of x.a: temporary", [("E0305", "failure")]),
    ],
)
def test_mistakes(small: Any, said: str, faults: list[tuple[str, str]]) -> None:
    text = """
    data ill "Ill" : boolean
    data old "Old" : boolean
    """.replace("    ", "")
    text += f'exclusion x [1] "X" {{ {said} exclude when any of {{ a: ill b: old }} }}\n'
    assert small(text).faults == faults


class Formulas:
    """Conditions of yes-or-no inputs, each of them asked once; some are temporary branches."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.inputs: list[str] = []
        self.aside: list[str] = []

    def condition(self, depth: int) -> e.Condition:
        kind = self.chance.randrange(8) if depth else 0
        if kind == 0:
            self.inputs.append(f"i{len(self.inputs)}")
            return e.Holds(path=self.inputs[-1])
        inner = self.condition(depth - 1)
        if kind == 1:
            return e.Not(operand=inner)
        other = self.condition(depth - 1)
        if kind == 2:
            return e.Unless(operand=inner, exception=other)
        if kind == 3:
            neutral = self.chance.random() < 0.5
            return e.Applies(condition=self.condition(0), operand=inner, neutral=neutral)
        parts = [inner, other, *(self.condition(0) for _ in range(self.chance.randrange(3)))]
        quantifier = self.chance.choice(("all", "any", "none", "at_least"))
        count = self.chance.randint(1, len(parts)) if quantifier == "at_least" else 0
        made = tuple(map(self.branch, parts))
        fields = {"quantifier": quantifier, "count": count, "branches": made}
        return e.Junction.model_validate(fields)

    def branch(self, condition: e.Condition) -> e.Branch:
        path = "b" + getattr(condition, "path", "")
        if isinstance(condition, e.Holds) and self.chance.random() < 0.5:
            self.aside.append(path)
        return e.Branch(label=path, path=path, condition=condition)


@pytest.mark.parametrize("seed", range(300))
def test_what_lasts_is_what_fails_whatever_the_temporary_branches_are(seed: int) -> None:
    formulas = Formulas(seed)
    condition = formulas.condition(3)
    kind = "inclusion" if seed % 2 else "exclusion"
    temporary = tuple(p.TemporaryBranch(path=path) for path in formulas.aside)
    fields = {"id": "c", "type": kind, "number": "1", "condition": condition}
    item = p.Criterion.model_validate({**fields, "temporary": temporary})
    protocol = p.Protocol(
        language=1,
        file="t",
        sha256="0",
        metadata=p.Metadata(id="t", title="T", version="1"),
        data=tuple(p.Data(id=name, type="boolean") for name in formulas.inputs),
        criteria=(item,),
    )
    model, fails, left = Model(protocol), kind == "exclusion", lasting(item)
    inputs = formulas.inputs[:9]
    free = [name for name in inputs if f"b{name}" not in formulas.aside]
    aside = [name for name in inputs if name not in free]

    def truth(of: e.Condition, values: dict[str, bool]) -> bool | None:
        rest = dict.fromkeys(formulas.inputs[9:], False)
        return Evaluation(model, {**rest, **values}, "2027-01-01").truth(of)

    if any(f"b{name}" in formulas.aside for name in formulas.inputs[9:]):
        return  # too many to try them all
    for values in product((False, True), repeat=len(free)):
        known = dict(zip(free, values, strict=True))
        always = all(
            truth(condition, {**known, **dict(zip(aside, others, strict=True))}) is fails
            for others in product((False, True), repeat=len(aside))
        )
        lasts = left is not None and truth(left, {**known, **dict.fromkeys(aside, False)}) is fails
        assert lasts is always
