"""The input contract of a protocol: what a participant's record may hold.

For the reference interpreter and for every checker.
"""

from __future__ import annotations

from fractions import Fraction

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
from trialc.model.wording import Wording
from trialc_runtime.inputs import Input

Ratio = tuple[int, int, int, int]


def contract(protocol: Protocol) -> tuple[Input, ...]:
    """Every input: data elements, judgements, causes, in asking order.

    `applies` is the model's condition; who evaluates another form of it puts that in its place.
    """
    wording = Wording(protocol)
    causes = (*(cause.id for cause in protocol.causes), "other")
    return (
        *(_data(element, wording) for element in protocol.data),
        *(
            Input(path=item.id, kind="judgement", title=item.title, roles=item.by)
            for item in protocol.judgements
        ),
        *(
            Input(path=item.id, kind="cause", title=item.title, options=causes)
            for item in protocol.cause_inputs
        ),
    )


def _data(element: Data, wording: Wording) -> Input:
    window = (element.window.amount, element.window.unit) if element.window else None
    return Input(
        path=element.id,
        kind=element.type,
        title=element.title,
        unit=element.unit,
        units=accepted_units(element),
        low=element.low,
        high=element.high,
        options=element.options,
        window=window,
        applies=element.applies,
        applies_text=wording.phrase(element.applies) if element.applies else "",
    )


def accepted_units(element: Data) -> dict[str, Ratio]:
    """Every spelling in which an element may be reported, with its exact conversion to its unit."""
    own = unit(element.unit) if element.type == "quantity" else None
    if own is None:
        return {}
    accepted: dict[str, Ratio] = {}
    for other in _convertible(own, element):
        ratio = _ratio(other, own, element)
        if ratio is not None:
            accepted.update(dict.fromkeys(spellings(other), ratio))
    return accepted


def _convertible(own: Unit, element: Data) -> tuple[Unit, ...]:
    if not element.molar_mass:
        return family(own)
    is_mass = own.code.endswith("g/L") or "g/" in own.code
    partner = unit("mmol/L") if is_mass else unit("g/L")
    return (*family(own), *(family(partner) if partner else ()))


def _ratio(other: Unit, own: Unit, element: Data) -> Ratio | None:
    if compatible(other, own):
        return conversion(other, own)
    return mass_substance(other, own, Fraction(element.molar_mass)) if element.molar_mass else None
