"""Python text of data: literals laid out to be read, and comments that nothing can break out of."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any, cast

WIDTH = 96


def layout(value: object, indent: int = 0, room: int = WIDTH) -> str:
    """A literal of nested tuples, mappings and plain values, broken over lines where it is long.

    The first line is not indented; `room` is what is left of it.
    """
    flat = literal(value)
    if len(flat) <= room - indent or not isinstance(value, tuple | Mapping) or not value:
        return flat
    inner = indent + 4
    if isinstance(value, Mapping):
        items = cast("Mapping[Any, Any]", value).items()
        rows = [
            f"{key!r}: {layout(item, inner, WIDTH - len(repr(key)) - 2)}" for key, item in items
        ]
        opening, closing = "{}"
    else:
        rows = [layout(item, inner) for item in cast("tuple[Any, ...]", value)]
        opening, closing = "()"
    pad = " " * inner
    body = "".join(f"{pad}{row},\n" for row in rows)
    return f"{opening}\n{body}{' ' * indent}{closing}"


def literal(value: object) -> str:
    """A literal on one line. Texts are written by `repr`, which leaves no way out of the quotes."""
    if isinstance(value, tuple):
        items = [literal(item) for item in cast("tuple[Any, ...]", value)]
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
    if isinstance(value, Mapping):
        pairs = cast("Mapping[Any, Any]", value).items()
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in pairs) + "}"
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    raise TypeError(f"{type(value).__name__} has no literal")


def one_line(text: str) -> str:
    """Free text on one line: blanks made single, what does not print spelled out."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in " ".join(text.split()))


def comment(text: str, indent: int = 0) -> list[str]:
    """Free text as comment lines."""
    pad = " " * indent + "# "
    return [
        pad + line
        for line in textwrap.wrap(
            one_line(text), WIDTH - len(pad), break_long_words=False, break_on_hyphens=False
        )
    ]


_PIECE = re.compile(r"""(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^\s'"])+""")
"""What may not be broken over lines: texts in quotes, and everything without a blank."""


def statement(line: str, indent: int) -> list[str]:
    """A statement on one line, or, where it is long, its expression in brackets over several."""
    own = len(line) - len(line.lstrip())
    pad = " " * (indent + own)
    line = line.lstrip()
    if len(pad) + len(line) <= WIDTH or line.startswith("#"):
        return [pad + line if line else ""]
    for head, tail in _OPENINGS:
        if match := re.match(head, line):
            inner = line[match.end() :].removesuffix(tail)
            rows = wrapped(inner, pad + "    ")
            return [f"{pad}{match[0]}(", *rows, f"{pad}){tail}"]
    return [pad + line]


_OPENINGS = ((r"\w+ = ", ""), (r"if not ", ":"), (r"if ", ":"))


def wrapped(expression: str, pad: str) -> list[str]:
    """An expression over as many lines as it needs, each behind `pad`; texts stay whole."""
    rows: list[str] = []
    row = ""
    for piece in _PIECE.findall(expression):
        if row and len(pad) + len(row) + 1 + len(piece) > WIDTH:
            rows.append(pad + row)
            row = piece
        else:
            row = f"{row} {piece}" if row else piece
    return [*rows, pad + row]
