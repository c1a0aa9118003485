"""`protoc lock`: the exact libraries that protocols were reviewed with."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

import click

from trialc.cli import exit_status, terminal
from trialc.cli.files import Folder, home_of_libraries
from trialc.cli.group import as_command
from trialc.cli.handing_out import write_file
from trialc.cli.protocols import (
    compile_path,
    failure_status,
    paths_argument,
    paths_or_default,
    shown_path,
)
from trialc.diagnostics.render import summary, visible
from trialc.source.places import LIBRARIES, LOCK
from trialc.syntax.imports import DamagedLockError, Locked, read_lock

FORMAT = 1


@as_command(
    "lock",
    examples="""
        lock                                    the libraries of all of protocol/
        lock protocol/care_ssc.proto.txt        those of one protocol; what others use stays
        lock --reviewed                         also what changed under the same version
    """,
)
@paths_argument
@click.option("--reviewed", is_flag=True, help="Accept libraries that changed without a version.")
def command(paths: tuple[str, ...], reviewed: bool) -> int:
    """Record the exact libraries that protocols were reviewed with.

    Without PATHS, for every `*.proto.txt` in the folder protocol. Writes protoc.lock beside the
    protocols: version and SHA-256 of every library. From then on a library that changes without a
    new version is an error.
    """
    used: dict[str, Locked] = {}
    for path in paths_or_default(paths):
        # The old lock must not stand in the way of the new one.
        compiled = compile_path(path, hide=frozenset({LOCK}))
        study = compiled.study
        if study is None:
            compiled.found.report()
            shown = visible(compiled.opened.shown)
            terminal.complain(f"{shown}: {summary(compiled.found.diagnostics)}; nothing was locked")
            return failure_status(compiled)
        beside = used.setdefault(_home(path), {})
        for library in study.protocol.libraries:
            beside[library.name.removeprefix("lib.")] = library.version, library.sha256
    folders = {folder: Folder(folder or ".") for folder in used}
    before: dict[str, Locked] = {}
    for folder, text in folders.items():
        try:
            before[folder] = read_lock(text)
        except DamagedLockError as damaged:
            if not reviewed:
                shown = visible(shown_path(os.path.join(folder, LOCK)))
                terminal.complain(f"{shown} cannot be read: {damaged}; nothing was locked")
                terminal.complain("bring it back, or add `--reviewed` after a review")
                return exit_status.FINDINGS
            before[folder] = {}
    changed = [
        shown_path(os.path.join(folder, _file(name))) + f", still version {version},"
        for folder, libraries in used.items()
        for name, (version, digest) in libraries.items()
        if before[folder].get(name, ("", ""))[0] == version and before[folder][name][1] != digest
    ]
    if changed and not reviewed:
        for library in changed:
            terminal.complain(f"{visible(library)} is not what was locked: give it a new version")
        terminal.complain("or, where the change was reviewed, add `--reviewed`; nothing was locked")
        return exit_status.FINDINGS
    for folder, libraries in used.items():
        others = {n: is_ for n, is_ in before[folder].items() if folders[folder](_file(n))}
        status = _write(folder, {**others, **libraries})
        if status != exit_status.FINE:
            return status
    return exit_status.FINE


def _home(path: str) -> str:
    """The folder that has the libraries of a protocol, and so their lock."""
    home = home_of_libraries(os.path.dirname(path) or ".")
    normal = os.path.normpath(home)
    return "" if normal == "." else normal


def _file(library: str) -> str:
    return f"{LIBRARIES}/{library}.proto.txt"


def _write(folder: str, libraries: Locked) -> int:
    path = os.path.join(folder, LOCK)
    if not libraries and not os.path.lexists(path):
        terminal.complain(f"no protocol in {visible(shown_path(folder or '.'))} uses a library")
        return exit_status.FINE
    return write_file(path, lock_text(libraries))


def lock_text(libraries: Mapping[str, tuple[str, str]]) -> str:
    """The lock file: JSON, sorted, so that two people get the same bytes."""
    entries = {
        name: {"version": version, "sha256": digest}
        for name, (version, digest) in libraries.items()
    }
    return json.dumps({"lock": FORMAT, "libraries": entries}, indent=2, sort_keys=True) + "\n"
