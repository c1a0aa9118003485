"""`protoc library`: the libraries that come with the compiler, to look at and to take."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from trialc.cli import exit_status, shipped, terminal
from trialc.cli.files import reason
from trialc.cli.group import as_command
from trialc.cli.handing_out import write_file
from trialc.cli.protocols import FOLDER, shown_path
from trialc.cli.shipped import Part, Shipped
from trialc.diagnostics.render import visible
from trialc.source.places import LIBRARIES


@as_command(
    "library",
    examples="""
        library                               all of them: what each needs and gives
        library show cockcroft_gault          one of them, with units and codes
        library add bsa qtc                   into protocol/lib, or lib where there is no protocol/
        library add bsa --to trials/lib       into another folder
    """,
)
@click.argument("action", type=click.Choice(["list", "show", "add"]), default="list")
@click.argument("names", nargs=-1)
@click.option("--to", "folder", type=click.Path(), metavar="FOLDER", help="Where `add` writes.")
def command(action: str, names: tuple[str, ...], folder: str | None) -> int:
    """List the libraries that come with trialc, show one, or add some to your protocols.

    A library is added as a file in the folder lib beside your protocols, where `use lib.NAME` finds
    it. A file of that name with another text is never overwritten.
    """
    if folder is not None and action != "add":
        raise click.UsageError("`--to` goes with `add`")
    if action == "list":
        if names:
            raise click.UsageError(f"write `library show {visible(names[0])}`")
        terminal.say("\n".join(_line(_known(name)) for name in shipped.names()))
        return exit_status.FINE
    if not names:
        raise click.UsageError(f"which library? `library {action} NAME`")
    chosen = [_known(name) for name in dict.fromkeys(names)]
    if action == "show":
        terminal.say("\n\n".join(description(library) for library in chosen))
        return exit_status.FINE
    return _add(chosen, folder or _default_folder())


def _known(name: str) -> Shipped:
    """The library of a name, with or without `lib.`; anything else is wrong use."""
    word = name.removeprefix(f"{LIBRARIES}.")
    found = shipped.shipped(word)
    if found is None:
        near = shipped.near(word)
        hint = f"; did you mean `{near}`?" if near else "; `library` lists all"
        raise click.UsageError(f"there is no library `{visible(name)}`{hint}")
    return found


def _line(library: Shipped) -> str:
    return (
        f"{library.name} {library.version}  {library.title}\n"
        f"  needs: {_names(library.needs)}\n"
        f"  gives: {_names(library.gives)}"
    )


def _names(parts: Sequence[Part]) -> str:
    return ", ".join(part.name for part in parts)


def description(library: Shipped) -> str:
    """All that an author must know of a library, ready to print."""
    lines = [f"{library.name} {library.version}", library.title, library.citation, "", "needs"]
    lines += [*_rows(library.needs), *(f"  role {role}" for role in library.roles)]
    lines += ["", "gives", *_rows(library.gives)]
    lines += ["", f"take it with `protoc library add {library.name}`, then write", library.use]
    return "\n".join(lines)


def _rows(parts: Sequence[Part]) -> list[str]:
    width = max((len(part.name) for part in parts), default=0)
    return [f"  {p.name:<{width}}  {p.form}{'  ' + p.title if p.title else ''}" for p in parts]


# ---- adding


def _default_folder() -> str:
    return os.path.join(FOLDER, LIBRARIES) if os.path.isdir(FOLDER) else LIBRARIES


def _add(chosen: Sequence[Shipped], folder: str) -> int:
    """Write what is not there yet; nothing at all where a file would be overwritten."""
    differing = [one for one in chosen if _is_there(one, folder) is False]
    for library in differing:
        shown = visible(shown_path(_path(library, folder)))
        terminal.complain(f"{shown} is there with another text; nothing was written")
        terminal.complain("keep it, or move it away and run this again")
    if differing:
        return exit_status.FINDINGS
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        terminal.complain(f"{visible(shown_path(folder))} cannot be made: {reason(error)}")
        return exit_status.IO_FAILED
    for library in chosen:
        path = _path(library, folder)
        if _is_there(library, folder):
            terminal.complain(f"{visible(shown_path(path))} is there already")
        elif (status := write_file(path, library.text.text)) != exit_status.FINE:
            return status
    terminal.say("\n".join(one.use for one in chosen))
    roles = dict.fromkeys(f"role {role}" for one in chosen for role in one.roles)
    if roles:
        terminal.complain(f"the protocol must declare: {', '.join(roles)}")
    return exit_status.FINE


def _path(library: Shipped, folder: str) -> str:
    return os.path.join(folder, os.path.basename(library.text.name))


def _is_there(library: Shipped, folder: str) -> bool | None:
    """Whether the file has this text; None where there is none."""
    path = _path(library, folder)
    if not os.path.lexists(path):
        return None
    try:
        with open(path, "rb") as file:
            return file.read().replace(b"\r\n", b"\n") == library.text.text.encode("utf-8")
    except OSError:
        return False
