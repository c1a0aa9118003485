"""The checker in JavaScript, asked through node: one process for many records."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import networkx as nx
import pytest

from trialc.emitters.javascript import emit_javascript
from trialc.graph.study import Study
from trialc.model.protocol import Protocol

from .engines import Answer, Engines, differing

DRIVER = Path(__file__).with_name("javascript_driver.mjs")
LARGEST = 2**53 - 1
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed")

Question = tuple[Any, str | None]
"""A record, and the visit as of which it is asked, None for the whole."""


Call = tuple[Any, ...]
"""A function of the checker, and what it is given."""


def module_text(protocol: Protocol) -> str:
    """The text of `checker.mjs`."""
    return emit_javascript(Study(protocol, nx.MultiDiGraph()))[0].text


def run(*arguments: str | Path, text: str = "") -> str:
    """What node writes."""
    assert NODE is not None
    done = subprocess.run(
        [NODE, *map(str, arguments)], input=text.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def ask(module: str, calls: Iterable[Call]) -> list[Any]:
    """What a checker says when some of its functions are called."""
    lines = [json.dumps({"call": name, "given": given}) for name, *given in calls]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checker.mjs"
        path.write_text(module, encoding="utf-8")
        return [json.loads(line) for line in run(DRIVER, path, text="\n".join(lines)).splitlines()]


def as_read(value: Any) -> Any:
    """A value of JSON as JavaScript reads it: 18.0 is 18. ValueError for what it cannot read.

    It knows neither whole numbers beyond 2**53 nor numbers that are none.
    """
    if isinstance(value, dict):
        return {key: as_read(part) for key, part in cast("dict[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [as_read(part) for part in cast("list[Any]", value)]
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError("no number of JavaScript")
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("no number of JSON")
        return int(value) if value.is_integer() and abs(value) <= LARGEST else value
    return json.loads(json.dumps(value)) if isinstance(value, str) else value


def as_floats(value: Any) -> Any:
    """An answer in which 18 and 18.0 are one number, as in JavaScript."""
    if isinstance(value, dict):
        return {key: as_floats(part) for key, part in cast("dict[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [as_floats(part) for part in cast("list[Any]", value)]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(cast("float", value)) if is_number else value


def readable(records: Iterable[Any]) -> list[Any]:
    """Those of some records that JavaScript can read, as it reads them."""
    found: list[Any] = []
    for record in records:
        try:
            found.append(json.loads(json.dumps(as_read(record))))
        except ValueError:
            continue
    return found


def differences(
    engines: Engines,
    questions: Sequence[Question],
    damage: Callable[[str], str] = lambda text: text,
) -> list[str]:
    """What the checkers in Python and JavaScript say differently; empty if they agree.

    `damage` changes the text of the one in JavaScript: to see that it is noticed.
    """
    module = damage(module_text(engines.protocol))
    answers = ask(module, [("screen", record, at) for record, at in questions])
    found: list[str] = []
    for (record, at), answer in zip(questions, answers, strict=True):
        expected = as_floats(_expected(engines, record, at))
        if _has_numbered_keys(record):
            # JavaScript puts keys that are numbers first: the order of faults may differ.
            expected, answer = _unordered(expected), _unordered(answer)
        difference = differing(expected, as_floats(answer))
        if difference:
            found.append(f"{difference}\n{json.dumps(record)}")
    return found


def called(engines: Engines, name: str, *given: Any, **more: Any) -> Answer:
    """What a function of the checker in Python says, or why it refuses."""
    of = engines.checker
    try:
        return {"found": getattr(of, name)(*given, **more)}
    except of.RecordRefused as refused:
        return {"faults": [str(fault) for fault in refused.faults]}
    except ValueError as refused:
        return {"refused": str(refused)}


def same(expected: Answer, answer: Any) -> str:
    """What `called` and the same call in JavaScript say differently; "" if they agree."""
    is_refused = isinstance(answer, dict) and {"faults", "refused", "crashed"} & set(
        cast("dict[str, Any]", answer)
    )
    found: Answer = answer if is_refused else {"found": answer}
    return differing(as_floats(expected), as_floats(found))


def _expected(engines: Engines, record: Any, at: str | None) -> Answer:
    if at is None:
        return engines.screened(record)
    try:
        return engines.checker.screen(record, at=at)
    except engines.checker.RecordRefused as refused:
        return {"faults": [str(fault) for fault in refused.faults]}
    except ValueError as refused:
        return {"refused": str(refused)}


def _has_numbered_keys(value: Any) -> bool:
    if isinstance(value, dict):
        parts = cast("dict[str, Any]", value)
        return any(key.isdigit() for key in parts) or any(map(_has_numbered_keys, parts.values()))
    return isinstance(value, list) and any(map(_has_numbered_keys, cast("list[Any]", value)))


def _unordered(answer: Answer) -> Answer:
    return {**answer, "faults": sorted(answer["faults"])} if "faults" in answer else answer
