"""Outputs that cannot be written, or not all: the old ones stay whole, nothing is left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from trialc.cli import output

from .conftest import Protoc, Run, edit, tree
from .launcher import Launcher

PATH = "protocol/small.proto.txt"
UNWRITABLE = "error[E0106]: the output cannot be written: "

products = pytest.mark.parametrize(
    "command",
    [
        ("graph", PATH, "--format", "svg"),
        ("graph", PATH, "--format", "dot"),
        ("decisions", PATH),
        ("decisions", PATH, "--format", "md"),
    ],
    ids=" ".join,
)


@pytest.mark.parametrize(
    "out",
    [PATH, f"{PATH}/deep/er", "/dev/null", "/dev/null/x", "/proc/none/x", "a" * 300],
)
def test_a_build_into_what_is_no_folder(trial: Path, protoc: Protoc, out: str) -> None:
    before = tree(trial)
    done = protoc("build", PATH, "-o", out)
    assert done.exit_code == 74
    assert UNWRITABLE in done.stderr
    assert done.stderr.count("error[") == 1
    assert tree(trial) == before
    assert sorted(os.listdir(trial)) == ["protocol"]


@products
@pytest.mark.parametrize("out", [f"{PATH}/x", "none/x", "/proc/none", "a" * 300, "protocol"])
def test_a_product_that_cannot_be_written(
    trial: Path, protoc: Protoc, command: tuple[str, ...], out: str
) -> None:
    before = tree(trial)
    done = protoc(*command, "-o", out)
    assert done.exit_code == 74
    assert UNWRITABLE in done.stderr
    assert tree(trial) == before


def test_an_id_that_is_too_long_for_a_folder(trial: Path, protoc: Protoc) -> None:
    edit(trial, "protocol small", f"protocol {'a' * 300}")
    done = protoc("build", PATH)
    assert done.exit_code == 74
    assert f"{UNWRITABLE}file name too long" in done.stderr
    assert ".tmp" not in done.stderr
    assert not (trial / "generated").exists()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere"
)
def test_folders_that_must_not_be_written(trial: Path, protoc: Protoc) -> None:
    assert protoc("build").exit_code == 0
    edit(trial, "200 mg", "100 mg")
    before = tree(trial)
    for folder in ("generated", "protocol"):
        (trial / folder).chmod(0o500)
    for command in (("build",), ("lock", PATH), ("fmt", PATH), ("graph", PATH, "-o", "protocol/g")):
        done = protoc(*command)
        assert (done.exit_code, f"{UNWRITABLE}permission denied" in done.output) == (74, True)
    for folder in ("generated", "protocol"):
        (trial / folder).chmod(0o700)
    assert tree(trial) == before


def test_no_folder_at_all_means_the_working_folder(trial: Path, protoc: Protoc) -> None:
    done = protoc("build", "-o", "")
    assert (done.exit_code, "14 files to small\n" in done.stdout) == (0, True)
    assert (trial / "small/protocol.json").is_file()


@pytest.mark.parametrize("largest", [0, 100, 8_000, 60_000])
def test_a_disk_that_is_full_halfway(trial: Path, run: Run, largest: int) -> None:
    """The system refuses to let any file grow beyond a limit: a disk that is full, for that."""
    done = run("build", largest=largest)
    assert done.status == 74
    assert f"{UNWRITABLE}file too large" in done.stderr or largest == 0
    assert not (trial / "generated").exists()
    assert run("build").status == 0
    edit(trial, 'Iron tablets"', 'Iron tablets!"')
    before = tree(trial / "generated")
    assert run("build", largest=largest).status == 74
    assert tree(trial / "generated") == before
    assert run("build").status == 0
    assert tree(trial / "generated") != before


@products
def test_a_product_on_a_full_disk(trial: Path, run: Run, command: tuple[str, ...]) -> None:
    (trial / "product").write_text("old\n")
    done = run(*command, "-o", "product", largest=100)
    assert (done.status, f"{UNWRITABLE}file too large" in done.stderr) == (74, True)
    assert (trial / "product").read_text() == "old\n"
    assert sorted(os.listdir(trial)) == ["product", "protocol"]


def test_a_lock_and_a_layout_on_a_full_disk(trial: Path, run: Run) -> None:
    edit(trial, "language 1\n", "language    1\n")
    before = tree(trial)
    for command in ("lock", "fmt"):
        done = run(command, PATH, largest=10, stdout="/dev/null", stderr="/dev/null")
        assert done.status == 74
        assert tree(trial) == before


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("no right to mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_real_disk_that_is_full_halfway(trial: Path, run: Run, little_disk: Path) -> None:
    done = run("build", "-o", str(little_disk))
    assert (done.status, f"{UNWRITABLE}no space left on device" in done.stderr) == (74, True)
    assert not list(little_disk.iterdir())
    assert run("build", "-o", str(little_disk), "--only", "protocol-json").status == 0
    before = tree(little_disk)
    edit(trial, 'Iron tablets"', 'Iron tablets!"')
    assert run("build", "-o", str(little_disk)).status == 74
    assert tree(little_disk) == before


@pytest.mark.parametrize("stdout", ["gone", "none", "/dev/full"])
@pytest.mark.parametrize(
    "command",
    [("check", PATH), ("build",), ("graph", PATH), ("schedule", PATH, "--anchor=2027-01-04")],
    ids=lambda command: command[0],
)
def test_nobody_hears_the_answer(
    trial: Path, run: Run, command: tuple[str, ...], stdout: str
) -> None:
    if stdout == "/dev/full" and not os.path.exists(stdout):
        pytest.skip("needs /dev/full")
    done = run(*command, stdout=stdout)
    assert done.status == {"gone": 141, "none": 0, "/dev/full": 74}[stdout]
    said = "error[E0106]: input or output failed: no space left on device\n"
    assert done.stderr == (said if stdout == "/dev/full" else "")
    if command == ("build",):
        assert (trial / "generated/small/protocol.json").is_file()


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_only_the_head_is_read(trial: Path, environment: dict[str, str]) -> None:
    line = f"('{sys.executable}' -m trialc graph {PATH}; echo $? >&2) | head -c 1"
    done = subprocess.run(
        ["sh", "-c", line], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) in {("/", "141\n"), ("/", "0\n")}


def test_two_builds_of_one_folder_at_once(trial: Path, launcher: Launcher, run: Run) -> None:
    """Two texts with one id: in the end the folder holds the outputs of one, whole."""
    assert run("build", "protocol/small.proto.txt").status == 0
    first = tree(trial / "generated")
    (trial / "other").mkdir()
    shutil.copytree(trial / "protocol", trial / "other", dirs_exist_ok=True)
    edit(trial, 'Iron tablets"', 'Iron tablets!"')
    assert run("build", "protocol/small.proto.txt").status == 0
    second = tree(trial / "generated")
    assert first != second
    environment = {"XDG_CACHE_HOME": str(trial.parent / "cache")}
    for _ in range(4):
        shutil.rmtree(trial / "generated")
        calls = [
            launcher.start(trial, "build", folder, environment=environment)
            for folder in ("protocol", "other", "protocol")
        ]
        ended = [call.wait() for call in calls]
        assert [(done.status, done.stderr) for done in ended] == [(0, "")] * 3
        assert tree(trial / "generated") in (first, second)


def test_one_build_waits_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one starts while the first one is in the middle, and compares after it."""
    pytest.importorskip("fcntl")
    folder = tmp_path / "generated/x"
    old, new, newer = ({name: name.encode() * n for name in "abc"} for n in (1, 2, 3))
    newer["b"] = old["b"]
    output.replace_all(str(folder), old)
    real, begun = os.replace, threading.Event()

    def slow(*paths: str) -> None:
        begun.set()
        time.sleep(0.1)
        real(*paths)

    monkeypatch.setattr(output.os, "replace", slow)
    first = threading.Thread(target=output.replace_all, args=(str(folder), new))
    first.start()
    assert begun.wait(5)
    written = output.replace_all(str(folder), newer)
    first.join()
    assert written == ("a", "b", "c")
    assert tree(folder) == newer
    assert os.listdir(tmp_path / "generated") == ["x"]


def test_one_build_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(output, "PATIENCE", 0.05)
    opened = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(opened, fcntl.LOCK_EX)
    with pytest.raises(output.OutputError, match="another build is writing there"):
        output.replace_all(str(tmp_path / "x"), {"a": b"a"})
    os.close(opened)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_vanishes_halfway(
    trial: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def vanish(*paths: str) -> None:
        if "cache" not in paths[0]:
            shutil.rmtree(trial / "generated", ignore_errors=True)
        real(*paths)

    with monkeypatch.context() as patch:
        patch.setattr(output.os, "replace", vanish)
        done = protoc("build")
    assert (done.exit_code, UNWRITABLE in done.stderr) == (74, True)
    assert not (trial / "generated").exists()
    assert protoc("build").exit_code == 0
