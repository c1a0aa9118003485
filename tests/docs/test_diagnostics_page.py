"""docs/diagnostics.md is made from the catalogue and the smallest examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from trialc.diagnostics import Kind
from trialc.diagnostics.catalog import every_kind

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "tests" / "diagnostics"

HEAD = """# Diagnostics

Every message of the compiler, by code. `protoc explain CODE` prints one of them. A code is never
used again for something else. E is an error: nothing is written. W is a warning, I says what is
good to know.

This page is made from the catalogue (compiler/trialc/diagnostics/catalog/) and the smallest
examples (tests/diagnostics/); `make bless` writes it anew.
"""


def page() -> str:
    return "\n".join((HEAD, *(line for kind in every_kind() for line in entry(kind))))


def entry(kind: Kind) -> Iterator[str]:
    first, *rest = kind.explanation.replace("{{", "{").replace("}}", "}").split("\n\n")
    yield f"## {kind.code} {kind.name}\n"
    yield f"{first}\n"
    for part in rest:
        yield f"```text\n{part}\n```\n"
    example = EXAMPLES / f"{kind.code}_{kind.name}.expected"
    if example.is_file():
        shown = example.read_text(encoding="utf-8").strip()
        yield f"What is said of the smallest example:\n\n```text\n{shown}\n```\n"


def test_the_page_is_what_the_catalogue_says(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "diagnostics.md", page())
