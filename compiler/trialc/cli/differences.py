"""What separates an output on the disk from the one that would be written, as a short diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from trialc.diagnostics.render import visible

SHOWN = 20
"""Lines of a diff that are shown for one file."""
LONGEST = 160
CONTEXT = 3
COMPARED = 3000
"""Lines on each side, beyond which two texts are not compared line by line."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that is not as it would be written: `file` is relative to the output folder."""

    file: str
    kind: Literal["changed", "missing", "extra"]
    lines: tuple[str, ...] = ()


def difference(file: str, found: bytes | None, wanted: bytes | None) -> Difference | None:
    """How the file on the disk differs from the wanted one; None when it does not."""
    if found == wanted:
        return None
    if found is None:
        return Difference(file, "missing")
    if wanted is None:
        return Difference(file, "extra")
    return Difference(file, "changed", short_diff(file, found, wanted))


def short_diff(file: str, found: bytes, wanted: bytes) -> tuple[str, ...]:
    """A unified diff of at most SHOWN lines, then how many more there are."""
    lines = list(diff_lines(file, found, wanted))
    if len(lines) <= SHOWN:
        return tuple(lines)
    more = len(lines) - SHOWN
    return (*lines[:SHOWN], f"... {more} more line{'' if more == 1 else 's'}")


def diff_lines(file: str, found: bytes, wanted: bytes) -> Iterator[str]:
    """A unified diff, from what is found to what is wanted; harmless to show on a terminal."""
    from difflib import unified_diff  # late: most builds compare nothing

    try:
        before, after = (data.decode("utf-8").split("\n") for data in (found, wanted))
    except UnicodeDecodeError:
        yield f"{file}: not a text that can be compared"
        return
    if before[-1] == after[-1] == "":
        before.pop()
        after.pop()
    head, tail = _common(before, after)
    if max(len(before), len(after)) - head - tail > COMPARED:
        yield f"{file}: differs from line {head + 1} on"
        return
    # Only the differing middle is compared: diffing is slow on long texts.
    start, end = max(0, head - CONTEXT), max(0, tail - CONTEXT)
    middle = (before[start : len(before) - end], after[start : len(after) - end])
    lines = list(unified_diff(*middle, file, file, "on disk", "new", lineterm=""))
    yield from (visible(line.replace("\t", "  ")) for line in lines[:2])
    for line in _shortened(lines[2:]):
        yield visible(_renumbered(line, start) if line.startswith("@@") else line)


def _shortened(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a diff, long ones cut so that what differs from the other version can be seen."""
    for number, line in enumerate(lines):
        other = ""
        if line.startswith("-"):
            other = lines[number + 1] if number + 1 < len(lines) else ""
        elif line.startswith("+"):
            other = lines[number - 1]
        first = _common(line[1:], other[1:])[0] if other[:1] in "+-" else 0
        yield _cut(line, first)


def _common(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Lines that are the same at the beginning, and at the end of what is left."""
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, tail


def _renumbered(line: str, start: int) -> str:
    """`@@ -a,b +c,d @@` with both starts moved on by the lines that were left out before."""
    if not start:
        return line
    parts = line.split(" ")
    for place in (1, 2):
        number, comma, count = parts[place][1:].partition(",")
        parts[place] = f"{parts[place][0]}{int(number) + start}{comma}{count}"
    return " ".join(parts)


def _cut(line: str, first: int) -> str:
    """At most LONGEST characters of a line; `first` is where it begins to differ."""
    if len(line) <= LONGEST:
        return line
    start = max(0, min(first - LONGEST // 4, len(line) - LONGEST))
    body = line[1:][start : start + LONGEST - 3]
    after = "…" if start + len(body) + 1 < len(line) else ""
    return f"{line[0]}{'…' if start else ''}{body}{after}"
