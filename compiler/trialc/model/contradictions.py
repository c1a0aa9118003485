"""What values of one record must not contradict: limits of normal that cross, days out of order."""

from __future__ import annotations

from collections.abc import Mapping

from trialc.model.data import Data
from trialc.model.expression import Arithmetic, Literal, Number, Value
from trialc.model.protocol import Protocol

Order = tuple[tuple[str, str | float], ...]
"""Relations ("<=" or ">=") to another element, to "as_of", or to a number."""


def orders(protocol: Protocol) -> Mapping[str, Order]:
    """Of each element what its value must be beside what else a record says."""
    found: dict[str, Order] = {}
    for element in protocol.data:
        if element.past:
            found[element.id] = (*found.get(element.id, ()), ("<=", "as_of"))
        if element.not_before:
            found[element.id] = (*found.get(element.id, ()), (">=", element.not_before))
        for name, relation, other in _limits(element):
            if (relation, other) not in found.get(name, ()):
                found[name] = (*found.get(name, ()), (relation, other))
    return found


def _limits(element: Data) -> tuple[tuple[str, str, str | float], ...]:
    """The lower limit of normal is not above the upper one, as far as a record states them."""
    if element.normal is None or element.normal.low is None or element.normal.high is None:
        return ()
    low, high = element.normal.low, element.normal.high
    first, last = _element(low), _element(high)
    if first and last:
        return ((first, "<=", last),)
    if isinstance(low, Literal) and isinstance(high, Value):
        return ((high.path, ">=", low.value),)
    if isinstance(high, Literal) and isinstance(low, Value):
        return ((low.path, "<=", high.value),)
    return ()


def _element(limit: Number) -> str:
    """The element that states a limit, in whatever unit; "" for a calculated one, and a fixed."""
    if isinstance(limit, Arithmetic) and isinstance(limit.right, Literal):
        limit = limit.left
    return limit.path if isinstance(limit, Value) else ""
