"""Ctrl-C at any moment: status 130 and one word; the outputs are the old ones or the new ones."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from trialc.cli import output

from .conftest import Run, edit, tree
from .launcher import Ended, Launcher

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals")

OLD = {"a": b"old a", "b/c": b"old c", "stale": b"stale"}
TITLES = ('"Iron tablets"', '"Iron pills"')
NEW = {"a": b"new a", "b/c": b"new c", "d/e": b"new e"}


def interrupted_at(line: int, number: int, action: Callable[[], object]) -> bool:
    """Run an action that gets a signal at the line-th line of the code that writes outputs.

    True if it had so many lines. A signal that the action hears becomes KeyboardInterrupt at last.
    """
    files = {output.__file__, tempfile.__file__}
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            count += 1
            if count == line:
                signal.raise_signal(number)
        return trace

    # A real disk takes its time.
    synchronise, os.fsync = os.fsync, lambda opened: None
    kept = signal.signal(number, signal.default_int_handler)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)
        signal.signal(number, kept)
        os.fsync = synchronise
    return count >= line


@pytest.mark.parametrize(
    ("number", "before"),
    [(signal.SIGINT, OLD), (signal.SIGINT, {}), (signal.SIGTERM, OLD)],
    ids=["ctrl-c over old ones", "ctrl-c into nothing", "request to end"],
)
def test_a_signal_at_every_line_of_the_writing(
    tmp_path: Path, number: int, before: Mapping[str, bytes]
) -> None:
    new = {**NEW, "f": b"f"}
    line, seen = 0, set[str]()
    while True:
        line += 1
        home = tmp_path / str(line)
        home.mkdir()
        folder = home / "out/x"
        for name, data in before.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        write = partial(output.replace_all, str(folder), new, ["stale"] if before else [])
        reached = interrupted_at(line, number, write)
        after = tree(home)
        states = {
            "old": {f"out/x/{name}": data for name, data in before.items()},
            "new": {f"out/x/{name}": data for name, data in new.items()},
        }
        found = [name for name, state in states.items() if state == after]
        assert found, (line, list(after))
        if not before and found == ["old"]:
            assert not list(home.iterdir()), line
        seen.update(found)
        if not reached:
            break
    assert line > 100
    assert seen == {"old", "new"}


def test_a_signal_at_every_line_of_writing_one_file(tmp_path: Path) -> None:
    line, seen = 0, set[bytes]()
    while True:
        line += 1
        file = tmp_path / "file"
        file.write_bytes(b"old")
        write = partial(output.replace_one, str(file), b"new")
        reached = interrupted_at(line, signal.SIGINT, write)
        seen.add(file.read_bytes())
        assert os.listdir(tmp_path) == ["file"], line
        if not reached:
            break
    assert seen == {b"old", b"new"}


def test_what_is_ignored_stays_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As under nohup: the end of a terminal session does not end the build."""
    kept = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    real = os.replace

    def replace(*paths: str) -> None:
        signal.raise_signal(signal.SIGHUP)
        real(*paths)

    monkeypatch.setattr(output.os, "replace", replace)
    assert output.replace_all(str(tmp_path / "x"), NEW) == tuple(NEW)
    assert signal.signal(signal.SIGHUP, kept) is signal.SIG_IGN


def build(launcher: Launcher, trial: Path, seconds: float) -> Ended:
    """A build that gets Ctrl-C after some seconds."""
    cache = {"XDG_CACHE_HOME": str(trial.parent / "cache")}
    call = launcher.start(trial, "build", environment=cache)
    time.sleep(seconds)
    call.interrupt()
    return call.wait()


def test_ctrl_c_at_ten_moments_of_a_build(launcher: Launcher, trial: Path, run: Run) -> None:
    assert run("build").status == 0
    first = tree(trial / "generated")
    edit(trial, *TITLES)
    began = time.monotonic()
    assert run("build").status == 0
    takes = time.monotonic() - began
    second = tree(trial / "generated")
    chance = random.Random(1)
    for number in range(10):
        edit(trial, *TITLES[::-1] if number % 2 == 0 else TITLES)
        done = build(launcher, trial, chance.uniform(0.002, takes))
        assert (done.status, done.stderr) in {(130, "interrupted\n"), (0, "")}
        assert tree(trial / "generated") in (first, second)
    assert run("build").status == 0


@pytest.mark.long
def test_ctrl_c_at_forty_moments_of_a_whole_process(
    trial: Path, environment: dict[str, str]
) -> None:
    """With the start of Python, which is not ours: there it may end as Python does."""
    command = [sys.executable, "-m", "trialc", "build"]
    known = environment | {"XDG_CACHE_HOME": str(trial.parent / "cache")}
    began = time.monotonic()
    subprocess.run(command, env=known, check=True, capture_output=True)
    takes = time.monotonic() - began
    states = [tree(trial / "generated")]
    edit(trial, *TITLES)
    subprocess.run(command, env=known, check=True, capture_output=True)
    states.append(tree(trial / "generated"))
    chance = random.Random(2)
    for number in range(40):
        edit(trial, *TITLES[::-1] if number % 2 == 0 else TITLES)
        process = subprocess.Popen(
            command, env=known, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(chance.uniform(0.1, takes * 1.1))
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode in {0, 130, -signal.SIGINT}, said
        assert said in {"", "interrupted\n"}
        assert tree(trial / "generated") in states
