"""The parser that Lark makes of protocol.lark."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark import Lark, Tree
    from lark.lexer import Token

GRAMMAR = files("trialc.syntax").joinpath("protocol.lark").read_text(encoding="utf-8")

_RULES = GRAMMAR.split("// ---- terminals", 1)[0]
_HEADS, _INSIDE = _RULES.split("// ---- what stands in braces", 1)
_UNITS_TOO = {"years", "months", "weeks", "days"}
_SPECIAL = {"all", "any", "none", "sum", "highest", "previous", "this", *_UNITS_TOO}
RESERVED = frozenset(re.findall(r'"([a-z]+)"', _INSIDE)) | _SPECIAL
"""Words that mean something inside a declaration: nothing may be called so."""

DECLARATION_KEYWORDS = frozenset(
    match.group(1) for match in re.finditer(r'^\w+: "([a-z]+)"', _HEADS, re.MULTILINE)
) | {"inclusion", "exclusion", "patient", "test", "trial"}


@cache
def parser() -> Lark:
    """The LALR parser, made once a process."""
    from lark import Lark  # imported late: start-up is most of the cost of a small command

    keywords = "|".join(sorted(RESERVED - _UNITS_TOO))
    return Lark(
        GRAMMAR.replace("KEYWORDS", keywords),
        parser="lalr",
        propagate_positions=True,
        maybe_placeholders=True,
    )


def parse_section(text: str, start: int, end: int) -> Tree[Token] | Exception:
    """Lark's tree of text[start:end] with the positions of the whole text, or Lark's error."""
    from lark import TextSlice
    from lark.exceptions import UnexpectedInput

    try:
        return parser().parse(TextSlice(text, start, end))  # pyright: ignore[reportArgumentType]
    except UnexpectedInput as error:
        return error
