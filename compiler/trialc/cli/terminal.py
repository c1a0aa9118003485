"""What people see: colour and width as their terminal allows, and that work still goes on."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TextIO

from trialc.diagnostics.render import Style

PATIENCE = 2.0
"""Seconds after which a run says what it is doing."""


def is_terminal(stream: TextIO) -> bool:
    """True where a person is looking at a screen that understands control codes."""
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:
        return False


def style(*, errors: bool = False) -> Style:
    """How to show findings on standard output, or on standard error."""
    stream = sys.stderr if errors else sys.stdout
    if not is_terminal(stream):
        return Style()
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        columns = 100
    return Style(colour=not os.environ.get("NO_COLOR"), width=max(40, columns - 8))


def say(text: str) -> None:
    """A line for people on standard output."""
    put(text + "\n")


def complain(text: str) -> None:
    """A line for people on standard error."""
    put(text + "\n", errors=True)


def put(text: str, *, errors: bool = False) -> None:
    """Text for people, as it is."""
    (sys.stderr if errors else sys.stdout).write(text)


def hand_out(text: str) -> None:
    """Text for a tool on standard output: UTF-8 on every system, line ends as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def hand_out_json(value: Mapping[str, object]) -> None:
    """JSON for a tool, in ASCII, so that no terminal and no encoding can change it."""
    hand_out(json.dumps(value, indent=2) + "\n")


@contextmanager
def progress(what: str) -> Generator[None]:
    """Say on a terminal what goes on, and for how long, once it takes longer than two seconds."""
    if not is_terminal(sys.stderr):
        yield
        return
    import threading

    done = threading.Event()

    def report() -> None:
        seconds = PATIENCE
        while not done.wait(PATIENCE if seconds == PATIENCE else 1.0):
            sys.stderr.write(f"\r\x1b[K{what} ... {seconds:.0f} s")
            sys.stderr.flush()
            seconds += 1

    reporter = threading.Thread(target=report, daemon=True)
    reporter.start()
    try:
        yield
    finally:
        done.set()
        reporter.join()
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
