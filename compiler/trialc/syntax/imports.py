"""Gather the libraries that a protocol uses, and those that they use, each text once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import names as kinds
from trialc.source import SourceText
from trialc.syntax import tree
from trialc.syntax.from_text import parse

Reader = Callable[[str], SourceText | None]
"""A path relative to the protocol's folder, with forward slashes, to its text; None if absent."""

LOCK = "protoc.lock"


@dataclass(frozen=True)
class Library:
    """A use of a library: its text, the prefix of its names, what stands for its elements."""

    use: tree.Declaration
    tree: tree.Tree
    prefix: str
    bindings: Mapping[str, tuple[str, tree.Name]] = field(default_factory=dict[str, Any])
    """Library element -> (full id of the element that stands for it, where that was written)."""


def gather(main: tree.Tree, read: Reader) -> tuple[tuple[Library, ...], tuple[Diagnostic, ...]]:
    """The libraries, those that others need first; missing, cyclic or wrong ones are reported."""
    gatherer = _Gatherer(read)
    gatherer.visit(main, "", ())
    return tuple(gatherer.libraries), tuple(gatherer.found)


class _Gatherer:
    def __init__(self, read: Reader) -> None:
        self.read = read
        self.libraries: list[Library] = []
        self.found: list[Diagnostic] = []
        self.parsed: dict[str, tree.Tree] = {}
        self.lock = _read_lock(read)

    def visit(self, text: tree.Tree, prefix: str, path: tuple[str, ...]) -> None:
        for declaration in text.declarations:
            if declaration.keyword == "use":
                self.use(declaration, prefix, path)

    def use(self, declaration: tree.Declaration, prefix: str, path: tuple[str, ...]) -> None:
        name, head = declaration.name, declaration.head
        assert name is not None
        assert isinstance(head, tree.UseHead)
        folder, _, word = name.text.rpartition(".")
        if folder != "lib":
            self.found.append(
                kinds.LIBRARY_OUTSIDE.at(name.where, name=name.text, help=f"write `use lib.{word}`")
            )
            return
        if word in path:
            circle = " -> ".join((*path[path.index(word) :], word))
            self.found.append(kinds.LIBRARY_CYCLE.at(name.where, path=circle))
            return
        library = self.load(word, name)
        if library is None or not self.check(library, word, declaration, head):
            return
        inner = f"{prefix}{head.alias.text if head.alias else word}."
        self.visit(library, inner, (*path, word))
        bindings = {theirs.text: (prefix + ours.text, ours) for theirs, ours in head.bindings}
        self.libraries.append(Library(declaration, library, inner, bindings))

    def load(self, word: str, name: tree.Name) -> tree.Tree | None:
        file = f"lib/{word}.proto.txt"
        if file not in self.parsed:
            source = self.read(file)
            if source is None:
                self.found.append(
                    kinds.LIBRARY_NOT_FOUND.at(
                        name.where, name=name.text, file=file, help="check its spelling"
                    )
                )
                return None
            self.parsed[file], found = parse(source)
            self.found.extend(found)
        return self.parsed[file]

    def check(
        self, library: tree.Tree, word: str, use: tree.Declaration, head: tree.UseHead
    ) -> bool:
        """Does the text declare itself as the library and version that is asked for, unchanged?"""
        version = _version(library)
        name = use.name
        assert name is not None
        if version != head.version.value:
            self.found.append(
                kinds.LIBRARY_VERSION.at(
                    head.version.where,
                    name=name.text,
                    found=version,
                    wanted=head.version.value,
                    help=f'review it and write `version "{version}"`',
                )
            )
            return False
        locked = self.lock.get(word)
        if locked is None:
            self.found.append(
                kinds.NOT_LOCKED.at(name.where, name=name.text, help="run `protoc lock`")
            )
        elif locked != (version, library.source.sha256):
            self.found.append(
                kinds.LOCK_MISMATCH.at(
                    name.where, name=name.text, version=version, help="run `protoc lock`"
                )
            )
        return True


def _version(library: tree.Tree) -> str:
    """The version that a library says it has."""
    for declaration in library.declarations:
        head = declaration.head
        if declaration.keyword == "library" and isinstance(head, tree.WordHead):
            return head.word.value if isinstance(head.word, tree.Text) else head.word.text
    return "no version"


def _read_lock(read: Reader) -> dict[str, tuple[str, str]]:
    """Library -> (version, sha256) as protoc.lock has it; nothing where it is absent or damaged."""
    text = read(LOCK)
    if text is None:
        return {}
    try:
        libraries = cast("dict[str, dict[str, str]]", json.loads(text.text)["libraries"])
        return {name: (entry["version"], entry["sha256"]) for name, entry in libraries.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
