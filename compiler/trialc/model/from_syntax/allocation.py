"""Randomisation: blocks, ratio, strata, caps, method."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trialc.model import code_lists
from trialc.model.design import Allocation, Cap, Randomisation, Stratum
from trialc.model.from_syntax import groups
from trialc.model.from_syntax.body import Body, Terms, name_term, number_term, whole, words
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import not_a_number
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.source import Span
from trialc.syntax import tree


def randomisation(symbol: Symbol, context: Context) -> Randomisation | None:
    """Blocks, ratio, order."""
    properties = ("blocks", "order", "at", "method")
    lists = ("ratio", "strata", "cap", "block_sizes", "shown_to", "population")
    body = Body(symbol.declaration, context.found, properties, lists)
    ratio = tuple(_ratio(body, symbol, context))
    order = body.text("order")
    if order not in ("", "successive", "concurrent"):
        body.form("order", "`successive` or `concurrent`", body.values["order"][0].where)
        order = ""
    at: tree.Name | None = body.one("at", "a visit", name_term)
    visit = context.names.find(at, symbol.unit, ("visit",)) if at else None
    blocks = _number_and_size(body, context)
    if not body.terms("ratio"):
        body.lacks("ratio")
    if blocks is None or not body.terms("ratio"):
        return None
    fields = {
        "blocks": blocks[0],
        "block_size": blocks[1],
        "ratio": ratio,
        "order": order,
        "at": visit.id if visit else "",
        "strata": tuple(_strata(body, symbol, context)),
        "method": body.code("method", code_lists.ALLOCATION_METHODS),
        "block_sizes": _block_sizes(body, context),
        "shown_to": names_of(body.names("shown_to"), symbol.unit, context, ("role",)),
        "populations": names_of(body.names("population"), symbol.unit, context, ("population",)),
        **caps(body, symbol, context),
    }
    groups.check(ratio, bool(blocks[0]), context)
    return Randomisation.model_validate({**declared(symbol, body, context), **fields})


UNSTATED = ("not", "stated")
RATIO = (
    "arms with numbers, for example `placebo 2, active 2`, or `active 2 of older`; or `not stated`"
)


def _ratio(body: Body, symbol: Symbol, context: Context) -> Iterator[Allocation]:
    """How many go to each arm, of everybody or of a group."""
    if [words(terms) for terms, _ in body.terms("ratio")] == [UNSTATED]:
        return
    for terms, where in body.terms("ratio"):
        name, count = (terms[0], terms[1]) if len(terms) in (2, 4) else (None, None)
        is_group = words(terms)[2:3] == ("of",) and isinstance(terms[-1], tree.Name)
        if (
            not isinstance(name, tree.Name)
            or not isinstance(count, tree.Quantity)
            or (len(terms) == 4 and not is_group)
        ):
            body.form("ratio", RATIO, where)
            continue
        found = context.names.find(name, symbol.unit, ("arm",))
        number = whole(count, context.found)
        of = groups.group(terms[3], symbol, context) if is_group else ""
        if found and number is not None and of is not None:
            yield Allocation(arm=found.id, count=number, of=of, where=name.where)


CAP = "a number of participants, `40 of older`, or `10 % of older`"


def caps(body: Body, symbol: Symbol, context: Context) -> dict[str, object]:
    """The most that are randomised, in all and of groups."""
    total, of_groups = 0, list[Cap]()
    for terms, where in body.terms("cap"):
        number = terms[0]
        if words(terms) == ("#",) and not total:
            total = _count(number, body, where, context)
        elif words(terms)[:2] == ("#", "of") and len(terms) == 3:
            of = groups.group(terms[2], symbol, context)
            cap = _cap(number, of, body, where, context) if of else None
            of_groups += [cap] if cap is not None else []
        else:
            body.form("cap", CAP, where)
    return {"cap": total, "caps": tuple(of_groups)}


def _count(number: tree.Term, body: Body, where: Span, context: Context) -> int:
    if isinstance(number, tree.Quantity) and not number.unit:
        return whole(number, context.found) or 0
    body.form("cap", CAP, where)
    return 0


def _cap(number: tree.Term, of: str, body: Body, where: Span, context: Context) -> Cap | None:
    if isinstance(number, tree.Quantity) and number.unit == "%":
        if Decimal(number.number) < 100:
            return Cap(percent=number.number, of=of, where=number.where)
        body.form("cap", "a share below 100 %", where)
        return None
    count = _count(number, body, where, context)
    return Cap(count=count, of=of, where=number.where) if count else None


def _block_sizes(body: Body, context: Context) -> tuple[int, ...]:
    """The sizes of permuted blocks, each once."""
    found = body.many("block_sizes", "whole numbers, for example `4, 6`", number_term)
    sizes = (whole(number, context.found) for number in found)
    return tuple(dict.fromkeys(size for size in sizes if size))


def _strata(body: Body, symbol: Symbol, context: Context) -> Iterator[Stratum]:
    """What divides participants: choices, yes-or-no elements, named conditions, or words."""
    form = "names of elements or named conditions, or text in quotation marks"
    for terms, where in body.terms("strata"):
        term = terms[0]
        if len(terms) == 1 and isinstance(term, tree.Text):
            yield Stratum(text=term.value, where=term.where)
        elif len(terms) == 1 and isinstance(term, tree.Name):
            found = context.names.find(term, symbol.unit, ("data", "define", "judgement"))
            element = context.data.get(found.id) if found else None
            if element is not None and element.type not in ("boolean", "choice"):
                advice = f'name its classes: `define older "..." = {term.text} >= ...`'
                wrong = not_a_number(term.where, term.text, "no choice", "a class", advice)
                context.found.append(wrong)
            elif found is not None:
                yield Stratum(name=found.id, where=term.where)
        else:
            body.form("strata", form, where)


def _number_and_size(body: Body, context: Context) -> tuple[int, int] | None:
    """How many blocks of how many; (0, 0) where there are none, None and a diagnostic else."""
    before = len(context.found)
    blocks: tuple[tree.Quantity, tree.Quantity] | None = body.one(
        "blocks", "for example `3 of 6`", _blocks
    )
    if blocks is None:
        return (0, 0) if len(context.found) == before else None
    number, size = whole(blocks[0], context.found), whole(blocks[1], context.found)
    return None if number is None or size is None else (number, size)


def _blocks(terms: Terms) -> tuple[tree.Quantity, tree.Quantity] | None:
    if words(terms) != ("#", "of", "#"):
        return None
    count, size = terms[0], terms[2]
    assert isinstance(count, tree.Quantity)
    assert isinstance(size, tree.Quantity)
    return None if "0" in (count.number, size.number) else (count, size)
