"""`protoc fmt` on hostile and on broken texts: the same meaning, or the same bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from trialc.source import SourceText
from trialc.syntax.to_text import format_text

from .conftest import Protoc, edit, tree
from .hostile import filled, lay_out

PATH = "protocol/small.proto.txt"


def meaning(value: Any) -> Any:
    """A JSON value without the hashes of texts."""
    if isinstance(value, dict):
        return {key: meaning(item) for key, item in value.items() if key != "sha256"}
    return [meaning(item) for item in value] if isinstance(value, list) else value


def test_hostile_texts_mean_the_same_after_it(
    tmp_path: Path, protoc: Protoc, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    models: list[Any] = []
    for out in ("before", "after"):
        assert protoc("build", "hostile.proto.txt", "-o", out).exit_code == 0
        model = tmp_path / out / "hostile/protocol.json"
        models.append(meaning(json.loads(model.read_text(encoding="utf-8"))))
        assert protoc("fmt", "hostile.proto.txt", "lib").exit_code == 0
        assert protoc("fmt", "--check", "hostile.proto.txt", "lib").exit_code == 0
    assert models[0] == models[1]


def test_registered_words_and_titles_are_not_touched() -> None:
    text, places = filled("protocol.txt")
    formatted, found = format_text(SourceText("x", text))
    assert formatted is not None
    assert not [item for item in found if item.is_error]
    quoted = re.findall(r'(?:source|") (""".*?""")', text, re.DOTALL)
    assert len(quoted) == 4
    assert not [words for words in quoted if words not in formatted]
    assert len(places) > 50
    assert text.count("\x1b") == formatted.count("\x1b")


def test_half_of_a_text_is_left_as_it_is(trial: Path, protoc: Protoc) -> None:
    """Cut at every 37th character, as by a copy that failed."""
    text = (trial / PATH).read_text(encoding="utf-8")
    for end in range(1, len(text), 37):
        (trial / PATH).write_text(text[:end], encoding="utf-8")
        done = protoc("fmt", PATH)
        assert done.exit_code in (0, 1, 2)
        after = (trial / PATH).read_text(encoding="utf-8")
        if done.exit_code:
            assert after == text[:end]
            assert "error[" in done.stderr
        else:
            assert after.split() == text[:end].split()


def test_one_broken_text_does_not_stop_the_others(trial: Path, protoc: Protoc) -> None:
    edit(trial, "language 1\n", "language   1\n")
    broken = trial / "protocol/broken.proto.txt"
    for data in (b"language 1\nrole (", b"\xff", b""):
        broken.write_bytes(data)
        done = protoc("fmt")
        assert done.exit_code in (1, 2)
        assert broken.read_bytes() == data
        assert "language 1\n" in (trial / PATH).read_text(encoding="utf-8")


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_are_all_that_changes(trial: Path, protoc: Protoc, line_end: str) -> None:
    before = tree(trial)
    text = (trial / PATH).read_bytes()
    (trial / PATH).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", line_end.encode()))
    assert protoc("fmt", "--check").exit_code == 1
    assert protoc("fmt").exit_code == 0
    assert tree(trial) == before
