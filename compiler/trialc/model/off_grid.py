"""Values that are finer than their element is reported: 65.5 where whole years are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from trialc.model.data import Data
from trialc.model.protocol import Protocol
from trialc.model.wording import unit_words


def off_grid(protocol: Protocol, answer: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
    """A note for each value behind an answer that lies between two steps of its element's
    `resolution`. It counts as it is: the step says how the value is reported, not which there are.
    """
    elements = {item.id: item for item in protocol.data if item.resolution}
    found: dict[str, str] = {}
    nodes = (criterion["because"] for criterion in answer.get("criteria", ()))
    for value in _values(nodes):
        element = elements.get(value["input"])
        if element is None or value.get("unit", element.unit) != element.unit:
            continue  # who reports in another unit has another step
        if _is_between(element, value.get("value")):
            found[element.id] = _message(element, value["value"])
    return tuple({"input": path, "message": message} for path, message in found.items())


def _values(nodes: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for node in nodes:
        yield from node.get("values", ())
        yield from _values(node.get("because", ()))


def _is_between(element: Data, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return Decimal(repr(value)) % Decimal(element.resolution) != 0


def _message(element: Data, value: float) -> str:
    words = unit_words(element.unit)
    return f"{value!r} {words} is finer than the step in which it is reported, {element.resolution}"
