"""`protoc check`: every finding about protocols; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialc.cli import exit_status, terminal
from trialc.cli.group import as_command
from trialc.cli.protocols import (
    Compiled,
    Found,
    compile_path,
    format_option,
    paths_argument,
    paths_or_default,
)
from trialc.diagnostics import Diagnostic, in_order
from trialc.diagnostics.catalog import inputs
from trialc.diagnostics.render import summary


@as_command(
    "check",
    examples="""
        check                                         all of protocol/
        check protocol/care_ssc.proto.txt
        check --format sarif > findings.sarif         for a code host or a review tool
        check --format github                         beside the lines, in GitHub Actions
    """,
)
@paths_argument
@format_option("text", "json", "sarif", "github")
def command(paths: tuple[str, ...], form: str) -> int:
    """Report everything that is wrong, write nothing.

    Without PATHS, every `*.proto.txt` in the folder protocol. Warnings leave the exit status at 0.
    """
    compiled = [compile_path(path) for path in paths_or_default(paths)]
    found = Found(
        in_order(
            (*(item for made in compiled for item in made.found.diagnostics), *same_ids(compiled))
        ),
        {name: text for made in compiled for name, text in (made.found.texts or {}).items()},
    )
    _show(found, form, len(compiled))
    if any(made.compilation is None for made in compiled):
        return exit_status.BAD_USE
    return exit_status.FINDINGS if found.has_errors else exit_status.FINE


def same_ids(compiled: Iterable[Compiled]) -> Iterator[Diagnostic]:
    """Protocols that have the id of one before them."""
    first: dict[str, Compiled] = {}
    for made in compiled:
        study = made.compilation.study if made.compilation else None
        if study is None:
            continue
        metadata = study.protocol.metadata
        other = first.setdefault(metadata.id, made)
        if other is not made:
            taken = inputs.ID_TAKEN.at(metadata.where, name=metadata.id, other=other.opened.shown)
            yield from made.opened.found((taken,)).diagnostics


def _show(found: Found, form: str, count: int) -> None:
    texts = found.texts or {}
    if form == "text":
        found.report(errors=False)
        checked = f"{count} protocol{'' if count == 1 else 's'}"
        terminal.say(f"{checked} checked: {summary(found.diagnostics) or 'no findings'}")
    elif form == "json":
        from trialc.diagnostics.as_json import as_json

        severities = [item.kind.severity for item in found.diagnostics]
        terminal.hand_out_json(
            {
                "diagnostics": as_json(found.diagnostics, texts),
                "errors": severities.count("error"),
                "warnings": severities.count("warning"),
            }
        )
    elif form == "sarif":
        from trialc import __version__
        from trialc.diagnostics.sarif import sarif

        terminal.hand_out_json(sarif(found.diagnostics, texts, __version__))
    else:
        from trialc.diagnostics.github import github

        terminal.hand_out(github(found.diagnostics, texts))
