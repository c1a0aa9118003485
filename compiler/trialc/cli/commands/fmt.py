"""`protoc fmt`: the one layout of protocol texts."""

from __future__ import annotations

import difflib
import os

import click

from trialc.cli import exit_status, output, terminal
from trialc.cli.group import as_command
from trialc.cli.protocols import FOLDER, Opened, paths_argument, paths_or_default
from trialc.diagnostics.catalog import inputs
from trialc.diagnostics.render import summary, visible
from trialc.source import Span


@as_command(
    "fmt",
    examples="""
        fmt                                     protocol/ and its libraries
        fmt protocol/care_ssc.proto.txt
        fmt --check                             fail when a text is not in the layout
        fmt --diff                              show what would change
    """,
)
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; fail when a text would change.")
@click.option("--diff", "show", is_flag=True, help="Write nothing; show what would change.")
def command(paths: tuple[str, ...], check: bool, show: bool) -> int:
    """Bring protocol texts into the one layout.

    Without PATHS, every `*.proto.txt` in protocol and protocol/lib. A text with errors is left as
    it is. Registered words in `source` are never touched.
    """
    chosen = paths_or_default(paths, (FOLDER, os.path.join(FOLDER, "lib")))
    return max(_formatted(path, check or show, show) for path in chosen)


def _formatted(path: str, keep: bool, show: bool) -> int:
    """Bring one text into the layout, or say that it is not; the exit status."""
    opened = Opened(path)
    source = opened.reading.text
    if source is None:
        opened.found(()).report()
        return exit_status.BAD_USE
    from trialc.syntax.to_text import format_text

    text, diagnostics = format_text(source)
    name = visible(opened.shown)
    if text is None:
        found = opened.found(diagnostics, (source,))
        found.report()
        terminal.complain(f"{name}: {summary(found.diagnostics)}; the text is left as it is")
        return exit_status.FINDINGS
    if text == source.text and opened.reading.as_written:
        return exit_status.FINE
    if show:
        _show(opened.shown, source.text, text)
    elif keep:
        terminal.say(f"{name}: not in the layout of `protoc fmt`")
    if keep:
        return exit_status.FINDINGS
    return _write(opened, text)


def _show(name: str, before: str, after: str) -> None:
    if before == after:
        terminal.say(f"{visible(name)}: line ends or a byte order mark would change")
    old, new = before.splitlines(), after.splitlines()
    for line in difflib.unified_diff(old, new, name, name, "now", "formatted", lineterm=""):
        terminal.say(visible(line.replace("\t", " ")))


def _write(opened: Opened, text: str) -> int:
    try:
        output.replace_one(opened.path, text.encode("utf-8"))
    except output.OutputError as error:
        fault = inputs.UNWRITABLE.at(Span(opened.name, 0, 0), reason=str(error))
        opened.found((fault,)).report()
        return exit_status.IO_FAILED
    terminal.say(f"{visible(opened.shown)}: formatted")
    return exit_status.FINE
