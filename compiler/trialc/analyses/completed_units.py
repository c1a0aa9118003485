"""Ages that are stated in completed years or months, and compared with ones that count on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import stages as kinds
from trialc.graph.study import Study
from trialc.model import expression as e
from trialc.model.expression import Condition
from trialc.model.inputs import walk
from trialc.model.protocol import NumberDefinition, Protocol
from trialc.model.wording import wording_of

UNITS = {"year": "years", "month": "months"}
_BIRTH = re.compile(r"\b(birth|born|dob)", re.IGNORECASE)


def check_completed_units(study: Study) -> tuple[Study, tuple[Diagnostic, ...]]:
    """A warning where an age by the date of birth must be at most a whole number of units."""
    protocol = study.protocol
    ages = {one.id: one for one in protocol.numbers if _is_age(one, protocol)}
    rules = (*protocol.criteria, *protocol.conditions) if ages else ()
    return study, tuple(
        _told(protocol, ages[name], limit, atom)
        for rule in rules
        for atom in walk(rule.condition)
        for name, limit in _ends(atom)
        if name in ages and limit.value == int(limit.value) and limit.unit == ages[name].unit
    )


def _is_age(definition: NumberDefinition, protocol: Protocol) -> bool:
    """Whether a number is the time since a birth, in the unit in which it is counted."""
    number = definition.number
    if not isinstance(number, e.Elapsed) or number.unit not in UNITS:
        return False
    start = next((one for one in protocol.data if one.id == number.start), None)
    words = f"{number.start.replace('_', ' ').replace('.', ' ')} {start.title if start else ''}"
    return bool(_BIRTH.search(words))


def _ends(atom: Condition) -> Iterator[tuple[str, e.Literal]]:
    """The derived number that must not be beyond a limit, and the limit."""
    match atom:
        case e.Within(value=e.NumberOf(name=name), high=e.Literal() as limit):
            yield name, limit
        case e.Compare(left=e.NumberOf(name=name), relation="<=", right=e.Literal() as limit):
            yield name, limit
        case _:
            return


def _told(
    protocol: Protocol, age: NumberDefinition, limit: e.Literal, atom: Condition
) -> Diagnostic:
    number, _, unit = limit.text.partition(" ")
    after = f"{Decimal(number) + 1} {unit}"
    text = wording_of(protocol).atom(atom)
    advice = f"{age.id} < {after}"
    if isinstance(atom, e.Within) and isinstance(atom.low, e.Literal):
        advice = f"{age.id} >= {_with_unit(atom.low, unit)} and {advice}"
    return kinds.COMPLETED_UNITS.at(
        atom.where,
        name=age.id,
        text=text,
        last=limit.text,
        help=f"write `{advice}` if completed {unit or 'units'} are meant",
    )


def _with_unit(limit: e.Literal, unit: str) -> str:
    """A limit with its unit, which a range states once, behind its end."""
    return limit.text if " " in limit.text else f"{limit.text} {unit}"
