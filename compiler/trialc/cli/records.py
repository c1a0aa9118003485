"""Reading one participant's record: strict JSON, so that nothing passes for something else."""

from __future__ import annotations

import json
import sys
from typing import Any, cast

from trialc.cli.files import LIMIT, decode, read_bytes, reason


class Refused(Exception):  # noqa: N818  a record is refused, which is no error of the program
    """The file is no JSON object; the message says why."""


def read_record(path: str) -> dict[str, Any]:
    """The JSON object in a file; `-` is standard input. Raises Refused."""
    try:
        raw = sys.stdin.buffer.read(LIMIT + 1) if path == "-" else read_bytes(path)
    except (OSError, ValueError) as error:
        raise Refused(f"the file cannot be read: {reason(error)}") from error
    reading = decode(raw, path)
    if reading.text is None:
        raise Refused(reading.fault.message if reading.fault else "the file cannot be read")
    return parse_record(reading.text.text)


def parse_record(text: str) -> dict[str, Any]:
    """The object that a JSON text holds. Raises Refused, also for a key that occurs twice."""
    try:
        found: object = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}"
        raise Refused(message) from error
    except RecursionError as error:
        raise Refused("the JSON is nested too deeply") from error
    except ValueError as error:
        raise Refused("a number has too many digits") from error
    if not isinstance(found, dict):
        raise Refused("a record is a JSON object, with `as_of` and the values by their paths")
    return cast("dict[str, Any]", found)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(f"`{key[:60]}` is given twice")
        found[key] = value
    return found


def _no_number(text: str) -> Any:
    raise Refused(f"`{text}` is no number of JSON")
