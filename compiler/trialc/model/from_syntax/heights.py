"""How many levels conditions and numbers nest."""

from __future__ import annotations

from collections.abc import Mapping

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, parts


def height(condition: Condition, definitions: Mapping[str, int]) -> int:
    """The levels of a condition; those of definitions that it names are given."""
    below = definitions.get(condition.name, 0) if isinstance(condition, e.Refer) else 0
    for part in parts(condition):
        below = max(below, height(part, definitions))
    for number in numbers(condition):
        below = max(below, height_of_number(number, definitions))
    return below + 1


def height_of_number(number: Number, definitions: Mapping[str, int]) -> int:
    """The levels of a number; those of definitions that it names are given."""
    below = 0
    if isinstance(number, e.NumberOf):
        below = definitions.get(number.name, 0)
    elif isinstance(number, e.Arithmetic):
        below = max(
            height_of_number(number.left, definitions), height_of_number(number.right, definitions)
        )
    elif isinstance(number, e.Score):
        for item in number.items:
            if item.when is not None:
                below = max(below, height(item.when, definitions))
            if item.score is not None:
                below = max(below, height_of_number(item.score, definitions))
    return below + 1
