"""The command line: the only room that reads arguments, files and the clock, that writes and exits.

`--version`, `--help` and calls meant for the compiler of Protocol Buffers are answered here, before
anything else is imported: importing click alone takes three times as long as starting Python.
"""

import os
import sys

from trialc.cli.guard import guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run one command and give its exit status; `arguments`: those of the process unless given."""
    given = tuple(sys.argv[1:] if arguments is None else arguments)
    status = guarded(lambda: _answer(given))
    if arguments is None:
        _stop_listening()
    return status


def _stop_listening() -> None:
    """What is done is done: a Ctrl-C that comes while Python ends would only hide the status."""
    if "signal" not in sys.modules:
        return  # nothing long was done, and loading it takes longer than all of `--version`
    import signal

    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:
        return  # not the main thread: no Ctrl-C comes here


def _answer(given: tuple[str, ...]) -> int:
    name = program_name()
    if f"_{name.upper()}_COMPLETE" not in os.environ:
        if not given or given in {("--help",), ("-h",), ("help",)}:
            from trialc.cli.help_page import help_page

            sys.stdout.write(help_page(name))
            return 0 if given else 2
        if given[0] in {"--version", "-V"}:
            from trialc import __version__

            sys.stdout.write(f"trialc {__version__}, the compiler for clinical-trial protocols\n")
            return 0
        if meant_for_protobuf(given):
            sys.stderr.write(
                f"{name}: this compiles clinical-trial protocols, not Protocol Buffers\n"
                "call protobuf's own protoc for that; where both are installed, use `trialc`\n"
            )
            return 2
    from trialc.cli.group import run

    return run(given, name)


def program_name() -> str:
    """`protoc` or `trialc`, as the user called it."""
    name = os.path.basename(sys.argv[0]).removesuffix(".exe") if sys.argv else ""
    return name if name in {"protoc", "trialc"} else "trialc"


def meant_for_protobuf(given: tuple[str, ...]) -> bool:
    """True for arguments of a build system that found us in place of the other protoc."""
    return any(
        word.endswith(".proto") or (word.startswith("--") and "_out=" in word) for word in given
    )
