"""A small protocol with everything in it, and conditions and participants of it by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import networkx as nx

from trialc.emitters.checker import emit_checker
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model import protocol as p
from trialc.model.inputs import walk

DAY = 739_985  # 2027-01-04
ESR, HB, SCORE = "lab.esr", "lab.hb", "skin.mrss"


# ---- a small protocol


def value(path: str) -> e.Number:
    return e.Value(path=path, unit="1")


def than(path: str, relation: Any, limit: float) -> e.Condition:
    right = e.Literal(value=limit, unit="1", text=str(limit))
    return e.Compare(relation=relation, left=value(path), right=right)


def derived(name: str, relation: Any, limit: float) -> e.Condition:
    right = e.Literal(value=limit, unit="1", text=str(limit))
    return e.Compare(relation=relation, left=e.NumberOf(name=name, unit="1"), right=right)


def group(quantifier: Any, *conditions: e.Condition, count: int = 0) -> e.Junction:
    branches = tuple(
        e.Branch(label=f"b{i}", path=f"x.b{i}", condition=c) for i, c in enumerate(conditions)
    )
    return e.Junction(quantifier=quantifier, count=count, branches=branches)


def quantity(path: str, low: float | None = 0.0, high: float | None = 200.0) -> p.Data:
    return p.Data(id=path, title=path, type="quantity", unit="mm/h", low=low, high=high)


DATA = (
    quantity(ESR),
    quantity(HB),
    quantity("free", None, None),
    quantity("height", 1.0, 3.0),
    p.Data(id=SCORE, title="Skin", type="score", unit="{score}", low=0, high=51),
    p.Data(id="yes", title="Yes", type="boolean"),
    p.Data(id="sex", title="Sex", type="choice", options=("female", "male")),
    p.Data(id="grade", title="Grade", type="choice", options=("a", "b", "c")),
    p.Data(id="onset", title="Onset", type="date"),
    p.Data(
        id="pregnant", title="Pregnant", type="boolean",
        applies=e.OneOf(path="sex", codes=("female",)),
    ),
)  # fmt: skip
NUMBERS = (
    p.NumberDefinition(
        id="bmi", title="BMI", unit="1",
        number=e.Arithmetic(
            operator="/", left=value(ESR), numerator=10_000, unit="1",
            right=e.Arithmetic(operator="*", left=value("height"), right=value("height"), unit="1"),
        ),
    ),
    p.NumberDefinition(
        id="ratio", title="Ratio", unit="1",
        number=e.Arithmetic(operator="/", left=value(ESR), right=value("free"), unit="1"),
    ),
    p.NumberDefinition(
        id="years", title="Years", unit="a",
        number=e.Elapsed(unit="year", start="onset", end="as_of"),
    ),
    p.NumberDefinition(
        id="points", title="Points", unit="{score}",
        number=e.Score(combine="sum", items=(
            e.ScoreItem(label="a", path="points.a", points=9, when=e.Holds(path="yes")),
            e.ScoreItem(label="b", path="points.b", score=e.Score(combine="highest", items=(
                e.ScoreItem(label="c", path="points.c", points=2, when=than(ESR, ">", 25)),
                e.ScoreItem(label="d", path="points.d", points=4, when=than(HB, "<", 11)),
            ))),
        )),
    ),
)  # fmt: skip
CONDITIONS = (
    p.ConditionDefinition(id="low", title="Low", condition=than(HB, "<", 11)),
    p.ConditionDefinition(
        id="both", title="Both", condition=group("all", e.Refer(name="low"), e.Holds(path="yes"))
    ),
)
ATOMS: tuple[e.Condition, ...] = (
    *(than(ESR, relation, 25) for relation in ("<", "<=", ">", ">=", "=", "!=")),
    than(HB, "<", 11),
    than(HB, ">=", 8),
    than(SCORE, ">", 20),
    than(SCORE, ">", 15),
    e.Compare(relation="<", left=value(ESR), right=value(HB)),
    e.Within(
        value=value(HB),
        low=e.Literal(value=8, unit="1", text="8"),
        high=e.Literal(value=11, unit="1", text="11"),
    ),
    *(derived("years", sign, limit) for sign in ("<", "<=", ">", ">=", "=") for limit in (2, 1.5)),
    derived("years", "<", 0),
    *(derived("points", sign, limit) for sign in ("<", ">=", "=", "!=") for limit in (4, 9)),
    derived("bmi", "<", 18),
    derived("ratio", ">=", 2),
    e.Holds(path="yes"),
    e.Holds(path="judged"),
    e.OneOf(path="sex", codes=("female",)),
    e.OneOf(path="grade", codes=("a", "c")),
    e.Done(path=ESR),
    e.Done(path="yes"),
    e.Refer(name="low"),
    e.Refer(name="both"),
)  # fmt: skip


def criterion(number: int, condition: e.Condition, kind: Any = "", **more: Any) -> p.Criterion:
    kind = kind or ("inclusion" if number % 2 else "exclusion")
    fields = {
        "id": f"c{number}",
        "type": kind,
        "number": str(number),
        "title": f"Criterion {number}",
    }
    return p.Criterion.model_validate({**fields, "condition": condition, **more})


def protocol(criteria: Sequence[p.Criterion], **changes: Any) -> p.Protocol:
    causes = [c.path for item in criteria for c in _attributions(item.condition)]
    whole = p.Protocol(
        language=1,
        file="folder/small.proto.txt",
        sha256="ab" * 32,
        metadata=p.Metadata(id="small", title="A small trial", version="1.0.0"),
        causes=(p.Cause(id="ssc", title="SSc"),),
        roles=(p.Role(id="investigator", title="Investigator"), p.Role(id="patient")),
        data=DATA,
        judgements=(p.Judgement(id="judged", title="Judged", by=("investigator",)),),
        cause_inputs=tuple(p.CauseInput(id=path, branch=path) for path in dict.fromkeys(causes)),
        numbers=NUMBERS,
        conditions=CONDITIONS,
        criteria=tuple(criteria),
    )
    return whole.model_copy(update=changes)


def _attributions(condition: e.Condition) -> list[e.Attributed]:
    return [inner for inner in walk(condition) if isinstance(inner, e.Attributed)]


def study(whole: p.Protocol) -> Study:
    return Study(whole, nx.MultiDiGraph())


def checker_of(whole: p.Protocol) -> ModuleType:
    """The checker of a protocol, loaded from its text."""
    (artefact,) = emit_checker(study(whole))
    module = ModuleType("checker")
    exec(compile(artefact.text, artefact.path, "exec"), module.__dict__)
    return module


# ---- random conditions and participants


def random_condition(chance: random.Random, depth: int, count: list[int]) -> e.Condition:
    if depth == 0 or chance.random() < 0.25:
        return chance.choice(ATOMS)
    inner = [random_condition(chance, depth - 1, count) for _ in range(chance.randint(1, 4))]
    count[0] += 1
    match chance.randrange(8):
        case 0:
            return e.Not(operand=inner[0])
        case 1:
            path = f"cause{count[0]}.cause"
            other = chance.random() < 0.5
            return e.Attributed(operand=inner[0], cause="ssc", other=other, path=path)
        case 2:
            return e.Unless(operand=inner[0], exception=inner[-1])
        case 3:
            neutral = chance.random() < 0.5
            return e.Applies(condition=inner[0], operand=inner[-1], neutral=neutral)
        case 4:
            return group("at_least", *inner, count=chance.randint(1, len(inner)))
        case choice:
            return group(("all", "any", "none")[choice - 5], *inner)


def random_values(chance: random.Random, whole: p.Protocol) -> dict[str, Any]:
    options: dict[str, Sequence[Any]] = {
        ESR: (0.0, 24.999999999999996, 25.0, 25.000000000000004, 200.0),
        HB: (7.9, 8.0, 10.9, 11.0, 25.0),
        "free": (0.0, 10.0, 12.5, 1e-320),
        "height": (1.0, 1.7, 3.0),
        SCORE: (0.0, 15.0, 16.0, 20.0, 21.0),
        "yes": (True, False),
        "judged": (True, False),
        "pregnant": (True, False),
        "sex": ("female", "male"),
        "grade": ("a", "b", "c"),
        "onset": tuple(DAY - days for days in (0, -1, 547, 548, 549, 729, 730, 731, 732, 2000)),
        **{item.id: ("ssc", "other") for item in whole.cause_inputs},
    }  # fmt: skip
    values: dict[str, Any] = {"as_of": DAY}
    known = chance.choice((0.3, 0.7, 1.0))
    for path, choices in options.items():
        if chance.random() < known:
            values[path] = chance.choice(choices)
        elif chance.random() < 0.4:
            values["not_done:" + path] = True
    return values
