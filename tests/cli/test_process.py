"""The command as a process: exit statuses, no traceback, and how little is needed to start."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from trialc.cli import main, meant_for_protobuf
from trialc.cli.guard import guarded
from trialc.cli.help_page import COMMANDS
from trialc.emitters import EMITTERS

Protoc = Callable[..., Result]
HEAVY = ("lark", "pydantic", "networkx", "jinja2")


def started(
    environment: Mapping[str, str], *arguments: str, **more: Any
) -> subprocess.CompletedProcess[str]:
    """A process of its own, in the current folder."""
    return subprocess.run(
        [sys.executable, "-m", "trialc", *arguments],
        env=environment, capture_output=True, text=True, encoding="utf-8", check=False, **more,
    )  # fmt: skip


def imported(environment: Mapping[str, str], code: str) -> set[str]:
    """The modules that a process has imported after running some code."""
    script = f"{code}\nimport sys, json\nsys.stderr.write(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--version",), 0, "the compiler for clinical-trial protocols"),
        (("--help",), 0, "Usage: trialc COMMAND"),
        ((), 2, "Usage: trialc COMMAND"),
        (("biuld",), 2, "there is no command `biuld`; did you mean `build`?"),
        (("--frobnicate",), 2, "--frobnicate"),
        (("build", "--frobnicate"), 2, "--frobnicate"),
        (("check", "none.proto.txt"), 2, "error[E0101]"),
        (("--cpp_out=.", "x.proto"), 2, "clinical-trial protocols, not Protocol Buffers"),
        (("-I.", "person.proto"), 2, "use `trialc`"),
        (("explain", "E0101"), 0, "unreadable-file"),
    ],
)
def test_status_and_no_traceback(
    home: Path, environment: dict[str, str], arguments: tuple[str, ...], status: int, said: str
) -> None:
    done = started(environment, *arguments)
    assert done.returncode == status
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_protobuf_gets_two_lines() -> None:
    assert meant_for_protobuf(("--python_out=out",))
    assert not meant_for_protobuf(("build", "protocol/x.proto.txt", "-o", "my_out"))


def test_every_command_has_help_with_examples(protoc: Protoc) -> None:
    page = protoc("--help").output
    for name, purpose in COMMANDS:
        assert f"  {name:<12}{purpose}\n" in page
        done = protoc(name, "--help")
        assert done.exit_code == 0
        assert f"Examples:\n  protoc {name}" in done.output
        assert "Usage: protoc" in done.output
        assert max(len(line) for line in done.output.splitlines()) <= 100


def test_the_emitters_in_the_examples_of_help_are_real(protoc: Protoc) -> None:
    examples = protoc("build", "--help").output.partition("Examples:")[2]
    named = re.findall(r"--only (\S+)", examples)
    assert named
    assert set(named) <= {emitter.name for emitter in EMITTERS}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_import_next_to_nothing(
    environment: dict[str, str], argument: str
) -> None:
    code = f"import sys\nfrom trialc.cli import main\nmain([{argument!r}])"
    extra = imported(environment, code) - imported(environment, "import json")
    assert {name for name in extra if not name.startswith("trialc")} == set()


def test_a_warm_build_imports_no_library_but_click(
    fake: Any, home: Path, protoc: Protoc, environment: dict[str, str]
) -> None:
    assert protoc("build").exit_code == 0
    code = "from trialc.cli import main\nassert main(['build']) == 0"
    modules = imported({**environment, "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}, code)
    assert "trialc.cli.building" in modules
    assert "trialc.pipeline" not in modules
    assert not modules.intersection(HEAVY)


def test_an_internal_error_is_one_line_and_how_to_report_it(
    fake: Any, home: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.failure = RuntimeError("over\nthe \x1b[31mtop")
    done = protoc("check")
    assert done.exit_code == 70
    first, second = done.stderr.splitlines()
    assert first.startswith("error[E0001]: internal error: RuntimeError: over the ?[31mtop (")
    assert "TRIALC_DEBUG=1" in second
    monkeypatch.setenv("TRIALC_DEBUG", "1")
    assert "Traceback" in protoc("check").stderr


@pytest.mark.parametrize(
    "failure", [RecursionError("deep"), MemoryError(), AssertionError(), KeyError("x")]
)
def test_whatever_fails_inside_is_no_traceback(
    fake: Any, home: Path, protoc: Protoc, failure: Exception
) -> None:
    fake.failure = failure
    done = protoc("build")
    assert done.exit_code == 70
    assert "Traceback" not in done.stderr


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl-C as it is at a terminal; a shell that starts tests in the background ignores it."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, kept)


def test_ctrl_c_gives_130(fake: Any, home: Path, protoc: Protoc) -> None:
    fake.failure = KeyboardInterrupt()
    done = protoc("check")
    assert (done.exit_code, done.stderr.strip()) == (130, "interrupted")


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.usefixtures("heard")
def test_a_signal_to_the_process_gives_130(home: Path, environment: dict[str, str]) -> None:
    os.mkfifo("pipe.proto.txt")
    process = subprocess.Popen(
        [sys.executable, "-m", "trialc", "check", "pipe.proto.txt"],
        env=environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (130, "interrupted\n")


@pytest.mark.usefixtures("heard")
def test_ctrl_c_that_falls_into_a_finalizer_is_heard(capsys: pytest.CaptureFixture[str]) -> None:
    """Python drops an error there; so does pydantic within its tests of types."""

    class Finalized:
        def __del__(self) -> None:
            raise KeyboardInterrupt

    def work() -> int:
        Finalized()
        for _ in range(2_000):
            time.sleep(0.01)
        return 0

    assert guarded(work) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("explain",)])
def test_an_output_that_is_full_gives_74(
    home: Path, environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "trialc", *arguments],
            env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 74
    assert done.stderr == "error[E0106]: input or output failed: no space left on device\n"


@pytest.mark.parametrize("arguments", [("--help",), ("explain",)])
def test_a_reader_that_went_away_is_no_drama(
    home: Path, environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "trialc", *arguments],
        env=environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_terminal_that_knows_ascii_only(home: Path, environment: dict[str, str]) -> None:
    (home / "protocol/é≥.proto.txt").write_bytes(b"")
    done = started({**environment, "PYTHONIOENCODING": "ascii"}, "check", "protocol/é≥.proto.txt")
    assert done.returncode == 2
    assert "\\u2265" in done.stdout
    assert done.stdout.isascii()


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("arguments", ["--help", "explain E0101"])
def test_streams_that_were_closed_from_the_start(
    home: Path, environment: dict[str, str], arguments: str
) -> None:
    line = f"'{sys.executable}' -m trialc {arguments} >&- 2>&-"
    done = subprocess.run(["sh", "-c", line], env=environment, check=False)
    assert done.returncode == 0


def test_completion_answers_the_shell(home: Path, environment: dict[str, str]) -> None:
    asked = {"_TRIALC_COMPLETE": "bash_complete", "COMP_WORDS": "trialc sch", "COMP_CWORD": "1"}
    done = started({**environment, **asked})
    assert (done.returncode, done.stdout) == (0, "plain,schedule\n")


def test_main_takes_the_arguments_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/protoc", "--help"])
    assert main() == 0
    assert "Usage: protoc COMMAND" in capsys.readouterr().out
