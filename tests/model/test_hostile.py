"""Hostile texts: never an exception, never much more time for a little more text."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

LEVELS = 10_000
LONG = 1_000_000
HEAD = 'language 1\nprotocol p { title: "P" version: "1" }\n'
DATA = 'cause c "C"\ndata a "A" : boolean\ndata k "K" : quantity [kg] { range: 1 .. 9 kg }\n'


def define(rule: str) -> str:
    return f'define d "D" = {rule}\n'


NESTED = {
    "parentheses": define("(" * LEVELS + "a" + ")" * LEVELS),
    "not": define("not " * LEVELS + "a"),
    "not, in parentheses": define("not (" * LEVELS + "a" + ")" * LEVELS),
    "groups": define("any of { x: " * LEVELS + "a" + "}" * LEVELS),
    "open blocks": 'role r "R" ' + "{" * LEVELS,
    "open blocks, closed": 'role r "R" ' + "{" * LEVELS + "}" * LEVELS,
    "declarations without an end": 'role r "R" {\n' * LEVELS,
    "attributions": define("a" + " attributed to c" * LEVELS),
    "if done": define("a" + " if done" * LEVELS),
    "sums": define("k" + " + k" * LEVELS + " > 3 kg"),
    "scores": 'derive s "S" [points] = ' + "sum of { x: " * LEVELS + "1 when a" + "}" * LEVELS,
    "every": 'gate g "G" per block { guards randomise in block 1 .. 2 opens when '
    + "every participant in block 1 satisfies " * LEVELS + "no e after d }",
    "unless": define("(" * LEVELS + "a" + " unless a)" * LEVELS),
}  # fmt: skip


@pytest.mark.parametrize("name", NESTED)
def test_ten_thousand_levels_are_refused(small: Any, name: str) -> None:
    made = small(DATA + NESTED[name])
    assert made.codes
    assert set(made.codes) <= {"E0202", "E0204", "E0207", "E0214"}


@pytest.mark.parametrize("backwards", [False, True])
def test_long_chains_of_definitions_are_refused(small: Any, backwards: bool) -> None:
    chain = [f'define d{i} "D" = not d{i + 1}\n' for i in range(2000)]
    text = "".join(reversed(chain) if backwards else chain)
    made = small(f'{DATA}{text}define d2000 "D" = a\n')
    assert set(made.codes) == {"E0204"}


def test_circles_of_definitions_end(small: Any) -> None:
    circle = "".join(f'define d{i} "D" = d{(i + 1) % 500}\n' for i in range(500))
    assert set(small(DATA + circle).codes) <= {"E0204"}
    assert small('define d "D" = d\nderive n "N" [kg] = n\n').codes == []  # the graph finds these
    assert small('data a "A" : boolean { applies when a }\n').codes == []


def test_reasons_cannot_grow_without_end(small: Any) -> None:
    text = (
        'data s "S" : choice {x, y, z}\ndata a "A" : boolean { applies when s = x }\n'
        'data b "B" : boolean { applies when s = y }\ndefine p0 "P" = a\ndefine q0 "Q" = b\n'
    )
    for i in range(60):
        text += f'define p{i + 1} "P" = (p{i} or q{i}) if done\n'
        text += f'define q{i + 1} "Q" = (q{i} or a or p{i}) if done\n'
    assert set(small(text).codes) == {"E0419", "E0421"}


LONG_LINES: dict[str, Callable[[int], str]] = {
    "one name": lambda n: define("x" * n),
    "names": lambda n: define("x " * (n // 2)),
    "dotted": lambda n: define("x" + ".x" * (n // 2)),
    "blanks": lambda n: 'role r' + " " * n + '"R"',
    "digits": lambda n: define("k > " + "1" * n + " kg"),
    "decimals": lambda n: define("k > 0." + "1" * n + " kg"),
    "commas": lambda n: define("k > 1" + ",1" * (n // 2) + " kg"),
    "units": lambda n: define("k > 1 " + "kg." * (n // 3)),
    "slashes": lambda n: define("k > 1 kg" + "/" * n),
    "open boxes": lambda n: define("a [" * (n // 3)),
    "a box": lambda n: "inclusion x [" + "1" * n + '] "X" { require a }',
    "a string": lambda n: 'role r "' + "x" * n + '"',
    "a string without an end": lambda n: 'role r "' + "x" * n,
    "backslashes": lambda n: 'role r "' + "\\" * n + '"',
    "quotation marks": lambda n: "role r " + '"' * n,
    "curly quotation marks": lambda n: "role r " + "“" * n,
    "a source": lambda n: 'role r "R" { source """' + "x" * n + '""" }',
    "a source without an end": lambda n: 'role r "R" { source """' + 'x"' * (n // 2),
    "a comment": lambda n: "#" + "x" * n,
    "stray signs": lambda n: "$" * n,
    "stray signs inside": lambda n: define("$" * n),
    "colons": lambda n: "protocol q { " + ":" * n + " }",
    "dashes": lambda n: define("k > " + "–" * n),
    "closing brackets": lambda n: 'role r "R" ' + "}" * n,
    "line ends": lambda n: "\n" * n,
}  # fmt: skip


@pytest.mark.parametrize("name", LONG_LINES)
def test_a_long_line_takes_time_as_it_is_long(small: Any, name: str) -> None:
    """Ten times the text in at most some thirty times the time."""
    text = LONG_LINES[name]
    before = time.process_time()
    small(DATA + text(LONG // 10))
    short = time.process_time() - before
    small(DATA + text(LONG))
    long = time.process_time() - before - short
    assert long < 30 * short + 0.3


MANY: dict[str, Callable[[int], str]] = {
    "unknown names": lambda n: "".join(f"define d{i} \"D\" = e{i}\n" for i in range(n)),
    "broken": lambda n: "".join(f"define d{i} \"D\" = any of {{ a }}\n" for i in range(n)),
    "twice": lambda n: 'role r "R"\n' * n,
    "labels": lambda n: define("any of {" + " x: a" * n + "}"),
    "codes": lambda n: 'data s "S" : choice {' + ", ".join(f"c{i}" for i in range(n)) + "}\n"
    + define(" or ".join(f"s = e{i}" for i in range(n))),
    "operands": lambda n: define("a" + " and a" * n),
    "branches": lambda n: 'exclusion x [1] "X" { exclude when any of {'
    + "".join(f" b{i}: a attributed to c" for i in range(n)) + "} }\n"
    + 'decision d "D" { status: open '
    + "".join(f'alternative "A" replacing x.b{i} by not a ' for i in range(n)) + "}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", MANY)
def test_many_of_a_kind_take_time_as_they_are_many(small: Any, name: str) -> None:
    text = MANY[name]
    small(DATA + text(10))
    before = time.process_time()
    small(DATA + text(100))
    short = time.process_time() - before
    small(DATA + text(1000))
    long = time.process_time() - before - short
    assert long < 30 * short + 0.3


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["E0212"]),
        ("\0", ["E0205", "E0212"]),
        ("\ufeff", ["E0212"]),
        ("\ufeff" + HEAD, []),
        (HEAD.replace("\n", "\r\n"), []),
        (HEAD + 'role r "R" # \0\n', []),
        (HEAD + 'role r\0 "R"\n', ["E0209"]),
        (HEAD + 'role r "\0"\n', []),
        (HEAD + 'role r "R" {', ["E0202"]),
        (HEAD + 'role r "R', ["E0201"]),
        (HEAD + 'role r "R" { source """', ["E0201"]),
        (HEAD + 'role r "R" { source """x""""\n }', ["E0201"]),
        ("<html><body>\n" * 3, ["E0205", "E0212"]),
        ("PK\x03\x04\x14\0", ["E0206", "E0212"]),
        ("{{7*7}}{% for x in y %}\n", ["E0205", "E0212"]),
        (HEAD + 'role r "<script>{{7*7}}</script>"\n', []),
        (HEAD + "role r \u202e\n", ["E0209"]),
        (HEAD + 'role \u0430bc "Cyrillic"\n', ["E0209"]),
    ],
)
def test_texts_that_are_something_else(whole: Any, text: str, codes: list[str]) -> None:
    assert sorted(set(whole(text).codes) - {"E0317"}) == codes


def test_markup_is_text(small: Any) -> None:
    title = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} $(x) `x` </style> \u202e"
    protocol = small(f'role r "{title}"\n').protocol
    assert protocol.roles[0].title == title
