"""`protoc lock`: what libraries protocols were reviewed with, and that it is never lost unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Protoc = Callable[..., Result]
PATH = "protocol/tiny.proto.txt"


def test_lock_records_the_libraries(fake: Any, home: Path, protoc: Protoc) -> None:
    done = protoc("lock", PATH)
    assert (done.exit_code, done.stderr) == (0, "wrote protocol/protoc.lock\n")
    text = (home / "protocol/protoc.lock").read_text()
    found = json.loads(text)
    assert found["lock"] == 1
    assert found["libraries"]["scores"]["version"] == "1.0.0"
    assert len(found["libraries"]["scores"]["sha256"]) == 64
    assert text == json.dumps(found, indent=2, sort_keys=True) + "\n"


def test_a_lock_is_shared_and_never_changed_unseen(home: Path, protoc: Protoc) -> None:
    folder = home / "locked"
    (folder / "lib").mkdir(parents=True)
    for name in ("one", "two"):
        library = f'language 1\nlibrary {name} version "1" {{}}\ndata {name} "N" : boolean\n'
        (folder / f"lib/{name}.proto.txt").write_text(library)
        protocol = f'protocol {name} {{ title: "T" version: "1" }}\nuse lib.{name} version "1"\n'
        (folder / f"{name}.proto.txt").write_text(f"language 1\n{protocol}")
    (folder / "none.proto.txt").write_text('language 1\nprotocol n { title: "T" version: "1" }\n')
    lock = folder / "protoc.lock"
    assert protoc("lock", "locked/none.proto.txt").exit_code == 0
    assert not lock.exists()
    assert protoc("lock", "locked/one.proto.txt").exit_code == 0
    assert protoc("lock", "locked/two.proto.txt").exit_code == 0
    assert set(json.loads(lock.read_text())["libraries"]) == {"one", "two"}
    assert protoc("lock", "locked/none.proto.txt").exit_code == 0
    before = lock.read_text()
    assert set(json.loads(before)["libraries"]) == {"one", "two"}
    with open(folder / "lib/one.proto.txt", "a") as library_file:
        library_file.write('data more "M" : boolean\n')
    assert "E0314" in protoc("check", "locked").stdout
    refused = protoc("lock", "locked")
    assert refused.exit_code == 1
    assert "lib/one.proto.txt, still version 1, is not what was locked" in refused.stderr
    assert lock.read_text() == before
    assert protoc("lock", "locked", "--reviewed").exit_code == 0
    assert "E0314" not in protoc("check", "locked").stdout


@pytest.mark.parametrize("damage", ["<<<<<<<", "[]", '{"libraries": {"one": 1}}'])
def test_a_damaged_lock_is_told_and_kept(home: Path, protoc: Protoc, damage: str) -> None:
    folder = home / "locked"
    (folder / "lib").mkdir(parents=True)
    (folder / "lib/one.proto.txt").write_text('language 1\nlibrary one version "1" {}\n')
    protocol = 'language 1\nprotocol p { title: "T" version: "1" }\nuse lib.one version "1"\n'
    (folder / "p.proto.txt").write_text(protocol)
    lock = folder / "protoc.lock"
    lock.write_text(damage)
    assert "E0350" in protoc("check", "locked").stdout
    damaged = protoc("lock", "locked")
    assert damaged.exit_code == 1
    assert "locked/protoc.lock cannot be read" in damaged.stderr
    assert lock.read_text() == damage
    assert protoc("lock", "locked", "--reviewed").exit_code == 0
    assert "E0350" not in protoc("check", "locked").stdout


def test_a_folder_without_libraries_uses_those_of_the_folder_above(
    home: Path, protoc: Protoc
) -> None:
    (home / "trials/lib").mkdir(parents=True)
    (home / "trials/examples").mkdir()
    library = 'language 1\nlibrary one version "1" {}\ndata one "N" : boolean\n'
    (home / "trials/lib/one.proto.txt").write_text(library)
    protocol = 'language 1\nprotocol p { title: "T" version: "1" }\nuse lib.one version "1"\n'
    (home / "trials/examples/p.proto.txt").write_text(protocol)
    assert protoc("lock", "trials/examples/p.proto.txt").stderr == "wrote trials/protoc.lock\n"
    assert protoc("check", "trials/examples/p.proto.txt").exit_code == 0
    (home / "trials/lib/one.proto.txt").write_text(f"{library}data more ?\n")
    shown = protoc("check", "trials/examples/p.proto.txt").stdout
    assert "--> trials/lib/one.proto.txt:4:" in shown
    assert "E0314" in shown
