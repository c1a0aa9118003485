"""The command line of a checker: one record in, its screening out as JSON."""

from __future__ import annotations

from trialc_runtime.refusals import RecordRefused, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

EXIT_CODES = {"eligible": 0, "ineligible": 3, "undetermined": 4}
REFUSED = 2
UNWRITTEN = 74
"""The verdict could not be written, so that no exit code tells it either."""


def run_command(screen: Callable[[Any], dict[str, Any]], arguments: Sequence[str]) -> int:
    """Screens the record in the file that the only argument names; the exit code tells the verdict.

    0 eligible, 3 ineligible, 4 undetermined; 2 for a record that is refused, with every fault on
    the error stream; 74 where the answer cannot be written.
    """
    # Only the command line needs it: who merely imports a checker does not wait for it.
    import json

    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        return _complain("usage: checker.py RECORD.json\n")
    try:
        with open(arguments[0], encoding="utf-8-sig") as file:
            record = json.load(file, object_pairs_hook=_unique, parse_constant=_no_number)
        result = screen(record)
    except RecordRefused as refused:
        faults = "".join(f"{fault}\n" for fault in refused.faults)
        return _complain(faults.encode("ascii", "backslashreplace").decode())
    except RecursionError:
        return _complain("the record is nested too deeply\n")
    except (OSError, ValueError) as error:
        return _complain(f"the record cannot be read: {error!s:.300}\n")
    written = _write(json.dumps(result, indent=2) + "\n")
    return EXIT_CODES[result["verdict"]] if written else UNWRITTEN


def _complain(reason: str) -> int:
    import sys

    if sys.stderr is not None:  # as after `2>&-`
        sys.stderr.write(reason)
    return REFUSED


def _write(answer: str) -> bool:
    """Whether the answer reached standard output; where it did not, why is said."""
    import sys

    try:
        if sys.stdout is None:  # as after `>&-`
            raise OSError("standard output is closed")
        sys.stdout.write(answer)
        sys.stdout.flush()
    except OSError as error:
        _complain(f"the answer cannot be written: {error!s:.300}\n")
        # Or Python would try again when it ends, and complain in its own way.
        sys.stdout = None  # type: ignore[assignment]
        return False
    return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; ValueError where a key stands twice, for then nobody knows which value counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{shown(twice)} stands twice in one object: keep one of the two")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"`{text}` is not a number that a record may hold")
