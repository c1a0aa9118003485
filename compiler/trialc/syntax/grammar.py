"""The parser that Lark makes of protocol.lark."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Lark, Tree
    from lark.lexer import TerminalDef, Token

GRAMMAR = files("trialc.syntax").joinpath("protocol.lark").read_text(encoding="utf-8")

_RULES = GRAMMAR.split("// ---- terminals", 1)[0]
_HEADS, _INSIDE = _RULES.split("// ---- what stands in braces", 1)
UNITS_OF_TIME = {"years", "months", "weeks", "days"}
"""Words that count time, and the units of quantities."""
_SPECIAL = {"all", "any", "none", "sum", "highest", "previous", "this", *UNITS_OF_TIME}
_NO_NAME_BEFORE = {
    "dropping", "ongoing", "unchanged", "since", "most", "until", "above", "below", "outside",
    "normal", "range", "those", "confirmed", "more", "made",
    "suspected", "planned", "except",
    "apart", "between", "like", "cohort", "decides", "dose", "due", "everything", "first", "level",
    "observed", "then", "without", "where", "has",
}  # fmt: skip
"""Words that stand only where no name can, so that names may be called so."""
_BEHIND_NUMBERS = {"confirmed"}
"""Those of them that may follow a number without a unit, and are none."""
RESERVED = (frozenset(re.findall(r'"([a-z]+)"', _INSIDE)) | _SPECIAL) - _NO_NAME_BEFORE
"""Words that mean something inside a declaration: nothing may be called so."""

DECLARATION_KEYWORDS = frozenset(
    match.group(1) for match in re.finditer(r'^\w+: "([a-z]+)"', _HEADS, re.MULTILINE)
) | {"inclusion", "exclusion", "patient", "test", "trial"}


@cache
def parser() -> Lark:
    """The LALR parser, made once a process."""
    from lark import Lark  # imported late: start-up is most of the cost of a small command

    keywords = "|".join(sorted((RESERVED | _BEHIND_NUMBERS) - UNITS_OF_TIME))
    return Lark(
        GRAMMAR.replace("KEYWORDS", keywords),
        parser="lalr",
        propagate_positions=True,
        maybe_placeholders=True,
        edit_terminals=_whole_word,
    )


_AS_A_WORD = r"(?![\w.])"


def _whole_word(terminal: TerminalDef) -> None:
    """A word of the language ends where the word does: where no name can stand, Lark would take
    the `give` of `gives` for it.
    """
    from lark.lexer import PatternRE, PatternStr

    pattern = terminal.pattern
    if isinstance(pattern, PatternStr) and pattern.value.isalpha():
        terminal.pattern = PatternRE(pattern.value + _AS_A_WORD)
        terminal.priority = 1  # before a name


@cache
def _words() -> dict[str, str]:
    """The words of the language by the names of their terminals."""
    from lark.lexer import PatternStr

    return {
        terminal.name: terminal.pattern.value.removesuffix(_AS_A_WORD)
        for terminal in parser().terminals
        if isinstance(terminal.pattern, PatternStr) or terminal.pattern.value.endswith(_AS_A_WORD)
    }


def word_of(terminal: str) -> str:
    """The word that a terminal stands for; the terminal's name where it stands for many."""
    return _words().get(terminal, terminal.lower())


class Unexpected(NamedTuple):
    """Where a text leaves the language. `found` is the terminal that stands there: "" where none
    does, "$END" at the end. `expected` are the terminals that could. `before` is the place of a
    name that stands before it, if one does.
    """

    start: int
    end: int
    found: str
    expected: frozenset[str] = frozenset()
    before: tuple[int, int] | None = None


def parse_section(text: str, start: int, end: int) -> Tree[Token] | Unexpected:
    """Lark's tree of text[start:end] with the positions of the whole text, or what is wrong.

    Lines and columns are the section's own: nobody needs them.
    """
    from lark import UnexpectedCharacters, UnexpectedToken

    # Lark leaves these types open.
    parse = cast("Callable[[str], Tree[Token]]", parser().parse)  # pyright: ignore[reportUnknownMemberType]
    try:
        return _moved(parse(text[start:end]), start)
    except UnexpectedCharacters as error:
        offset = start + cast("int", error.pos_in_stream)
        return Unexpected(offset, offset + 1, "")
    except UnexpectedToken as error:
        token = cast("Token", error.token)
        place = _place(token, start)
        expected = frozenset(error.accepts or error.expected)
        return Unexpected(*place, token.type, expected, _name_before(error.state, start))


def _moved(parsed: Tree[Token], start: int) -> Tree[Token]:
    """The tree with every position so much further on.

    Lark's own `TextSlice` counts the lines before each slice anew, so that a text of many
    declarations would take the square of its length.
    """
    for node in parsed.iter_subtrees():
        if not node.meta.empty:
            node.meta.start_pos += start
            node.meta.end_pos += start
        for leaf in node.children:
            if hasattr(leaf, "start_pos"):  # neither a tree nor the absence of a part
                token = cast("Token", leaf)
                token.start_pos, token.end_pos = _place(token, start)
    return parsed


def _place(token: Token, start: int) -> tuple[int, int]:
    return start + (token.start_pos or 0), start + (token.end_pos or 0)


def _name_before(state: object, start: int) -> tuple[int, int] | None:
    """The place of the last token that the parser took, if it is a name."""
    from lark.lexer import Token

    last = cast("list[object]", getattr(state, "value_stack", None) or [None])[-1]
    if isinstance(last, Token) and last.type == "NAME":
        return _place(last, start)
    return None
