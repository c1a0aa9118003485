"""The input contract of a protocol: what a participant's record may hold, for the interpreter and every checker."""

from __future__ import annotations

from trialc_runtime.records import Input

from trialc.model.protocol import Data, Protocol
from trialc.model.units import Unit, compatible, conversion, family, mass_substance, spellings, unit


def contract(protocol: Protocol) -> tuple[Input, ...]:
    """Every input: data elements, judgements, causes, in asking order."""
    causes = (*(cause.id for cause in protocol.causes), "other")
    return (
        *(_data(element) for element in protocol.data),
        *(
            Input(path=item.id, kind="judgement", title=item.title, roles=item.by)
            for item in protocol.judgements
        ),
        *(
            Input(path=item.id, kind="cause", title=item.title, options=causes)
            for item in protocol.cause_inputs
        ),
    )


def _data(element: Data) -> Input:
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
    )


def accepted_units(element: Data) -> dict[str, tuple[int, int, int, int]]:
    """Every spelling in which the element may be reported, with its exact conversion to the element's unit."""
    own = unit(element.unit) if element.type == "quantity" else None
    if own is None:
        return {}
    accepted: dict[str, tuple[int, int, int, int]] = {}
    for other in _convertible(own, element):
        ratio = _ratio(other, own, element)
        if ratio is not None:
            accepted.update(dict.fromkeys(spellings(other), ratio))
    return accepted


def _convertible(own: Unit, element: Data) -> tuple[Unit, ...]:
    if not element.molar_mass:
        return family(own)
    partner = unit("mmol/L") if own.code.endswith("g/L") or "g/" in own.code else unit("g/L")
    return (*family(own), *(family(partner) if partner else ()))


def _ratio(other: Unit, own: Unit, element: Data) -> tuple[int, int, int, int] | None:
    from fractions import Fraction

    if compatible(other, own):
        return conversion(other, own)
    return mass_substance(other, own, Fraction(element.molar_mass)) if element.molar_mass else None
