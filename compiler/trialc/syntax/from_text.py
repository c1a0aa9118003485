"""Parse: a text to its syntax tree. One declaration at a time, so that all broken ones are reported."""

from __future__ import annotations

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import syntax as kinds
from trialc.source import SourceText, Span
from trialc.syntax import tree
from trialc.syntax.building import build
from trialc.syntax.grammar import DECLARATION_KEYWORDS, parse_section
from trialc.syntax.mistakes import explain
from trialc.syntax.sections import Section, split
from trialc.syntax.spelling import nearest


def parse(source: SourceText) -> tuple[tree.Tree, tuple[Diagnostic, ...]]:
    """The declarations that have the right form, and a diagnostic for each that has not."""
    sections, found = split(source)
    declarations: list[tree.Declaration] = []
    for section in sections:
        outcome = _parse_section(source, section)
        if isinstance(outcome, Diagnostic):
            found.append(outcome)
        else:
            declarations.append(outcome)
    return tree.Tree(source, tuple(declarations)), (
        *found,
        *_check_language(source, sections, declarations),
    )


def _parse_section(source: SourceText, section: Section) -> tree.Declaration | Diagnostic:
    if section.keyword not in DECLARATION_KEYWORDS:
        place = Span(source.name, section.where.start, section.where.start + len(section.keyword))
        guess = nearest(section.keyword, DECLARATION_KEYWORDS)
        advice = (
            f"did you mean `{guess}`?"
            if guess
            else "indent it if it belongs to the declaration above"
        )
        return kinds.UNKNOWN_KEYWORD.at(place, word=section.keyword, help=advice)
    parsed = parse_section(source.text, section.where.start, section.where.end)
    if isinstance(parsed, Exception):
        return explain(parsed, source, section)
    return build(parsed, source)


def _check_language(
    source: SourceText, sections: list[Section], declarations: list[tree.Declaration]
) -> tuple[Diagnostic, ...]:
    if not sections:
        return ()
    first = declarations[0] if declarations else None
    if sections[0].keyword != "language":
        place = Span(
            source.name, sections[0].where.start, sections[0].where.start + len(sections[0].keyword)
        )
        return (kinds.NO_LANGUAGE.at(place, help="begin the text with `language 1`"),)
    if first and isinstance(first.head, tree.NumberHead) and first.head.number != "1":
        return (
            kinds.LANGUAGE_VERSION.at(
                first.where, version=first.head.number, help="write `language 1`"
            ),
        )
    return ()
