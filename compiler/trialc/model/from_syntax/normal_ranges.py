"""What a laboratory calls normal: the property `normal`, multiples of its limits, conditions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import values as kinds
from trialc.model import expression as model
from trialc.model.data import Data, ReferenceRange
from trialc.model.expression import Condition, Literal, Number, Value
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.numbers import Numbers, is_date
from trialc.model.from_syntax.quantities import (
    check_range,
    exactly,
    in_unit,
    mismatch,
    range_reversed,
    written,
)
from trialc.model.units import unit
from trialc.source import Span
from trialc.syntax import tree

FORM = (
    "the limits of normal, for example `10 .. 40 U/L`, `at most 40 U/L`, `lab.k.lln .. lab.k.uln`"
)
SIDES = {"{x_ULN}": "high", "{x_LLN}": "low"}
"""Units that are multiples of a limit of normal, and of which."""
_ABBREVIATIONS = {"high": "ULN", "low": "LLN"}
_WORDS = {"high": "upper", "low": "lower"}
_ONE_SIDED = {("at", "most"): "high", ("at", "least"): "low"}
End = tree.Name | tree.Quantity
Term = tuple[tree.Term, ...]


def stated(declaration: tree.Declaration) -> tree.Property | None:
    """The property `normal` of a declaration."""
    for statement in declaration.body:
        if isinstance(statement, tree.Property) and statement.label.text == "normal":
            return statement
    return None


def named_limits(declaration: tree.Declaration) -> tuple[tree.Name, ...]:
    """The names that stand as limits of normal."""
    found = stated(declaration)
    ends = _ends(found) if found is not None else None
    return tuple(end for end in (ends or {}).values() if isinstance(end, tree.Name))


def _ends(found: tree.Property) -> dict[str, End] | None:
    """The limits by their sides; None where the value has another form."""
    terms: Term = found.values[0] if len(found.values) == 1 else ()
    match terms:
        case (tree.Range() | tree.Limits() as both,):
            return {"low": both.low, "high": both.high}
        case (
            tree.Name(text=first),
            tree.Name(text=second),
            tree.Quantity() | tree.Name() as end,
        ) if (first, second) in _ONE_SIDED:
            return {_ONE_SIDED[first, second]: end}
        case _:
            return None


def normal(symbol: Symbol, element: Data, context: Context) -> ReferenceRange | None:
    """The limits of normal of an element; None where it states none."""
    found = stated(symbol.declaration)
    if found is None or element.type != "quantity":
        return None
    ends = _ends(found)
    made: dict[str, Number] = {}
    if ends is None:
        place = found.label.where
        context.found.append(name_kinds.PROPERTY_FORM.at(place, name="normal", form=FORM))
    else:
        for side, end in ends.items():
            limit = _Limits(symbol, element, context).limit(side, end, ends)
            if limit is None:
                break  # the other one has the same fault
            made[side] = limit
    if ends is None or len(made) < len(ends) or _is_reversed(found, element, context):
        context.lost_limits.add(element.id)
        return None
    return ReferenceRange.model_validate({**made, "where": found.where})


class _Limits:
    """Reads the limits of one element."""

    def __init__(self, symbol: Symbol, element: Data, context: Context) -> None:
        self.element = element
        self.context = context
        self.numbers = Numbers(context, symbol.unit)
        name = symbol.declaration.name
        self.name = name.text if name is not None else element.id

    def limit(self, side: str, end: End, ends: dict[str, End]) -> Number | None:
        """A number in the unit of the element, or None and a diagnostic."""
        if isinstance(end, tree.Name):
            return self._named(end)
        high = ends.get("high")
        if not end.unit and isinstance(high, tree.Quantity):
            end = tree.Quantity(end.number, high.unit, where=end.where)
        exact = in_unit(end, unit(self.element.unit), self.name, self.context.found, self.element)
        if exact is None:
            return None
        self.context.exact_limits[self.element.id, side] = exact
        fields = {"unit": self.element.unit, "text": written(end), "where": end.where}
        made = Literal.model_validate({**fields, "value": float(exact)})
        before = len(self.context.found)
        check_range(exact, made, self.element, self.context.found)
        is_sound = not any(fault.is_error for fault in self.context.found[before:])
        return made if is_sound else None

    def _named(self, end: tree.Name) -> Number | None:
        number = self.numbers.value(end)
        if number is None:
            return None
        if is_date(number) or self.numbers.is_score(number):
            kind = kinds.LIMIT_OF_NORMAL
            self.context.found.append(kind.at(end.where, name=end.text, element=self.name))
            return None
        mass = self.element.molar_mass
        return self.numbers.into(number, self.element.unit, self.name, mass)


def _is_reversed(found: tree.Property, element: Data, context: Context) -> bool:
    """Whether two fixed limits stand the wrong way round; that is reported."""
    low, high = (context.exact_limits.get((element.id, side)) for side in ("low", "high"))
    if low is None or high is None or low < high:
        return False
    (terms,) = found.values
    assert isinstance(terms[0], tree.Range)
    text = f"{written(terms[0].low)} .. {written(terms[0].high)}"
    context.found.append(range_reversed(terms[0].where, text))
    return True


def with_molar_masses(context: Context) -> dict[str, Data]:
    """The elements that state limits of normal, with the molar mass of what they are limits of,
    where they state none: a laboratory reports both in the same units.
    """
    masses: dict[str, set[str]] = {}
    for element in context.data.values():
        for limit in (element.normal.low, element.normal.high) if element.normal else ():
            value = limit.left if isinstance(limit, model.Arithmetic) else limit
            if isinstance(value, Value) and value.path in context.data:
                masses.setdefault(value.path, set()).add(element.molar_mass)
    return {
        path: context.data[path].model_copy(update={"molar_mass": found.pop()})
        for path, found in masses.items()
        if len(found) == 1 and not context.data[path].molar_mass
    }


# ---- in conditions


class NormalRanges:
    """Limits of normal in the conditions of one protocol."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.found = context.found

    def multiple(self, quantity: tree.Quantity, element: Data | None, name: str) -> Number | None:
        """`3 xULN` of an element; None (and a diagnostic) where it has no such limit."""
        side = side_of(quantity)
        if quantity.also is not None:
            advice = f"leave `({written(quantity.also)})` out: documents print the limit"
            text, also = written(quantity), written(quantity.also)
            sides = text, quantity.unit, also, quantity.also.unit
            self.found.append(mismatch(quantity.also.where, *sides, advice))
            return None
        limit = self._limit(element, side, name, quantity.where)
        if limit is None or element is None:
            return None
        exact = self.context.exact_limits.get((element.id, side))
        if exact is None:
            return self._times(quantity, limit)
        return self._fixed(exactly(quantity) * exact, written(quantity), element, quantity.where)

    def _times(self, quantity: tree.Quantity, limit: Number) -> Number:
        """A multiple of a limit that differs from participant to participant."""
        if exactly(quantity) == 1:
            return limit
        factor = Literal(value=float(quantity.number), unit="1", text=quantity.number)
        if isinstance(limit, model.Arithmetic):  # in another unit: multiplied in one step
            scaled = {"left": factor, "right": limit.left, "where": quantity.where}
            return limit.model_copy(update=scaled)
        assert isinstance(limit, Value | model.NumberOf)
        fields = {"operator": "*", "left": factor, "right": limit, "where": quantity.where}
        return model.Arithmetic.model_validate({**fields, "unit": limit.unit})

    def _fixed(self, exact: Fraction, text: str, element: Data, where: Span) -> Literal:
        own = unit(element.unit)
        shown = f"{text} ({float(exact):.15g} {own.display if own else element.unit})"
        made = Literal(value=float(exact), unit=element.unit, text=shown, where=where)
        check_range(exact, made, element, self.found, on_grid=False)
        return made

    def conditions(
        self, value: Number, place: str, element: Data | None, name: str, where: Span
    ) -> Condition | None:
        """`in normal range`, `outside normal range`, `above normal`, `below normal`."""
        wanted = {"above": ("high",), "below": ("low",)}.get(place)
        if wanted is None:
            known = element.normal if element is not None else None
            wanted = tuple(side for side in ("low", "high") if getattr(known, side, None))
        limits = {side: self._limit(element, side, name, where) for side in wanted or ("high",)}
        signs = {"low": ">=", "high": "<="} if place == "in" else {"low": "<", "high": ">"}
        parts: list[Condition] = []
        for side, limit in limits.items():
            if limit is None or element is None:
                return None
            fields = {"relation": signs[side], "left": value, "right": self._shown(limit, side)}
            parts.append(model.Compare.model_validate({**fields, "where": where}))
        return parts[0] if len(parts) == 1 else joined(parts, "all" if place == "in" else "any")

    def _shown(self, limit: Number, side: str) -> Number:
        """A fixed limit as documents show it: "ULN (40 U/L)"."""
        if not isinstance(limit, Literal):
            return limit
        return limit.model_copy(update={"text": f"{_ABBREVIATIONS[side]} ({limit.text})"})

    def _limit(self, element: Data | None, side: str, name: str, where: Span) -> Number | None:
        if element is not None and element.id in self.context.lost_limits:
            return None
        known = element.normal if element is not None else None
        limit: Number | None = getattr(known, side, None)
        if limit is None:
            own = unit(element.unit) if element is not None else None
            shown = own.display if own is not None else "U/L"
            example = {"high": f"at most 40 {shown}", "low": f"at least 10 {shown}"}[side]
            advice = f"state it where `{name}` is declared: `normal: {example}`"
            if element is None:
                advice = "write the limit of the element itself"
            kind = kinds.NO_LIMIT_OF_NORMAL
            self.found.append(kind.at(where, name=name, side=_WORDS[side], help=advice))
        return limit


def joined(parts: Sequence[Condition], quantifier: str) -> Condition:
    """Several conditions without labels."""
    branches = tuple(model.Branch(condition=part, where=part.where) for part in parts)
    fields = {"quantifier": quantifier, "branches": branches, "where": parts[0].where}
    return model.Junction.model_validate(fields)


def side_of(quantity: tree.Quantity) -> str:
    """The side of normal of which a quantity is a multiple; "" for all else."""
    own = unit(quantity.unit) if quantity.unit else None
    return SIDES.get(own.code, "") if own is not None else ""


def is_multiple(quantity: tree.Quantity, first: Number) -> bool:
    """Whether a quantity is compared as a multiple of a limit of normal: `lab.alat > 3 xULN` of an
    element that is not itself in that unit.
    """
    own = unit(first.unit) if isinstance(first, Value | model.NumberOf) else None
    return bool(side_of(quantity)) and own is not None and own.code not in SIDES
