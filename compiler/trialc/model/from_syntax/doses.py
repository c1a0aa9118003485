"""Doses: fixed amounts, amounts for each unit of an element, and tables.

`dose: first of { ... }` in the intervention `x` stands for `dose: x.dose` and `derive x.dose` with
that table: it has no gaps, documents show it, and what it asks is measured before it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from trialc.diagnostics import Diagnostic, Related
from trialc.diagnostics.catalog import design as kinds
from trialc.diagnostics.catalog import names as name_kinds
from trialc.model.amounts import given_unit
from trialc.model.design import Dose
from trialc.model.from_syntax.body import Body, Terms, words
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import THINGS, Symbol
from trialc.model.from_syntax.quantities import PLAIN, find_unit, mismatch, written
from trialc.model.from_syntax.texts import Texts
from trialc.model.units import Unit, compatible, unit
from trialc.syntax import tree

DOSE = (
    "for example `50 mg`, `5 mg/kg of demo.weight at M0`, a table of amounts, or the name of a "
    "derived number with a unit"
)
LIMIT = "an amount, for example `800 mg`"
STEPS = "two amounts or more, for example `15 mg, 30 mg, 60 mg`"
STEP = "for example `to 50 mg`"


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The protocol's text with the tables of its doses spelled out as derived numbers."""
    text = texts.main
    spelled = (one for declaration in text.declarations for one in _spelled(declaration))
    return replace(texts, main=replace(text, declarations=tuple(spelled)))


def _spelled(declaration: tree.Declaration) -> Iterator[tree.Declaration]:
    tables = (s for s in declaration.body if isinstance(s, tree.Tabled) and s.label.text == "dose")
    dose, owner = next(tables, None), declaration.name
    unit_ = _unit_of(dose.table) if dose is not None else None
    if declaration.keyword != "intervention" or owner is None or dose is None or unit_ is None:
        yield declaration
        return
    name = tree.Name(f"{owner.text}.dose", where=dose.label.where)
    about = declaration.title.value if declaration.title else owner.text
    title = tree.Text(f"Dose of {about}", where=dose.label.where)
    head = tree.FormulaHead(unit_.unit, dose.table, where=unit_.where)
    yield tree.Declaration("derive", name, title=title, head=head, where=dose.where)
    stated = tree.Property(dose.label, ((name,),), where=dose.where)
    body = tuple(stated if one is dose else one for one in declaration.body)
    yield replace(declaration, body=body)


def _unit_of(table: tree.Table) -> tree.Quantity | None:
    """The first case that is an amount: its unit is that of the table."""
    amounts = (case.value for case in table.cases if isinstance(case.value, tree.Quantity))
    return next((amount for amount in amounts if amount.unit), None)


def own_dose(
    stated: tree.Quantity | None, body: Body, symbol: Symbol, context: Context
) -> Dose | None:
    """The dose that stands behind the name of what is given, where there is one."""
    dose = dose_of((stated,), symbol, context) if stated else None
    if stated and dose is None:
        body.form("dose", DOSE, stated.where)
    return dose


def dose_of(terms: Terms, symbol: Symbol, context: Context) -> Dose | None:
    """A fixed amount, or one per unit of an element; None where it has no such form."""
    amount = terms[0]
    if isinstance(amount, tree.Name) and len(terms) == 1:
        return _by_number(amount, symbol, context)
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
    if _is_derived(names[0], amount, known, symbol, context):
        return dose_of(terms[:1], symbol, context)
    element = context.names.find(names[0], symbol.unit, ("data",))
    if known is not None and element is not None:
        _check_dose(amount, known, names[0], element.id, context)
    visit = context.names.find(names[1], symbol.unit, ("visit",)) if len(names) > 1 else None
    place = {"element": element.id if element else "", "measured_at": visit.id if visit else ""}
    return Dose.model_validate({**fields, **place})


def _is_derived(
    name: tree.Name, amount: tree.Quantity, dose: Unit | None, symbol: Symbol, context: Context
) -> bool:
    """Report a dose for each unit of a derived number: how much that is, the author derives."""
    derived = context.names.look_up(name.text, symbol.unit)
    if derived is None or derived.kind != "derive":
        return False
    own = symbol.declaration.name
    made = f"{own.text if own is not None else 'drug'}.amount"
    whole, *per = (dose.code if dose is not None else amount.unit).split("/")
    what = "/".join((whole, *per[1:]))  # of mg/m2/d: mg/d
    advice = (
        f'write `derive {made} "Dose" [{what}] = {written(amount)} * {name.text}`\n'
        f"and `dose: {made}`"
    )
    declared = [Related(derived.where, "declared here")]
    context.found.append(
        name_kinds.WRONG_KIND_OF_NAME.at(
            name.where,
            name=name.text,
            found=THINGS["derive"],
            wanted=THINGS["data"],
            related=declared,
            help=advice,
        )
    )
    return True


def _by_number(name: tree.Name, symbol: Symbol, context: Context) -> Dose | None:
    """The dose that a derived number is."""
    found = context.names.find(name, symbol.unit, ("derive",))
    code = context.number_units.get(found.id) if found is not None else None
    if found is None or code is None or code in PLAIN:
        return None
    return Dose(amount=None, text="", unit=code, number=found.id, where=name.where)


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


# ---- most, and rounding


def maximum(terms: Terms) -> str | None:
    """ "800 mg"."""
    amount = terms[0] if len(terms) == 1 else None
    known = isinstance(amount, tree.Quantity) and amount.unit and Decimal(amount.number) > 0
    return written(amount) if known and isinstance(amount, tree.Quantity) else None


def rounding(terms: Terms) -> str | None:
    """ "50 mg" of `to 50 mg`."""
    return maximum(terms[1:]) if words(terms) == ("to", "#") else None


def check_limits(body: Body, dose: Dose | None, context: Context) -> None:
    """The maximum and the step of rounding are amounts of what the dose is an amount of."""
    for name in ("maximum", "rounded"):
        for terms, where in body.terms(name):
            limit = terms[-1]
            if not body.terms("dose"):
                what = f"`{name}` stands without a dose"
                help_ = "add `dose: ...`, or leave it out"
                context.found.append(kinds.DOSE_LIMIT.at(where, what=what, help=help_))
            elif isinstance(limit, tree.Quantity) and limit.unit and dose is not None:
                known = find_unit(limit.unit, limit.where, context.found)
                own = given_unit(dose)
                if known is not None and own is not None and not compatible(known, own):
                    fault = mismatch(
                        limit.where, "the dose", own.display, written(limit), known.display
                    )
                    context.found.append(fault)
