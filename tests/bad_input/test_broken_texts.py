"""Texts that are none of the language: nesting, open ends, names twice, libraries in a circle."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from .conftest import Protoc, edit, tree

PATH = "protocol/small.proto.txt"
LIBRARY = "protocol/lib/scores.proto.txt"
DEEP = 10_000

NESTED = {
    "parentheses": ("define d \"D\" = " + "(" * DEEP + "fit" + ")" * DEEP, "E0204"),
    "open parentheses": ("define d \"D\" = " + "(" * DEEP, "E0204"),
    "groups": ("define d \"D\" = " + "any of { a: " * DEEP + "fit" + " }" * DEEP, "E0204"),
    "scores": ("derive d \"D\" [points] = " + "sum of { a: " * DEEP + " }" * DEEP, "E0204"),
    "braces": ("role r \"R\" " + "{" * DEEP + "}" * DEEP, "E0204"),
    "boxes": ("inclusion i " + "[" * DEEP + "]" * DEEP + " \"I\" { require fit }", "E0202"),
    "if done": ("define d \"D\" = fit" + " if done" * DEEP, "E0204"),
    "sums": ("derive d \"D\" [g/dL] = lab.hb" + " + lab.hb" * DEEP, "E0204"),
    "products": ("derive d \"D\" [g/dL] = lab.hb" + " * 1" * DEEP, "E0204"),
    "attributions": ("define d \"D\" = fit" + " attributed to x" * DEEP, "E0204"),
    "every": (
        "gate g \"G\" per block { opens when "
        + "every participant in this block satisfies " * DEEP + "fit }", "E0204",
    ),
    "not": ("define d \"D\" = " + "not " * DEEP + "fit", "E02"),
    "closing": ("define d \"D\" = fit" + ")" * DEEP, "E0203"),
}  # fmt: skip

OPEN = {
    "string": ('role r "Nurse\n', "E0201"),
    "curly string": ("role r “Nurse\n", "E0201"),
    "three quotes": ('role r "Nurse" { source """\nwords\n}\n', "E02"),
    "many quotes": ("role r " + '"' * 9_999 + "\n", "E02"),
    "brace": ('role r "Nurse" {\n', "E0202"),
    "parenthesis": ('define d "D" = (fit\n', "E0202"),
    "box": ('inclusion i [1 "I" { require fit }\n', "E0202"),
    "group": ('define d "D" = any of { a: fit\n', "E0202"),
    "wrong shape": ('define d "D" = (fit}\n', "E0203"),
    "condition": ('define d "D" =\n', "E0210"),
    "escape": ('role r "Nurse\\\n', "E0201"),
    "ends in a word": ("role", "E0210"),
    "control characters": ('role \x01\x1b[31m\x7f "R"\n', "E0209"),
    "prose": ("The trial has three arms.\n", "E0206"),
}


def append(trial: Path, text: str) -> None:
    file = trial / PATH
    file.write_text(file.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")


@pytest.mark.parametrize("name", list(NESTED))
def test_10000_levels_of_nesting(trial: Path, protoc: Protoc, name: str) -> None:
    text, code = NESTED[name]
    append(trial, text)
    before = tree(trial)
    began = time.process_time()
    for command, stream in (("check", "stdout"), ("build", "stderr"), ("fmt", "stderr")):
        if command != "check" and name not in ("groups", "boxes"):
            continue
        done = protoc(command, PATH)
        assert done.exit_code == 1, command
        assert f"error[{code}" in getattr(done, stream), command
    assert tree(trial) == before
    assert time.process_time() - began < 10


@pytest.mark.parametrize("name", list(OPEN))
def test_what_is_opened_is_not_closed(trial: Path, protoc: Protoc, name: str) -> None:
    """At the end of the text, in its middle, and in a library: nothing else is swallowed by it."""
    text, code = OPEN[name]
    for file in (PATH, LIBRARY):
        kept = (trial / file).read_text(encoding="utf-8")
        for changed in (kept + text, kept.replace("\n\n", f"\n{text}\n", 2)):
            (trial / file).write_text(changed, encoding="utf-8")
            before = tree(trial)
            done = protoc("check", PATH)
            assert done.exit_code == 1
            assert f"error[{code}" in done.stdout
            assert f"--> {file}:" in done.stdout
            assert "\x1b" not in done.stdout
            assert protoc("build", PATH).exit_code == 1
            assert protoc("fmt", file).exit_code == 1
            assert tree(trial) == before
        (trial / file).write_text(kept, encoding="utf-8")


def test_all_that_is_wrong_is_said_at_once(trial: Path, protoc: Protoc) -> None:
    for text, _ in OPEN.values():
        append(trial, text)
    found = protoc("check", PATH).stdout
    missing = [name for name, (_, code) in OPEN.items() if f"error[{code}" not in found]
    assert not missing


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('role fit "Fit"', "fit"),
        ('visit D0 "Again" unscheduled', "D0"),
        ('inclusion anaemia [2] "Again" { require fit }', "anaemia"),
        ('use lib.scores version "1" as scores', "scores"),
        ('data dose "Dose" : boolean', "dose"),
    ],
)
def test_a_name_for_two_things(trial: Path, protoc: Protoc, text: str, name: str) -> None:
    append(trial, text)
    done = protoc("check", PATH)
    assert done.exit_code == 1
    assert f"error[E0301]: `{name}` is declared twice" in done.stdout
    assert "note: first" in done.stdout


def test_an_id_of_the_library_for_two_things(trial: Path, protoc: Protoc) -> None:
    file = trial / LIBRARY
    text = file.read_text(encoding="utf-8")
    file.write_text(f'{text}data weak "Weak again" : boolean\n', encoding="utf-8")
    done = protoc("check", PATH)
    assert (done.exit_code, done.stdout.count("error[E0301]")) == (1, 1)
    assert f"--> {LIBRARY}:" in done.stdout


LIBRARY_TEXT = 'language 1\nlibrary {name} version "1" {{ title: "L" }}\n{uses}\n'


def libraries(trial: Path, **uses: tuple[str, ...]) -> None:
    """Libraries and which others each of them uses."""
    for name, others in uses.items():
        text = LIBRARY_TEXT.format(
            name=name, uses="\n".join(f'use lib.{other} version "1"' for other in others)
        )
        (trial / f"protocol/lib/{name}.proto.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("uses", "circle"),
    [
        ({"a": ("a",)}, "a -> a"),
        ({"a": ("b",), "b": ("a",)}, "a -> b -> a"),
        ({"a": ("b", "c"), "b": ("c",), "c": ("d",), "d": ("b",)}, "b -> c -> d -> b"),
    ],
    ids=["itself", "two", "three"],
)
def test_libraries_in_a_circle(
    trial: Path, protoc: Protoc, uses: dict[str, tuple[str, ...]], circle: str
) -> None:
    libraries(trial, **uses)
    append(trial, 'use lib.a version "1"')
    done = protoc("check", PATH)
    assert done.exit_code == 1
    assert f"error[E0312]: libraries use one another in a circle: {circle}" in done.stdout


def test_libraries_that_use_two_which_use_two(trial: Path, protoc: Protoc) -> None:
    """Two to the thirtieth uses: the limit is said, and nobody waits."""
    chain = {f"l{n}": (f"l{n + 1}", f"l{n + 1}x") for n in range(30)}
    chain |= {f"l{n + 1}x": (f"l{n + 2}", f"l{n + 2}x") for n in range(29)}
    libraries(trial, **chain, l30=(), l30x=())
    append(trial, 'use lib.l0 version "1"')
    done = protoc("check", PATH)
    assert (done.exit_code, "error[E0324]" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("use", "code"),
    [
        ("lib.none", "E0310"),
        ("other.scores", "E0311"),
        ("lib.sub.scores", "E0311"),
        ("scores", "E0311"),
        ("lib", "E0311"),
        ("lib." + "a" * 5000, "E0101"),
        ("../lib.scores", "E0207"),
        ("/etc/passwd", "E0207"),
        ('"lib.scores"', "E0207"),
    ],
)
def test_a_library_that_is_not_there(trial: Path, protoc: Protoc, use: str, code: str) -> None:
    append(trial, f'use {use} version "1" as other')
    done = protoc("check", PATH)
    assert (done.exit_code, f"error[{code}]" in done.stdout) == (1, True)


OUTSIDE = "a link leads out of the folder of the protocol"
NO_PATH = "it is no path within the folder of the protocol"


@pytest.mark.parametrize("how", ["file", "folder", "chain", "dangling"])
def test_a_library_through_a_link_that_leads_outside(trial: Path, protoc: Protoc, how: str) -> None:
    secret = trial / "secret/scores.proto.txt"
    secret.parent.mkdir()
    text = (trial / LIBRARY).read_text(encoding="utf-8").replace("Weak grip", "SECRET")
    secret.write_text(text, encoding="utf-8")
    (trial / LIBRARY).unlink()
    if how == "folder":
        (trial / "protocol/lib").rmdir()
        (trial / "protocol/lib").symlink_to(secret.parent)
    elif how == "chain":
        (trial / "protocol/lib/two.txt").symlink_to(secret)
        (trial / LIBRARY).symlink_to("two.txt")
    else:
        (trial / LIBRARY).symlink_to("/none" if how == "dangling" else secret)
    done = protoc("check", PATH)
    assert done.exit_code == 1
    assert f"error[E0101]: this file cannot be read: {OUTSIDE}" in done.stdout
    assert f"--> {LIBRARY}" in done.stdout
    for command in (
        ("build",),
        ("lock", PATH),
        ("test", PATH),
        ("graph", PATH),
        ("decisions", PATH),
    ):
        failed = protoc(*command)
        assert failed.exit_code == 1
        assert "SECRET" not in done.output + failed.output
    assert not (trial / "generated").exists()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../secret.txt", NO_PATH),
        ("/etc/passwd", NO_PATH),
        ("source/../../secret.txt", NO_PATH),
        ("./source/registered.txt", NO_PATH),
        ("source//registered.txt", NO_PATH),
        ("source\\\\registered.txt", NO_PATH),
        ("C:secret.txt", NO_PATH),
        ("\x1b[31m/../x", NO_PATH),
        ("link.txt", OUTSIDE),
        ("there/secret.txt", OUTSIDE),
        ("lock", OUTSIDE),
        ("source", "not a regular file"),
        ("a" * 5000, "file name too long"),
    ],
)
def test_a_registered_text_outside_of_the_folder(
    trial: Path, protoc: Protoc, path: str, reason: str
) -> None:
    (trial / "secret.txt").write_text("SECRET Iron tablets\n")
    (trial / "protocol/link.txt").symlink_to(trial / "secret.txt")
    (trial / "protocol/there").symlink_to(trial)
    (trial / "protocol/lock").symlink_to("../secret.txt")
    edit(trial, "source/registered.txt", path)
    for command in ("check", "build"):
        done = protoc(command, PATH)
        assert done.exit_code == 1
        assert f"error[E0101]: this file cannot be read: {reason}" in done.output
        assert "SECRET" not in done.output
        assert "\x1b" not in done.output
    assert not (trial / "generated").exists()


def test_a_lock_through_a_link_that_leads_outside(trial: Path, protoc: Protoc) -> None:
    assert protoc("lock", PATH).exit_code == 0
    assert "W0322" not in protoc("check", PATH).stdout
    (trial / "protocol/protoc.lock").rename(trial / "protoc.lock")
    (trial / "protocol/protoc.lock").symlink_to(trial / "protoc.lock")
    done = protoc("check", PATH)
    assert (done.exit_code, OUTSIDE in done.stdout) == (1, True)


def test_a_protocol_may_itself_be_a_link(trial: Path, protoc: Protoc) -> None:
    """Its user named it; what it reads lies beside the link."""
    (trial / "real.txt").write_text((trial / PATH).read_text(encoding="utf-8"), encoding="utf-8")
    (trial / PATH).unlink()
    (trial / PATH).symlink_to(trial / "real.txt")
    assert protoc("build").exit_code == 0
    assert protoc("fmt", "--check").exit_code == 0


@pytest.mark.parametrize(
    "lock",
    ["", "x", "[]", "{}", '{"libraries": []}', '{"libraries": {"scores": 1}}', "[" * DEEP,
     '{"libraries": {"scores": {"version": [], "sha256": {}}}}', '{"lock": 99, "libraries": {}}'],
)  # fmt: skip
def test_a_damaged_lock(trial: Path, protoc: Protoc, lock: str) -> None:
    (trial / "protocol/protoc.lock").write_text(lock)
    done = protoc("check", PATH)
    assert done.exit_code in (0, 1)
    assert any(code in done.stdout for code in ("W0322", "E0314", "E0103", "E0350"))
    assert protoc("lock", PATH).exit_code == int("E0350" in done.stdout)
    assert protoc("lock", "--reviewed", PATH).exit_code == 0
    assert protoc("check", PATH).exit_code == 0


def test_many_findings_on_one_long_line(trial: Path, protoc: Protoc) -> None:
    protoc("check", PATH)
    append(trial, 'define d "D" = ' + "nobody and " * 40 + "fit" + " " * 20_000 + "and nobody")
    began = time.process_time()
    done = protoc("check", PATH)
    assert done.stdout.count("error[E0302]") == 41
    assert time.process_time() - began < 0.4


def test_a_clause_that_stands_everywhere_in_a_long_text(trial: Path, protoc: Protoc) -> None:
    (trial / "protocol/source/registered.txt").write_text(
        "Iron tablets\n" + "a " * 1_500 + "Haemoglobin < 11 g/dL frailty\n", encoding="utf-8"
    )
    edit(trial, "    Iron tablets\n", "    a\n    a\n")
    began = time.process_time()
    assert protoc("check", PATH).exit_code == 0
    assert time.process_time() - began < 0.4
