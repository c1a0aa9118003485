"""Example participants, tests, trial tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialc.diagnostics import Related
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import tests as kinds
from trialc.diagnostics.catalog import types as type_kinds
from trialc.model.design import Event
from trialc.model.examples import (
    Assignment,
    GateExpectation,
    LogStep,
    Participant,
    Test,
    TrialTest,
)
from trialc.model.from_syntax.body import UNKNOWNS, Body, date, distinct
from trialc.model.from_syntax.choices import unknown_code
from trialc.model.from_syntax.context import Context
from trialc.model.from_syntax.gates import occasion
from trialc.model.from_syntax.history_examples import started_words
from trialc.model.from_syntax.names import Symbol
from trialc.model.from_syntax.quantities import duration, find_unit, lacks_unit, written
from trialc.model.from_syntax.vocabulary import declared, names_of
from trialc.model.units import unit
from trialc.syntax import tree
from trialc.syntax.spelling import listed


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


def trial_test(symbol: Symbol, context: Context, events: Mapping[str, Event]) -> TrialTest | None:
    """A block with dated events, and the expected states of gates."""
    head = symbol.declaration.head
    assert isinstance(head, tree.TrialHead)
    body = Body(symbol.declaration, context.found)
    given = occasion(head.occasion, context)
    every = duration(head.every, context.found)
    steps = [_step(step, head.size, symbol, context, events) for step in head.steps]
    expects = [_expect(expect, head.size, symbol, context) for expect in head.expects]
    if given is None or every is None:
        return None
    fields = {
        "block": head.block,
        "size": head.size,
        "occasion": given,
        "first": date(head.first, context.found),
        "every": every,
        "steps": tuple(step for step in steps if step is not None),
        "expects": tuple(expect for expect in expects if expect is not None),
    }
    return TrialTest.model_validate({**declared(symbol, body, context), **fields})


def _is_member(step: tree.TrialStep | tree.TrialExpectation, size: int, context: Context) -> bool:
    if step.participant is None or 1 <= step.participant <= size:
        return True
    context.found.append(
        kinds.NO_SUCH_PARTICIPANT.at(step.where, number=step.participant, size=size)
    )
    return False


def _step(
    step: tree.TrialStep,
    size: int,
    symbol: Symbol,
    context: Context,
    events: Mapping[str, Event],
) -> LogStep | None:
    found = context.names.find(step.event, symbol.unit, ("event",))
    event = events.get(found.id) if found else None
    if not _is_member(step, size, context) or event is None:
        return None
    return LogStep(
        step="absence" if step.absence else "event",
        event=event.id,
        participant=step.participant,
        on=date(step.on, context.found),
        attributes=_reported(step.attributes, event, context),
        where=step.where,
    )


def _reported(
    items: Sequence[tree.Assignment], event: Event, context: Context
) -> tuple[tuple[str, str], ...]:
    """What is reported of an event: attributes with their codes."""
    known = {attribute.name: attribute.options for attribute in event.attributes}
    made: dict[str, str] = {}
    distinct([item.path for item in items], context.found)
    for item in items:
        name, value = item.path.text, item.value
        if item.cause or name not in known:
            guess = context.names.guess(name, known)
            reported = f"`{event.id}` reports {listed(known)}"
            advice = f"did you mean `{guess}`?" if guess else reported
            context.found.append(
                name_kinds.UNKNOWN_NAME.at(item.path.where, name=name, help=advice)
            )
        elif not isinstance(value, tree.Name) or value.text not in known[name]:
            word = value if isinstance(value, tree.Name) else tree.Name("this", where=value.where)
            context.found.append(unknown_code(word, name, known[name], context))
        else:
            made[name] = value.text
    return tuple(made.items())


def _expect(
    expect: tree.TrialExpectation, size: int, symbol: Symbol, context: Context
) -> GateExpectation | None:
    gate = context.names.find(expect.gate, symbol.unit, ("gate",))
    if not _is_member(expect, size, context) or gate is None:
        return None
    fields = {"gate": gate.id, "state": expect.state, "on": date(expect.on, context.found)}
    return GateExpectation.model_validate(
        {**fields, "participant": expect.participant, "where": expect.where}
    )


def _words(value: tree.Name | tree.Quantity | tree.DateText | tree.Started) -> str:
    """A value in the words of the author."""
    if isinstance(value, tree.Started):
        return started_words(value)
    return written(value) if isinstance(value, tree.Quantity) else value.text
