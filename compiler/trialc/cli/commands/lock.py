"""`protoc lock`: the exact libraries that a protocol was reviewed with."""

from __future__ import annotations

import json
import os

from trialc.cli import exit_status, terminal
from trialc.cli.group import as_command
from trialc.cli.handing_out import write_file
from trialc.cli.protocols import compile_path, failure_status, protocol_argument
from trialc.diagnostics.render import summary, visible
from trialc.model.protocol import Protocol

LOCK = "protoc.lock"
FORMAT = 1


@as_command(
    "lock",
    examples="""
        lock protocol/care_ssc.proto.txt        after a library was changed and reviewed
    """,
)
@protocol_argument
def command(protocol: str) -> int:
    """Record the exact libraries that a protocol was reviewed with.

    Writes protoc.lock beside the protocol: name, version and SHA-256 of every library. From then on
    a library that changes without a new version is an error.
    """
    # The old lock must not stand in the way of the new one.
    compiled = compile_path(protocol, hide=frozenset({LOCK}))
    study = compiled.study
    if study is None:
        compiled.found.report()
        shown = visible(compiled.opened.shown)
        terminal.complain(f"{shown}: {summary(compiled.found.diagnostics)}; nothing was locked")
        return failure_status(compiled)
    folder = os.path.dirname(protocol)
    text = lock_text(study.protocol)
    path = os.path.join(folder, LOCK)
    return write_file(path, text) or exit_status.FINE


def lock_text(protocol: Protocol) -> str:
    """The lock file: JSON, sorted, so that two people get the same bytes."""
    libraries = {
        library.name.removeprefix("lib."): {"version": library.version, "sha256": library.sha256}
        for library in protocol.libraries
    }
    return json.dumps({"lock": FORMAT, "libraries": libraries}, indent=2, sort_keys=True) + "\n"
