"""The command line of a checker: one record in, its screening out as JSON."""

from __future__ import annotations

from trialc_runtime.refusals import RecordRefused, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

EXIT_CODES = {"eligible": 0, "ineligible": 3, "undetermined": 4}
REFUSED = 2


def run_command(screen: Callable[[Any], dict[str, Any]], arguments: Sequence[str]) -> int:
    """Screens the record in the file that the only argument names; the exit code tells the verdict.

    0 eligible, 3 ineligible, 4 undetermined; 2 for a record that is refused, with every fault on
    the error stream.
    """
    # Only the command line needs these: who merely imports a checker does not wait for them.
    import json
    import sys

    if len(arguments) != 1 or arguments[0] in ("-h", "--help"):
        sys.stderr.write("usage: checker.py RECORD.json\n")
        return REFUSED
    try:
        with open(arguments[0], encoding="utf-8") as file:
            record = json.load(file, object_pairs_hook=_unique, parse_constant=_no_number)
        result = screen(record)
    except RecordRefused as refused:
        faults = "".join(f"{fault}\n" for fault in refused.faults)
        sys.stderr.write(faults.encode("ascii", "backslashreplace").decode())
        return REFUSED
    except RecursionError:
        sys.stderr.write("the record is nested too deeply\n")
        return REFUSED
    except (OSError, ValueError) as error:
        sys.stderr.write(f"the record cannot be read: {error!s:.300}\n")
        return REFUSED
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    return EXIT_CODES[result["verdict"]]


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
