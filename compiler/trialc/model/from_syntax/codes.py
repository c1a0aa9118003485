"""The codes of a choice, and their titles."""

from __future__ import annotations

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog.recorded import SAME_TITLE
from trialc.diagnostics.catalog.syntax import RESERVED_NAME
from trialc.model.from_syntax.body import UNKNOWNS, distinct
from trialc.syntax import tree


def codes(options: tree.Options, found: list[Diagnostic]) -> tuple[str, ...]:
    """The codes of a choice, each once; none may be a word for a value that nobody has."""
    distinct(options.names, found)
    for name in options.names:
        if name.text in UNKNOWNS:
            advice = "a value that nobody has is said so in the record: leave it out here"
            found.append(RESERVED_NAME.at(name.where, name=name.text, help=advice))
    return tuple(dict.fromkeys(name.text for name in options.names))


def titles(options: tree.Options, found: list[Diagnostic]) -> tuple[str, ...]:
    """The titles of the codes, each code once, "" for one without; () where none has any. Two codes
    that would read alike are reported.
    """
    if not options.titles:
        return ()
    by_code: dict[str, tuple[str, tree.Syntax]] = {}
    for name, title in zip(options.names, options.titles, strict=True):
        by_code.setdefault(name.text, (title.value if title else "", title or name))
    printed: dict[str, str] = {}
    for code, (title, place) in by_code.items():
        shown = title or code.replace("_", " ")
        if shown in printed:
            first, advice = printed[shown], f'give one of them another title: `{code} "..."`'
            twins = SAME_TITLE.at(place.where, first=first, second=code, title=shown, help=advice)
            found.append(twins)
        printed.setdefault(shown, code)
    return tuple(title for title, _ in by_code.values())
