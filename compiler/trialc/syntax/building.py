"""Lark's tree to ours: one plain recursive function, one small builder a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from trialc.source import SourceText, Span
from trialc.syntax import tree

if TYPE_CHECKING:
    from lark import Tree
    from lark.lexer import Token

# What a builder gets: the finished parts (None where an optional one is absent) and the place of the whole.
# The grammar, not the type checker, guarantees their classes; tests/syntax covers every rule.
Parts = list[Any]
Builder = Callable[[Parts, Span], Any]

BUILDERS: dict[str, Builder] = {}


def builds(*rules: str) -> Callable[[Builder], Builder]:
    """Register a builder for rules of the grammar."""

    def register(builder: Builder) -> Builder:
        BUILDERS.update(dict.fromkeys(rules, builder))
        return builder

    return register


def build(parsed: Tree[Token], source: SourceText) -> tree.Declaration:
    """The declaration that Lark's tree stands for."""
    from trialc.syntax import build_declarations, build_expressions  # registers the builders

    assert build_declarations and build_expressions
    return _build(parsed.children[0], source)


def _build(part: Tree[Token] | Token | None, source: SourceText) -> Any:
    if part is None:
        return None
    if not hasattr(part, "data"):
        return _token(part, source)  # pyright: ignore[reportArgumentType]
    node: Tree[Token] = part  # pyright: ignore[reportAssignmentType]
    parts = [_build(child, source) for child in node.children]
    meta = node.meta
    where = (
        Span(source.name, 0, 0) if meta.empty else Span(source.name, meta.start_pos, meta.end_pos)
    )
    return BUILDERS[str(node.data)](parts, where)


def _token(token: Token, source: SourceText) -> tree.Syntax | str:
    where = Span(source.name, token.start_pos or 0, token.end_pos or 0)
    make = _TOKENS.get(token.type)
    return make(str(token), where) if make else tree.Name(str(token), where=where)


def _quantity(text: str, where: Span) -> tree.Quantity:
    """Split "0.5 x10^9/L" into number and unit."""
    end = 0
    while end < len(text) and (text[end].isdigit() or text[end] in ".eE+-"):
        if (
            text[end] in "eE"
            and not text[end + 1 : end + 2].isdigit()
            and text[end + 1 : end + 2] not in "+-"
        ):
            break
        if text[end] in "+-" and text[end - 1] not in "eE":
            break
        end += 1
    return tree.Quantity(text[:end], " ".join(text[end:].split()), where=where)


def _string(text: str, where: Span) -> tree.Text:
    inner = text[1:-1]
    if text[0] == '"' and "\\" in inner:
        inner = (
            inner.replace("\\\\", "\0").replace('\\"', '"').replace("\\n", " ").replace("\0", "\\")
        )
    return tree.Text(inner, where=where)


def _source(text: str, where: Span) -> tree.Source:
    return tree.Source(
        text[3:-3], where=where, text=Span(where.file, where.start + 3, where.end - 3)
    )


_SIGNS = {"−": "-", "–": "-", "×": "*", "≤": "<=", "≥": ">=", "≠": "!="}


def _sign(text: str, where: Span) -> tree.Name:
    return tree.Name(_SIGNS.get(text, text), where=where)


_TOKENS: dict[str, Callable[[str, Span], tree.Syntax]] = {
    "NUMBER": lambda text, where: tree.Quantity(text, where=where),
    "QUANTITY": _quantity,
    "STRING": _string,
    "LONGSTRING": _source,
    "DATE": lambda text, where: tree.DateText(text, where=where),
    "BOX": lambda text, where: tree.Name(" ".join(text[1:-1].split()), where=where),
    "RELATION": _sign,
    "SIGN": _sign,
    "TIMES": _sign,
}
