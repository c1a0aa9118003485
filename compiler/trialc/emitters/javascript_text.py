"""JavaScript text of data, and the runtime as part of a checker in JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from trialc.emitters.checker_text import WIDTH, wrapped

MODULES = (
    "truth",
    "values",
    "calendar",
    "decimals",
    "functions",
    "number_text",
    "nearest_name",
    "refusals",
    "inputs",
    "fields",
    "order",
    "records",
    "standing",
    "program",
    "evaluate",
    "fast",
    "explain",
    "screening",
    "schedule",
    "instants",
    "sets",
    "trial_log",
    "transitions",
    "dose_levels",
    "escalation",
    "gates",
    "command",
)
"""In the order of their dependence: none uses one after it when it is loaded."""

LARGEST_SAFE = 2**53 - 1
"""Of whole numbers that are numbers in JavaScript; larger ones are written as BigInt."""


def layout(value: object, indent: int = 0, room: int = WIDTH) -> str:
    """A literal of lists, maps and plain values, broken over lines where it is long.

    The first line is not indented; `room` is what is left of it.
    """
    flat = literal(value)
    if len(flat) <= room - indent or not isinstance(value, tuple | Mapping) or not value:
        return flat
    inner = indent + 2
    pad = " " * inner
    if isinstance(value, Mapping):
        items = cast("Mapping[Any, Any]", value).items()
        rows = [f"[{literal(key)}, {layout(item, inner, WIDTH - 20)}]" for key, item in items]
        opening, closing = "new Map([", "])"
    else:
        rows = [layout(item, inner) for item in cast("tuple[Any, ...]", value)]
        opening, closing = "[]"
    body = "".join(f"{pad}{row},\n" for row in rows)
    return f"{opening}\n{body}{' ' * indent}{closing}"


def literal(value: object) -> str:
    """A literal on one line: tuples as lists, mappings as maps, None as null."""
    if isinstance(value, tuple):
        return f"[{', '.join(literal(item) for item in cast('tuple[Any, ...]', value))}]"
    if isinstance(value, Mapping):
        pairs = cast("Mapping[Any, Any]", value).items()
        return f"new Map([{', '.join(f'[{literal(k)}, {literal(v)}]' for k, v in pairs)}])"
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value) if abs(value) <= LARGEST_SAFE else f"{value}n"
    if isinstance(value, float):
        return number(value)
    raise TypeError(f"{type(value).__name__} has no literal")


def number(value: float) -> str:
    """A number: the shortest text that reads back as it."""
    return repr(float(value)).removesuffix(".0")


def quoted(text: str) -> str:
    """A text in quotes, with no way out of them, nor out of a script inside a page."""
    inner = json.dumps(text, ensure_ascii=False)
    plain = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in inner)
    return plain.replace("</", "<\\/").replace("<!--", "\\u003c!--")


def statement(line: str, indent: int) -> list[str]:
    """A statement on one line, or, where it is long, over several."""
    own = len(line) - len(line.lstrip())
    pad = " " * (indent + own)
    line = line.lstrip()
    if len(pad) + len(line) <= WIDTH or line.startswith("//"):
        return [pad + line if line else ""]
    first, *more = wrapped(line, pad + "  ")
    return [pad + first.lstrip(), *more]


# ---- the runtime


@cache
def runtime_text() -> str:
    """All modules of the runtime as one text, without what makes them modules."""
    return "\n\n".join(_embedded(name) for name in MODULES) + "\n"


def _embedded(name: str) -> str:
    folder = files("trialc_runtime").joinpath("javascript")
    text = folder.joinpath(f"{name}.mjs").read_text(encoding="utf-8")
    text = re.sub(r"\A(//.*\n)+", "", text)
    text = re.sub(r"^import \{[^}]*\} from .*;\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^export (?=class|const|function)", "", text, flags=re.MULTILINE)
    return f"// ---- {name}\n\n{text.strip()}\n"
