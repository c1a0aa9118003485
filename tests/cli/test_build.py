"""`protoc build`: what is written, when nothing is, and that a failure changes nothing."""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

from trialc.cli import cache, output

Protoc = Callable[..., Result]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(home: Path, text: str) -> None:
    (home / "protocol" / "tiny.proto.txt").write_text(text, encoding="utf-8")


def test_writes_all_files_and_says_what_is_open(fake: Any, home: Path, protoc: Protoc) -> None:
    edit(home, "protocol tiny poor undecided")
    fake.evidence["coverage"] = SimpleNamespace(share=0.973)
    done = protoc("build")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "tiny: wrote 2 of 2 files to generated/tiny",
        "  1 warning: `protoc check protocol/tiny.proto.txt` shows them",
        "  1 open decision, 97.3% of the registered text quoted",
    ]
    assert list(tree(home / "generated")) == ["tiny/documents/page.md", "tiny/protocol.json"]


def test_unchanged_inputs_rebuild_nothing_and_say_the_same(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    edit(home, "protocol tiny poor undecided")
    first = protoc("build", "--format", "json")
    again = protoc("build", "--format", "json")
    assert (fake.compiled, fake.emitted) == (1, 1)
    (before,) = json.loads(first.output)["protocols"]
    (after,) = json.loads(again.output)["protocols"]
    assert (before.pop("status"), after.pop("status")) == ("written", "up to date")
    assert len(before.pop("written")) == 2
    assert after.pop("written") == []
    assert before == after
    assert "tiny: up to date (2 files in generated/tiny)" in protoc("build").output


@pytest.mark.parametrize(
    "change",
    [
        lambda home: edit(home, "protocol tiny changed"),
        lambda home: (home / "protocol/lib/scores.proto.txt").write_text("other\n"),
        lambda home: (home / "protocol/lib/scores.proto.txt").unlink(),
        lambda home: (home / "protocol/protoc.lock").write_text("{}\n"),
        lambda home: (home / "generated/tiny/protocol.json").write_text("by hand\n"),
        lambda home: (home / "generated/tiny/protocol.json").unlink(),
    ],
    ids=["protocol", "library", "library gone", "lock appears", "edited output", "deleted output"],
)
def test_any_change_builds_again(
    fake: Any, home: Path, protoc: Protoc, change: Callable[[Path], object]
) -> None:
    protoc("build")
    change(home)
    assert protoc("build").exit_code == 0
    assert fake.compiled == 2
    assert b"by hand" not in (home / "generated/tiny/protocol.json").read_bytes()


def test_another_compiler_builds_again(
    fake: Any, home: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    protoc("build")
    monkeypatch.setattr(cache, "compiler_hash", lambda: "other")
    protoc("build")
    assert fake.compiled == 2


@pytest.mark.parametrize("content", ["", "[]", "{}", "{", '{"format": 1}', "[" * 100_000])
def test_a_damaged_cache_entry_is_ignored(
    fake: Any, home: Path, protoc: Protoc, content: str, tmp_path: Path
) -> None:
    protoc("build")
    for entry in (tmp_path / "cache").rglob("*.json"):
        entry.write_text(content)
    assert protoc("build").exit_code == 0
    assert fake.compiled == 2


def test_the_cache_is_for_the_user_alone_and_one_that_is_not_is_left(
    fake: Any, home: Path, protoc: Protoc, tmp_path: Path
) -> None:
    protoc("build")
    folder = tmp_path / "cache" / "trialc" / "builds"
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    protoc("build")
    assert fake.compiled == 2


def test_no_cache_folder_is_no_fault(
    fake: Any, home: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert protoc("build").exit_code == 0


def test_check_writes_nothing_and_is_silent_on_what_is_right(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    missing = protoc("build", "--check")
    assert missing.exit_code == 1
    assert "generated/tiny/protocol.json is missing" in missing.output
    assert not (home / "generated").exists()
    protoc("build")
    assert protoc("build", "--check").exit_code == 0


def test_check_shows_a_short_diff_and_files_nobody_wrote(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    fake.files["protocol.json"] = "".join(f"line {n}\n" for n in range(100))
    protoc("build")
    target = home / "generated/tiny/protocol.json"
    target.write_text(target.read_text().replace("line", "\x1b[31mLINE"))
    (home / "generated/tiny/extra.txt").write_text("x")
    before = tree(home)
    found = protoc("build", "--check")
    assert found.exit_code == 1
    assert "generated/tiny/extra.txt is not an output" in found.output
    assert "-␛[31mLINE 0" in found.output
    assert "more lines" in found.output
    assert "\x1b" not in found.output
    assert len(found.output.splitlines()) < 30
    assert tree(home) == before


def test_check_finds_an_extra_file_on_the_warm_path(fake: Any, home: Path, protoc: Protoc) -> None:
    protoc("build")
    (home / "generated/tiny/extra.txt").write_text("x")
    assert protoc("build", "--check").exit_code == 1
    built = protoc("build")
    assert built.exit_code == 0
    assert "left alone: extra.txt" in built.output


def test_only_builds_some_outputs_and_touches_no_others(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    protoc("build")
    edit(home, "protocol tiny changed")
    before = (home / "generated/tiny/documents/page.md").read_bytes()
    assert protoc("build", "--only", "protocol.json").exit_code == 0
    assert (home / "generated/tiny/documents/page.md").read_bytes() == before
    assert protoc("build", "--check", "--only", "protocol.json").exit_code == 0
    assert protoc("build", "--check").exit_code == 1
    unknown = protoc("build", "--only", "pdf")
    assert unknown.exit_code == 2
    assert "there is no emitter `pdf`; there are protocol.json" in unknown.output


def test_files_that_are_no_longer_made_go_unless_they_were_changed(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    fake.files |= {"old/a.txt": "a", "old_b.txt": "b"}
    protoc("build")
    (home / "generated/tiny/old_b.txt").write_text("edited")
    del fake.files["old/a.txt"], fake.files["old_b.txt"]
    edit(home, "protocol tiny changed")
    done = protoc("build")
    assert "removed 1 that are no longer made" in done.output
    assert "left alone: old_b.txt" in done.output
    assert not (home / "generated/tiny/old").exists()


def test_an_error_writes_nothing_and_names_the_place(fake: Any, home: Path, protoc: Protoc) -> None:
    edit(home, "protocol tiny\n bad")
    done = protoc("build")
    assert done.exit_code == 1
    assert "--> protocol/tiny.proto.txt:2:2" in done.stderr
    assert "1 error; nothing was written" in done.stderr
    assert not (home / "generated").exists()


def test_release_refuses_open_decisions(fake: Any, home: Path, protoc: Protoc) -> None:
    edit(home, "protocol tiny undecided")
    done = protoc("build", "--release")
    assert done.exit_code == 1
    assert "esr_unit" in done.stderr
    assert "`protoc decisions protocol/tiny.proto.txt` prints the page" in done.stderr
    assert not (home / "generated").exists()
    edit(home, "protocol tiny")
    assert protoc("build", "--release").exit_code == 0


def test_two_protocols_of_one_name_do_not_overwrite_each_other(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    (home / "protocol/twin.proto.txt").write_text("protocol tiny twin")
    for _ in range(2):
        done = protoc("build")
        assert done.exit_code == 1
        assert "`tiny` is the id of `protocol/tiny.proto.txt`, too" in done.stderr
    assert protoc("check").exit_code == 1


def test_the_outputs_of_another_protocol_are_left_alone(home: Path, protoc: Protoc) -> None:
    text = 'language 1\nprotocol small { title: "S" version: "1" }\n'
    (home / "protocol/tiny.proto.txt").unlink()
    (home / "protocol/one.proto.txt").write_text(text)
    assert protoc("build").exit_code == 0
    before = tree(home / "generated")
    (home / "protocol/two.proto.txt").write_text(text.replace("S", "T"))
    done = protoc("build", "protocol/two.proto.txt")
    assert done.exit_code == 1
    assert "`small` is the id of `protocol/one.proto.txt`, too" in done.stderr
    assert tree(home / "generated") == before
    (home / "protocol/one.proto.txt").unlink()
    assert protoc("build").exit_code == 0  # it was renamed


def test_the_same_bytes_from_anywhere(
    fake: Any, home: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    protoc("build")
    monkeypatch.chdir(tmp_path)
    protoc("build", str(home / "protocol/tiny.proto.txt"), "-o", str(tmp_path / "out"))
    assert tree(tmp_path / "out") == tree(home / "generated")


def test_timings_are_said_on_standard_error(fake: Any, home: Path, protoc: Protoc) -> None:
    done = protoc("build", "--timings")
    assert "parse" in done.stderr
    assert "500.0 ms" in done.stderr
    (found,) = json.loads(protoc("build", "--timings", "--format", "json").output)["protocols"]
    assert found["timings"][-1]["stage"] == "all"


def failing(monkeypatch: pytest.MonkeyPatch, name: str, after: int, error: BaseException) -> None:
    """Let a function of the system fail after so many calls; the cache's own do not count."""
    real: Callable[..., Any] = getattr(os, name)
    calls = 0

    def fail(*arguments: Any, **more: Any) -> Any:
        nonlocal calls
        calls += "cache" not in str(arguments[0])
        if calls == after + 1:
            raise error
        return real(*arguments, **more)

    monkeypatch.setattr(output.os, name, fail)


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("name", ["fsync", "replace", "mkdir"])
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["disk full", "ctrl-c"])
@pytest.mark.parametrize("existing", [True, False], ids=["over old ones", "into nothing"])
def test_a_failure_halfway_leaves_everything_as_it_was(
    fake: Any, home: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch,
    name: str, after: int, error: BaseException, existing: bool,
) -> None:  # fmt: skip
    if existing:
        protoc("build")
        fake.files["a/new.txt"] = "new"
        edit(home, "protocol tiny changed")
    before = tree(home)
    with monkeypatch.context() as patch:
        failing(patch, name, after, error)
        done = protoc("build")
    assert done.exit_code == (130 if isinstance(error, KeyboardInterrupt) else 74)
    assert tree(home) == before
    assert (home / "generated").exists() == existing
    assert "Traceback" not in done.output
    if done.exit_code == 74:
        assert "error[E0106]: the output cannot be written: no space left on device" in done.stderr
    assert protoc("build").exit_code == 0


def test_deleting_stale_files_is_undone_too(
    fake: Any, home: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.files |= {"old/a.txt": "a", "old/b.txt": "b"}
    protoc("build")
    before = tree(home / "generated")
    del fake.files["old/a.txt"], fake.files["old/b.txt"]
    edit(home, "protocol tiny changed")
    with monkeypatch.context() as patch:
        failing(patch, "replace", 3, FULL)
        assert protoc("build").exit_code == 74
    assert tree(home / "generated") == before


def test_an_output_path_that_is_a_file(fake: Any, home: Path, protoc: Protoc) -> None:
    (home / "generated").write_text("a file")
    done = protoc("build")
    assert done.exit_code == 74
    assert "error[E0106]" in done.stderr
    assert "a file stands where a folder is needed" in done.stderr
    assert "--> generated" in done.stderr
    assert (home / "generated").read_text() == "a file"


def test_a_folder_in_the_place_of_an_output(fake: Any, home: Path, protoc: Protoc) -> None:
    (home / "generated/tiny/protocol.json").mkdir(parents=True)
    assert protoc("build").exit_code == 74
    assert (home / "generated/tiny/protocol.json").is_dir()
    assert not (home / "generated/tiny/documents").exists()


def test_running_or_looking_at_outputs_does_not_make_them_out_of_date(
    fake: Any, home: Path, protoc: Protoc
) -> None:
    protoc("build")
    (home / "generated/tiny/__pycache__").mkdir()
    (home / "generated/tiny/__pycache__/x.pyc").write_bytes(b"")
    (home / "generated/tiny/.DS_Store").write_bytes(b"")
    assert protoc("build", "--check").exit_code == 0


def test_the_cache_forgets_the_oldest_entries(
    fake: Any, home: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cache, "MOST", 2)
    for out in ("a", "b", "c"):
        protoc("build", "-o", out)
    assert len(list((tmp_path / "cache/trialc/builds").iterdir())) == 2


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a\\b", "c:x", "a/../../x", "."])
def test_outputs_stay_in_their_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        output.replace_all(str(tmp_path / "out"), {path: b"x"})
    assert not list(tmp_path.iterdir())


def test_an_output_folder_that_is_a_link(fake: Any, home: Path, protoc: Protoc) -> None:
    (home / "elsewhere").mkdir()
    (home / "generated").symlink_to(home / "elsewhere")
    assert protoc("build").exit_code == 0
    assert (home / "elsewhere/tiny/protocol.json").is_file()


def test_the_compiler_hash_is_fast_and_stable() -> None:
    began = time.perf_counter()
    assert cache.compiler_hash() == cache.compiler_hash()
    assert time.perf_counter() - began < 2
