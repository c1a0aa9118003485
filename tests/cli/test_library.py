"""`protoc library`: what comes with trialc, added beside the user's protocols."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from trialc.cli import shipped

LIBRARIES = Path(__file__).parents[2] / "protocol" / "lib"
Protoc = Callable[..., Result]


def test_all_libraries_of_the_repository_come_with_it() -> None:
    files = sorted(path.name.removesuffix(".proto.txt") for path in LIBRARIES.iterdir())
    assert [*shipped.names()] == files
    for name in files:
        library = shipped.shipped(name)
        assert library is not None
        assert library.text.text == (LIBRARIES / f"{name}.proto.txt").read_text("utf-8")
        assert library.version
        assert library.title
        assert library.citation
        assert library.needs
        assert library.gives


def test_the_wheel_has_them_beside_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "libraries").mkdir()
    (tmp_path / "libraries" / "one.proto.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(shipped, "_PLACES", (tmp_path / "libraries", LIBRARIES))
    assert shipped.names() == ("one",)


def test_the_list(protoc: Protoc) -> None:
    done = protoc("library")
    assert done.exit_code == 0
    assert (
        "bsa 1987.1  Body surface area\n  needs: weight, height\n  gives: mosteller, du_bois\n"
    ) in done.stdout


def test_one_in_full(protoc: Protoc) -> None:
    done = protoc("library", "show", "contraception")
    assert done.exit_code == 0
    for words in (
        "contraception 1.0.0\nChildbearing potential and contraception in clinical trials\n",
        "  sex           choice {female, male}  Sex at birth\n",
        "  adequate      judgement by investigator  Willing to use contraception",
        "  role investigator\n",
        "  required  condition  Contraception is required\n",
        'use lib.contraception version "1.0.0" as contraception\n',
    ):
        assert words in done.stdout
    assert "number [kg/m2]" in protoc("library", "show", "bmi").stdout
    assert "quantity [kg]" in protoc("library", "show", "bmi").stdout


def test_adding_and_using(home: Path, protoc: Protoc) -> None:
    text = (
        'language 1\nuse lib.bmi version "2000.1" as bmi\nprotocol p { title: "P" version: "1" }\n'
    )
    (home / "trial").mkdir()
    (home / "trial" / "p.proto.txt").write_text(text, encoding="utf-8")
    refused = protoc("check", "trial/p.proto.txt")
    assert "it comes with trialc: run `protoc library add bmi --to trial/lib`" in refused.output
    added = protoc("library", "add", "bmi", "--to", "trial/lib")
    assert added.exit_code == 0
    assert added.stdout == 'use lib.bmi version "2000.1" as bmi\n'
    assert "wrote trial/lib/bmi.proto.txt" in added.stderr
    assert "E0310" not in protoc("check", "trial/p.proto.txt").output
    again = protoc("library", "add", "lib.bmi", "--to", "trial/lib")
    assert (again.exit_code, again.stderr) == (0, "trial/lib/bmi.proto.txt is there already\n")


def test_a_near_one_is_named(home: Path, protoc: Protoc) -> None:
    text = 'language 1\nuse lib.qtcf version "1" as q\nprotocol p { title: "P" version: "1" }\n'
    (home / "protocol" / "p.proto.txt").write_text(text, encoding="utf-8")
    assert (
        "did you mean `lib.qtc`, which comes with trialc?"
        in protoc("check", "protocol/p.proto.txt").output
    )
    (home / "protocol" / "p.proto.txt").write_text(text.replace("qtcf", "zzzz"), encoding="utf-8")
    assert (
        "`protoc library` lists those that come with trialc"
        in protoc("check", "protocol/p.proto.txt").output
    )


def test_a_file_that_is_no_library_keeps_its_advice(home: Path, protoc: Protoc) -> None:
    text = 'language 1\nuse lib.bmi version "1" as b\nprotocol p { title: "P" version: "1" }\n'
    (home / "protocol" / "p.proto.txt").write_text(text, encoding="utf-8")
    (home / "protocol" / "lib" / "bmi.proto.txt").write_text("language 1\n", encoding="utf-8")
    found = protoc("check", "protocol/p.proto.txt").output
    assert "this file has no `library` declaration" in found
    assert "library add" not in found


def test_another_text_is_never_overwritten(home: Path, protoc: Protoc) -> None:
    own = home / "protocol" / "lib" / "bmi.proto.txt"
    own.write_text("mine\n", encoding="utf-8")
    done = protoc("library", "add", "qtc", "bmi")
    assert done.exit_code == 1
    assert "protocol/lib/bmi.proto.txt is there with another text; nothing was written" in (
        done.stderr
    )
    assert own.read_text("utf-8") == "mine\n"
    assert not (home / "protocol" / "lib" / "qtc.proto.txt").exists()


def test_the_folder_is_lib_where_there_is_no_protocol(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, protoc: Protoc
) -> None:
    monkeypatch.chdir(tmp_path)
    done = protoc("library", "add", "reproductive", "performance")
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "lib").iterdir()) == [
        "performance.proto.txt",
        "reproductive.proto.txt",
    ]
    assert "the protocol must declare: role investigator" in done.stderr
    assert len(re.findall("^use lib", done.stdout, re.MULTILINE)) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show",), "which library?"),
        (("add",), "which library?"),
        (("list", "bmi"), "write `library show bmi`"),
        (("show", "bmj"), "there is no library `bmj`; did you mean `bmi`?"),
        (("add", "../x"), "there is no library `../x`; `library` lists all"),
        (("show", "bmi", "--to", "x"), "`--to` goes with `add`"),
    ],
)
def test_wrong_use(home: Path, protoc: Protoc, arguments: tuple[str, ...], words: str) -> None:
    done = protoc("library", *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
