"""Variants of criteria spelled out: for some populations another rule stands in the place of one.

`varies age for uganda { ... }` is a criterion of its own, `age.uganda`, with the side, number and
title of `age`; and `age` is for everybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import populations as kinds
from trialc.model.from_syntax.texts import Members, Texts
from trialc.syntax import tree
from trialc.syntax.spelling import nearest

SIDES = ("inclusion", "exclusion")
ADVICE = "name a criterion, and populations for which it is asked, but not all of them"


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The protocol's text with its variants as criteria."""
    text = texts.main
    variants = [d for d in text.declarations if d.keyword == "varies"]
    if not variants:
        return texts
    made: dict[int, tree.Declaration] = {}
    criteria = {d.name.text: d for d in text.declarations if d.keyword in SIDES and d.name}
    for variant in variants:
        assert variant.name is not None
        criterion = criteria.get(variant.name.text)
        if criterion is None:
            if not any(name == variant.name.text for _, name in text.broken):
                guess = nearest(variant.name.text, criteria)
                help_ = f"did you mean `{guess}`?" if guess else ADVICE
                found.append(_nothing(variant, "is no criterion", help_))
            continue
        split = _split(criterion, variant, texts.members, found)
        if split is not None:
            criteria[variant.name.text], made[id(variant)] = split
    declarations = [_instead(d, criteria, made) for d in text.declarations]
    kept = tuple(d for d in declarations if d is not None)
    return replace(texts, main=replace(text, declarations=kept))


def _instead(
    declaration: tree.Declaration,
    criteria: Mapping[str, tree.Declaration],
    made: Mapping[int, tree.Declaration],
) -> tree.Declaration | None:
    if declaration.keyword == "varies":
        return made.get(id(declaration))
    if declaration.keyword in SIDES and declaration.name is not None:
        # Of two criteria of one name the second is reported; it is not the first one's twin.
        known = criteria[declaration.name.text]
        return known if known.where == declaration.where else declaration
    return declaration


def _split(
    criterion: tree.Declaration,
    variant: tree.Declaration,
    members: Members,
    found: list[Diagnostic],
) -> tuple[tree.Declaration, tree.Declaration] | None:
    """The criterion for everybody else, and the variant as a criterion."""
    own, theirs = _names(criterion), _names(variant)
    assert variant.name is not None
    wanted = {name.text for name in theirs}
    rest = list(own)
    for populations in members.values():
        of_choice = {name.text for name in populations}
        if wanted.isdisjoint(of_choice):
            continue
        narrowed = [name for name in own if name.text in of_choice]
        asked = narrowed or [replace(name, where=variant.name.where) for name in populations]
        missing = (wanted & of_choice) - {name.text for name in asked}
        if missing:
            found.append(_nothing(variant, f"is not asked for `{min(missing)}`"))
            return None
        kept = [name for name in asked if name.text not in wanted]
        if not kept:
            found.append(_nothing(variant, "would not be asked of anybody any more"))
            return None
        theirs = (*(n for n in own if n.text not in of_choice and n not in theirs), *theirs)
        rest = [name for name in rest if name.text not in of_choice] + kept
    slug = f"{variant.name.text}.{'_'.join(name.text for name in _names(variant))}"
    special = replace(
        variant,
        keyword=criterion.keyword,
        name=tree.Name(slug, where=variant.name.where),
        number=criterion.number,
        title=criterion.title,
        head=tree.NamesHead(theirs, where=variant.where),
    )
    where = criterion.head.where if criterion.head else variant.name.where
    return replace(criterion, head=tree.NamesHead(tuple(rest), where=where)), special


def _names(declaration: tree.Declaration) -> tuple[tree.Name, ...]:
    head = declaration.head
    return head.names if isinstance(head, tree.NamesHead) else ()


def _nothing(variant: tree.Declaration, why: str, help_: str = ADVICE) -> Diagnostic:
    assert variant.name is not None
    return kinds.NOTHING_TO_VARY.at(variant.name.where, name=variant.name.text, why=why, help=help_)
