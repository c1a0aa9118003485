"""Two rules that mean different things never read alike, on one line or as a list.

A signed document that can be read in two ways is a wrong document. Every shape of a condition is
written down here, three levels deep.
"""

from __future__ import annotations

import re
from itertools import count, product
from typing import Any

import pytest

from trialc.emitters.near_literate import reading
from trialc.emitters.told_once import told_once
from trialc.model.expression import Condition
from trialc.model.from_syntax import resolve
from trialc.model.protocol import Protocol
from trialc.model.wording import Wording
from trialc.source import SourceText
from trialc.syntax.from_text import parse

HEAD = """language 1
protocol p { title: "P" version: "1" }
role investigator "Investigator"
cause flu "flu"
data a "A" : boolean
data b "B" : boolean
data m "M" : quantity [mm] { range: 0 .. 9 mm }
"""
BINARY = ("({0} and {1})", "({0} or {1})", "({0} unless {1})")
UNARY = ("({0} attributed to flu)", "(not ({0}))")
MEASURED = "m > 3 mm"
GROUPS = tuple(f"{which} of {{{{ x: {{0}}  y: {{1}} }}}}" for which in ("any", "none", "at most 1"))
NAMES = ("label", "number", "path", "text", "where")


def deeper(inner: list[str], forms: tuple[str, ...] = BINARY) -> list[str]:
    made = [form.format(x, y) for form in forms for x, y in product(inner, inner)]
    made += [form.format(x) for form in UNARY for x in inner]
    return made + [f"({x} if done)" for x in inner if MEASURED in x]


def conditions(rules: list[str]) -> tuple[Protocol, list[Condition]]:
    """The protocol and the conditions of the rules that can be written: labels differ, and one
    rule asks for one cause.
    """
    once = [rule for rule in rules if rule.count("attributed") < 2]
    text = "".join(
        f'exclusion e{i} [{i}] "E" {{ exclude when {labelled(rule)} }}\n'
        for i, rule in enumerate(once)
    )
    tree, faults = parse(SourceText("p.proto.txt", HEAD + text))
    protocol, others = resolve(tree, ())
    assert protocol is not None
    assert not [found for found in (*faults, *others) if found.is_error]
    return protocol, [item.condition for item in protocol.criteria]


def labelled(rule: str) -> str:
    numbers = count()
    return re.sub(r"\b[xy]:", lambda match: f"{match[0][0]}{next(numbers)}:", rule)


def meaning(value: Any) -> Any:
    """A condition without its place and the names of its parts."""
    if isinstance(value, dict):
        return {key: meaning(part) for key, part in value.items() if key not in NAMES}
    if isinstance(value, list | tuple):
        return [meaning(part) for part in value]
    return value


def essence(condition: Condition) -> Any:
    """What a condition means; for whom an operand counts, once."""
    return meaning(told_once(condition).model_dump())


def alike(printed: dict[Any, list[Condition]]) -> list[Any]:
    """What several meanings are printed as."""
    return [
        text
        for text, made in printed.items()
        if any(essence(x) != essence(made[0]) for x in made[1:])
    ]


def test_on_one_line() -> None:
    leaves = ["a", MEASURED]
    once = deeper(leaves)
    protocol, made = conditions([*once, *deeper([*leaves, *once])])
    wording = Wording(protocol)
    printed: dict[str, list[Condition]] = {}
    for condition in made:
        printed.setdefault(wording.phrase(condition), []).append(condition)
    assert len(printed) > 500
    assert alike(printed) == []


@pytest.mark.parametrize("group", GROUPS)
def test_as_a_list(group: str) -> None:
    leaves = ["a", group.format("b", MEASURED)]
    once = deeper(leaves)
    protocol, made = conditions([*once, *deeper([*leaves, *once])])
    printed: dict[Any, list[Condition]] = {}
    for condition in made:
        lines = reading(condition, protocol).lines()
        text = tuple((depth, line.mark, line.text) for depth, line in lines)
        printed.setdefault(text, []).append(condition)
    assert len(printed) > 500
    assert alike(printed) == []
