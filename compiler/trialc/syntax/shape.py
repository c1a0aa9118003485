"""What the layout asks of the grammar: where blocks, values and operands begin.

And which of them the author lets begin a line. Words are meant by their number in the reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from trialc.syntax.words import Reading

if TYPE_CHECKING:
    from lark import Tree
    from lark.lexer import Token

    Node = Tree[Token]

BLOCKS = {
    "body", "group", "score", "nested_score", "table", "changes", "attributes",
    "patient", "test", "trial_test", "outcomes", "one_of_them", "own_body",
}  # fmt: skip
"""Rules with braces around parts that each begin a line."""
JUNCTIONS = {"and_", "or_", "arithmetic", "unless"}
"""Rules of operands with words between them."""
LISTS = {"activity"}
"""Declarations whose head ends in a list of names, which may be long."""

_ONE_EACH_LINE = {"body", "patient", "test", "trial_test", "outcomes"}
"""Blocks that stand on one line only if they hold a single part."""
_CONDITIONS = {
    "define", "derive", "item", "score_item", "case", "replacement", "every",
    "require", "exclude", "opens", "stops", "counts", "applies", "made", "when",
}  # fmt: skip
"""Rules that end in a condition, which may begin on a line of its own."""
_SIGNED = {"bound", "signed"}
_AROUND = {"attributed", "attributed_other", "if_done", "unless", "not_"}
"""Rules around a condition that may be a block."""


@dataclass(frozen=True, slots=True)
class Block:
    """The braces of a block, and the first word of each part between them."""

    opener: int
    starts: frozenset[int]
    closer: int

    @property
    def lines(self) -> frozenset[int]:
        """The words that begin a line where the block does not stand on one."""
        return self.starts | {self.closer} if self.starts else self.starts


class Shape:
    """The shape of a text that was read."""

    def __init__(self, reading: Reading) -> None:
        self.words = reading.words
        last = len(reading.words) - 1
        self.by_start = {word.where.start: k for k, word in enumerate(reading.words[:last])}
        self.by_end = {word.where.end: k for k, word in enumerate(reading.words[:last])}
        self.lines = {last, *(k for k, word in enumerate(reading.words) if word.apart)}
        """The words that begin a line by their nature or by the author's decision."""
        self.loose = {last}
        """The words before which a blank line may stand."""
        self.tight: set[int] = set()
        """The words that stand right behind the one before them, for what they are here."""
        for declaration in reading.declarations:
            self.lines.add(self.start(declaration))
            self.loose.add(self.start(declaration))
            for node in declaration.iter_subtrees():
                self._note(node)

    def _note(self, node: Node) -> None:
        first, last = self.span(node)
        if node.data in BLOCKS:
            self._note_block(node)
        elif node.data in ("options", "codes"):
            self.tight |= {first + 1, last}
        elif node.data == "function" or (node.data in _SIGNED and self.words[first].kind == "SIGN"):
            self.tight.add(first + 1)
        elif node.data == "alternative":
            self.lines |= {self.start(child) for child in children(node)}
        elif node.data == "assignment":
            courses = [self.start(part) for part in children(node) if part.data == "one_of_them"]
            self.lines |= set(courses) if len(courses) > 1 else set()
        value = self.value(node)
        if value is not None and self.words[value].newline and not leading_block(condition(node)):
            self.lines.add(value)

    def _note_block(self, node: Node) -> None:
        block = self.block(node)
        self.loose |= {*block.starts, block.closer}
        if not block.starts:
            self.tight.add(block.closer)
        inside = range(block.opener + 1, block.closer + 1)
        if (
            any(self.words[k].newline or "\n" in self.words[k].text for k in inside)
            or not self.lines.isdisjoint(inside)  # inner nodes are noted before outer ones
            or (node.data in _ONE_EACH_LINE and len(block.starts) > 1)
        ):
            self.lines |= block.lines

    def start(self, part: Node | int) -> int:
        """The first word of a part."""
        return part if isinstance(part, int) else self.by_start[part.meta.start_pos]

    def span(self, node: Node) -> tuple[int, int]:
        """The first and the last word of a node."""
        return self.by_start[node.meta.start_pos], self.by_end[node.meta.end_pos]

    def parts(self, node: Node) -> Iterator[int | Node]:
        """A node's children in their order, and the words that stand between them."""
        k, last = self.span(node)
        for child in children(node):
            start, end = self.span(child)
            yield from range(k, start)
            yield child
            k = end + 1
        yield from range(k, last + 1)

    def block(self, node: Node) -> Block:
        """The braces of a block, which end it."""
        opener, closer = self.span(node)
        while self.words[opener].text != "{":
            opener += 1
        # `but { ... }` goes on with the line that `given` begins.
        starts = (self.start(child) for child in children(node) if child.data != "changes")
        inner = {opener + 1, *(start for start in starts if start > opener)}
        return Block(opener, frozenset(inner - {closer}), closer)

    def value(self, node: Node) -> int | None:
        """The first word of what may begin on a line of its own."""
        inner = condition(node)
        if inner is not None:
            return self.start(inner)
        before = {"property": ":", "expectation": "needing"}.get(node.data)
        first, last = self.span(node)
        words = (k for k in range(first, last) if before and self.words[k].text == before)
        return next((k + 1 for k in words), None)

    def operators(self, node: Node) -> set[int]:
        """The words between the operands of a junction."""
        return {self.span(child)[1] + 1 for child in children(node)[:-1]}

    def space(self, k: int) -> int:
        """The blanks between this word and the one before it on the same line: none or one."""
        text, before = self.words[k].text, self.words[k - 1]
        label = text == ":" and before.kind != "STRING"
        return int(not (k in self.tight or label or text in (",", ")") or before.text == "("))


def children(node: Node) -> list[Node]:
    """The children of a node that are nodes, not words."""
    return [cast("Node", child) for child in node.children if hasattr(child, "data")]


def condition(node: Node) -> Node | None:
    """The condition or the formula that a rule ends in."""
    if node.data not in _CONDITIONS:
        return None
    return [child for child in children(node) if child.data != "body"][-1]


def leading_block(inner: Node | None) -> Node | None:
    """The block that a condition begins with: it opens on the line of what it belongs to."""
    while inner is not None and inner.data not in BLOCKS:
        inner = children(inner)[0] if inner.data in _AROUND else condition(inner)
    return inner
