"""Format: a text in the one layout of the language, or none if more than the layout would change.

The layout is not trusted. Whatever it makes is read again and compared with what the author wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import syntax as kinds
from trialc.source import SourceText, Span
from trialc.syntax import tree
from trialc.syntax.from_text import parse
from trialc.syntax.layout import lay_out
from trialc.syntax.words import Reading, read

Fault = tuple[Span, str]
"""Where the layout would do harm, and which."""


def format_text(source: SourceText) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text in the one layout, or None and the reasons: errors in it, or a fault of the layout.

    A text that comes back says the same, keeps its comments and its registered words, and would
    come back unchanged. Places are those of the text with `\\n` line ends and no byte order mark.
    """
    text = source.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    before = SourceText(source.name, text)
    parsed, errors = parse(before)
    if errors:
        return None, errors
    reading = read(before)
    after = SourceText(source.name, lay_out(reading))
    fault = _fault(parsed, reading, after)
    if fault:
        place, damage = fault
        return None, (kinds.LAYOUT_REFUSED.at(place, damage=damage),)
    return after.text, ()


def _fault(before: tree.Tree, reading: Reading, after: SourceText) -> Fault | None:
    """What is wrong with the result, if anything is."""
    parsed, errors = parse(after)
    if errors:
        return _beginning(before), f"break its form: {errors[0].message}"
    made = read(after)
    return (
        _registered_words(reading, made)
        or _comments(reading, made)
        or _declarations(before, parsed)
        or _rest(before, after, made)
    )


def _registered_words(before: Reading, after: Reading) -> Fault | None:
    """Texts between triple quotation marks are not changed by a single character."""
    ours, theirs = (
        [(word.text, word.where) for word in reading.words if word.kind == "LONGSTRING"]
        for reading in (before, after)
    )
    return _first_difference(ours, theirs, before, "change registered words")


def _comments(before: Reading, after: Reading) -> Fault | None:
    """Every comment stands between the same two words, behind the first one or on its own line."""
    ours, theirs = (
        [
            ((k, comment.text, comment.trailing), comment.where)
            for k, word in enumerate(reading.words)
            for comment in word.comments
        ]
        for reading in (before, after)
    )
    return _first_difference(ours, theirs, before, "move or lose a comment")


def _declarations(before: tree.Tree, after: tree.Tree) -> Fault | None:
    """The trees are the same but for places."""
    for ours, theirs in zip_longest(before.declarations, after.declarations):
        if ours != theirs:
            return (ours or before.declarations[-1]).where, "change what a declaration says"
    return None


def _rest(before: tree.Tree, after: SourceText, made: Reading) -> Fault | None:
    """The result is in the layout: formatting it again changes nothing."""
    if lay_out(made) != after.text:
        return _beginning(before), "give another text the second time"
    return None


def _first_difference(
    before: Sequence[tuple[object, Span]],
    after: Sequence[tuple[object, Span]],
    whole: Reading,
    damage: str,
) -> Fault | None:
    for ours, theirs in zip_longest(before, after):
        if not ours or not theirs or ours[0] != theirs[0]:
            return (ours[1] if ours else whole.words[0].where), damage
    return None


def _beginning(text: tree.Tree) -> Span:
    return text.declarations[0].where if text.declarations else Span(text.source.name, 0, 0)
