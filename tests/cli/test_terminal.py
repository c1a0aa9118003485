"""Colours and progress: on a terminal only, and as the user wants them."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from trialc.cli import terminal


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "variables", "colour"),
    [
        (Screen(), {"TERM": "xterm"}, True),
        (Screen(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Screen(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Screen(), {"TERM": "dumb"}, False),
        (io.StringIO(), {"TERM": "xterm"}, False),
    ],
)
def test_colour_only_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, variables: dict[str, str], colour: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stderr", stream)
    assert terminal.style(errors=True).colour == colour


def test_progress_is_said_late_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(terminal, "PATIENCE", 0.05)
    with terminal.progress("working"):
        time.sleep(0.2)
    assert "working ..." in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_short_work_and_files_get_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (Screen(), io.StringIO()):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("TERM", "xterm")
        with terminal.progress("working"):
            pass
        assert "working" not in stream.getvalue()


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_on_a_real_terminal(
    home: Path, environment: dict[str, str], variables: dict[str, str]
) -> None:
    import pty

    (home / "protocol/empty.proto.txt").write_bytes(b"")
    ours, theirs = pty.openpty()
    environment = {**environment, "TERM": "xterm", **variables}
    if not variables:
        environment.pop("NO_COLOR", None)
    subprocess.run(
        [sys.executable, "-m", "trialc", "check", "protocol/empty.proto.txt"],
        env=environment, stdout=theirs, stderr=theirs, check=False,
    )  # fmt: skip
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert bool(re.search("\x1b\\[", said)) == (not variables)
    assert "E0103" in said
