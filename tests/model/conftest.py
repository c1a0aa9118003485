"""What the tests of the resolver share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from trialc.diagnostics import Diagnostic, in_order
from trialc.model.from_syntax import resolve
from trialc.model.protocol import Protocol
from trialc.source import SourceText
from trialc.syntax.from_text import parse
from trialc.syntax.imports import gather

ROOT = Path(__file__).parents[2]
HEAD = 'language 1\nprotocol small { title: "Small" version: "1" }\n'


class Resolved(NamedTuple):
    """What became of a text: without the remark that its libraries are not locked."""

    source: SourceText
    found: tuple[Diagnostic, ...]
    made: Protocol | None

    @property
    def codes(self) -> list[str]:
        return [fault.kind.code for fault in self.found]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Code, and the words that it points at."""
        return [(fault.kind.code, self.source[fault.where]) for fault in self.found]

    @property
    def protocol(self) -> Protocol:
        """Of a text without errors."""
        assert self.made is not None
        assert self.codes == []
        return self.made


def resolved(text: str, **libraries: str) -> Resolved:
    """A whole text with its libraries, by the name of their file."""
    texts = {f"lib/{name}.proto.txt": content for name, content in libraries.items()}

    def read(path: str) -> SourceText | None:
        return SourceText(path, texts[path]) if path in texts else None

    source = SourceText("t", text)
    main, faults = parse(source)
    used, more = gather(main, read)
    made, rest = resolve(main, used)
    found = in_order(f for f in (*faults, *more, *rest) if f.kind.code != "W0322")
    return Resolved(source, found, made)


@pytest.fixture(scope="session")
def whole() -> Callable[..., Resolved]:
    """Resolves a whole text."""
    return resolved


@pytest.fixture(scope="session")
def small() -> Callable[..., Resolved]:
    """Resolves declarations behind those that every protocol needs."""

    def behind(text: str, **libraries: str) -> Resolved:
        return resolved(HEAD + text, **libraries)

    return behind


@pytest.fixture(scope="session")
def care_ssc() -> Resolved:
    """The protocol that the repository is about."""
    folder = ROOT / "protocol"
    libraries = {
        file.name.removesuffix(".proto.txt"): file.read_text(encoding="utf-8")
        for file in (folder / "lib").glob("*.proto.txt")
    }
    return resolved((folder / "care_ssc.proto.txt").read_text(encoding="utf-8"), **libraries)
