"""Where the lines of a text begin, and how far they are indented.

Every declaration, statement and labelled item begins a line, two blanks deeper than the block that
it stands in. The author decides three things: whether a short block stays on one line, whether a
value begins on a line of its own, and where single blank lines stand. All else follows from the
words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trialc.syntax.shape import (
    BLOCKS,
    JUNCTIONS,
    LISTS,
    Block,
    Shape,
    children,
    condition,
    leading_block,
)
from trialc.syntax.words import Reading

if TYPE_CHECKING:
    from trialc.syntax.shape import Node

WIDTH = 100
STEP = 2


def lay_out(reading: Reading) -> str:
    """The text of these words in the one layout, its last line ended."""
    writer = _Writer(reading)
    for declaration in reading.declarations:
        writer.declaration(declaration)
    writer.put(len(reading.words) - 1)
    text = "".join(writer.out).rstrip("\n")
    return text and text + "\n"


class _Writer:
    """Writes the words in their order, and decides on the way which lines are too long.

    `lines` are the words that begin a line as far as this is known: what the author decided from
    the start, what does not fit when it is reached, outer parts before inner ones.
    """

    def __init__(self, reading: Reading) -> None:
        self.words = reading.words
        self.shape = Shape(reading)
        self.lines = set(self.shape.lines)
        self.indents: dict[int, int] = {len(reading.words) - 1: 0}
        """Of the words that begin a line; all others continue a statement where they do."""
        self.out: list[str] = []
        self.column = 0
        self.indent = 0
        """Of the current line."""
        self.hang = 0
        """Where a line begins that continues the current statement."""
        self.is_list = False
        """Whether the head of the current declaration ends in a list of names."""

    # ---- parts of the tree

    def declaration(self, node: Node) -> None:
        """Write a declaration."""
        first = self.shape.start(node)
        self.indents[first] = 0
        # What goes on below a list of names stands deeper than the body: the brace ends the list.
        self.is_list = node.data in LISTS
        self.hang = 2 * STEP if self.is_list else STEP
        body = next((child for child in children(node) if child.data == "body"), None)
        # A body stands on the line of its declaration only where all of it does.
        if body and (self.torn(first, self.shape.start(body)) or not self.fits(first)):
            self.lines |= self.shape.block(body).lines
        self.walk(node)

    def walk(self, node: Node) -> None:
        """Write a part of the tree."""
        hang = self.hang
        if node.data in BLOCKS:
            self.block(node)
        elif node.data in ("parenthesis", "options", "codes"):
            self.bracket(node)
        else:
            self.plain(node)
        self.hang = hang

    def part(self, part: Node | int) -> None:
        if isinstance(part, int):
            self.put(part)
        else:
            self.walk(part)

    def plain(self, node: Node) -> None:
        first = self.shape.start(node)
        if node.data in ("replacement", "dropping"):
            self.indents[first] = self.hang
            self.hang += STEP
        if self.falls_apart(node) or (node.data in JUNCTIONS and not self.fits(first)):
            self.take_apart(node, first)
        value = self.shape.value(node)
        for part in self.shape.parts(node):
            if value is not None and self.shape.start(part) == value:
                self.begin_value(node, value)
            self.part(part)

    def take_apart(self, node: Node, first: int) -> None:
        """Give each operand of a junction its line."""
        if node.data == "unless" and (block := leading_block(node)):
            # The exception stays on the line of the closing brace.
            self.lines |= self.shape.block(block).lines
            return
        operators = self.shape.operators(node)
        self.lines |= operators
        self.indents |= dict.fromkeys({first, *operators} - self.indents.keys(), self.hang)
        self.hang += STEP

    def begin_value(self, node: Node, first: int) -> None:
        """Give a value that is too long a line of its own."""
        inner = condition(node)
        gains = self.hang < self.column + self.shape.space(first)
        if node.data == "property" or leading_block(inner):
            pass
        elif (inner and self.falls_apart(inner)) or (gains and not self.fits(first)):
            self.lines.add(first)
        self.indents[first] = self.hang

    def block(self, node: Node) -> None:
        block = self.shape.block(node)
        for part in self.shape.parts(node):
            if part == block.opener:
                self.open_block(node.data == "body", block)
            else:
                self.part(part)

    def open_block(self, body: bool, block: Block) -> None:
        """Write the opening brace, after deciding whether the block stands on its line."""
        if body and (self.begins_line(block.opener) or (self.indent and not self.is_list)):
            # Behind a head of several lines what stands in the body would look like more of it.
            self.lines |= {block.opener, *block.lines}
            self.indents[block.opener] = 0
        elif not self.fits(block.opener):
            self.lines |= block.lines
        self.put(block.opener)
        indent = 0 if body else self.indent
        self.indents |= dict.fromkeys(block.starts, indent + STEP)
        self.indents[block.closer] = indent
        if block.closer in self.lines:
            self.hang = indent + 2 * STEP

    def bracket(self, node: Node) -> None:
        first, last = self.shape.span(node)
        apart = self.torn(first, last) or not self.fits(first)
        if apart:
            self.lines |= {first + 1, last}
        opener, *rest = self.shape.parts(node)
        self.part(opener)
        if apart:
            self.indents |= {first + 1: self.indent + STEP, last: self.indent}
            self.hang = self.indent + STEP
        for part in rest:
            self.part(part)

    # ---- what is known of the lines

    def begins_line(self, k: int) -> bool:
        return k in self.lines or bool(self.words[k].comments)

    def torn(self, first: int, last: int) -> bool:
        """Does a line begin behind the first of these words?"""
        return any(self.begins_line(k) for k in range(first + 1, last + 1))

    def falls_apart(self, node: Node) -> bool:
        """Is this a junction that stands on several lines anyway? Then each operand begins one."""
        return node.data in JUNCTIONS and self.torn(*self.shape.span(node))

    def fits(self, k: int, end: str = "") -> bool:
        """Has the line room for this word, the next one, up to where a line begins or to `end`?"""
        column = self.column + self.shape.space(k)
        if self.begins_line(k):
            column = self.indents.get(k, self.hang)
        while True:
            text = self.words[k].text
            column += len(text.partition("\n")[0])
            k += 1
            if column > WIDTH or text == end or k == len(self.words) or self.begins_line(k):
                return column <= WIDTH
            column += self.shape.space(k)

    # ---- writing

    def put(self, k: int) -> None:
        """Write the next word, with the comments before it."""
        begins = self.begins_line(k)
        if not begins and self.words[k - 1].text == "," and not self.fits(k, ","):
            begins = self.hang < self.column
        if begins:
            self.begin_line(k)
        else:
            self.write(" " * self.shape.space(k) + self.words[k].text)

    def begin_line(self, k: int) -> None:
        """Write the comments before a word, each on its line, and the word on the next one."""
        word, indent = self.words[k], self.indents.get(k, self.hang)
        closes = word.text in ("}", ")")
        loose = k in self.shape.loose and k > 0 and self.words[k - 1].text != "{"
        for comment in word.comments:
            if comment.trailing:
                self.write("  " + comment.text)
            else:
                self.line(indent + STEP * closes, comment.text, loose and comment.blank)
                loose = k in self.shape.loose
        self.line(indent, word.text, loose and word.blank and not closes)

    def line(self, indent: int, text: str, blank: bool) -> None:
        if self.out:
            self.out.append("\n\n" if blank else "\n")
        self.indent, self.column = indent, 0
        self.write(" " * indent + text)

    def write(self, text: str) -> None:
        self.out.append(text)
        newline = text.rfind("\n")
        self.column = len(text) - newline - 1 if newline >= 0 else self.column + len(text)
