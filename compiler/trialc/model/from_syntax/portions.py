"""Doses of several parts: at times of a day, or of the substances of a combination."""

from __future__ import annotations

from decimal import Decimal

from trialc.diagnostics.catalog import giving as kinds
from trialc.model.code_lists import TIMES_OF_DAY
from trialc.model.design import Dose, Portion
from trialc.model.from_syntax.body import Terms
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.quantities import find_unit, written
from trialc.model.units import compatible, unit
from trialc.syntax import tree
from trialc.syntax.grammar import RESERVED


def is_in_portions(terms: Terms) -> bool:
    """Whether a value is `40 mg morning + 20 mg evening` or `160 mg trimethoprim + ...`."""
    shape = [type(term) for term in terms]
    if any(isinstance(term, tree.Quantity) and term.plus for term in terms):
        return True
    last = terms[-1]
    return shape == [tree.Quantity, tree.Name] and isinstance(last, tree.Name) and _is_name(last)


def _is_name(name: tree.Name) -> bool:
    """Whether it is no word of the language, such as the `of` of `5 mg/kg of demo.weight`."""
    return name.text not in RESERVED


def _is_amount(terms: Terms) -> bool:
    return bool(terms) and isinstance(terms[0], tree.Quantity)


def in_portions(terms: Terms, context: Context) -> Dose | None:
    """The dose; None where a part is no amount with a name at most behind it."""
    found: list[Portion] = []
    for place, term in enumerate(terms):
        if isinstance(term, tree.Name) and _is_name(term) and _is_amount(terms[place - 1 : place]):
            named = {"time": term.text} if term.text in TIMES_OF_DAY else {
                "substance": term.text.replace("_", " ")
            }  # fmt: skip
            found[-1] = found[-1].model_copy(update=named)
            continue
        if not isinstance(term, tree.Quantity) or not term.unit or Decimal(term.number) <= 0:
            return None
        if term.plus != bool(place):
            return None
        known = find_unit(term.unit, term.where, context.found)
        fields = {"amount": float(Decimal(term.number)), "text": written(term)}
        code = known.code if known else ""
        found.append(Portion.model_validate({**fields, "unit": code, "where": term.where}))
    _check(found, context)
    return Dose(
        amount=None,
        text=" + ".join(portion_words(one) for one in found),
        unit=_shared(found),
        portions=tuple(found),
        where=terms[0].where,
    )


def portion_words(portion: Portion) -> str:
    """ "40 mg in the morning", "160 mg trimethoprim"."""
    words = TIMES_OF_DAY.get(portion.time, portion.substance)
    return f"{portion.text} {words}".rstrip()


def _shared(portions: list[Portion]) -> str:
    """The unit of the first part; "" where another part has one that does not go with it."""
    units = [unit(one.unit) for one in portions]
    first = units[0]
    alike = all(first and other and compatible(first, other) for other in units)
    return portions[0].unit if alike else ""


def _check(portions: list[Portion], context: Context) -> None:
    """All parts are times of a day, or all substances; none is there twice."""
    times = [bool(one.time) for one in portions]
    if any(times) and not all(times):
        other = portions[times.index(False)]
        what = f"of this dose one part is given at a time of the day, and `{other.text}` is not"
        help_ = f"name a time behind each: {', '.join(TIMES_OF_DAY)}; or the substance behind each"
        context.found.append(kinds.DOSE_PARTS.at(other.where, what=what, help=help_))
    names: set[str] = set()
    for one in portions:
        name = one.time or one.substance
        if name and name in names:
            what, help_ = f"this dose has two parts `{name}`", "write one amount for each"
            context.found.append(kinds.DOSE_PARTS.at(one.where, what=what, help=help_))
        names.add(name)
