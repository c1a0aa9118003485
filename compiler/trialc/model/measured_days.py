"""The day on which a value was measured, or a judgement attested, as a day that rules count from.

Such a day is asked of the record of `lab.hb`; in the model it is a moment like `as_of` and the path
of a date element, and is called `day_of:lab.hb`.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialc.model import expression as e
from trialc.model.expression import Condition, Number
from trialc.model.inputs import numbers, parts, rules, sides
from trialc.model.protocol import Protocol
from trialc_runtime.inputs import DAY_OF


def measured(moment: str) -> str:
    """The path of what was measured on that day; "" for other moments."""
    return moment.removeprefix(DAY_OF) if moment.startswith(DAY_OF) else ""


def asked_days(protocol: Protocol) -> frozenset[str]:
    """The paths of the inputs of which some rule asks on which day they were measured."""
    conditions = [
        *(item.condition for item in protocol.criteria),
        *(item.condition for item in protocol.conditions),
        *(item.condition for item in protocol.quotas),
        *(item.applies for item in protocol.data if item.applies is not None),
        *(item.when for item in protocol.activities if item.when is not None),
    ]
    found = {name for condition in conditions for name in _in_condition(condition)}
    found.update(name for item in protocol.numbers for name in _in_number(item.number))
    return frozenset(found)


def _in_condition(condition: Condition) -> Iterator[str]:
    for number in numbers(condition):
        yield from _in_number(number)
    for part in parts(condition):
        yield from _in_condition(part)


def _in_number(number: Number) -> Iterator[str]:
    if isinstance(number, e.Elapsed | e.Day):
        moments = (number.start, number.end) if isinstance(number, e.Elapsed) else (number.start,)
        yield from filter(None, map(measured, moments))
    for _, rule in rules(number):
        yield from _in_condition(rule)
    for side in sides(number):
        yield from _in_number(side)
