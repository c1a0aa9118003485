"""`protoc screen`: verdicts, reasons in words, and records that are refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import Result

from trialc_runtime.records import RecordFault, RecordRefused

Protoc = Callable[..., Result]
PATH = "protocol/tiny.proto.txt"


def answer(verdict: str, outcome: bool | None) -> dict[str, Any]:
    atom = {
        "path": "", "text": "lab.esr > 25 mm/h", "truth": outcome, "because": [],
        "values": [
            {"input": "lab.esr", "value": 40.0, "unit": "mm/h", "on": "2026-12-20",
             "by": ["patient", "investigator"]},
            {"input": "lab.hb", "reason": "not_done"},
        ],
    }  # fmt: skip
    group = {
        "path": "sick.lab",
        "text": "any of",
        "truth": outcome,
        "values": [],
        "because": [atom],
    }
    criterion = {
        "id": "sick", "kind": "inclusion", "number": "2", "title": "Sick", "outcome": outcome,
        "source": "", "because": group,
    }  # fmt: skip
    needs = [{"input": "lab.esr", "title": "ESR", "reason": "missing"}] if outcome is None else []
    by = ["sick"] if outcome is False else []
    return {
        "verdict": verdict, "as_of": "2027-01-04", "by": by, "needs": needs,
        "criteria": [criterion],
    }  # fmt: skip


@pytest.fixture
def interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives the verdict that the record names."""

    def screen(protocol: object, record: dict[str, Any], at: str) -> dict[str, Any]:
        if "fault" in record:
            raise RecordRefused([RecordFault("lab.ers", "no such input"), RecordFault("x", "y")])
        outcomes = {"eligible": True, "ineligible": False, "undetermined": None}
        return answer(record["v"], outcomes[record["v"]])

    module = ModuleType("trialc.interpreter")
    module.__dict__["screen"] = screen
    monkeypatch.setitem(sys.modules, "trialc.interpreter", module)


def record(home: Path, name: str, content: str) -> str:
    (home / name).write_text(content)
    return name


@pytest.mark.parametrize(
    ("verdict", "status"), [("eligible", 0), ("ineligible", 3), ("undetermined", 4)]
)
def test_the_verdict_is_the_status(
    fake: Any, home: Path, protoc: Protoc, interpreter: None, verdict: str, status: int
) -> None:
    path = record(home, "p.json", f'{{"v": "{verdict}"}}')
    done = protoc("screen", PATH, path)
    assert done.exit_code == status
    assert done.output.startswith(f"p.json: {verdict} (as of 2027-01-04)\n")
    found = json.loads(protoc("screen", PATH, path, "--format", "json").output)
    assert found["patients"][0]["verdict"] == verdict


def test_the_reasons_are_an_indented_tree(
    fake: Any, home: Path, protoc: Protoc, interpreter: None
) -> None:
    out = protoc("screen", PATH, record(home, "p.json", '{"v": "ineligible"}')).output
    assert out.splitlines()[1:] == [
        "  inclusion [2] Sick: not met",
        "    any of: no",
        "      lab.esr > 25 mm/h: no",
        "        - lab.esr is 40 mm/h, on 2026-12-20, by patient and investigator",
        "        - lab.hb: not done",
    ]
    out = protoc("screen", PATH, record(home, "p.json", '{"v": "eligible"}')).output
    assert len(out.splitlines()) == 2
    assert "lab.esr is 40" in protoc("screen", PATH, "p.json", "--full").output
    out = protoc("screen", PATH, record(home, "p.json", '{"v": "undetermined"}')).output
    assert "  needed for a verdict:\n    ESR (lab.esr): missing\n" in out


def test_a_value_between_two_steps_is_noted(
    fake: Any, home: Path, protoc: Protoc, interpreter: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = ({"input": "demo.age", "message": "65.5 years is finer"},)
    monkeypatch.setattr("trialc.model.off_grid.off_grid", lambda *_: notes)
    path = record(home, "p.json", '{"v": "eligible"}')
    done = protoc("screen", PATH, path)
    assert done.exit_code == 0
    assert done.output.splitlines()[1] == "  note: demo.age: 65.5 years is finer"
    found = json.loads(protoc("screen", PATH, path, "--format", "json").output)
    assert found["patients"][0]["notes"] == list(notes)


def test_of_several_participants_the_gravest_counts(
    fake: Any, home: Path, protoc: Protoc, interpreter: None
) -> None:
    good = record(home, "a.json", '{"v": "eligible"}')
    out = record(home, "b.json", '{"v": "ineligible"}')
    open_ = record(home, "c.json", '{"v": "undetermined"}')
    refused = record(home, "d.json", '{"fault": 1}')
    assert protoc("screen", PATH, good, out).exit_code == 3
    assert protoc("screen", PATH, out, open_, good).exit_code == 4
    done = protoc("screen", PATH, refused, open_)
    assert done.exit_code == 2
    assert "d.json: the record is refused\n  lab.ers: no such input\n  x: y\n" in done.stderr
    assert "c.json: undetermined" in done.stdout


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{", "not JSON: expecting property name"),
        ("[]", "a record is a JSON object"),
        ('{"a": 1, "a": 2}', "`a` is given twice"),
        ('{"a": NaN}', "`NaN` is no number of JSON"),
        ("[" * 200_000, "the JSON is nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "a number has too many digits"),
        ("", "this file is empty"),
    ],
)
def test_a_record_that_is_no_json_object(
    fake: Any, home: Path, protoc: Protoc, interpreter: None, content: str, expected: str
) -> None:
    done = protoc("screen", PATH, record(home, "p.json", content))
    assert done.exit_code == 2
    assert expected in done.stderr


def test_a_record_from_standard_input_and_one_that_is_not_there(
    fake: Any, home: Path, protoc: Protoc, interpreter: None
) -> None:
    assert protoc("screen", PATH, "-", input='{"v": "ineligible"}').exit_code == 3
    done = protoc("screen", PATH, "none.json")
    assert done.exit_code == 2
    assert "the file cannot be read: no such file or directory" in done.stderr
    assert protoc("screen", PATH).exit_code == 2
