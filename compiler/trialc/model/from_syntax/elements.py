"""Data elements: types, ranges, grids, validity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from trialc.diagnostics.catalog import types as kinds
from trialc.model import code_lists
from trialc.model.data import Data, ValidityWindow
from trialc.model.declared import Code
from trialc.model.expression import Condition
from trialc.model.from_syntax import washouts
from trialc.model.from_syntax.applicability import size
from trialc.model.from_syntax.body import Body, Terms, date, quantity_term
from trialc.model.from_syntax.classes import MEMBERS, members
from trialc.model.from_syntax.codes import codes, titles
from trialc.model.from_syntax.conditions import Conditions
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.quantities import (
    duration,
    find_unit,
    in_unit,
    range_reversed,
    written,
)
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.histories import LAST, SINCE, UNCHANGED
from trialc.model.unit_defaults import TYPICAL, physical_range
from trialc.model.units import Unit, unit
from trialc.source import Span
from trialc.syntax import tree

SYSTEMS = ("loinc", "snomed", "ucum", "meddra", "icd10", "ncit")
OF_NUMBERS = {
    "quantity": ("range", "normal", "resolution", "molar_mass"),
    "score": ("resolution",),
}
"""Properties that only some types have."""
EVIDENCE = ("method", "specimen", "laboratory", "about")
"""How a value comes to be known, and of whom."""
DAYS_OF = (LAST, SINCE, UNCHANGED)
"""The days of a history."""
MOST_PARTS = 200
"""Parts of an `applies when`: it is written around every use of the element."""


def data(symbol: Symbol, context: Context, windows: Mapping[str, ValidityWindow]) -> Data | None:
    """A data element, without its `applies when`, which needs all elements (see `applies`)."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.TypeHead)
    properties = (*OF_NUMBERS.get(head.type, ()), "typical", "valid", *EVIDENCE)
    lists: tuple[str, ...] = ("code", "by", "includes")
    if symbol.id in context.histories:
        properties = (*properties, "half_life")
        lists = (*lists, MEMBERS)
    body = Body(declaration, context.found, properties, lists, verbs=("applies",))
    known: Unit | None = None
    if head.type == "quantity":
        known = find_unit(head.unit, head.where, context.found)
        if known is None:
            return None
    elif head.type == "score":
        known = unit("{score}")
    name = symbol.declaration.name
    assert name is not None
    half_life = washouts.half_life(body)
    measure = _Measure(name.text, known, context)
    low, high = measure.range(head, body)
    fields = {
        **declared(symbol, body, context),
        "type": "choice" if head.type == "ordinal" else head.type,
        "unit": known.code if known else "",
        "low": low,
        "high": high,
        "resolution": measure.resolution(body, head.type),
        "options": codes(head.options, context.found) if head.options else (),
        "option_titles": titles(head.options, context.found) if head.options else (),
        "ordered": head.type == "ordinal",
        **_validity(body, symbol.unit, context, windows),
        "molar_mass": _molar_mass(body),
        "half_life": written(half_life) if isinstance(half_life, tree.Quantity) else "",
        "half_life_of": washouts.holder(half_life, symbol, context),
        "method": body.text("method"),
        "specimen": body.text("specimen"),
        "laboratory": body.code("laboratory", code_lists.LABORATORIES),
        "about": body.text("about"),
        "includes": body.texts("includes"),
        "members": members(symbol, body, context),
        "codes": tuple(body.many("code", CODE_FORM, _code)),
        "by": names_of(body.names("by"), symbol.unit, context, ("role",)),
        **_day_of_history(symbol, context),
    }
    element = Data.model_validate(fields)
    return element.model_copy(update={"typical": _typical(element, body, measure)})


def _day_of_history(symbol: Symbol, context: Context) -> dict[str, object]:
    """The days of a history have been, and what goes on was not changed before it began. An element
    of the author's that is called like one of them is a date like all others.
    """
    owner, _, part = symbol.id.rpartition(".")

    def belongs(name: str) -> bool:
        own, history = (context.names.symbols.get(each) for each in (name, owner))
        return own is not None and history is not None and own.where == history.where

    if owner not in context.histories or part not in DAYS_OF or not belongs(symbol.id):
        return {}
    since = f"{owner}.{SINCE}"
    after_start = part == UNCHANGED and belongs(since)
    return {"past": True, "not_before": since if after_start else ""}


class _Measure:
    """The numbers of one element, in its unit."""

    def __init__(self, name: str, known: Unit | None, context: Context) -> None:
        self.name = name
        self.known = known
        self.context = context

    def exact(self, quantity: tree.Quantity) -> Fraction | None:
        """A number in the element's unit, or None and a diagnostic."""
        return in_unit(quantity, self.known, self.name, self.context.found)

    def range(self, head: tree.TypeHead, body: Body) -> tuple[float | None, float | None]:
        """What is possible at all: as stated, else as the unit has it; None: no end."""
        form = "a range, for example `2 .. 25 g/dL`"
        found: tree.Range | None = head.range or body.one("range", form, _range_term)
        if found is None:
            ends = physical_range(self.known) if self.known else (None, None)
            return _rounded(ends[0]), _rounded(ends[1])
        low, high = found.low, found.high
        if not low.unit and high.unit:
            low = tree.Quantity(low.number, high.unit, where=low.where)
        first = self.exact(low)
        last = self.exact(high) if first is not None else None
        if first is None or last is None:
            return None, None
        if first >= last:
            text = f"{written(found.low)} .. {written(found.high)}"
            self.context.found.append(range_reversed(found.where, text))
            return None, None
        if head.type == "score" and not (_is_whole(first) and _is_whole(last)):
            number = found.low if not _is_whole(first) else found.high
            self.context.found.append(kinds.NOT_WHOLE.at(number.where, number=written(number)))
            return None, None
        return float(first), float(last)

    def resolution(self, body: Body, type_: str) -> str:
        """The step of reporting; the unit's usual one where nothing is said."""
        usual = "1" if type_ == "score" else (self.known.step if self.known else "")
        form = "a step above zero, for example `0.1 g/dL`"
        stated: tree.Quantity | None = body.one("resolution", form, quantity_term)
        exact = self.exact(stated) if stated else None
        if stated is None or exact is None:
            return usual
        if exact <= 0 or (type_ == "score" and not _is_whole(exact)):
            body.form("resolution", form, stated.where)
            return usual
        return _decimal(exact)


def _rounded(exact: Fraction | None) -> float | None:
    return None if exact is None else float(exact)


def _range_term(terms: Terms) -> tree.Range | None:
    return terms[0] if len(terms) == 1 and isinstance(terms[0], tree.Range) else None


def _is_whole(number: Fraction) -> bool:
    return number.denominator == 1


def _decimal(exact: Fraction) -> str:
    """Decimal text of a number that has one."""
    return format((Decimal(exact.numerator) / Decimal(exact.denominator)).normalize(), "f")


# ---- the typical value


def _typical(element: Data, body: Body, measure: _Measure) -> str:
    """The stated typical value; else the unit's usual one where the element can have it, or one in
    the middle of what it can be; "" where nothing suggests any.
    """
    stated: tree.Term | None = body.one("typical", "one value", _single)
    if stated is None:
        usual = TYPICAL.get(element.unit, "")
        return usual if usual and _is_inside(Fraction(usual), element) else _middle(element)
    value = _typical_value(stated, element, measure)
    if value is None:
        measure.context.found.append(
            kinds.TYPICAL_VALUE.at(stated.where, name=element.id, help=_expected(element))
        )
    return value or ""


def _single(terms: Terms) -> tree.Term | None:
    return terms[0] if len(terms) == 1 else None


def _typical_value(stated: tree.Term, element: Data, measure: _Measure) -> str | None:
    """As a record would state it; None for what the element cannot be."""
    if element.type in ("quantity", "score"):
        if not isinstance(stated, tree.Quantity):
            return None
        exact = measure.exact(stated)
        if exact is None:
            return ""  # reported as a number in a wrong unit
        whole = element.type == "quantity" or _is_whole(exact)
        return _decimal(exact) if whole and _is_inside(exact, element) else None
    if element.type == "date":
        return date(stated, measure.context.found) if isinstance(stated, tree.DateText) else None
    words = element.options if element.type == "choice" else ("yes", "no")
    return stated.text if isinstance(stated, tree.Name) and stated.text in words else None


def _expected(element: Data) -> str:
    if element.type in ("quantity", "score"):
        return "write a number within the range"
    if element.type == "date":
        return "write a date such as 2027-01-04"
    return f"write one of {', '.join(element.options or ('yes', 'no'))}"


def _is_inside(exact: Fraction, element: Data) -> bool:
    low, high = element.low, element.high
    return (low is None or exact >= Fraction(str(low))) and (
        high is None or exact <= Fraction(str(high))
    )


def _middle(element: Data) -> str:
    if element.type == "boolean":
        return "no"
    if element.type == "choice":
        return element.options[0]
    if element.low is None or element.high is None or not element.resolution:
        return ""
    step = Fraction(Decimal(element.resolution))
    middle = (Fraction(str(element.low)) + Fraction(str(element.high))) / 2
    return _decimal(Fraction(int(middle / step)) * step)


# ---- validity, codes


def _validity(
    body: Body, module: Module, context: Context, windows: Mapping[str, ValidityWindow]
) -> dict[str, object]:
    """The window that is named, or the length that is stated."""
    term: tree.Name | tree.Quantity | None = body.one(
        "valid", "a `window`, or a duration such as `28 days`", _name_or_quantity
    )
    if isinstance(term, tree.Quantity):
        return {"window": duration(term, context.found)}
    symbol = context.names.find(term, module, ("window",)) if term else None
    window = windows.get(symbol.id) if symbol else None
    return {"window": window.length, "valid": window.id} if window else {}


def _name_or_quantity(terms: Terms) -> tree.Name | tree.Quantity | None:
    term = terms[0]
    return term if len(terms) == 1 and isinstance(term, tree.Name | tree.Quantity) else None


def _molar_mass(body: Body) -> str:
    """g/mol, decimal text."""
    stated: tree.Quantity | None = body.one("molar_mass", "a number of g/mol", _grams_per_mole)
    return stated.number if stated else ""


def _grams_per_mole(terms: Terms) -> tree.Quantity | None:
    stated = quantity_term(terms)
    if stated is None or Decimal(stated.number) <= 0:
        return None
    grams = unit("g/mol")
    return stated if not stated.unit or unit(stated.unit) is grams else None


CODE_FORM = f"a terminology ({', '.join(SYSTEMS)}) and a code in quotation marks"


def _code(terms: Terms) -> Code | None:
    if len(terms) == 2 and isinstance(terms[0], tree.Name) and isinstance(terms[1], tree.Text):
        system = terms[0].text
        if system in SYSTEMS:
            return Code.model_validate(
                {"system": system, "code": terms[1].value, "where": terms[0].where}
            )
    return None


# ---- applicability


def applies(symbol: Symbol, context: Context) -> Condition | None:
    """When the element exists at all; None: always."""
    rules = (s for s in symbol.declaration.body if isinstance(s, tree.Rule))
    rule = next((rule for rule in rules if rule.verb == "applies"), None)
    if rule is None:
        return None
    conditions = Conditions(context, symbol.unit)
    condition = conditions.whole(rule.condition, symbol.id, neutral=False)
    return fits(condition, rule.where, context)


def fits(condition: Condition | None, where: Span, context: Context) -> Condition | None:
    """The condition, if it can be written around every use of what it governs."""
    if condition is not None and size(condition) > MOST_PARTS:
        advice = "give it a name with `define`"
        context.found.append(kinds.LONG_APPLICABILITY.at(where, limit=MOST_PARTS, help=advice))
        return None
    return condition


# ---- elements of libraries that others stand for

Report = Callable[[str], None]


def check_binding(theirs: tree.Declaration, ours: Data, report: Report) -> None:
    """An element of the protocol that stands for one of a library has its type and its unit."""
    head = theirs.head
    assert isinstance(head, tree.TypeHead)
    own_type = "ordinal" if ours.ordered else ours.type
    if own_type != head.type:
        report(f"it is a {own_type}, the library's is a {head.type}")
    elif head.type == "quantity":
        known = unit(head.unit)
        own = unit(ours.unit)
        if known is not None and own is not None and known.code != own.code:
            report(f"it is in {own.display}, the library's is in {known.display}")
    elif head.options is not None:
        names = tuple(name.text for name in head.options.names)
        missing = [name for name in names if name not in ours.options]
        if missing:
            report(f"it cannot be `{missing[0]}`")
        elif ours.ordered and names != ours.options:
            report(f"its values are {' < '.join(ours.options)}, the library's {' < '.join(names)}")
