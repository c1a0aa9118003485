"""The other commands: test, fmt, explain, graph, decisions, completion."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

from trialc.cli.commands.explain import explanation
from trialc.diagnostics.catalog import every_kind
from trialc.source import SourceText

Protoc = Callable[..., Result]
PATH = "protocol/tiny.proto.txt"


def replaced(monkeypatch: pytest.MonkeyPatch, name: str, **members: Any) -> None:
    """A module with these members in the place of one of the compiler's."""
    module = ModuleType(name)
    module.__dict__.update(members)
    monkeypatch.setitem(sys.modules, name, module)


# ---- test


def result(name: str, passed: bool, message: str = "") -> Any:
    return SimpleNamespace(
        test=SimpleNamespace(id=name, title=name.upper()), passed=passed, message=message
    )


def test_tests_that_pass(fake: Any, home: Path, protoc: Protoc) -> None:
    fake.evidence["tests"] = (result("a", True), result("b", True))
    done = protoc("test", PATH)
    assert (done.exit_code, done.output) == (0, "tiny: 2 of 2 tests passed\n")


def test_a_test_that_fails(fake: Any, home: Path, protoc: Protoc) -> None:
    fake.evidence["tests"] = (result("a", True), result("b", False, "expected x\nfound \x1by"))
    done = protoc("test", PATH)
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        'failed: b "B"',
        "  expected x",
        "  found ␛y",
        "tiny: 1 of 2 tests passed",
    ]
    found = json.loads(protoc("test", PATH, "--format", "json").output)
    assert (found["passed"], found["failed"], found["tests"][1]["id"]) == (1, 1, "b")


def test_why_a_test_fails(home: Path, protoc: Protoc) -> None:
    (home / "failing.proto.txt").write_text(
        'language 1\nprotocol failing { title: "F" version: "1" }\n'
        'data demo.age "Age" : quantity [year] { range: 0 .. 120 years }\n'
        'exclusion minor [1] "Under age" { exclude when demo.age < 18 years }\n'
        'patient ann "Ann" { as_of: 2027-01-04  demo.age: 17 years }\n'
        'test a "A" { given ann expect eligible }\n',
        encoding="utf-8",
    )
    done = protoc("test", "failing.proto.txt")
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        'failed: a "A"',
        "  expected eligible; it is ineligible by minor",
        "  exclusion [1] Under age: applies",
        "    Age < 18 years: yes",
        "      - demo.age is 17 years, on 2027-01-04",
        "failing: 0 of 1 tests passed",
    ]


def test_coverage_names_what_no_test_decides(fake: Any, home: Path, protoc: Protoc) -> None:
    fake.evidence["branch_coverage"] = (("c.a", 2, 1, 0), ("c.b", 0, 3, 1), ("c.c", 0, 0, 0))
    out = protoc("test", PATH, "--coverage").output
    assert "never true\n" in out
    assert "never true nor false" in out
    assert "1 of 3 branches are true in one test and false in another" in out
    found = json.loads(protoc("test", PATH, "--coverage", "--format", "json").output)
    assert found["coverage"][1] == {"branch": "c.b", "true": 0, "false": 3, "unknown": 1}


def test_no_test_is_run_on_a_protocol_with_errors(fake: Any, home: Path, protoc: Protoc) -> None:
    (home / PATH).write_text("protocol tiny bad")
    done = protoc("test", PATH)
    assert done.exit_code == 1
    assert "1 error; the tests wait until that is mended" in done.stderr


# ---- fmt


@pytest.fixture
def layout(monkeypatch: pytest.MonkeyPatch, fake: Any) -> None:
    """A layout in which every text is in small letters; a text with `bad` is refused."""

    def format_text(source: SourceText) -> tuple[str | None, tuple[Any, ...]]:
        found = fake._complaints((source,))
        return (None if found else source.text.lower()), tuple(found)

    replaced(monkeypatch, "trialc.syntax.to_text", format_text=format_text)


def test_fmt_changes_what_is_not_in_the_layout(layout: None, home: Path, protoc: Protoc) -> None:
    assert protoc("fmt").exit_code == 0
    (home / PATH).write_bytes(b"\xef\xbb\xbfProtocol TINY\r\n")
    (home / PATH).chmod(0o640)
    kept = (home / PATH).read_bytes()
    assert protoc("fmt", "--check").exit_code == 1
    shown = protoc("fmt", "--diff")
    assert shown.exit_code == 1
    assert "-Protocol TINY\n+protocol tiny\n" in shown.output
    assert (home / PATH).read_bytes() == kept
    done = protoc("fmt")
    assert (done.exit_code, done.output) == (0, f"{PATH}: formatted\n")
    assert (home / PATH).read_bytes() == b"protocol tiny\n"
    assert (home / PATH).stat().st_mode & 0o777 == 0o640
    assert protoc("fmt", "--check").exit_code == 0


def test_fmt_mends_line_ends_alone(layout: None, home: Path, protoc: Protoc) -> None:
    (home / PATH).write_bytes(b"a\r\nb\r\n")
    assert "line ends or a byte order mark would change" in protoc("fmt", "--diff").output
    protoc("fmt")
    assert (home / PATH).read_bytes() == b"a\nb\n"


def test_fmt_formats_libraries_and_leaves_texts_with_errors(
    layout: None, home: Path, protoc: Protoc
) -> None:
    (home / "protocol/lib/scores.proto.txt").write_text("LIB")
    (home / PATH).write_text("A bad")
    done = protoc("fmt")
    assert done.exit_code == 1
    assert (home / "protocol/lib/scores.proto.txt").read_text() == "lib"
    assert (home / PATH).read_text() == "A bad"
    assert "the text is left as it is" in done.stderr


def test_fmt_keeps_a_link_and_survives_a_full_disk(
    layout: None, home: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "real.txt").write_text("A")
    (home / PATH).unlink()
    (home / PATH).symlink_to(home / "real.txt")

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("trialc.cli.output.os.fsync", full)
        done = protoc("fmt")
    assert done.exit_code == 74
    assert (home / "real.txt").read_text() == "A"
    assert not list(home.glob("*.tmp"))
    assert protoc("fmt").exit_code == 0
    assert (home / PATH).is_symlink()
    assert (home / "real.txt").read_text() == "a"


# ---- explain


def test_explain_lists_and_explains(protoc: Protoc) -> None:
    listed = protoc("explain").output
    assert "E0102  error    not-utf-8" in listed
    by_code = protoc("explain", "e0102").output
    assert by_code == protoc("explain", "not-utf-8").output
    assert "Right:  the same text saved as UTF-8" in by_code
    unknown = protoc("explain", "E01O2")
    assert unknown.exit_code == 2
    assert "there is no diagnostic `E01O2`; did you mean `E0102`?" in unknown.stderr


def test_every_kind_has_an_explanation_and_a_code_of_its_own() -> None:
    kinds = every_kind()
    assert len({kind.name for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert len(kind.explanation) > 40, kind.code
        assert "{{" not in explanation(kind)


# ---- graph, decisions, completion


def test_graph_is_drawn_in_the_chosen_form(fake: Any, home: Path, protoc: Protoc) -> None:
    assert "digraph" in protoc("graph", PATH).stdout
    assert "flowchart" in protoc("graph", PATH, "--format", "mermaid").stdout
    done = protoc("graph", PATH, "--format", "svg", "-o", "g.svg")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "wrote g.svg\n")
    assert b"<svg" in (home / "g.svg").read_bytes()
    assert protoc("graph", PATH, "-o", "none/g.svg").exit_code == 74
    assert protoc("graph", PATH, "-o", "protocol").exit_code == 74
    unknown = protoc("graph", PATH, "--kinds", "cat")
    assert unknown.exit_code == 2
    assert "the graph has no `cat`" in unknown.stderr


def test_a_pipe_is_written_to_and_not_replaced(fake: Any, home: Path, protoc: Protoc) -> None:
    os.mkfifo(home / "pipe")
    reading = os.open(home / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert protoc("graph", PATH, "-o", "pipe").exit_code == 0
    assert b"digraph" in os.read(reading, 100_000)
    os.close(reading)
    assert (home / "pipe").is_fifo()


def test_decisions_page(fake: Any, home: Path, protoc: Protoc) -> None:
    (home / PATH).write_text("protocol tiny undecided")
    page = protoc("decisions", PATH).stdout
    assert page.startswith("<!DOCTYPE html>")
    assert "Unit of ESR" in page
    assert protoc("decisions", PATH, "--format", "md").stdout.startswith("# ")


def test_a_command_that_a_message_advises_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, protoc: Protoc
) -> None:
    text = (
        'language 1\nprotocol tiny { title: "Tiny" version: "1" }\n'
        'decision d "?" { reading: "as it says" status: open }\n'
    )
    (tmp_path / "a trial.proto.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shown = protoc("check", "a trial.proto.txt").stdout
    assert "the only decision is open" in shown
    advice = re.search(r"`protoc (decisions .*)` prints", shown)
    assert advice is not None
    assert protoc(*shlex.split(advice[1])).exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(protoc: Protoc, shell: str) -> None:
    out = protoc("completion", shell).output
    assert "_PROTOC_COMPLETE" in out
    assert "protoc" in out
    assert protoc("completion", "cmd").exit_code == 2


@pytest.mark.parametrize("command", ["test", "screen", "schedule", "graph", "decisions", "lock"])
def test_a_protocol_with_errors_or_none_at_all(
    fake: Any, home: Path, protoc: Protoc, command: str
) -> None:
    more = {"screen": ("x.json",), "schedule": ("--anchor", "2027-01-31")}.get(command, ())
    (home / PATH).write_text("protocol tiny bad")
    broken = protoc(command, PATH, *more)
    assert broken.exit_code == 1
    assert "error[E9901]" in broken.stderr
    gone = protoc(command, "none.proto.txt", *more)
    assert gone.exit_code == 2
    assert "error[E0101]" in gone.stderr
