"""Roles, causes, objectives, endpoints, validity windows, data elements, judgements, definitions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from trialc.diagnostics.catalog import types as kinds
from trialc.model.expression import Condition
from trialc.model.from_syntax.body import Body, Terms, date, name_term, quantity_term
from trialc.model.from_syntax.conditions import Conditions, inputs_of_numbers
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.names import Module, Symbol
from trialc.model.from_syntax.quantities import PLAIN, duration, find_unit, written
from trialc.model.protocol import (
    Cause,
    Code,
    ConditionDefinition,
    Data,
    Endpoint,
    Judgement,
    NumberDefinition,
    Objective,
    Role,
    ValidityWindow,
)
from trialc.model.units import Unit, compatible, convert_exact, unit
from trialc.syntax import tree

SYSTEMS = ("loinc", "snomed", "ucum", "meddra", "icd10", "ncit")


def declared(symbol: Symbol, body: Body, context: Context) -> dict[str, object]:
    """What every declaration has."""
    title = symbol.declaration.title
    return {
        "id": symbol.id,
        "title": title.value if title else "",
        "sources": body.quotes(),
        "decided": decided(body, symbol.unit, context),
        "renamed_from": body.older_names(symbol.unit.prefix),
        "where": symbol.where,
    }


def decided(body: Body, module: Module, context: Context) -> tuple[str, ...]:
    """Ids of the decisions that a declaration rests on."""
    names = (n for names in body.all(tree.Names) if names.verb == "decided" for n in names.names)
    found = [context.names.find(name, module, ("decision",)) for name in names]
    return tuple(decision.id for decision in found if decision is not None)


def plain(symbol: Symbol, context: Context) -> Role | Cause:
    """A role or a cause: only a title and its sources."""
    made = Role if symbol.kind == "role" else Cause
    return made.model_validate(declared(symbol, Body(symbol.declaration, context.found), context))


def objective(symbol: Symbol, context: Context) -> Objective:
    """An objective with its level."""
    body = Body(symbol.declaration, context.found)
    return Objective.model_validate({**declared(symbol, body, context), "level": _word(symbol)})


def endpoint(symbol: Symbol, context: Context) -> Endpoint:
    """An endpoint; `measure` is empty where the source states none."""
    body = Body(symbol.declaration, context.found, ("objective", "measure"))
    name = body.one("objective", "the name of an objective", name_term)
    found = context.names.find(name, symbol.unit, ("objective",)) if name else None
    measure = body.one("measure", "text in quotation marks, or `not stated`", _measure)
    fields = {
        "level": _word(symbol),
        "objective": found.id if found else "",
        "measure": measure or "",
    }
    return Endpoint.model_validate({**declared(symbol, body, context), **fields})


def _measure(terms: Terms) -> str | None:
    if len(terms) == 1 and isinstance(terms[0], tree.Text):
        return terms[0].value
    return (
        ""
        if [term.text for term in terms if isinstance(term, tree.Name)] == ["not", "stated"]
        else None
    )


def _word(symbol: Symbol) -> str:
    head = symbol.declaration.head
    assert isinstance(head, tree.WordHead) and isinstance(head.word, tree.Name)
    return head.word.text


def window(symbol: Symbol, context: Context) -> ValidityWindow | None:
    """How long a value stays valid."""
    head = symbol.declaration.head
    assert isinstance(head, tree.DurationHead)
    body = Body(symbol.declaration, context.found)
    length = duration(head.amount, context.found)
    if length is None:
        return None
    return ValidityWindow.model_validate({**declared(symbol, body, context), "length": length})


# ---- data


def data(symbol: Symbol, context: Context, windows: Mapping[str, ValidityWindow]) -> Data | None:
    """A data element, without its `applies when`, which needs all elements (see `applies`)."""
    declaration, head = symbol.declaration, symbol.declaration.head
    assert isinstance(head, tree.TypeHead)
    body = Body(
        declaration, context.found, ("range", "resolution", "typical", "valid", "molar_mass"), ("code", "by"),
        verbs=("applies",),
    )  # fmt: skip
    known: Unit | None = None
    if head.type == "quantity":
        known = find_unit(head.unit, head.where, context.found)
        if known is None:
            return None
    elif head.type == "score":
        known = unit("{score}")
    low, high = _range(head, body, known, context)
    fields = {
        **declared(symbol, body, context),
        "type": head.type,
        "unit": known.code if known else "",
        "low": low,
        "high": high,
        "resolution": _resolution(body, known, head.type, context),
        "options": tuple(option.text for option in head.options.names) if head.options else (),
        **_validity(body, symbol.unit, context, windows),
        "molar_mass": _molar_mass(body),
        "codes": tuple(
            body.many(
                "code", f"a terminology ({', '.join(SYSTEMS)}) and a code in quotation marks", _code
            )
        ),
        "by": tuple(
            role.id
            for name in body.names("by")
            if (role := context.names.find(name, symbol.unit, ("role",))) is not None
        ),
    }
    element = Data.model_validate(fields)
    return element.model_copy(update={"typical": _typical(element, body, known, context)})


def _range(
    head: tree.TypeHead, body: Body, known: Unit | None, context: Context
) -> tuple[float | None, float | None]:
    found = head.range or body.one("range", "a range, for example `2 .. 25 g/dL`", _range_term)
    if found is None:
        return None, None
    low, high = found.low, found.high
    if not low.unit and high.unit:
        low = tree.Quantity(low.number, high.unit, where=low.where)
    ends = [_number(end, known, context) for end in (low, high)]
    if ends[0] is not None and ends[1] is not None and ends[0] >= ends[1]:
        text = f"{written(found.low)} .. {written(found.high)}"
        context.found.append(kinds.RANGE_REVERSED.at(found.where, range=text))
        return None, None
    return ends[0], ends[1]


def _range_term(terms: Terms) -> tree.Range | None:
    return terms[0] if len(terms) == 1 and isinstance(terms[0], tree.Range) else None


def _number(quantity: tree.Quantity, known: Unit | None, context: Context) -> float | None:
    """A number in the element's unit; a bare number is taken to be in it."""
    exact = _exact(quantity, known, context)
    return None if exact is None else float(exact)


def _exact(quantity: tree.Quantity, known: Unit | None, context: Context) -> Fraction | None:
    if not quantity.unit or known is None:
        return Fraction(Decimal(quantity.number))
    own = find_unit(quantity.unit, quantity.where, context.found)
    if own is None:
        return None
    if not compatible(own, known):
        shown = {"left_unit": known.display, "right_unit": own.display}
        context.found.append(
            kinds.UNIT_MISMATCH.at(
                quantity.where, left="the element", right=written(quantity), **shown
            )
        )
        return None
    return convert_exact(quantity.number, own, known)


def _resolution(body: Body, known: Unit | None, type_: str, context: Context) -> str:
    """The step of reporting; the unit's usual one where nothing is said."""
    stated: tree.Quantity | None = body.one(
        "resolution", "a number, for example `0.1 g/dL`", quantity_term
    )
    if stated is None:
        return "1" if type_ == "score" else (known.step if known else "")
    exact = _exact(stated, known, context)
    return "" if exact is None else _decimal(exact)


def _decimal(exact: Fraction) -> str:
    """Decimal text of a number that has one."""
    return format((Decimal(exact.numerator) / Decimal(exact.denominator)).normalize(), "f")


def _typical(element: Data, body: Body, known: Unit | None, context: Context) -> str:
    """The stated typical value, or one in the middle of what the element can be; "" where nothing suggests one."""
    found = body.terms("typical")
    if not found:
        return _middle(element)
    terms, where = found[0]
    term = terms[0]
    if isinstance(term, tree.Quantity) and element.type in ("quantity", "score"):
        exact = _exact(term, known, context)
        if exact is not None and _inside(exact, element):
            return _decimal(exact)
    elif isinstance(term, tree.DateText) and element.type == "date":
        return date(term, context.found)
    elif isinstance(term, tree.Name) and term.text in (
        *element.options,
        *(("yes", "no") * (element.type == "boolean")),
    ):
        return term.text
    context.found.append(kinds.TYPICAL_VALUE.at(where, name=element.id))
    return ""


def _inside(exact: Fraction, element: Data) -> bool:
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
    steps = (Fraction(str(element.low)) + Fraction(str(element.high))) / 2 / step
    return _decimal(Fraction(int(steps)) * step)


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
    stated: tree.Quantity | None = body.one("molar_mass", "a number in g/mol", quantity_term)
    return stated.number if stated else ""


def _code(terms: Terms) -> Code | None:
    if len(terms) == 2 and isinstance(terms[0], tree.Name) and isinstance(terms[1], tree.Text):
        system = terms[0].text
        if system in SYSTEMS:
            return Code.model_validate(
                {"system": system, "code": terms[1].value, "where": terms[0].where}
            )
    return None


def applies(symbol: Symbol, context: Context) -> Condition | None:
    """When the element exists at all."""
    rule = next(
        (s for s in symbol.declaration.body if isinstance(s, tree.Rule) and s.verb == "applies"),
        None,
    )
    if rule is None:
        return None
    return Conditions(context, symbol.unit).whole(rule.condition, symbol.id, neutral=False)


# ---- judgements and definitions


def judgement(symbol: Symbol, context: Context) -> Judgement:
    """A question to named roles."""
    head = symbol.declaration.head
    assert isinstance(head, tree.NamesHead)
    body = Body(symbol.declaration, context.found)
    roles = [context.names.find(name, symbol.unit, ("role",)) for name in head.names]
    by = tuple(role.id for role in roles if role is not None)
    return Judgement.model_validate({**declared(symbol, body, context), "by": by})


def number_definition(symbol: Symbol, context: Context) -> NumberDefinition | None:
    """A derived number or a score, in its declared unit."""
    head = symbol.declaration.head
    assert isinstance(head, tree.FormulaHead)
    body = Body(symbol.declaration, context.found)
    wanted = context.number_units.get(symbol.id)
    if wanted is None:
        return None
    conditions = Conditions(context, symbol.unit)
    if isinstance(head.expression, tree.Score):
        if wanted not in PLAIN:
            context.found.append(
                kinds.SCORE_COMPARISON.at(head.where, help="write its unit as `[points]`")
            )
            return None
        number = conditions.score(head.expression, symbol.id)
    else:
        formula = conditions.numbers.number(head.expression)
        number = (
            conditions.numbers.into(formula, wanted, symbol.id) if formula is not None else None
        )
    if number is None:
        return None
    exist = [context.applicable.get(name) for name in inputs_of_numbers(number)]
    if number.kind != "score" and any(exist):
        context.applicable[symbol.id] = next(reason for reason in exist if reason is not None)
    return NumberDefinition.model_validate(
        {**declared(symbol, body, context), "unit": wanted, "number": number}
    )


def condition_definition(symbol: Symbol, context: Context) -> ConditionDefinition | None:
    """A named condition; `applicable` learns when it exists."""
    head = symbol.declaration.head
    assert isinstance(head, tree.FormulaHead)
    body = Body(symbol.declaration, context.found)
    conditions = Conditions(context, symbol.unit)
    resolved = conditions.resolve(head.expression, symbol.id)
    if resolved is None:
        return None
    context.applicable[symbol.id] = resolved.applies
    return ConditionDefinition.model_validate(
        {**declared(symbol, body, context), "condition": resolved.condition}
    )
