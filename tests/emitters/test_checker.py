"""The generated checker: equal to walking its tables, exact, and hard to break."""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import networkx as nx
import pytest
from jsonschema import Draft202012Validator

from trialc.emitters.checker import emit_checker
from trialc.emitters.checker_program import program_of
from trialc.emitters.patient_schema import emit_patient_schema
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model import protocol as p
from trialc_runtime.evaluate import Evaluation
from trialc_runtime.screening import judge, settled, settled_verdict

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
    from trialc.model.inputs import walk

    return [inner for inner in walk(condition) if isinstance(inner, e.Attributed)]


def study(whole: p.Protocol) -> Study:
    return Study(whole, nx.DiGraph())


def checker_of(whole: p.Protocol, folder: Path) -> ModuleType:
    (artefact,) = emit_checker(study(whole))
    path = folder / artefact.path
    path.write_text(artefact.text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("checker", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
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


@pytest.mark.parametrize("seed", range(12))
def test_the_fast_path_agrees_with_walking_the_tables(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    criteria = [
        criterion(i, random_condition(chance, chance.randint(0, 5), [100 * i])) for i in range(1, 9)
    ]
    whole = protocol(criteria)
    checker, program = checker_of(whole, tmp_path), program_of(whole)
    for _ in range(150):
        values = random_values(chance, whole)
        evaluation = Evaluation(program, values)
        expected = tuple(
            settled(program, i, evaluation.truth(item.condition), values)
            for i, item in enumerate(program.criteria)
        )
        assert checker.outcomes(values) == expected
        verdict = judge(program.criteria, expected)
        if verdict == "undetermined":
            verdict = settled_verdict(program, expected, values)
        assert checker.verdict(values) == verdict


@pytest.mark.parametrize("atom", range(len(ATOMS)))
def test_every_atom_agrees_with_walking_the_tables(atom: int, tmp_path: Path) -> None:
    chance = random.Random(atom)
    whole = protocol([criterion(1, ATOMS[atom]), criterion(2, e.Not(operand=ATOMS[atom]))])
    checker, program = checker_of(whole, tmp_path), program_of(whole)
    for _ in range(200):
        values = random_values(chance, whole)
        truth = Evaluation(program, values).truth(program.criteria[0].condition)
        truth = settled(program, 0, truth, values)
        assert checker.outcomes(values) == (truth, None if truth is None else not truth)


# ---- single meanings, spelled out


def outcome(condition: e.Condition, folder: Path, **values: Any) -> bool | None:
    checker = checker_of(protocol([criterion(1, condition)]), folder)
    named = {key.replace("__", "."): found for key, found in values.items()}
    found: tuple[bool | None, ...] = checker.outcomes({"as_of": DAY, **named})
    return found[0]


@pytest.mark.parametrize(
    ("relation", "below", "at", "above"),
    [
        ("<", True, False, False), ("<=", True, True, False), (">", False, False, True),
        (">=", False, True, True), ("=", False, True, False), ("!=", True, False, True),
    ],
)  # fmt: skip
def test_a_threshold(relation: str, below: bool, at: bool, above: bool, tmp_path: Path) -> None:
    condition = than(ESR, relation, 25)
    assert outcome(condition, tmp_path, lab__esr=24.999999999999996) is below
    assert outcome(condition, tmp_path, lab__esr=25.0) is at
    assert outcome(condition, tmp_path, lab__esr=25.000000000000004) is above
    assert outcome(condition, tmp_path) is None


@pytest.mark.parametrize("first", [True, False, None])
@pytest.mark.parametrize("second", [True, False, None])
def test_or_and_and(first: bool | None, second: bool | None, tmp_path: Path) -> None:
    values = {"yes": first, "judged": second}
    known = {key: found for key, found in values.items() if found is not None}
    both = (e.Holds(path="yes"), e.Holds(path="judged"))
    expected_or = True if True in values.values() else None if None in values.values() else False
    expected_and = False if False in values.values() else None if None in values.values() else True
    assert outcome(group("any", *both), tmp_path, **known) is expected_or
    assert outcome(group("all", *both), tmp_path, **known) is expected_and
    assert outcome(group("none", *both), tmp_path, **known) is (
        None if expected_or is None else not expected_or
    )


def test_the_second_anniversary_still_counts(tmp_path: Path) -> None:
    condition = derived("years", "<=", 2)
    for onset, expected in (
        ("2025-01-04", True), ("2025-01-03", False), ("2025-01-05", True), ("2027-01-05", None),
    ):  # fmt: skip
        assert outcome(condition, tmp_path, onset=_day(onset)) is expected


def _day(text: str) -> int:
    from datetime import date

    return date.fromisoformat(text).toordinal()


def test_what_is_not_of_the_contract_is_never_taken_for_true(tmp_path: Path) -> None:
    for broken in (float("nan"), 1, "true"):
        assert outcome(e.Holds(path="yes"), tmp_path, yes=broken) is None
    assert outcome(e.OneOf(path="sex", codes=("female",)), tmp_path, sex=float("nan")) is None


def test_completions_decide_where_kleene_leaves_it_open(tmp_path: Path) -> None:
    either = group("any", than(HB, "<", 11), than(HB, ">=", 8))
    assert outcome(either, tmp_path) is True
    either = group(
        "any", e.OneOf(path="sex", codes=("female",)), e.OneOf(path="sex", codes=("male",))
    )
    assert outcome(either, tmp_path) is True
    assert (
        outcome(group("all", e.Holds(path="yes"), e.Not(operand=e.Holds(path="yes"))), tmp_path)
        is False
    )
    assert outcome(group("any", than(HB, "<", 8), than(HB, ">", 11)), tmp_path) is None


def test_completions_decide_a_verdict(tmp_path: Path) -> None:
    whole = protocol([criterion(1, than(HB, ">", 11)), criterion(2, than(HB, ">=", 8))])
    checker = checker_of(whole, tmp_path)
    assert checker.outcomes({"as_of": DAY}) == (None, None)
    assert checker.verdict({"as_of": DAY}) == "ineligible"
    found = checker.screen({"as_of": "2027-01-04"})
    assert (found["verdict"], found["by"], found["needs"]) == ("ineligible", [], [])


def test_brute_force_over_what_is_unknown(tmp_path: Path) -> None:
    """A determinate outcome is that of every completion (one value for each cell)."""
    chance = random.Random(7)
    cells = {ESR: (10.0, 25.0, 40.0), HB: (5.0, 8.0, 9.0, 11.0, 20.0), "yes": (True, False)}
    atoms = [
        than(ESR, ">", 25),
        than(ESR, "<=", 25),
        than(HB, "<", 11),
        than(HB, ">=", 8),
        e.Holds(path="yes"),
    ]
    for _ in range(25):
        inner = [chance.choice(atoms) for _ in range(4)]
        condition = group(
            "any", group("all", *inner[:2]), group("all", inner[2], e.Not(operand=inner[3]))
        )
        checker = checker_of(protocol([criterion(1, condition)]), tmp_path)
        for known in product(*((None, *found) for found in cells.values())):
            stated = {k: v for k, v in zip(cells, known, strict=True) if v is not None}
            open_ = {k: v for k, v in cells.items() if k not in stated}
            completed = {
                checker.outcomes({"as_of": DAY, **stated, **dict(zip(open_, case, strict=True))})[0]
                for case in product(*open_.values())
            }
            expected = completed.pop() if len(completed) == 1 else None
            assert checker.outcomes({"as_of": DAY, **stated})[0] is expected


# ---- size and shape


def test_ten_thousand_criteria(tmp_path: Path) -> None:
    criteria = [criterion(i, than(ESR, ">", i % 100), kind="inclusion") for i in range(10_000)]
    checker = checker_of(protocol(criteria), tmp_path)
    found = checker.outcomes({"as_of": DAY, ESR: 50.0})
    assert found == tuple(i % 100 < 50 for i in range(10_000))
    assert checker.verdict({"as_of": DAY, ESR: 150.0}) == "eligible"
    assert checker.verdict({"as_of": DAY}) == "undetermined"


@pytest.mark.parametrize("quantifier", ["all", "any", "none", "at_least"])
def test_a_wide_group(quantifier: str, tmp_path: Path) -> None:
    parts = [than(ESR, ">", i / 20) for i in range(3000)]
    whole = protocol([criterion(1, group(quantifier, *parts, count=1000))])
    checker = checker_of(whole, tmp_path)
    expected = {"all": False, "any": True, "none": False, "at_least": True}[quantifier]
    assert checker.outcomes({"as_of": DAY, ESR: 100.0}) == (expected,)


def test_a_deep_condition(tmp_path: Path) -> None:
    condition: e.Condition = e.Holds(path="yes")
    for level in range(60):
        other = than(ESR, ">", level)
        condition = group("all" if level % 2 else "any", condition, other)
    checker = checker_of(protocol([criterion(1, condition)]), tmp_path)
    program = program_of(protocol([criterion(1, condition)]))
    for esr in (0.0, 10.0, 58.5, 60.0):
        for yes in (True, False):
            values = {"as_of": DAY, ESR: esr, "yes": yes}
            truth = Evaluation(program, values).truth(program.criteria[0].condition)
            assert checker.outcomes(values) == (truth,)
            record = {"as_of": "2027-01-04", ESR: esr, "yes": yes}
            assert checker.screen(record)["criteria"][0]["outcome"] is truth


def test_a_score_of_many_items(tmp_path: Path) -> None:
    items = tuple(
        e.ScoreItem(label=f"i{i}", path=f"many.i{i}", points=1, when=than(ESR, ">", i))
        for i in range(200)
    )
    many = p.NumberDefinition(id="many", unit="{score}", number=e.Score(combine="sum", items=items))
    condition = derived("many", ">=", 100)
    whole = protocol([criterion(1, condition)], numbers=(*NUMBERS, many))
    checker = checker_of(whole, tmp_path)
    assert checker.outcomes({"as_of": DAY, ESR: 99.5}) == (True,)
    assert checker.outcomes({"as_of": DAY, ESR: 98.5}) == (False,)


# ---- text that wants to be code


HOSTILE = (
    '"""\nimport os; os.abort()\n"""', "'''\n\\", "a\nb = 1 #", "\r\x0b\x0c\x1c\x85\u2028\u2029",
    "\0\x1b[31m", "\u202e\u2066", "\ud800", "{x} %s \\N{DIGIT ONE} \\", "# -*- coding: rot13 -*-",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out(text: str, tmp_path: Path) -> None:
    quote = (p.Quote(clauses=(text, text)),)
    names = ("name", "alias", "version", "title", "citation", "file", "sha256")
    library = p.Library.model_validate(dict.fromkeys(names, text))
    whole = protocol(
        [criterion(1, than(ESR, ">", 25), title=text, sources=quote)],
        metadata=p.Metadata(id="small", title=text, version=text),
        data=tuple(item.model_copy(update={"title": text}) for item in DATA),
        libraries=(library,),
        file=text,
    )  # fmt: skip
    (artefact,) = emit_checker(study(whole))
    assert all(c.isprintable() or c == "\n" for c in artefact.text)
    checker = checker_of(whole, tmp_path)
    assert text == checker.PROTOCOL_VERSION
    assert checker.screen({"as_of": "2027-01-04", ESR: 30})["criteria"][0]["title"] == text
    for made in emit_patient_schema(study(whole)):
        json.loads(made.text.encode("utf-8"))


# ---- artefacts


CRITERIA = [criterion(1, than(ESR, ">", 25)), criterion(2, e.Holds(path="pregnant"))]


def test_the_same_protocol_gives_the_same_bytes() -> None:
    first, second = emit_checker(study(protocol(CRITERIA))), emit_checker(study(protocol(CRITERIA)))
    assert first == second
    assert "/" not in first[0].text.splitlines()[2]
    assert f"# sha256: {'ab' * 32}" in first[0].text


def test_the_command(tmp_path: Path) -> None:
    checker_of(protocol(CRITERIA), tmp_path)

    def run(text: str) -> tuple[int, str, str]:
        (tmp_path / "record.json").write_text(text, encoding="utf-8")
        command = [
            sys.executable,
            "-I",
            "-S",
            str(tmp_path / "checker.py"),
            str(tmp_path / "record.json"),
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    good = {"as_of": "2027-01-04", "sex": "female", "pregnant": False, ESR: 26}
    code, out, err = run(json.dumps(good))
    assert (code, json.loads(out)["verdict"], err) == (0, "eligible", "")
    assert run(json.dumps({**good, ESR: 25}))[0] == 3
    assert run(json.dumps({**good, ESR: None}))[0] == 4
    code, out, err = run(json.dumps({**good, ESR: "high", "sexx": "female"}))
    assert (code, out) == (2, "")
    assert "lab.esr: " in err
    assert "did you mean `sex`" in err
    for text in (
        '{"as_of": 1, "as_of": 2}',
        "[" * 100_000,
        "",
        "{",
        '{"lab.esr": NaN}',
        "\ufeff{}",
        '"\\ud800"',
    ):
        code, out, err = run(text)
        assert (code, out) == (2, "")
        assert "Traceback" not in err


def test_the_example_satisfies_the_schema_and_reads_without_fault(tmp_path: Path) -> None:
    whole = protocol(CRITERIA)
    schema, example = (json.loads(made.text) for made in emit_patient_schema(study(whole)))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    validator.validate(example)
    checker = checker_of(whole, tmp_path)
    checker.load(example)
    for broken in (
        {**example, "unknown": 1}, {**example, ESR: "high"}, {**example, "sex": "x"},
        {**example, "judged": True}, {**example, ESR: {"value": 3, "on": "soon"}},
        {**example, ESR: {"unknown": "stale"}}, {ESR: 3}, {**example, "yes": 1},
        {**example, SCORE: 1.5},
    ):  # fmt: skip
        assert not validator.is_valid(broken)
        with pytest.raises(checker.RecordRefused):
            checker.load(broken)


def test_a_contradiction_is_refused(tmp_path: Path) -> None:
    checker = checker_of(protocol(CRITERIA), tmp_path)
    with pytest.raises(checker.RecordRefused, match="only if"):
        checker.load({"as_of": "2027-01-04", "sex": "male", "pregnant": True})
    values = checker.load({"as_of": "2027-01-04", "sex": "male", "yes": {"unknown": "not_done"}})
    assert values == {"as_of": DAY, "sex": "male", "not_done:yes": True}
