"""The texts of a compilation: their names, and what libraries and the protocol owe each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from trialc.diagnostics.catalog import names as kinds
from trialc.model.from_syntax.body import Body, text_term
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.elements import check_binding
from trialc.model.from_syntax.names import THINGS, Module
from trialc.model.metadata import Library
from trialc.syntax import imports, tree
from trialc.syntax.spelling import listed, nearest_first

IN_LIBRARIES = {
    "language", "library", "use", "data", "judgement", "derive", "define", "role", "cause",
    "window", "retired",
}  # fmt: skip
SAME_KIND = {"sequence": "arm"}
"""Keywords of what is another kind of thing, written in its own way: a sequence is an arm."""
NAMELESS = {"language", "use", "protocol", "library", "retired"}


def declare(
    main: tree.Tree, libraries: Sequence[imports.Library], context: Context
) -> tuple[Module, ...]:
    """Enter the names of all texts; the protocol's own text is the last one."""
    texts = (*map(_module, libraries), Module(main))
    read = {id(library.use) for library in libraries}
    for text in texts:
        _past(text, context)
        _declare(text, context)
        for keyword, name in text.tree.broken:
            if keyword == "use" and name:
                context.names.lost.add(f"{text.prefix}{name}.")
            elif name:
                context.names.broken.add(text.prefix + name)
        for use in text.tree.declarations:
            if use.keyword == "use" and id(use) not in read and use.name is not None:
                context.names.lost.add(text.prefix + imports.alias(use))
    return texts


def _module(library: imports.Library) -> Module:
    bindings = {theirs: ours for theirs, (ours, _) in library.bindings.items()}
    bound = {ours: name.where for ours, name in library.bindings.values()}
    return Module(library.tree, library.prefix, bindings, bound)


def _past(text: Module, context: Context) -> None:
    """Enter the ids that must not be used any more."""
    for declaration in text.tree.declarations:
        if declaration.keyword == "retired" and isinstance(declaration.head, tree.NamesHead):
            context.names.retired.update(
                (text.prefix + name.text, name.where) for name in declaration.head.names
            )
        for statement in declaration.body:
            if isinstance(statement, tree.Names) and statement.verb == "renamed":
                context.names.renamed.update(
                    (text.prefix + name.text, name.where) for name in statement.names
                )


def _declare(text: Module, context: Context) -> None:
    """Enter the names of one text."""
    for declaration in text.tree.declarations:
        keyword, name = declaration.keyword, declaration.name
        place = name.where if name else declaration.where
        if text.prefix and keyword not in IN_LIBRARIES:
            context.found.append(kinds.LIBRARY_CONTENT.at(place, thing=THINGS[keyword]))
        elif not text.prefix and keyword == "library":
            thing = THINGS["protocol"]
            context.found.append(kinds.MISPLACED_STATEMENT.at(place, verb="library", thing=thing))
        elif keyword not in NAMELESS and name is not None and name.text not in text.bindings:
            context.names.declare(SAME_KIND.get(keyword, keyword), name, declaration, text)


def library(library: imports.Library, context: Context) -> Library:
    """What a protocol says of a library that it uses."""
    own = next(d for d in library.tree.declarations if d.keyword == "library")
    assert own.name is not None
    assert isinstance(own.head, tree.WordHead)
    assert isinstance(own.head.word, tree.Text)
    body = Body(own, context.found, ("title", "citation"), everywhere=())
    return Library(
        name=own.name.text,
        alias=library.prefix.rstrip("."),
        version=own.head.word.value,
        title=body.one("title", "text in quotation marks", text_term) or "",
        citation=body.one("citation", "text in quotation marks", text_term) or "",
        file=library.tree.source.name,
        sha256=library.tree.source.sha256,
        where=own.where,
    )


def check_bindings(
    libraries: Sequence[imports.Library], texts: Sequence[Module], context: Context
) -> None:
    """An element that stands for a library's is an element, of the same type and unit. One that
    cannot stands for nothing: what the library says of it is not checked again.
    """
    for library, text in zip(libraries, texts, strict=False):
        own = {d.name.text: d for d in library.tree.declarations if d.name and d.keyword == "data"}
        for theirs, (ours, where) in library.bindings.items():
            before = len(context.found)
            report = partial(_mismatch, context, where, theirs)
            symbol = context.names.symbols.get(ours)
            if theirs not in own:
                near = [f"`{one}`" for one in nearest_first(theirs, own)]
                advice = f"what others can stand for: {listed(near)}"
                report(f"the library has no data element `{theirs}`", advice)
            elif symbol is None:
                if not context.is_unresolved(ours):
                    report("it is not declared")
            elif symbol.kind != "data":
                report(f"it is {THINGS[symbol.kind]}")
            elif ours in context.data:
                check_binding(own[theirs], context.data[ours], report)
                if _is_occurrence(text.prefix + theirs, context) != _is_occurrence(ours, context):
                    report("one of the two is an occurrence, the other one a history")
            if len(context.found) > before:
                del text.bindings[theirs]
                context.names.broken.add(text.prefix + theirs)


def _is_occurrence(name: str, context: Context) -> bool | None:
    """None for what is no history either."""
    return name in context.occurrences if name in context.histories else None


def _mismatch(context: Context, where: tree.Name, theirs: str, why: str, advice: str = "") -> None:
    context.found.append(
        kinds.BINDING_MISMATCH.at(where.where, name=where.text, wanted=theirs, why=why, help=advice)
    )
