"""Hostile text in findings and answers: on its line, in its place, and harmless on a terminal."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Protoc
from .hostile import ALL, box, hostile, tag, written
from .launcher import Ended, Launcher

Hostile = tuple[Path, dict[str, str]]
PATH = "faulty.proto.txt"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

TITLE = written(hostile("fault", 1))
FAULTS = f"""
test fails {TITLE} {{ given eve expect ineligible by constructor_ }}
test deviates {TITLE} {{ given eve but {{ points: 1 }} expect undetermined needing yield }}
inclusion twice [{box("number")}] {TITLE} {{ require nobody or lab.imports < 1 g/dL }}
objective eval secondary {TITLE} {{ {"x" * 300}: {TITLE} }}
role r {TITLE} {{ source \"\"\"
<words> that are = nowhere \x1b[31m\u202e {{{{ 7*7 }}}} %s {{0}}
\"\"\" }}
decision d {TITLE} {{ quote: {TITLE} reading: {TITLE} status: {TITLE} }}
data q {TITLE} : quantity [<script>] {{ range: 1 .. 2 kg  code: evil {TITLE} }}
data w {TITLE} : choice {{unknown, x, x}}
use lib.other version {TITLE} as other
role a <script>alert(1)</script>
role b \x1b[31m = {{{{ 7*7 }}}}
evil ::error::pwned
role c \u202eevil {TITLE}
role d $x`y` %0A
ev\u0456l {ALL.replace('"', "").replace("{", "").replace("}", "")}
"""


@pytest.fixture(scope="module")
def check(hostile: Hostile, launcher: Launcher) -> Callable[..., Ended]:
    """A command on a text with every kind of fault that quotes what stands there."""
    folder = hostile[0].parent / "faulty"
    shutil.copytree(hostile[0], folder)
    text = (folder / "hostile.proto.txt").read_text(encoding="utf-8")
    (folder / PATH).write_text(text + FAULTS, encoding="utf-8")

    def run(*arguments: str) -> Ended:
        done = launcher.run(folder, *arguments)
        assert done.status == 1
        assert "Traceback" not in done.said
        return done

    return run


@pytest.mark.parametrize("command", ["check", "build", "test", "graph", "decisions", "lock", "fmt"])
def test_findings_for_people_hold_no_control_character(
    check: Callable[..., Ended], command: str
) -> None:
    done = check(command, PATH)
    assert not CONTROLS.search(done.said)
    findings = re.findall(r"^(?:error|warning|info)\[[EWI]\d{4}\]: ", done.said, re.MULTILINE)
    assert len(findings) > 5
    # What stands in the text never begins a line of the answer.
    margin = re.compile(r"(?:error|warning|info)\[|note: | *(?:-->|=|\d* \||\.\.\.)| {10}\S|$|\d+ ")
    lines = [line for line in done.said.split("\n") if not line.startswith(PATH)]
    assert [line for line in lines if not margin.match(line)] == []


def test_findings_in_json_keep_the_text(check: Callable[..., Ended]) -> None:
    found = json.loads(check("check", PATH, "--format", "json").stdout)
    assert found["errors"] == sum(item["severity"] == "error" for item in found["diagnostics"])
    assert all(item["file"] == PATH and item["line"] for item in found["diagnostics"])
    assert any(
        "<words> that are = nowhere \x1b[31m" in item["message"] for item in found["diagnostics"]
    )


def test_findings_in_sarif(check: Callable[..., Ended]) -> None:
    printed = check("check", PATH, "--format", "sarif").stdout
    assert printed.isascii()
    (run,) = json.loads(printed)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert len(run["results"]) > 10


def test_findings_on_github_are_one_command_each(check: Callable[..., Ended]) -> None:
    printed = check("check", PATH, "--format", "github").stdout
    count = len(json.loads(check("check", PATH, "--format", "json").stdout)["diagnostics"])
    lines = printed.removesuffix("\n").split("\n")
    assert len(lines) == count
    head = re.compile(
        rf"::(error|warning|notice) file={re.escape(PATH)},line=\d+,col=\d+,endLine=\d+"
        r"(,endColumn=\d+)?,title=[EWI]\d{4} [a-z0-9-]+::"
    )
    assert all(head.match(line) for line in lines)
    assert "\r" not in printed


def test_findings_on_github_hold_no_control_character(check: Callable[..., Ended]) -> None:
    assert not CONTROLS.search(check("check", PATH, "--format", "github").stdout)


def test_the_help_of_a_finding_is_cut_at_its_own_line_ends_only(
    hostile: Hostile, launcher: Launcher
) -> None:
    done = launcher.run(hostile[0], "check", "hostile.proto.txt")
    assert "W0420" in done.stdout
    assert not re.search(r"^ {10}line$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("form", ["text", "json"])
def test_tests_with_hostile_titles(check: Callable[..., Ended], form: str) -> None:
    done = check("test", PATH, "--format", form)
    assert not CONTROLS.search(done.said)


def failing(hostile: Hostile, launcher: Launcher, *arguments: str) -> Ended:
    """`protoc test` where all is well but two tests."""
    text = (hostile[0] / "hostile.proto.txt").read_text(encoding="utf-8")
    tests = "\n".join(line for line in FAULTS.split("\n") if line.startswith("test "))
    (hostile[0] / "failing.proto.txt").write_text(text + tests, encoding="utf-8")
    return launcher.run(hostile[0], "test", "failing.proto.txt", *arguments)


def test_a_failed_test_says_its_hostile_title(hostile: Hostile, launcher: Launcher) -> None:
    done = failing(hostile, launcher, "--coverage")
    assert (done.status, done.stderr) == (1, "")
    assert not CONTROLS.search(done.stdout)
    heads = [line for line in done.stdout.split("\n") if line.startswith("failed: ")]
    assert len(heads) == 2
    assert all(tag("fault") in line for line in heads)
    answer: dict[str, Any] = json.loads(failing(hostile, launcher, "--format", "json").stdout)
    assert answer["failed"] == 2
    assert hostile_title() in [item["title"] for item in answer["tests"]]


def hostile_title() -> str:
    return hostile("fault", 1)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_verdict_in_hostile_words(hostile: Hostile, launcher: Launcher, form: str) -> None:
    record = "out/hostile/patient.example.json"
    done = launcher.run(
        hostile[0], "screen", "hostile.proto.txt", record, "--full", "--format", form
    )
    assert (done.status, done.stderr) == (0, "")
    assert not CONTROLS.search(done.stdout)
    if form == "text":
        lines = done.stdout.removesuffix("\n").split("\n")
        assert all(line.startswith("  ") for line in lines[1:])
        assert sum(tag("inclusion") in line for line in lines) == 1
    else:
        assert json.loads(done.stdout)["patients"][0]["verdict"] == "eligible"


def test_what_a_build_says_is_short_and_plain(hostile: Hostile, launcher: Launcher) -> None:
    done = launcher.run(hostile[0], "build", "hostile.proto.txt", "-o", "again\x1b[31m\n")
    assert (done.status, done.stderr) == (0, "")
    assert not CONTROLS.search(done.stdout)
    assert done.stdout.startswith("hostile: ")
    changed = hostile[0] / "again\x1b[31m\n/hostile/protocol.md"
    changed.write_text(f"\x1b[31m{ALL}\n" * 3 + changed.read_text(encoding="utf-8"))
    done = launcher.run(
        hostile[0], "build", "hostile.proto.txt", "-o", "again\x1b[31m\n", "--check"
    )
    assert done.status == 1
    assert not CONTROLS.search(done.said)


def test_every_explanation_is_plain(protoc: Protoc) -> None:
    from trialc.diagnostics.catalog import every_kind

    for kind in every_kind():
        done = protoc("explain", kind.code)
        assert done.exit_code == 0
        assert not CONTROLS.search(done.stdout)
        assert "{{" not in done.stdout.replace("{{ 7*7 }}", "")
