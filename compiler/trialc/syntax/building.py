"""Lark's tree to ours: one plain recursive function, one small builder a rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import syntax as kinds
from trialc.source import SourceText, Span
from trialc.syntax import tree
from trialc.syntax.typography import plain_sign, plain_unit

if TYPE_CHECKING:
    from lark import Tree
    from lark.lexer import Token

# What a builder gets: the finished parts (None where an optional one is absent) and the place of
# the whole. The grammar, not the type checker, guarantees their classes; tests/syntax covers them.
Parts = list[Any]
Builder = Callable[[Parts, Span], Any]

BUILDERS: dict[str, Builder] = {}


def builds(*rules: str) -> Callable[[Builder], Builder]:
    """Register a builder for rules of the grammar."""

    def register(builder: Builder) -> Builder:
        BUILDERS.update(dict.fromkeys(rules, builder))
        return builder

    return register


def build(parsed: Tree[Token], source: SourceText) -> tree.Declaration | Diagnostic:
    """The declaration that Lark's tree stands for, or what is wrong with it."""
    load_builders()
    try:
        return _build(cast("Tree[Token]", parsed.children[0]), source)
    except MalformedError as error:
        return error.diagnostic


def load_builders() -> None:
    """Import the modules of builders: each registers its own."""
    from trialc.syntax import (
        build_courses,
        build_declarations,
        build_design,
        build_examples,
        build_expressions,
        build_measurements,
        build_schedule,
        build_statements,
        build_transitions,
    )

    modules = (build_courses, build_declarations, build_design, build_examples, build_expressions)
    assert all((*modules, build_measurements, build_schedule, build_statements, build_transitions))


class MalformedError(Exception):
    """A part has the form of the grammar, but cannot be what it looks like."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Open(NamedTuple):
    """A node whose parts are being built, and the parts that are done."""

    node: Tree[Token]
    parts: Parts
    levels: list[int]


def _build(top: Tree[Token], source: SourceText) -> Any:
    """Bottom-up, without recursion: how deep a text nests is its author's choice."""
    stack = [_Open(top, [], [0])]
    while True:
        node, parts, levels = stack[-1]
        if len(parts) < len(node.children):
            child = cast("Tree[Token] | Token | None", node.children[len(parts)])
            if child is None:
                parts.append(None)
            elif hasattr(child, "data"):
                stack.append(_Open(cast("Tree[Token]", child), [], [0]))
            else:
                parts.append(_token(cast("Token", child), source))
            continue
        meta = node.meta
        start, end = (0, 0) if meta.empty else (meta.start_pos, meta.end_pos)
        where = Span(source.name, start, end)
        rule = str(node.data)
        level = max(levels) + (len(parts) // 2 if rule == "arithmetic" else rule in NESTING)
        if level > DEEPEST:
            advice = "give inner parts a name with `define` or `derive`"
            raise MalformedError(kinds.TOO_DEEP.at(where, limit=DEEPEST, help=advice))
        built = BUILDERS[rule](parts, where)
        stack.pop()
        if not stack:
            return built
        stack[-1].parts.append(built)
        stack[-1].levels.append(level)


DEEPEST = 100
"""Levels of operators, groups and brackets in one condition. People lose track long before."""

NESTING = {
    "and_", "or_", "not_", "unless", "attributed", "attributed_other", "if_done", "group", "every",
    "score", "nested_score", "parenthesis", "table", "function",
}  # fmt: skip
"""Rules that put a condition or number inside another one."""


def _token(token: Token, source: SourceText) -> tree.Syntax:
    where = Span(source.name, token.start_pos or 0, token.end_pos or 0)
    make = _TOKENS.get(token.type)
    return make(str(token), where) if make else tree.Name(str(token), where=where)


_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
LONGEST = 30
"""Digits of a number, and the largest power of ten: more is a slip of the finger."""


def _quantity(text: str, where: Span) -> tree.Quantity:
    """Split "0.5 x10^9/L" into number and unit."""
    number = _NUMBER.match(text)
    assert number is not None  # the grammar's QUANTITY and NUMBER begin so
    whole, fraction, exponent = number.groups("")
    digits = len(whole) + len(fraction)
    if digits > LONGEST or len(exponent) > 3 or abs(int(exponent or 0)) > LONGEST:
        place = Span(where.file, where.start, where.start + number.end())
        raise MalformedError(kinds.NUMBER_SIZE.at(place, number=number.group(), limit=LONGEST))
    return tree.Quantity(number.group(), plain_unit(text[number.end() :]), where=where)


_ESCAPES = {"\\\\": "\\", '\\"': '"', "\\n": " "}


def _string(text: str, where: Span) -> tree.Text:
    inner = text[1:-1]
    if text[0] == '"' and "\\" in inner:
        inner = re.sub(r'\\[\\"n]', lambda escape: _ESCAPES[escape.group()], inner)
    return tree.Text(inner, where=where)


def _source(text: str, where: Span) -> tree.Source:
    words = Span(where.file, where.start + 3, where.end - 3)
    return tree.Source(text[3:-3], where=where, text=words)


def _sign(text: str, where: Span) -> tree.Name:
    return tree.Name(plain_sign(text), where=where)


_TOKENS: dict[str, Callable[[str, Span], tree.Syntax]] = {
    "NUMBER": _quantity,
    "QUANTITY": _quantity,
    "STRING": _string,
    "LONGSTRING": _source,
    "DATE": lambda text, where: tree.DateText(text, where=where),
    "BOX": lambda text, where: tree.Name(plain_unit(text[1:-1]), where=where),
    "RELATION": _sign,
    "SIGN": _sign,
    "TIMES": _sign,
}


def present(parts: Parts) -> tuple[Any, ...]:
    """The parts without those that the text leaves out."""
    return tuple(part for part in parts if part is not None)
