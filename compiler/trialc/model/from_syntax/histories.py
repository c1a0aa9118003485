"""A history spelled out: what happened once, may go on, or ended on a day, in three elements.

`data mi "Myocardial infarction" : history` stands for `mi` (ever), `mi.ongoing`, which exists for
whom it ever happened, and `mi.last`, the last day, which exists where it does not go on. What names
the history as a whole (`collects: mi`, `mi: never` in an example) is spelled out, too. Behind this
module only conditions know of histories: `mi ongoing`, `mi within 6 months before as_of`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from trialc.model.histories import EVER, LAST, ONGOING
from trialc.syntax import imports, tree

_ON_ALL_THREE = ("by", "valid", "about")
"""Properties that say the same of all three elements."""
_ABSENT = "not_applicable"


def in_full(
    main: tree.Tree, libraries: Sequence[imports.Library]
) -> tuple[tree.Tree, tuple[imports.Library, ...], frozenset[str]]:
    """The texts with their histories spelled out, and the ids of these."""
    known = _declared(main, "")
    for library in libraries:
        known |= _declared(library.tree, library.prefix)
    spelled = tuple(
        replace(
            library,
            tree=_spelled_out(library.tree, known),
            bindings=_bound(library, known),
        )
        for library in libraries
    )
    return _spelled_out(main, known), spelled, frozenset(known)


def _declared(text: tree.Tree, prefix: str) -> set[str]:
    return {
        prefix + declaration.name.text
        for declaration in text.declarations
        if _is_history(declaration) and declaration.name is not None
    }


def _is_history(declaration: tree.Declaration) -> bool:
    head = declaration.head
    return isinstance(head, tree.TypeHead) and head.type == "history"


def _bound(library: imports.Library, known: Collection[str]) -> Mapping[str, tuple[str, tree.Name]]:
    """A history of the protocol stands for one of the library with all its parts."""
    bound = dict(library.bindings)
    for theirs, (ours, where) in library.bindings.items():
        if ours in known and library.prefix + theirs in known:
            bound |= {f"{theirs}.{part}": (f"{ours}.{part}", where) for part in (ONGOING, LAST)}
    return bound


def _spelled_out(text: tree.Tree, known: Collection[str]) -> tree.Tree:
    declarations = tuple(made for one in text.declarations for made in _declarations(one, known))
    return replace(text, declarations=declarations)


def _declarations(
    declaration: tree.Declaration, known: Collection[str]
) -> Iterator[tree.Declaration]:
    if _is_history(declaration):
        yield from _elements(declaration)
    elif declaration.keyword == "activity":
        body = tuple(_collecting(statement, known) for statement in declaration.body)
        yield replace(declaration, body=body)
    elif declaration.keyword == "patient":
        yield replace(declaration, body=tuple(_assigned(declaration.body, known)))
    elif isinstance(declaration.head, tree.TestHead):
        changes = tuple(_assigned(declaration.head.changes, known))
        yield replace(declaration, head=replace(declaration.head, changes=changes))
    else:
        yield declaration


def _elements(history: tree.Declaration) -> Iterator[tree.Declaration]:
    """The three elements of a history, each at its place in the text."""
    name, title, head = history.name, history.title, history.head
    assert name is not None
    assert title is not None
    assert isinstance(head, tree.TypeHead)
    part = {which: tree.Name(f"{name.text}.{which}", where=name.where) for which in (ONGOING, LAST)}
    common = tuple(
        statement
        for statement in history.body
        if isinstance(statement, tree.Property) and statement.label.text in _ON_ALL_THREE
    )
    exists = tree.Rule("applies", name, where=history.where)
    ended = tree.Rule("applies", tree.Not(part[ONGOING], where=name.where), where=history.where)
    yes_or_no, day = replace(head, type="boolean"), replace(head, type="date")
    yield replace(history, title=_titled(title, EVER), head=yes_or_no)
    yield replace(
        history,
        name=part[ONGOING],
        title=_titled(title, ", ongoing"),
        head=yes_or_no,
        body=(*common, exists),
    )
    yield replace(
        history,
        name=part[LAST],
        title=_titled(title, ", last day"),
        head=day,
        body=(*common, ended),
    )


def _titled(title: tree.Text, ending: str) -> tree.Text:
    return tree.Text(title.value + ending, where=title.where)


def _collecting(statement: tree.Statement, known: Collection[str]) -> tree.Statement:
    """`collects: mi` collects all that is asked of it."""
    if not isinstance(statement, tree.Property) or statement.label.text != "collects":
        return statement
    return replace(statement, values=tuple(_parts(statement.values, known)))


def _parts(
    values: Sequence[tuple[tree.Term, ...]], known: Collection[str]
) -> Iterator[tuple[tree.Term, ...]]:
    for terms in values:
        yield terms
        name = terms[0]
        if len(terms) == 1 and isinstance(name, tree.Name) and name.text in known:
            for part in (ONGOING, LAST):
                yield (tree.Name(f"{name.text}.{part}", where=name.where),)


# ---- examples


def _assigned(
    statements: Sequence[tree.Statement], known: Collection[str]
) -> Iterator[tree.Statement]:
    """`mi: never`, `mi: ongoing` and `mi: 2026-03-01` as values of the three elements."""
    for statement in statements:
        if (
            isinstance(statement, tree.Assignment)
            and statement.path.text in known
            and not statement.cause
        ):
            yield from _values(statement)
        else:
            yield statement


def _values(history: tree.Assignment) -> Iterator[tree.Assignment]:
    value = history.value
    word = value.text if isinstance(value, tree.Name) else ""
    if isinstance(value, tree.DateText):
        said: tuple[str | tree.DateText, ...] = ("yes", "no", value)
    elif word == "ongoing":
        said = ("yes", "yes", _ABSENT)
    elif word in ("never", "no"):
        said = ("no", _ABSENT, _ABSENT)
    elif word == "yes":
        yield history
        return
    else:  # a reason why nobody knows, or a mistake, which is reported once
        yield history
        said = ("", "missing", "missing")
    for part, known in zip(("", f".{ONGOING}", f".{LAST}"), said, strict=True):
        if known:
            yield replace(
                history,
                path=tree.Name(history.path.text + part, where=history.path.where),
                value=known
                if isinstance(known, tree.DateText)
                else tree.Name(known, where=value.where),
            )
