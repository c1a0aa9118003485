"""`protoc check`, and the reading of files that are no texts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from trialc.cli.files import LIMIT, Folder, decode
from trialc.diagnostics.catalog import inputs

Protoc = Callable[..., Result]
PATH = "protocol/tiny.proto.txt"


def edit(home: Path, text: str | bytes) -> None:
    (home / PATH).write_bytes(text.encode() if isinstance(text, str) else text)


def test_says_that_nothing_was_found(fake: Any, home: Path, protoc: Protoc) -> None:
    done = protoc("check")
    assert (done.exit_code, done.output) == (0, "1 protocol checked: no findings\n")
    assert sorted(path.name for path in home.iterdir()) == ["protocol"]


def test_errors_give_1_and_warnings_0(fake: Any, home: Path, protoc: Protoc) -> None:
    edit(home, "protocol tiny poor")
    done = protoc("check")
    assert done.exit_code == 0
    assert "warning[W9902]: `poor` is a poor word" in done.output
    edit(home, "protocol tiny poor bad")
    done = protoc("check")
    assert done.exit_code == 1
    assert "1 protocol checked: 1 error, 1 warning" in done.output


def test_json_sarif_and_github(fake: Any, home: Path, protoc: Protoc) -> None:
    edit(home, "protocol tiny\nbad")
    found = json.loads(protoc("check", "--format", "json").output)
    assert (found["errors"], found["diagnostics"][0]["file"]) == (1, PATH)
    log = json.loads(protoc("check", "--format", "sarif").output)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == PATH
    line = protoc("check", "--format", "github").output
    assert line == (
        f"::error file={PATH},line=2,col=1,endLine=2,endColumn=4,title=E9901 bad-word"
        "::`bad` is a bad word\n"
    )


def test_a_finding_in_a_library_names_its_file_once(fake: Any, home: Path, protoc: Protoc) -> None:
    (home / "protocol/lib/scores.proto.txt").write_text("bad")
    (home / "protocol/second.proto.txt").write_text("protocol second")
    done = protoc("check")
    assert done.output.count("--> protocol/lib/scores.proto.txt:1:1") == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "error[E0103]: this file is empty"),
        (b" \n\t\n", "error[E0103]"),
        (b"a\r\nb\xe9c", "error[E0102]: this file is not UTF-8: byte 0xE9 at offset 4, line 2"),
        (b"\xef\xbb\xbfa\xe9", "byte 0xE9 at offset 4, line 1"),
        ("language 1".encode("utf-16"), "save it as UTF-8; now it looks like UTF-16"),
        ("language 1".encode("utf-16-le"), "error[E0105]"),
        (b"a\nb\0c", "error[E0105]: this file is not plain text: NUL byte at offset 3, line 2"),
        (b"\xed\xa0\x80", "error[E0102]"),
        (b"x" * (LIMIT + 1), "error[E0104]: this file has more than 10 MB"),
    ],
)
def test_files_that_are_no_texts(
    fake: Any, home: Path, protoc: Protoc, content: bytes, expected: str
) -> None:
    edit(home, content)
    for command in ("check", "build"):
        done = protoc(command)
        assert done.exit_code == 2
        assert expected in done.output
        assert f"--> {PATH}" in done.output
    assert fake.compiled == 0
    assert not (home / "generated").exists()


def test_a_file_that_is_not_there_or_a_folder(fake: Any, home: Path, protoc: Protoc) -> None:
    done = protoc("check", "protocol/tine.proto.txt")
    assert done.exit_code == 2
    assert "error[E0101]: this file cannot be read: no such file or directory" in done.output
    (home / "empty").mkdir()
    done = protoc("check", "empty")
    assert done.exit_code == 2
    assert "there is no file `*.proto.txt` in `empty`" in done.output


def test_without_a_folder_of_protocols(
    fake: Any, tmp_path: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = protoc("check")
    assert done.exit_code == 2
    assert "there is no file `*.proto.txt` in `protocol`" in done.output


def test_line_ends_and_byte_order_mark_are_no_part_of_the_text() -> None:
    reading = decode(b"\xef\xbb\xbfa\r\nb\rc\n", "x")
    assert reading.text is not None
    assert reading.text.text == "a\nb\nc\n"
    assert not reading.as_written
    assert decode(b"a\n", "x").as_written


def test_a_library_that_cannot_be_read_says_why(fake: Any, home: Path, protoc: Protoc) -> None:
    (home / "protocol/lib/scores.proto.txt").write_bytes(b"\xff")
    done = protoc("check")
    assert done.exit_code == 1
    assert "--> protocol/lib/scores.proto.txt:1:1" in done.output


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "/etc/hostname", "lib/../../secret.txt", "./x", "", "a//b", "lib\\x", "c:x",
     "link.txt", "folder/secret.txt", "x\0y", "lib"],
)  # fmt: skip
def test_the_reader_never_leaves_the_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "protocol"
    (folder / "lib").mkdir(parents=True)
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "folder").symlink_to(tmp_path)
    assert Folder(str(folder))(path) is None


def test_the_reader_follows_links_that_stay_inside_and_remembers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").symlink_to("a.txt")
    folder = Folder(str(tmp_path))
    text = folder("b.txt")
    assert text is not None
    assert (text.name, text.text) == ("b.txt", "a")
    assert folder("none.txt") is None
    assert folder.asked == {"b.txt": text.sha256, "none.txt": None}
    assert not folder.faults


def test_a_pipe_in_the_folder_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    folder = Folder(str(tmp_path))
    assert folder("pipe") is None
    assert [item.kind for item in folder.faults] == [inputs.UNREADABLE]


def test_a_path_is_taken_once_and_a_folder_means_its_texts(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    assert protoc("check", PATH, f"./{PATH}", "protocol", str(home / PATH)).exit_code == 0
    assert fake.compiled == 1


def test_control_characters_in_names_and_texts_stay_off_the_terminal(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    (home / "protocol/\x1b[31m.proto.txt").write_text("protocol x\n\x1b[31m bad")
    assert "\x1b" not in protoc("check").output


def test_a_missing_visit_behind_another_anchor_is_an_error_of_names(
    home: Path, protoc: Protoc
) -> None:
    text = """\
language 1
protocol tiny { title: "Tiny" version: "1" }
visit V2 "Visit 2" anchor
visit M3 "Month 3" at M0 + 3 months
visit R2 "Second" anchor after M3
activity a "A" at V2, M3, R2 { note: "x" }
"""
    edit(home, text)
    done = protoc("check", PATH)
    assert done.exit_code == 1
    assert "error[E0302]: nothing is called `M0`" in done.output
    assert "E0001" not in done.output
