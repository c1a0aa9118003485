"""Classes of histories: `members: drug.ketoconazole, drug.clarithromycin`.

A question about the class is asked of the class itself ("any other") and of each member. Here the
members are read; `facts.py` asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import facts as kinds
from trialc.model.from_syntax.body import Body
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.histories import (
    ASKED_FOR,
    LAST,
    ONGOING,
    PLANNED,
    PLANNED_FOR,
    SINCE,
    SUSPECTED,
    UNCHANGED,
    all_of,
)
from trialc.source import Span
from trialc.syntax import imports, tree

MEMBERS = "members"
Bindings = Mapping[str, tuple[str, tree.Name]]
Scopes = Sequence[tuple[tree.Tree, str, Bindings]]
"""The texts of a compilation, the prefix of their names, and what stands for some of these."""


def scopes_of(main: tree.Tree, libraries: Sequence[imports.Library]) -> Scopes:
    """The protocol's own text, and those of its libraries."""
    return ((main, "", {}), *((each.tree, each.prefix, each.bindings) for each in libraries))


def full(name: str, prefix: str, bindings: Bindings) -> str:
    """The id of what a name of a text means."""
    return bindings[name][0] if name in bindings else prefix + name


def classes(
    texts: Scopes, histories: Collection[str], found: list[Diagnostic]
) -> Mapping[str, tuple[str, ...]]:
    """The members of each class, by full ids. A class within itself is reported."""
    made: dict[str, tuple[str, ...]] = {}
    for text, prefix, bindings in texts:
        for declaration in text.declarations:
            name = declaration.name
            if name is None or name.text in bindings or prefix + name.text not in histories:
                continue
            members: dict[str, Span] = {}
            for member in _named(declaration):
                members.setdefault(full(member.text, prefix, bindings), member.where)
            known = {one: where for one, where in members.items() if one in histories}
            if known:
                own = prefix + name.text
                made[own] = tuple(_without_circles(own, known, made, found))
    return made


def _named(declaration: tree.Declaration) -> Iterator[tree.Name]:
    for statement in declaration.body:
        if isinstance(statement, tree.Property) and statement.label.text == MEMBERS:
            for terms in statement.values:
                if len(terms) == 1 and isinstance(terms[0], tree.Name):
                    yield terms[0]


def _without_circles(
    own: str,
    members: Mapping[str, Span],
    made: Mapping[str, tuple[str, ...]],
    found: list[Diagnostic],
) -> Iterator[str]:
    """The members that do not lead back to the class, as far as the others are read."""
    for member, where in members.items():
        if own in all_of(member, made):
            help_ = f"leave `{member}` out of the members of `{own}`, or `{own}` out of its"
            found.append(kinds.CLASS_WITHIN_ITSELF.at(where, name=own, help=help_))
        else:
            yield member


def members(symbol: Symbol, body: Body, context: Context) -> tuple[str, ...]:
    """The members that a class names, those that are no histories reported."""
    for member in body.names(MEMBERS):
        known = context.names.find(member, symbol.unit, ("data",))
        if known is not None and known.id not in context.histories:
            help_ = f'declare it so: `data {member.text} "..." : history`'
            kind = kinds.NO_MEMBER_OF_CLASS
            context.found.append(kind.at(member.where, name=member.text, help=help_))
    return tuple(context.classes.get(symbol.id, ()))


def parts_asked(
    texts: Scopes,
    made: Mapping[str, tuple[str, ...]],
    kinds_of: Mapping[str, str],
    found: list[Diagnostic],
) -> None:
    """Report rules that ask a class for a day of its own: they would pass over its members."""
    parts = (ONGOING, LAST, *ASKED_FOR)
    for text, prefix, bindings in texts:
        for declaration in text.declarations:
            for rule in tree.rules_of(declaration.head, declaration.body):
                for name in sorted(tree.names_in(rule), key=lambda each: each.where.start):
                    whole, _, part = name.text.rpartition(".")
                    history = full(whole, prefix, bindings)
                    if part in parts and history in made:
                        goes_on = kinds_of[history] == "history"
                        found.append(_of_each(name, whole, part, goes_on))


def _of_each(name: tree.Name, whole: str, part: str, goes_on: bool) -> Diagnostic:
    asked = {
        ONGOING: ONGOING,
        SINCE: "ongoing for at least 6 weeks",
        SUSPECTED: SUSPECTED,
        PLANNED: PLANNED,
        PLANNED_FOR: "planned within 4 weeks after as_of",
    }.get(part, "within 4 weeks before as_of")
    if not goes_on and part in (ONGOING, SINCE):
        asked = "within 4 weeks before as_of"
    help_ = f"ask the class, for example `{whole} {asked}`, or each member for its own"
    if part == UNCHANGED:
        help_ = "ask each member for its own, or declare one history for the treatment as a whole"
    return kinds.PART_OF_CLASS.at(name.where, name=name.text, whole=whole, help=help_)
