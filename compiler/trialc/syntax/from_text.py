"""Parse: a text to its tree. One declaration at a time, so that all broken ones are reported."""

from __future__ import annotations

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import syntax as kinds
from trialc.source import SourceText, Span
from trialc.syntax import tree
from trialc.syntax.building import build
from trialc.syntax.grammar import DECLARATION_KEYWORDS, RESERVED, Unexpected, parse_section
from trialc.syntax.mistakes import explain
from trialc.syntax.recovered import names
from trialc.syntax.sections import Section, Sections, split
from trialc.syntax.spelling import nearest


def parse(source: SourceText) -> tuple[tree.Tree, tuple[Diagnostic, ...]]:
    """The declarations that have the right form, and a diagnostic for each that has not."""
    sections = split(source)
    found = list(sections.found)
    declarations: list[tree.Declaration] = []
    broken = list(sections.broken)
    for section in sections.whole:
        outcome = _parse_section(source, section)
        if isinstance(outcome, Diagnostic):
            found.append(outcome)
            broken.append(section)
        else:
            declarations.append(outcome)
    found += _check_language(source, sections, declarations)
    lost = frozenset(
        (each.keyword, name) for each in broken for name in (*names(source, each), each.name)
    )
    return tree.Tree(source, tuple(declarations), lost), tuple(found)


def _parse_section(source: SourceText, section: Section) -> tree.Declaration | Diagnostic:
    if section.keyword not in DECLARATION_KEYWORDS:
        start = section.where.start
        place = Span(source.name, start, start + len(section.keyword))
        is_inner = section.keyword in RESERVED  # no slip for a declaration: `and`, `require`
        guess = None if is_inner else nearest(section.keyword.lower(), DECLARATION_KEYWORDS)
        advice = (
            f"did you mean `{guess}`?"
            if guess
            else "indent it if it belongs to the declaration above"
        )
        return kinds.UNKNOWN_KEYWORD.at(place, word=section.keyword, help=advice)
    parsed = parse_section(source.text, section.where.start, section.where.end)
    if isinstance(parsed, Unexpected):
        return explain(parsed, source, section)
    return build(parsed, source)


def _check_language(
    source: SourceText, sections: Sections, declarations: list[tree.Declaration]
) -> list[Diagnostic]:
    """The text begins with its language version, which is ours."""
    every = [*sections.whole, *sections.broken]
    first = min(every, key=lambda section: section.where.start, default=None)
    if first is None or first.keyword != "language":
        start, word = (first.where.start, first.keyword) if first else (0, "")
        place = Span(source.name, start, start + len(word))
        return [kinds.NO_LANGUAGE.at(place, help="begin the text with `language 1`")]
    return [
        kinds.LANGUAGE_VERSION.at(
            declaration.where, version=declaration.head.number, help="write `language 1`"
        )
        for declaration in declarations
        if isinstance(declaration.head, tree.NumberHead) and declaration.head.number != "1"
    ]
