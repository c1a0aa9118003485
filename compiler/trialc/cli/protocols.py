"""From paths to compiled protocols, with findings that name files as the user does."""

from __future__ import annotations

import os
import re
import shlex
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from trialc.cli import terminal
from trialc.cli.files import Folder, read_text
from trialc.diagnostics import Diagnostic, in_order
from trialc.diagnostics.catalog.names import LIBRARY_NOT_FOUND
from trialc.diagnostics.render import render, summary
from trialc.source import SourceText, Span
from trialc.source.places import LIBRARIES

if TYPE_CHECKING:
    from trialc.graph.study import Study
    from trialc.pipeline import Compilation

_COMMAND = re.compile(r"`protoc (\w+(?: --\w+)*) PROTOCOL`")
"""A command that a help advises: what compiles does not know by which path the user came."""
_MISSING = re.compile(
    rf"there is no library `{LIBRARIES}\.([^`]*)`; it would be the file `([^`]*)`"
)
"""What compiles does not know either which libraries come with trialc."""
SUFFIX = ".proto.txt"
FOLDER = "protocol"
"""Where protocols are looked for when no path is given."""


@dataclass(frozen=True)
class Found:
    """Findings about one protocol, and the texts they point into, by the names that users see."""

    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, SourceText] | None = None

    @property
    def has_errors(self) -> bool:
        return any(found.is_error for found in self.diagnostics)

    def report(self, *, errors: bool = True) -> None:
        """Show all findings to people, on standard error unless told otherwise."""
        shown = render(self.diagnostics, self.texts or {}, terminal.style(errors=errors))
        terminal.put(shown, errors=errors)


class Opened:
    """A protocol on the disk: its text, the folder it reads from, and its name for the user."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.shown = shown_path(path)
        self.folder = Folder(os.path.dirname(path) or ".")
        # A protocol may be a symbolic link to anywhere: the user named it. What it reads may not.
        self.name = printable(os.path.basename(path))
        self.reading = read_text(path, self.name)

    def found(self, diagnostics: Iterable[Diagnostic], texts: Iterable[SourceText] = ()) -> Found:
        """Findings of the compiler and of the reading, with files named as the user would."""
        faults = (*self.folder.faults, *((self.reading.fault,) if self.reading.fault else ()))
        readings = (*self.folder.readings.values(), self.reading)
        known = {text.name: text for text in texts}
        for reading in readings:
            text = reading.text or reading.shown
            if text is not None:
                known.setdefault(text.name, text)
        return Found(
            in_order(self._moved(found) for found in (*faults, *diagnostics)),
            {self._name(name): SourceText(self._name(name), t.text) for name, t in known.items()},
        )

    def _name(self, file: str) -> str:
        folder = os.path.dirname(self.shown)
        if self.folder.of(file) != self.folder.folder:
            return shown_path(os.path.join(folder, os.pardir, file))
        return f"{folder.rstrip('/')}/{file}" if folder else file

    def _span(self, where: Span) -> Span:
        return Span(self._name(where.file), where.start, where.end) if where else where

    def _moved(self, found: Diagnostic) -> Diagnostic:
        related = tuple(replace(other, where=self._span(other.where)) for other in found.related)
        advice = _COMMAND.sub(rf"`protoc \1 {self._argument}`", found.help)
        if found.kind is LIBRARY_NOT_FOUND and (missing := _MISSING.match(found.message)):
            advice = self._shipped(missing[1], missing[2]) or advice
        return replace(found, where=self._span(found.where), related=related, help=advice)

    def _shipped(self, word: str, file: str) -> str:
        """Where a missing library comes from; "" where nothing like it comes with trialc."""
        from trialc.cli import shipped  # late: most protocols have their libraries

        if file in self.folder.readings and self.folder.readings[file].text is not None:
            return ""
        if word in shipped.names():
            folder = shlex.quote(os.path.dirname(self._name(file)))
            return f"it comes with trialc: run `protoc library add {word} --to {folder}`"
        near = shipped.near(word)
        return f"did you mean `{LIBRARIES}.{near}`, which comes with trialc?" if near else ""

    @property
    def _argument(self) -> str:
        """The protocol as it can be typed into a shell, safe in a replacement."""
        return shlex.quote(self.shown).replace("\\", r"\\")


@dataclass(frozen=True)
class Compiled:
    """A protocol with what the compiler made of it; nothing when its text could not be read."""

    opened: Opened
    compilation: Compilation | None
    found: Found

    @property
    def study(self) -> Study | None:
        """The study, where there is no error."""
        made = self.compilation
        return made.study if made and not self.found.has_errors else None


def compile_path(path: str, *, hide: frozenset[str] = frozenset()) -> Compiled:
    """Read and compile a protocol. `hide`: files of its folder that it shall not see."""
    return compile_opened(Opened(path), hide=hide)


def compile_opened(opened: Opened, *, hide: frozenset[str] = frozenset()) -> Compiled:
    """Compile a protocol that was read."""
    main = opened.reading.text
    if main is None:
        return Compiled(opened, None, opened.found(()))
    from trialc.pipeline import compile_protocol

    def read(path: str) -> SourceText | None:
        return None if path in hide else opened.folder(path)

    with terminal.progress(f"compiling {opened.shown}"):
        made = compile_protocol(main, read, time.perf_counter)
    return Compiled(opened, made, opened.found(made.diagnostics, made.texts))


def study_of(path: str) -> tuple[Compiled, Study | None]:
    """Compile the one protocol that a command needs; errors are shown on standard error."""
    compiled = compile_path(path)
    study = compiled.study
    if study is None:
        compiled.found.report()
        terminal.complain(f"{compiled.opened.shown}: {summary(compiled.found.diagnostics)}")
    return compiled, study


def failure_status(compiled: Compiled) -> int:
    """The exit status of a command whose protocol has errors, or could not be read as a text."""
    from trialc.cli import exit_status

    return exit_status.BAD_USE if compiled.compilation is None else exit_status.FINDINGS


def paths_or_default(given: Sequence[str], folders: Sequence[str] = (FOLDER,)) -> tuple[str, ...]:
    """The protocols that were named, each once; a folder stands for the protocol texts in it."""
    chosen: dict[str, str] = {}
    for path in given or [folder for folder in folders if os.path.isdir(folder)]:
        for file in _texts_in(path) if os.path.isdir(path) else (path,):
            chosen.setdefault(os.path.realpath(file), file)
    if not chosen:
        where = " or ".join(f"`{path}`" for path in given or folders)
        raise click.UsageError(f"there is no file `*{SUFFIX}` in {where}")
    return tuple(chosen.values())


def _texts_in(folder: str) -> list[str]:
    names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
    return [os.path.join(folder, name) for name in names]


def shown_path(path: str) -> str:
    """How messages call a file: relative where it lies below the working folder, with `/`."""
    normal = os.path.normpath(path)
    if os.path.isabs(normal):
        try:
            relative = os.path.relpath(normal)
        except ValueError:
            relative = os.pardir
        if not relative.startswith(os.pardir):
            normal = relative
    return printable(normal.replace(os.sep, "/"))


def printable(path: str) -> str:
    """A path as text that can be encoded, whatever bytes the system allowed in it."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def protocol_argument(function: Callable[..., int]) -> Callable[..., int]:
    """The argument PROTOCOL of commands that take one."""
    return click.argument("protocol", type=click.Path())(function)


def paths_argument(function: Callable[..., int]) -> Callable[..., int]:
    """The argument PATHS of commands that take any number of protocols."""
    return click.argument("paths", nargs=-1, type=click.Path())(function)


def format_option(*formats: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The option --format; the first one is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="What to print.",
    )
