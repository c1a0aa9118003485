"""Interventions, arms, masking, randomisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from trialc.model import code_lists
from trialc.model.design import (
    Administration,
    Allocation,
    Arm,
    Dose,
    Intervention,
    Level,
    LevelDose,
    Masking,
    Randomisation,
    Stratum,
)
from trialc.model.from_syntax.body import Body, Terms, name_term, not_listed, whole, words
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import (
    DAYS,
    duration,
    find_unit,
    mismatch,
    not_a_number,
    written,
)
from trialc.model.from_syntax.vocabulary import declared
from trialc.model.units import Unit, compatible, unit
from trialc.syntax import tree

DOSE = "for example `5 mg/kg of demo.weight at M0`, or `50 mg`"


def intervention(symbol: Symbol, context: Context) -> Intervention:
    """What is given, how, how much."""
    properties = (
        "type", "route", "form", "dose", "frequency", "vehicle", "volume", "instructions",
    )  # fmt: skip
    body = Body(symbol.declaration, context.found, properties)
    dose = body.one("dose", DOSE, lambda terms: _dose(terms, symbol, context))
    volume = body.one(
        "volume", "a volume, for example `50 mL`", lambda terms: _volume(terms, context)
    )
    fields = {
        "type": body.code("type", code_lists.INTERVENTION_TYPES, required=True),
        "route": body.code_or_text("route", code_lists.ROUTES),
        "form": body.code_or_text("form", code_lists.FORMS),
        "dose": dose,
        "frequency": body.one("frequency", FREQUENCY, lambda t: _frequency(t, context)) or "",
        "vehicle": body.text("vehicle"),
        "volume": volume or "",
        "instructions": body.text("instructions"),
    }
    return Intervention.model_validate({**declared(symbol, body, context), **fields})


FREQUENCY = (
    f"{', '.join(code_lists.FREQUENCIES).replace('_', ' ')}, `every 3 weeks`, or text in "
    "quotation marks"
)


def _frequency(terms: Terms, context: Context) -> str | None:
    """ "twice daily", "every 3 weeks"."""
    if len(terms) == 1 and isinstance(terms[0], tree.Text):
        return terms[0].value
    shape = words(terms)
    time = terms[-1]
    if shape == ("every", "#") and isinstance(time, tree.Quantity):
        calendar = replace(time, unit="hours") if time.unit == "h" else time
        stated = duration(calendar, context.found, units=(*DAYS, "hour"), least=1)
        return f"every {written(time)}" if stated else None
    return " ".join(shape) if "_".join(shape) in code_lists.FREQUENCIES else None


def level(symbol: Symbol, context: Context) -> Level:
    """A dose level: how much of what is given at it."""
    body = Body(symbol.declaration, context.found, statements=(tree.LevelDose,))
    doses: list[LevelDose] = []
    for stated in body.all(tree.LevelDose):
        given = context.names.find(stated.intervention, symbol.unit, ("intervention",))
        dose = _dose((stated.dose,), symbol, context)
        if dose is None:
            body.form("dose of", "an amount, for example `200 mg`", stated.dose.where)
        elif given is not None:
            doses.append(LevelDose(intervention=given.id, dose=dose, where=stated.where))
    return Level.model_validate({**declared(symbol, body, context), "doses": tuple(doses)})


def _dose(terms: Terms, symbol: Symbol, context: Context) -> Dose | None:
    amount = terms[0]
    if not isinstance(amount, tree.Quantity) or not amount.unit or Decimal(amount.number) <= 0:
        return None
    known = find_unit(amount.unit, amount.where, context.found)
    fields = {
        "amount": float(Decimal(amount.number)),
        "text": written(amount),
        "unit": known.code if known else "",
        "where": amount.where,
    }
    shape = words(terms)[1::2]
    if len(terms) == 1:
        return Dose.model_validate(fields)
    known_shape = shape in (("of",), ("of", "at")) and len(terms) == 2 * len(shape) + 1
    if not known_shape or not all(isinstance(term, tree.Name) for term in terms[1:]):
        return None
    names = [term for term in terms[2::2] if isinstance(term, tree.Name)]
    element = context.names.find(names[0], symbol.unit, ("data",))
    if known is not None and element is not None:
        _check_dose(amount, known, names[0], element.id, context)
    visit = context.names.find(names[1], symbol.unit, ("visit",)) if len(names) > 1 else None
    place = {"element": element.id if element else "", "measured_at": visit.id if visit else ""}
    return Dose.model_validate({**fields, **place})


def _check_dose(
    amount: tree.Quantity, dose: Unit, name: tree.Name, path: str, context: Context
) -> None:
    """An amount per unit of an element: mg/kg goes with a weight, not with a height."""
    element = context.data.get(path)
    own = unit(element.unit) if element is not None else None
    if element is None or (own is not None and _is_per(dose, own)):
        return
    found = own.display if own is not None else f"a {element.type}"
    context.found.append(mismatch(name.where, written(amount), dose.display, name.text, found))


def _is_per(dose: Unit, own: Unit) -> bool:
    """Whether the dose is counted per what the element measures: `mg/kg`, `10*6/kg`, `mg/m2/d`."""
    parts = (unit(code) for code in dose.code.split("/")[1:])
    return any(part is not None and compatible(part, own) for part in parts)


def _volume(terms: Terms, context: Context) -> str | None:
    amount = terms[0]
    if len(terms) != 1 or not isinstance(amount, tree.Quantity) or not amount.unit:
        return None
    known = find_unit(amount.unit, amount.where, context.found)
    litre = unit("L")
    if known is not None and litre is not None and not compatible(known, litre):
        context.found.append(
            mismatch(amount.where, "volume", litre.display, written(amount), known.display)
        )
    return written(amount)


def arm(symbol: Symbol, context: Context) -> Arm:
    """An arm and what is given in it."""
    declaration = symbol.declaration
    head = declaration.head
    assert isinstance(head, tree.WordHead)
    assert isinstance(head.word, tree.Name)
    body = Body(declaration, context.found, statements=(tree.Give,))
    gives: list[Administration] = []
    for give in body.all(tree.Give):
        context.names.is_free(give.occasion)
        intervention = context.names.find(give.intervention, symbol.unit, ("intervention",))
        visit = context.names.find(give.visit, symbol.unit, ("visit",))
        if intervention and visit:
            gives.append(
                Administration(
                    intervention=intervention.id,
                    occasion=give.occasion.text,
                    visit=visit.id,
                    dose=_dose((give.dose,), symbol, context) if give.dose else None,
                    length=duration(give.length, context.found, least=1) if give.length else None,
                    until=give.until.value if give.until else "",
                    where=give.where,
                )
            )
        else:
            context.lost_occasions.add(give.occasion.text)
    if not body.all(tree.Give):
        body.missing("give")
    kind, known = head.word.text, code_lists.ARM_TYPES
    if kind not in known:
        context.found.append(not_listed(kind, "arm", known, head.word.where))
    return Arm.model_validate(
        {**declared(symbol, body, context), "type": head.word.text, "gives": gives}
    )


def masking(symbol: Symbol, context: Context) -> Masking:
    """Who must not learn the allocation, who may, and who is not there when something is given."""
    lists = ("masked", "unmasked", "absent")
    body = Body(symbol.declaration, context.found, (), lists)
    open_label = [name.text for name in body.names("masked")] == ["none"]
    sides = {
        side: tuple(
            role.id
            for name in (() if open_label and side == "masked" else body.names(side))
            if (role := context.names.find(name, symbol.unit, ("role",))) is not None
        )
        for side in lists
    }
    fields = {**declared(symbol, body, context), **sides, "open_label": open_label}
    return Masking.model_validate(fields)


def randomisation(symbol: Symbol, context: Context) -> Randomisation | None:
    """Blocks, ratio, order."""
    properties = ("blocks", "order", "at", "cap")
    body = Body(symbol.declaration, context.found, properties, ("ratio", "strata"))
    ratio: list[Allocation] = []
    for terms, where in body.terms("ratio"):
        name, count = (terms[0], terms[1]) if len(terms) == 2 else (None, None)
        if not isinstance(name, tree.Name) or not isinstance(count, tree.Quantity):
            body.form("ratio", "arms with numbers, for example `placebo 2, active 2`", where)
            continue
        found = context.names.find(name, symbol.unit, ("arm",))
        number = whole(count, context.found)
        if found and number is not None:
            ratio.append(Allocation(arm=found.id, count=number, where=name.where))
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
        "cap": body.count("cap") or 0,
    }
    return Randomisation.model_validate({**declared(symbol, body, context), **fields})


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
