"""Libraries: found, at the exact version, unchanged, without circles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from trialc.diagnostics import Diagnostic
from trialc.source import SourceText
from trialc.source.places import LOCK
from trialc.syntax.from_text import parse
from trialc.syntax.imports import MOST_USES, Library, gather


def library(name: str, *more: str, version: str = "1") -> str:
    return "\n".join((f'language 1\nlibrary {name} version "{version}" {{ }}', *more, ""))


class Gathered(NamedTuple):
    libraries: tuple[Library, ...]
    found: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        return [fault.kind.code for fault in self.found if fault.kind.code != "W0322"]


def using(*uses: str, texts: Mapping[str, str] | None = None) -> Gathered:
    """What a protocol with these uses gathers from a folder of texts."""
    read = {path: SourceText(path, text) for path, text in (texts or {}).items()}
    main, found = parse(SourceText("t", "\n".join(("language 1", *uses, ""))))
    assert found == ()
    return Gathered(*gather(main, read.get))


A = {"lib/a.proto.txt": library("a")}


def test_a_library_is_read_from_its_folder() -> None:
    made = using('use lib.a version "1" as first', texts=A)
    assert made.codes == []
    assert [(one.prefix, one.tree.source.name) for one in made.libraries] == [
        ("first.", "lib/a.proto.txt")
    ]


def test_without_an_alias_the_names_begin_with_its_own() -> None:
    assert [one.prefix for one in using('use lib.a version "1"', texts=A).libraries] == ["a."]


def test_libraries_of_libraries_come_before_those_that_use_them() -> None:
    texts = {"lib/a.proto.txt": library("a", 'use lib.b version "1" as b'), **_named("b")}
    made = using('use lib.a version "1" as x', texts=texts)
    assert [one.prefix for one in made.libraries] == ["x.b.", "x."]


def _named(*names: str) -> dict[str, str]:
    return {f"lib/{name}.proto.txt": library(name) for name in names}


@pytest.mark.parametrize(
    ("use", "code", "message"),
    [
        ('use lib.b version "1" as b', "E0310", "it would be the file `lib/b.proto.txt`"),
        ('use a version "1" as a', "E0311", "outside of the folder"),
        ('use lib.deep.a version "1" as a', "E0311", "outside of the folder"),
        ('use other.a version "1" as a', "E0311", "outside of the folder"),
        ('use lib.a version "2" as a', "E0313", "`lib.a` is at version 1"),
    ],
)
def test_a_use_that_finds_nothing(use: str, code: str, message: str) -> None:
    made = using(use, texts=A)
    assert made.codes == [code]
    assert message in made.found[-1].message
    assert made.libraries == ()


def test_no_path_leads_out_of_the_folder() -> None:
    """Names have neither slashes nor empty parts, so the reader is never asked for another path."""
    asked: list[str] = []
    for name in ("lib.a", "lib.a.b", "lib", "lib._", "lib.a_b"):
        main, _ = parse(SourceText("t", f'language 1\nuse {name} version "1" as x\n'))
        gather(main, lambda path: asked.append(path))
    assert set(asked) <= {LOCK, "lib/a.proto.txt", "lib/_.proto.txt", "lib/a_b.proto.txt"}
    for name in ("lib..a", "lib/a", "../a", 'lib."a"'):
        _, found = parse(SourceText("t", f'language 1\nuse {name} version "1" as x\n'))
        assert found


def test_circles_are_reported_with_their_path() -> None:
    texts = {
        "lib/a.proto.txt": library("a", 'use lib.b version "1" as b'),
        "lib/b.proto.txt": library("b", 'use lib.a version "1" as a'),
        "lib/c.proto.txt": library("c", 'use lib.c version "1" as c'),
    }
    made = using('use lib.a version "1" as x', 'use lib.c version "1" as y', texts=texts)
    assert [fault.message for fault in made.found if fault.kind.code == "E0312"] == [
        "libraries use one another in a circle: a -> b -> a",
        "libraries use one another in a circle: c -> c",
    ]


def test_uses_without_end_are_stopped() -> None:
    texts = {
        f"lib/l{i}.proto.txt": library(
            f"l{i}",
            f'use lib.l{i + 1} version "1" as left',
            f'use lib.l{i + 1} version "1" as right',
        )
        for i in range(40)
    }
    made = using('use lib.l0 version "1" as l', texts=texts | _named("l40"))
    assert "E0324" in made.codes
    assert len(made.libraries) <= MOST_USES


def test_one_alias_is_one_library() -> None:
    made = using('use lib.a version "1" as x', 'use lib.b version "1" as x', texts=A | _named("b"))
    assert made.codes == ["E0301"]
    assert [one.prefix for one in made.libraries] == ["x."]


def test_mistakes_in_a_library_are_reported_at_their_place() -> None:
    texts = {"lib/a.proto.txt": library("a", 'data x "X" : number')}
    made = using('use lib.a version "1" as x', 'use lib.a version "1" as y', texts=texts)
    assert made.codes == ["E0207"]
    assert made.found[0].where.file == "lib/a.proto.txt"
    assert len(made.libraries) == 2


def test_a_text_that_is_no_library_is_said_to_be_none() -> None:
    made = using('use lib.a version "1" as a', texts={"lib/a.proto.txt": "language 1\n"})
    assert made.codes == ["E0310"]
    assert made.found[0].help == "this file has no `library` declaration"


def test_what_stands_for_an_element_is_stated_once() -> None:
    made = using('use lib.a version "1" as a with x = one, x = two', texts=A)
    assert made.codes == ["E0305"]
    assert made.libraries[0].bindings["x"][0] == "one"


def test_an_element_can_be_handed_on_to_a_library_of_a_library() -> None:
    texts = {
        "lib/a.proto.txt": library(
            "a", 'data mine "Mine" : date', 'use lib.b version "1" as b with theirs = mine'
        ),
        **_named("b"),
    }
    made = using('use lib.a version "1" as a with mine = ours', texts=texts)
    inner, outer = made.libraries
    assert outer.bindings["mine"][0] == "ours"
    assert inner.bindings["theirs"][0] == "ours"
    alone = using('use lib.a version "1" as a', texts=texts)
    assert alone.libraries[0].bindings["theirs"][0] == "a.mine"


# ---- the lock


def _locked(text: str, version: str = "1") -> dict[str, str]:
    entry = {"version": version, "sha256": SourceText("a", text).sha256}
    return {LOCK: json.dumps({"libraries": {"a": entry}})}


def test_a_library_that_is_locked_must_be_the_text_that_was_reviewed() -> None:
    use = 'use lib.a version "1" as a'
    for lock, code in [
        ({}, "W0322"),
        (_locked(library("a")), ""),
        (_locked(library("a") + "# changed\n"), "E0314"),
        (_locked(library("a"), "0.9"), "E0314"),
    ]:
        made = using(use, texts=A | lock)
        assert [fault.kind.code for fault in made.found] == [code] * bool(code)
        assert len(made.libraries) == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"libraries": 3}', '{"libraries": {"a": 1}}', "[" * 100_000],
)
def test_a_damaged_lock_is_told(text: str) -> None:
    made = using('use lib.a version "1" as a', texts=A | {LOCK: text})
    assert [fault.kind.code for fault in made.found] == ["E0350"]
