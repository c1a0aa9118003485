"""`protoc build`: compile protocols and write, or compare, their outputs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from trialc.cli import exit_status, terminal
from trialc.cli.building import Builder, Options, Outcome
from trialc.cli.group import as_command
from trialc.cli.protocols import format_option, paths_argument, paths_or_default
from trialc.diagnostics.render import summary, visible

_STATUS = {
    "written": exit_status.FINE,
    "up to date": exit_status.FINE,
    "out of date": exit_status.FINDINGS,
    "refused": exit_status.FINDINGS,
    "unreadable": exit_status.BAD_USE,
    "unwritable": exit_status.IO_FAILED,
}


@as_command(
    "build",
    examples="""
        build                                       all of protocol/, into generated/
        build protocol/care_ssc.proto.txt -o out    one protocol, into out/care_ssc/
        build --check                               is generated/ what would be written today?
        build --only schedule --only protocol-json  some of the outputs
        build --release                             refuse while a decision is open
    """,
)
@paths_argument
@click.option(
    "--out", "-o", default="generated", show_default=True, type=click.Path(),
    help="Folder for the outputs; each protocol gets a folder of its own in it.",
)  # fmt: skip
@click.option(
    "--only", multiple=True, metavar="EMITTER", help="Write the outputs of this emitter only."
)
@click.option("--check", is_flag=True, help="Write nothing; fail when an output is out of date.")
@click.option("--release", is_flag=True, help="Refuse a protocol with open decisions.")
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
@format_option("text", "json")
def command(
    paths: tuple[str, ...],
    out: str,
    only: tuple[str, ...],
    check: bool,
    release: bool,
    timings: bool,
    form: str,
) -> int:
    """Compile protocols into documents, code and data.

    Without PATHS, every `*.proto.txt` in the folder protocol. Outputs are replaced all together or
    not at all, and only where they change; unchanged protocols are not compiled again.
    """
    chosen = _emitters(only)
    builder = Builder(Options(out, chosen, check, release))
    outcomes: list[Outcome] = []
    for path in paths_or_default(paths):
        outcome = builder.build(path)
        outcomes.append(outcome)
        if form == "text":
            _show(outcome)
        if timings and form == "text":
            _show_timings(outcome)
    if form == "json":
        terminal.hand_out_json({"protocols": [_json(item, timings) for item in outcomes]})
    return max(_STATUS[outcome.status] for outcome in outcomes)


def _emitters(only: Iterable[str]) -> tuple[str, ...]:
    """The chosen emitters, each once; a name that no emitter has is wrong use."""
    chosen = tuple(sorted(set(only)))
    if chosen:
        from trialc.emitters import EMITTERS

        known = [emitter.name for emitter in EMITTERS]
        for name in chosen:
            if name not in known:
                raise click.UsageError(
                    f"there is no emitter `{name}`; there are {', '.join(known)}"
                )
    return chosen


def _show(outcome: Outcome) -> None:
    """A few plain lines on what was done and what is left."""
    if outcome.status in {"refused", "unreadable", "unwritable"}:
        if outcome.found:
            outcome.found.report()
            counts = summary(outcome.found.diagnostics)
            terminal.complain(f"{visible(outcome.shown)}: {counts}; nothing was written")
        return
    count = len(outcome.files)
    files = f"{count} file{'' if count == 1 else 's'}"
    if outcome.status == "out of date":
        _show_differences(outcome)
    elif outcome.status == "written":
        done = f"wrote {len(outcome.written)} of {files} to {outcome.folder}"
        if outcome.removed:
            done += f", removed {len(outcome.removed)} that are no longer made"
        terminal.say(f"{outcome.id}: {visible(done)}")
    else:
        terminal.say(f"{outcome.id}: up to date ({files} in {visible(outcome.folder)})")
    for path in outcome.foreign:
        terminal.say(f"  left alone: {visible(path)}, which this compiler did not write")
    _show_open(outcome)


def _show_open(outcome: Outcome) -> None:
    report = outcome.report
    warnings = report.get("warnings", 0)
    if warnings:
        shown = f"{warnings} warning{'' if warnings == 1 else 's'}"
        terminal.say(f"  {shown}: `protoc check {visible(outcome.shown)}` shows them")
    decisions = report.get("open_decisions", 0)
    points = [f"{decisions} open decision{'' if decisions == 1 else 's'}"] if decisions else []
    share = report.get("registered_text_quoted")
    if share is not None:
        points.append(f"{share:.1%} of the registered text quoted")
    if points:
        terminal.say(f"  {', '.join(points)}")


def _show_differences(outcome: Outcome) -> None:
    words = {"changed": "is out of date", "missing": "is missing", "extra": "is not an output"}
    for item in outcome.differences:
        terminal.say(visible(f"{outcome.folder}/{item.file} {words[item.kind]}"))
        for line in item.lines:
            terminal.say(f"  {line}")
    count = len(outcome.differences)
    terminal.say(
        f"{outcome.id}: {count} file{' is' if count == 1 else 's are'} not what would be written; "
        f"`protoc build {visible(outcome.shown)}` writes them"
    )


def _show_timings(outcome: Outcome) -> None:
    width = max(len(stage) for stage, _ in outcome.timings)
    for stage, seconds in outcome.timings:
        terminal.complain(f"  {stage:<{width}} {seconds * 1000:9.1f} ms")


def _json(outcome: Outcome, timings: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "protocol": outcome.shown,
        "id": outcome.id,
        "status": outcome.status,
        "folder": outcome.folder,
        "files": list(outcome.files),
        "written": list(outcome.written),
        "removed": list(outcome.removed),
        "left_alone": list(outcome.foreign),
        "differences": [
            {"file": item.file, "kind": item.kind, "diff": list(item.lines)}
            for item in outcome.differences
        ],
        **outcome.report,
    }
    if timings:
        found["timings"] = [
            {"stage": stage, "seconds": seconds} for stage, seconds in outcome.timings
        ]
    return found
