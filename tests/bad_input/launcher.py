"""Start the real command often: a warm process that has imported everything forks for each call.

A call has a process of its own, with its own streams, limits and signals; only the start of Python
and the imports, which take a second, are done once. As a script, this file is the warm process.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def lay_out_small(folder: Path) -> None:
    """The small trial with its library and registered text."""
    for name, path in (
        ("protocol.txt", "small.proto.txt"),
        ("library.txt", "lib/scores.proto.txt"),
        ("registered.txt", "source/registered.txt"),
    ):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(__file__).parent / "small" / name, file)


@dataclass(frozen=True)
class Ended:
    """A call that ended; `status` is negative for a signal."""

    status: int
    stdout: str
    stderr: str

    @property
    def said(self) -> str:
        """Both streams."""
        return self.stdout + self.stderr


class Call:
    """A call that was started."""

    def __init__(self, launcher: Launcher, number: int, files: tuple[Path, Path]) -> None:
        self.launcher, self.number, self.files = launcher, number, files

    def interrupt(self, number: int = signal.SIGINT) -> None:
        """Send a signal."""
        os.kill(self.number, number)

    def wait(self) -> Ended:
        """Wait for its end."""
        status = self.launcher.ask({"wait": self.number})
        texts = (file.read_bytes().decode() if file.is_file() else "" for file in self.files)
        return Ended(status, *texts)


class Launcher:
    """The warm process, seen from the tests."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__], env=dict(environment), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.count = 0

    def ask(self, question: Mapping[str, Any]) -> int:
        """One line to the process, one number back."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def start(self, folder: Path, *arguments: str, **options: Any) -> Call:
        """Start a command in a folder.

        `environment` is added to; `largest`: bytes that a file may have; `stdout`: a path, "gone"
        for a pipe that nobody reads, "none" for a stream that was closed.
        """
        self.count += 1
        files = (folder.parent / f"stdout-{self.count}", folder.parent / f"stderr-{self.count}")
        question = {
            "start": [os.fsencode(argument).decode("latin-1") for argument in arguments],
            "folder": str(folder),
            "stdout": str(files[0]),
            "stderr": str(files[1]),
            **options,
        }
        return Call(self, self.ask(question), files)

    def run(self, folder: Path, *arguments: str, **options: Any) -> Ended:
        """Run a command to its end."""
        return self.start(folder, *arguments, **options).wait()

    def close(self) -> None:
        """End the warm process."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def _serve() -> None:
    """The warm process: a question a line, until there are no more."""
    from trialc.cli import main

    control = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        lay_out_small(Path(folder))
        # Everything that is made once a process is made by this.
        status = main(("build", f"{folder}/small.proto.txt", "-o", folder))
        assert status == 0, "the small trial cannot be built"
    for line in control[0]:
        question = json.loads(line)
        if "wait" in question:
            answer = os.waitstatus_to_exitcode(os.waitpid(question["wait"], 0)[1])
        else:
            answer = os.fork()
            if answer == 0:
                for stream in control:
                    os.close(stream.fileno())
                _run(question)
        control[1].write(f"{answer}\n")
        control[1].flush()


def _run(question: Mapping[str, Any]) -> None:
    """The call, in its own process; does not return."""
    from trialc.cli import main

    os.chdir(question["folder"])
    os.environ.update(question.get("environment", {}))
    if "largest" in question:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (question["largest"],) * 2)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(_opened(question[name]), number)
        if question[name] == "none":
            os.close(number)
            setattr(sys, name, None)
    os.dup2(os.open(question.get("stdin", os.devnull), os.O_RDONLY), 0)
    arguments = [os.fsdecode(text.encode("latin-1")) for text in question["start"]]
    sys.argv = ["protoc", *arguments]
    status = main()
    if sys.stdout is not None:
        sys.stdout.flush()
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(status)


def _opened(name: str) -> int:
    if name == "none":
        name = os.devnull
    if name == "gone":
        reading, writing = os.pipe()
        os.close(reading)
        return writing
    return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


if __name__ == "__main__":
    _serve()
