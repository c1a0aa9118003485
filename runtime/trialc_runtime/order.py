"""Values of one record that cannot all be right: limits of normal that cross, days out of order
(docs/semantics.md section 1).
"""

from __future__ import annotations

from trialc_runtime.decimals import SAME_UNIT, convert
from trialc_runtime.refusals import RecordFault
from trialc_runtime.values import Reported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from trialc_runtime.inputs import Input
    from trialc_runtime.values import Reading


def contradictions(item: Input, inputs: Mapping[str, Input], reading: Reading) -> list[RecordFault]:
    """The faults of one input against what its value must not be below or above. What is unknown
    contradicts nothing.
    """
    found: list[RecordFault] = []
    own = reading.values[item.path]
    if not isinstance(own, Reported):
        return found
    for relation, name in item.order:
        other, shown = _other(item, name, inputs, reading)
        if other is None or (own.value <= other if relation == "<=" else own.value >= other):
            continue
        side = "before" if relation == ">=" else "after"
        if item.kind != "date":
            side = "below" if relation == ">=" else "above"
        found.append(RecordFault(item.path, f"is {side} {shown}"))
    return found


def _other(
    item: Input, name: str | float, inputs: Mapping[str, Input], reading: Reading
) -> tuple[Any, str]:
    """What is compared with, in the unit of the input, and in words; None while it is not known."""
    if not isinstance(name, str):
        return name, f"{name:g} {item.unit_words}, the other limit of normal: check it"
    if name == "as_of":
        return reading.as_of or None, f"`as_of`, {reading.as_of}: correct one of the two"
    other = reading.values[name]
    if not isinstance(other, Reported):
        return None, ""
    value: Any = other.value
    if item.kind == "quantity":
        unit = inputs[name].unit
        value = convert(value, SAME_UNIT if unit == item.unit else item.units[unit])
    said = f"{other.reported} {other.unit}".rstrip()
    return value, f"`{name}`, {said}: correct one of the two"
