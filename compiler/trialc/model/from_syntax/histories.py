"""A history spelled out: what happened once, may go on, or ended on a day, in three elements.

`data mi "Myocardial infarction" : history` stands for `mi` (ever), `mi.ongoing`, which exists for
whom it ever happened, and `mi.last`, the last day, which exists where it does not go on. Where a
rule asks how long it has gone on, or gone on unchanged, there are `mi.since` and
`mi.unchanged_since`, which exist where it goes on; `mi.suspected`, where it does not;
`mi.planned` and, where it is, `mi.planned_for`. What names the history as a whole (`collects:
mi`, `mi: never` in an example) is spelled out, too. Behind this module only conditions know of
histories: `mi ongoing`, `mi within 6 months before as_of`.

`data mi "..." : occurrence` is what happens on a day and never goes on: `mi` (ever) and `mi.last`,
which exists for whom it ever happened; where a rule asks, `mi.suspected`, of whom it is asked at
all, and what is planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.model.from_syntax.classes import (
    Bindings,
    Scopes,
    classes,
    full,
    parts_asked,
    scopes_of,
)
from trialc.model.from_syntax.facts import asked_elements
from trialc.model.from_syntax.history_examples import Classes, Parts, assigned
from trialc.model.from_syntax.texts import Texts
from trialc.model.histories import (
    ANY_OTHER,
    ASKED_FOR,
    EVER,
    KINDS,
    LAST,
    ONGOING,
    PLANNED,
    PLANNED_FOR,
    SINCE,
    SUSPECTED,
    UNCHANGED,
    all_except,
    all_of,
)
from trialc.syntax import imports, tree

_ON_ALL = ("by", "valid", "about")
"""Properties that say the same of all elements."""
_TITLES = {
    ONGOING: ", ongoing",
    LAST: ", last day",
    SINCE: ", first day",
    UNCHANGED: ", unchanged since",
    SUSPECTED: ", suspected",
    PLANNED: ", planned",
    PLANNED_FOR: ", planned for",
}
_YES_OR_NO = (ONGOING, SUSPECTED, PLANNED)
_QUESTIONS = (tree.Ongoing, tree.Suspected, tree.Planned, tree.Name)


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The texts with their histories spelled out, which these are, and the members of classes."""
    main, libraries = texts.main, texts.libraries
    known = dict(_declared(main, ""))
    for library in libraries:
        known.update(_declared(library.tree, library.prefix))
    scopes = scopes_of(main, libraries)
    made = classes(scopes, known, found)
    parts_asked(scopes, made, known, found)
    parts = _parts_of_each(known, scopes, made)
    spelled = tuple(
        replace(
            library,
            tree=_spelled_out(library.tree, _within(library, parts), _within(library, made), found),
            bindings=_bound(library, parts),
        )
        for library in libraries
    )
    main = _spelled_out(main, parts, made, found)
    return replace(
        texts,
        main=main,
        libraries=spelled,
        histories=frozenset(known),
        classes=made,
        occurrences=frozenset(name for name, kind in known.items() if kind != "history"),
    )


def _declared(text: tree.Tree, prefix: str) -> Iterator[tuple[str, str]]:
    for declaration in text.declarations:
        if (kind := _kind(declaration)) and declaration.name is not None:
            yield prefix + declaration.name.text, kind


def _kind(declaration: tree.Declaration) -> str:
    """history, occurrence, "" for everything else."""
    head = declaration.head
    return head.type if isinstance(head, tree.TypeHead) and head.type in KINDS else ""


# ---- which elements are asked


def _parts_of_each(
    known: Mapping[str, str], scopes: Scopes, made: Classes
) -> dict[str, tuple[str, ...]]:
    """What the elements of each history end with, by its full id."""
    asked = {element for text in scopes for element in _asked(*text, made)}
    asked -= set().union(*(_names(text, prefix) for text, prefix, _ in scopes))
    always = {"history": (ONGOING, LAST), "occurrence": (LAST,)}
    may_be = {"history": ASKED_FOR, "occurrence": (SUSPECTED, PLANNED, PLANNED_FOR)}
    return {
        name: (*always[kind], *(part for part in may_be[kind] if f"{name}.{part}" in asked))
        for name, kind in known.items()
    }


def _names(text: tree.Tree, prefix: str) -> set[str]:
    """What the author declares: an element of an older text may be called like one of these."""
    return {prefix + each.name.text for each in text.declarations if each.name is not None}


def _asked(text: tree.Tree, prefix: str, bindings: Bindings, made: Classes) -> Iterator[str]:
    """Full ids of the elements beside the first three that the rules of a text ask for."""
    for declaration in text.declarations:
        for rule in tree.rules_of(declaration.head, declaration.body):
            for node in tree.nodes_in(rule, _QUESTIONS):
                if isinstance(node, tree.Name):
                    name, _, part = node.text.rpartition(".")
                    if part in ASKED_FOR:
                        yield f"{full(name, prefix, bindings)}.{part}"
                        # Whether it is planned at all says for whom there is a day.
                        yield f"{full(name, prefix, bindings)}.{part.removesuffix('_for')}"
                    continue
                for name in _asked_of(node.name, prefix, bindings, made):
                    yield from (f"{name}.{part}" for part in asked_elements(node))


def _asked_of(fact: tree.Fact, prefix: str, bindings: Bindings, made: Classes) -> tuple[str, ...]:
    """Full ids of the histories of which a question is asked."""
    if isinstance(fact, tree.Name):
        return all_of(full(fact.text, prefix, bindings), made)
    out = [full(member.text, prefix, bindings) for member in fact.members]
    return all_except(full(fact.name.text, prefix, bindings), out, made)


def _within(library: imports.Library, parts: Parts) -> Parts:
    """What is known of histories by the names that they have within a library."""
    own = {
        name.removeprefix(library.prefix): each
        for name, each in parts.items()
        if name.startswith(library.prefix)
    }
    bound = {theirs: parts[ours] for theirs, (ours, _) in library.bindings.items() if ours in parts}
    return {**own, **bound}


def _bound(library: imports.Library, parts: Parts) -> Mapping[str, tuple[str, tree.Name]]:
    """A history of the protocol stands for one of the library with all its parts."""
    bound = dict(library.bindings)
    for theirs, (ours, where) in library.bindings.items():
        if ours in parts and library.prefix + theirs in parts:
            bound |= {f"{theirs}.{part}": (f"{ours}.{part}", where) for part in parts[ours]}
    return bound


# ---- declarations


def _spelled_out(
    text: tree.Tree, parts: Parts, made: Classes, found: list[Diagnostic]
) -> tree.Tree:
    declarations = tuple(
        each for one in text.declarations for each in _declarations(one, parts, made, found)
    )
    return replace(text, declarations=declarations)


def _declarations(
    declaration: tree.Declaration, parts: Parts, made: Classes, found: list[Diagnostic]
) -> Iterator[tree.Declaration]:
    if _kind(declaration):
        yield from _elements(declaration, parts, made)
    elif declaration.keyword == "activity":
        body = tuple(_collecting(statement, parts, made) for statement in declaration.body)
        yield replace(declaration, body=body)
    elif declaration.keyword == "patient":
        yield replace(declaration, body=tuple(assigned(declaration.body, parts, made, found)))
    elif isinstance(declaration.head, tree.TestHead):
        changes = tuple(assigned(declaration.head.changes, parts, made, found))
        yield replace(declaration, head=replace(declaration.head, changes=changes))
    else:
        yield declaration


def _elements(history: tree.Declaration, parts: Parts, made: Classes) -> Iterator[tree.Declaration]:
    """The elements of a history, each at its place in the text."""
    name, title, head = history.name, history.title, history.head
    assert name is not None
    assert title is not None
    assert isinstance(head, tree.TypeHead)
    if name.text in made:
        title = _titled(title, ANY_OTHER)
    common = tuple(
        statement
        for statement in history.body
        if isinstance(statement, tree.Property) and statement.label.text in _ON_ALL
    )
    yes_or_no, day = replace(head, type="boolean"), replace(head, type="date")
    yield replace(history, title=_titled(title, EVER), head=yes_or_no)
    for part in parts[name.text]:
        exists = _exists(name, part, head.type)
        when = () if exists is None else (tree.Rule("applies", exists, where=history.where),)
        of_all = _rules(history) if part in (SUSPECTED, PLANNED) and exists is None else ()
        yield replace(
            history,
            name=tree.Name(f"{name.text}.{part}", where=name.where),
            title=_titled(title, _TITLES[part]),
            head=yes_or_no if part in _YES_OR_NO else day,
            body=(*common, *of_all, *when),
        )


def _rules(history: tree.Declaration) -> tuple[tree.Statement, ...]:
    """For whom the history is asked at all."""
    return tuple(statement for statement in history.body if isinstance(statement, tree.Rule))


def _exists(name: tree.Name, part: str, kind: str) -> tree.Expression | None:
    """For whom an element of a history exists, among those of whom it is asked."""
    itself = tree.Itself(name.text, where=name.where)
    if kind == "occurrence" and part in (LAST, SUSPECTED):
        return itself if part == LAST else None
    goes_on = tree.Name(f"{name.text}.{ONGOING}", where=name.where)
    exists: dict[str, tree.Expression | None] = {
        ONGOING: itself,
        LAST: tree.Not(goes_on, where=name.where),
        SUSPECTED: tree.Not(tree.Ongoing(itself, where=name.where), where=name.where),
        PLANNED: None,
        PLANNED_FOR: tree.Name(f"{name.text}.{PLANNED}", where=name.where),
    }
    return exists.get(part, goes_on)


def _titled(title: tree.Text, ending: str) -> tree.Text:
    return tree.Text(title.value + ending, where=title.where)


def _collecting(statement: tree.Statement, parts: Parts, made: Classes) -> tree.Statement:
    """`collects: mi` collects all that is asked of it."""
    if not isinstance(statement, tree.Property) or statement.label.text != "collects":
        return statement
    return replace(statement, values=tuple(_all_parts(statement.values, parts, made)))


def _all_parts(
    values: Sequence[tuple[tree.Term, ...]], parts: Parts, made: Classes
) -> Iterator[tuple[tree.Term, ...]]:
    named = {terms[0].text for terms in values if isinstance(terms[0], tree.Name)}
    for terms in values:
        yield terms
        name = terms[0]
        if len(terms) > 1 or not isinstance(name, tree.Name):
            continue
        for history in all_of(name.text, made):
            if history != name.text and history in named:
                continue
            if history != name.text:
                named.add(history)
                yield (tree.Name(history, where=name.where),)
            for part in parts.get(history, ()):
                yield (tree.Name(f"{history}.{part}", where=name.where),)
