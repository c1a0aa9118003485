"""`protoc fmt` on real declarations with other blanks and comments, and on any conditions."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialc.source import SourceText
from trialc.syntax.sections import comments, split
from trialc.syntax.to_text import format_text
from trialc.syntax.words import Word, read

ROOT = Path(__file__).parents[2]
PROTOCOL = SourceText(
    "care_ssc", (ROOT / "protocol/care_ssc.proto.txt").read_text(encoding="utf-8")
)


def formatted(text: str) -> str:
    made, found = format_text(SourceText("x", text))
    assert made is not None, found
    return made


def remarks(text: str) -> list[str]:
    source = SourceText("x", text)
    return [source[place].rstrip() for place in comments(source)]


# ---- real declarations, mangled

SECTIONS = [
    text
    for section in split(PROTOCOL)[0][1:]
    if len(text := PROTOCOL[section.where].rstrip()) < 1500
]
# A line that begins behind these stays there, or means that a value begins on its own line.
VALUE_FOLLOWS = {":", "=", "by", "needing", "satisfies", "require", "when"}
# These are told from names by the word behind them, so a comment cannot follow.
LOOKS_AHEAD = {
    "all", "any", "none", "sum", "highest", "previous", "this", "years", "months", "weeks", "days",
}  # fmt: skip
FIRST_WORDS = {0, 2}
"""Of the declarations, behind `language 1`: they stand in the first column."""
BLANKS = [" ", "  ", "\t", " \u00a0", "\u202f ", " \t "]


def in_one_line(words: tuple[Word, ...]) -> set[int]:
    """The words in braces that the author closed on the line where they are opened."""
    found: set[int] = set()
    openers: list[int] = []
    for k, word in enumerate(words):
        if word.text == "{":
            openers.append(k)
        elif word.text == "}":
            inside = range(openers.pop() + 1, k + 1)
            if not any(words[i].newline for i in inside):
                found |= set(inside)
    return found


def is_label(words: tuple[Word, ...], k: int) -> bool:
    """Is this the colon or the number of a label, which stand on the line of their name?"""
    return words[k].text == ":" or (words[k].kind == "BOX" and words[k + 1].text == ":")


def mangled(source: SourceText, random: Random) -> str:
    """The same words and comments with other blanks and line ends between them."""
    words = read(source).words
    closed = in_one_line(words)
    out = ""
    for k, word in enumerate(words):
        label = is_label(words, k)
        gap = " " if label else random.choice(BLANKS)
        for comment in word.comments:
            out += gap if comment.trailing else "\n" * (1 + comment.blank) + gap
            out += comment.text + random.choice(["", " ", "\t"])
        if k in FIRST_WORDS:
            out += "\n" * (1 + word.blank) * (k > 0)
        elif word.newline:
            out += " \n" * (1 + word.blank) + gap
        elif random.random() < 0.2 and not (
            k in closed or label or words[k - 1].text in VALUE_FOLLOWS
        ):
            out += gap + "\n" + gap
        else:
            out += gap
        out += source[word.where]
    return out


def remarked(source: SourceText, random: Random) -> str:
    """The text with new comments wherever the grammar lets them stand."""
    words = read(source).words
    out, position = "", 0
    for k, word in enumerate(words):
        out += source.text[position : word.where.start]
        position = word.where.end
        allowed = not is_label(words, k) and words[k - 1].text not in LOOKS_AHEAD
        if k and allowed and random.random() < 0.1:
            remark = random.choice(['# "', '# """ {', "# a – b", "#"])
            out += random.choice(["", "\n", "\n\n  "]) + f" {remark}{k}\n"
            out += "" if k in FIRST_WORDS else " "
        out += source[word.where]
    return out


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(SECTIONS), st.randoms(use_true_random=False))
def test_the_layout_does_not_depend_on_blanks(section: str, random: Random) -> None:
    text = formatted("language 1\n\n" + section)
    other = mangled(SourceText("x", text), random)
    assert formatted(other) == text


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(SECTIONS), st.randoms(use_true_random=False))
def test_no_comment_is_lost(section: str, random: Random) -> None:
    other = remarked(SourceText("x", "language 1\n\n" + section), random)
    assert remarks(formatted(other)) == remarks(other)


# ---- conditions of any shape

NAMES = ["a", "gamma.delta", "a_name_of_some_length", "family.another_quite_long_name"]
GAPS = [" "] * 16 + ["  ", "\n  ", "\n\n    ", " # remark\n ", "\n # remark\n "]


class Writer:
    """Writes conditions by chance, with any gaps between their words."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def joined(self, *parts: str) -> str:
        return parts[0] + "".join(self.random.choice(GAPS) + part for part in parts[1:])

    def chained(self, word: str, depth: int, most: int) -> str:
        parts = [self.operand(depth) for _ in range(self.random.randint(1, most))]
        return self.joined(*[piece for part in parts for piece in (word, part)][1:])

    def condition(self, depth: int) -> str:
        made = self.chained(self.random.choice(["and", "or"]), depth, 4)
        if self.random.random() < 0.2:
            return self.joined(made, "unless", self.chained("or", depth, 2))
        return made

    def operand(self, depth: int) -> str:
        kinds = [self.name, self.comparison, self.choice]
        if depth:
            kinds += [self.group, self.parenthesis, self.negation, self.all_of_them]
        made = self.random.choice(kinds)(depth - 1)
        if self.random.random() < 0.2:
            return self.joined(made, "attributed", "to", "other", "than", "ssc")
        return made

    def name(self, _: int) -> str:
        return self.random.choice(NAMES)

    def comparison(self, _: int) -> str:
        return self.joined(self.name(0), "*", self.name(0), "−", "3 x10^9/L", "≥", "-", "0.5mg")

    def choice(self, _: int) -> str:
        names = [piece for _ in range(self.random.randint(1, 5)) for piece in (",", self.name(0))]
        return self.joined(self.name(0), "in", "{", *names[1:], "}")

    def group(self, depth: int) -> str:
        labels = self.random.sample(["a:", "a_longer_label:", "c [ii]:"], self.random.randint(1, 3))
        items = [piece for label in labels for piece in (label, self.condition(depth))]
        return self.joined("any of", "{", *items, "}")

    def parenthesis(self, depth: int) -> str:
        return self.joined("(", self.condition(depth), ")")

    def negation(self, depth: int) -> str:
        return self.joined("not", self.random.choice([self.name, self.group])(depth))

    def all_of_them(self, depth: int) -> str:
        every = "every participant in this block satisfies"
        return self.joined(every, self.random.choice([self.name, self.group])(depth))


BODIES = ["", "{ decided a }", "\n{ decided a, b }", "{\n decided a\n\n by: c }", "{ # x\n}"]


@pytest.mark.parametrize("seed", range(6))
def test_conditions_of_any_shape(seed: int) -> None:
    """`format_text` itself proves them, so it must not refuse one."""
    for part in range(12):
        writer = Writer(12 * seed + part)
        words = ["define", "name", '"A title"', "=", writer.condition(2)]
        text = "language 1\n" + writer.joined(*words, writer.random.choice(BODIES))
        assert remarks(formatted(text)) == remarks(text)


def test_the_deepest_condition_that_the_grammar_takes() -> None:
    inside = "any of {\n a: " * 29 + "not a and (b or c)" + " }" * 29
    text = 'language 1\ndefine name "A title" = ' + inside
    assert formatted(text).splitlines()[30].startswith(" " * 58 + "a:")
