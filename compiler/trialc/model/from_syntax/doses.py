"""Doses: fixed amounts, and amounts for each unit of an element."""

from __future__ import annotations

from decimal import Decimal

from trialc.model.design import Dose
from trialc.model.from_syntax.body import Body, Terms, words
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import find_unit, mismatch, written
from trialc.model.units import Unit, compatible, unit
from trialc.syntax import tree

DOSE = "for example `5 mg/kg of demo.weight at M0`, or `50 mg`"


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
