"""Populations spelled out: one choice of all those of a kind, which a record answers.

`population once_daily "..."` is a code of the choice `population` (`population.country` where
there are populations of several kinds). `test ... for once_daily` is an assignment to it, and a
criterion `for once_daily` exists for whom the choice is that code (`concerned`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import populations as kinds
from trialc.model.expression import Condition, OneOf
from trialc.model.from_syntax.applicability import both
from trialc.model.from_syntax.body import Body, Terms
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.shares import share
from trialc.model.from_syntax.texts import Members, Texts
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.populations import CHOICE, TITLES, Population
from trialc.source import Span
from trialc.syntax import tree


def counted(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The texts with what the choices between populations are."""
    return replace(texts, members=_choices(texts.main))


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The protocol's text with the choices between its populations and its tests in full."""
    text, members = texts.main, texts.members
    if not members:
        return texts
    found += _without_a_kind(text, members)
    taken = {d.name.text: d.name for d in text.declarations if d.name}
    made: list[tree.Declaration] = []
    for choice, names in members.items():
        if choice in taken:
            related = [Related(names[0].where, "populations are declared here")]
            found.append(kinds.CHOICE_TAKEN.at(taken[choice].where, name=choice, related=related))
        else:
            made.append(_choice(choice, names))
    rest = (_asked(declaration, members) for declaration in text.declarations)
    return replace(texts, main=replace(text, declarations=(*_placed(made, rest),)))


def _choices(text: tree.Tree) -> Members:
    """The populations of a text by their choice; each name once."""
    of_kind: dict[str, dict[str, tree.Name]] = {}
    for declaration in text.declarations:
        if declaration.keyword == "population" and declaration.name is not None:
            same = of_kind.setdefault(_kind(declaration), {})
            same.setdefault(declaration.name.text, declaration.name)
    several = len(of_kind) > 1
    return {
        f"{CHOICE}.{kind}" if several and kind else CHOICE: tuple(names.values())
        for kind, names in of_kind.items()
    }


def by_name(members: Members) -> dict[str, str]:
    """Of each population its choice."""
    return {name.text: choice for choice, names in members.items() for name in names}


def _kind(population: tree.Declaration) -> str:
    """The kind that is stated, where it is one; a wrong one is reported by the resolver."""
    stated = _stated(population)
    word = stated.values[0][0] if stated is not None else None
    return word.text if isinstance(word, tree.Name) and word.text in TITLES else ""


def _stated(population: tree.Declaration) -> tree.Property | None:
    properties = (one for one in population.body if isinstance(one, tree.Property))
    return next((one for one in properties if one.label.text == "kind"), None)


def _without_a_kind(text: tree.Tree, members: Members) -> Iterator[Diagnostic]:
    """Where there are several kinds, each population says of which it is."""
    known = ", ".join(word for word in TITLES if word)
    for one in text.declarations if len(members) > 1 else ():
        if one.keyword == "population" and one.name is not None and _stated(one) is None:
            advice = f"write `kind: ...` with one of {known}"
            yield kinds.NO_KIND.at(one.name.where, name=one.name.text, help=advice)


def _choice(choice: str, names: Sequence[tree.Name]) -> tree.Declaration:
    """`data population "Population" : choice {a, b}`."""
    where = names[0].where
    kind = choice.rpartition(".")[2] if "." in choice else ""
    options = tree.Options(tuple(names), where=where)
    return tree.Declaration(
        "data",
        tree.Name(choice, where=where),
        title=tree.Text(TITLES[kind], where=where),
        head=tree.TypeHead("choice", options=options, where=where),
        where=where,
    )


def _placed(
    made: Iterable[tree.Declaration], rest: Iterable[tree.Declaration]
) -> Iterator[tree.Declaration]:
    """The choices stand where the first population does."""
    pending = list(made)
    for declaration in rest:
        if declaration.keyword == "population":
            yield from pending
            pending = []
        yield declaration


def _asked(declaration: tree.Declaration, members: Members) -> tree.Declaration:
    """`test ... for once_daily` as `given ... but { population: once_daily }`."""
    head = declaration.head
    if not isinstance(head, tree.TestHead) or not head.whom:
        return declaration
    of = by_name(members)
    said = tuple(
        tree.Assignment(tree.Name(of[n.text], where=n.where), False, n, where=n.where)
        for n in head.whom
        if n.text in of
    )
    return replace(declaration, head=replace(head, changes=(*said, *head.changes)))


# ---- the populations themselves


def population(symbol: Symbol, context: Context) -> Population:
    """One population."""
    properties = ("kind", "note", "enrolment", "cap")
    body = Body(symbol.declaration, context.found, properties, ("assessed",))
    kind = body.code("kind", tuple(word for word in TITLES if word))
    fields = {
        "type": kind,
        "element": context.choices[symbol.id],
        "assessed": names_of(body.names("assessed"), symbol.unit, context, ("visit",)),
        "note": body.text("note"),
        "enrolment": body.count("enrolment") or 0,
        "cap": body.one("cap", "for example `63` or `10 %`", lambda terms: _cap(terms, context)),
    }
    return Population.model_validate({**declared(symbol, body, context), **fields})


def _cap(terms: Terms, context: Context) -> object:
    amount = terms[0]
    if len(terms) == 1 and isinstance(amount, tree.Quantity) and amount.unit in ("", "%"):
        return share(amount, None, context.found)
    return None


# ---- what is for them


def named(symbol: Symbol, context: Context) -> tuple[str, ...]:
    """The ids of the populations that a criterion is for; () for one that holds for all."""
    head = symbol.declaration.head
    names = head.names if isinstance(head, tree.NamesHead) else ()
    return names_of(names, symbol.unit, context, ("population",))


def concerned(symbol: Symbol, context: Context) -> Condition | None:
    """Of whom a criterion is asked: of those whose choices are among its populations, where it
    does not name all of a choice; None: of everybody.
    """
    wanted = named(symbol, context)
    head = symbol.declaration.head
    where = head.where if head is not None else symbol.where
    choices = dict.fromkeys(context.choices.values())
    return both(_one_of(choice, wanted, where, context) for choice in choices)


def _one_of(choice: str, wanted: Sequence[str], where: Span, context: Context) -> Condition | None:
    of_choice = [name for name, its in context.choices.items() if its == choice]
    codes = tuple(code for code in of_choice if code in wanted)
    if not codes or len(codes) == len(of_choice):
        return None
    return OneOf(path=choice, codes=codes, where=where)


def looked_at(wanted: Sequence[str], context: Context) -> tuple[str, ...]:
    """Where the criteria of some populations are assessed that say no visits of their own; ()
    where one of the populations does not say it.
    """
    places: list[str] = []
    for members in _members(wanted, context).values():
        if all(item.assessed for item in members):
            places += (visit for item in members for visit in item.assessed)
    return tuple(dict.fromkeys(places))


def overlap(one: Sequence[str], other: Sequence[str], context: Context) -> bool:
    """Whether two criteria can be asked of one participant: of every choice that both narrow, they
    share a population.
    """
    mine, theirs = _members(one, context), _members(other, context)
    return all(
        any(item in theirs[choice] for item in mine[choice]) for choice in mine if choice in theirs
    )


def _members(wanted: Sequence[str], context: Context) -> dict[str, list[Population]]:
    """Populations by their choice."""
    found: dict[str, list[Population]] = {}
    for name in wanted:
        item = context.populations[name]
        found.setdefault(item.element, []).append(item)
    return found
