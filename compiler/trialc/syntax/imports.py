"""Gather the libraries that a protocol uses, and those that they use, each text once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import names as kinds
from trialc.source import SourceText, Span
from trialc.source.places import LIBRARIES, LOCK
from trialc.syntax import tree
from trialc.syntax.from_text import parse

Reader = Callable[[str], SourceText | None]
"""A path relative to the protocol's folder, with forward slashes, to its text; None if absent."""

Locked = dict[str, tuple[str, str]]
"""Library -> (version, sha256)."""


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
    gatherer.visit(main, "", (), {})
    return tuple(gatherer.libraries), tuple(gatherer.found)


MOST_USES = 100
"""Uses of libraries in all: a library that uses two, which use two each, and so on, has no end."""


def alias(use: tree.Declaration) -> str:
    """The prefix of the names of a library that is used: "ckd."."""
    assert use.name is not None
    assert isinstance(use.head, tree.UseHead)
    word = use.head.alias.text if use.head.alias else use.name.text.rpartition(".")[2]
    return f"{word}."


class _Gatherer:
    def __init__(self, read: Reader) -> None:
        self.read = read
        self.libraries: list[Library] = []
        self.found: list[Diagnostic] = []
        self.parsed: dict[str, tree.Tree] = {}
        self.lock = self.locked()
        self.uses = 0

    def locked(self) -> Locked | None:
        """What the lock has; None, once reported, where it is damaged."""
        try:
            return read_lock(self.read)
        except DamagedLockError as damaged:
            advice = "bring it back, or run `protoc lock --reviewed PROTOCOL` after a review"
            where = Span(LOCK, 0, 0)
            self.found.append(kinds.DAMAGED_LOCK.at(where, reason=str(damaged), help=advice))
            return None

    def visit(
        self, text: tree.Tree, prefix: str, path: tuple[str, ...], bindings: Mapping[str, str]
    ) -> None:
        """The uses of one text. `bindings`: its own elements that others stand for."""
        seen: dict[str, tree.Declaration] = {}
        for declaration in text.declarations:
            if declaration.keyword != "use" or self.uses > MOST_USES:
                continue
            first = seen.setdefault(alias(declaration), declaration)
            if first is not declaration:
                related = [Related(first.where, "first used here")]
                place = self.place(declaration)
                name = alias(declaration).rstrip(".")
                self.found.append(kinds.DUPLICATE_ID.at(place, name=name, related=related))
            else:
                self.use(declaration, prefix, path, bindings)

    def place(self, use: tree.Declaration) -> Span:
        assert isinstance(use.head, tree.UseHead)
        assert use.name is not None
        return use.head.alias.where if use.head.alias else use.name.where

    def use(
        self,
        declaration: tree.Declaration,
        prefix: str,
        path: tuple[str, ...],
        bindings: Mapping[str, str],
    ) -> None:
        name, head = declaration.name, declaration.head
        assert name is not None
        assert isinstance(head, tree.UseHead)
        self.uses += 1
        if self.uses > MOST_USES:
            self.found.append(kinds.TOO_MANY_LIBRARIES.at(name.where, limit=MOST_USES))
            return
        folder, _, word = name.text.rpartition(".")
        if folder != LIBRARIES:
            advice = f"write `use {LIBRARIES}.{word}`"
            self.found.append(kinds.LIBRARY_OUTSIDE.at(name.where, name=name.text, help=advice))
            return
        if word in path:
            circle = " -> ".join((*path[path.index(word) :], word))
            self.found.append(kinds.LIBRARY_CYCLE.at(name.where, path=circle))
            return
        library = self.load(word, name)
        if library is None or not self.check(library, word, declaration, head):
            return
        inner = prefix + alias(declaration)
        bound = self.bound(head, prefix, bindings)
        theirs = {element: ours for element, (ours, _) in bound.items()}
        self.visit(library, inner, (*path, word), theirs)
        self.libraries.append(Library(declaration, library, inner, bound))

    def bound(
        self, head: tree.UseHead, prefix: str, bindings: Mapping[str, str]
    ) -> dict[str, tuple[str, tree.Name]]:
        """What stands for a library's elements, each once."""
        found: dict[str, tuple[str, tree.Name]] = {}
        for theirs, ours in head.bindings:
            if theirs.text in found:
                self.found.append(kinds.DUPLICATE_PROPERTY.at(theirs.where, name=theirs.text))
            full = bindings.get(ours.text, prefix + ours.text)
            found.setdefault(theirs.text, (full, ours))
        return found

    def load(self, word: str, name: tree.Name) -> tree.Tree | None:
        file = f"{LIBRARIES}/{word}.proto.txt"
        if file not in self.parsed:
            source = self.read(file)
            if source is None:
                advice = "check its spelling; `protoc library` lists those that come with trialc"
                self.found.append(
                    kinds.LIBRARY_NOT_FOUND.at(name.where, name=name.text, file=file, help=advice)
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
        if version is None:
            advice, file = "this file has no `library` declaration", library.source.name
            self.found.append(
                kinds.LIBRARY_NOT_FOUND.at(name.where, name=name.text, file=file, help=advice)
            )
            return False
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
        if self.lock is None:
            return True
        locked = self.lock.get(word)
        if locked is None:
            self.found.append(
                kinds.NOT_LOCKED.at(name.where, name=name.text, help="run `protoc lock PROTOCOL`")
            )
        elif locked != (version, library.source.sha256):
            self.found.append(
                kinds.LOCK_MISMATCH.at(
                    name.where, name=name.text, version=version, help=_relock(locked, version)
                )
            )
        return True


def _relock(locked: tuple[str, str], version: str) -> str:
    """The way out of a lock that does not fit."""
    if locked[0] != version:
        return "run `protoc lock PROTOCOL`"
    return (
        "give it a new version; or, if its change was reviewed,\n"
        "run `protoc lock --reviewed PROTOCOL`"
    )


def _version(library: tree.Tree) -> str | None:
    """The version that a library says it has; None for a text that is no library."""
    for declaration in library.declarations:
        head = declaration.head
        if declaration.keyword == "library" and isinstance(head, tree.WordHead):
            return head.word.value if isinstance(head.word, tree.Text) else head.word.text
    return None


class DamagedLockError(ValueError):
    """The lock is there, and is not what `protoc lock` writes. Says why."""


def read_lock(read: Reader) -> Locked:
    """What protoc.lock has; nothing where it is absent. Raises DamagedLockError."""
    text = read(LOCK)
    if text is None:
        return {}
    try:
        content: object = json.loads(text.text)
    except (ValueError, RecursionError) as error:
        raise DamagedLockError("it is no JSON") from error
    try:
        libraries = cast("Any", content)["libraries"]
        return {
            str(name): (str(entry["version"]), str(entry["sha256"]))
            for name, entry in libraries.items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise DamagedLockError("it does not say the version and sha256 of libraries") from error
