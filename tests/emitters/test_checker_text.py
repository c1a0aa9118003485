"""The text of the checker: of any size, the same every time, and hard to break out of."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from trialc.emitters.checker import emit_checker
from trialc.emitters.patient_schema import emit_patient_schema
from trialc.lowering.program import program_of
from trialc.model import expression as e
from trialc.model import protocol as p
from trialc_runtime.evaluate import Evaluation

from .small_protocol import (
    DATA,
    DAY,
    ESR,
    NUMBERS,
    SCORE,
    checker_of,
    criterion,
    derived,
    group,
    protocol,
    study,
    than,
)

# ---- size and shape


def test_ten_thousand_criteria() -> None:
    criteria = [criterion(i, than(ESR, ">", i % 100), kind="inclusion") for i in range(10_000)]
    checker = checker_of(protocol(criteria))
    found = checker.outcomes({"as_of": DAY, ESR: 50.0})
    assert found == tuple(i % 100 < 50 for i in range(10_000))
    assert checker.verdict({"as_of": DAY, ESR: 150.0}) == "eligible"
    assert checker.verdict({"as_of": DAY}) == "undetermined"


@pytest.mark.parametrize("quantifier", ["all", "any", "none", "at_least"])
def test_a_wide_group(quantifier: str) -> None:
    parts = [than(ESR, ">", i / 20) for i in range(3000)]
    whole = protocol([criterion(1, group(quantifier, *parts, count=1000))])
    checker = checker_of(whole)
    expected = {"all": False, "any": True, "none": False, "at_least": True}[quantifier]
    assert checker.outcomes({"as_of": DAY, ESR: 100.0}) == (expected,)


def test_a_deep_condition() -> None:
    condition: e.Condition = e.Holds(path="yes")
    for level in range(60):
        other = than(ESR, ">", level)
        condition = group("all" if level % 2 else "any", condition, other)
    checker = checker_of(protocol([criterion(1, condition)]))
    program = program_of(protocol([criterion(1, condition)]))
    for esr in (0.0, 10.0, 58.5, 60.0):
        for yes in (True, False):
            values = {"as_of": DAY, ESR: esr, "yes": yes}
            truth = Evaluation(program, values).truth(program.criteria[0].condition)
            assert checker.outcomes(values) == (truth,)
            record = {"as_of": "2027-01-04", ESR: esr, "yes": yes}
            assert checker.screen(record)["criteria"][0]["outcome"] is truth


def test_a_score_of_many_items() -> None:
    items = tuple(
        e.ScoreItem(label=f"i{i}", path=f"many.i{i}", points=1, when=than(ESR, ">", i))
        for i in range(200)
    )
    many = p.NumberDefinition(id="many", unit="{score}", number=e.Score(combine="sum", items=items))
    condition = derived("many", ">=", 100)
    whole = protocol([criterion(1, condition)], numbers=(*NUMBERS, many))
    checker = checker_of(whole)
    assert checker.outcomes({"as_of": DAY, ESR: 99.5}) == (True,)
    assert checker.outcomes({"as_of": DAY, ESR: 98.5}) == (False,)


# ---- text that wants to be code


HOSTILE = (
    '"""\nimport os; os.abort()\n"""', "'''\n\\", "a\nb = 1 #", "\r\x0b\x0c\x1c\x85\u2028\u2029",
    "\0\x1b[31m", "\u202e\u2066", "\ud800", "{x} %s \\N{DIGIT ONE} \\", "# -*- coding: rot13 -*-",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out(text: str) -> None:
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
    checker = checker_of(whole)
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
    (artefact,) = emit_checker(study(protocol(CRITERIA)))
    (tmp_path / "checker.py").write_text(artefact.text, encoding="utf-8")

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
    assert run("\ufeff" + json.dumps(good))[0] == 0  # as Windows writes it
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


def test_the_example_satisfies_the_schema_and_reads_without_fault() -> None:
    whole = protocol(CRITERIA)
    schema, example = (json.loads(made.text) for made in emit_patient_schema(study(whole)))
    Draft202012Validator.check_schema(schema)
    validator: Any = Draft202012Validator(schema)
    validator.validate(example)
    checker = checker_of(whole)
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


def test_a_contradiction_is_refused() -> None:
    checker = checker_of(protocol(CRITERIA))
    with pytest.raises(checker.RecordRefused, match="only if"):
        checker.load({"as_of": "2027-01-04", "sex": "male", "pregnant": True})
    values = checker.load({"as_of": "2027-01-04", "sex": "male", "yes": {"unknown": "not_done"}})
    assert values == {"as_of": DAY, "sex": "male", "not_done:yes": True}
