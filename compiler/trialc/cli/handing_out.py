"""A command's one product: into the file that the user names, or onto standard output."""

from __future__ import annotations

import os
from collections.abc import Callable

import click

from trialc.cli import exit_status, output, terminal
from trialc.cli.protocols import Found, shown_path
from trialc.diagnostics.catalog import inputs
from trialc.diagnostics.render import visible
from trialc.source import Span


def output_option(function: Callable[..., int]) -> Callable[..., int]:
    """The option -o FILE."""
    return click.option(
        "--output",
        "-o",
        "out",
        type=click.Path(),
        metavar="FILE",
        help="Write into this file instead of to standard output.",
    )(function)


def to_file_or_screen(text: str, out: str | None) -> int:
    """Write the text as UTF-8 with its line ends as they are; the exit status."""
    if out is None or out == "-":
        terminal.hand_out(text)
        return exit_status.FINE
    return write_file(out, text)


def write_file(path: str, text: str) -> int:
    """Replace one file in one step, and say so; the exit status."""
    shown = shown_path(path)
    try:
        if os.path.isdir(path):
            raise output.OutputError(path, "it is a folder")
        output.replace_one(path, text.encode("utf-8"))
    except output.OutputError as error:
        Found((inputs.UNWRITABLE.at(Span(shown, 0, 0), reason=str(error)),)).report()
        return exit_status.IO_FAILED
    terminal.complain(f"wrote {visible(shown)}")
    return exit_status.FINE
