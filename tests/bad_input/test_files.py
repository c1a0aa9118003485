"""Files that are no protocol texts: one finding with its code, whatever is asked of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Protoc, Run, edit, tree

PATH = "protocol/small.proto.txt"
MB = 1024 * 1024

COMMANDS = (
    ("check",), ("build",), ("build", "--check"), ("test",), ("graph",), ("decisions",), ("lock",),
    ("fmt",), ("fmt", "--check"),
)  # fmt: skip

FILES = {
    "empty": (b"", "E0103"),
    "blank": (b" \n\t\n\xc2\xa0\n", "E0103"),
    "mark-alone": (b"\xef\xbb\xbf", "E0103"),
    "latin-1": ("language 1\n# Höhe\n".encode("latin-1"), "E0102"),
    "utf-16": ("language 1\n".encode("utf-16"), "E0102"),
    "cut-in-a-character": ("language 1\n# ≥".encode()[:-1], "E0102"),
    "surrogate": (b"language 1\n# \xed\xa0\x80\n", "E0102"),
    "nul": (b"language 1\n\0", "E0105"),
    "nuls": (b"\0" * 1000, "E0105"),
    "large": (b"language 1\n" + b"#" * (50 * MB), "E0104"),
    "large-and-binary": (b"\xff\0" * (25 * MB), "E0104"),
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("large")])
def test_a_file_that_is_no_text(
    trial: Path, protoc: Protoc, name: str, command: tuple[str, ...]
) -> None:
    data, code = FILES[name]
    (trial / PATH).write_bytes(data)
    before = tree(trial)
    done = protoc(*command, PATH)
    assert done.exit_code == 2
    assert done.output.count("error[") == 1
    assert f"error[{code}]" in done.output
    assert f"--> {PATH}:" in done.output
    assert tree(trial) == before


@pytest.mark.parametrize("name", ["large", "large-and-binary"])
def test_a_file_of_50_mb_is_not_even_read(trial: Path, protoc: Protoc, name: str) -> None:
    data, code = FILES[name]
    (trial / PATH).write_bytes(data)
    for command in COMMANDS:
        done = protoc(*command, PATH)
        assert (done.exit_code, f"error[{code}]" in done.output) == (2, True)


@pytest.mark.parametrize("inner", ["lib/scores.proto.txt", "source/registered.txt", "protoc.lock"])
@pytest.mark.parametrize("name", list(FILES))
def test_a_file_beside_the_protocol_that_is_no_text(
    trial: Path, protoc: Protoc, name: str, inner: str
) -> None:
    data, code = FILES[name]
    (trial / "protocol" / inner).write_bytes(data)
    done = protoc("check", PATH)
    assert done.exit_code == 1
    assert f"error[{code}]" in done.output
    assert f"--> protocol/{inner}:" in done.output
    assert protoc("build", PATH).exit_code == 1
    assert not (trial / "generated").exists()


@pytest.mark.parametrize(
    "mangled",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r\n", 7),
    ],
    ids=["mark", "crlf", "cr", "mark and crlf", "both"],
)
def test_line_ends_and_a_byte_order_mark_change_no_output(
    trial: Path, protoc: Protoc, mangled: object
) -> None:
    assert callable(mangled)
    assert protoc("build").exit_code == 0
    before = tree(trial / "generated")
    for path in (PATH, "protocol/lib/scores.proto.txt", "protocol/source/registered.txt"):
        (trial / path).write_bytes(mangled((trial / path).read_bytes()))
    assert protoc("build", "-o", "again").exit_code == 0
    assert tree(trial / "again") == before


def test_places_are_those_of_the_text_that_an_editor_shows(trial: Path, protoc: Protoc) -> None:
    edit(trial, "require lab.hb", "require lab.hp")
    plain = protoc("check", PATH).output
    text = (trial / PATH).read_bytes()
    (trial / PATH).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert "error[E0302]" in plain
    assert protoc("check", PATH).output == plain


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("none.proto.txt", "no such file or directory"),
        ("none/x.proto.txt", "no such file or directory"),
        (f"{PATH}/x.proto.txt", "not a directory"),
        ("a" * 5000, "file name too long"),
        ("circle.proto.txt", "too many levels of symbolic links"),
        ("", "no such file or directory"),
        ("\x1b[31m\n.proto.txt", "no such file or directory"),
        ("\udcff.proto.txt", "no such file or directory"),
        ("folder/x.proto.txt", "is a directory"),
        ("-", "no such file or directory"),
    ],
)
def test_a_path_that_leads_nowhere(trial: Path, protoc: Protoc, path: str, reason: str) -> None:
    (trial / "circle.proto.txt").symlink_to("circle.proto.txt")
    (trial / "folder/x.proto.txt").mkdir(parents=True)
    given = "folder" if path.startswith("folder") else path
    for command in ("check", "build"):
        done = protoc(command, "--", given)
        assert done.exit_code == 2
        assert f"error[E0101]: this file cannot be read: {reason}" in done.output
        assert "\x1b" not in done.output


@pytest.mark.parametrize("command", [*COMMANDS, ("screen",)], ids=" ".join)
def test_a_folder_where_a_protocol_is_needed(
    trial: Path, protoc: Protoc, command: tuple[str, ...]
) -> None:
    (trial / "empty").mkdir()
    done = protoc(*command, "empty", *(["x.json"] if command == ("screen",) else []))
    assert done.exit_code == 2
    told = "error[E0101]: this file cannot be read: is a directory" in done.output
    assert told or "there is no file `*.proto.txt` in `empty`" in done.output


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs devices")
@pytest.mark.parametrize(
    ("device", "code"), [("/dev/null", "E0103"), ("/dev/zero", "E0104"), ("/dev/stdin", "E0103")]
)
def test_a_device(run: Run, device: str, code: str) -> None:
    done = run("check", device)
    assert (done.status, f"error[{code}]" in done.stdout) == (2, True)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_text_out_of_a_pipe(trial: Path, environment: dict[str, str]) -> None:
    line = f"echo language 2 | '{sys.executable}' -m trialc check /dev/stdin"
    done = subprocess.run(
        ["sh", "-c", line], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "error[E0211]" in done.stdout) == (1, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_beside_the_protocol_is_not_waited_for(trial: Path, run: Run) -> None:
    for inner in ("lib/scores.proto.txt", "source/registered.txt", "protoc.lock"):
        file = trial / "protocol" / inner
        kept = file.read_bytes() if file.exists() else None
        file.unlink(missing_ok=True)
        os.mkfifo(file)
        done = run("check", PATH)
        assert done.status == 1
        assert "error[E0101]: this file cannot be read: not a regular file" in done.stdout
        file.unlink()
        if kept:
            file.write_bytes(kept)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_file_that_must_not_be_read(trial: Path, protoc: Protoc) -> None:
    (trial / PATH).chmod(0)
    done = protoc("check", PATH)
    assert (done.exit_code, "permission denied" in done.output) == (2, True)
    (trial / PATH).chmod(0o600)
    (trial / "protocol/lib").chmod(0)
    done = protoc("check", PATH)
    assert (done.exit_code, "error[E0101]" in done.output) == (1, True)
    (trial / "protocol/lib").chmod(0o700)


def test_200_files_each_with_its_own_finding(trial: Path, protoc: Protoc) -> None:
    paths = [f"protocol/p{number}.proto.txt" for number in range(200)]
    for number, path in enumerate(paths):
        (trial / path).write_text(f"language 1\nrole r{number}\n", encoding="utf-8")
    done = protoc("check", *paths, *paths)
    assert done.exit_code == 1
    assert "200 protocols checked: 200 errors" not in done.output
    assert all(f"--> {path}:" in done.output for path in paths)
    done = protoc("build", "protocol")
    assert done.exit_code == 1
    assert done.stderr.count("nothing was written") == 200
    assert (trial / "generated/small/protocol.json").is_file()


def test_a_file_that_vanishes_after_it_was_listed(
    trial: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trialc.cli import protocols

    def listing(folder: str) -> list[str]:
        return [*os.listdir(folder), "gone.proto.txt"]

    monkeypatch.setattr(protocols, "os", _with(os, listdir=listing))
    done = protoc("build", "protocol")
    assert done.exit_code == 2
    assert "error[E0101]: this file cannot be read: no such file or directory" in done.stderr
    assert "--> protocol/gone.proto.txt" in done.stderr
    assert (trial / "generated/small/protocol.json").is_file()


def _with(module: object, **changes: object) -> object:
    from types import SimpleNamespace

    return SimpleNamespace(**{**vars(module), **changes})


def test_a_text_of_remarks_alone_is_said_to_be_none(trial: Path, protoc: Protoc) -> None:
    (trial / PATH).write_text("# to be written\n", encoding="utf-8")
    done = protoc("check", PATH)
    assert done.exit_code != 0
    assert "error[" in done.output
