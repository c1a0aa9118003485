"""Example participants and tests."""

from __future__ import annotations

from collections.abc import Sequence

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import tests as kinds
from trialc.diagnostics.catalog import types as type_kinds
from trialc.model.examples import Assignment, Participant, Test
from trialc.model.from_syntax.body import UNKNOWNS, Body, date
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.history_examples import started_words
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import find_unit, lacks_unit, written
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.units import unit
from trialc.syntax import tree


def participant(symbol: Symbol, context: Context) -> Participant | None:
    """An example participant; `as_of` is the day of the verdict."""
    body = Body(symbol.declaration, context.found, statements=(tree.Assignment,), everywhere=())
    as_of, assignments = _assignments(body.all(tree.Assignment), symbol, context)
    if not as_of:
        body.missing("as_of")
        return None
    fields = {"as_of": as_of, "assignments": assignments}
    return Participant.model_validate({**declared(symbol, body, context), **fields})


def _assignments(
    items: Sequence[tree.Assignment], symbol: Symbol, context: Context
) -> tuple[str, tuple[Assignment, ...]]:
    """The day of the verdict ("" where it is not given), and all inputs, each once."""
    as_of = ""
    seen: dict[tuple[bool, str], tree.Assignment] = {}
    made: list[Assignment] = []
    for item in items:
        first = seen.setdefault((item.cause, item.path.text), item)
        if first is not item:
            related = [Related(first.path.where, "first given here")]
            found = name_kinds.DUPLICATE_PROPERTY.at(
                item.path.where, name=item.path.text, related=related
            )
            context.found.append(found)
        elif item.path.text == "as_of" and not item.cause:
            as_of = _as_of(item, context)
        elif item.path.text == "measured" and not item.cause:
            advice = "write the day behind each value: `lab.hb: 11 g/dL on 2027-01-04`"
            context.found.append(
                name_kinds.UNKNOWN_NAME.at(item.path.where, name="measured", help=advice)
            )
        elif (assignment := _assignment(item, symbol, context)) is not None:
            made.append(assignment)
    return as_of, tuple(made)


def _as_of(item: tree.Assignment, context: Context) -> str:
    if isinstance(item.value, tree.DateText) and item.on is None:
        return date(item.value, context.found)
    form = "a date such as 2027-01-04"
    context.found.append(name_kinds.PROPERTY_FORM.at(item.where, name="as_of", form=form))
    return "?"  # given, though not as a date: nothing is missing


def _assignment(assignment: tree.Assignment, symbol: Symbol, context: Context) -> Assignment | None:
    path = _input(assignment, symbol, context)
    if path is None or _is_broken(path, context):
        return None
    value = assignment.value
    on = date(assignment.on, context.found) if assignment.on else ""
    fields: dict[str, object] = {"path": path, "on": on, "where": assignment.where}
    kind = _kind(path, context)
    if isinstance(value, tree.Name) and value.text in UNKNOWNS:
        fields["unknown"] = UNKNOWNS[value.text]
    elif isinstance(value, tree.Quantity) and kind in ("quantity", "score"):
        element = context.data.get(path)
        if element is not None and lacks_unit(value, unit(element.unit), path, context.found):
            return None
        if value.unit:
            find_unit(value.unit, value.where, context.found)
        number = float(value.number)
        fields |= {"value": int(number) if number == int(number) else number, "unit": value.unit}
    elif isinstance(value, tree.DateText) and kind == "date":
        fields["value"] = date(value, context.found)
    elif isinstance(value, tree.Name) and value.text in _codes(path, kind, context):
        is_code = kind in ("choice", "cause")
        fields["value"] = value.text if is_code else value.text == "yes"
    elif isinstance(value, tree.Name) and kind == "cause" and context.is_unresolved(value.text):
        return None
    else:
        said = _words(value)
        advice = f"write {FORMS.get(kind) or ', '.join(_codes(path, kind, context))} or `unknown`"
        context.found.append(
            type_kinds.UNKNOWN_CODE.at(value.where, code=said, name=path, help=advice)
        )
        return None
    return Assignment.model_validate(fields)


FORMS = {
    "quantity": "a number with its unit",
    "score": "a number of points",
    "date": "a date such as 2027-01-04",
}
"""What values look like, by type; the others have codes."""


def _is_broken(path: str, context: Context) -> bool:
    """Whether it is an element with an error that was reported where it is declared."""
    return path in context.unresolved


def _kind(path: str, context: Context) -> str:
    """The type of an input: that of a data element, `judgement` or `cause`."""
    if path in context.causes:
        return "cause"
    element = context.data.get(path)
    return element.type if element is not None else "judgement"


def _codes(path: str, kind: str, context: Context) -> tuple[str, ...]:
    """The words that an input can have as its value."""
    if kind == "cause":
        return (*(cause.id for cause in context.names.of_kind("cause")), "other")
    if kind == "choice":
        return context.data[path].options
    return ("yes", "no") if kind in ("boolean", "judgement") else ()


def _input(assignment: tree.Assignment, symbol: Symbol, context: Context) -> str | None:
    """The full path of the input that an assignment names."""
    name = assignment.path
    if assignment.cause:
        return _cause(name, context)
    found = context.names.find(name, symbol.unit, ("data", "judgement"))
    return found.id if found else None


def _cause(name: tree.Name, context: Context) -> str | None:
    path = f"{name.text}.cause"
    if path in context.causes:
        return path
    if context.is_unresolved(name.text):
        return None
    guess = context.names.guess(name.text, [c.removesuffix(".cause") for c in context.causes])
    advice = (
        f"did you mean `{guess}`?" if guess else "no finding at this path is attributed to a cause"
    )
    context.found.append(name_kinds.UNKNOWN_NAME.at(name.where, name=name.text, help=advice))
    return None


def test(symbol: Symbol, context: Context) -> Test | None:
    """A participant with changes, and the expected verdict."""
    head = symbol.declaration.head
    assert isinstance(head, tree.TestHead)
    names_of(head.whom, symbol.unit, context, ("population",))  # as changes, they are spelled out
    body = Body(symbol.declaration, context.found)
    given = context.names.find(head.given, symbol.unit, ("patient",))
    by = [context.names.find(name, symbol.unit, ("inclusion", "exclusion")) for name in head.by]
    needing = [_need(cause, name, symbol, context) for cause, name in head.needing]
    if (head.by and head.verdict != "ineligible") or (
        head.needing and head.verdict != "undetermined"
    ):
        context.found.append(
            kinds.EXPECTATION.at(
                head.where,
                verdict=head.verdict,
                help="`by` goes with ineligible, `needing` with undetermined",
            )
        )
    if given is None:
        return None
    as_of, changes = _assignments(head.changes, symbol, context)
    fields = {
        "given": given.id,
        "changes": changes,
        "as_of": as_of,
        "verdict": head.verdict,
        "by": tuple(item.id for item in by if item is not None),
        "needing": tuple(item for item in needing if item is not None),
        "expects_where": head.where,
    }
    return Test.model_validate({**declared(symbol, body, context), **fields})


def _need(cause: bool, name: tree.Name, symbol: Symbol, context: Context) -> str | None:
    if cause:
        return _cause(name, context)
    found = context.names.find(name, symbol.unit, ("data", "judgement"))
    return found.id if found else None


def _words(value: tree.Given) -> str:
    """A value in the words of the author."""
    if isinstance(value, tree.OneOfThem):
        return "{ ... }"
    if isinstance(value, tree.Started):
        return started_words(value)
    return written(value) if isinstance(value, tree.Quantity) else value.text
