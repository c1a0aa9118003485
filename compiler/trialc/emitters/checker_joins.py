"""Pairs of expressions, joined: all of them, any of them, how many of them, one of some codes."""

from __future__ import annotations

from typing import NamedTuple

OR, AND, ATOM = 1, 2, 3
LONGEST_SUM = 40
"""Terms of one sum: Python nests them when it compiles."""


class Text(NamedTuple):
    """An expression, and how loosely it binds."""

    text: str
    level: int


class Rails(NamedTuple):
    """A condition: `true` holds where it is true, `false` where it is false."""

    true: Text
    false: Text


def count(parts: list[Text]) -> str:
    """How many of some expressions hold."""
    if len(parts) > LONGEST_SUM:
        return f"sum(({', '.join(part.text for part in parts)}))"
    return " + ".join(f"({part.text})" for part in parts)


def every(parts: list[Rails] | tuple[Rails, ...]) -> Rails:
    return Rails(_join("and", [p.true for p in parts]), _join("or", [p.false for p in parts]))


def some(parts: list[Rails] | tuple[Rails, ...]) -> Rails:
    return Rails(_join("or", [p.true for p in parts]), _join("and", [p.false for p in parts]))


def _join(word: str, parts: list[Text]) -> Text:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Text(str(word == "and"), ATOM)
    level = AND if word == "and" else OR
    texts = [f"({part.text})" if part.level < level else part.text for part in parts]
    return Text(f" {word} ".join(texts), level)


def one_of(name: str, codes: tuple[str, ...], options: tuple[str, ...]) -> Rails:
    """Membership; false only for another code that the protocol declares, never for an unknown."""
    others = tuple(option for option in options if option not in codes)
    return Rails(_member(name, codes), _member(name, others))


def _member(name: str, codes: tuple[str, ...]) -> Text:
    if not codes:
        return Text("False", ATOM)
    if len(codes) == 1:
        return Text(f"{name} == {codes[0]!r}", ATOM)
    return Text(f"{name} in ({', '.join(repr(code) for code in codes)})", ATOM)
