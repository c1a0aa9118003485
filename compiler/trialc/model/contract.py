"""The input contract of a protocol: what a participant's record may hold.

For the reference interpreter and for every checker.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from trialc.model.contradictions import Order, orders
from trialc.model.measured_days import asked_days
from trialc.model.protocol import Data, Protocol
from trialc.model.units import (
    Unit,
    compatible,
    conversion,
    family,
    mass_substance,
    spellings,
    unit,
)
from trialc.model.wording import Wording, unit_words
from trialc_runtime.inputs import Input

Ratio = tuple[int, int, int, int]


def stated_units(protocol: Protocol) -> dict[str, str]:
    """The units in which derived numbers are shown; pure numbers and points have none."""
    return {item.id: item.unit for item in protocol.numbers if unit_words(item.unit)}


def contract(protocol: Protocol) -> tuple[Input, ...]:
    """Every input: data elements, judgements, causes, in asking order.

    `applies` is the model's condition; who evaluates another form of it puts that in its place.
    """
    wording = Wording(protocol)
    order, dated = orders(protocol), asked_days(protocol)
    causes = (*(cause.id for cause in protocol.causes), "other")
    return (
        *(
            _data(element, wording, order.get(element.id, ()), element.id in dated)
            for element in protocol.data
        ),
        *(
            Input(
                path=item.id,
                kind="judgement",
                title=item.title,
                roles=item.by,
                dated=item.id in dated,
            )
            for item in protocol.judgements
        ),
        *(
            Input(path=item.id, kind="cause", title=item.title, options=causes)
            for item in protocol.cause_inputs
        ),
    )


def _data(element: Data, wording: Wording, order: Order, dated: bool) -> Input:
    window = (element.window.amount, element.window.unit) if element.window else None
    return Input(
        path=element.id,
        kind=element.type,
        title=element.title,
        unit=element.unit,
        unit_words=unit_words(element.unit),
        units=accepted_units(element),
        low=element.low,
        high=element.high,
        options=element.options,
        window=window,
        order=order,
        dated=dated,
        applies=element.applies,
        applies_text=wording.phrase(element.applies) if element.applies else "",
    )


def accepted_units(element: Data) -> Mapping[str, Ratio]:
    """Every spelling in which an element may be reported, with its exact conversion to its unit."""
    return _accepted(element.unit, element.molar_mass) if element.type == "quantity" else {}


@cache
def _accepted(code: str, molar_mass: str) -> Mapping[str, Ratio]:
    """Worked out once for each unit: a large protocol has a few of them, thousands of times."""
    own = unit(code)
    if own is None:
        return {}
    accepted: dict[str, Ratio] = {}
    for other in _convertible(own, molar_mass):
        ratio = _ratio(other, own, molar_mass)
        if ratio is not None:
            accepted.update(dict.fromkeys(spellings(other), ratio))
    return accepted


def _convertible(own: Unit, molar_mass: str) -> tuple[Unit, ...]:
    if not molar_mass:
        return family(own)
    is_mass = own.code.endswith("g/L") or "g/" in own.code
    partner = unit("mmol/L") if is_mass else unit("g/L")
    return (*family(own), *(family(partner) if partner else ()))


def _ratio(other: Unit, own: Unit, molar_mass: str) -> Ratio | None:
    if compatible(other, own):
        return conversion(other, own)
    return mass_substance(other, own, Fraction(molar_mass)) if molar_mass else None
