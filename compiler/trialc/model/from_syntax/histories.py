"""A history spelled out: what happened once, may go on, or ended on a day, in three elements.

`data mi "Myocardial infarction" : history` stands for `mi` (ever), `mi.ongoing`, which exists for
whom it ever happened, and `mi.last`, the last day, which exists where it does not go on. Where a
rule asks how long it has gone on, or gone on unchanged, there are `mi.since` and
`mi.unchanged_since`, which exist where it goes on. What names the history as a whole (`collects:
mi`, `mi: never` in an example) is spelled out, too. Behind this module only conditions know of
histories: `mi ongoing`, `mi within 6 months before as_of`.

`data mi "..." : occurrence` is what happens on a day and never goes on: `mi` (ever) and `mi.last`,
which exists for whom it ever happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.model.from_syntax.history_examples import Parts, assigned
from trialc.model.from_syntax.texts import Texts
from trialc.model.histories import EVER, KINDS, LAST, ONGOING, SINCE, UNCHANGED
from trialc.syntax import imports, tree

_ON_ALL = ("by", "valid", "about")
"""Properties that say the same of all elements."""
_TITLES = {
    ONGOING: ", ongoing",
    LAST: ", last day",
    SINCE: ", first day",
    UNCHANGED: ", unchanged since",
}


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The texts with their histories spelled out, and which these are."""
    main, libraries = texts.main, texts.libraries
    known = dict(_declared(main, ""))
    for library in libraries:
        known.update(_declared(library.tree, library.prefix))
    parts = _parts_of_each(known, main, libraries)
    spelled = tuple(
        replace(
            library,
            tree=_spelled_out(library.tree, _within(library, parts), found),
            bindings=_bound(library, parts),
        )
        for library in libraries
    )
    main = _spelled_out(main, parts, found)
    return replace(
        texts,
        main=main,
        libraries=spelled,
        histories=frozenset(known),
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


# ---- which days are asked


def _parts_of_each(
    known: Mapping[str, str], main: tree.Tree, libraries: Sequence[imports.Library]
) -> dict[str, tuple[str, ...]]:
    """What the elements of each history end with, by its full id."""
    asked = set(_asked(main, "", {}))
    for library in libraries:
        asked.update(_asked(library.tree, library.prefix, library.bindings))
    asked -= _names(main, "").union(*(_names(each.tree, each.prefix) for each in libraries))
    return {
        name: (LAST,)
        if kind == "occurrence"
        else (ONGOING, LAST, *(day for day in (SINCE, UNCHANGED) if f"{name}.{day}" in asked))
        for name, kind in known.items()
    }


def _names(text: tree.Tree, prefix: str) -> set[str]:
    """What the author declares: an element of an older text may be called like a day."""
    return {prefix + each.name.text for each in text.declarations if each.name is not None}


def _asked(
    text: tree.Tree, prefix: str, bindings: Mapping[str, tuple[str, tree.Name]]
) -> Iterator[str]:
    """Full ids of the days that the rules of a text ask for."""
    for declaration in text.declarations:
        for rule in tree.rules_of(declaration.head, declaration.body):
            for node in tree.nodes_in(rule, (tree.Ongoing, tree.Name)):
                name, day = _day(node)
                if day:
                    yield f"{_full(name, prefix, bindings)}.{day}"


def _day(node: tree.Ongoing | tree.Name) -> tuple[str, str]:
    """The name of a history, and which of its days is asked for; "" for none."""
    if isinstance(node, tree.Ongoing):
        day = UNCHANGED if node.unchanged else SINCE if node.length is not None else ""
        return node.name.text, day
    name, _, day = node.text.rpartition(".")
    return name, day if day in (SINCE, UNCHANGED) else ""


def _full(name: str, prefix: str, bindings: Mapping[str, tuple[str, tree.Name]]) -> str:
    return bindings[name][0] if name in bindings else prefix + name


def _within(library: imports.Library, parts: Parts) -> Parts:
    """The parts of histories by the names that they have within a library."""
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


def _spelled_out(text: tree.Tree, parts: Parts, found: list[Diagnostic]) -> tree.Tree:
    declarations = tuple(
        made for one in text.declarations for made in _declarations(one, parts, found)
    )
    return replace(text, declarations=declarations)


def _declarations(
    declaration: tree.Declaration, parts: Parts, found: list[Diagnostic]
) -> Iterator[tree.Declaration]:
    if _kind(declaration):
        yield from _elements(declaration, parts)
    elif declaration.keyword == "activity":
        body = tuple(_collecting(statement, parts) for statement in declaration.body)
        yield replace(declaration, body=body)
    elif declaration.keyword == "patient":
        yield replace(declaration, body=tuple(assigned(declaration.body, parts, found)))
    elif isinstance(declaration.head, tree.TestHead):
        changes = tuple(assigned(declaration.head.changes, parts, found))
        yield replace(declaration, head=replace(declaration.head, changes=changes))
    else:
        yield declaration


def _elements(history: tree.Declaration, parts: Parts) -> Iterator[tree.Declaration]:
    """The elements of a history, each at its place in the text."""
    name, title, head = history.name, history.title, history.head
    assert name is not None
    assert title is not None
    assert isinstance(head, tree.TypeHead)
    common = tuple(
        statement
        for statement in history.body
        if isinstance(statement, tree.Property) and statement.label.text in _ON_ALL
    )
    yes_or_no, day = replace(head, type="boolean"), replace(head, type="date")
    yield replace(history, title=_titled(title, EVER), head=yes_or_no)
    goes_on = tree.Name(f"{name.text}.{ONGOING}", where=name.where)
    ended = name if head.type == "occurrence" else tree.Not(goes_on, where=name.where)
    exists: dict[str, tree.Expression] = {ONGOING: name, LAST: ended}
    for part in parts[name.text]:
        yield replace(
            history,
            name=tree.Name(f"{name.text}.{part}", where=name.where),
            title=_titled(title, _TITLES[part]),
            head=yes_or_no if part == ONGOING else day,
            body=(*common, tree.Rule("applies", exists.get(part, goes_on), where=history.where)),
        )


def _titled(title: tree.Text, ending: str) -> tree.Text:
    return tree.Text(title.value + ending, where=title.where)


def _collecting(statement: tree.Statement, parts: Parts) -> tree.Statement:
    """`collects: mi` collects all that is asked of it."""
    if not isinstance(statement, tree.Property) or statement.label.text != "collects":
        return statement
    return replace(statement, values=tuple(_all_parts(statement.values, parts)))


def _all_parts(
    values: Sequence[tuple[tree.Term, ...]], parts: Parts
) -> Iterator[tuple[tree.Term, ...]]:
    for terms in values:
        yield terms
        name = terms[0]
        if len(terms) == 1 and isinstance(name, tree.Name):
            for part in parts.get(name.text, ()):
                yield (tree.Name(f"{name.text}.{part}", where=name.where),)
