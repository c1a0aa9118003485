"""Hostile text in tables, calendars, JSON and the generated checker: data, and nothing else."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.differential.javascript import needs_node

from .hostile import ALL, MARKER, tag
from .launcher import Launcher

Hostile = tuple[Path, dict[str, str]]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", " ")
NOT_IN_JSON = {"library_data"}
"""An element of the protocol stands for this one."""


def path(hostile: Hostile, name: str) -> Path:
    return hostile[0] / "out/hostile" / name


def read(hostile: Hostile, name: str) -> str:
    return path(hostile, name).read_bytes().decode("utf-8")


def strings(value: object) -> set[str]:
    """Every text in a JSON value, keys too."""
    if isinstance(value, dict):
        return set().union(*(strings(item) for item in value.values()), value)
    if isinstance(value, list):
        return set().union(*(strings(item) for item in value))
    return {value} if isinstance(value, str) else set()


def plain(text: str) -> str:
    """A text without what white space is in it."""
    return " ".join(text.split())


def test_every_text_is_in_the_json(hostile: Hostile) -> None:
    found = strings(json.loads(read(hostile, "protocol.json")))
    texts = hostile[1]
    assert {place for place in texts if texts[place] not in found} == NOT_IN_JSON


@pytest.mark.parametrize("name", ["protocol.json", "patient.schema.json", "patient.example.json"])
def test_json_is_the_same_to_all_who_read_it(hostile: Hostile, name: str) -> None:
    text = read(hostile, name)
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)
    values = json.loads(text, parse_constant=lambda word: pytest.fail(word))
    assert values


def test_patterns_and_keys_of_the_schema_are_ours(hostile: Hostile) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(read(hostile, "patient.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    example = json.loads(read(hostile, "patient.example.json"))
    jsonschema.Draft202012Validator(schema).validate(example)
    assert not [key for key in schema["properties"] if "<" in key]


@pytest.mark.parametrize("name", ["schedule.csv", "schedule-by-arm.csv"])
def test_no_cell_of_a_table_is_a_formula(hostile: Hostile, name: str) -> None:
    rows = list(csv.reader(io.StringIO(read(hostile, name), newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row]
    assert all(re.fullmatch(r"[+-]?\d+", cell) or not cell.startswith(FORMULA) for cell in cells)
    assert not any("\n" in cell or "\r" in cell for cell in cells)
    assert sum(tag("visit") in cell for cell in cells) == (name == "schedule.csv")


@pytest.mark.parametrize("name", ["schedule.csv", "schedule-by-arm.csv"])
def test_no_cell_of_a_table_acts_on_a_terminal(hostile: Hostile, name: str) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", read(hostile, name))


def schedule(hostile: Hostile, launcher: Launcher, form: str) -> str:
    arguments = ("--anchor=2027-01-04", "--format", form)
    done = launcher.run(hostile[0], "schedule", "hostile.proto.txt", *arguments)
    assert (done.status, done.stderr) == (0, "")
    return done.stdout


def test_no_cell_of_the_dated_table_is_a_formula(hostile: Hostile, launcher: Launcher) -> None:
    text = schedule(hostile, launcher, "csv")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {5}
    assert [row[0] for row in rows] == ["visit", "SCREEN", "print", "exit_", "later", "end"]
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]


def test_a_dated_schedule_for_people_is_one_line_a_visit(
    hostile: Hostile, launcher: Launcher
) -> None:
    lines = schedule(hostile, launcher, "table").splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["SCREEN", "print", "exit_", "later", "end"]
    assert "".join(lines).isprintable()


def test_a_calendar_has_no_line_that_is_not_ours(hostile: Hostile, launcher: Launcher) -> None:
    text = schedule(hostile, launcher, "ics")
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    # Some programs take other signs for line ends, too.
    assert not any(len(line.splitlines()) > 1 for line in unfolded)
    names = {re.split("[:;]", line, maxsplit=1)[0] for line in unfolded if line}
    assert names == {
        "BEGIN", "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "X-WR-CALDESC", "UID", "DTSTAMP",
        "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP", "END",
    }  # fmt: skip
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == 3
    assert sum(tag("visit") in line for line in unfolded) == 1
    values = [line.partition(":")[2] for line in unfolded if line.startswith("SUMMARY")]
    assert all(re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])*", value) for value in values)


def test_a_label_cannot_add_lines_to_a_calendar(hostile: Hostile, launcher: Launcher) -> None:
    label = "P7\r\nBEGIN:VEVENT\x1b[31m\u2028\x85\udcff"
    done = launcher.run(
        hostile[0], "schedule", "hostile.proto.txt", "--anchor=2027-01-04", "--format=ics",
        f"--label={label}",
    )  # fmt: skip
    unfolded = done.stdout.replace("\r\n ", "").split("\r\n")
    assert unfolded.count("BEGIN:VEVENT") == 3
    assert "\x1b" not in done.stdout


# ---- the checker


@pytest.fixture(scope="module")
def code(hostile: Hostile) -> str:
    return read(hostile, "checker.py")


def checked(hostile: Hostile, record: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The checker as a program without site-packages, in a folder that nobody wrote into."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", str(path(hostile, "checker.py")), record],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_checker_runs_and_only_judges(hostile: Hostile, tmp_path: Path) -> None:
    done = checked(hostile, str(path(hostile, "patient.example.json")), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["verdict"] == "eligible"
    assert [item["id"] for item in answer["criteria"]] == ["while", "constructor_"]
    assert [item["title"] for item in answer["criteria"]] == [
        hostile[1]["inclusion"], hostile[1]["exclusion"],
    ]  # fmt: skip
    assert not os.listdir(tmp_path)


def test_the_checker_says_the_same_as_the_interpreter(
    hostile: Hostile, launcher: Launcher, tmp_path: Path
) -> None:
    record = path(hostile, "patient.example.json")
    values = json.loads(record.read_text(encoding="utf-8"))
    for name in ("os.system", "lab.import"):
        changed = tmp_path / f"{name}.json"
        changed.write_text(json.dumps({key: v for key, v in values.items() if key != name}))
        generated = checked(hostile, str(changed), hostile[0])
        ours = launcher.run(
            hostile[0], "screen", "hostile.proto.txt", str(changed), "--format=json"
        )
        (answer,) = json.loads(ours.stdout)["patients"]
        assert answer.pop("file")
        assert json.loads(generated.stdout) == answer
        assert generated.returncode == ours.status


def calls(tree: ast.AST) -> set[str]:
    """The names that a program calls."""
    nodes = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {node.id if isinstance(node, ast.Name) else node.attr for node in nodes
            if isinstance(node, ast.Name | ast.Attribute)}  # fmt: skip


def test_the_checker_is_the_same_program_without_the_hostile_texts(code: str) -> None:
    tree = ast.parse(code)
    assert not calls(tree) & {"system", "eval", "exec", "compile", "__import__", "SystemExit"}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {MARKER, "evil"}
    imported = {
        (item.name if isinstance(node, ast.Import) else str(node.module)).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for item in node.names
    }
    assert imported <= set(sys.stdlib_module_names)
    assert not imported & {"os", "subprocess", "socket", "ctypes", "shutil"}


def test_hostile_texts_stand_only_in_literals_and_whole_remarks(code: str) -> None:
    """Nothing that a terminal, an editor or Python takes for a line end or a command."""
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", code
    )
    literals = [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]
    assert any(ALL in value for value in literals if isinstance(value, str))
    marked = [line for line in code.split("\n") if f"SystemExit('{MARKER}')" in line]
    assert marked
    assert all(line.lstrip().startswith(("#", "'", '"', "(")) or "'" in line for line in marked)


def test_the_gates_and_dates_of_the_checker(hostile: Hostile, tmp_path: Path) -> None:
    program = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); sys.dont_write_bytecode = True\n"
        "import checker\n"
        "print(json.dumps([checker.schedule('2027-01-04'), checker.PROTOCOL_VERSION]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(path(hostile, "checker.py").parent)],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == ""
    dates, version = json.loads(done.stdout)
    titles: dict[str, Any] = {visit["visit"]: visit["title"] for visit in dates}
    assert titles["exit_"] == hostile[1]["visit"]
    assert version == hostile[1]["version"]
    assert not os.listdir(tmp_path)


# ---- the checker in JavaScript


@needs_node
def test_the_checker_in_javascript_says_the_same(hostile: Hostile, tmp_path: Path) -> None:
    """And nothing else: no text of the protocol is anything but data in it."""
    record = str(path(hostile, "patient.example.json"))
    done = subprocess.run(
        ["node", str(path(hostile, "checker.mjs")), record],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == json.loads(checked(hostile, record, tmp_path).stdout)
    assert not os.listdir(tmp_path)


def test_types_are_lines_of_types(hostile: Hostile) -> None:
    """No title ends the comment that it stands in."""
    text = read(hostile, "checker.d.ts")
    code = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\]|\\.)*"', "", text, flags=re.DOTALL)
    assert MARKER not in code
    assert "*/" not in code


def test_packages_name_only_what_is_made(hostile: Hostile) -> None:
    package = json.loads(read(hostile, "package.json"))
    assert not {"scripts", "bin", "dependencies", "main"} & set(package)
    assert re.fullmatch(r"trialc-[a-z0-9._-]+", package["name"])
